"""Find who a clause is about: 财务经理徐凯回忆 is 徐凯, the 财务经理."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.quotes import lexicon, names
from indexer.quotes.recognise import (
    AFTER_NAME,
    OFFICE_BEFORE,
    TITLE,
    introduced,
    is_no_name,
    names_at,
    unusual_name,
)

_PERSON = re.compile(
    f"(?:{lexicon.OFFICES}|有关方面|者|客商|朋友|大家|人们|老人|女孩|男孩|小伙|姑娘|奶奶|爷爷)们?$"
)
# What leads to a subject: when, where, according to.
_LEAD = re.compile(
    r"(?:另?据|当地时间|北京时间|今天|昨天|当天|当日|日前|近日|随后|此前|此后|同时|其中|对此|目前|去年|今年"
    r"|明年|上午|下午|晚上|早上|当晚|今晚|如今|后来|最后|首先|但是?|而且?|并且?|同日|\d{1,4}[年月日](?:电)?"
    r"|和|与(?!会)|还有|正?是|当|[—－-]+|[（(][^（）()]*[）)]|不久前|多年来|一直以来|长期以来|事后|会上"
    r"|会后|来自|在[^，]{1,12}?[上中时里后下内]|\s)+"
)
# A clause that says only when or where.
_LIGHT = re.compile(
    r"^[^，]{0,30}(?:时|后|中|上|前|讲话|致辞|论述|演讲|批示|指示|信|采访|会议|日|，)$"
)
_HE = re.compile(r"^[^他她]{0,8}[他她](?!们)[^他她]{0,14}$")
_NO_SUBJECT = re.compile(
    r"^(?:他|她|同时|还|并|也|又|接着|随后|而|从|再?到|此外|提出|要求|强调|叮嘱|指出|多次|[，、\s])*$"
)
_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_CLAUSES = re.compile(r"[，；：。！？!?;:]|(?<=[”」])(?=[，。])")
_NOT_ROLE = re.compile(r"[的了把被将让使为]|以及|[“”「」《》]")
_LONGEST_ROLE = 40


@dataclass(frozen=True, slots=True)
class Speaker:
    """Name who speaks; each part is None where the text does not say."""

    name: str | None
    role: str | None = None


@dataclass(slots=True)
class Cast:
    """Remember the people that an article names, with their roles."""

    names: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, paragraphs: Iterable[str]) -> Cast:
        """Read the people out of an article: who has an office beside the name."""
        cast = cls()
        for text in paragraphs:
            for role, name in introduced(plain(text)):
                cast.names.add(name)
                cast.roles[role].add(name)
        return cast

    def resolve(self, speaker: Speaker) -> Speaker:
        """Fill in who 总书记 or 习主席 is, where the article leaves only one."""
        name, role = speaker.name, speaker.role
        if name is None and role is not None:
            held = self.roles.get(role, set())
            if len(held) == 1:
                return replace(speaker, name=next(iter(held)))
        if name and (title := TITLE.fullmatch(name, 1)):
            held = {known for known in self.names if known[0] == name[0]}
            if len(held) == 1:
                return Speaker(next(iter(held)), role or title.group())
        return speaker


def plain(text: str) -> str:
    """Return a text without what stands in brackets."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text


def subject(
    before_verb: str, cast: Cast, *, near: bool = False, named: bool = False
) -> Speaker | None:
    """Return whom the text before a verb of saying is about, nearest clause first.

    None where it says nobody. The text has no brackets. ``near`` looks past such clauses alone as
    say when or where, for a verb that may be a noun (听取介绍，); ``named`` past people without a
    name.
    """
    for clause in reversed(_CLAUSES.split(before_verb)):
        found = cast.resolve(found) if (found := _in_clause(clause, cast)) else None
        if found and (found.name or not named):
            return found
        if near and clause and not _LIGHT.match(clause):
            return None
    return None


def is_continuation(clause: str) -> bool:
    """Say whether a clause before a verb has no name of its own: 他还, 并, or nothing."""
    return _NO_SUBJECT.match(clause) is not None or is_about_him(clause)


def is_about_him(clause: str) -> bool:
    """Say whether the subject of a clause is a person named earlier: 夺冠后她深情."""
    return _HE.match(clause) is not None


def last_clause(text: str) -> str:
    """Return what stands after the last comma or stop."""
    return _CLAUSES.split(text)[-1]


def _in_clause(clause: str, cast: Cast) -> Speaker | None:
    lead = _LEAD.match(clause)
    start = lead.end() if lead else 0
    for place, name in _candidates(clause, start, cast):
        rest = clause[place + len(name) :]
        title = TITLE.match(rest)
        sure = _is_sure(name, rest, cast) or (title and names.chinese_name(name, len(name)))
        if not sure and not AFTER_NAME.match(rest[title.end() :] if title else rest):
            continue
        if name not in cast.names and is_no_name(clause, place, name):
            continue
        if title and len(name) == 1:
            return Speaker(name + title.group())
        return Speaker(name, _role(clause[start:place]) or (title.group() if title else None))
    return _without_name(clause[start:], cast)


def _is_sure(name: str, rest: str, cast: Cast) -> bool:
    """Say whether a name is one of the article's, and not the start of a longer foreign one."""
    longer = names.foreign_name(name) and names.foreign_name(rest[:1] * 2)
    return name in cast.names and not longer


def _candidates(clause: str, start: int, cast: Cast) -> Iterator[tuple[int, str]]:
    """Yield where a name may stand: at the start, and after each office."""
    last = min(len(clause), start + _LONGEST_ROLE)
    offices = [p for p in range(start + 1, last) if OFFICE_BEFORE.search(clause[start:p])]
    for place in (start, *offices):
        found = list(names_at(clause, place, cast.names))
        # 刘结一表示: who fills the clause to its end comes before 刘结.
        for name in sorted(found, key=lambda n: "·" in n or place + len(n) != len(clause)):
            yield place, name
        if place > start and (name := unusual_name(clause, place)):
            yield place, name


def _role(text: str) -> str | None:
    """Return what a person is called before the name, without the words that only lead there."""
    return _NOT_ROLE.split(text)[-1].strip("、，：— ") or None


def _without_name(clause: str, cast: Cast) -> Speaker | None:
    """Find a person who is called by an office alone: 总书记, 公安部有关负责人."""
    for role, held in cast.roles.items():
        if len(held) == 1 and clause.startswith(role):
            return Speaker(None, role)
    for end in range(min(len(clause), _LONGEST_ROLE), 1, -1):
        if _PERSON.search(clause[:end]) and AFTER_NAME.match(clause[end:]):
            return Speaker(None, _role(clause[:end]))
    return None
