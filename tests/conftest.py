"""What every test shares: where the real data lies, and whether it is here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.archive import Archive

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seed_file() -> Path:
    """Return the real newspaper page that ships with the project."""
    return ROOT / "seeds" / "000_5b91e9659b16fe81.txt"


@pytest.fixture(scope="session")
def seed_text(seed_file: Path) -> str:
    return seed_file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seed_archive(tmp_path_factory: pytest.TempPathFactory, seed_file: Path) -> Path:
    """Return the folder of an archive of the seed, translated and indexed; do not change it."""
    folder = tmp_path_factory.mktemp("seed") / "archive"
    with Archive.create(folder) as archive:
        list(archive.add([seed_file]))
        archive.translate()
        archive.index()
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return headless Chromium, one for all tests, or skip where it is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def corpus_file() -> Path:
    """Return the corpus of 4,898 real articles, or skip where it is not at hand."""
    path = SHARED / "corpus" / "news-2024.jsonl.gz"
    if not path.exists():
        pytest.skip("the news-2024 corpus is not at hand")
    return path
