"""Keyword in context: every occurrence on a line of its own, with what stands left and right."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indexer import english, fold
from indexer.index import Index
from indexer.search import fetch
from indexer.search.select import EVERYTHING, Filters, select
from indexer.search.snippets import Highlighter

WIDTH = {"zh": 20, "en": 45}
"""Characters of context on each side."""
MOST_PARAGRAPHS = 2000
"""Paragraphs that are read; of more, the best."""

By = Literal["left", "right", "match", "date"]


@dataclass(frozen=True, slots=True)
class Line:
    """Show one occurrence, the context cut to ``WIDTH``, and where it stands."""

    language: str
    left: str
    match: str
    right: str
    article_key: str
    anchor: int
    publication: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Hold all lines in order; ``read`` of the ``paragraphs`` that were found were looked through.

    ``problems`` say what of the query was not understood.
    """

    lines: tuple[Line, ...]
    paragraphs: int
    read: int
    problems: tuple[str, ...] = ()


def concordance(
    connection: sqlite3.Connection,
    index: Index,
    text: str,
    *,
    by: By = "right",
    language: str = "",
    filters: Filters = EVERYTHING,
) -> Concordance:
    """Return a line for each occurrence of the query's texts, in Chinese, English or both.

    ``left`` sorts by the context before, read backwards from the match; ``right`` by what follows.
    """
    selection = select(connection, index, text, filters)
    every = selection.groups("relevance").docs
    docs = every[:MOST_PARAGRAPHS].tolist()
    ids = {int(selection.reader.paragraphs[doc]): doc for doc in docs}
    rows = fetch.paragraphs(connection, ids)
    about = fetch.articles(connection, {row["article_id"] for row in rows.values()})
    shown = english.shown(connection, {id: row["text"] for id, row in rows.items()})
    lines = []
    for id, row in rows.items():
        found_by = {leaf.text: leaf.found_by(ids[id]) for leaf in selection.leaves}
        marker, article = Highlighter(found_by), about[row["article_id"]]
        en = shown.get(id, english.NONE).en
        places = [("zh", row["text"], mark) for mark in marker.zh(row["text"])]
        places += [("en", en, mark) for mark in marker.en(en)]
        lines += [
            _line(name, whole, mark, row, article)
            for name, whole, mark in places
            if language in ("", name)
        ]
    lines.sort(key=lambda line: (line.language, *_order(line, by)))
    return Concordance(tuple(lines), len(every), len(docs), selection.problems)


def _line(
    language: str, text: str, mark: tuple[int, int], row: sqlite3.Row, article: sqlite3.Row
) -> Line:
    (start, end), width = mark, WIDTH[language]
    return Line(
        language=language,
        left=text[max(0, start - width) : start],
        match=text[start:end],
        right=text[end : end + width],
        article_key=article["key"],
        anchor=row["anchor"],
        publication=article["publication"],
        date=article["date"],
    )


def _order(line: Line, by: By) -> Iterator[str]:
    left, right = fold.key(line.left)[::-1], fold.key(line.right)
    match by:
        case "left":
            yield from (left, right)
        case "right":
            yield from (right, left)
        case "match":
            yield from (fold.key(line.match), right)
        case "date":
            yield from (line.date or "9", line.article_key)
