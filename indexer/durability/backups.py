"""One file that holds the whole archive, made while it is used, checked before it is called one.

A ZIP archive: ``manifest.json`` (format, date, and the size and SHA-256 of every member),
``archive.db``, ``originals/`` and the archive's own ``glossary.csv``. The search index is not in
it: it is made again from the store.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from indexer import store
from indexer.archive import Archive
from indexer.errors import ArchiveError
from indexer.glossaries import NAME as GLOSSARY
from indexer.lock import write_lock
from indexer.originals import CHUNK

FORMAT = "bilingual-news-archive backup 1"
MANIFEST = "manifest.json"
DATABASE = "archive.db"
ORIGINALS = "originals"
LOCK = "lock"
PART = "backup"
RESTORING = ".restoring"
_UNFINISHED = {LOCK, RESTORING}
MAX_MANIFEST = 1 << 30
_MEMBER = re.compile(r"archive\.db|glossary\.csv|originals/([0-9a-f]{2})/\1[0-9a-f]{62}")
"""What a backup may hold; any other name (``../``, an absolute path) is refused."""

_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError,
)  # fmt: skip
"""What zipfile raises for damaged files, as they name methods, lengths and names that are none."""

Progress = Callable[[int, int], None]
"""Say how many members are written or checked, of how many."""


@dataclass(frozen=True, slots=True)
class Member:
    """Name one file of a backup, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """List what a backup holds. ``missing`` are originals that were lost or damaged by then."""

    format: str
    made_at: str
    members: tuple[Member, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackupReport:
    """Report a backup: the file, its size in bytes, the originals in it, those it lacks."""

    file: Path
    size: int
    originals: int
    missing: tuple[str, ...]


def backup(
    archive: Archive, file: Path, wait_s: float = 0, progress: Progress | None = None
) -> BackupReport:
    """Write the archive as it is now to one file, while others read and write it.

    The file appears under its name only when it is whole and has been read back. An earlier backup
    of this name is replaced; any other file is refused with ArchiveError. An original that is lost
    or damaged is left out and named in the report. Raises Busy while the same file is written.
    """
    if file.exists() and not is_backup(file):
        raise ArchiveError(f"{file} exists and is no backup: name another file.")
    with _beside(file, wait_s) as place:
        _copy_database(archive.connection, place / DATABASE)
        manifest = _write(place / PART, place / DATABASE, archive, progress)
        check(place / PART)
        (place / PART).replace(file)
    _sync(file.parent)
    originals = sum(member.name.startswith(ORIGINALS) for member in manifest.members)
    return BackupReport(file, file.stat().st_size, originals, manifest.missing)


def restore_backup(file: Path, folder: Path, progress: Progress | None = None) -> Manifest:
    """Bring an archive back from a backup into ``folder``, which must be empty or not there.

    Every member is checked against the manifest before the folder becomes an archive. What a kill
    left unfinished is begun anew.
    """
    made = not folder.exists()
    if not made and not (folder.is_dir() and {f.name for f in folder.iterdir()} <= _UNFINISHED):
        raise ArchiveError(f"{folder} is not empty: name a new folder to bring the archive back.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with write_lock(folder / LOCK):
            manifest = _unpack(file, _emptied(folder / RESTORING), progress)
            for part in (ORIGINALS, GLOSSARY, DATABASE):
                if (folder / RESTORING / part).exists():
                    (folder / RESTORING / part).replace(folder / part)
            shutil.rmtree(folder / RESTORING)
    except BaseException:
        shutil.rmtree(folder / RESTORING, ignore_errors=True)
        if made:
            shutil.rmtree(folder)
        raise
    _sync(folder)
    return manifest


def _unpack(file: Path, place: Path, progress: Progress | None) -> Manifest:
    (place / ORIGINALS).mkdir()
    with _opened(file) as backup_file:
        manifest = _manifest(backup_file, file)
        for number, member in enumerate(manifest.members, 1):
            target = place / member.name
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as out:
                _copy_member(backup_file, member, file, out)
                out.flush()
                os.fsync(out.fileno())
            if progress:
                progress(number, len(manifest.members))
    _check_database(place / DATABASE, file)
    with contextlib.closing(sqlite3.connect(place / DATABASE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return manifest


def check(file: Path) -> Manifest:
    """Read a backup from end to end and compare it with its manifest; raises ArchiveError."""
    with _opened(file) as backup_file:
        manifest = _manifest(backup_file, file)
        for member in manifest.members:
            _copy_member(backup_file, member, file, None)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says that it holds; raises ArchiveError."""
    with _opened(file) as backup_file:
        return _manifest(backup_file, file)


def extract_original(file: Path, digest: str, target: Path) -> bool:
    """Write one original of a backup to ``target``; tell whether the backup has it whole."""
    with _opened(file) as backup_file:
        members = {member.sha256: member for member in _manifest(backup_file, file).members}
        if digest not in members:
            return False
        with target.open("wb") as out:
            _copy_member(backup_file, members[digest], file, out)
    return True


@contextlib.contextmanager
def _beside(file: Path, wait_s: float) -> Iterator[Path]:
    """Give a folder beside ``file`` to write to, gone at the end; a killed run's is used again."""
    place = file.with_name(f".{file.name}.part")
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        with write_lock(place / LOCK, wait_s):
            for leftover in (PART, DATABASE):
                (place / leftover).unlink(missing_ok=True)
            try:
                yield place
            finally:
                shutil.rmtree(place)
    except OSError as error:
        raise ArchiveError(
            f"{file} could not be written ({error.strerror}): look at the folder and the room on"
            " its disk, or name another."
        ) from error


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def _copy_database(connection: sqlite3.Connection, copy: Path) -> None:
    """Copy the store in one step: other processes go on reading and writing meanwhile."""
    try:
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(
            f"The database could not be copied ({error}): look for room on the disk, then run"
            " archive verify."
        ) from error
    _check_database(copy, Path("The store"))


def _check_database(path: Path, of: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        try:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            verdict = str(error)
    if verdict != "ok":
        raise ArchiveError(f"{of} holds a damaged database ({verdict}): use an earlier backup.")


def _write(part: Path, snapshot: Path, archive: Archive, progress: Progress | None) -> Manifest:
    with contextlib.closing(sqlite3.connect(snapshot)) as connection:
        digests = [row[0] for row in connection.execute("SELECT sha256 FROM source ORDER BY id")]
    members, missing = [], []
    part.touch(mode=0o600)  # it holds the hashes of passwords
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
        members.append(_add(file, DATABASE, snapshot))
        if (archive.path / GLOSSARY).exists():
            members.append(_add(file, GLOSSARY, archive.path / GLOSSARY))
        for number, digest in enumerate(digests, 1):
            name = f"{ORIGINALS}/{digest[:2]}/{digest}"
            if archive.originals.is_whole(digest):
                members.append(_add(file, name, archive.originals.path(digest)))
            else:
                missing.append(digest)
            if progress:
                progress(number, len(digests))
        manifest = Manifest(FORMAT, store.now(), tuple(members), tuple(missing))
        file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    return manifest


def _add(file: zipfile.ZipFile, name: str, path: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with path.open("rb") as source, file.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Member(name, size, digest.hexdigest())


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as backup_file:
            yield backup_file
    except FileNotFoundError:
        raise ArchiveError(f"{file} is not there: name a file made by archive backup.") from None
    except _BROKEN_ZIP as error:
        raise ArchiveError(
            f"{file} is no backup, or is cut off ({error}): use another backup."
        ) from error


def _manifest(backup_file: zipfile.ZipFile, file: Path) -> Manifest:
    if backup_file.getinfo(MANIFEST).file_size > MAX_MANIFEST:
        raise ArchiveError(f"{file} has a manifest too long to be one: use another backup.")
    try:
        fields = json.loads(backup_file.read(MANIFEST))
        manifest = Manifest(
            fields["format"],
            fields["made_at"],
            tuple(Member(**member) for member in fields["members"]),
            tuple(fields["missing"]),
        )
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ArchiveError(f"{file} has a manifest that cannot be read: use another.") from error
    if manifest.format != FORMAT:
        raise ArchiveError(
            f"{file} has the format {manifest.format!r}, made by another version: upgrade first."
        )
    for member in manifest.members:
        if not _MEMBER.fullmatch(str(member.name)):
            raise ArchiveError(f"{file} holds {member.name!r}, which no backup does: leave it.")
    return manifest


def _copy_member(
    backup_file: zipfile.ZipFile, member: Member, file: Path, out: IO[bytes] | None
) -> None:
    """Read one member, never more bytes than its manifest says, and compare its SHA-256."""
    digest, left = hashlib.sha256(), member.size
    with backup_file.open(member.name) as source:
        while left >= 0 and (chunk := source.read(min(CHUNK, left + 1))):
            left -= len(chunk)
            digest.update(chunk)
            if out and left >= 0:
                out.write(chunk)
    if left or digest.hexdigest() != member.sha256:
        raise ArchiveError(f"{file} is damaged at {member.name}: use another backup.")


def is_backup(file: Path) -> bool:
    """Tell whether a file is a backup, by its manifest."""
    try:
        read_manifest(file)
    except (ArchiveError, OSError):
        return False
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
