"""What a search reads from the store: texts and names of the few paragraphs it shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

_PARAGRAPHS = """
SELECT paragraph.id, article_id, anchor, kind, text FROM paragraph
WHERE paragraph.id IN (SELECT value FROM json_each(?))
"""
_ARTICLES = """
SELECT article.id, article.key, headline, byline, page, section, date_guessed,
       issue.key AS issue_key, issue.publication, issue.date
FROM article JOIN issue ON issue.id = issue_id
WHERE article.id IN (SELECT value FROM json_each(?))
"""
# From the few issues to their articles, never through all articles.
_REMOVED = """
SELECT article.id FROM issue CROSS JOIN article ON issue_id = issue.id WHERE removed_at IS NOT NULL
"""


def removed_articles(connection: sqlite3.Connection) -> list[int]:
    """Return the row ids of articles whose issue was removed, whatever the index still says."""
    return [row[0] for row in connection.execute(_REMOVED)]


def paragraphs(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, sqlite3.Row]:
    """Return the rows of some paragraphs by id: id, article_id, anchor, kind, text."""
    rows = connection.execute(_PARAGRAPHS, (json.dumps(list(ids)),))
    return {row["id"]: row for row in rows}


def articles(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, sqlite3.Row]:
    """Return the rows of some articles by id, with their issue's key, publication and date."""
    return {row["id"]: row for row in connection.execute(_ARTICLES, (json.dumps(list(ids)),))}
