"""Words in context: every occurrence on a line of its own, sorted by what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from flask import Blueprint

from indexer.search import By, Concordance, Line
from webui import parameters
from webui.parameters import described
from webui.searching import QUERY, Asked, asked_for
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("contexts", __name__)

LINES = 100
BY: tuple[By, ...] = ("right", "left", "match", "date")


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """Show the occurrences of what was asked for; ``read`` of the ``paragraphs`` were looked at."""

    asked: Asked
    by: By
    lines: tuple[Line, ...]
    total: int
    paragraphs: int
    read: int
    problems: tuple[str, ...]
    page: int
    pages: int


@twin(
    blueprint,
    "/concordance",
    "concordance.html",
    query=[
        *(parameter for parameter in QUERY if parameter["name"] not in ("sort", "mode", "size")),
        described("by", "What the lines are sorted by.", enum=get_args(By), default=BY[0]),
    ],
)
def concordance() -> ConcordancePage:
    asked, by = asked_for(sort="relevance"), parameters.choice("by", BY)
    found = Concordance((), 0, 0)
    if asked.q:
        filters = asked.filters
        found = archive().concordance(asked.q, by=by, language=filters.language, filters=filters)
    start, total = (asked.page - 1) * LINES, len(found.lines)
    return ConcordancePage(
        asked=asked,
        by=by,
        lines=found.lines[start : start + LINES],
        total=total,
        paragraphs=found.paragraphs,
        read=found.read,
        problems=found.problems,
        page=asked.page,
        pages=-(-total // LINES),
    )
