"""Helpers that write small files for the readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import Document
from indexer.readers import Problem, ReadOptions, read

Write = Callable[[str, bytes | str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file and returns its path."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


Reading = tuple[list[Document], list[Problem]]


@pytest.fixture
def read_all() -> Callable[..., Reading]:
    """Return a function that reads a file whole: its documents, and what was left out."""

    def read_all(path: Path, options: ReadOptions = ReadOptions()) -> Reading:
        problems: list[Problem] = []
        return list(read(path, options, problems.append)), problems

    return read_all
