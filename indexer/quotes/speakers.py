"""Find who a clause is about: 财务经理徐凯回忆 is 徐凯, the 财务经理."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.quotes import lexicon, names

_OFFICE = re.compile(f"(?:{lexicon.OFFICES})$")
_TITLE = re.compile(lexicon.TITLES)
_PERSON_ROLE = re.compile(
    f"(?:{lexicon.OFFICES}|有关方面|者|客商|朋友|大家|人们|老人|女孩|男孩|小伙|姑娘|奶奶|爷爷)(?:们)?$"
)
# What may stand between a name and its verb.
_AFTER_NAME = re.compile(
    r"[在向对就于日今昨近当随还也又则都曾再常笑深激动首接面看谈说指强表介回感坦写认称提告讲叮寄补透直呼"
    r"解反追问喊答道宣勉希要赞呼承相总同与和及给从为如是叫便却就已仍便主一多特明高察听考走来会见出主应抵前访致参作始先亲赴发到已自率乘携并]|\d|$|[，：:、。；（(]"
)
# Any name right after an office: 俄罗斯总统普京强调.
_UNUSUAL = re.compile(
    r"[^\W\d_在对向表强说指称的和与及等是将会同为于也都就从们国团队室处当还此前后纷发长部界接见亲切会警告消息，：。“”《》、a-zA-Z·]{2,5}"
)
_UNUSUAL_INTRODUCED = re.compile(
    _UNUSUAL.pattern
    + r"?(?=\d|表示|强调|指出|说(?!明)|称|在|当地时间|当天|此前|还|今天|昨天|近日|日前|同|会见"
    r"|致辞|发表)"
)
_TIME = re.compile(
    r"^(?:另?据|当地时间|北京时间|今天|昨天|当天|当日|日前|近日|随后|此前|此后|同时|其中|对此|目前|去年|今年|明年"
    r"|上午|下午|晚上|早上|当晚|今晚|如今|后来|最后|首先|但是?|而且?|并且?|同日|\d{1,4}[年月日](?:电)?|和|与(?!会)|还有|正?是|当"
    r"|[—－-]+|[（(][^（）()]*[）)]|不久前|多年来|一直以来|长期以来|事后|会上|会后|来自|在[^，]{1,12}?[上中时里后下内]|\s)+"
)
_SPELLED = re.compile(
    f"[{''.join(sorted(lexicon.TRANSLITERATION))}]{{2,8}}?"
    f"(?=多次|明确|特别|[^{''.join(sorted(lexicon.TRANSLITERATION))}·]|$)"
)
_LIGHT = re.compile(
    r"^[^，]{0,30}(?:时|后|中|上|前|讲话|致辞|论述|演讲|批示|指示|信|采访|会议|日|，)$"
)
_HE = re.compile(r"^[^他她]{0,8}[他她](?!们)[^他她]{0,14}$")
_BRACKETS = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_CLAUSES = re.compile(r"[，；：。！？!?;:]|(?<=[”」])(?=[，。])")
_PRONOUN = re.compile(
    r"^(?:他|她|同时|还|并|也|又|接着|随后|而|从|再?到|此外|提出|要求|强调|叮嘱|指出|多次|[，、\s])*$"
)
_NOT_ROLE = re.compile(r"[的了把被将让使为]|以及|[“”「」《》]")


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
            for role, name in _introduced(_BRACKETS.sub("", text)):
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
        if name and (title := _TITLE.search(name)) and title.start() == 1:
            held = {known for known in self.names if known[0] == name[0]}
            if len(held) == 1 and title.end() == len(name):
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

    None where it names nobody. The text has no brackets. ``near`` looks past such clauses alone
    as say when or where, for a verb that may be a noun (听取介绍，).
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
    return _PRONOUN.match(clause) is not None or is_about_him(clause)


def is_about_him(clause: str) -> bool:
    """Say whether the subject of a clause is a person named earlier: 夺冠后她深情."""
    return _HE.match(clause) is not None


def last_clause(text: str) -> str:
    """Return what stands after the last comma or stop."""
    return _CLAUSES.split(text)[-1]


def _in_clause(clause: str, cast: Cast) -> Speaker | None:
    lead = _TIME.match(clause)
    start = lead.end() if lead else 0
    for position, name in _candidates(clause, start, cast):
        before = clause[start:position]
        if before and not _OFFICE.search(before) and not before.endswith("岁的"):
            continue
        rest = clause[position + len(name) :]
        title = _TITLE.match(rest)
        known = _is_sure(name, rest, cast) or (title and names.chinese_name(name, len(name)))
        if not known and not _AFTER_NAME.match(rest[title.end() :] if title else rest):
            continue
        if name not in cast.names and _is_no_name(clause, position, name):
            continue
        if title and len(name) == 1:
            return Speaker(name + title.group())
        return Speaker(name, _role(before) or (title.group() if title else None))
    return _role_only(clause[start:], cast)


def _is_sure(name: str, rest: str, cast: Cast) -> bool:
    """Say whether a name is one of the article's, and not the start of a longer foreign one."""
    return name in cast.names and not (
        names.foreign_name(name) and names.foreign_name(rest[:1] * 2)
    )


def _is_piece_of_prose(name: str) -> bool:
    """Say whether a long unusual name has words in it: 署名文章."""
    if len(name) < 4 or names.foreign_name(name):
        return False
    return any(names.is_word(name[n : n + 2]) for n in range(len(name) - 1))


def _is_no_name(clause: str, position: int, name: str) -> bool:
    return names.is_word(name) or names.is_cut_from_a_word(clause, position, len(name))


def _candidates(clause: str, start: int, cast: Cast) -> Iterator[tuple[int, str]]:
    """Yield where a name may stand: at the start, and after each office."""
    places = [start]
    for length in range(1, min(len(clause) - start, 40)):
        place = start + length
        beside = clause[max(start, place - 8) : place]
        if _OFFICE.search(beside) or beside.endswith("岁的"):
            places.append(place)
    for place in places:
        found = list(_names_at(clause, place, cast))
        # 刘结一表示: who fills the clause to its end comes before 刘结.
        for name in sorted(found, key=lambda n: "·" in n or place + len(n) != len(clause)):
            yield place, name
        unusual = _UNUSUAL.fullmatch(clause, place) if place > start else None
        if unusual and not _is_piece_of_prose(unusual.group()):
            yield place, unusual.group()


def _names_at(clause: str, place: int, cast: Cast) -> Iterator[str]:
    tail = clause[place:]
    known = [name for name in cast.names if tail.startswith(name)]
    yield from sorted(known, key=len, reverse=True)
    foreign = re.match(r"[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}", tail)
    if foreign and names.foreign_name(foreign.group().split("·")[0] * 2):
        yield from _cut(foreign.group(), len(foreign.group()) - len(foreign.group().split("·")[-1]))
    spelled = _SPELLED.match(tail)
    if spelled and len(spelled.group()) > 3 and names.foreign_name(spelled.group()):
        yield spelled.group()
    for length in (2, 3, 4):
        if names.chinese_name(tail, length):
            yield tail[:length]
    if names.chinese_name(tail + "一", 2) and (title := _TITLE.match(tail, 1)) and title.end() > 1:
        yield tail[0]
    if spelled and names.foreign_name(spelled.group()):
        yield spelled.group()


def _cut(name: str, least: int) -> Iterator[str]:
    """Yield a dotted name and its shorter forms, for what follows has no space before it."""
    letters = [
        end
        for end in range(least + 1, len(name) + 1)
        if all(character in lexicon.TRANSLITERATION for character in name[least:end])
    ]
    if letters:
        yield name[: letters[-1]]
    yield name


def _role(text: str) -> str | None:
    """Return what a person is called before the name, without the words that only lead there."""
    role = _NOT_ROLE.split(text)[-1].strip("、，：— ")
    return role or None


def _role_only(clause: str, cast: Cast) -> Speaker | None:
    for role, held in cast.roles.items():
        if len(held) == 1 and clause.startswith(role):
            return Speaker(None, role)
    for end in range(min(len(clause), 30), 1, -1):
        head = clause[:end]
        if _PERSON_ROLE.search(head) and _AFTER_NAME.match(clause[end:]):
            return Speaker(None, _role(head))
    return None


def _introduced(text: str) -> Iterator[tuple[str, str]]:
    """Yield role and name where an office stands right before or after a name."""
    for office in re.finditer(lexicon.OFFICES, text):
        for name in _names_at(text[office.end() : office.end() + 16], 0, Cast()):
            rest = text[office.end() + len(name) :]
            no_name = len(name) < 2 or _is_no_name(text, office.end(), name)
            if _AFTER_NAME.match(rest) and not no_name:
                yield office.group(), name
                break
        else:
            unusual = _UNUSUAL_INTRODUCED.match(text, office.end())
            name = unusual.group() if unusual else ""
            if name and not (_is_no_name(text, office.end(), name) or _is_piece_of_prose(name)):
                yield office.group(), name
    for title in _TITLE.finditer(text):
        for length in (3, 2):
            name = text[max(0, title.start() - length) : title.start()]
            if names.chinese_name(name, length) and not names.is_word(name):
                yield title.group(), name
                break
