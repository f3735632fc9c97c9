"""Measure packages on the development sets: BLEU, chrF, and how fast they are.

    python -m translations.training.evaluate FOLDER PACKAGE... [--beams 1 2 4] [--sentences 300]

FOLDER holds what ``corpus`` made. The table is in Markdown, as the README keeps it. Speed is in
Chinese characters a second on all cores that the process may use, int8, the model being loaded.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from translations import evaluate as measures
from translations.argos import ArgosEngine
from translations.packages import Packages
from translations.training import corpus

BEAMS = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what one package reached on one development set with one beam."""

    version: str
    beam: int
    name: str
    score: measures.Score
    speed: float  # characters a second


def evaluate(
    package: Path, development: corpus.Corpora, beams: Iterable[int] = BEAMS
) -> Iterator[Row]:
    """Yield a row for each beam and development set. Raises BadPackage, NoModel."""
    with TemporaryDirectory() as scratch:
        installed = Packages(Path(scratch)).install(package)
        for beam in beams:
            engine = ArgosEngine(installed, beam)
            for name, pairs in development.items():
                score, speed = _measure(engine, pairs)
                yield Row(installed.version, beam, name, score, speed)


def table(rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table, one line for each version and beam."""
    names = list(dict.fromkeys(row.name for row in rows))
    heads = [f"{name} {what}" for name in names for what in ("BLEU", "chrF", "characters/s")]
    lines: dict[tuple[str, int], list[str]] = {}
    for row in rows:
        lines.setdefault((row.version, row.beam), [row.version, str(row.beam)]).extend(
            [f"{row.score.bleu:.1f}", f"{row.score.chrf:.1f}", f"{row.speed:.0f}"]
        )
    table = [["version", "beam", *heads], ["---"] * (2 + len(heads)), *lines.values()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in table)


def _measure(engine: ArgosEngine, pairs: Sequence[corpus.Pair]) -> tuple[measures.Score, float]:
    texts = [pair.zh for pair in pairs]
    engine.translate(texts[:1])
    began = time.perf_counter()
    english = [draft.text for draft in engine.translate(texts)]
    seconds = time.perf_counter() - began
    score = measures.score(english, [pair.en for pair in pairs])
    return score, sum(map(len, texts)) / seconds


def main() -> None:
    """Evaluate packages and print the table and the signatures of the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--beams", type=int, nargs="+", default=BEAMS)
    parser.add_argument("--sentences", type=int, help="only so many of each set")
    options = parser.parse_args()
    paths = sorted((options.folder / "dev").glob("*.tsv"))
    development = {path.stem: corpus.read(path)[: options.sentences] for path in paths}
    rows = [
        row for package in options.packages for row in evaluate(package, development, options.beams)
    ]
    print(table(rows))
    print(f"{rows[0].score.bleu_signature}\n{rows[0].score.chrf_signature}")


if __name__ == "__main__":
    main()
