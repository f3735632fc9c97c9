"""Keep quotations beside the paragraphs they stand in, and read them for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer import english, fold
from indexer.quotes.find import quotations
from indexer.quotes.model import Kind, Quotation
from indexer.quotes.names import pinyin, pinyin_keys
from indexer.quotes.script import simplified
from indexer.store import transaction
from translations.pinyin import plain_key

_BATCH = 200  # articles to a transaction, so that other writers wait a second at most


@dataclass(frozen=True, slots=True)
class QuotationView:
    """Show a quotation with its place, and the English of the sentences it stands in."""

    article_key: str
    anchor: int
    headline: str
    publication: str | None
    date: str | None
    start: int
    end: int
    zh: str
    en: str
    speaker: str | None
    role: str | None
    kind: Kind
    continued: bool


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """Show who is quoted: what the papers call them, most used first, and how often."""

    name: str
    pinyin: str
    roles: tuple[str, ...]
    quotations: int
    first: str | None
    last: str | None


def extract(connection: sqlite3.Connection, article_ids: Iterable[int] | None = None) -> int:
    """Find the quotations of articles, of all that need it unless named; return how many there are.

    Commits as it goes: what was found stays found when it is stopped. A paragraph whose quotations
    are as before is not touched, so that it is not indexed again.
    """
    if article_ids is None:
        article_ids = [row[0] for row in connection.execute("SELECT article_id FROM unquoted")]
    ids, count = list(article_ids), 0
    for batch in (ids[n : n + _BATCH] for n in range(0, len(ids), _BATCH)):
        with transaction(connection):
            for article_id in batch:
                count += _extract_article(connection, article_id)
    return count


def of_article(connection: sqlite3.Connection, article_key: str) -> list[QuotationView]:
    """List the quotations of one article in reading order."""
    return _views(connection, "article.key = ?", (article_key,))


def by_speaker(
    connection: sqlite3.Connection, name: str, limit: int = 100, offset: int = 0
) -> list[QuotationView]:
    """List what a person is quoted with, newest first; the name in characters or in pinyin."""
    typed = fold.key(name)
    return _views(
        connection,
        "(quotation.speaker = ? OR quotation.pinyin IN (?, ?))",
        (simplified(name), typed, plain_key(typed)),
        " ORDER BY issue.date DESC NULLS LAST, article.id, paragraph.ordinal, quotation.start"
        f" LIMIT {limit:d} OFFSET {offset:d}",
    )


def speakers(connection: sqlite3.Connection) -> list[SpeakerSummary]:
    """List all who are quoted by name, the most quoted first."""
    rows = connection.execute(
        "SELECT quotation.speaker, count(*) AS quotations, min(issue.date) AS first,"
        " max(issue.date) AS last" + _FROM + " AND quotation.speaker IS NOT NULL"
        " GROUP BY quotation.speaker ORDER BY quotations DESC, quotation.speaker"
    ).fetchall()
    roles: dict[str, list[str]] = {}
    for row in connection.execute(
        "SELECT quotation.speaker, quotation.role" + _FROM + " AND quotation.speaker IS NOT NULL"
        " AND quotation.role IS NOT NULL GROUP BY 1, 2 ORDER BY count(*) DESC, quotation.role"
    ):
        roles.setdefault(row["speaker"], []).append(row["role"])
    return [
        SpeakerSummary(
            row["speaker"], pinyin(row["speaker"]), tuple(roles.get(row["speaker"], ())),
            row["quotations"], row["first"], row["last"],
        )
        for row in rows
    ]  # fmt: skip


_FROM = (
    " FROM quotation JOIN paragraph ON paragraph.id = quotation.paragraph_id"
    " JOIN article ON article.id = paragraph.article_id"
    " JOIN issue ON issue.id = article.issue_id WHERE issue.removed_at IS NULL"
)
_COLUMNS = (
    "SELECT quotation.*, paragraph.text, paragraph.anchor, article.key, article.headline,"
    " issue.publication, issue.date"
)
_READING_ORDER = " ORDER BY paragraph.ordinal, quotation.start, quotation.kind"


def _views(
    connection: sqlite3.Connection,
    where: str,
    values: Sequence[str],
    order: str = _READING_ORDER,
) -> list[QuotationView]:
    rows = connection.execute(_COLUMNS + _FROM + " AND " + where + order, values).fetchall()
    shown = english.shown(connection, {row["paragraph_id"]: row["text"] for row in rows})
    return [
        QuotationView(
            article_key=row["key"],
            anchor=row["anchor"],
            headline=row["headline"],
            publication=row["publication"],
            date=row["date"],
            start=row["start"],
            end=row["end"],
            zh=row["text"][row["start"] : row["end"]],
            en=_english(shown.get(row["paragraph_id"], english.NONE), row["start"], row["end"]),
            speaker=row["speaker"],
            role=row["role"],
            kind=row["kind"],
            continued=bool(row["continued"]),
        )
        for row in rows
    ]


def _english(shown: english.English, start: int, end: int) -> str:
    """Return the English of the sentences that a quotation stands in; of the whole paragraph
    where a person has put that into English as one."""
    if not shown.sentences:
        return shown.en
    return english.join(s for s in shown.sentences if s.start < end and start < s.end)


def _extract_article(connection: sqlite3.Connection, article_id: int) -> int:
    rows = connection.execute(
        "SELECT id, text FROM paragraph WHERE article_id = ? ORDER BY ordinal", (article_id,)
    ).fetchall()
    fresh: dict[int, set[_Row]] = {row["id"]: set() for row in rows}
    found = quotations([row["text"] for row in rows])
    for quotation in found:
        fresh[rows[quotation.paragraph_index]["id"]].add(_row(quotation))
    for paragraph_id, wanted in fresh.items():
        _replace(connection, paragraph_id, wanted)
    connection.execute("DELETE FROM unquoted WHERE article_id = ?", (article_id,))
    return len(found)


_Row = tuple[int, int, str, str | None, str | None, str | None, str | None, int]
_STORED = 'start, "end", kind, speaker, pinyin, role, verb, continued'


def _row(quotation: Quotation) -> _Row:
    speaker = quotation.speaker
    return (
        quotation.start, quotation.end, quotation.kind, speaker,
        pinyin_keys(speaker)[0] if speaker else None,
        quotation.role, quotation.verb, int(quotation.continued),
    )  # fmt: skip


def _replace(connection: sqlite3.Connection, paragraph_id: int, wanted: set[_Row]) -> None:
    stored = connection.execute(
        f"SELECT {_STORED} FROM quotation WHERE paragraph_id = ?", (paragraph_id,)
    )
    if {tuple(row) for row in stored} == wanted:
        return
    connection.execute("DELETE FROM quotation WHERE paragraph_id = ?", (paragraph_id,))
    connection.executemany(
        f"INSERT INTO quotation (paragraph_id, {_STORED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(paragraph_id, *row) for row in sorted(wanted, key=lambda row: (row[0], row[2]))],
    )
