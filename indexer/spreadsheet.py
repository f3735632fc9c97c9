"""CSV that a spreadsheet opens rightly: Chinese stays Chinese, and no text runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

MARK = "\ufeff"
"""What a file begins with; without it a spreadsheet takes Chinese for Latin."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(values: Iterable[object]) -> str:
    """Return one line of a table, with its end."""
    text = io.StringIO()
    csv.writer(text).writerow([_harmless(value) for value in values])
    return text.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
