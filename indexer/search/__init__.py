"""Search the archive: one function, the same for pages, JSON and the command line."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from indexer import query
from indexer.index import Index, Reader
from indexer.index.arrays import Array
from indexer.index.reader import NONE
from indexer.search.facets import facets
from indexer.search.fetch import removed_articles
from indexer.search.match import FOUND_BY, TUNED, Leaf, Matcher, Weights, overlap
from indexer.search.page import article_hits
from indexer.search.results import (
    ArticleHit,
    Count,
    Facets,
    ParagraphHit,
    Period,
    Results,
    Snippet,
    WordFound,
)
from indexer.search.suggest import suggestions

__all__ = [
    "ArticleHit",
    "Count",
    "Facets",
    "Filters",
    "ParagraphHit",
    "Period",
    "Results",
    "Snippet",
    "Sort",
    "Weights",
    "WordFound",
    "search",
]

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Keep what has one of the values of each field, dates within ``first``..``last``.

    Dates are ISO 8601, whole or cut: ``2024-05``. ``language`` looks at one language alone: ``zh``
    or ``en``.
    """

    publication: Sequence[str] = ()
    section: Sequence[str] = ()
    kind: Sequence[str] = ()
    engine: Sequence[str] = ()
    flag: Sequence[str] = ()
    first: str = ""
    last: str = ""
    language: str = ""


EVERYTHING = Filters()


def search(
    connection: sqlite3.Connection,
    index: Index,
    text: str,
    *,
    page: int = 1,
    size: int = 20,
    paragraphs: int = 3,
    sort: Sort = "relevance",
    filters: Filters = EVERYTHING,
    weights: Weights = TUNED,
) -> Results:
    """Find paragraphs, grouped by article; any text is a query, and problems come with the results.

    ``page`` counts from 1, ``size`` is articles a page, ``paragraphs`` the most shown of each.
    """
    began = time.perf_counter()
    reader = index.reader()
    parsed = query.parse(text)
    problems = [*parsed.problems]
    matcher = Matcher(reader, filters.language, weights)
    mask, score = np.zeros(reader.size, bool), np.zeros(reader.size, np.float32)
    if parsed.root is not None and reader.size:
        found = matcher.match(parsed.root)
        mask, score = found.mask & reader.alive, found.score
        mask &= _kept(reader, filters, problems)
        mask &= ~np.isin(reader.articles, removed_articles(connection))
    groups = _groups(reader, mask, score, sort)
    shown = groups.page(page, size)
    best = [docs[:paragraphs] for docs in shown]
    return Results(
        query=text,
        page=page,
        size=size,
        articles=groups.count,
        paragraphs=int(mask.sum()),
        hits=article_hits(connection, reader, best, [len(d) for d in shown], score, matcher.leaves),
        facets=facets(reader, mask),
        words=tuple(_word_found(leaf, mask) for leaf in matcher.leaves),
        problems=tuple(problems),
        suggestions=suggestions(reader, text, matcher.leaves),
        seconds=time.perf_counter() - began,
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """Hold the documents found, those of an article together and the best first."""

    docs: Array
    starts: Array

    @property
    def count(self) -> int:
        return len(self.starts)

    def page(self, page: int, size: int) -> list[Array]:
        """Return the documents of each article of a page."""
        ends = np.append(self.starts[1:], len(self.docs))
        wanted = range(max(0, page - 1) * size, min(self.count, max(0, page) * size))
        return [self.docs[self.starts[i] : ends[i]] for i in wanted]


def _groups(reader: Reader, mask: Array, score: Array, sort: Sort) -> _Groups:
    docs = np.flatnonzero(mask)
    codes, scores = reader.article_codes[docs], score[docs]
    best = np.full(reader.article_count, -1.0, np.float32)
    np.maximum.at(best, codes, scores)
    days = reader.days[docs].astype(np.int64)
    if sort == "newest":
        first = -days
    elif sort == "oldest":
        first = np.where(days > 0, days, 99999999)
    else:
        first = np.zeros(len(docs), np.int64)
    order = np.lexsort((docs, -scores, codes, -best[codes], first))
    return _Groups(docs[order], np.flatnonzero(np.diff(codes[order], prepend=-1)))


def _kept(reader: Reader, filters: Filters, problems: list[str]) -> Array:
    kept = np.ones(reader.size, bool)
    for name in ("publication", "section", "kind", "engine", "flag"):
        values: Sequence[str] = getattr(filters, name)
        if values:
            chosen = np.zeros(reader.size, bool)
            for value in values:
                chosen[reader.values(name).get(value, NONE.docs)] = True
            kept &= chosen
    if filters.first or filters.last:
        dates = query.date_range(f"{filters.first}..{filters.last}")
        if dates is None:
            problems.append(
                f"“{filters.first}” to “{filters.last}” are not dates: write 2024, 2024-05 or "
                "2024-05-17. They were left out."
            )
        else:
            kept &= overlap(reader.days, dates.first, dates.last)
    return kept


def _word_found(leaf: Leaf, mask: Array) -> WordFound:
    every = np.zeros(len(mask), bool)
    found_by = {}
    for name, (docs, _) in leaf.fields.items():
        every[docs] = True
        if count := int(mask[docs].sum()):
            found_by[FOUND_BY[name]] = count
    return WordFound(leaf.text.text, int((every & mask).sum()), found_by)
