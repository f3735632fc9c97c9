"""Paragraphs of the store to English, with what made each, and what is doubtful about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import islice

from indexer import store
from indexer.model import Kind
from translations.driver import ParagraphTranslation, Passage, Progress, translate_paragraphs
from translations.engines import Engine
from translations.memory import Memory
from translations.terms import Glossary

FETCH = 500
KEEP = 200
"""Paragraphs to one commit: little is lost with a kill, and the memory keeps even that."""


class Only(StrEnum):
    """Name which paragraphs to translate."""

    MISSING = "missing"  # those that have no English
    OLDER = "older"  # and those that another engine made
    FLAGGED = "flagged"  # those whose English is doubtful


_CHOICE = {
    Only.MISSING: "translation.paragraph_id IS NULL",
    Only.OLDER: "translation.engine IS NOT :engine",
    Only.FLAGGED: """translation.flags NOT IN ('[]', '["repaired"]')""",
}
_UNTRANSLATED = (Kind.FURNITURE, Kind.CONTINUATION)


def waiting(
    connection: sqlite3.Connection,
    engine: str,
    only: Only,
    sources: Sequence[str] | None = None,
    limit: int | None = None,
) -> list[int]:
    """List the row ids of the paragraphs to translate, in reading order.

    ``sources`` limits them to files with these SHA-256, ``limit`` to so many.
    """
    rows = connection.execute(
        "SELECT paragraph.id FROM paragraph"
        " JOIN article ON article.id = paragraph.article_id"
        " JOIN issue ON issue.id = article.issue_id AND issue.removed_at IS NULL"
        " JOIN document ON document.id = article.document_id"
        " JOIN source ON source.id = document.source_id"
        " LEFT JOIN translation ON translation.paragraph_id = paragraph.id"
        f" WHERE {_CHOICE[only]} AND kind NOT IN (SELECT value FROM json_each(:untranslated))"
        " AND (:sources IS NULL OR source.sha256 IN (SELECT value FROM json_each(:sources)))"
        " ORDER BY article.id, paragraph.ordinal LIMIT :limit",
        {
            "engine": engine,
            "untranslated": json.dumps(_UNTRANSLATED),
            "sources": None if sources is None else json.dumps(sources),
            "limit": -1 if limit is None else limit,
        },
    )
    return [row[0] for row in rows]


def translate(
    connection: sqlite3.Connection,
    engine: Engine,
    paragraph_ids: Sequence[int],
    glossary: Glossary,
    progress: Callable[[Progress], None] | None = None,
) -> int:
    """Translate paragraphs and store their English; return how many.

    Stored as it is made: a killed run has lost at most its last sentences, and the same call
    goes on from there. What people corrected stays.
    """
    ids = json.dumps(paragraph_ids)
    (total,) = connection.execute(
        "SELECT coalesce(sum(length(text)), 0) FROM paragraph"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (ids,),
    ).fetchone()
    made = translate_paragraphs(
        _passages(connection, paragraph_ids),
        engine,
        Memory(connection),
        glossary=glossary,
        article_text=partial(_article_text, connection),
        total=total,
        progress=progress,
    )
    count = 0
    while batch := list(islice(made, KEEP)):
        with store.transaction(connection):
            connection.executemany(
                "INSERT OR REPLACE INTO translation VALUES (?, ?, ?, ?, ?, ?)",
                [_row(translation) for translation in batch],
            )
        count += len(batch)
    return count


def _article_text(connection: sqlite3.Connection, article: int) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM paragraph WHERE article_id = ? ORDER BY ordinal", (article,)
    )
    return [text for (text,) in rows]


def _passages(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Passage]:
    for start in range(0, len(ids), FETCH):
        some = ids[start : start + FETCH]
        rows = connection.execute(
            "SELECT id, text, article_id, kind FROM paragraph"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY article_id, ordinal",
            (json.dumps(some),),
        ).fetchall()
        yield from (Passage(*row) for row in rows)


def _row(translation: ParagraphTranslation) -> tuple[object, ...]:
    sentences = [
        {"start": s.start, "end": s.end, "en": s.en, "engine": s.engine, "flags": s.flags}
        for s in translation.sentences
    ]
    return (
        translation.paragraph_id,
        translation.engine,
        translation.en,
        _json(sentences),
        _json(translation.flags),
        store.now(),
    )


def _json(value: Iterable[object]) -> str:
    return json.dumps(value, ensure_ascii=False)
