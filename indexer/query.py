"""What a person types, understood: the query language and its parser, which never refuses.

::

    pork price           both words, in any form, anywhere in the paragraph
    "pork price"         these words, side by side
    "pork price"~5       these words, in any order, at most 5 words apart
    无感审批              the text as it stands, Traditional or Simplified; quotes are not needed
    -word, NOT word      not this
    a OR b, (a b) OR c   either
    govern*  govrnment~  words that begin so; words spelt about so (~2: more freely)
    title:  byline:  speaker:  publication:  section:  kind:  engine:  flag:
    date:2024-05  date:2024-05..2024-07  after:2024-05-17  before:2025

``AND``, ``OR`` and ``NOT`` are operators in capitals only. Quotes, brackets and ``-`` are operators
at the start of a word only, so a text with such signs inside can be pasted as it is. What cannot
be meant is taken as words, and ``Query.problems`` says so in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from indexer import fold

FIELDS: Final = {
    "title": "title",
    "headline": "title",
    "byline": "byline",
    "speaker": "speaker",
    "publication": "publication",
    "section": "section",
    "kind": "kind",
    "engine": "engine",
    "flag": "flag",
}
DATES: Final = ("date", "after", "before")
LONGEST: Final = 2000
"""Characters of a query that are read."""
_DEEPEST = 40
_MOST_WORDS = 200
_CHINESE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_DATE = re.compile(r"(\d{4})(?:[-/.]?(\d{1,2}))?(?:[-/.]?(\d{1,2}))?")
_NUMBER = re.compile(r"\d[\d,.]*")
_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion|percent|%)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """Look for a text: a word, a phrase, or a piece of Chinese.

    ``exact`` words are found as they stand, else in any form. ``within`` is the number of words
    that may stand between, for proximity; ``edits`` the number of wrong letters.
    """

    text: str
    exact: bool = False
    prefix: bool = False
    edits: int = 0
    within: int | None = None

    @property
    def is_chinese(self) -> bool:
        """Tell whether this is found as a piece of text alone, never as words."""
        return _CHINESE.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class In:
    """Look for a text in one of ``FIELDS``."""

    field: str
    text: Text


@dataclass(frozen=True, slots=True)
class Dates:
    """Keep dates from ``first`` to ``last``, each yyyymmdd and inclusive."""

    first: int = 0
    last: int = 99999999


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


Node = Text | In | Dates | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """Hold a parsed query; ``root`` is None when nothing in it can be looked for."""

    text: str
    root: Node | None
    problems: tuple[str, ...] = ()

    def texts(self) -> Iterator[Text]:
        """Give every text that results may show as found, those under NOT and in fields not."""
        if self.root is not None:
            yield from _texts(self.root)


def parse(text: str) -> Query:
    """Parse what was typed; whatever it is, this returns."""
    parser = _Parser(text)
    root = parser.parse()
    if root is None and text.strip():
        parser.problem("There is nothing to look for but signs: type a word in either language.")
    return Query(text, root, tuple(dict.fromkeys(parser.problems)))


def date_range(text: str) -> Dates | None:
    """Return the days of ``2024``, ``2024-05``, ``2024-05-17`` or a range ``A..B``, else None."""
    first, dots, last = text.partition("..")
    begin, end = _days(first), _days(last if dots else first)
    if (first and not begin) or ((last or not dots) and not end) or not (begin or end):
        return None
    return Dates(begin[0] if begin else 0, end[1] if end else 99999999)


def _days(text: str) -> tuple[int, int] | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
        return None
    base = (year or 0) * 10000
    return base + (month or 1) * 100 + (day or 1), base + (month or 12) * 100 + (day or 31)


def _texts(node: Node) -> Iterator[Text]:
    match node:
        case Text():
            yield node
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _texts(child)
        case _:
            return


@dataclass(slots=True)
class _Token:
    kind: str
    text: str = ""
    suffix: str = ""
    field: str = ""


_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "„": "“", "«": "»"}
_AFTER_QUOTE = re.compile(r"(?P<within>~\d{0,3})?[,.;:!?]*(?=[\s)]|$)")
_FIELD = re.compile(r"([A-Za-z]+):(?=\S)")
_WORD = re.compile(r"\S+")


class _Parser:
    """Parse by descent over the tokens, giving way where a person erred."""

    def __init__(self, text: str) -> None:
        self.problems: list[str] = []
        if len(text) > LONGEST:
            self.problem(f"The query is long: only its first {LONGEST} characters were read.")
        self._tokens = list(self._lexed(text[:LONGEST]))
        self._place = 0
        self._depth = 0

    def problem(self, sentence: str) -> None:
        self.problems.append(sentence)

    def parse(self) -> Node | None:
        nodes = []
        while self._peek() is not None:
            node = self._either()
            if node is not None:
                nodes.append(node)
            if (token := self._peek()) is not None and token.kind == ")":
                self.problem("A closing bracket has no opening one: it was left out.")
                self._place += 1
        return _and(nodes)

    # Words and signs

    def _lexed(self, text: str) -> Iterator[_Token]:
        place, depth, count = 0, 0, 0
        while (start := re.compile(r"\s*").match(text, place)) and start.end() < len(text):
            place = start.end()
            if count >= _MOST_WORDS:
                self.problem(f"The query has many words: only the first {_MOST_WORDS} were read.")
                return
            token, place, depth = self._next(text, place, depth)
            count += 1
            yield token

    def _next(self, text: str, place: int, depth: int) -> tuple[_Token, int, int]:
        sign = text[place]
        if sign == "(" and depth < _DEEPEST:
            return _Token("("), place + 1, depth + 1
        if sign == ")":
            return _Token(")"), place + 1, depth - 1
        if sign == "-" and re.match(r"-[^\s\-)]", text[place:]):
            return _Token("NOT"), place + 1, depth
        field = _FIELD.match(text, place)
        if field and (field[1].lower() in FIELDS or field[1].lower() in DATES):
            token, place, depth = self._value(text, field.end(), depth)
            token.field = field[1].lower()
            return token, place, depth
        if field and field[1].isalpha() and not text.startswith("//", field.end()):
            self.problem(
                f"There is no field “{field[1]}”: it was looked for as a word. "
                f"The fields are {', '.join(dict.fromkeys((*FIELDS.values(), *DATES)))}."
            )
        return self._text(text, place, depth)

    def _value(self, text: str, place: int, depth: int) -> tuple[_Token, int, int]:
        if text[place] == "(" and depth < _DEEPEST:
            return _Token("("), place + 1, depth + 1
        return self._text(text, place, depth)

    def _text(self, text: str, place: int, depth: int) -> tuple[_Token, int, int]:
        close = _QUOTES.get(text[place])
        end = text.find(close, place + 1) if close else -1
        if end > 0 and (after := _AFTER_QUOTE.match(text, end + 1)):
            return _Token("quote", text[place + 1 : end], after["within"] or ""), after.end(), depth
        if end < 0 and close == '"':
            self.problem("A quotation mark is not closed: all after it was taken as quoted.")
            return _Token("quote", text[place + 1 :]), len(text), depth
        match = _WORD.match(text, place)
        word = match[0] if match else text[place]
        # A bracket closes only what is open, so that 国内生产总值(GDP) can be pasted.
        while depth > 0 and word.endswith(")") and word.count(")") > word.count("("):
            word = word[:-1]
        if not word:
            return _Token(")"), place + 1, depth - 1
        end = place + len(word)
        if word in ("AND", "OR", "NOT"):
            return _Token(word), end, depth
        return _Token("word", word), end, depth

    # Grammar: either = all (OR all)*; all = one+; one = NOT one | ( either ) | text

    def _peek(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _accept(self, kind: str) -> bool:
        token = self._peek()
        if token is None or token.kind != kind:
            return False
        self._place += 1
        return True

    def _either(self) -> Node | None:
        nodes = [self._all()]
        while self._accept("OR"):
            nodes.append(self._all())
        found = [node for node in nodes if node is not None]
        if len(found) < len(nodes) and len(nodes) > 1:
            self.problem("OR stands between two words: one of them is missing.")
        return found[0] if len(found) == 1 else Or(tuple(found)) if found else None

    def _all(self) -> Node | None:
        nodes: list[Node] = []
        while (token := self._peek()) is not None and token.kind not in (")", "OR"):
            if self._accept("AND"):
                continue
            node = self._one()
            if node is not None:
                nodes.append(node)
        return _and(_with_numbers(nodes))

    def _one(self) -> Node | None:
        negated = False
        while self._accept("NOT"):
            negated = not negated
        node = self._positive()
        if negated and node is None:
            self.problem("NOT stands before a word: the word is missing.")
        return Not(node) if negated and node is not None else node

    def _positive(self) -> Node | None:
        token = self._peek()
        if token is None or token.kind in ("AND", "OR", ")"):
            return None
        self._place += 1
        if token.kind == "(":
            node = self._either()
            if not self._accept(")"):
                self.problem("A bracket is not closed: it was closed at the end.")
            return _in_field(node, token.field) if node is not None else None
        return self._leaf(token)

    def _leaf(self, token: _Token) -> Node | None:
        if token.field in DATES:
            return self._dates(token)
        text = self._text_of(token)
        if not fold.key(text.text):
            return None
        return In(FIELDS[token.field], text) if token.field else text

    def _text_of(self, token: _Token) -> Text:
        if token.kind == "quote":
            return Text(
                token.text, exact=True, within=int(token.suffix[1:] or 0) if token.suffix else None
            )
        word, edits, prefix = token.text, 0, False
        if suffix := re.search(r"~(\d?)$", word):
            word, edits = word[: suffix.start()], min(int(suffix[1] or 1), 2)
        elif word.endswith("*"):
            word, prefix = word.rstrip("*"), True
        text = Text(word, edits=edits, prefix=prefix)
        return Text(word) if text.is_chinese else text

    def _dates(self, token: _Token) -> Node | None:
        dates = date_range(token.text)
        if dates is None:
            self.problem(
                f"“{token.text}” is not a date: write 2024, 2024-05, 2024-05-17 or "
                "2024-05..2024-07. It was left out."
            )
            return None
        if token.field == "after":
            return Dates(first=dates.first)
        return Dates(last=dates.last) if token.field == "before" else dates


def _in_field(node: Node, field: str) -> Node:
    """Look for every text of a bracket in the field that stands before it."""
    match node:
        case Text() if field in FIELDS:
            return In(FIELDS[field], node)
        case Not(child):
            return Not(_in_field(child, field))
        case And(nodes):
            return And(tuple(_in_field(child, field) for child in nodes))
        case Or(nodes):
            return Or(tuple(_in_field(child, field) for child in nodes))
        case _:
            return node


def _and(nodes: list[Node]) -> Node | None:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes)) if nodes else None


def _with_numbers(nodes: list[Node]) -> list[Node]:
    """Join a number and the word that scales it: ``10.2 billion`` is one number."""
    result: list[Node] = []
    for node in nodes:
        before = result[-1] if result else None
        if (
            isinstance(node, Text)
            and isinstance(before, Text)
            and not (node.exact or before.exact)
            and _SCALE.fullmatch(node.text)
            and _NUMBER.match(before.text)
        ):
            result[-1] = replace(before, text=f"{before.text} {node.text}")
        else:
            result.append(node)
    return result
