"""The archive: what the command line and the web use, and all that they use."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from indexer import catalogue, corrections, store
from indexer.corrections import Correction
from indexer.errors import ArchiveError, NotAnArchive
from indexer.lock import write_lock
from indexer.model import Span
from indexer.originals import Originals
from indexer.views import ArticleView, IssueSummary, IssueView, PublicationSummary, Status


class Archive:
    """Open an archive folder: a store of record, the originals, and an index that can be rebuilt.

    A context manager. One object serves one thread at a time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "archive.db"
        self.originals = Originals(path / "originals")
        if not self.database.is_file():
            raise NotAnArchive(f"{path} holds no archive: make one with archive init {path}.")
        self.connection = _open_database(self.database)

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the archive in a folder; raises NotAnArchive."""
        return cls(Path(path))

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """Make an archive in a folder, or open the one that is there already.

        The database appears under its name only when its schema is whole.
        """
        path = Path(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise ArchiveError(f"{path} is a file: name a folder for the archive.") from None
        except OSError as error:
            raise ArchiveError(f"{path}: {error.strerror}; name another folder.") from error
        with write_lock(path / "lock", wait_s=30):
            if not (path / "archive.db").exists():
                _create_database(path)
        return cls(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    @contextlib.contextmanager
    def writing(self, wait_s: float = 0) -> Iterator[None]:
        """Be the one command that writes; raises Busy after ``wait_s`` seconds."""
        with write_lock(self.path / "lock", wait_s):
            yield

    def article(self, key: str) -> ArticleView:
        """Return one article whole, or raise NotFound."""
        return catalogue.article(self.connection, key)

    def issues(self, publication: str | None = None, year: str | None = None) -> list[IssueSummary]:
        """List issues, newest first, undated ones last."""
        return catalogue.issues(self.connection, publication, year)

    def latest(self, count: int) -> list[IssueSummary]:
        """List the newest issues."""
        return catalogue.latest(self.connection, count)

    def issue(self, key: str) -> IssueView:
        """Return an issue as a table of contents, or raise NotFound."""
        return catalogue.issue(self.connection, key)

    def publications(self) -> list[PublicationSummary]:
        """List the newspapers, the one with most articles first."""
        return catalogue.publications(self.connection)

    def calendar(self, publication: str | None = None) -> dict[str, int]:
        """Count articles by date, oldest first."""
        return catalogue.calendar(self.connection, publication)

    def status(self) -> Status:
        """Count what the archive holds."""
        return catalogue.status(self.connection)

    def correct(
        self, paragraph_id: int, after: str, author: str, sentence: Span | None = None
    ) -> int:
        """Put a person's English in place of a paragraph's or a sentence's; return its number."""
        return corrections.correct(self.connection, paragraph_id, after, author, sentence)

    def undo(self, correction_id: int) -> None:
        """Take a correction back; it stays in the history."""
        corrections.undo(self.connection, correction_id)

    def corrections(self, paragraph_id: int) -> list[Correction]:
        """List all that people ever changed in a paragraph, newest first."""
        return corrections.history(self.connection, paragraph_id)


def _open_database(path: Path) -> sqlite3.Connection:
    with contextlib.ExitStack() as undo:
        try:
            connection = undo.enter_context(contextlib.closing(store.connect(path)))
            store.migrate(connection, path.with_name(f"archive-{store.now()}.backup.db"))
        except sqlite3.DatabaseError as error:
            raise NotAnArchive(
                f"{path} cannot be read ({error}): restore it from a backup."
            ) from error
        undo.pop_all()
        return connection


def _create_database(path: Path) -> None:
    new = path / "archive.db.new"
    for leftover in path.glob("archive.db.new*"):
        leftover.unlink()
    with contextlib.closing(store.connect(new)) as connection:
        store.migrate(connection, backup=new)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(new, path / "archive.db")
