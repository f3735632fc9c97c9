"""The English that a reader sees: a person's where there is one, else the machine's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.views import SentenceView
from translations.polish import joined


@dataclass(frozen=True, slots=True)
class English:
    """Hold a paragraph's English as shown, and where it came from."""

    en: str
    engine: str = ""
    flags: tuple[str, ...] = ()
    sentences: tuple[SentenceView, ...] = ()
    corrected_by: str | None = None
    corrected_at: str | None = None


NONE = English("")

_HEADLINES = """
SELECT id, article_id, text FROM paragraph
WHERE article_id IN (SELECT value FROM json_each(?)) AND kind = 'headline' ORDER BY ordinal
"""


def shown(connection: sqlite3.Connection, texts: dict[int, str]) -> dict[int, English]:
    """Return the English of each paragraph in ``texts`` (row id to Chinese) that has any.

    A correction of the whole paragraph stands for all of it; else one of a sentence replaces that
    sentence wherever it now is in the paragraph. Of several, the last one stands.
    """
    ids = json.dumps(list(texts))
    machine = {
        row["paragraph_id"]: row
        for row in connection.execute(
            "SELECT * FROM translation WHERE paragraph_id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    }
    corrections: dict[int, list[sqlite3.Row]] = {}
    for row in connection.execute(
        "SELECT * FROM correction WHERE paragraph_id IN (SELECT value FROM json_each(?))"
        " AND undone_at IS NULL ORDER BY id",
        (ids,),
    ):
        corrections.setdefault(row["paragraph_id"], []).append(row)
    return {
        id: _merge(text, machine.get(id), corrections.get(id, ()))
        for id, text in texts.items()
        if id in machine or id in corrections
    }


def headlines(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[int, str]:
    """Return the English of the headlines of some articles, by row id."""
    rows = connection.execute(_HEADLINES, (json.dumps(list(articles)),)).fetchall()
    by_row = shown(connection, {row["id"]: row["text"] for row in rows})
    found: dict[int, list[str]] = {}
    for row in rows:
        if en := by_row.get(row["id"], NONE).en:
            found.setdefault(row["article_id"], []).append(en)
    return {article: " ".join(lines) for article, lines in found.items()}


def join(sentences: Iterable[SentenceView]) -> str:
    """Return the English of sentences as one text."""
    return joined((s.zh, s.en) for s in sentences)


def _merge(text: str, machine: sqlite3.Row | None, corrections: Sequence[sqlite3.Row]) -> English:
    engine = machine["engine"] if machine else ""
    whole = [row for row in corrections if row["start"] is None]
    last = [*corrections, *whole][-1:]
    by, at = (last[0]["author"], last[0]["made_at"]) if last else (None, None)
    if whole:
        return English(whole[-1]["after"], engine, corrected_by=by, corrected_at=at)
    replaced = {row["zh"]: row["after"] for row in corrections}
    sentences = tuple(
        SentenceView(s.start, s.end, s.zh, replaced[s.zh]) if s.zh in replaced else s
        for s in _sentences(text, machine)
    )
    flags = [flag for s in sentences for flag in s.flags]
    if machine and not corrections:
        flags = [*json.loads(machine["flags"]), *flags]
    english = join(sentences)
    return English(english, engine, tuple(dict.fromkeys(flags)), sentences, by, at)


def _sentences(text: str, machine: sqlite3.Row | None) -> tuple[SentenceView, ...]:
    if machine is None:
        return ()
    return tuple(
        SentenceView(s["start"], s["end"], text[s["start"] : s["end"]], s["en"], tuple(s["flags"]))
        for s in json.loads(machine["sentences"])
    )
