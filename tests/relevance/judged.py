"""Read the judged queries, and put the judged articles into a library."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.segment import segment
from tests.search.library import Library

HERE = Path(__file__).parent
YEAR = "2024-"


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a query and the grade of each relevant paragraph: 2 answers it, 1 bears on it."""

    kind: str
    query: str
    grades: dict[str, int]
    for_test: bool


def queries() -> list[Judged]:
    """Return all judged queries; every second one of a kind is for testing only."""
    result: list[Judged] = []
    for line in (HERE / "judged.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, query, paragraphs = (part.strip() for part in line.split(" | "))
        number = sum(judged.kind == kind for judged in result)
        result.append(Judged(kind, query, _grades(paragraphs), number % 2 == 1))
    return result


def articles() -> list[str]:
    """Return the names of the articles that were read for the judgements."""
    return (HERE / "articles.txt").read_text().split()


def fill(library: Library, corpus: Path, seed: str) -> dict[str, int]:
    """Store the judged articles and the seed page; return each paragraph's row id by its name."""
    ids: dict[str, int] = {}
    for name, headline, paragraphs, date in _corpus(corpus):
        rows = library.add(*paragraphs, headline=(headline, ""), publication="新闻联播", date=date)
        ids |= {f"{name}#{number}": row for number, row in enumerate(rows)}
    for place, article in enumerate(segment(seed).articles, 1):
        blocks = [(block.kind, block.text) for block in article.blocks]
        rows = library.add_blocks(blocks, publication="青岛日报", date=None)
        ids |= {f"seed/{place}#{number}": row for number, row in enumerate(rows)}
    return ids


def _corpus(corpus: Path) -> Iterator[tuple[str, str, list[str], str]]:
    wanted = set(articles())
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            name = f"{article['date']}/{article['ordinal']}"
            if name in wanted:
                short = name.removeprefix(YEAR)
                yield short, article["title"], article["paragraphs"], article["date"]


def _grades(paragraphs: str) -> dict[str, int]:
    grades: dict[str, int] = {}
    article = ""
    for word in paragraphs.split():
        head, _, number = word.partition("#")
        article = head or article
        grades[f"{article}#{number.rstrip('!')}"] = 2 if number.endswith("!") else 1
    return grades
