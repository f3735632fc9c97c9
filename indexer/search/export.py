"""Take a list of results away: CSV and JSON Lines by paragraph, RIS and BibTeX by article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace

from indexer import catalogue, english, spreadsheet
from indexer.cite.formats import bibtex, ris
from indexer.search import fetch
from indexer.search.select import Filters, Selection, Sort
from indexer.views import ArticleView

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one paragraph that was found, whole, with the question that found it.

    ``meant`` is one found by what it means alone, by none of its words.
    """

    query: str
    filters: str
    permalink: str
    article_key: str
    anchor: int
    headline: str
    headline_en: str
    byline: str
    publication: str
    date: str
    page: str
    section: str
    kind: str
    zh: str
    en: str
    engine: str
    corrected_by: str
    meant: bool
    score: float


def found(
    connection: sqlite3.Connection,
    selection: Selection,
    text: str,
    filters: Filters,
    *,
    sort: Sort = "relevance",
    site: str = "",
    most: int | None = None,
) -> Iterator[Found]:
    """Give all that was selected, in the order of its pages, a few hundred read at a time.

    ``text`` and ``filters`` are what was asked, to be written beside each paragraph. ``site`` is
    the address of the archive, before ``/a/``: permalinks begin with it. ``most`` limits the
    paragraphs.
    """
    docs = selection.groups(sort).docs[:most]
    asked = _written(filters)
    for start in range(0, len(docs), _AT_ONCE):
        some = docs[start : start + _AT_ONCE]
        ids = selection.reader.paragraphs[some].tolist()
        rows = fetch.paragraphs(connection, ids)
        keys = {row["article_id"] for row in rows.values()}
        about, titles = fetch.articles(connection, keys), english.headlines(connection, keys)
        shown = english.shown(connection, {id: row["text"] for id, row in rows.items()})
        facts = zip(
            ids, selection.score[some].tolist(), selection.meant[some].tolist(), strict=True
        )
        for id, score, meant in facts:
            if row := rows.get(id):
                article, en = about[row["article_id"]], shown.get(id, english.NONE)
                yield Found(
                    query=text,
                    filters=asked,
                    permalink=f"{site}/a/{article['key']}#p{row['anchor']}",
                    article_key=article["key"],
                    anchor=row["anchor"],
                    headline=article["headline"],
                    headline_en=titles.get(row["article_id"], ""),
                    byline=article["byline"],
                    publication=article["publication"] or "",
                    date=article["date"] or "",
                    page=article["page"] or "",
                    section=article["section"] or "",
                    kind=row["kind"],
                    zh=row["text"],
                    en=en.en,
                    engine=en.engine,
                    corrected_by=en.corrected_by or "",
                    meant=meant,
                    score=round(score, 4),
                )


def export(connection: sqlite3.Connection, rows: Iterable[Found], form: str) -> Iterator[str]:
    """Give the pieces of a file in one of ``FORMATS``."""
    return FORMATS[form](connection, rows)


def _csv(connection: sqlite3.Connection, rows: Iterable[Found]) -> Iterator[str]:
    yield spreadsheet.MARK + spreadsheet.line(field.name for field in fields(Found))
    for row in rows:
        yield spreadsheet.line(asdict(row).values())


def _json_lines(connection: sqlite3.Connection, rows: Iterable[Found]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(asdict(row), ensure_ascii=False) + "\n"


def _ris(connection: sqlite3.Connection, rows: Iterable[Found]) -> Iterator[str]:
    for row in _by_article(rows):
        record = ris(_linked(connection, row))
        yield record.replace("ER  - ", f"N1  - {_note(row)}\r\nER  - ")


def _bibtex(connection: sqlite3.Connection, rows: Iterable[Found]) -> Iterator[str]:
    for row in _by_article(rows):
        yield f"% {_note(row)}\n" + bibtex(_linked(connection, row)) + "\n"


def _by_article(rows: Iterable[Found]) -> Iterator[Found]:
    """Give the first row of each article."""
    seen: set[str] = set()
    for row in rows:
        if row.article_key not in seen:
            seen.add(row.article_key)
            yield row


def _linked(connection: sqlite3.Connection, row: Found) -> ArticleView:
    """Return the article, its link leading to the paragraph in this archive."""
    return replace(catalogue.article(connection, row.article_key, alone=True), url=row.permalink)


def _note(row: Found) -> str:
    note = f"Found with {row.query}" + (f" ({row.filters})" if row.filters else "")
    return " ".join(note.split())


def _written(filters: Filters) -> str:
    """Return filters as one line, ``publication=人民日报; first=2024``."""
    values = {name: value for name, value in asdict(filters).items() if value}
    return "; ".join(
        f"{name}={value if isinstance(value, str) else ','.join(value)}"
        for name, value in values.items()
    )


FORMATS: dict[str, Callable[[sqlite3.Connection, Iterable[Found]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _json_lines,
    "ris": _ris,
    "bibtex": _bibtex,
}
