"""What people write in place of the machine's English: kept for ever, undone but never deleted."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from indexer import english
from indexer.errors import ArchiveError, NotFound
from indexer.model import Span
from indexer.store import now, transaction
from translations.memory import Memory


@dataclass(frozen=True, slots=True)
class Correction:
    """Hold one change that a person made; ``sentence`` is None for the whole paragraph."""

    id: int
    before: str
    after: str
    author: str
    made_at: str
    undone_at: str | None
    sentence: Span | None


def correct(
    connection: sqlite3.Connection,
    paragraph_id: int,
    after: str,
    author: str,
    sentence: Span | None = None,
) -> int:
    """Put ``after`` in place of a paragraph's English, or of one sentence's; return its number.

    ``sentence`` is the span of the sentence in the paragraph's Chinese.
    """
    after = " ".join(after.split())
    if not after:
        raise ArchiveError("A correction cannot be empty: undo it to see the machine's English.")
    with transaction(connection):
        zh, before = _replaced(connection, paragraph_id, sentence)
        start, end = sentence or (None, None)
        cursor = connection.execute(
            "INSERT INTO correction (paragraph_id, zh, before, after, author, made_at, start, end)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (paragraph_id, zh, before, after, author, now(), start, end),
        )
        Memory(connection).add_correction(zh, after)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def undo(connection: sqlite3.Connection, correction_id: int) -> None:
    """Take a correction back; its row stays in the history. A second time changes nothing."""
    with transaction(connection):
        row = connection.execute(
            "UPDATE correction SET undone_at = ? WHERE id = ? AND undone_at IS NULL"
            " RETURNING zh, after",
            (now(), correction_id),
        ).fetchone()
        if row:
            Memory(connection).forget_correction(row["zh"], row["after"])


def history(connection: sqlite3.Connection, paragraph_id: int) -> list[Correction]:
    """List all that people ever changed in a paragraph, newest first."""
    rows = connection.execute(
        "SELECT * FROM correction WHERE paragraph_id = ? ORDER BY id DESC", (paragraph_id,)
    )
    return [
        Correction(
            row["id"], row["before"], row["after"], row["author"], row["made_at"],
            row["undone_at"], None if row["start"] is None else (row["start"], row["end"]),
        )
        for row in rows
    ]  # fmt: skip


def _replaced(
    connection: sqlite3.Connection, paragraph_id: int, sentence: Span | None
) -> tuple[str, str]:
    """Return the Chinese and the English shown now of what is about to be corrected."""
    row = connection.execute("SELECT text FROM paragraph WHERE id = ?", (paragraph_id,)).fetchone()
    if row is None:
        raise NotFound(f"No paragraph has the number {paragraph_id}.")
    text = row["text"]
    shown = english.shown(connection, {paragraph_id: text}).get(paragraph_id, english.NONE)
    if sentence is None:
        return text, shown.en
    for s in shown.sentences:
        if (s.start, s.end) == sentence:
            return s.zh, s.en
    raise NotFound(f"Paragraph {paragraph_id} has no sentence at {sentence}: correct all of it.")
