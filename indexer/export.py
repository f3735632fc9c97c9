"""The whole store as JSON Lines: the same archive gives the same lines, however it came about.

One line for each file, issue and article, with the article's blocks, English, corrections, edits
and moved links in it. No row numbers and no times of adding, so that two archives can be compared
line by line; no accounts. What is derived from the text (index, quotations, sketches) is not in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

Line = dict[str, Any]


def export_jsonl(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the store's lines, without line ends: files, then issues, then articles, by key."""
    for kind, records in (
        ("file", _files(connection)),
        ("issue", _issues(connection)),
        ("article", _articles(connection)),
    ):
        for record in records:
            yield json.dumps({"type": kind, **record}, ensure_ascii=False)


def _files(connection: sqlite3.Connection) -> Iterator[Line]:
    for row in connection.execute("SELECT id, sha256, name, size FROM source ORDER BY sha256"):
        documents = connection.execute(
            "SELECT id, name, text FROM document WHERE source_id = ? ORDER BY ordinal", (row["id"],)
        )
        yield {
            "sha256": row["sha256"],
            "name": row["name"],
            "size": row["size"],
            "pages": [
                {
                    "name": document["name"],
                    "text": document["text"],
                    "furniture": _furniture(connection, document["id"]),
                }
                for document in documents
            ],
        }


def _furniture(connection: sqlite3.Connection, document_id: int) -> list[Line]:
    rows = connection.execute(
        "SELECT text, spans FROM furniture WHERE document_id = ? ORDER BY ordinal", (document_id,)
    )
    return [{"text": text, "spans": json.loads(spans)} for text, spans in rows]


def _issues(connection: sqlite3.Connection) -> Iterator[Line]:
    for row in connection.execute(
        "SELECT key, publication, date, removed_at IS NOT NULL AS removed FROM issue ORDER BY key"
    ):
        yield {**row, "removed": bool(row["removed"])}


def _articles(connection: sqlite3.Connection) -> Iterator[Line]:
    for row in connection.execute(
        "SELECT article.id, article.key, issue.key AS issue, source.sha256 AS file,"
        " document.ordinal AS file_page, article.ordinal AS place, headline, byline, page, section,"
        " url, date_guessed FROM article JOIN issue ON issue.id = issue_id"
        " JOIN document ON document.id = document_id JOIN source ON source.id = source_id"
        " ORDER BY article.key"
    ):
        fields = dict(row)
        id = fields.pop("id")
        yield {
            **fields,
            "date_guessed": bool(row["date_guessed"]),
            "blocks": [_block(connection, block) for block in _blocks(connection, id)],
            "edits": _edits(connection, row["key"]),
            "moved": _moved(connection, row["key"]),
        }


def _blocks(connection: sqlite3.Connection, article_id: int) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT paragraph.id, anchor, kind, text, spans, engine, en, sentences, flags"
        " FROM paragraph LEFT JOIN translation ON paragraph_id = paragraph.id"
        " WHERE article_id = ? ORDER BY ordinal",
        (article_id,),
    ).fetchall()


def _block(connection: sqlite3.Connection, row: sqlite3.Row) -> Line:
    block = {"anchor": row["anchor"], "kind": row["kind"], "zh": row["text"]}
    block["spans"] = json.loads(row["spans"])
    if row["engine"] is not None:
        block |= {"en": row["en"], "engine": row["engine"]}
        block |= {"sentences": json.loads(row["sentences"]), "flags": json.loads(row["flags"])}
    if corrections := _corrections(connection, row["id"]):
        block["corrections"] = corrections
    return block


def _corrections(connection: sqlite3.Connection, paragraph_id: int) -> list[Line]:
    rows = connection.execute(
        'SELECT zh, before, after, author, made_at, undone_at, start, "end" FROM correction'
        " WHERE paragraph_id = ? ORDER BY id",
        (paragraph_id,),
    )
    return [dict(row) for row in rows]


def _edits(connection: sqlite3.Connection, key: str) -> list[Line]:
    rows = connection.execute(
        "SELECT before, after, author, made_at FROM edit WHERE article_key = ? ORDER BY id", (key,)
    )
    return [dict(row) for row in rows]


def _moved(connection: sqlite3.Connection, key: str) -> list[Line]:
    """List where links lead whose paragraph was now in this article."""
    rows = connection.execute(
        "SELECT moved.article_key AS link, moved.anchor AS number, paragraph.anchor AS leads_to"
        " FROM moved JOIN paragraph ON paragraph.id = moved.paragraph_id"
        " JOIN article ON article.id = paragraph.article_id WHERE article.key = ?"
        " ORDER BY moved.article_key, moved.anchor",
        (key,),
    )
    return [dict(row) for row in rows]
