"""The translation memory: no sentence is translated twice by the same engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from indexer import store
from translations.chinese import key
from translations.engines import Draft

_AT_ONCE = 500  # keys to a query; SQLite allows 999 parameters everywhere


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
            self._connection.executemany(
                "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?)",
                [(key(zh), engine, zh, d.text, d.score, now) for zh, d in drafts.items()],
            )


def _chunks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
