"""Real articles, each written out as one text, must come back as they were."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from indexer.segment import segment

LAYOUTS = pytest.mark.parametrize("gap", ["\n", "\n\n", "\n　　"])


def rows(corpus: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def wrong(corpus: Path, gap: str, step: int) -> list[str]:
    """Return the titles of articles that do not come back as one with the same paragraphs."""
    titles = []
    for number, row in enumerate(rows(corpus)):
        if number % step:
            continue
        page = segment(gap.join([row["title"], *row["paragraphs"]]))
        texts = [[block.text for block in article.blocks] for article in page.articles]
        if (
            texts != [[row["title"], *row["paragraphs"]]]
            or page.articles[0].headline != row["title"]
        ):
            titles.append(row["title"])
    return titles


@LAYOUTS
def test_every_tenth_article_keeps_its_paragraphs(corpus_file: Path, gap: str) -> None:
    assert wrong(corpus_file, gap, 10) == []


@pytest.mark.slow
@LAYOUTS
def test_every_article_keeps_its_paragraphs(corpus_file: Path, gap: str) -> None:
    assert wrong(corpus_file, gap, 1) == []
