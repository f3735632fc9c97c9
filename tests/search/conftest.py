"""Archives to search in: an empty one, and a sample of real articles."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import store
from tests.search.library import Library, library

SAMPLE = 200


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """Give an empty library."""
    made = library(tmp_path)
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def sample(corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Give a library of real articles, not translated."""
    made = library(tmp_path_factory.mktemp("sample"))
    fill(made, corpus_file)
    yield made
    made.connection.close()


def fill(made: Library, corpus_file: Path, size: int = SAMPLE) -> None:
    """Add a sample of real articles to a library."""
    with gzip.open(corpus_file, "rt", encoding="utf-8") as lines:
        articles = random.Random(1).sample([json.loads(line) for line in lines], size)
    with store.transaction(made.connection):
        for article in articles:
            made.add(
                *article["paragraphs"],
                headline=(article["title"], ""),
                publication=article["publication"],
                date=article["date"],
            )
    made.refresh()
