"""The search index: a cache of the store that can be thrown away and made again.

An index folder holds the file ``current`` with the name of the folder of the live index, which is
a Whoosh index with the codec of this package, and ``version`` beside its segments. One process
writes at a time; readers see one generation, whole, and keep it as long as they hold it.
"""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, clean_files
from whoosh.reading import SegmentReader
from whoosh.util.filelock import try_for

from indexer.errors import ArchiveError, Busy
from indexer.index import arrays, segments
from indexer.index.arrays import Array
from indexer.index.codec import SCHEMA, Segment
from indexer.index.reader import Reader
from indexer.index.record import Record, records

__all__ = ["SCHEMA_VERSION", "Index", "NeedsRebuild", "Reader", "Record", "records"]

SCHEMA_VERSION = 2
"""Raised with every change of fields, folding or analysis: older indexes are rebuilt."""

BATCH = 50_000
"""Records of one segment while adding: about 400 MB of memory."""

_SMALL = 500
"""Segments up to this many documents are always merged."""

_NAME = "paragraphs"
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
            files = [segment.path(live) for segment in _contents(live).segments]
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
            return _write(self._live(), records, removed)

    def rebuild(self, records: Iterable[Record], *, wait_s: float = 60) -> int:
        """Make the index anew beside the live one, which stays in use until the new one is whole.

        Returns the number of records. Raises Busy like ``update``.
        """
        with self._lock(wait_s):
            live = self._new()
            count = _write(live, records, ())
            self._publish(live)
            return count

    def reader(self) -> Reader:
        """Return a reader of the newest generation; safe to use from any thread, never changes."""
        for _ in range(50):
            try:
                return self._newest()
            except FileNotFoundError:  # a writer replaced the folder or a segment meanwhile
                continue
        return self._newest()

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
        contents = _contents(live)
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
        TOC.create(FileStorage(str(live)), SCHEMA, _NAME)
        (live / _VERSION).write_text(str(SCHEMA_VERSION))
        return live

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


def _contents(live: Path) -> TOC:
    return TOC.read(FileStorage(str(live)), _NAME)


def _write(live: Path, records: Iterable[Record], removed: Iterable[int]) -> int:
    """Add segments, delete what they replace, merge, and publish it all as one generation."""
    contents = _contents(live)
    kept: list[Segment] = _without(live, contents.segments, list(removed))
    added: list[Segment] = []
    count = 0
    for batch in _batches(records):
        made = segments.from_records(batch.values())
        kept = _without(live, kept, made["paragraph"])
        added = _without(live, added, made["paragraph"])
        added.append(_save(live, made))
        count += len(batch)
    kept = _merge(live, [segment for segment in (*kept, *added) if segment.doc_count()])
    toc = TOC(contents.schema, kept, contents.generation + 1)
    toc.write(FileStorage(str(live)), _NAME)
    clean_files(FileStorage(str(live)), _NAME, toc.generation, kept)
    return count


def _batches(records: Iterable[Record]) -> Iterator[dict[int, Record]]:
    """Give the records in batches by id; of two with one id in a batch the later stands."""
    rest = iter(records)
    while batch := {record.paragraph_id: record for record in itertools.islice(rest, BATCH)}:
        yield batch


def _save(live: Path, data: segments.Arrays) -> Segment:
    segment = Segment(_NAME, len(data["paragraph"]))
    arrays.write(segment.path(live), data)
    return segment


def _without(live: Path, old: Sequence[Segment], ids: Array | Sequence[int]) -> list[Segment]:
    """Return the segments with the paragraphs of these ids deleted."""
    if not len(ids):
        return list(old)
    result = []
    for segment in old:
        docs = np.flatnonzero(np.isin(arrays.read(segment.path(live))["paragraph"], ids))
        result.append(segment.without(docs.tolist()) if len(docs) else segment)
    return result


def _merge(live: Path, old: Sequence[Segment]) -> list[Segment]:
    """Merge small segments into one, so that their number grows with the logarithm of the size.

    From the smallest up, a segment joins while it is no larger than twice all before it; a merge
    so pays for itself. One with half of its documents deleted is written anew.
    """
    order = sorted(old, key=lambda segment: int(segment.doc_count()))
    merged = 0
    size = 0
    while merged < len(order) and order[merged].doc_count() <= 2 * size + _SMALL:
        size += order[merged].doc_count()
        merged += 1
    chosen = order[:merged]
    chosen += [s for s in order[merged:] if 2 * s.deleted_count() > s.doc_count_all()]
    if len(chosen) < 2 and not any(segment.has_deletions() for segment in chosen):
        return list(old)
    parts = [(arrays.read(segment.path(live)), _mask(segment)) for segment in chosen]
    return [*(s for s in old if s not in chosen), _save(live, segments.merged(parts))]


def _mask(segment: Segment) -> Array:
    kept = np.ones(segment.doc_count_all(), bool)
    kept[list(segment.deleted_docs())] = False
    return kept
