"""Compare the driver with stock Argos Translate: speed on a corpus, BLEU on a test set.

    python -m tests.benchmarks.translate [--paragraphs 150] [--lines 300] [--beams 1 2 4]

Both use the built-in package. Stock translates paragraph by paragraph, as its own API does; it gets
this project's sentence splitter, since its own is downloaded. The driver runs with retries off (the
same work) and on (what an archive gets). Processor time is shown beside the time on the clock:
where others use the machine too, it is the fairer of the two. A full run is 2,000 paragraphs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from indexer import store
from tests.conftest import SHARED
from translations import argos, evaluate, sentences
from translations.driver import translate_paragraphs
from translations.memory import Memory
from translations.packages import Installed, Packages, argos_package
from translations.training import corpus as corpora

CORPUS = SHARED / "corpus" / "news-2024.jsonl.gz"
TEST_SET = SHARED / "training" / "domain"


class Run(NamedTuple):
    english: list[str]
    seconds: float
    processor: float


def timed(work: Callable[[], list[str]]) -> Run:
    clock, processor = time.perf_counter(), time.process_time()
    english = work()
    return Run(english, time.perf_counter() - clock, time.process_time() - processor)


class Stock:
    """Argos Translate as it comes, but for the sentence splitter."""

    def __init__(self, package: Installed, beam: int) -> None:
        argos_package()  # imports argostranslate without leaving folders in the home directory
        from argostranslate import settings, translate
        from argostranslate.package import Package

        settings.beam_size = beam
        self._translation = _translation(translate, Package(package.folder))

    def translate(self, texts: Sequence[str]) -> list[str]:
        return [self._translation.translate(text) for text in texts]


class Splitter:
    def split_sentences(self, text: str) -> list[str]:
        return [text[start:end] for start, end in sentences.split(text)]


def _translation(translate: ModuleType, package: object):  # type: ignore[no-untyped-def]
    chinese, english = translate.Language("zh", "Chinese"), translate.Language("en", "English")
    translation = translate.PackageTranslation(chinese, english, package)
    translation.sentencizer = Splitter()
    return translation


def drive(package: Installed, beam: int, retry: bool, texts: Sequence[str]) -> list[str]:
    """Translate with the driver, from an empty memory on disk."""
    engine = argos.ArgosEngine(package, beam)
    with tempfile.TemporaryDirectory() as folder:
        connection = store.connect(Path(folder) / "archive.sqlite3")
        store.migrate(connection, Path(folder) / "backup.sqlite3")
        made = _made(connection, engine, retry, texts)
        connection.close()
    return made


def _made(
    connection: sqlite3.Connection, engine: argos.ArgosEngine, retry: bool, texts: Sequence[str]
) -> list[str]:
    paragraphs = translate_paragraphs(enumerate(texts), engine, Memory(connection), retry=retry)
    return [paragraph.en for paragraph in paragraphs]


def corpus(count: int) -> list[str]:
    """Return paragraphs from all over the corpus, the same ones each time."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        paragraphs = [text for line in file for text in json.loads(line)["paragraphs"]]
    return random.Random(1).sample(paragraphs, count)


def test_set(count: int) -> tuple[list[str], list[str]]:
    """Return lines of Chinese and their English that the built-in model has not seen."""
    pairs = corpora.read_parallel(TEST_SET)[-corpora.DOMAIN_DEV :][-count:]
    return [pair.zh for pair in pairs], [pair.en for pair in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=150)
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--beams", type=int, nargs="+", default=[1, 2, 4])
    options = parser.parse_args()
    if not CORPUS.exists() or not TEST_SET.with_suffix(".zh").exists():
        parser.exit(message="The corpus and the test set are not at hand.\n")
    package = Packages().best()
    texts = corpus(options.paragraphs)
    source, reference = test_set(options.lines)
    characters = sum(map(len, texts))
    print(f"{package.label}; {len(texts)} paragraphs, {characters} characters; ", end="")
    print(f"{len(source)} lines of the test set\n")
    print("| | characters/s | characters/s of processor | BLEU | chrF |")
    print("|---|---|---|---|---|")
    for beam in options.beams:
        ways: list[tuple[str, Callable[[Sequence[str]], list[str]]]] = [
            ("stock", Stock(package, beam).translate),
            ("driver, no retries", lambda some, beam=beam: drive(package, beam, False, some)),
            ("driver", lambda some, beam=beam: drive(package, beam, True, some)),
        ]
        for name, way in ways:
            way(source[:2])  # load the model before the clock runs
            run = timed(lambda way=way: way(texts))  # type: ignore[misc]
            score = evaluate.score(way(source), reference)
            print(
                f"| {name}, beam {beam} | {characters / run.seconds:,.0f} "
                f"| {characters / run.processor:,.0f} | {score.bleu:.1f} | {score.chrf:.1f} |",
                flush=True,
            )
    print(f"\n{score.bleu_signature}\n{score.chrf_signature}")


if __name__ == "__main__":
    main()
