"""The vectors of the store in memory, shared by all of a process and kept up to date."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np

from indexer import store
from indexer.index import Reader
from indexer.index.arrays import Array

SHORT = 40
"""Characters below which a paragraph is damped: captions are near to everything."""
DAMPING = 0.03
"""What a paragraph of no length loses of its cosine; tuned on half of the judged queries."""

_STORED = np.dtype("<f2")
_STATE = "SELECT coalesce(max(id), 0), count(*) FROM vector"
_NEW = """
SELECT vector.id, paragraph_id, length(folded), vector
FROM vector JOIN paragraph ON paragraph.id = paragraph_id
WHERE vector.id > ? AND model = ? ORDER BY vector.id
"""
_AT_ONCE = 4096


def to_blob(vector: Array) -> bytes:
    """Return a vector as it is stored."""
    return vector.astype(_STORED).tobytes()


@dataclass(frozen=True, slots=True)
class Vectors:
    """Hold the vectors of one state of the store, row for row: ids, paragraphs, damping, matrix."""

    ids: Array
    paragraphs: Array
    damping: Array
    matrix: Array
    _rows: dict[str, Array] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def nearness(self, vector: Array, reader: Reader) -> Array:
        """Return the damped cosine of each document of the index; -inf where there is no vector."""
        if not len(self):
            return np.full(reader.size, -np.inf, np.float32)
        near = np.empty(len(self) + 1, np.float32)  # the last is for documents without a vector
        np.dot(self.matrix, vector, out=near[:-1])
        near[:-1] -= self.damping
        near[-1] = -np.inf
        found: Array = near[self._rows_of(reader)]
        return found

    def of(self, paragraph: int) -> Array | None:
        """Return the vector of a paragraph, None when it has none."""
        rows = np.flatnonzero(self.paragraphs == paragraph)
        return self.matrix[rows[0]] if len(rows) else None

    def _rows_of(self, reader: Reader) -> Array:
        """Return the row of each document, -1 where it has none; one generation is remembered."""
        rows = self._rows.get(reader.generation)
        if rows is None:
            order = np.argsort(self.paragraphs)
            ranked = self.paragraphs[order]
            places = np.searchsorted(ranked, reader.paragraphs).clip(max=len(ranked) - 1)
            rows = np.where(ranked[places] == reader.paragraphs, order[places], -1)
            self._rows.clear()
            self._rows[reader.generation] = rows
        return rows

    def kept(self, rows: Array | slice) -> Vectors:
        """Return some rows: of a mask, or a piece."""
        return Vectors(self.ids[rows], self.paragraphs[rows], self.damping[rows], self.matrix[rows])


def damping(lengths: Array) -> Array:
    """Return what paragraphs of so many characters lose of their cosine."""
    return (DAMPING * np.maximum(0, 1 - lengths / SHORT)).astype(np.float32)


class Memory:
    """Hold the newest vectors of one database; float32, so 1.5 GB for a million paragraphs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._source: tuple[str, int] | None = None
        self._state = (0, 0)
        self._vectors = _none()

    def newest(self, connection: sqlite3.Connection, model: str, file: int) -> Vectors:
        """Return the vectors of a model as the store has them now; only what is new is read.

        ``file`` is the database's inode: another one under the same name is read from the start.
        """
        with self._lock:
            if self._source != (model, file):
                self._source, self._state, self._vectors = (model, file), (0, 0), _none()
            if tuple(connection.execute(_STATE).fetchone()) != self._state:
                with store.snapshot(connection):
                    self._refresh(connection, model)
            return self._vectors

    def _refresh(self, connection: sqlite3.Connection, model: str) -> None:
        last, count = self._state
        now_last, now_count = connection.execute(_STATE).fetchone()
        held = self._vectors
        if now_count - count != now_last - last:  # more has happened than adding
            alive = [row[0] for row in connection.execute("SELECT id FROM vector")]
            held = held.kept(np.isin(held.ids, alive))
        self._vectors = _with_new(connection, model, last, held, most=now_last - last)
        self._state = (now_last, now_count)


_memories: dict[Path, Memory] = {}


def newest(connection: sqlite3.Connection, model: str) -> Vectors:
    """Return the vectors of a model as the store has them now."""
    path = Path(connection.execute("PRAGMA database_list").fetchone()["file"])
    memory = _memories.setdefault(path, Memory())
    return memory.newest(connection, model, os.stat(path).st_ino)


def _none() -> Vectors:
    numbers = np.zeros(0, np.int64)
    return Vectors(numbers, numbers, np.zeros(0, np.float32), np.zeros((0, 0), np.float32))


def _with_new(
    connection: sqlite3.Connection, model: str, after: int, held: Vectors, most: int
) -> Vectors:
    """Return what is held and the vectors that were stored ``after`` a number, at ``most`` so many.

    Memory is taken once and filled: at a million, putting parts together costs more than reading.
    """
    rows = connection.execute(_NEW, (after, model))
    size, room = len(held), held
    while some := rows.fetchmany(_AT_ONCE):
        ids, paragraphs, lengths, blobs = zip(*some, strict=True)
        stored = np.frombuffer(b"".join(blobs), _STORED).reshape(len(some), -1)
        if room is held:
            room = _room(held, len(held) + most, stored.shape[1])
        new = slice(size, size + len(some))
        room.ids[new], room.paragraphs[new] = ids, paragraphs
        room.damping[new], room.matrix[new] = damping(np.array(lengths)), stored
        size += len(some)
    return held if room is held else room.kept(slice(size))


def _room(held: Vectors, size: int, dimensions: int) -> Vectors:
    """Return room for so many vectors with those that are held at its beginning."""
    room = Vectors(
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.float32),
        np.empty((size, dimensions), np.float32),
    )
    if count := len(held):
        room.ids[:count], room.paragraphs[:count] = held.ids, held.paragraphs
        room.damping[:count], room.matrix[:count] = held.damping, held.matrix
    return room
