"""What a search engine is to the archive: an index that follows the store, and answers from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from indexer.search.results import Results
from indexer.search.select import EVERYTHING, Filters, Sort

Report = Callable[[int, int], None]
"""Told how many paragraphs are done, of how many."""


class SearchEngine(Protocol):
    """Find paragraphs. The store is of record: an engine can always be made anew from it."""

    @property
    def name(self) -> str:
        """Tell this engine's index from every other's."""
        ...

    def needs_rebuild(self) -> bool:
        """Tell whether the index is missing, damaged, or of another version of this program."""
        ...

    def update(self, ids: Sequence[int], report: Report | None = None) -> None:
        """Bring these paragraphs up to date; those that the store has no more are taken out."""
        ...

    def rebuild(self, report: Report | None = None) -> int:
        """Make the index anew beside the one in use; return how many paragraphs it holds."""
        ...

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
        """Find paragraphs, grouped by article; any text is a query.

        ``page`` counts from 1, ``size`` is articles a page, ``paragraphs`` the most shown of each.
        """
        ...
