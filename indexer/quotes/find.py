"""Find the quotations of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.quotes.direct import direct
from indexer.quotes.model import Quotation
from indexer.quotes.reported import reported
from indexer.quotes.script import simplified
from indexer.quotes.speakers import Cast


def quotations(paragraphs: Sequence[str]) -> list[Quotation]:
    """Return what people are quoted with in one article, in reading order.

    Direct speech stands in marks (“…”, 「…」) and is told from terms and titles (“无感审批”,
    “十四五”) by its verb, its place and its punctuation. Reported speech is 王毅表示，… with a
    person before the verb; only its first sentence is sure, so it ends there. Speaker, role and
    verb are in Simplified characters, so that one person is one speaker.
    """
    texts = [simplified(text) for text in paragraphs]
    cast = Cast.of(texts)
    found = list(direct(texts, cast))
    found += [
        report
        for report in reported(texts, cast)
        if not any(_is_most_of(speech, report) for speech in found)
    ]
    return [
        replace(q, text=paragraphs[q.paragraph_index][q.start : q.end])
        for q in sorted(found, key=lambda q: (q.paragraph_index, q.start, -q.end))
    ]


def _is_most_of(speech: Quotation, report: Quotation) -> bool:
    """Say whether reported words are direct speech in truth: 强调，要“…”。"""
    if speech.paragraph_index != report.paragraph_index:
        return False
    shared = min(speech.end, report.end) - max(speech.start, report.start)
    return speech.start - report.start <= 2 and shared > 0.3 * len(report.text)
