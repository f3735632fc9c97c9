"""The archive: what the command line and the web use, and all that they use."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from indexer import (
    catalogue,
    corrections,
    editing,
    glossaries,
    indexing,
    resegmenting,
    semantic,
    store,
    translating,
)
from indexer.corrections import Correction
from indexer.editing import Edit
from indexer.errors import ArchiveError, NotAnArchive, NotFound, NotPossible
from indexer.index import Index
from indexer.intake import Added, AddOptions, Intake, Places
from indexer.lock import write_lock
from indexer.model import Metadata, Span
from indexer.originals import Originals
from indexer.resegmenting import Resegmented
from indexer.search import (
    EVERYTHING,
    By,
    Concordance,
    Filters,
    Results,
    Similar,
    Sort,
    concordance,
    export,
    found,
    similar,
)
from indexer.search.builtin import BuiltIn
from indexer.search.engine import SearchEngine
from indexer.search.select import select
from indexer.semantic import Mode
from indexer.translating import Only
from indexer.views import ArticleView, IssueSummary, IssueView, PublicationSummary, Status
from translations import engines, tmx
from translations.driver import Progress
from translations.engines import Engine
from translations.gloss import GlossEngine
from translations.memory import PERSON, Match, Memory
from translations.terms import Glossary


class Archive:
    """Open an archive folder: a store of record, the originals, and an index that can be rebuilt.

    A context manager. One object serves one thread at a time. ``search_url`` is the address of a
    search server that is used in place of the built-in index.
    """

    def __init__(self, path: Path, search_url: str = "") -> None:
        self.path = path
        self.search_url = search_url
        self.database = path / "archive.db"
        self.originals = Originals(path / "originals")
        if not self.database.is_file():
            raise NotAnArchive(f"{path} holds no archive: make one with archive init {path}.")
        self.connection = _open_database(self.database)

    @classmethod
    def open(cls, path: Path | str, search_url: str = "") -> Self:
        """Open the archive in a folder; raises NotAnArchive."""
        return cls(Path(path), search_url)

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

    def add(
        self,
        paths: Sequence[Path],
        options: AddOptions = AddOptions(),
        processes: int | None = None,
    ) -> Iterator[Added]:
        """Add files; yield a report of each, in order, once it is safe on disk.

        English and index come after: call ``translate`` and ``index``. Call within ``writing``.
        """
        places = Places(self.database, self.originals.folder)
        return Intake(self.connection, places).add(paths, options, processes)

    def translate(
        self,
        engine: str = "best",
        only: Only = Only.OLDER,
        sources: Sequence[str] | None = None,
        limit: int | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> int:
        """Translate the paragraphs that ``only`` names; return how many. Call within ``writing``.

        ``sources`` limits them to files with these SHA-256. See ``translations.engines.load`` for
        the names of engines. The dictionary replaces nothing that another engine made. A change in
        the archive's ``glossary.csv`` makes the paragraphs that it touches older.
        """
        loaded, glossary = engines.load(engine), glossaries.load(self.path)
        glossaries.begin(self.connection, glossary)
        ids = self._untranslated(loaded, glossary, only, sources, limit)
        count = translating.translate(self.connection, loaded, ids, glossary, progress)
        if only is Only.OLDER and limit is None and sources is None:
            glossaries.applied(self.connection, glossary)
        return count

    def untranslated(
        self,
        engine: str = "best",
        only: Only = Only.OLDER,
        sources: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[int]:
        """List the row ids of the paragraphs that ``translate`` would translate."""
        loaded, glossary = engines.load(engine), glossaries.load(self.path)
        return self._untranslated(loaded, glossary, only, sources, limit)

    def _untranslated(
        self,
        engine: Engine,
        glossary: Glossary,
        only: Only,
        sources: Sequence[str] | None,
        limit: int | None,
    ) -> list[int]:
        if isinstance(engine, GlossEngine) and only is Only.OLDER:
            only = Only.MISSING
        ids = translating.waiting(self.connection, engine.name, only, sources, limit)
        if only is Only.OLDER and sources is None:
            ids = list(dict.fromkeys([*ids, *glossaries.touched(self.connection, glossary)]))
        return ids[:limit]

    def index(
        self, rebuild: bool = False, progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Bring the index up to date, or make it anew; return how many paragraphs were indexed.

        ``progress`` is told how many are done, of how many. Call within ``writing``.
        """
        make = indexing.rebuild if rebuild else indexing.update
        return make(self.connection, self.engine, self.path / "engine", progress)

    def search(
        self,
        text: str,
        *,
        page: int = 1,
        size: int = 20,
        sort: Sort = "relevance",
        filters: Filters = EVERYTHING,
        mode: Mode = "auto",
    ) -> Results:
        """Find paragraphs, grouped by article; any text is a query and never raises.

        ``page`` counts from 1, ``size`` is articles a page. ``mode`` ``hybrid`` also finds what
        means much the same; it needs an extra and vectors, and says so (MissingExtra, NoVectors).
        ``auto`` is that where the archive is ready for it and articles are ranked, else ``words``:
        nearness has no end of its own, so what is sorted by date is what words find.
        """
        if self._mode(mode, sort) == "words":
            return self.engine.search(text, page=page, size=size, sort=sort, filters=filters)
        return semantic.search(
            self.connection,
            self._own_index(),
            semantic.load(),
            text,
            page=page,
            size=size,
            sort=sort,
            filters=filters,
        )

    def embed(
        self, limit: int | None = None, progress: Callable[[int, int], None] | None = None
    ) -> int:
        """Make the vectors that search by meaning still lacks; return how many.

        ``progress`` is told how many are done, of how many. Call within ``writing``. Raises
        MissingExtra.
        """
        embedder = semantic.load()
        ids = semantic.waiting(self.connection, embedder.name, limit)
        return semantic.embed(self.connection, embedder, ids, progress)

    @property
    def by_meaning(self) -> bool:
        """Tell whether a search in mode ``auto`` goes by meaning too."""
        return isinstance(self.engine, BuiltIn) and semantic.ready(self.connection)

    def _mode(self, mode: Mode, sort: Sort) -> Mode:
        if mode == "auto":
            return "hybrid" if sort == "relevance" and self.by_meaning else "words"
        return mode

    def similar(self, key: str, anchor: int, by_meaning: bool = False) -> list[Similar]:
        """List the paragraphs of other articles that are most like one, the nearest first.

        Alike is what shares rare words; ``by_meaning``, what means much the same. Raises NotFound,
        MissingExtra.
        """
        article = self.article(key)
        ids = [p.id for p in article.paragraphs if p.anchor == anchor]
        if not ids:
            raise NotFound(f"Article {article.key} has no paragraph {anchor}: look at it first.")
        if not by_meaning:
            return similar(self.connection, self._own_index(), ids[0])
        return semantic.similar(self.connection, self._own_index(), semantic.load(), ids[0])

    def _own_index(self) -> Index:
        if not isinstance(self.engine, BuiltIn):
            raise NotPossible(
                "This archive is searched by another engine: likeness, meaning, words in"
                " context and files of results need the built-in one."
            )
        return Index.open(self.path / "index")

    def concordance(
        self,
        text: str,
        *,
        by: By = "right",
        language: str = "",
        filters: Filters = EVERYTHING,
    ) -> Concordance:
        """Return every occurrence of what a query finds on a line, sorted by ``by``.

        ``language`` is ``zh`` or ``en`` for the lines of one language alone.
        """
        index = self._own_index()
        return concordance(self.connection, index, text, by=by, language=language, filters=filters)

    def take_away(
        self,
        text: str,
        form: str,
        *,
        sort: Sort = "relevance",
        filters: Filters = EVERYTHING,
        mode: Mode = "auto",
        site: str = "",
        most: int | None = None,
    ) -> Iterator[str]:
        """Give the pieces of a file of all that ``search`` finds, in one of ``search.FORMATS``.

        Permalinks begin with the address ``site``; ``most`` limits the paragraphs.
        """
        index = self._own_index()
        if self._mode(mode, sort) == "words":
            chosen = select(self.connection, index, text, filters, closest=True)
        else:
            chosen = semantic.select(self.connection, index, semantic.load(), text, filters)
        rows = found(self.connection, chosen, text, filters, sort=sort, site=site, most=most)
        return export(self.connection, rows, form)

    @cached_property
    def engine(self) -> SearchEngine:
        """Return the engine that answers searches; raises ArchiveError for what is no address."""
        if not self.search_url:
            return BuiltIn(self.connection, self.path / "index")
        try:
            from indexer.opensearch import OpenSearchEngine
        except ImportError:
            raise ArchiveError(
                "A search server needs an extra: pip install 'bilingual-news-archive[opensearch]'."
            ) from None
        return OpenSearchEngine.at(self.search_url, self.connection)

    def quarantine(self) -> list[dict[str, str]]:
        """List the files that could not be read: path, reason, tried_at."""
        rows = self.connection.execute("SELECT * FROM quarantine ORDER BY path")
        return [dict(row) for row in rows]

    def markup(self, key: str) -> str:
        """Return an article as marked-up text, for ``edit``."""
        return editing.as_markup(self.connection, key)

    def edit(self, key: str, text: str, author: str) -> bool:
        """Put edited marked-up text in an article's place; tell whether anything changed."""
        return editing.edit(self.connection, key, text, author)

    def history(self, key: str) -> list[Edit]:
        """List the edits of an article, newest first."""
        return editing.history(self.connection, key)

    def split(self, key: str, anchor: int, author: str) -> str:
        """Make an article's blocks from ``anchor`` on an article of their own; return its key."""
        return editing.split(self.connection, key, anchor, author)

    def join(self, key: str, other: str, author: str) -> None:
        """Put the blocks of article ``other`` at the end of article ``key``."""
        editing.join(self.connection, key, other, author)

    def move(self, key: str, known: Metadata) -> None:
        """Correct what is known of an article; what ``known`` leaves open stays."""
        editing.move(self.connection, key, known)

    def remove(self, issue_key: str) -> bool:
        """Take an issue out of sight, all of it kept; tell whether it was in sight."""
        return editing.remove(self.connection, issue_key)

    def restore(self, issue_key: str) -> bool:
        """Bring a removed issue back; tell whether it was removed."""
        return editing.restore(self.connection, issue_key)

    def resegment(self, dry_run: bool = False) -> Iterator[Resegmented]:
        """Segment all pages anew; yield those that come out differently."""
        return resegmenting.resegment(self.connection, dry_run)

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

    def suggestions(self, zh: str) -> list[Match]:
        """Return what people wrote for the same or a like Chinese sentence, the likest first."""
        return Memory(self.connection).matches(zh)

    def export_memory(self, file: IO[str], everything: bool = False) -> int:
        """Write the translation memory as TMX 1.4; people's English alone unless ``everything``."""
        return tmx.write(Memory(self.connection).units(None if everything else PERSON), file)

    def import_memory(self, file: Path) -> int:
        """Take the units of a TMX file into the memory; return how many. Raises BadMemory."""
        return Memory(self.connection).add_units(tmx.read(file))

    def corrections(self, paragraph_id: int) -> list[Correction]:
        """List all that people ever changed in a paragraph, newest first."""
        return corrections.history(self.connection, paragraph_id)


def _open_database(path: Path) -> sqlite3.Connection:
    with contextlib.ExitStack() as undo:
        try:
            connection = undo.enter_context(contextlib.closing(store.connect(path)))
            with store.on_disk():
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
    with store.on_disk(), contextlib.closing(store.connect(new)) as connection:
        store.migrate(connection, backup=new)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.move(new, path / "archive.db")
