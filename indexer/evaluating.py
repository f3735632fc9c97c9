"""How good the English is: an engine, as the archive drives it, against a reference."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from indexer import store
from translations import evaluate
from translations.driver import Passage, Progress, translate_paragraphs
from translations.engines import Engine
from translations.evaluate import Score
from translations.memory import Memory


def score_files(
    engine: Engine,
    source: Path,
    reference: Path,
    progress: Callable[[Progress], None] | None = None,
) -> Score:
    """Translate a file of Chinese lines and compare it with a file of English ones.

    The translation memory of no archive is asked or changed. Raises CannotEvaluate.
    """
    lines, references = evaluate.read_lines(source), evaluate.read_lines(reference)
    with contextlib.closing(_scratch()) as connection:
        made = list(
            translate_paragraphs(
                (Passage(number, line) for number, line in enumerate(lines)),
                engine,
                Memory(connection),
                total=sum(map(len, lines)),
                progress=progress,
            )
        )
    return evaluate.score([m.en for m in made], references, [m.flags for m in made])


def _scratch() -> sqlite3.Connection:
    connection = store.connect(Path(":memory:"))
    store.migrate(connection, Path(":memory:"))
    return connection
