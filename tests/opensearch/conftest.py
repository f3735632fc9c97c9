"""The libraries of the search tests, in a cluster that takes only what the contract allows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.opensearch import OpenSearchEngine
from tests.opensearch.fake import FakeCluster, running
from tests.search.conftest import fill
from tests.search.library import Library, library

SAMPLE = 60


@pytest.fixture
def cluster() -> Iterator[FakeCluster]:
    """Give a cluster that listens on this machine."""
    with running(FakeCluster()) as cluster:
        yield cluster


@pytest.fixture
def shelf(tmp_path: Path, cluster: FakeCluster) -> Iterator[Library]:
    """Give an empty library."""
    made = in_cluster(tmp_path, cluster)
    yield made
    made.connection.close()


@pytest.fixture(scope="session")
def sample(corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Give a library of real articles, not translated."""
    with running(FakeCluster()) as cluster:
        made = in_cluster(tmp_path_factory.mktemp("sample"), cluster)
        fill(made, corpus_file, SAMPLE)
        yield made
        made.connection.close()


def in_cluster(folder: Path, cluster: FakeCluster) -> Library:
    """Make an empty library whose index is in a cluster."""
    made = library(folder)
    made.engine = OpenSearchEngine.at(cluster.url, made.connection)
    made.engine.rebuild()
    return made
