"""Measure the segmenter against the gold pages: ``python -m tests.gold.report``.

With ``--fresh CORPUS SEED`` it measures pages that were never looked at before.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from indexer.model import Kind, Page
from indexer.segment import segment
from tests.gold.files import read
from tests.gold.generator import Gold, generate
from tests.segment.pages import squeeze

Blocks = Counter[tuple[str, str]]


@dataclass
class Score:
    """Count what is there, what was found, and what of it is right."""

    there: int = 0
    found: int = 0
    right: int = 0

    def add(self, there: Counter[object], found: Counter[object]) -> None:
        self.there += there.total()
        self.found += found.total()
        self.right += (there & found).total()

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.there + self.found) if self.there + self.found else 1.0


@dataclass
class Report:
    """Hold the scores of some pages, and a line for each thing that went wrong."""

    articles: Score = field(default_factory=Score)
    paragraphs: Score = field(default_factory=Score)
    kinds: dict[Kind, Score] = field(default_factory=lambda: {kind: Score() for kind in Kind})
    failures: list[str] = field(default_factory=list)

    @property
    def right_kinds(self) -> float:
        """Return the share of the blocks that are there and were found whole as their kind."""
        scores = self.kinds.values()
        return sum(score.right for score in scores) / max(1, sum(s.there for s in scores))


def measure(pages: Iterable[Gold]) -> Report:
    """Return how well ``segment`` does on ``pages``.

    An article counts by its first characters, a paragraph by its whole text: one character too
    many or too few is a miss.
    """
    report = Report()
    for gold in pages:
        page = segment(gold.text)
        there, found = _of_truth(gold), _of_page(page)
        starts = Counter(squeeze(items[0][1])[:6] for items in gold.articles)
        got = Counter(squeeze(article.blocks[0].text)[:6] for article in page.articles)
        report.articles.add(Counter(starts), Counter(got))
        report.paragraphs.add(Counter(_texts(there)), Counter(_texts(found)))
        for kind, score in report.kinds.items():
            score.add(Counter(_only(there, kind)), Counter(_only(found, kind)))
        report.failures += _describe(gold.name, "missed", there - found)
        report.failures += _describe(gold.name, "instead", found - there)
        report.failures += _describe(gold.name, "article missed", starts - got)
        report.failures += _describe(gold.name, "article too many", got - starts)
    return report


def _of_truth(gold: Gold) -> Blocks:
    blocks = Counter((str(k), squeeze(text)) for items in gold.articles for k, text in items)
    return blocks + Counter((str(Kind.FURNITURE), squeeze(text)) for text in gold.furniture)


def _of_page(page: Page) -> Blocks:
    blocks = [block for article in page.articles for block in article.blocks]
    return Counter((str(block.kind), squeeze(block.text)) for block in [*blocks, *page.furniture])


def _texts(blocks: Blocks) -> Counter[str]:
    texts: Counter[str] = Counter()
    for (_, text), count in blocks.items():
        texts[text] += count
    return texts


def _only(blocks: Blocks, kind: Kind) -> Blocks:
    return Counter({key: count for key, count in blocks.items() if key[0] == kind})


def _describe(name: str, what: str, blocks: Counter) -> list[str]:  # type: ignore[type-arg]
    return [
        f"{name}: {what}: " + (key if isinstance(key, str) else f"{key[0]}: {_short(key[1])}")
        for key in blocks.elements()
    ]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"


def table(report: Report) -> str:
    """Return the scores as a table."""
    rows = [("", "there", "found", "right", "F1")]
    named = [("articles", report.articles), ("paragraphs", report.paragraphs)]
    named += [(str(kind), score) for kind, score in report.kinds.items()]
    for name, score in named:
        rows.append((name, f"{score.there}", f"{score.found}", f"{score.right}", f"{score.f1:.4f}"))
    rows.append(("kind right", "", "", "", f"{report.right_kinds:.4f}"))
    return "\n".join(f"{a:<14}{b:>7}{c:>7}{d:>7}{e:>9}" for a, b, c, d, e in rows)


def main(arguments: list[str]) -> None:
    """Print a table, and what failed, for the generated and for the hand-written pages."""
    if arguments[:1] == ["--fresh"]:
        groups = {"fresh": list(generate(Path(arguments[1]), each=4, seed=int(arguments[2])))}
    else:
        groups = {name: list(read(name)) for name in ("generated", "written")}
    for name, pages in groups.items():
        report = measure(pages)
        print(f"{len(pages)} {name} pages\n{table(report)}\n")
        print("\n".join(report.failures), "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
