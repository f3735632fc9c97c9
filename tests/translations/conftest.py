"""The real built-in model, loaded once, and a memory of its own for each test."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import store
from translations import argos
from translations.argos import ArgosEngine
from translations.memory import Memory
from translations.packages import Packages


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    return Packages(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def draft_engine(packages: Packages) -> ArgosEngine:
    """Return the built-in model, unpacked and loaded for the whole session."""
    return argos.load(packages)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = store.connect(tmp_path / "archive.sqlite3")
    store.migrate(connection, tmp_path / "backup.sqlite3")
    yield connection
    connection.close()


@pytest.fixture
def memory(connection: sqlite3.Connection) -> Memory:
    return Memory(connection)
