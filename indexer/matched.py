"""A piece of a text and what it stands for."""

from __future__ import annotations

from typing import NamedTuple


class Matched(NamedTuple):
    """Mark ``text[start:end]`` as an occurrence of a term."""

    start: int
    end: int
    term: str
