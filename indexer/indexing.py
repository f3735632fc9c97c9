"""The index brought up to date with the store, however the last run ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from indexer import store
from indexer.index import Record, records
from indexer.quotes.store import extract
from indexer.search.engine import Report, SearchEngine
from translations.gloss import dictionary

REPORT_EVERY = 500
BUILT_IN = "built-in"


def update(
    connection: sqlite3.Connection,
    engine: SearchEngine,
    followed: Path,
    report: Report | None = None,
) -> int:
    """Index all that has changed since the last run; return how many paragraphs.

    An index that is missing or of another version is made anew. So is one that did not follow the
    store meanwhile, because another engine's did: the file ``followed`` has that one's name.
    """
    if engine.needs_rebuild() or followed_by(followed) != engine.name:
        return rebuild(connection, engine, followed, report)
    extract(connection)
    ids = _take(connection)
    if ids:
        engine.update(ids, report)
        _settle(connection)
    return len(ids)


def rebuild(
    connection: sqlite3.Connection,
    engine: SearchEngine,
    followed: Path,
    report: Report | None = None,
) -> int:
    """Make the index anew beside the one in use; return how many paragraphs it holds."""
    extract(connection)
    _take(connection)
    count = engine.rebuild(report)
    if followed_by(followed) != engine.name:
        followed.write_text(engine.name)
    _settle(connection)
    return count


def every_paragraph(connection: sqlite3.Connection) -> list[int]:
    """Return the row ids of all paragraphs."""
    return [row[0] for row in connection.execute("SELECT id FROM paragraph ORDER BY id")]


def read(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Record]:
    """Give the records of these paragraphs as they are read from the store."""
    return records(connection, ids, gloss=dictionary().gloss)


def told(records: Iterable[Record], total: int, report: Report | None) -> Iterator[Record]:
    """Give records, and report now and then how many of ``total`` were given."""
    for number, record in enumerate(records, 1):
        yield record
        if report and number % REPORT_EVERY == 0:
            report(number, total)


def followed_by(file: Path) -> str:
    """Return the name of the engine that followed the store last."""
    return file.read_text() if file.exists() else BUILT_IN


def _take(connection: sqlite3.Connection) -> list[int]:
    """Take over what waits for the index, and what a killed run had taken."""
    with store.transaction(connection):
        connection.execute("INSERT OR IGNORE INTO indexing SELECT paragraph_id FROM unindexed")
        connection.execute("DELETE FROM unindexed")
    rows = connection.execute("SELECT paragraph_id FROM indexing ORDER BY 1")
    return [row[0] for row in rows]


def _settle(connection: sqlite3.Connection) -> None:
    with store.transaction(connection):
        connection.execute("DELETE FROM indexing")
