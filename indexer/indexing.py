"""The index brought up to date with the store, however the last run ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer import store
from indexer.index import Index, Record, records
from indexer.quotes.store import extract
from translations.gloss import dictionary

REPORT_EVERY = 500

Report = Callable[[int, int], None]
"""Told how many paragraphs are done, of how many."""


def update(connection: sqlite3.Connection, folder: Path, report: Report | None = None) -> int:
    """Index all that has changed since the last run; return how many paragraphs.

    An index that is missing or of another version is made anew.
    """
    index = Index.open(folder)
    if index.needs_rebuild():
        return rebuild(connection, folder, report)
    extract(connection)
    ids = _take(connection)
    if ids:
        index.update(_records(connection, ids, report), removed=ids)
        _settle(connection)
    return len(ids)


def rebuild(connection: sqlite3.Connection, folder: Path, report: Report | None = None) -> int:
    """Make the index anew beside the one in use; return how many paragraphs it holds."""
    extract(connection)
    _take(connection)
    ids = [row[0] for row in connection.execute("SELECT id FROM paragraph ORDER BY id")]
    count = Index.open(folder).rebuild(_records(connection, ids, report))
    _settle(connection)
    return count


def _records(
    connection: sqlite3.Connection, ids: list[int], report: Report | None
) -> Iterator[Record]:
    gloss = dictionary().gloss
    for number, record in enumerate(records(connection, ids, gloss=gloss), 1):
        yield record
        if report and number % REPORT_EVERY == 0:
            report(number, len(ids))


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
