"""The engine that needs nothing beside the archive: its own index in the archive's folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.index import Index
from indexer.indexing import every_paragraph, read
from indexer.search import search
from indexer.search.engine import Report
from indexer.search.results import Results
from indexer.search.select import EVERYTHING, Filters, Sort

NAME = "built-in"


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
        self._index.update(read(self.connection, ids, report), removed=ids)

    def rebuild(self, report: Report | None = None) -> int:
        ids = every_paragraph(self.connection)
        return self._index.rebuild(read(self.connection, ids, report))

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
