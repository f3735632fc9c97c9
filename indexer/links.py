"""No link and no correction is lost when a paragraph goes somewhere else."""

from __future__ import annotations

import sqlite3


def keep(connection: sqlite3.Connection, key: str, anchor: int, paragraph_id: int) -> None:
    """Let the permalink ``key#p<anchor>`` lead to a paragraph, wherever that goes later."""
    connection.execute("INSERT OR REPLACE INTO moved VALUES (?, ?, ?)", (key, anchor, paragraph_id))


def last_anchor(connection: sqlite3.Connection, article_id: int, key: str) -> int:
    """Return the highest anchor that an article ever gave away; 0 for none."""
    row = connection.execute(
        "SELECT max(anchor) FROM (SELECT anchor FROM paragraph WHERE article_id = ?"
        " UNION ALL SELECT anchor FROM moved WHERE article_key = ?)",
        (article_id, key),
    ).fetchone()
    return int(row[0] or 0)


def retire(connection: sqlite3.Connection, key: str, anchor: int, old: int, new: int) -> None:
    """Delete paragraph ``old``, which had this permalink; all that hung on it goes to ``new``.

    A correction of its whole text becomes one of that part of ``new``.
    """
    connection.execute("UPDATE moved SET paragraph_id = ? WHERE paragraph_id = ?", (new, old))
    connection.execute(
        "UPDATE correction SET paragraph_id = ?1, start = coalesce(start, 0),"
        ' "end" = coalesce("end", length(zh)) WHERE paragraph_id = ?2',
        (new, old),
    )
    connection.execute("DELETE FROM paragraph WHERE id = ?", (old,))
    keep(connection, key, anchor, new)
