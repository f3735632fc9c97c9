"""Measure quotations and speakers against the gold list: ``python -m tests.quotes.report``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.quotes import Quotation, quotations

HERE = Path(__file__).parent
GOLD = HERE / "gold.json"  # the seed and 40 articles: direct and reported speech
GOLD_DIRECT = HERE / "gold_direct.json"  # 35 other articles: direct speech alone


@dataclass
class Score:
    """Count what was right, wrongly found and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def gold(path: Path = GOLD) -> list[dict[str, Any]]:
    """Return the articles that were read and labelled, with the quotations found in them."""
    articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return articles


def measure(path: Path = GOLD) -> tuple[dict[str, Score], list[str]]:
    """Return the scores and, for each error, a line that says what and where."""
    scores = {name: Score() for name in ("direct", "reported", "speaker", "role")}
    errors: list[str] = []
    for article in gold(path):
        found = {
            _key(q): q
            for q in quotations(article["paragraphs"])
            if path == GOLD or q.kind == "direct"
        }
        wanted = {(q["paragraph"], q["text"], q["kind"]): q for q in article["quotations"]}
        for key in sorted(found.keys() | wanted.keys()):
            score = scores[key[2]]
            if key in found and key in wanted:
                score.right += 1
                errors += _speakers(scores, found[key], wanted[key], article["source"])
            elif key in found:
                score.wrong += 1
                errors.append(f"wrong   {article['source']} {found[key]}")
                scores["speaker"].wrong += found[key].speaker is not None
            else:
                score.missed += 1
                errors.append(f"missed  {article['source']} {key}")
                scores["speaker"].missed += wanted[key]["speaker"] is not None
    return scores, errors


def _key(quotation: Quotation) -> tuple[int, str, str]:
    return quotation.paragraph_index, quotation.text, quotation.kind


def _speakers(
    scores: dict[str, Score], found: Quotation, wanted: dict[str, Any], source: str
) -> Iterator[str]:
    name, role = wanted["speaker"], wanted["role"]
    if found.speaker == name:
        scores["speaker"].right += name is not None
    else:
        scores["speaker"].wrong += found.speaker is not None
        scores["speaker"].missed += name is not None
        yield f"speaker {source} {found.speaker} for {name}: {found.text[:20]}"
    if role is None:
        return
    if found.role is not None and found.role.endswith(role):
        scores["role"].right += 1
    else:
        scores["role"].wrong += found.role is not None
        scores["role"].missed += 1
        yield f"role    {source} {found.role} for {role}: {found.text[:20]}"


def main() -> None:
    for path in (GOLD, GOLD_DIRECT):
        scores, errors = measure(path)
        print(f"{path.stem}, {len(gold(path))} articles\n")
        print("| what | right | wrong | missed | precision | recall |")
        print("|---|---|---|---|---|---|")
        for name, score in scores.items():
            if score.right:
                print(
                    f"| {name} | {score.right} | {score.wrong} | {score.missed} "
                    f"| {score.precision:.3f} | {score.recall:.3f} |"
                )
        print("", *errors, "", sep="\n")


if __name__ == "__main__":
    main()
