"""Hold all texts of one sort in one folded string, so that a quote is found by one scan."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from indexer import fold

_BREAK = "\n"  # between articles; no folded text has one


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold a stretch of an article: its words, and ``around``, the whole paragraphs it is in."""

    paragraph_ids: tuple[int, ...]
    article_key: str
    anchor: int
    headline: str
    publication: str | None
    date: str | None
    text: str
    around: str
    translator: str | None


class Haystack:
    """Find folded strings in the paragraphs of an archive, over paragraph ends too."""

    def __init__(self, rows: Iterable[sqlite3.Row]) -> None:
        self._rows = [_Text(**row) for row in rows]
        pieces: list[str] = []
        article = None
        for row in self._rows:
            new = article is not None and row.article_key != article
            pieces.append((_BREAK if new else "") + row.folded)
            article = row.article_key
        self.folded = "".join(pieces)
        self._ends = list(accumulate(len(piece) for piece in pieces))

    @classmethod
    def chinese(cls, connection: sqlite3.Connection) -> Self:
        """Read the papers' own words."""
        return cls(_rows(connection, "paragraph.text", "paragraph.folded", "NULL"))

    @classmethod
    def people(cls, connection: sqlite3.Connection) -> Self:
        """Read the English that people wrote."""
        text, join = "correction.after", "JOIN correction ON correction.paragraph_id = paragraph.id"
        condition = "AND correction.undone_at IS NULL"
        return cls(_rows(connection, text, _FOLD(text), "correction.author", join, condition))

    @classmethod
    def machine(cls, connection: sqlite3.Connection) -> Self:
        """Read the English that machines made."""
        text, join = "translation.en", "JOIN translation ON translation.paragraph_id = paragraph.id"
        return cls(_rows(connection, text, _FOLD(text), "translation.engine", join))

    def places(self, wanted: str, most: int) -> list[int]:
        """Return where a folded string stands, from the start, ``most`` places at most."""
        found: list[int] = []
        place = self.folded.find(wanted)
        while place >= 0 and len(found) < most:
            found.append(place)
            place = self.folded.find(wanted, place + 1)
        return found

    def within_article(self, begin: int, end: int) -> tuple[int, int]:
        """Cut a stretch to the one article that its middle is in."""
        begin, end = max(0, begin), min(len(self.folded), end)
        middle = (begin + end) // 2
        before = self.folded.rfind(_BREAK, begin, middle)
        after = self.folded.find(_BREAK, middle, end)
        return (before + 1 if before >= 0 else begin), (after if after >= 0 else end)

    def passage(self, begin: int, end: int) -> Passage:
        """Return the words that a folded stretch was made from, and where they stand."""
        first = bisect_right(self._ends, begin)
        last = max(first, bisect_right(self._ends, max(begin, end - 1)))
        rows = self._rows[first : last + 1]
        texts = [self._words(number, begin, end) for number in range(first, first + len(rows))]
        row = rows[0]
        return Passage(
            paragraph_ids=tuple(r.id for r in rows),
            article_key=row.article_key,
            anchor=row.anchor,
            headline=row.headline,
            publication=row.publication,
            date=row.date,
            text="\n".join(texts),
            around="\n".join(r.text for r in rows),
            translator=row.translator,
        )

    def _words(self, number: int, begin: int, end: int) -> str:
        """Return what of one paragraph's text lies within a folded stretch."""
        text, folded = self._rows[number].text, self._rows[number].folded
        base = self._ends[number] - len(folded)
        start, stop = max(0, begin - base), min(len(folded), end - base)
        if stop <= start:
            return ""
        origin = fold.fold_map(text)[1]
        return text[origin[start] : origin[stop - 1] + 1]


@dataclass(frozen=True, slots=True)
class _Text:
    id: int
    anchor: int
    text: str
    folded: str
    article_key: str
    headline: str
    publication: str | None
    date: str | None
    translator: str | None


_FOLD = "fold_key({})".format


def _rows(
    connection: sqlite3.Connection,
    text: str,
    folded: str,
    translator: str,
    join: str = "",
    condition: str = "",
) -> Iterator[sqlite3.Row]:
    connection.create_function("fold_key", 1, fold.key, deterministic=True)
    return connection.execute(
        f"SELECT paragraph.id, paragraph.anchor, {text} AS text, {folded} AS folded,"
        " article.key AS article_key, article.headline, issue.publication, issue.date,"
        f" {translator} AS translator FROM paragraph"
        " JOIN article ON article.id = paragraph.article_id"
        f" JOIN issue ON issue.id = article.issue_id {join}"
        f" WHERE issue.removed_at IS NULL {condition} ORDER BY article.id, paragraph.ordinal"
    )
