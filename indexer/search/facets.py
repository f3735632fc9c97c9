"""Exact counts of what was found: by publication, section, kind, engine, flag and time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.index import Reader
from indexer.index.arrays import Array
from indexer.search.results import Count, Facets, Period

MOST_PERIODS = 40


def facets(reader: Reader, mask: Array) -> Facets:
    """Count the documents of a mask."""
    days = reader.days[mask]
    known = days[days > 0]
    return Facets(
        publication=_values(reader, "publication", mask),
        section=_values(reader, "section", mask),
        kind=_values(reader, "kind", mask),
        engine=_values(reader, "engine", mask),
        flag=_values(reader, "flag", mask),
        periods=periods(known),
        undated=len(days) - len(known),
    )


def periods(days: Array, counts: Array | None = None) -> tuple[Period, ...]:
    """Count days (yyyymmdd) by month, or where that is too many bars, by year, decade, century.

    ``counts`` says how often there is each, once when it is None.

    Every period between the first and the last has a bar. Days of which only the year is known
    need years at least.
    """
    if not len(days):
        return ()
    years = days // 10000
    if not (days % 10000 == 0).any():
        months = years * 12 + days // 100 % 100 - 1
        if np.ptp(months) < MOST_PERIODS:
            return _bars(months, counts, lambda month: f"{month // 12:04}-{month % 12 + 1:02}")
    for size in (1, 10, 100, 1000):
        if np.ptp(years // size) < MOST_PERIODS:
            break
    return _bars(years // size, counts, lambda step: _years(step * size, size))


def _years(first: int, size: int) -> str:
    return f"{first:04}" if size == 1 else f"{first:04}..{first + size - 1:04}"


def _bars(steps: Array, counts: Array | None, label: Callable[[int], str]) -> tuple[Period, ...]:
    first = int(steps.min())
    sums = np.bincount(steps - first, counts)
    return tuple(Period(label(first + step), int(n)) for step, n in enumerate(sums))


def _values(reader: Reader, field: str, mask: Array) -> tuple[Count, ...]:
    counts = [(int(mask[docs].sum()), value) for value, docs in reader.values(field).items()]
    return tuple(Count(value, n) for n, value in sorted(counts, key=lambda c: (-c[0], c[1])) if n)
