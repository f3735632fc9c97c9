"""Say what looks wrong with a machine translation, so that it never pretends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from translations.chinese import count_han, has_han

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.,%-]*")
# Mean log probability of a token. Measured on the package 1.0, 300 lines: the tenth below this has
# a chrF of 43, the tenths above it 52 to 79; the correlation of the two is 0.71.
_LOW_SCORE = -0.65
_MISSING = 0.5  # what each missing term adds to the flag
_MOST_OFTEN = 3  # times that three words in a row may come back


class Flag(StrEnum):
    """Name a doubt about an English sentence."""

    LOOP = "loop"
    LENGTH = "length"
    HAN = "han"
    COPY = "copy"
    NUMBER = "number"
    GLOSSARY = "glossary"
    SCORE = "score"
    REPAIRED = "repaired"


PLAIN_WORDS = {
    Flag.LOOP: "The machine repeated itself.",
    Flag.LENGTH: "The English is much shorter or longer than the Chinese.",
    Flag.HAN: "Some Chinese was left untranslated.",
    Flag.COPY: "The Chinese was copied, not translated.",
    Flag.NUMBER: "A number in the Chinese does not agree with the English.",
    Flag.GLOSSARY: "A name or term is not in its agreed English form.",
    Flag.SCORE: "The machine was unsure.",
    Flag.REPAIRED: "A number or a name was put right by rule.",
}
"""What a reader is told about each flag."""

SEVERITY = {
    Flag.COPY: 6.0,
    Flag.LOOP: 4.0,
    Flag.HAN: 3.0,
    Flag.LENGTH: 3.0,
    Flag.NUMBER: 2.0,
    Flag.GLOSSARY: 1.5,
    Flag.SCORE: 1.0,
    Flag.REPAIRED: 0.2,
}
"""How much worse each flag makes a sentence, when the better of two drafts is kept."""


def examine(zh: str, en: str, score: float | None = None) -> list[Flag]:
    """Return the flags of one sentence that need no knowledge of names and numbers."""
    found = []
    if _loops(en) and not _repeats(zh):
        found.append(Flag.LOOP)
    if _is_copy(zh, en):
        found.append(Flag.COPY)
    elif has_han(en):
        found.append(Flag.HAN)
    if _is_out_of_proportion(zh, en):
        found.append(Flag.LENGTH)
    if score is not None and score < _LOW_SCORE:
        found.append(Flag.SCORE)
    return found


def union(flags: Iterable[Iterable[Flag]]) -> tuple[Flag, ...]:
    """Return the flags of a paragraph: each flag of its sentences once, in the order of Flag."""
    present = {flag for some in flags for flag in some}
    return tuple(flag for flag in Flag if flag in present)


def penalty(flags: Iterable[Flag], score: float | None, missing: int = 0) -> float:
    """Return how bad a draft is that lacks ``missing`` glossary terms: 0 is best."""
    return sum(SEVERITY[flag] for flag in flags) + missing * _MISSING - (score or 0.0)


def _loops(en: str) -> bool:
    words = [word.lower() for word in _WORD.findall(en)]
    if any(a == b == c for a, b, c in zip(words, words[1:], words[2:], strict=False)):
        return True
    pairs = list(pairwise(words))
    if any(a == b == c for a, b, c in zip(pairs, pairs[2:], pairs[4:], strict=False)):
        return True
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    return max(triples.values(), default=0) >= _MOST_OFTEN


def _repeats(zh: str) -> bool:
    """Tell whether the Chinese itself says a thing three times over."""
    triples = Counter(zip(zh, zh[1:], zh[2:], strict=False))
    return max(triples.values(), default=0) >= _MOST_OFTEN


def _is_copy(zh: str, en: str) -> bool:
    han = count_han(en)
    return han > 0 and 2 * han >= count_han(zh)


def _is_out_of_proportion(zh: str, en: str) -> bool:
    """Compare lengths; news has 0.4 to 0.9 English words for one Chinese character."""
    han, words = count_han(zh), len(_WORD.findall(en))
    if not han:
        return False
    return words < 0.22 * han - 1 or words > 1.4 * han + 6
