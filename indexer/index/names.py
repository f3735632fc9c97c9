"""Chinese names as pinyin, so that ``qingdao`` finds 青岛 whatever the translation made of it."""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import NamedTuple

from indexer import fold
from indexer.matched import Matched
from translations import names, surnames
from translations.gloss import dictionary
from translations.pinyin import spellings, syllables

_LONGEST = 6
_MOSTLY_WORDS = frozenset("全向时平言方和国强东从海都等还后史乐兰机陆沙春银委占赛苗植袭依折练初")
"""Surnames that nearly always are something else."""

_NEVER_LAST = frozenset("与和的在了是等将也都被把对向从为要有不会以到上中下年月日时")

_SYLLABLES = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?"
    "(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan"
    "|uang|ue|ui|un|uo|v|ve|yu|yue))+"
)


def is_pinyin(word: str) -> bool:
    """Tell whether a lower-case word can be read as pinyin without tone marks."""
    return _SYLLABLES.fullmatch(word) is not None


def pinyin_of_names(folded: str) -> list[str]:
    """Return the joined pinyin of the names in a folded text: the dictionary's, and of people."""
    known = _dictionary().names
    pairs = known.keys() & set(map(add, folded, folded[1:]))
    found = [pinyin for pair in pairs for name, pinyin in known[pair] if name in folded]
    return found + [match.term for match in people(folded)]


def find(folded: str) -> list[Matched]:
    """Return where the names stand."""
    found = people(folded)
    known = _dictionary().names
    for start in range(len(folded) - 1):
        for name, pinyin in known.get(folded[start : start + 2], ()):
            if folded.startswith(name, start):
                found.append(Matched(start, start + len(name), pinyin))
    return found


def people(folded: str) -> list[Matched]:
    """Return what is built as a person's name of three characters and is no piece of a word.

    A surname, then two characters: 余祖恩 in 老兵余祖恩与大家, but not 余人数 in 千余人数次.
    """
    pairs, family_names = _dictionary().pairs, _dictionary().surnames
    return [
        Matched(start, start + 3, pinyin)
        for start, character in enumerate(folded[:-2])
        if character in family_names
        and character not in _MOSTLY_WORDS
        and folded[start + 2] not in _NEVER_LAST
        and pairs.isdisjoint(folded[i : i + 2] for i in range(max(0, start - 1), start + 3))
        and folded[start + 1 : start + 3].isalpha()
        for pinyin in keys(folded[start : start + 3])
    ]


def pinyin(name: str) -> str:
    """Return a person's name joined in pinyin; empty when a character has no known reading.

    The first character is read as a surname: 单 is Shan, 曾 is Zeng.
    """
    return next(iter(keys(name)), "")


def keys(name: str) -> tuple[str, ...]:
    """Return ``pinyin`` in each way that people type it: luxiulian, lyuxiulian, lvxiulian."""
    folded, known = fold.key(name), _dictionary()
    size = 2 if len(folded) > 2 and folded[:2] in known.surnames else 1
    family = known.surnames.get(folded[:size], folded[:size])
    written = family + folded[size:].translate(known.written)
    if not written or any(character not in dictionary() for character in written):
        return ()
    return names.spellings(written, family)


class _Dictionary(NamedTuple):
    """Hold what the search knows of the dictionary, in folded characters."""

    names: dict[str, list[tuple[str, str]]]
    """Proper names, each with a spelling in pinyin, by their first two characters."""
    pairs: frozenset[str]
    """Words of two characters; among them short names, which are whole already."""
    surnames: dict[str, str]
    """Surnames, the rarest too, as they are written: 渖 is 沈."""
    written: dict[int, str]
    """Characters as they are written, where the dictionary has not what they fold to: 侭 is 尽."""


@cache
def _dictionary() -> _Dictionary:
    known: dict[str, list[tuple[str, str]]] = {}
    pairs: set[str] = set()
    family_names = {fold.key(one): one for one in surnames.SINGLE | surnames.COMPOUND}
    written: dict[int, str] = {}
    for simplified, pinyin in dictionary().heads():
        is_name = pinyin[0].isupper()
        if len(simplified) > 2 and not is_name:
            continue
        word = fold.key(simplified)
        if len(word) == 1 and word not in dictionary():
            written.setdefault(ord(word), simplified)
        if len(word) == 1 and pinyin[0].isupper() and _is_surname(simplified):
            family_names.setdefault(word, simplified)
        if len(word) == 2:
            pairs.add(word)
        if is_name and 2 <= len(word) <= _LONGEST:
            bucket = known.setdefault(word[:2], [])
            for spelling in spellings(syllables(pinyin)):
                if (word, spelling) not in bucket:
                    bucket.append((word, spelling))
    return _Dictionary(known, frozenset(pairs), family_names, written)


def _is_surname(character: str) -> bool:
    return any(entry.senses[0].startswith("surname ") for entry in dictionary().entries(character))
