"""Vectors for the paragraphs that have none, or one of another model."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from indexer import store
from indexer.model import Kind
from indexer.semantic.models import Embedder, MissingExtra, load
from indexer.semantic.vectors import to_blob

BATCH = 32
"""Paragraphs to one commit, a second or so of work: no more is lost with a kill."""

Report = Callable[[int, int], None]
"""Told how many paragraphs are done, of how many."""

MEANINGLESS = (Kind.BYLINE, Kind.CREDIT, Kind.STAFF, Kind.CONTINUATION, Kind.FURNITURE)
"""Names and signposts: near to everything in vectors, and found by words."""

_WAITING = """
SELECT paragraph.id FROM paragraph
JOIN article ON article.id = article_id
JOIN issue ON issue.id = issue_id AND removed_at IS NULL
LEFT JOIN vector ON vector.paragraph_id = paragraph.id
WHERE vector.model IS NOT :model AND kind NOT IN (SELECT value FROM json_each(:meaningless))
ORDER BY article.id, paragraph.ordinal LIMIT :limit
"""
_TEXTS = """
SELECT paragraph.id, kind, text, headline FROM paragraph JOIN article ON article.id = article_id
WHERE paragraph.id IN (SELECT value FROM json_each(?))
"""
_KEEP = """
INSERT OR REPLACE INTO vector (paragraph_id, model, vector)
SELECT paragraph.id, ?, ? FROM paragraph JOIN article ON article.id = article_id
WHERE paragraph.id = ? AND text = ? AND headline = ?
"""


def ready(connection: sqlite3.Connection) -> bool:
    """Tell whether the newest vector, if there is any, is by the model that is installed.

    One row is read, so that a search may ask, even where another version made all vectors.
    """
    newest = connection.execute("SELECT model FROM vector ORDER BY id DESC LIMIT 1").fetchone()
    try:
        return newest is not None and newest["model"] == load().name
    except MissingExtra:
        return False


def waiting(connection: sqlite3.Connection, model: str, limit: int | None = None) -> list[int]:
    """List the row ids of paragraphs without a vector of this model, in reading order."""
    asked = {
        "model": model,
        "meaningless": json.dumps(MEANINGLESS),
        "limit": -1 if limit is None else limit,
    }
    return [row[0] for row in connection.execute(_WAITING, asked)]


def embed(
    connection: sqlite3.Connection,
    embedder: Embedder,
    ids: Sequence[int],
    report: Report | None = None,
) -> int:
    """Make and keep vectors of paragraphs; return how many.

    Kept batch by batch: a killed run goes on from there with what is ``waiting`` then.
    """
    kept = 0
    for start in range(0, len(ids), BATCH):
        some = json.dumps(ids[start : start + BATCH])
        rows = connection.execute(_TEXTS, (some,)).fetchall()
        vectors = embedder.passages([passage(row) for row in rows])
        with store.transaction(connection):
            for row, vector in zip(rows, vectors, strict=True):
                # What was changed or taken out meanwhile is left to the next run.
                kept += connection.execute(
                    _KEEP,
                    (embedder.name, to_blob(vector), row["id"], row["text"], row["headline"]),
                ).rowcount
        if report:
            report(min(start + BATCH, len(ids)), len(ids))
    return kept


def passage(row: sqlite3.Row) -> str:
    """Return the text that stands for a paragraph: itself under its headline.

    By itself a paragraph often does not say what it is about (他表示，将继续推进改革).
    """
    if row["kind"] == Kind.HEADLINE or not row["headline"]:
        return str(row["text"])
    return f"{row['headline']}\n{row['text']}"
