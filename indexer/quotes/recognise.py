"""Recognise where a person's name begins and ends in running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from indexer.quotes import lexicon, names

OFFICE_BEFORE = re.compile(f"(?:{lexicon.OFFICES}|岁的)$")
TITLE = re.compile(lexicon.TITLES)

# What may stand between a name and its verb.
AFTER_NAME = re.compile(
    r"[在向对就于日今昨近当随还也又则都曾再常笑深激动首接面看谈说指强表介回感坦写认称提告讲叮寄补透直呼解反"
    r"追问喊答道宣勉希要赞呼承相总同与和及给从为如是叫便却就已仍便主一多特明高察听考走来会见出主应抵前"
    r"访致参作始先亲赴发到已自率乘携并]|\d|$|[，：:、。；（(]"
)
_DOTTED = re.compile(r"[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}")
_SOUNDS = "".join(sorted(lexicon.TRANSLITERATION))
_SPELLED = re.compile(f"[{_SOUNDS}]{{2,8}}?(?=多次|明确|特别|[^{_SOUNDS}·]|$)")

# Any name right after an office: 俄罗斯总统普京强调.
_UNUSUAL = (
    r"[^\W\d_在对向表强说指称的和与及等是将会同为于也都就从们国团队室处当还此前后纷发长部界接见亲切会警告"
    r"消息，：。“”《》、a-zA-Z·]{2,5}"
)
_UNUSUAL_TO_THE_END = re.compile(f"{_UNUSUAL}$")
_UNUSUAL_INTRODUCED = re.compile(
    rf"{_UNUSUAL}?(?=\d|表示|强调|指出|说(?!明)|称|在|当地时间|当天|此前|还|今天|昨天|近日|日前|同"
    "|会见|致辞|发表)"
)
_LONGEST = 16


def names_at(text: str, place: int, known: Collection[str]) -> Iterator[str]:
    """Yield what may be a name at a place: one of the article's first, then the likelier."""
    tail = text[place : place + _LONGEST]
    yield from sorted((name for name in known if tail.startswith(name)), key=len, reverse=True)
    dotted = _DOTTED.match(tail)
    if dotted and names.foreign_name(dotted.group().partition("·")[0] * 2):
        yield from _cut(dotted.group())
    spelled = _SPELLED.match(tail)
    foreign = spelled.group() if spelled and names.foreign_name(spelled.group()) else ""
    if len(foreign) > 3:
        yield foreign
    for length in (2, 3, 4):
        if names.chinese_name(tail, length):
            yield tail[:length]
    if names.chinese_name(tail + "一", 2) and (title := TITLE.match(tail, 1)) and title.end() > 1:
        yield tail[0]
    if foreign:
        yield foreign


def unusual_name(text: str, place: int) -> str:
    """Return what fills a text from a place to its end, where that may be a name, else nothing."""
    match = _UNUSUAL_TO_THE_END.match(text, place)
    return match.group() if match and not _is_prose(match.group()) else ""


def introduced(text: str) -> Iterator[tuple[str, str]]:
    """Yield office and name where an office stands right before or after a name."""
    for office in re.finditer(lexicon.OFFICES, text):
        if name := _name_after(text, office.end()):
            yield office.group(), name
    for title in TITLE.finditer(text):
        for length in (3, 2):
            name = text[max(0, title.start() - length) : title.start()]
            if names.chinese_name(name, length) and not names.is_word(name):
                yield title.group(), name
                break


def is_no_name(text: str, place: int, name: str) -> bool:
    """Say whether what looks like a name is a word, or a piece of one."""
    return names.is_word(name) or names.is_cut_from_a_word(text, place, len(name))


def _name_after(text: str, place: int) -> str:
    for name in names_at(text, place, ()):
        ends = AFTER_NAME.match(text[place + len(name) :])
        if ends and len(name) > 1 and not is_no_name(text, place, name):
            return name
    unusual = _UNUSUAL_INTRODUCED.match(text, place)
    if unusual and not is_no_name(text, place, unusual.group()) and not _is_prose(unusual.group()):
        return unusual.group()
    return ""


def _cut(dotted: str) -> Iterator[str]:
    """Yield a dotted name cut where its sounds end, then whole: no space follows a name."""
    first = len(dotted) - len(dotted.rpartition("·")[2])
    end = first
    while end < len(dotted) and dotted[end] in lexicon.TRANSLITERATION:
        end += 1
    if end > first:
        yield dotted[:end]
    yield dotted


def _is_prose(name: str) -> bool:
    """Say whether a long unusual name has words in it: 署名文章."""
    if len(name) < 4 or names.foreign_name(name):
        return False
    return any(names.is_word(name[n : n + 2]) for n in range(len(name) - 1))
