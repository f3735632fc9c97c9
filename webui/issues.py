"""The ways to browse: newspapers, a calendar, the issues, and an issue's table of contents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest

from indexer.views import IssueSummary, IssueView, PublicationSummary
from webui import parameters
from webui.charts import MonthSheet, YearStrip, month_sheets, year_strips
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("issues", __name__)

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Show an issue as a table of contents."""

    issue: IssueView


@dataclass(frozen=True, slots=True)
class IssuesPage:
    """Show issues, newest first; ``date`` is the year, month or day they are limited to."""

    publication: str | None
    date: str | None
    issues: list[IssueSummary]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PublicationsPage:
    """Show every newspaper in the archive."""

    publications: list[PublicationSummary]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Show on which days the archive has articles: every year, or one year day by day."""

    publication: str | None
    publications: list[str]
    year: int | None
    years: list[YearStrip]
    months: list[MonthSheet]
    issues: dict[str, str]  # the key of the issue of each day of the year that has just one


@twin(blueprint, "/i/<key>", "issue.html")
def issue(key: str) -> IssuePage:
    return IssuePage(archive().issue(key))


@twin(blueprint, "/publications", "publications.html")
def publications() -> PublicationsPage:
    return PublicationsPage(archive().publications())


@twin(
    blueprint,
    "/issues",
    "issues.html",
    query=[
        parameters.PUBLICATION,
        parameters.described("date", "A year, month or day.", pattern=parameters.DATE_PATTERN),
        parameters.PAGE,
    ],
)
def issues() -> IssuesPage:
    publication = parameters.text("publication", parameters.MAX_NAME) or None
    date = parameters.date("date")
    page = parameters.number("page", 1, 1_000)
    found = archive().issues(publication, date[:4] if date else None)
    if date:
        found = [issue for issue in found if (issue.date or "").startswith(date)]
    start = (page - 1) * PER_PAGE
    pages = -(-len(found) // PER_PAGE) or 1
    return IssuesPage(publication, date, found[start : start + PER_PAGE], len(found), page, pages)


@twin(
    blueprint,
    "/calendar",
    "calendar.html",
    query=[
        parameters.PUBLICATION,
        parameters.described("year", "The year to show day by day.", pattern="^[1-9][0-9]{3}$"),
    ],
)
def calendar() -> CalendarPage:
    publication = parameters.text("publication", parameters.MAX_NAME) or None
    opened = archive()
    days = opened.calendar(publication)
    years = year_strips(days)
    year = _year(years)
    return CalendarPage(
        publication=publication,
        publications=[paper.name for paper in opened.publications() if paper.name],
        year=year,
        years=years,
        months=month_sheets(days, year) if year else [],
        issues=_single(opened.issues(publication, f"{year:04}")) if year else {},
    )


def _single(issues: list[IssueSummary]) -> dict[str, str]:
    """Return the key of the issue by date, for dates with just one."""
    dates = Counter(issue.date for issue in issues)
    return {issue.date: issue.key for issue in issues if issue.date and dates[issue.date] == 1}


def _year(years: list[YearStrip]) -> int | None:
    """Return the year asked for, else the newest with articles, else None."""
    given = request.args.get("year", "")
    if not given:
        return years[0].year if years else None
    if len(given) == 4 and given.isascii() and given.isdigit() and given != "0000":
        return int(given)
    raise BadRequest(f"“year” is four digits such as 2024; not “{given[:40]}”.")
