"""Numbers made ready to be drawn: coverage by day and month, hits over time."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.search import Period

LEVELS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """Show one day or month: its ISO date, its count, and its shade from 0 (none) to 4."""

    date: str
    count: int
    level: int


@dataclass(frozen=True, slots=True)
class YearStrip:
    """Show the twelve months of one year."""

    year: int
    count: int
    months: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """Show one month in weeks from Monday to Sunday; None pads the first and the last week."""

    month: str
    count: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Show one bar of a histogram: from when to when, how many, and its height in percent."""

    first: str
    last: str
    count: int
    height: float


def level(count: int, most: int) -> int:
    """Return the shade of a count: 0 for none, else 1 to ``LEVELS`` by its share of ``most``."""
    return -(-count * LEVELS // most) if count else 0


def year_strips(days: Mapping[str, int]) -> list[YearStrip]:
    """Return the coverage of each year from the first to the last with articles, newest first."""
    months: Counter[str] = Counter()
    for day, count in days.items():
        months[day[:7]] += count
    if not months:
        return []
    most = max(months.values())
    strips = []
    for year in range(int(max(months)[:4]), int(min(months)[:4]) - 1, -1):
        names = [f"{year:04}-{month:02}" for month in range(1, 13)]
        cells = tuple(Cell(name, months[name], level(months[name], most)) for name in names)
        strips.append(YearStrip(year, sum(cell.count for cell in cells), cells))
    return strips


def month_sheets(days: Mapping[str, int], year: int) -> list[MonthSheet]:
    """Return the twelve months of ``year``, day by day."""
    most = max((count for day, count in days.items() if day[:4] == f"{year:04}"), default=1)
    return [_sheet(days, year, month, most) for month in range(1, 13)]


def _sheet(days: Mapping[str, int], year: int, month: int, most: int) -> MonthSheet:
    def cell(day: int) -> Cell | None:
        if not day:
            return None
        date = f"{year:04}-{month:02}-{day:02}"
        count = days.get(date, 0)
        return Cell(date, count, level(count, most))

    weeks = tuple(
        tuple(cell(day) for day in week)
        for week in calendar.Calendar().monthdayscalendar(year, month)
    )
    count = sum(cell.count for week in weeks for cell in week if cell)
    return MonthSheet(f"{year:04}-{month:02}", count, weeks)


def bars(periods: Sequence[Period]) -> list[Bar]:
    """Return hits over time, the highest bar at 100 %. A label is a date or ``first..last``."""
    top = max((period.count for period in periods), default=0)
    return [
        Bar(first, last or first, period.count, round(100 * period.count / top, 1))
        for period in periods
        for first, _, last in [period.label.partition("..")]
    ]
