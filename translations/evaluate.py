"""Measure an engine against a reference: BLEU, chrF, and what the flags say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ArchiveError
from translations.quality import Flag


class CannotEvaluate(ArchiveError):
    """Say why an evaluation cannot be made."""


@dataclass(frozen=True, slots=True)
class Score:
    """Hold what an evaluation found; the signatures say how, so that others can repeat it."""

    sentences: int
    bleu: float
    chrf: float
    bleu_signature: str
    chrf_signature: str
    flags: dict[Flag, int]


def score(
    english: Sequence[str], references: Sequence[str], flags: Sequence[Sequence[Flag]] = ()
) -> Score:
    """Compare lines of English with their references. Raises CannotEvaluate."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise CannotEvaluate(
            "BLEU needs sacrebleu; install it with: pip install 'bilingual-news-archive[evaluate]'"
        ) from error
    if not english or len(english) != len(references):
        raise CannotEvaluate(
            f"Source and reference must have the same lines, and some: "
            f"{len(english)} and {len(references)} are here."
        )
    bleu, chrf = BLEU(), CHRF()
    found = bleu.corpus_score(english, [references]), chrf.corpus_score(english, [references])
    counts = Counter(flag for some in flags for flag in some)
    return Score(
        sentences=len(english),
        bleu=found[0].score,
        chrf=found[1].score,
        bleu_signature=str(bleu.get_signature()),
        chrf_signature=str(chrf.get_signature()),
        flags={flag: counts[flag] for flag in Flag if counts[flag]},
    )


def read_lines(path: Path) -> list[str]:
    """Read a file of one sentence a line. Raises CannotEvaluate."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise CannotEvaluate(f"{path} cannot be read as UTF-8 text: {error}.") from error
