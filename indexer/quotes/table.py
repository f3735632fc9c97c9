"""Verdicts on quotes as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable

from indexer import spreadsheet
from indexer.quotes.check import Verdict

COLUMNS = (
    "quote", "finding", "source", "similarity", "headline", "publication", "date", "translator",
    "permalink",
)  # fmt: skip


def as_csv(verdicts: Iterable[Verdict], site: str = "") -> str:
    """Return a line for each quote with its best place; permalinks begin with ``site``."""
    lines = [spreadsheet.line(_values(verdict, site)) for verdict in verdicts]
    return "".join([spreadsheet.MARK, spreadsheet.line(COLUMNS), *lines])


def _values(verdict: Verdict, site: str) -> list[object]:
    known: list[object] = [verdict.quote, verdict.finding.value]
    for match in verdict.matches[:1]:
        known += [match.text, round(match.similarity, 3), match.headline, match.publication or ""]
        known += [match.date or "", match.translator or ""]
        known += [f"{site}/a/{match.article_key}#p{match.anchor}"]
    return known + [""] * (len(COLUMNS) - len(known))
