"""Find what people are reported to say, without marks: 王毅表示，…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.quotes.marks import marked
from indexer.quotes.model import Quotation
from indexer.quotes.places import STOP
from indexer.quotes.speakers import (
    Cast,
    Speaker,
    is_continuation,
    last_clause,
    plain,
    subject,
)
from indexer.quotes.verbs import REPORT, SAY

_LEAST = 8  # characters

Spans = list[tuple[int, int]]


def reported(paragraphs: Sequence[str], cast: Cast) -> Iterator[Quotation]:
    """Yield from each sentence with a person and a verb of saying what comes after the verb."""
    inside = _inside_marks(paragraphs)
    for index, text in enumerate(paragraphs):
        speaker: Speaker | None = None
        begin = 0
        while begin < len(text):
            stop = _sentence_end(text, begin, inside[index])
            if found := _report(text, begin, stop, cast, speaker, inside[index]):
                start, end, verb, speaker = found
                yield Quotation(
                    paragraph_index=index,
                    start=start,
                    end=end,
                    text=text[start:end],
                    speaker=speaker.name,
                    role=speaker.role,
                    verb=verb,
                    kind="reported",
                )
            begin = stop


def _report(
    text: str, begin: int, stop: int, cast: Cast, before: Speaker | None, inside: Spans
) -> tuple[int, int, str, Speaker] | None:
    """Return start, end, verb and speaker of one sentence's report; 他 is who spoke before."""
    for match in REPORT.finditer(text, begin, stop):
        if any(start <= match.start() < end for start, end in inside):
            continue
        head = plain(text[begin : match.start()])
        verb = match.group().rstrip("，：")
        if verb == "介绍" and "听" in last_clause(head):  # 听取…介绍，
            continue
        speaker = subject(head, cast, near=True)
        if speaker is None and head.startswith(("他", "她")) and is_continuation(head.rstrip("，")):
            speaker = before
        if speaker and stop - match.end() >= _LEAST:
            return match.end(), _end(text, match.end(), stop), verb, speaker
    return None


def _end(text: str, start: int, stop: int) -> int:
    """End at a semicolon where somebody speaks again after it, else with the sentence."""
    semicolon = text.find("；", start, stop)
    if semicolon >= 0 and SAY.search(text, semicolon, stop):
        return semicolon + 1
    return stop


def _sentence_end(text: str, begin: int, inside: Spans) -> int:
    for stop in STOP.finditer(text, begin):
        if not any(start <= stop.start() < end - 1 for start, end in inside):
            return stop.end()
    return len(text)


def _inside_marks(paragraphs: Sequence[str]) -> list[Spans]:
    spans: list[Spans] = [[] for _ in paragraphs]
    for mark in marked(paragraphs):
        for index, start, end in mark.pieces:
            spans[index].append((start, end))
    return spans
