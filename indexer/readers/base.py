"""What all readers share: options and limits, a place to read from, and how to refuse it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from indexer.errors import Unreadable
from indexer.model import Document

KIB, MIB, GIB = 2**10, 2**20, 2**30

CHUNK = 64 * KIB
IN_MEMORY = 16 * MIB
"""Unpacked members up to this size stay in memory; larger ones go to a temporary file."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Say how to read, and how much to accept at most (sizes in bytes).

    ``encoding`` overrules detection for text, CSV, JSON Lines and HTML. ``columns`` names the
    columns of CSV and JSON records where they differ from the field names (``{"title": "标题"}``).
    A whole text larger than ``max_text``, and one line of records larger than ``max_line``, are
    refused: no newspaper page is that large. ``max_ratio`` counts only past ``IN_MEMORY``, so
    that a small file full of blanks still is read.
    """

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ocr: bool = True
    max_text: int = 32 * MIB
    max_line: int = 8 * MIB
    max_unpacked: int = 2 * GIB
    max_ratio: int = 200
    max_depth: int = 3
    max_members: int = 50_000
    max_pages: int = 5_000
    max_pixels: int = 150_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Say what part of a file was left out, and why; the other parts are read.

    ``name`` says where in the file, as ``Document.name`` does (``line 12``).
    """

    name: str
    sentence: str


Report = Callable[[Problem], None]


class Unsafe(Unreadable):
    """Refuse a whole packed file, not only the member that unpacks to too much."""


class Budget:
    """Count the bytes unpacked from one file, however deep they are nested."""

    def __init__(self, packed: int, options: ReadOptions) -> None:
        self._left = min(options.max_unpacked, max(IN_MEMORY, packed * options.max_ratio))

    def spend(self, size: int) -> bool:
        """Take ``size`` bytes off; say whether that was still within the limit."""
        self._left -= size
        return self._left >= 0


@dataclass(frozen=True, slots=True)
class Source:
    """Hold one place to read from: a file, or a member of a packed file.

    ``stream`` can seek and stands at its start. ``place`` is what messages call it; ``name`` is
    the part of it inside the file that the archivist gave, empty for that file itself.
    """

    stream: BinaryIO
    size: int
    place: str
    budget: Budget
    name: str = ""
    depth: int = 0

    def refuse(self, what: str, remedy: str) -> Unreadable:
        """Return the error that refuses this place: what is wrong with it, and what to do."""
        return Unreadable(f"{self.place} {what}; {remedy}.")

    def inside(self, part: str) -> str:
        """Return the document name of a part of this place (``a.zip › b.pdf › page 3``)."""
        return f"{self.name} › {part}" if self.name else part

    def head(self, size: int = CHUNK) -> bytes:
        """Return the first bytes, and stand at the start again."""
        self.stream.seek(0)
        data = self.stream.read(size)
        self.stream.seek(0)
        return data

    def whole(self, limit: int) -> bytes:
        """Return all bytes, or refuse what is larger than ``limit``."""
        if self.size > limit:
            raise self.refuse(
                f"is one text of {self.size // MIB} MB, more than the {limit // MIB} MB that"
                " a page may have",
                "split it into pages or articles",
            )
        return self.head(limit + 1)

    def unpack(self, packed: BinaryIO, part: str) -> Source:
        """Return a member, unpacked; refuse it as a bomb when it unpacks to too much.

        What goes wrong inside ``packed`` (a broken checksum, a cut end) is raised before a byte
        of the member is used.
        """
        unpacked = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        size = 0
        try:
            while chunk := packed.read(CHUNK):
                if not self.budget.spend(len(chunk)):
                    raise Unsafe(
                        f"{self.place} unpacks to more than is safe; unpack it by hand and add the"
                        " files that belong to the newspaper."
                    )
                size += unpacked.write(chunk)
        except BaseException:
            unpacked.close()
            raise
        unpacked.seek(0)
        place = f"{self.place} › {part}" if part else self.place
        name = self.inside(part) if part else self.name
        return Source(unpacked, size, place, self.budget, name, self.depth + 1)


Reader = Callable[[Source, ReadOptions, Report], Iterator[Document]]
