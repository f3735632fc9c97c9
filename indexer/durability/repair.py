"""Make good what can be made good without a person, and say what cannot."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer import editing, fold, store
from indexer.archive import Archive
from indexer.durability import backups
from indexer.durability.checks import Progress, verify
from indexer.durability.problems import Fault, Problem
from indexer.originals import sha256

Subjects = list[int | str]


@dataclass(frozen=True, slots=True)
class RepairReport:
    """Report a repair: what is good again, and what still is wrong."""

    repaired: tuple[Problem, ...]
    left: tuple[Problem, ...]


def repair(
    archive: Archive,
    source: Path | None = None,
    wait_s: float = 0,
    progress: Progress | None = None,
) -> RepairReport:
    """Repair the archive, verify it again, and report; raises Busy while another command writes.

    ``source`` is a backup, or a file or folder as it was given to the archive: lost and damaged
    originals are taken from it.
    """
    problems = verify(archive, progress)
    with archive.writing(wait_s):
        for fault, fix in _FIXES.items():
            if subjects := [problem.subject for problem in problems if problem.fault is fault]:
                fix(archive, subjects)
        if not any(problem.fault is Fault.DATABASE for problem in problems):
            archive.index()
        if source:
            _find_originals(archive, {str(p.subject) for p in problems if p.fault in _LOST}, source)
    left = verify(archive, progress)
    return RepairReport(tuple(p for p in problems if p not in left), tuple(left))


def _fill_database_indexes(archive: Archive, _: Subjects) -> None:
    """Fill the database's own indexes from its rows; damaged pages stay so, and are reported."""
    with contextlib.suppress(sqlite3.DatabaseError):
        archive.connection.execute("REINDEX")


def _refold(archive: Archive, ids: Subjects) -> None:
    """Fold texts again; the store's triggers queue them for the index."""
    connection = archive.connection
    with store.transaction(connection):
        for id in ids:
            query = "SELECT text FROM paragraph WHERE id = ?"
            (text,) = connection.execute(query, (id,)).fetchone()
            connection.execute("UPDATE paragraph SET folded = ? WHERE id = ?", (fold.key(text), id))


def _refresh_titles(archive: Archive, ids: Subjects) -> None:
    with store.transaction(archive.connection):
        for id in ids:
            editing.refresh_titles(archive.connection, int(id))


def _forget_translations(archive: Archive, ids: Subjects) -> None:
    """Drop English that does not fit; ``archive translate`` makes it again."""
    _delete(archive, "translation", "paragraph_id", ids)


def _forget_memory(archive: Archive, names: Subjects) -> None:
    _delete(archive, "memory", "folded", names)


def _delete(archive: Archive, table: str, column: str, values: Subjects) -> None:
    with store.transaction(archive.connection):
        archive.connection.executemany(
            f"DELETE FROM {table} WHERE {column} = ?", [(value,) for value in values]
        )


def _remove_leftovers(archive: Archive, digests: Subjects) -> None:
    """Remove originals of no page; an add may have made a page of one since it was found."""
    for digest in map(str, digests):
        if not store.has_original(archive.connection, digest):
            archive.originals.path(digest).unlink(missing_ok=True)


def _rebuild_index(archive: Archive, _: Subjects) -> None:
    archive.index(rebuild=True)


_LOST = (Fault.ORIGINAL_MISSING, Fault.ORIGINAL_DAMAGED)
_FIXES: dict[Fault, Callable[[Archive, Subjects], None]] = {
    Fault.DATABASE: _fill_database_indexes,
    Fault.FOLDED: _refold,
    Fault.TITLE: _refresh_titles,
    Fault.TRANSLATION: _forget_translations,
    Fault.MEMORY: _forget_memory,
    Fault.LEFTOVER: _remove_leftovers,
    Fault.INDEX: _rebuild_index,
}
"""What mends each fault; the index comes last, so that it has what the others mended."""


def _find_originals(archive: Archive, lost: set[str], source: Path) -> None:
    """Keep again what is lost, from a backup or from the files as they were given."""
    if backups.is_backup(source):
        _from_backup(archive, lost, source)
    else:
        _from_files(archive, lost, source)


def _from_backup(archive: Archive, lost: set[str], source: Path) -> None:
    with tempfile.TemporaryDirectory(dir=archive.path, prefix=".repairing-") as folder:
        for digest in lost:
            file = Path(folder) / digest
            if backups.extract_original(source, digest, file):
                archive.originals.keep(file)


def _from_files(archive: Archive, lost: set[str], source: Path) -> None:
    sizes = {
        row["size"]
        for row in archive.connection.execute("SELECT size, sha256 FROM source")
        if row["sha256"] in lost
    }
    for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
        if file.is_file() and file.stat().st_size in sizes and sha256(file) in lost:
            archive.originals.keep(file)
