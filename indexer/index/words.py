"""English words as the index has them, the same for texts, queries and highlights.

A term is a word as it stands, in small letters and without accents. ``stem`` brings together
licences, licence and license; a query is widened to all terms of its words' stems, so the terms
themselves stay whole for exact phrases, ``word*`` and ``word~``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from whoosh.lang.porter import stem as porter

from indexer import fold
from indexer.index import names, numbers

FIELDS = ("en", "correction", "gloss", "chinese")
"""Fields of English words. ``chinese`` has those that the Chinese text itself gives: its Latin
words, its numbers, and the names in it as pinyin."""

Mark = tuple[int, int]
"""Offsets into a text, half open."""

_LETTER = r"[^\W_\u2e80-\ufaff]"
_WORD = rf"{_LETTER}+(?:['’]{_LETTER}+)*"
_TOKEN = re.compile(rf"(?:[A-Za-z]\.){{2,}}|{numbers.ENGLISH}|{_WORD}(?:[-‐‑&/]{_WORD})*", re.I)
_CHUNK = re.compile(r"\S+")
_BEFORE_SCALE = re.compile(rf"(?<=\d)\s(?={numbers.SCALE})", re.I)
_LATIN = re.compile(rf"(?![0-9０-９]){_LETTER}+")
_SIGNS = '.,;:!?)"”’]'
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


class Analysis(NamedTuple):
    """Hold the terms of a text, and its plain words as they follow each other."""

    terms: list[str]
    sequence: list[str]


def analysed(text: str) -> Analysis:
    """Return the terms and the words of an English text; names of two parts are joined as well.

    Texts are mostly the same words again, so what lies between spaces is looked at once.
    """
    chunks = [_chunk(chunk) for chunk in _with_scales(text).split()]
    terms = [term for chunk in chunks for term in chunk.terms]
    terms += [one.part + two.part for one, two in pairwise(chunks) if one.part and two.part]
    return Analysis(terms, [word for chunk in chunks for word in chunk.sequence])


def terms_of_chinese(text: str, folded: str) -> list[str]:
    """Return what can be found in English of a Chinese text: Latin words, numbers, pinyin names."""
    found = names.pinyin_of_names(folded)
    found += [match.term for match in numbers.chinese_terms(text)]
    found += [term for word in _LATIN.findall(text) for term in forms(word)]
    return found


def marks(text: str, wanted: Callable[[str], bool]) -> Iterator[Mark]:
    """Give where the terms stand in an English text that ``wanted`` says yes to."""
    before: tuple[int, str] | None = None
    for match in _CHUNK.finditer(_with_scales(text)):
        chunk = _chunk(match[0])
        if any(map(wanted, chunk.terms)):
            for token in _TOKEN.finditer(match[0]):
                if any(map(wanted, forms(token[0]))):
                    yield match.start() + token.start(), match.start() + token.end()
        if before and chunk.part and wanted(before[1] + chunk.part):
            yield before[0], match.start() + len(match[0].rstrip(_SIGNS))
        before = (match.start(), chunk.part) if chunk.part else None


def marks_of_chinese(text: str, wanted: Callable[[str], bool]) -> Iterator[Mark]:
    """Give where the terms of ``terms_of_chinese`` stand that ``wanted`` says yes to."""
    folded, origin = fold.fold_map(text)
    for start, end, term in names.find(folded):
        if wanted(term):
            yield origin[start], origin[end - 1] + 1
    yield from ((start, end) for start, end, term in numbers.chinese_terms(text) if wanted(term))
    for word in _LATIN.finditer(text):
        if any(map(wanted, forms(word[0]))):
            yield word.span()


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


def places(text: str) -> list[tuple[str, int, int]]:
    """Return the plain words of a text in order, with where each stands."""
    return [
        (word, match.start(), match.end())
        for match in _TOKEN.finditer(text)
        for word in _sequence_of(match[0])
    ]


def joined(text: str) -> str:
    """Return the one term that a text of one word, or of one compound, stands for."""
    sequence = analysed(text).sequence
    return sequence[0] if len(sequence) == 1 else fold.key("".join(sequence))


class _Chunk(NamedTuple):
    terms: tuple[str, ...]
    sequence: tuple[str, ...]
    part: str
    """The chunk as part of a name, when it is a capitalised word of pinyin."""


@lru_cache(300_000)
def _chunk(text: str) -> _Chunk:
    tokens = _TOKEN.findall(text)
    return _Chunk(
        tuple(term for token in tokens for term in forms(token)),
        tuple(word for token in tokens for word in _sequence_of(token)),
        _name_part(tokens[0]) if len(tokens) == 1 else "",
    )


def _with_scales(text: str) -> str:
    """Bind numbers to the words that scale them: ``10.2-billion``. The length stays."""
    return _BEFORE_SCALE.sub("-", text)


def _sequence_of(token: str) -> Sequence[str]:
    """Return the words of one token as they follow each other; a number is one, its value."""
    found = forms(token)
    if found and found[0][0] == "#":
        return found[:1]
    return found[:-1] or found


def _name_part(token: str) -> str:
    """Return a capitalised pinyin word in small letters, else nothing."""
    plain = fold.key(_POSSESSIVE.sub("", token))
    return plain if token[:1].isupper() and len(plain) > 1 and names.is_pinyin(plain) else ""
