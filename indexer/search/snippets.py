"""Snippets with highlights: the piece of a text around what was found, cut between sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from indexer import fold, query
from indexer.index import words
from indexer.search.match import phrases
from indexer.search.nodes import joined_names, without_stop_words
from indexer.search.results import Mark, Snippet

ZH_LENGTH = 120
EN_LENGTH = 280
"""Characters of a snippet, about the same in print."""

_EVERYWHERE = frozenset({"zh", "chinese", "en", "correction"})
_ZH_SENTENCE = re.compile(r"[^。！？!?…；]*(?:[。！？!?…；]+[”」』’）)]*|$)")
_EN_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?=\S))*(?:[.!?]+[\"”’)]*\s*|$)")
_CLAUSE = re.compile(r"[，、：,:;—]|\s")


@dataclass(frozen=True, slots=True)
class Highlighter:
    """Find what the texts of a query look like in a paragraph.

    ``found_by`` has for each text the fields of the index that have it, so that only these are
    looked through.
    """

    found_by: Mapping[query.Text, AbstractSet[str]]

    def zh(self, text: str) -> list[Mark]:
        """Return the highlights of a Chinese text."""
        needles = {fold.key(wanted.text) for wanted in self._found_in("zh")}
        marks = [mark for needle in needles for mark in _in_chinese(text, needle)]
        for wanted in self._found_in("chinese"):
            marks += words.marks_of_chinese(text, _test(wanted))
        return _united(marks)

    def en(self, text: str) -> list[Mark]:
        """Return the highlights of an English text."""
        found = self._found_in("en", "correction")
        return _united([mark for wanted in found for mark in _in_english(text, wanted)])

    def _found_in(self, *fields: str) -> list[query.Text]:
        return [text for text, by in self.found_by.items() if not by.isdisjoint(fields)]


def highlighter(text: str) -> Highlighter:
    """Return what marks the texts of a query wherever they stand, without asking the index."""
    texts = without_stop_words(list(query.parse(text).texts()))
    names = (name for _, name in joined_names(texts))
    return Highlighter(
        {wanted: _EVERYWHERE for wanted in (*texts, *names) if isinstance(wanted, query.Text)}
    )


def snippet_zh(text: str, marks: Sequence[Mark]) -> Snippet:
    """Return the Chinese around its highlights."""
    return _snippet(text, marks, _ZH_SENTENCE, ZH_LENGTH)


def snippet_en(text: str, marks: Sequence[Mark]) -> Snippet:
    """Return the English around its highlights."""
    return _snippet(text, marks, _EN_SENTENCE, EN_LENGTH)


def _in_chinese(text: str, needle: str) -> Iterator[Mark]:
    folded, origin = fold.fold_map(text)
    place = folded.find(needle)
    while place >= 0:
        end = place + len(needle)
        yield origin[place], origin[end - 1] + 1
        place = folded.find(needle, end)


def _in_english(text: str, wanted: query.Text) -> Iterator[Mark]:
    sequence = () if wanted.is_chinese else words.analysed(wanted.text).sequence
    if len(sequence) > 1:
        places = words.places(text)
        for first, last in phrases([word for word, _, _ in places], sequence, wanted):
            yield places[first][1], places[last][2]
    if len(sequence) == 1 or (sequence and not wanted.exact):
        yield from words.marks(text, _test(wanted))


@lru_cache(100)
def _test(wanted: query.Text) -> Callable[[str], bool]:
    """Return the test whether a term is what was looked for; it remembers its answers."""
    word = words.joined(wanted.text)
    if wanted.prefix:
        return lambda term: term.startswith(word)
    if wanted.edits:
        return lru_cache(10_000)(
            lambda term: term[:1] == word[:1] and within(term, word, wanted.edits)
        )
    if wanted.exact:
        return word.__eq__
    stem = words.stem(word)
    return lambda term: words.stem(term) == stem


def within(one: str, other: str, edits: int) -> bool:
    """Tell whether two words differ by at most some insertions, deletions and replacements."""
    if abs(len(one) - len(other)) > edits:
        return False
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1] <= edits


def _united(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks in order, those that touch or overlap as one."""
    result: list[Mark] = []
    for start, end in sorted(marks):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _snippet(text: str, marks: Sequence[Mark], sentence: re.Pattern[str], length: int) -> Snippet:
    start, end = (0, len(text)) if len(text) <= length else _window(text, marks, sentence, length)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    held = tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start
    )
    return Snippet(text[start:end], held, start > 0, end < len(text))


def _window(
    text: str, marks: Sequence[Mark], sentence: re.Pattern[str], length: int
) -> tuple[int, int]:
    """Return whole sentences around the most highlights; of a long one, the part with them."""
    spans = [m.span() for m in sentence.finditer(text) if m.end() > m.start()]
    first, last = _most_marked(spans, marks, length)
    start, end = spans[first][0], spans[last][1]
    if end - start > length:
        return _clause(text, start, end, marks, length)
    grown = True
    while grown:
        grown = False
        if last + 1 < len(spans) and spans[last + 1][1] - start <= length:
            last, end, grown = last + 1, spans[last + 1][1], True
        if first > 0 and end - spans[first - 1][0] <= length:
            first, start, grown = first - 1, spans[first - 1][0], True
    return start, end


def _most_marked(
    spans: Sequence[tuple[int, int]], marks: Sequence[Mark], length: int
) -> tuple[int, int]:
    """Return the first and last of the fewest sentences with the most highlights that fit."""
    held = [sum(start <= mark < end for mark, _ in marks) for start, end in spans]
    best, most = (0, 0), (-1, 0)
    for first, (start, _) in enumerate(spans):
        count = 0
        for last in range(first, len(spans)):
            if last > first and spans[last][1] - start > length:
                break
            count += held[last]
            if (count, first - last) > most:
                best, most = (first, last), (count, first - last)
    return best


def _clause(text: str, start: int, end: int, marks: Sequence[Mark], length: int) -> tuple[int, int]:
    """Return part of a sentence that is too long, cut at commas and spaces, around a highlight."""
    inside = [mark for mark in marks if start <= mark[0] < end]
    place = inside[0][0] if inside else start
    begin = max(start, place - length // 4)
    if begin > start:
        cut = _CLAUSE.search(text, begin, place)
        begin = cut.end() if cut else begin
    stop = min(end, begin + length)
    if stop < end:
        safe = inside[0][1] if inside else begin
        cuts = [cut.end() for cut in _CLAUSE.finditer(text, min(safe, stop), stop)]
        stop = cuts[-1] if cuts else stop
    return begin, stop
