"""Write pinyin with tone marks, or plain."""

from __future__ import annotations

import re

_SYLLABLE = re.compile(r"([A-Za-zü:]+?)([1-5])$")
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


def name(syllables: list[str]) -> str:
    """Join plain syllables into one capitalised word: ``xi``, ``an`` is ``Xi'an``."""
    return _joined([s.lower() for s in syllables]).capitalize()


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
