"""Know a person's name in running Chinese text, and write it in pinyin."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.quotes import lexicon
from indexer.quotes.script import simplified
from translations import surnames
from translations.gloss import Entry, dictionary
from translations.names import person, spellings

_ADDRESS = re.compile(rf"(?:总|{lexicon.TITLES})$")
_LIFE = re.compile(r"\([^)]*\d{2,4}\s?[-–]")
_ORGAN = frozenset("方部局社厅委办署网司队报会院")  # 马方, 欧盟方
_LONGEST_WORD = 6
_NEVER_LAST = frozenset("时们后中上者等之的和在了与及还也又将已再常曾则都就")


def chinese_name(text: str, length: int) -> bool:
    """Say whether the first ``length`` characters of ``text`` are built as a Chinese name is."""
    name = text[:length]
    if len(name) < length or not all("㐀" <= c <= "鿿" for c in name) or name[-1] in _NEVER_LAST:
        return False
    if name[:2] in surnames.COMPOUND:
        return length in (3, 4)
    if length == 3 and name[0] in surnames.DOUBTFUL:
        return not is_word(name[:2])
    organ = name[-1] in _ORGAN and (length == 2 or is_word(name[:2]))
    return length in (2, 3) and name[0] in surnames.SINGLE and not organ


def foreign_name(name: str) -> bool:
    """Say whether a name is spelled with the characters used for foreign sounds: 欧尔班."""
    parts = name.split("·")
    return (
        2 <= len(name) <= 16
        and all(parts)
        and all(character in lexicon.TRANSLITERATION for part in parts for character in part)
    )


@lru_cache(maxsize=100_000)
def is_word(text: str) -> bool:
    """Say whether the dictionary has ``text`` as a common word or a place: 方案, 古巴, not 王毅."""
    return 2 <= len(text) <= _LONGEST_WORD and any(
        entry.simplified == text and not _is_person(entry) for entry in dictionary().entries(text)
    )


def is_cut_from_a_word(text: str, place: int, length: int) -> bool:
    """Say whether a name is a piece of words: 厄瓜 of 厄瓜多尔, 石油输 of 石油."""
    end = place + length
    shortest = 2 if length < 4 and not foreign_name(text[place:end]) else 4
    begins = any(is_word(text[place:stop]) for stop in range(place + shortest, end))
    crosses = (
        is_word(text[start:stop])
        for start in range(place, end)
        for stop in range(max(end + 1, start + 3), start + _LONGEST_WORD + 1)
        if stop <= len(text)
    )
    return begins or any(crosses)


def _is_person(entry: Entry) -> bool:
    """Tell Wang2 Yi4 and Kong3 zi3, "Confucius (551-479 BC)", from Gu3 ba1, "Cuba"."""
    capitals = sum(syllable[:1].isupper() for syllable in entry.pinyin.split())
    return capitals > 1 or (capitals == 1 and any(map(_LIFE.search, entry.senses)))


def pinyin(name: str) -> str:
    """Return a name in pinyin without tones, family name first: 单田芳 is Shan Tianfang.

    Titles are left out: 王先生 is Wang. A foreign name is one word for each of its parts.
    """
    return person(_untitled(name))


def pinyin_keys(name: str) -> tuple[str, ...]:
    """Return ``pinyin`` joined in small letters, as people type it; the plain one first."""
    return spellings(_untitled(name))


def _untitled(name: str) -> str:
    name = simplified(name)
    title = _ADDRESS.search(name)
    return name[: title.start()] if title and title.start() else name
