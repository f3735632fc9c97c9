"""Find the people in a Chinese text, and write their names in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translations import gazetteer, pinyin, surnames
from translations.chinese import has_han
from translations.gloss import dictionary
from translations.pinyin import name, syllables
from translations.sentences import Span

ENGINE = "names pinyin"
"""The engine's name of what this module writes."""

_TITLES = (
    "记者|通讯员|总经理|经理|董事长|主任|局长|书记|市长|省长|县长|区长|镇长|乡长|村长|教授|院长|校长|院士|工程师"
    "|负责人|厂长|厅长|处长|科长|所长|站长|村民|医生|护士|老师(?!傅)|检察长|法官|律师|会长|理事长|创始人|总裁|总监"
    "|网格员|民警"
)
_TITLED = re.compile(rf"(?:{_TITLES})(?=[\u4e00-\u9fff]{{2}})")
# Characters that follow a name and are no part of it.
_AFTER = frozenset(
    "说道在的是等和与对从向为将也就都还及问答称带告谈给把被让会来去到又则便作做以至出开参当于同其此因所了"
)


def person(chinese: str, surname: str | None = None) -> str:
    """Write a person's name, family name first: 肖玲玲 is Xiao Lingling, 欧阳娜 Ouyang Na.

    A name without a surname is foreign, one word for each of its parts: 罗曼·罗兰 Luoman Luolan.
    ``surname`` is the one that stands there for sure, as in a byline.
    """
    return " ".join(name(word) for word in words(chinese, surname))


def spellings(chinese: str, surname: str | None = None) -> tuple[str, ...]:
    """Return a person's name joined, in each way that people type it: luxiulian, lyuxiulian."""
    return pinyin.spellings([one for word in words(chinese, surname) for one in word])


@lru_cache(maxsize=20_000)
def words(chinese: str, surname: str | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the words of a person's name, each in syllables of pinyin without tones.

    The dictionary knows how people of renown are read: 贾平凹 is Jia Pingwa.
    """
    family = surname or ("" if "·" in chinese else surnames.of(chinese))
    if not family:
        return tuple(_read(part) for part in chinese.split("·") if part)
    given = chinese[len(family) :]
    known = _renowned(chinese, len(family)) if given else None
    read = known or (*_read_family(family), *_read(given))
    return tuple(filter(None, (read[: len(family)], read[len(family) :])))


def is_renowned(chinese: str) -> bool:
    """Tell whether the dictionary has a person of this Chinese name: 王毅, but not 贝多芬."""
    return _renowned(chinese, len(surnames.signed(chinese))) is not None


def _renowned(chinese: str, size: int) -> tuple[str, ...] | None:
    """Return how the dictionary reads a person, whose surname has ``size`` characters."""
    for entry in dictionary().entries(chinese):
        parts = entry.pinyin.split()
        capitals = [place for place, part in enumerate(parts) if part[:1].isupper()]
        if capitals == [0, size] and len(parts) == len(chinese):
            return tuple(syllables(entry.pinyin))
    return None


def _read_family(family: str) -> tuple[str, ...]:
    if reading := surnames.READINGS.get(family):
        return tuple(reading.split())
    return tuple(dictionary().sound(char, family_name=True) for char in family)


def _read(text: str) -> tuple[str, ...]:
    """Return the syllables of a given or foreign name; one of two characters may be a word."""
    readings = {tuple(syllables(entry.pinyin)) for entry in dictionary().entries(text)}
    if len(text) == 2 and len(readings) == 1:
        return readings.pop()
    return tuple(dictionary().sound(char) for char in text)


def is_person(text: str) -> bool:
    """Tell whether a text of two to four characters has the form of a person's name."""
    family = len(surnames.signed(text))
    return has_han(text) and family > 0 and 1 <= len(text) - family <= 2


def byline(text: str) -> str | None:
    """Write a line of names in English, or None where it is anything else.

    李媛 肖玲玲 is ``Li Yuan, Xiao Lingling``; 本报记者 张三 is ``Staff reporter Zhang San``.
    """
    match = re.fullmatch(
        r"[（(]?\s*(?P<role>本报(?:首席)?记者|本报通讯员|记者|通讯员|文|作者)?[：:/\s]*(?P<names>.+?)\s*[）)]?",
        text,
    )
    if not match:
        return None
    names = re.split(r"[\s、，,]+", match["names"])
    if not all(is_person(one) for one in names) or (
        len(names) == 1 and not _stands_alone(names[0])
    ):
        return None
    written = ", ".join(person(one, surnames.signed(one)) for one in names)
    role = _ROLES.get(match["role"] or "", "")
    return f"{role} {written}" if role else written


_ROLES = {
    "本报记者": "Staff reporter",
    "本报首席记者": "Chief reporter",
    "本报通讯员": "Correspondent",
}
_ROLES |= {"记者": "Reporter", "通讯员": "Correspondent", "文": "By", "作者": "By"}


def _stands_alone(text: str) -> bool:
    """Tell whether one name alone is surely a name: no word of the dictionary."""
    return text not in dictionary() or gazetteer.person(text) is not None


def people(text: str) -> Iterator[Span]:
    """Find the people whom a text names after a title: 总经理王毅感慨道."""
    for match in _TITLED.finditer(text):
        start = match.end()
        size = _name_length(text, start)
        if size:
            yield start, start + size


def _name_length(text: str, start: int) -> int:
    """Return how many characters of the text at ``start`` are a person's name; 0 for none."""
    run = re.match(r"[\u4e00-\u9fff]{2,6}", text[start : start + 6])
    if not run:
        return 0
    family = len(surnames.begins(run.group()))
    if not family:
        return 0
    pieces = [run.group()[a:b] for a, b in dictionary().segment(run.group())]
    if family < len(pieces[0]) <= family + 2 and gazetteer.person(pieces[0]):
        return len(pieces[0])
    if len(pieces[0]) != family:
        return 0 if len(pieces[0]) != 2 or pieces[0] in dictionary() else 2
    given = pieces[1] if len(pieces) > 1 else ""
    if len(given) > 2 or not given or given in _AFTER:
        return 0
    if len(given) == 1 and len(pieces) > 2 and len(pieces[2]) == 1 and pieces[2] not in _AFTER:
        return family + 2
    return family + len(given)
