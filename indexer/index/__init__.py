"""The search index: a cache of the store that can be thrown away and made again.

An index folder holds the file ``current`` with the name of the folder of the live index, which is
a Whoosh index with the codec of this package, and ``version`` beside its segments. One process
writes at a time; readers see one generation, whole, and keep it as long as they hold it.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for

from indexer.errors import ArchiveError, Busy
from indexer.index import writing
from indexer.index.reader import Reader
from indexer.index.record import Record, records
from indexer.index.writing import Source

__all__ = ["SCHEMA_VERSION", "Index", "NeedsRebuild", "Reader", "Record", "Source", "records"]

SCHEMA_VERSION = 4
"""Raised with every change of fields, folding or analysis: older indexes are rebuilt."""

_CURRENT = "current"
_VERSION = "version"


class NeedsRebuild(ArchiveError):
    """Refuse to use an index that is damaged or was made by another version."""


class Index:
    """Find paragraphs; the only way to the search engine.

    >>> index = Index.open(folder)
    >>> index.update(records, removed=[17])
    >>> index.reader().size
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader: Reader | None = None

    @classmethod
    def open(cls, folder: Path) -> Index:
        """Open the index in ``folder``; an empty one where there is none yet.

        All that open one folder in a process share its reader.
        """
        return _opened.setdefault(folder.resolve(), cls(folder))

    def needs_rebuild(self) -> bool:
        """Tell whether the index is missing, damaged, or of another version of this program."""
        try:
            live = self._live()
            if (live / _VERSION).read_text() != str(SCHEMA_VERSION):
                return True
            files = [segment.path(live) for segment in writing.contents(live).segments]
        except (OSError, EmptyIndexError):
            return True
        return not all(file.exists() for file in files)

    def update(
        self, records: Iterable[Record], removed: Iterable[int] = (), *, wait_s: float = 60
    ) -> int:
        """Take out the paragraphs of ``removed`` (ids), then add or replace those of ``records``.

        Readers see all of it at once, at the end. Returns the number of records. Raises Busy when
        another process still writes after ``wait_s`` seconds.
        """
        with self._lock(wait_s):
            if not (self._folder / _CURRENT).exists():
                self._publish(self._new())
            elif self.needs_rebuild():
                raise NeedsRebuild(_stale(self._folder))
            return writing.write(self._live(), records, removed)

    def rebuild(self, records: Iterable[Record], *, wait_s: float = 60) -> int:
        """Make the index anew beside the live one, which stays in use until the new one is whole.

        Returns the number of records. Raises Busy like ``update``.
        """
        return self._rebuild(lambda live: writing.write(live, records, ()), wait_s)

    def rebuild_side_by_side(
        self,
        sources: Sequence[Source],
        processes: int,
        *,
        report: Callable[[int], None] = lambda done: None,
        wait_s: float = 60,
    ) -> int:
        """Make the index anew in several processes, each source's records in one of them.

        No two sources may give one paragraph. For much: a process takes a second to begin.
        ``report`` is told how many records are done.
        """
        return self._rebuild(
            lambda live: writing.write_side_by_side(live, sources, processes, report), wait_s
        )

    def reader(self) -> Reader:
        """Return a reader of the newest generation; safe to use from any thread, never changes."""
        for _ in range(50):
            try:
                return self._newest()
            except (FileNotFoundError, EmptyIndexError):
                continue  # a writer replaced the folder, its contents or a segment meanwhile
        raise NeedsRebuild(_stale(self._folder))

    def size_bytes(self) -> int:
        """Return the size of the live index on disk."""
        return sum(file.stat().st_size for file in self._live().iterdir())

    def _newest(self) -> Reader:
        try:
            live = self._live()
        except FileNotFoundError:
            return Reader("", [])
        if (live / _VERSION).read_text() != str(SCHEMA_VERSION):
            raise NeedsRebuild(_stale(self._folder))
        contents = writing.contents(live)
        generation = f"{live.name}:{contents.generation}"
        if self._reader is None or self._reader.generation != generation:
            storage = FileStorage(str(live))
            leaves = [SegmentReader(storage, contents.schema, s) for s in contents.segments]
            self._reader = Reader(generation, leaves)
        return self._reader

    def _live(self) -> Path:
        return self._folder / (self._folder / _CURRENT).read_text()

    def _new(self) -> Path:
        live = self._folder / f"index-{secrets.token_hex(4)}"
        live.mkdir()
        writing.create(live)
        (live / _VERSION).write_text(str(SCHEMA_VERSION))
        return live

    def _rebuild(self, fill: Callable[[Path], int], wait_s: float) -> int:
        with self._lock(wait_s):
            live = self._new()
            count = fill(live)
            self._publish(live)
            return count

    def _publish(self, live: Path) -> None:
        pointer = self._folder / f"{_CURRENT}.{live.name}"
        pointer.write_text(live.name)
        os.replace(pointer, self._folder / _CURRENT)
        for other in self._folder.iterdir():
            if other.name.startswith("index-") and other != live:
                shutil.rmtree(other, ignore_errors=True)
            elif other.name.startswith(f"{_CURRENT}."):
                other.unlink(missing_ok=True)

    @contextmanager
    def _lock(self, wait_s: float) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("writing")
        if not try_for(lock.acquire, timeout=wait_s, delay=0.05):
            raise Busy(
                f"Another process is writing to the index in {self._folder}: try again when it has "
                "ended."
            )
        try:
            yield
        finally:
            lock.release()


_opened: dict[Path, Index] = {}


def _stale(folder: Path) -> str:
    return (
        f"The index in {folder} is damaged or was made by another version of this program: "
        "run archive index --rebuild."
    )
