"""The engine that needs nothing beside the archive: its own index in the archive's folder."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer import store
from indexer.index import Index, Record
from indexer.indexing import every_paragraph, read, told
from indexer.search import search
from indexer.search.engine import Report
from indexer.search.results import Results
from indexer.search.select import EVERYTHING, Filters, Sort

NAME = "built-in"
MANY = 20_000
"""Paragraphs from which on several processes are worth their start."""
PART = 5_000
"""Paragraphs that one of several processes takes at a time."""


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Answer from the index in a folder."""

    connection: sqlite3.Connection
    folder: Path

    @property
    def name(self) -> str:
        return NAME

    def needs_rebuild(self) -> bool:
        return self._index.needs_rebuild()

    def update(self, ids: Sequence[int], report: Report | None = None) -> None:
        found = told(read(self.connection, ids), len(ids), report)
        self._index.update(found, removed=ids)

    def rebuild(self, report: Report | None = None) -> int:
        ids, processes = every_paragraph(self.connection), os.cpu_count() or 1
        if len(ids) < MANY or processes == 1:
            return self._index.rebuild(told(read(self.connection, ids), len(ids), report))
        database = Path(self.connection.execute("PRAGMA database_list").fetchone()["file"])
        parts = [partial(_part, database, ids[n : n + PART]) for n in range(0, len(ids), PART)]
        tell = partial(_tell, report, len(ids))
        return self._index.rebuild_side_by_side(parts, processes, report=tell)

    def search(
        self,
        text: str,
        *,
        page: int = 1,
        size: int = 20,
        paragraphs: int = 3,
        sort: Sort = "relevance",
        filters: Filters = EVERYTHING,
    ) -> Results:
        return search(
            self.connection,
            self._index,
            text,
            page=page,
            size=size,
            paragraphs=paragraphs,
            sort=sort,
            filters=filters,
        )

    @property
    def _index(self) -> Index:
        return Index.open(self.folder)


def _part(database: Path, ids: Sequence[int]) -> Iterator[Record]:
    """Give some of the records, in a process of its own."""
    with contextlib.closing(store.connect(database)) as connection:
        yield from read(connection, ids)


def _tell(report: Report | None, total: int, done: int) -> None:
    if report:
        report(done, total)
