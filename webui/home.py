"""The front page: what the archive holds, and two searches to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from indexer.views import IssueSummary, Status
from webui import examples
from webui.charts import YearStrip, year_strips
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("home", __name__)

LATEST = 8


@dataclass(frozen=True, slots=True)
class HomePage:
    """Show the archive at a glance: counts, latest issues, coverage by year and month."""

    status: Status
    latest: list[IssueSummary]
    coverage: list[YearStrip]
    examples: list[str]


@twin(blueprint, "/", "home.html")
def home() -> HomePage:
    opened = archive()
    return HomePage(
        status=opened.status(),
        latest=opened.latest(LATEST),
        coverage=year_strips(opened.calendar()),
        examples=examples.examples(opened),
    )
