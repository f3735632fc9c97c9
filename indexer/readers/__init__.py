"""Read newspaper files of any kind into texts; the format is told by content, not by suffix."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from indexer.errors import Unreadable
from indexer.model import Document
from indexer.readers import content
from indexer.readers.base import Budget, Problem, ReadOptions, Report, Source

__all__ = ["Problem", "ReadOptions", "plain_size", "read"]


def read(
    path: Path, options: ReadOptions = ReadOptions(), on_problem: Report | None = None
) -> Iterator[Document]:
    """Yield the texts of a file in its own order.

    Raises Unreadable when the file cannot be read, perhaps after some documents came: keep them
    only when the iterator has ended. A part that is broken while the others are sound (a line of
    JSON, a member of a ZIP file) is told to ``on_problem`` and left out; without ``on_problem``
    it makes the file unreadable.
    """
    size = plain_size(path)
    with _open(path) as stream:
        source = Source(stream, size, str(path), Budget(size, options))
        yield from content.documents(source, options, on_problem or _refuse)


def plain_size(path: Path) -> int:
    """Return the size of a plain file, or refuse what is none (opening a pipe would hang)."""
    try:
        status = path.stat()
    except OSError as error:
        raise Unreadable(f"{path} cannot be found ({error.strerror}); check its name.") from None
    except ValueError:
        raise Unreadable(f"{str(path)!r} is no file name; check it.") from None
    if stat.S_ISDIR(status.st_mode):
        raise Unreadable(f"{path} is a folder; name the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"{path} is no plain file; copy what it gives into a file.")
    return status.st_size


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise Unreadable(
            f"{path} cannot be opened ({error.strerror}); make it readable for this user."
        ) from None


def _refuse(problem: Problem) -> None:
    raise Unreadable(problem.sentence)
