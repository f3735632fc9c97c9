"""The same article printed twice: found by the shingles that two texts share.

Bottom-k sketches (A. Broder, "On the resemblance and containment of documents", 1997): of all
runs of SHINGLE characters in the folded text, the K smallest hashes stand for the text.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

SHINGLE = 6
K = 48
SHORTEST = 60
"""Folded characters below which a text says too little to be called the same."""
ALIKE = 0.6
"""The share of shingles above which two articles are printings of one text."""


def sketch(folded: str) -> list[int]:
    """Return the K smallest shingle hashes of a folded text, sorted; of a short text, none."""
    if len(folded) < SHORTEST:
        return []
    shingles = {folded[i : i + SHINGLE] for i in range(len(folded) - SHINGLE + 1)}
    return sorted({zlib.crc32(shingle.encode()) for shingle in shingles})[:K]


def resemblance(one: Iterable[int], other: Iterable[int]) -> float:
    """Estimate from two sketches which share of all their shingles two texts have in common."""
    a, b = set(one), set(other)
    union = sorted(a | b)[: max(len(a), len(b))]
    return len(a & b & set(union)) / len(union) if union else 0.0


def remember(connection: sqlite3.Connection, article_ids: Iterable[int]) -> None:
    """Store the sketches of articles, within the caller's transaction."""
    for id in article_ids:
        rows = connection.execute(
            "SELECT folded FROM paragraph WHERE article_id = ? ORDER BY ordinal", (id,)
        )
        hashes = sketch("".join(row[0] for row in rows))
        connection.execute("DELETE FROM sketch WHERE article_id = ?", (id,))
        connection.executemany("INSERT INTO sketch VALUES (?, ?)", [(h, id) for h in hashes])


def find(connection: sqlite3.Connection, article_id: int) -> list[int]:
    """Return the row ids of other printings of an article, most alike first."""
    mine = _sketch(connection, article_id)
    candidates = connection.execute(
        "SELECT other.article_id FROM sketch AS mine JOIN sketch AS other USING (hash)"
        " WHERE mine.article_id = ?1 AND other.article_id <> ?1"
        " GROUP BY other.article_id HAVING count(*) >= ?2",
        (article_id, len(mine) * ALIKE / 2),
    ).fetchall()
    alike = {id: resemblance(mine, _sketch(connection, id)) for (id,) in candidates}
    return sorted((id for id in alike if alike[id] >= ALIKE), key=lambda id: (-alike[id], id))


def _sketch(connection: sqlite3.Connection, article_id: int) -> list[int]:
    rows = connection.execute("SELECT hash FROM sketch WHERE article_id = ?", (article_id,))
    return [row[0] for row in rows]
