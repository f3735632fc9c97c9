"""English words as the index has them, the same for texts, queries and highlights.

A term is a word as it stands, in small letters and without accents. ``stem`` brings together
licences, licence and license; a query is widened to all terms of its words' stems, so the terms
themselves stay whole for exact phrases, ``word*`` and ``word~``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from whoosh.lang.porter import stem as porter

from indexer import fold
from indexer.index import names, numbers
from indexer.matched import Matched

FIELDS = ("en", "correction", "gloss", "chinese")
"""Fields of English words. ``chinese`` has those that the Chinese text itself gives: its Latin
words, its numbers, and the names in it as pinyin."""

_LETTER = r"[^\W_\u2e80-\ufaff]"
_WORD = rf"{_LETTER}+(?:['’]{_LETTER}+)*"
_TOKEN = re.compile(rf"(?:[A-Za-z]\.){{2,}}|{numbers.ENGLISH}|{_WORD}(?:[-‐‑&/]{_WORD})*", re.I)
_LATIN = re.compile(rf"(?![0-9０-９]){_LETTER}+")
_POSSESSIVE = re.compile(r"['’][sS]$")
_JOINTS = re.compile(r"[-‐‑&/]")
_NUMBER = re.compile(numbers.ENGLISH, re.I)
_SPELLING = (
    (re.compile(r"(?<=...)our(?=s?$|ed$|ing$|able$|ite$|ful|ist$|ly$)"), "or"),  # labour
    (re.compile(r"(?<=..)is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)"), "iz"),  # organise
    (re.compile(r"(?<=.[cgtb])re(?=s?$)"), "er"),  # centre
    (re.compile(r"(?<=.)enc(?=es?$)"), "ens"),  # licence, defence
    (re.compile(r"(?<=..)ogue(?=s?$)"), "og"),  # dialogue
    (re.compile(r"(?<=..)amme(?=s?$)"), "am"),  # programme
    (re.compile(r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)$)"), "l"),  # travelled
)
_IRREGULAR = {
    "children": "child", "men": "man", "women": "woman", "people": "person", "feet": "foot",
    "teeth": "tooth", "mice": "mouse", "geese": "goose", "lives": "life", "wives": "wife",
    "knives": "knife", "leaves": "leaf", "wolves": "wolf", "halves": "half", "shelves": "shelf",
    "said": "say", "went": "go", "gone": "go", "made": "make", "held": "hold", "took": "take",
    "taken": "take", "gave": "give", "given": "give", "built": "build", "grew": "grow",
    "grown": "grow", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall",
    "began": "begin", "begun": "begin", "met": "meet", "won": "win", "sold": "sell",
    "bought": "buy", "brought": "bring", "spoke": "speak", "spoken": "speak", "wrote": "write",
    "written": "write", "led": "lead", "left": "leave", "lost": "lose", "paid": "pay",
    "sent": "send", "spent": "spend", "taught": "teach", "thought": "think", "told": "tell",
}  # fmt: skip
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "she",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "will",
        "with",
    ]
)
"""Words that a query of several words does without: a translation may not have them."""


def terms(text: str) -> list[str]:
    """Return the terms of an English text, in order, with names of two parts joined as well."""
    tokens = _TOKEN.findall(text)
    found = [term for token in tokens for term in forms(token)]
    parts = [_name_part(token) for token in tokens]
    found += [one + two for one, two in pairwise(parts) if one and two]
    return found


def terms_of_chinese(text: str, folded: str) -> list[str]:
    """Return what can be found in English of a Chinese text: Latin words, numbers, pinyin names."""
    found = [match.term for match in names.find(folded)]
    found += [match.term for match in numbers.chinese_terms(text)]
    found += [term for word in _LATIN.findall(text) for term in forms(word)]
    return found


def marks(text: str) -> Iterator[Matched]:
    """Give each term of an English text with where it stands."""
    before: tuple[int, str] | None = None
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        for term in forms(match[0]):
            yield Matched(start, end, term)
        part = _name_part(match[0])
        if before and part:
            yield Matched(before[0], end, before[1] + part)
        before = (start, part) if part else None


def marks_of_chinese(text: str) -> Iterator[Matched]:
    """Give each term that ``terms_of_chinese`` finds with where it stands in the text."""
    folded, origin = fold.fold_map(text)
    for match in names.find(folded):
        yield Matched(origin[match.start], origin[match.end - 1] + 1, match.term)
    yield from numbers.chinese_terms(text)
    for word in _LATIN.finditer(text):
        for term in forms(word[0]):
            yield Matched(*word.span(), term)


@lru_cache(200_000)
def forms(token: str) -> tuple[str, ...]:
    """Return the terms of one word or number as written.

    ``co-operation`` gives its parts and ``cooperation``; ``China's`` is ``china``.
    """
    if _NUMBER.fullmatch(token):
        return numbers.english_terms(token)
    parts = [_POSSESSIVE.sub("", part) for part in _JOINTS.split(token)]
    found = [f"#{part}" if part.isdecimal() else fold.key(part) for part in parts]
    if len(parts) > 1:
        found.append(fold.key("".join(parts)))
    return tuple(filter(None, found))


@lru_cache(200_000)
def stem(term: str) -> str:
    """Return what a word's forms share, in either spelling; numbers are their own stem."""
    if not term.isascii() or not term.isalpha() or len(term) < 3:
        return term
    if plain := _IRREGULAR.get(term):
        return plain
    for pattern, spelling in _SPELLING:
        term = pattern.sub(spelling, term)
    return str(porter(term))


def word_sequence(text: str) -> list[tuple[str, int, int]]:
    """Return the plain words of a text in order, hyphens apart: what exact phrases compare."""
    return [
        (part, match.start(), match.end())
        for match in _TOKEN.finditer(text)
        for part in _sequence_of(match[0])
    ]


def joined(text: str) -> str:
    """Return the one term that a text of one word, or of one compound, stands for."""
    sequence = [word for word, _, _ in word_sequence(text)]
    return sequence[0] if len(sequence) == 1 else fold.key("".join(sequence))


def _sequence_of(token: str) -> Sequence[str]:
    """Return the words of one token as they follow each other; a number is one, its value."""
    found = forms(token)
    if found and found[0][0] == "#":
        return found[:1]
    return found[:-1] or found


@lru_cache(200_000)
def _name_part(token: str) -> str:
    """Return a capitalised pinyin word in small letters, else nothing."""
    plain = fold.key(_POSSESSIVE.sub("", token))
    return plain if token[:1].isupper() and len(plain) > 1 and names.is_pinyin(plain) else ""
