"""What the index is told of a paragraph, and where the store has it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from indexer import english
from indexer.index import names
from indexer.model import Kind
from indexer.quotes.names import pinyin_keys

_AT_ONCE = 1000

Gloss = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Record:
    """Describe one paragraph to the index.

    ``folded`` is ``fold.key(zh)``. ``en`` is the English that readers see: a person's where
    ``corrected``, else the machine's. ``gloss`` are English words of the dictionary. ``date`` is
    ISO 8601, whole or cut, or None; ``flags`` name doubts about the English. ``speakers`` are the
    people quoted, empty strings for unknown ones, and ``names`` people in pinyin (``wangyi``).
    """

    paragraph_id: int
    article_id: int
    kind: str
    zh: str
    folded: str
    en: str = ""
    corrected: bool = False
    gloss: str = ""
    publication: str | None = None
    date: str | None = None
    section: str | None = None
    engine: str = ""
    flags: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def day(self) -> int:
        """Return the date as the number yyyymmdd, with zeros for what is cut off; 0 for none."""
        digits = (self.date or "").replace("-", "")
        return int(digits.ljust(8, "0")) if digits.isdigit() else 0


def records(
    connection: sqlite3.Connection, ids: Iterable[int] | None = None, *, gloss: Gloss
) -> Iterator[Record]:
    """Give the records of these paragraphs, of all when None; removed issues have none.

    ``gloss`` returns English words of the dictionary for a Chinese text.
    """
    if ids is None:
        ids = [row["id"] for row in connection.execute("SELECT id FROM paragraph ORDER BY id")]
    wanted = iter(ids)
    while chunk := list(islice(wanted, _AT_ONCE)):
        yield from _chunk(connection, json.dumps(chunk), gloss)


_PARAGRAPHS = """
SELECT paragraph.id, article_id, kind, text, folded, issue.publication, issue.date, section
FROM paragraph JOIN article ON article.id = article_id JOIN issue ON issue.id = issue_id
WHERE paragraph.id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL
ORDER BY paragraph.id
"""
_SPEAKERS = """
SELECT paragraph_id, speaker FROM quotation
WHERE paragraph_id IN (SELECT value FROM json_each(?))
"""


def _chunk(connection: sqlite3.Connection, ids: str, gloss: Gloss) -> Iterator[Record]:
    rows = connection.execute(_PARAGRAPHS, (ids,)).fetchall()
    shown = english.shown(connection, {row["id"]: row["text"] for row in rows})
    speakers: dict[int, set[str]] = defaultdict(set)
    people: dict[int, set[str]] = defaultdict(set)
    for id, speaker in connection.execute(_SPEAKERS, (ids,)):
        speakers[id].add(speaker or "")
        people[id].update(pinyin_keys(speaker) if speaker else ())
    for row in rows:
        found = shown.get(row["id"], english.NONE)
        yield Record(
            paragraph_id=row["id"],
            article_id=row["article_id"],
            kind=row["kind"],
            zh=row["text"],
            folded=row["folded"],
            en=found.en,
            corrected=found.corrected_by is not None,
            gloss=gloss(row["text"]),
            publication=row["publication"],
            date=row["date"],
            section=row["section"],
            engine=found.engine,
            flags=found.flags,
            speakers=tuple(sorted(speakers[row["id"]])),
            names=tuple(sorted(people[row["id"]] | _signed(row["kind"], row["text"]))),
        )


def _signed(kind: str, text: str) -> set[str]:
    """Return the names of a byline in pinyin."""
    people = text.split() if kind == Kind.BYLINE else ()
    return {key for name in people if 2 <= len(name) <= 4 for key in names.keys(name)}
