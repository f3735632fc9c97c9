"""Many read while one writes: no error, no wrong count, no half-written state."""

from __future__ import annotations

import multiprocessing
import multiprocessing.queues
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from indexer import store
from indexer.index import Index
from indexer.search import search
from tests.search.library import Library

PARAGRAPHS = 5
READERS = 8


@pytest.mark.slow
@pytest.mark.parametrize(("articles", "seconds"), [(500, 60)])
def test_readers_see_whole_articles_while_a_writer_adds_them(
    shelf: Library, tmp_path: Path, articles: int, seconds: int
) -> None:
    add(shelf, 0)
    stop = multiprocessing.Event()
    answers: multiprocessing.queues.Queue[tuple[int, str]] = multiprocessing.Queue()
    readers = [
        multiprocessing.Process(target=read, args=(tmp_path, stop, answers)) for _ in range(READERS)
    ]
    for process in readers:
        process.start()
    began = time.monotonic()
    for number in range(1, articles):
        add(shelf, number)
        time.sleep(max(0.0, began + seconds * number / articles - time.monotonic()))
    stop.set()
    counts, problems = zip(*(answers.get(timeout=60) for _ in readers), strict=True)
    for process in readers:
        process.join(10)
    assert set(problems) == {""}
    assert min(counts) > 10
    assert shelf.search("春耕").paragraphs == articles * PARAGRAPHS


def add(shelf: Library, number: int) -> None:
    """Add an article and index it, as one command does."""
    texts = [f"第{number}篇第{n}段写春耕备耕。" for n in range(PARAGRAPHS)]
    with store.transaction(shelf.connection):
        shelf.add(*texts, headline=(f"第{number}篇", ""))
    shelf.refresh()


def read(folder: Path, stop: Event, answers: multiprocessing.queues.Queue[tuple[int, str]]) -> None:
    """Search until told to stop; answer with how often, and with what went wrong."""
    count, last, problem = 0, 0, ""
    connection = store.connect(folder / "archive.db")
    index = Index.open(folder / "index")
    try:
        while not stop.is_set() and not problem:
            results = search(connection, index, "春耕 备耕")
            facet = sum(value.count for value in results.facets.kind)
            if results.paragraphs % PARAGRAPHS or results.paragraphs < last:
                problem = f"{results.paragraphs} paragraphs after {last}"
            elif facet != results.paragraphs or results.articles != facet // PARAGRAPHS:
                problem = f"{facet} counted, {results.articles} articles"
            elif any(len(hit.paragraphs) != 3 for hit in results.hits):
                problem = "an article without its paragraphs"
            last, count = results.paragraphs, count + 1
    except Exception as error:
        problem = repr(error)
    answers.put((count, problem))
