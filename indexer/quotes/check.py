"""Check quotes against the archive: are these the paper's words, and where do they stand?"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from indexer import fold
from indexer.quotes.haystack import Haystack, Passage

_NEAR = 0.65  # of the characters, both ways
_SHINGLES = 24
_SHINGLE = {True: 4, False: 12}  # characters, Chinese and other
_MARKS = "“”‘’「」『』\"' \t\r\n　"
_HAN = re.compile(r"[㐀-鿿]")
_MOST_PLACES = 5


class Finding(StrEnum):
    """Say how a quote stands to what the archive holds, the best first."""

    VERBATIM = "verbatim"
    PUNCTUATION = "punctuation"  # the same but for punctuation, spaces or script
    NEAR = "near"
    MACHINE = "machine"  # only in a machine translation: nobody's words
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Part:
    """Hold a stretch of quote and source: the same where both are equal, else the difference."""

    quote: str
    source: str

    @property
    def same(self) -> bool:
        """Say whether quote and source agree here, but for punctuation and script."""
        return fold.key(self.quote) == fold.key(self.source)


@dataclass(frozen=True, slots=True)
class Match:
    """Show where a quote stands: paragraph row ids, the source's words, and how alike (0 to 1)."""

    paragraph_ids: tuple[int, ...]
    article_key: str
    anchor: int
    headline: str
    publication: str | None
    date: str | None
    text: str
    similarity: float
    parts: tuple[Part, ...]
    translator: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold the finding on one quote, with the places that it rests on, best first, five at most."""

    quote: str
    finding: Finding
    matches: tuple[Match, ...] = ()


def check(connection: sqlite3.Connection, quotes: Iterable[str]) -> list[Verdict]:
    """Return a verdict on each quote, Chinese or English, in the order given.

    Chinese is checked against the paper's own words; English against what people wrote as its
    translation, then against machine translations, which nobody should quote.
    """
    return list(Checker(connection).check(quotes))


class Checker:
    """Check quotes against one state of an archive; the texts are read when first needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._haystacks: dict[str, Haystack] = {}

    def check(self, quotes: Iterable[str]) -> Iterator[Verdict]:
        """Yield a verdict on each quote."""
        for quote in quotes:
            yield self._verdict(quote)

    def _verdict(self, quote: str) -> Verdict:
        if not fold.key(quote):
            return Verdict(quote, Finding.NOT_FOUND)
        if len(_HAN.findall(quote)) * 3 >= len(fold.key(quote)):
            return _find(quote, self._haystack("chinese"))
        by_person = _find(quote, self._haystack("people"))
        if by_person.finding in (Finding.VERBATIM, Finding.PUNCTUATION):
            return by_person
        machine = _find(quote, self._haystack("machine"))
        if machine.finding is not Finding.NOT_FOUND and _best(machine) >= _best(by_person):
            return replace(machine, finding=Finding.MACHINE)
        return by_person

    def _haystack(self, name: str) -> Haystack:
        if name not in self._haystacks:
            self._haystacks[name] = getattr(Haystack, name)(self._connection)
        return self._haystacks[name]


def _best(verdict: Verdict) -> float:
    return verdict.matches[0].similarity if verdict.matches else 0.0


def _find(quote: str, haystack: Haystack) -> Verdict:
    wanted = fold.key(quote)
    exact = [
        haystack.passage(place, place + len(wanted))
        for place in haystack.places(wanted, _MOST_PLACES)
    ]
    if exact:
        words = quote.strip(_MARKS)
        literal = [passage for passage in exact if words in passage.around]
        finding = Finding.VERBATIM if literal else Finding.PUNCTUATION
        return Verdict(
            quote, finding, tuple(_match(quote, p, literal=bool(literal)) for p in literal or exact)
        )
    near = [_match(quote, passage) for passage in _candidates(wanted, haystack)]
    alike = sorted((m for m in near if m.similarity >= _NEAR), key=lambda m: -m.similarity)
    return Verdict(quote, Finding.NEAR if alike else Finding.NOT_FOUND, tuple(alike[:_MOST_PLACES]))


def _candidates(wanted: str, haystack: Haystack) -> Iterator[Passage]:
    """Yield the passages that share most shingles with a quote, each cut to what is alike."""
    size = _SHINGLE[bool(_HAN.search(wanted))]
    last = max(1, len(wanted) - size + 1)
    step = max(1, last // _SHINGLES)
    width = max(len(wanted) // 2, size)
    # Hits of one passage lie on nearly one diagonal: place in the text less place in the quote.
    diagonals: Counter[int] = Counter()
    for start in range(0, last, step):
        for place in haystack.places(wanted[start : start + size], 200):
            diagonals[(place - start) // width] += 1
    seen: set[int] = set()
    for diagonal, _ in diagonals.most_common(2 * _MOST_PLACES):
        if diagonal in seen:
            continue
        seen |= {diagonal - 1, diagonal, diagonal + 1}
        begin = (diagonal - 1) * width
        end = (diagonal + 2) * width + len(wanted)
        if cut := _cut(wanted, haystack, *haystack.within_article(begin, end)):
            yield haystack.passage(*cut)


def _cut(wanted: str, haystack: Haystack, begin: int, end: int) -> tuple[int, int] | None:
    """Return the stretch of a passage that the quote is about; None where nothing is alike."""
    blocks = _blocks(wanted, haystack.folded[begin:end])
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    # What the quote has before its first and after its last equal word was something else there.
    start = max(begin, begin + first[1] - first[0])
    stop = min(end, begin + last[1] + last[2] + (len(wanted) - last[0] - last[2]))
    return start, stop


def _blocks(left: str, right: str) -> list[tuple[int, int, int]]:
    """Return equal stretches (place left, place right, length), stray single characters dropped."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    blocks = [tuple(block) for block in matcher.get_matching_blocks() if block.size]
    most = max((size for _, _, size in blocks), default=0)
    while len(blocks) > 1 and blocks[0][2] == 1 < most and blocks[1][1] - blocks[0][1] > 3:
        blocks.pop(0)
    while (
        len(blocks) > 1
        and blocks[-1][2] == 1 < most
        and (blocks[-1][1] - blocks[-2][1] - blocks[-2][2] > 3)
    ):
        blocks.pop()
    return [(a, b, size) for a, b, size in blocks]


def _match(quote: str, passage: Passage, *, literal: bool = False) -> Match:
    text = quote.strip(_MARKS) if literal else passage.text
    parts, same = compare(quote.strip(_MARKS), text)
    length = len(fold.key(quote)) + len(fold.key(text))
    return Match(
        paragraph_ids=passage.paragraph_ids,
        article_key=passage.article_key,
        anchor=passage.anchor,
        headline=passage.headline,
        publication=passage.publication,
        date=passage.date,
        text=text,
        similarity=2 * same / length if length else 0.0,
        parts=parts,
        translator=passage.translator,
    )


def compare(quote: str, source: str) -> tuple[tuple[Part, ...], int]:
    """Return where quote and source agree and differ, and how many folded characters agree.

    The parts' quotes joined are ``quote``, their sources joined ``source``.
    """
    left, left_map = fold.fold_map(quote)
    right, right_map = fold.fold_map(source)
    left_map, right_map = [*left_map, len(quote)], [*right_map, len(source)]
    parts: list[Part] = []
    at_left = at_right = same = 0
    for a, b, size in [*_all_blocks(left, right), (len(left), len(right), 0)]:
        if a > at_left or b > at_right:
            parts.append(_part(quote, source, left_map, right_map, at_left, a, at_right, b))
        if size:
            part = _part(quote, source, left_map, right_map, a, a + size, b, b + size)
            parts.append(part)
            same += size
        at_left, at_right = a + size, b + size
    return tuple(parts), same


def _all_blocks(left: str, right: str) -> Sequence[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(b.a, b.b, b.size) for b in matcher.get_matching_blocks() if b.size]


def _part(
    quote: str, source: str, left: list[int], right: list[int], a: int, b: int, c: int, d: int
) -> Part:
    """Cut a part at folded offsets; what folding drops goes with the character before it."""
    return Part(
        quote[left[a] if a else 0 : left[b]] if b > a else "",
        source[right[c] if c else 0 : right[d]] if d > c else "",
    )
