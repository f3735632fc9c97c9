"""The store of record: one SQLite database, its schema, its transactions."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from indexer import fold
from indexer.errors import ArchiveError, NotAnArchive, Unwritable
from indexer.model import Article, Block, Document, Metadata, Page

KEY_LENGTH = 10
_DISK = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
}  # fmt: skip
"""What SQLite says when it is the disk, or another process, that does not let it write."""


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def connect(path: Path) -> sqlite3.Connection:
    """Open the database at ``path``; the caller closes it.

    Every commit reaches the disk (``synchronous = FULL``): a power cut loses no page that a
    command has reported as added. On a write-protected disk it can be read alone.
    """
    address, is_uri = (_fixed(path), True) if _is_write_protected(path) else (str(path), False)
    connection = sqlite3.connect(
        address, timeout=30, isolation_level=None, check_same_thread=False, uri=is_uri
    )
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _is_write_protected(path: Path) -> bool:
    return path.exists() and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _fixed(path: Path) -> str:
    """Return the address of a database that nobody can change, so that no log is needed."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise NotAnArchive(
            f"{path} was not closed and its disk is write-protected: copy its folder to another"
            " disk and open it there."
        )
    return f"{path.absolute().as_uri()}?immutable=1"


@contextlib.contextmanager
def savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing of it, within a transaction that goes on."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk ends the whole transaction
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or, on any exception, nothing of it.

    Raises Unwritable when the disk does not let it.
    """
    with on_disk():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            raise


@contextlib.contextmanager
def on_disk() -> Iterator[None]:
    """Raise Unwritable where SQLite says that the disk, or another process, is in the way."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _DISK:
            raise
        raise Unwritable(
            f"The archive could not be written ({error}): look at the room on its disk and at who"
            " may write there, then try again; nothing was half stored."
        ) from error


@contextlib.contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all reads of the block see one state of the store, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def migrations() -> dict[str, str]:
    """Return the schema's steps in order, name to SQL."""
    folder = files("indexer.migrations")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".sql"))
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}


def applied_migrations(connection: sqlite3.Connection) -> set[str]:
    """Return the names of the schema steps that the database has taken."""
    exists = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone()
    if not exists:
        return set()
    return {row["name"] for row in connection.execute("SELECT name FROM migration")}


def migrate(connection: sqlite3.Connection, backup: Path) -> None:
    """Bring the database to this version's schema; one that is not empty is copied to ``backup``.

    Raises NotAnArchive for a database that a newer version has written.
    """
    applied, known = applied_migrations(connection), migrations()
    if unknown := sorted(applied - known.keys()):
        raise NotAnArchive(
            f"This archive was written by a newer version (it has {', '.join(unknown)}): "
            "upgrade this program, then open it again."
        )
    missing = [name for name in known if name not in applied]
    if not missing:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    if applied:
        _copy(connection, backup)
    with transaction(connection):
        if missing := sorted(known.keys() - applied_migrations(connection)):
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migration"
                " (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT"
            )
        for name in missing:
            for statement in statements(known[name]):
                connection.execute(statement)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (name, now()))


def _copy(connection: sqlite3.Connection, backup: Path) -> None:
    """Copy the database; the copy has its name only when it is whole."""
    part = backup.with_name(f"{backup.name}.part")
    try:
        with contextlib.closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        part.replace(backup)
    finally:
        part.unlink(missing_ok=True)


def statements(script: str) -> Iterator[str]:
    """Split an SQL script into statements (``executescript`` would commit half-way)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def permanent_key(*parts: object) -> str:
    """Return the short name that stands for ``parts`` in a link: the same on every machine."""
    text = "\0".join(str(part) for part in parts)
    return b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class Source:
    """Hold one file, read and segmented, ready to be stored: one page to each document."""

    sha256: str
    name: str
    size: int
    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    path: str = ""

    @property
    def identity(self) -> str:
        """Return what tells this file from others: its bytes, and what is known of its pages."""
        known = repr([document.metadata for document in self.documents])
        return hashlib.sha256(f"{self.sha256}\0{known}".encode()).hexdigest()


def has_original(connection: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether any file in the archive has these bytes."""
    query = "SELECT 1 FROM source WHERE sha256 = ?"
    return connection.execute(query, (sha256,)).fetchone() is not None


def has_file(connection: sqlite3.Connection, sha256: str, path: str) -> bool:
    """Tell whether a file with these bytes was added from this path."""
    query = "SELECT 1 FROM source WHERE sha256 = ? AND path = ?"
    return connection.execute(query, (sha256, path)).fetchone() is not None


def has_source(connection: sqlite3.Connection, source: Source) -> bool:
    """Tell whether a file with these bytes, of which the same is known, is in the archive."""
    query = "SELECT 1 FROM source WHERE identity = ?"
    return connection.execute(query, (source.identity,)).fetchone() is not None


def insert_source(connection: sqlite3.Connection, source: Source) -> list[int]:
    """Store a file's documents, articles and paragraphs; return the new articles' row ids.

    Call it within a transaction: the file is then wholly in or wholly out.
    """
    cursor = connection.execute(
        "INSERT INTO source (sha256, identity, name, path, size, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (source.sha256, source.identity, source.name, source.path, source.size, now()),
    )
    source_id = _row_id(cursor)
    articles: list[int] = []
    for ordinal, (document, page) in enumerate(zip(source.documents, source.pages, strict=True)):
        cursor = connection.execute(
            "INSERT INTO document (source_id, ordinal, name, text, structured)"
            " VALUES (?, ?, ?, ?, ?)",
            (source_id, ordinal, document.name, document.text, document.page is not None),
        )
        document_id = _row_id(cursor)
        issue_id = ensure_issue(connection, document.metadata, source.sha256)
        insert_furniture(connection, document_id, page.furniture)
        for number, article in enumerate(page.articles):
            article_id = _insert_article(
                connection, document_id, issue_id, number, article, document.metadata,
                _article_key(connection, source, ordinal, _start(article)),
            )  # fmt: skip
            insert_paragraphs(connection, article_id, article.blocks)
            articles.append(article_id)
    return articles


def ensure_issue(connection: sqlite3.Connection, metadata: Metadata, sha256: str) -> int:
    """Return the row id of the issue that a page belongs to, made if it is new.

    Pages of one publication and date are one issue; without a date, those of one file. Raises
    ArchiveError for an issue that was removed.
    """
    publication, date = metadata.publication, metadata.date
    key = permanent_key("issue", publication or "", date or sha256)
    connection.execute(
        "INSERT OR IGNORE INTO issue (key, publication, date) VALUES (?, ?, ?)",
        (key, publication, date),
    )
    row = connection.execute("SELECT * FROM issue WHERE key = ?", (key,)).fetchone()
    if row["removed_at"]:
        raise ArchiveError(
            f"Its issue was removed on {row['removed_at']}: bring it back with"
            f" archive restore {key}, then add the file again."
        )
    return int(row["id"])


def insert_paragraphs(
    connection: sqlite3.Connection, article_id: int, blocks: Sequence[Block], first: int = 1
) -> None:
    """Store blocks as an article's paragraphs, numbered and anchored from ``first`` on."""
    connection.executemany(
        "INSERT INTO paragraph (article_id, ordinal, anchor, kind, text, folded, spans)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (article_id, n, n, block.kind, block.text, fold.key(block.text), _spans(block))
            for n, block in enumerate(blocks, first)
        ],
    )


def _insert_article(
    connection: sqlite3.Connection,
    document_id: int,
    issue_id: int,
    ordinal: int,
    article: Article,
    metadata: Metadata,
    key: str,
) -> int:
    cursor = connection.execute(
        "INSERT INTO article (key, document_id, issue_id, ordinal, headline, byline, page,"
        " section, url, date_guessed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, document_id, issue_id, ordinal, article.headline, article.byline, metadata.page,
            metadata.section, metadata.url, int(metadata.date_guessed),
        ),
    )  # fmt: skip
    return _row_id(cursor)


def insert_furniture(
    connection: sqlite3.Connection, document_id: int, blocks: Sequence[Block]
) -> None:
    """Store what stands on a page outside of its articles."""
    connection.executemany(
        "INSERT INTO furniture (document_id, ordinal, text, spans) VALUES (?, ?, ?, ?)",
        [(document_id, n, block.text, _spans(block)) for n, block in enumerate(blocks)],
    )


def _article_key(connection: sqlite3.Connection, source: Source, ordinal: int, start: int) -> str:
    """Return the key of an article: of its file's bytes and its place, the same everywhere.

    Where the same bytes were printed again, what is known of them makes the difference.
    """
    key = permanent_key(source.sha256, ordinal, start)
    taken = connection.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone()
    return permanent_key(source.identity, ordinal, start) if taken else key


def _start(article: Article) -> int:
    return article.blocks[0].spans[0][0]


def _spans(block: Block) -> str:
    return json.dumps(block.spans)


def _row_id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise ArchiveError("The database took a row but gave it no number: run archive verify.")
    return cursor.lastrowid
