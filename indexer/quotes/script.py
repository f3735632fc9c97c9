"""Read Traditional text as Simplified, character for character, so that every offset stays."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def simplified(text: str) -> str:
    """Return ``text`` with each character in its common Simplified form; the length is the same."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    source = files("opencc").joinpath("dictionary", "TSCharacters.txt")
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines())
    return {ord(traditional): forms.split()[0] for traditional, forms in rows}
