"""What every test shares: where the real data lies, and whether it is here."""

from __future__ import annotations

from pathlib import Path

import pytest

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
def corpus_file() -> Path:
    """Return the corpus of 4,898 real articles, or skip where it is not at hand."""
    path = SHARED / "corpus" / "news-2024.jsonl.gz"
    if not path.exists():
        pytest.skip("the news-2024 corpus is not at hand")
    return path
