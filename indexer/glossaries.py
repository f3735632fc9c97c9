"""The archive's own glossary, and which paragraphs a change in it touches."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from indexer import fold, store
from translations import terms
from translations.terms import Glossary

NAME = "glossary.csv"


def load(folder: Path) -> Glossary:
    """Return the bundled glossary with the terms of ``glossary.csv`` in an archive's folder.

    The archive's terms win. Raises BadGlossary.
    """
    own = folder / NAME
    return terms.bundled().over(terms.load(own)) if own.exists() else terms.bundled()


def touched(connection: sqlite3.Connection, glossary: Glossary) -> list[int]:
    """List translated paragraphs with a term that is new, changed or gone since ``applied``."""
    found: set[int] = set()
    for zh in _changed(connection, glossary):
        rows = connection.execute(
            "SELECT id FROM paragraph JOIN translation ON paragraph_id = id WHERE instr(folded, ?)",
            (fold.key(zh),),
        )
        found.update(row[0] for row in rows)
    return sorted(found)


def begin(connection: sqlite3.Connection, glossary: Glossary) -> None:
    """Remember the terms before the first English is made."""
    if not connection.execute("SELECT 1 FROM translation LIMIT 1").fetchone():
        applied(connection, glossary)


def applied(connection: sqlite3.Connection, glossary: Glossary) -> None:
    """Remember the terms that the English is made with now."""
    if not _changed(connection, glossary):
        return
    with store.transaction(connection):
        connection.execute("DELETE FROM applied_term")
        connection.executemany("INSERT INTO applied_term VALUES (?, ?)", _rows(glossary).items())


def _changed(connection: sqlite3.Connection, glossary: Glossary) -> set[str]:
    before = dict(connection.execute("SELECT zh, term FROM applied_term").fetchall())
    return {zh for zh, _ in before.items() ^ _rows(glossary).items()}


def _rows(glossary: Glossary) -> dict[str, str]:
    return {zh: repr(term) for zh, term in glossary.terms.items()}
