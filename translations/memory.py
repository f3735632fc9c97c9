"""The translation memory: no sentence is translated twice by the same engine."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TypeVar

from indexer import store
from translations.chinese import key
from translations.engines import Draft

PERSON = "person"
"""The engine's name of what a person wrote."""

IMPORTED = "tmx"
"""The engine's name of what came from another memory."""

_AT_ONCE = 500  # keys to a query; SQLite allows 999 parameters everywhere


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one remembered sentence with its English, who made it, and when (ISO 8601, UTC)."""

    zh: str
    en: str
    engine: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Match:
    """Hold a remembered sentence like the one asked for; ``likeness`` 1 is the same sentence."""

    unit: Unit
    likeness: float


class Memory:
    """Keep drafts in the table ``memory``, keyed by the sentence and the engine's name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def look_up(self, sentences: Iterable[str], engine: str) -> dict[str, Draft]:
        """Return the drafts that an engine has made of these sentences."""
        keys_of = {sentence: key(sentence) for sentence in sentences}
        found: dict[str, Draft] = {}
        for keys in _chunks(set(keys_of.values()), _AT_ONCE):
            marks = ",".join("?" * len(keys))
            rows = self._connection.execute(
                f"SELECT folded, en, score FROM memory WHERE engine = ? AND folded IN ({marks})",
                (engine, *keys),
            )
            found |= {folded: Draft(en, score) for folded, en, score in rows}
        return {zh: found[folded] for zh, folded in keys_of.items() if folded in found}

    def add(self, drafts: Mapping[str, Draft], engine: str) -> None:
        """Remember what an engine made of each sentence, in a transaction of its own."""
        now = store.now()
        with store.transaction(self._connection):
            self._insert((zh, draft.text, engine, draft.score, now) for zh, draft in drafts.items())

    def add_correction(self, zh: str, en: str) -> None:
        """Remember a person's English of a sentence, within the caller's transaction."""
        self._insert([(zh, en, PERSON, None, store.now())])

    def forget_correction(self, zh: str, en: str) -> None:
        """Forget a person's English of a sentence, within the caller's transaction."""
        self._connection.execute(
            "DELETE FROM memory WHERE folded = ? AND engine = ? AND en = ?", (key(zh), PERSON, en)
        )

    def add_units(self, units: Iterable[Unit]) -> int:
        """Remember units from elsewhere, all or none of them; return how many."""
        count = 0
        with store.transaction(self._connection):
            for some in _chunks(units, _AT_ONCE):
                self._insert((unit.zh, unit.en, unit.engine, None, unit.made_at) for unit in some)
                count += len(some)
        return count

    def units(self, engine: str | None = None) -> Iterator[Unit]:
        """Return what is remembered, of one engine or all."""
        rows = self._connection.execute(
            "SELECT zh, en, engine, made_at FROM memory WHERE ? IN (engine, '')"
            " ORDER BY folded, engine",
            (engine or "",),
        )
        yield from (Unit(*row) for row in rows)

    def matches(self, sentence: str, least: float = 0.6, limit: int = 5) -> list[Match]:
        """Return what people wrote for the same or a like sentence, the likest first.

        Only people's English and imported memories are offered, never a machine's.
        """
        wanted = key(sentence)
        pairs = _pairs(wanted)
        low, high = int(least * len(wanted)), int(len(wanted) / least) + 1
        rows = self._connection.execute(
            "SELECT zh, en, engine, made_at, folded FROM memory WHERE engine IN (?, ?)"
            " AND length(folded) BETWEEN ? AND ?",
            (PERSON, IMPORTED, low, high),
        )
        found = []
        held = set(wanted).__contains__
        for *unit, folded in rows:
            # No likeness is above that of the characters in whatever order: this is quickly told.
            if 2 * sum(map(held, folded)) < least * (len(wanted) + len(folded)):
                continue
            if _overlap(pairs, _pairs(folded)) >= least / 2:
                likeness = SequenceMatcher(None, wanted, folded, autojunk=False).ratio()
                if likeness >= least:
                    found.append(Match(Unit(*unit), likeness))
        found.sort(key=lambda match: (-match.likeness, match.unit.engine != PERSON))
        return found[:limit]

    def _insert(self, rows: Iterable[tuple[str, str, str, float | None, str]]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO memory (folded, zh, en, engine, score, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [(key(zh), zh, *rest) for zh, *rest in rows],
        )


def _pairs(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1)) or Counter([text])


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of character pairs in common: quick to tell, before a true comparison."""
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


_T = TypeVar("_T")


def _chunks(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
