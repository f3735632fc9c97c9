"""Plain words for what the store keeps as codes."""

from __future__ import annotations

import calendar
import re

from indexer.model import Kind
from indexer.views import IssueSummary
from translations.quality import PLAIN_WORDS

KIND_WORDS: dict[str, str] = {
    "quote": "with a quotation",
    Kind.HEADLINE: "headline",
    Kind.SUBHEADLINE: "subheadline",
    Kind.BYLINE: "byline",
    Kind.HEADING: "section heading",
    Kind.PARAGRAPH: "paragraph",
    Kind.LIST: "list",
    Kind.VERSE: "verse",
    Kind.TABLE: "table",
    Kind.CAPTION: "caption",
    Kind.CREDIT: "picture credit",
    Kind.STAFF: "staff",
    Kind.CONTINUATION: "continuation",
    Kind.FURNITURE: "page header",
}

_FOUND_BY = {
    "text": "in the Chinese",
    "translation": "by translation",
    "correction": "by correction",
    "gloss": "by the dictionary",
    "name or number": "as a name or number",
    "headline": "in a headline",
}

MONTHS = tuple(calendar.month_name)[1:]

_MONTH_NAMES = {f"{number:02}": name for number, name in enumerate(MONTHS, 1)}
_FLAGS = {flag.value: words.rstrip(".") for flag, words in PLAIN_WORDS.items()}


def flag_words(flag: str) -> str:
    """Return what a quality flag tells a reader."""
    return _FLAGS.get(flag, flag)


def kind_words(kind: str) -> str:
    """Return what a kind of block is called: ``credit`` is a picture credit."""
    return KIND_WORDS.get(kind, kind)


def engine_words(engine: str) -> str:
    """Return an engine's name for readers.

    ``argos zh-en 0.1 1a2b3c4d beam 2`` is ``Argos zh-en 0.1``: the package's hash and the options
    stay in the JSON.
    """
    if engine.startswith("gloss"):
        return "Dictionary, word for word"
    name = re.sub(r"( [0-9a-f]{8})? beam .*", "", engine)
    return name[:1].upper() + name[1:]


def found_words(found_by: dict[str, int]) -> str:
    """Return what found a word in how many paragraphs: ``12 by translation, 3 in the Chinese``."""
    most_first = sorted(found_by.items(), key=lambda item: -item[1])
    return ", ".join(f"{count:,} {_FOUND_BY[name]}" for name, count in most_first)


def date_words(date: str | None) -> str:
    """Return an ISO date, whole or cut, in English: ``2024-05-17`` is ``17 May 2024``."""
    if not date:
        return "No date"
    year, month, day = (*date.split("-"), "", "")[:3]
    if month not in _MONTH_NAMES:
        return date
    return f"{day.lstrip('0')} {_MONTH_NAMES[month]} {year}".strip()


def issue_words(issue: IssueSummary) -> str:
    """Return an issue's name in plain text: its newspaper and date, else its file."""
    known = [issue.publication or "", date_words(issue.date) if issue.date else ""]
    return ", ".join(filter(None, known)) or issue.name


def count_words(number: int, noun: str) -> str:
    """Return a count with its noun: ``1 article``, ``4,898 articles``."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"
