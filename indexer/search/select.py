"""All paragraphs that a query and filters choose, in order: what pages, exports and views share."""

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
from indexer.search.fetch import removed_articles
from indexer.search.match import TUNED, Leaf, Matcher, TooSlow, Weights, overlap

Sort = Literal["relevance", "newest", "oldest"]
LIMIT_S = 3.0
"""Seconds that a query may take, so that none can hold up the others."""

VALUES = ("publication", "section", "kind", "engine", "flag")


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


@dataclass(frozen=True, slots=True)
class Groups:
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


@dataclass(frozen=True, slots=True)
class Selection:
    """Hold which documents were found, their scores, and what each text of the query found.

    ``meant`` are those found by what they mean alone.
    """

    reader: Reader
    mask: Array
    meant: Array
    score: Array
    leaves: tuple[Leaf, ...]
    problems: tuple[str, ...]

    def groups(self, sort: Sort) -> Groups:
        """Return the documents in order, those of an article together; undated ones come last."""
        docs = np.flatnonzero(self.mask)
        codes, scores = self.reader.article_codes[docs], self.score[docs]
        best = np.full(self.reader.article_count, -1.0, np.float32)
        np.maximum.at(best, codes, scores)
        days = self.reader.days[docs].astype(np.int64)
        if sort == "newest":
            first = -days
        elif sort == "oldest":
            first = np.where(days > 0, days, 99999999)
        else:
            first = np.zeros(len(docs), np.int64)
        order = np.lexsort((docs, -scores, codes, -best[codes], first))
        return Groups(docs[order], np.flatnonzero(np.diff(codes[order], prepend=-1)))


def select(
    connection: sqlite3.Connection,
    index: Index,
    text: str,
    filters: Filters = EVERYTHING,
    weights: Weights = TUNED,
    *,
    closest: bool = False,
) -> Selection:
    """Return what a query finds; any text is a query.

    Where no paragraph has all words, ``closest`` returns those that have most of them, and says so.
    """
    reader = index.reader()
    parsed = query.parse(text)
    problems = list(parsed.problems)
    matcher = Matcher(reader, filters.language, weights, time.monotonic() + LIMIT_S)
    mask, score = np.zeros(reader.size, bool), np.zeros(reader.size, np.float32)
    if parsed.root is not None and reader.size:
        allowed = kept(connection, reader, filters, problems)
        try:
            found = matcher.match(parsed.root)
            mask, score = found.mask & allowed, found.score
            if closest and not mask.any() and (near := matcher.closest(parsed.root, allowed)):
                mask, score = near.mask, near.score
                problems.append(
                    f"No paragraph has all {near.words} words: these have {near.had} of them."
                )
        except TooSlow:
            problems.append(
                "The query took too long and was stopped: use fewer words, above all with * or ~."
            )
    return Selection(
        reader, mask, np.zeros(reader.size, bool), score, tuple(matcher.leaves), tuple(problems)
    )


def kept(
    connection: sqlite3.Connection, reader: Reader, filters: Filters, problems: list[str]
) -> Array:
    """Return the mask of all that filters keep, nothing removed; adds what is wrong with them."""
    kept = reader.alive & ~np.isin(reader.articles, removed_articles(connection))
    for name in VALUES:
        values: Sequence[str] = getattr(filters, name)
        if values:
            chosen = np.zeros(reader.size, bool)
            for value in values:
                chosen[reader.values(name).get(value, NONE.docs)] = True
            kept &= chosen
    if dates := days(filters, problems):
        kept &= overlap(reader.days, dates.first, dates.last)
    return kept


def days(filters: Filters, problems: list[str]) -> query.Dates | None:
    """Return the days that filters keep, None for all; adds a sentence when they are no dates."""
    if not (filters.first or filters.last):
        return None
    dates = query.date_range(f"{filters.first}..{filters.last}")
    if dates is None:
        problems.append(
            f"“{filters.first}” to “{filters.last}” are not dates: write 2024, 2024-05 or "
            "2024-05-17. They were left out."
        )
    return dates
