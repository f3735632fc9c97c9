"""Write pinyin with tone marks, or plain."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SYLLABLE = re.compile(r"([A-Za-zü:]+?)([1-5])$")
_NO_LETTER = re.compile("[^a-zü ]+")
_MARKS = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}
_MARKS |= {vowel.upper(): marks.upper() for vowel, marks in _MARKS.items()}


def with_marks(pinyin: str) -> str:
    """Turn CC-CEDICT's numbered pinyin into words with tone marks.

    ``Qing1 dao3`` is ``Qīngdǎo``, ``Xi1 an1`` is ``Xī'ān``, ``Bei3 jing1 Shi4`` is ``Běijīng Shì``.
    """
    return _joined([_marked(syllable) for syllable in pinyin.split()])


def plain(pinyin: str) -> str:
    """Turn numbered pinyin into small letters without tones: ``qingdao``, ``wang yi``."""
    syllables = (_SYLLABLE.sub(r"\1", s).replace("u:", "u") for s in pinyin.split())
    return _joined(list(syllables)).replace("'", "").lower()


def syllables(pinyin: str) -> list[str]:
    """Return the syllables of numbered pinyin in small letters without tones: ``nü``, ``er``."""
    return _NO_LETTER.sub("", pinyin.lower().replace("u:", "ü")).split()


def name(syllables: Sequence[str]) -> str:
    """Join syllables into one capitalised word: ``xi``, ``an`` is ``Xi'an``.

    ü is yu, as in passports (GB/T 28039): 吕 is ``Lyu``.
    """
    return _joined([s.lower().replace("ü", "yu") for s in syllables]).capitalize()


def spellings(syllables: Sequence[str]) -> tuple[str, ...]:
    """Return the ways in which people type a name in one word: ``lu``, ``lyu``, ``lv`` for 吕.

    The first is that of ``plain``.
    """
    word = "".join(syllables)
    if "ü" not in word:
        return (word,)
    return tuple(dict.fromkeys(word.replace("ü", letters) for letters in ("u", "yu", "v")))


def plain_key(typed: str) -> str:
    """Return what ``plain`` has for a name typed in one word, if its lyu is lü: ``lute``."""
    return re.sub("(?<=[ln])(?:yu|v)", "u", typed)


def _marked(syllable: str) -> str:
    match = _SYLLABLE.match(syllable)
    if not match:
        return syllable
    letters, tone = match.group(1).replace("u:", "ü").replace("U:", "Ü"), int(match.group(2))
    if tone == 5:
        return letters
    vowels = [i for i, letter in enumerate(letters) if letter in _MARKS]
    if not vowels:
        return letters
    # a and e carry the mark, o in ou, else the last vowel.
    place = next(
        (i for i in vowels if letters[i] in "aeAE" or letters[i : i + 2].lower() == "ou"),
        vowels[-1],
    )
    return letters[:place] + _MARKS[letters[place]][tone - 1] + letters[place + 1 :]


def _joined(syllables: list[str]) -> str:
    text = ""
    for syllable in syllables:
        if text and (syllable[:1].isupper() or not syllable[:1].isalpha()):
            text += " "
        elif text and syllable[:1] in "aāáǎàeēéěèoōóǒò":
            text += "'"
        text += syllable
    return text
