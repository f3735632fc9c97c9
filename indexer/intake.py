"""Files into the store: read and segmented side by side, written by one writer, in order."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from indexer import metadata, originals, readers, reprints, store
from indexer.errors import ArchiveError, Unreadable
from indexer.model import Document, Metadata
from indexer.segment import segment

COMMIT_EVERY_S = 0.5
FEW_FILES = 8
AHEAD = 4


class Outcome(StrEnum):
    """Name what became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AddOptions:
    """Say what the archivist knows of the files, and how to read them."""

    given: Metadata = Metadata()
    pattern: str | None = None
    guess_date: bool = False
    read: readers.ReadOptions = field(default_factory=readers.ReadOptions)

    def __post_init__(self) -> None:
        """Refuse a wrong pattern once, before any file is read."""
        if self.pattern:
            metadata.compile_pattern(self.pattern)


@dataclass(frozen=True, slots=True)
class Places:
    """Say where an archive keeps its database and originals, for the processes that read."""

    database: Path
    originals: Path

    def has(self, digest: str, path: Path) -> bool:
        """Tell whether the file with this SHA-256 was added from this path already."""
        with contextlib.closing(store.connect(self.database)) as connection:
            return store.has_file(connection, digest, str(path.absolute()))


@dataclass(frozen=True, slots=True)
class Added:
    """Report one file: what became of it, how much it held, and what was wrong with it."""

    path: Path
    outcome: Outcome
    sha256: str = ""
    articles: int = 0
    paragraphs: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold a file read and segmented; ``source`` is None where there is nothing to store."""

    path: Path
    sha256: str = ""
    source: store.Source | None = None
    problems: tuple[str, ...] = ()


Task = Callable[[Path], Prepared]


def find_files(paths: Iterable[Path]) -> list[Path]:
    """List the files that ``paths`` name, folders with all that is in them, in natural order.

    Hidden files and sidecars are passed over; a path that does not exist stays in the list, so
    that it is reported with the rest.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*"), key=_natural) if path.is_dir() else [path]
        for file in inside:
            if file == path or _is_input(file, path):
                found[file] = None
    return list(found)


def _is_input(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.is_file() and not hidden and file.name != metadata.SIDECAR


def _natural(path: Path) -> list[tuple[int, str]]:
    """Order page2 before page10."""
    return [
        (int(part) if part.isdigit() else -1, part) for part in re.split(r"([0-9]+)", str(path))
    ]


def prepare(path: Path, options: AddOptions, places: Places) -> Prepared:
    """Read and segment one file, and keep its original. A bad file is not raised but reported."""
    try:
        readers.plain_size(path)
        digest = originals.sha256(path)
        if places.has(digest, path):
            return Prepared(path, digest)
        source, problems = read_source(path, options, digest)
        if originals.Originals(places.originals).keep(path) != digest:
            raise Unreadable(f"{path}: the file changed while it was read; add it again.")
    except Unreadable as error:
        return Prepared(path, problems=(str(error),))
    except OSError as error:
        return Prepared(path, problems=(f"{path}: {error.strerror}; check the path.",))
    return Prepared(path, digest, source, problems)


def read_source(
    path: Path, options: AddOptions, digest: str = ""
) -> tuple[store.Source, tuple[str, ...]]:
    """Read and segment one file; return what to store, and what in it could not be read.

    Raises Unreadable for a file of which nothing can be stored.
    """
    problems: list[readers.Problem] = []
    reading = readers.read(path, options.read, problems.append)
    documents = tuple(_with_metadata(document, path, options) for document in reading)
    pages = tuple(document.page or segment(document.text) for document in documents)
    if not any(page.articles for page in pages):
        raise Unreadable(f"{path} holds no article that can be told; look into it by hand.")
    size, place = path.stat().st_size, str(path.absolute())
    source = store.Source(digest, path.name, size, documents, pages, place)
    return source, tuple(problem.sentence for problem in problems)


def prepare_all(
    paths: Sequence[Path], options: AddOptions, places: Places, processes: int | None = None
) -> Generator[Prepared, None, None]:
    """Prepare files in several processes, a bounded number ahead; yield them in order."""
    task = partial(prepare, options=options, places=places)
    processes = processes or os.cpu_count() or 1
    if len(paths) <= FEW_FILES or processes == 1:
        yield from map(task, paths)
        return
    waiting = deque(paths)
    while waiting:
        try:
            yield from _in_pool(waiting, task, processes)
        except BrokenProcessPool:
            yield _alone(waiting.popleft(), task)


def _in_pool(waiting: deque[Path], task: Task, processes: int) -> Iterator[Prepared]:
    """Prepare what is waiting; a path leaves ``waiting`` only when its result is yielded."""
    with _pool(processes) as pool:
        running: deque[Future[Prepared]] = deque()
        try:
            for path in list(waiting):
                running.append(pool.submit(task, path))
                if len(running) >= AHEAD * processes:
                    yield _next(running, waiting)
            while running:
                yield _next(running, waiting)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        processes, get_context("forkserver"), initializer=_end_with_the_command
    )


def _end_with_the_command() -> None:
    """Let a reading process end when the command does, even by a kill: none is left behind."""
    if command := parent_process():
        Thread(target=_end_after, args=(command,), daemon=True).start()


def _end_after(command: BaseProcess) -> None:
    command.join()
    os._exit(1)


def _next(running: deque[Future[Prepared]], waiting: deque[Path]) -> Prepared:
    result = running.popleft().result()
    waiting.popleft()
    return result


def _alone(path: Path, task: Task) -> Prepared:
    """Prepare in a process of its own a file that was at hand when a process died."""
    try:
        with _pool(1) as pool:
            return pool.submit(task, path).result()
    except BrokenProcessPool:
        return Prepared(path, problems=(f"{path}: reading it crashed; it may be damaged.",))


def _with_metadata(document: Document, path: Path, options: AddOptions) -> Document:
    known = metadata.for_file(
        path, options.given, options.pattern, document=document, guess=options.guess_date
    )
    return replace(document, metadata=known)


class Intake:
    """Add files to an archive's store, several to a transaction, each wholly in or wholly out."""

    def __init__(self, connection: sqlite3.Connection, places: Places) -> None:
        self.connection = connection
        self.places = places

    def add(
        self, paths: Sequence[Path], options: AddOptions, processes: int | None = None
    ) -> Iterator[Added]:
        """Add files in order; yield a report of each once it is safe on disk."""
        originals.Originals(self.places.originals).clear_torn()
        with contextlib.closing(prepare_all(paths, options, self.places, processes)) as prepared:
            for batch in _batches(prepared):
                with store.transaction(self.connection):
                    reports = [self._store(item) for item in batch]
                yield from reports

    def _store(self, item: Prepared) -> Added:
        report = self._insert(item)
        if report.outcome is not Outcome.UNCHANGED:
            self._quarantine(report)
        return report

    def _insert(self, item: Prepared) -> Added:
        if item.source is None:
            outcome = Outcome.FAILED if item.problems else Outcome.UNCHANGED
            return Added(item.path, outcome, item.sha256, problems=item.problems)
        if store.has_source(self.connection, item.source):
            return Added(item.path, Outcome.UNCHANGED, item.sha256)
        try:
            with store.savepoint(self.connection):
                articles = store.insert_source(self.connection, item.source)
                reprints.remember(self.connection, articles)
        except ArchiveError as error:
            problem = f"{item.path}: {error}"
            return Added(item.path, Outcome.FAILED, item.sha256, problems=(problem,))
        pages = item.source.pages
        paragraphs = sum(len(article.blocks) for page in pages for article in page.articles)
        return Added(
            item.path, Outcome.ADDED, item.sha256, len(articles), paragraphs, item.problems
        )

    def _quarantine(self, report: Added) -> None:
        """Remember what could not be read in a file, until a later try succeeds."""
        path = str(report.path.absolute())
        self.connection.execute("DELETE FROM quarantine WHERE path = ?", (path,))
        if report.problems:
            self.connection.execute(
                "INSERT INTO quarantine VALUES (?, ?, ?)",
                (path, "\n".join(report.problems), store.now()),
            )


def _batches(items: Iterator[Prepared]) -> Iterator[list[Prepared]]:
    """Gather what arrives within a short time, so that many small files share one commit."""
    for first in items:
        batch, began = [first], time.monotonic()
        while time.monotonic() - began < COMMIT_EVERY_S:
            try:
                batch.append(next(items))
            except StopIteration:
                break
        yield batch
