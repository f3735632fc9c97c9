"""Write segments, delete what they replace, merge them, and publish it all as one generation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files

from indexer.index import arrays, segments
from indexer.index.arrays import Array
from indexer.index.codec import SCHEMA, Segment
from indexer.index.record import Record

NAME = "paragraphs"
BATCH = 20_000
"""Records of one segment while adding: about 200 MB of memory."""
SMALL = 500
"""Segments up to this many documents are always merged."""
MANY = 8
"""Segments that a search looks through without being slower for it."""

Source = Callable[[], Iterable[Record]]
"""Gives a part of the records; a process of its own may call it, so it can be pickled."""


def create(live: Path) -> None:
    """Make an empty index."""
    TOC.create(FileStorage(str(live)), SCHEMA, NAME)


def contents(live: Path) -> TOC:
    """Return what the newest generation of an index holds."""
    return TOC.read(FileStorage(str(live)), NAME)


def write(live: Path, records: Iterable[Record], removed: Iterable[int]) -> int:
    """Take out paragraphs by id, then add or replace records; return how many records."""
    kept = _without(live, contents(live).segments, list(removed))
    added: list[Segment] = []
    count = 0
    for batch in _batches(records):
        made = segments.from_records(batch.values())
        kept = _without(live, kept, made["paragraph"])
        added = _without(live, added, made["paragraph"])
        added.append(_save(live, made))
        count += len(batch)
    _publish(live, [*kept, *added])
    return count


def write_side_by_side(
    live: Path, sources: Sequence[Source], processes: int, report: Callable[[int], None]
) -> int:
    """Fill an empty index from sources that share no paragraph, each in a process of its own.

    ``report`` is told how many records are done.
    """
    made: list[Segment] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for part in pool.map(partial(_segments_of, live), sources):
            made += part
            report(sum(segment.doc_count_all() for segment in made))
    _publish(live, made)
    return sum(segment.doc_count_all() for segment in made)


def _segments_of(live: Path, source: Source) -> list[Segment]:
    return [_save(live, segments.from_records(batch.values())) for batch in _batches(source())]


def _batches(records: Iterable[Record]) -> Iterator[dict[int, Record]]:
    """Give the records in batches by id; of two with one id in a batch the later stands."""
    rest = iter(records)
    while batch := {record.paragraph_id: record for record in itertools.islice(rest, BATCH)}:
        yield batch


def _save(live: Path, data: segments.Arrays) -> Segment:
    segment = Segment(NAME, len(data["paragraph"]))
    arrays.write(segment.path(live), data)
    return segment


def _publish(live: Path, every: Sequence[Segment]) -> None:
    before = contents(live)
    kept = _merged(live, [segment for segment in every if segment.doc_count()])
    toc = TOC(before.schema, kept, before.generation + 1)
    toc.write(FileStorage(str(live)), NAME)
    clean_files(FileStorage(str(live)), NAME, toc.generation, kept)


def _without(live: Path, old: Sequence[Segment], ids: Array | Sequence[int]) -> list[Segment]:
    """Return the segments with the paragraphs of these ids deleted."""
    if not len(ids):
        return list(old)
    result = []
    for segment in old:
        docs = np.flatnonzero(np.isin(arrays.read(segment.path(live))["paragraph"], ids))
        result.append(segment.without(docs.tolist()) if len(docs) else segment)
    return result


def _merged(live: Path, every: Sequence[Segment]) -> list[Segment]:
    """Return the segments with those that are small, or half deleted, made into one."""
    chosen = to_merge([segment.doc_count() for segment in every])
    chosen |= {n for n, s in enumerate(every) if 2 * s.deleted_count() > s.doc_count_all()}
    if len(chosen) < 2 and not any(every[number].has_deletions() for number in chosen):
        return list(every)
    parts = [(arrays.read(every[n].path(live)), _mask(every[n])) for n in sorted(chosen)]
    kept = [segment for number, segment in enumerate(every) if number not in chosen]
    return [*kept, _save(live, segments.merged(parts))]


def to_merge(sizes: Sequence[int]) -> set[int]:
    """Return which segments to merge, by their numbers of documents.

    All small ones; and where there are many, all up to the largest that is no larger than those
    before it together. So a paragraph is merged again only when its segment at least doubles.
    """
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    count = sum(size <= SMALL for size in sizes)
    if len(sizes) > MANY:
        before = list(itertools.accumulate((sizes[n] for n in order), initial=0))
        count = max(
            (place + 1 for place, n in enumerate(order) if sizes[n] <= before[place]), default=count
        )
    return set(order[:count])


def _mask(segment: Segment) -> Array:
    kept = np.ones(segment.doc_count_all(), bool)
    kept[list(segment.deleted_docs())] = False
    return kept
