"""Read dates as Chinese newspapers write them, and guess the date of a page from its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date as Date

_DIGITS = {
    char: str(value)
    for value, chars in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_HAN = "".join(_DIGITS) + "十百廿卅元"
_TENS = {"十": 10, "廿": 20, "卅": 30}

_NUMBER = rf"(?:\d{{1,4}}|[{_HAN}]{{1,6}})"
_DAY = rf"(?P<month>{_NUMBER})\s*月\s*(?P<day>{_NUMBER})\s*[日号號]"
_FULL = rf"(?P<era>中[华華]民[国國]|民[国國])?\s*(?P<year>{_NUMBER})\s*年\s*{_DAY}"
"""A date with its year: 2025年10月1日, 二〇二五年十月一日, 民國一百一十四年十月一日."""

_FULL_DATE = re.compile(_FULL)
_CHINESE = re.compile(
    rf"(?P<era>中[华華]民[国國]|民[国國])?\s*(?P<year>{_NUMBER})\s*年"
    rf"(?:\s*(?P<month>{_NUMBER})\s*月(?:\s*(?P<day>{_NUMBER})\s*[日号號])?)?"
    r"\s*(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"
)
_NUMERIC = re.compile(
    r"(?P<year>\d{4})(?:([-/.])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?)?(?:(?:T|\s+)\d.*)?"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")

_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"
)

# 本报北京10月1日电, （新华社北京2025年10月1日电）, 本報訊十月一日: an agency, a place, a day, 电.
_DATELINE = re.compile(
    rf"(?:本[报報台刊网網]|[社网網])[^\s，。；：、]{{0,16}}?"
    rf"(?:(?P<era>民[国國])?(?P<year>{_NUMBER})\s*年\s*)?{_DAY}\s*(?:[电電讯訊]|专电|專電)"
)
# 青岛日报 2025年10月1日 星期三 第3版: after the date nothing, a gap, or what belongs to a header.
_HEADER = re.compile(rf"^.{{0,24}}?{_FULL}(?=\s|$|星期|[周週]|第|[(农農总總])", re.MULTILINE)
_HEADER_LENGTH = 48
_SENTENCE = re.compile("[，。,；！？]")


def parse_date(value: str) -> str | None:
    """Return a date as ISO 8601, whole or cut as it was given; None when it is no date.

    Takes 2025-10-01, 2025/10/1, 20251001, 2025-10-01T08:00:00+08:00, 2025年10月,
    二〇二五年十月一日 and years of the Republic (民國114年10月1日).
    """
    text = unicodedata.normalize("NFKC", value).strip()
    match = _COMPACT.fullmatch(text) or _NUMERIC.fullmatch(text) or _CHINESE.fullmatch(text)
    return _iso(match) if match else None


def find_date(text: str) -> str | None:
    """Return the first whole date in a line that is known to hold one, or None."""
    text = unicodedata.normalize("NFKC", text)
    matches = (*_FULL_DATE.finditer(text), *_NUMERIC_DATE.finditer(text))
    found = (_iso(match) for match in sorted(matches, key=re.Match.start))
    return next(filter(None, found), None)


def guess_date(text: str, year: str | None = None) -> str | None:
    """Return the date that the text gives itself as ISO 8601, or None.

    First a line that is a page header (2025年10月1日 星期三 第3版), then a dateline
    (本报北京10月1日电). A dateline without a year takes ``year``, or else the one year of all full
    dates in the text. Dates inside sentences tell of events, not of the page, and are left alone.
    """
    text = unicodedata.normalize("NFKC", text)
    return _header_date(text) or _dateline_date(text, year or _only_year(text))


def _header_date(text: str) -> str | None:
    for line in text.splitlines():
        if len(line) <= _HEADER_LENGTH and not _SENTENCE.search(line):
            match = _HEADER.match(line.strip())
            if match and (found := _iso(match)):
                return found
    return None


def _dateline_date(text: str, year: str | None) -> str | None:
    for match in _DATELINE.finditer(text):
        if found := _iso(match, year):
            return found
    return None


def _only_year(text: str) -> str | None:
    years = {found[:4] for match in _FULL_DATE.finditer(text) if (found := _iso(match))}
    return years.pop() if len(years) == 1 else None


def _iso(match: re.Match[str], year: str | None = None) -> str | None:
    """Return the date of a match, or None when there is no such day."""
    parts = match.groupdict()
    numbers = list(_numbers(parts, year))
    if not numbers or None in numbers:
        return None
    whole = [number for number in numbers if number is not None]
    try:
        Date(*[*whole, 1, 1][:3])
    except ValueError:
        return None
    return "-".join(f"{number:0{4 if place == 0 else 2}}" for place, number in enumerate(whole))


def _numbers(parts: dict[str, str | None], year: str | None) -> Iterator[int | None]:
    given = parts.get("year")
    if given is None:
        yield int(year) if year else None
    elif parts.get("era"):
        number = _number(given)
        yield number + 1911 if number else None
    else:
        number = _number(given)
        yield number if number and len(str(number)) == 4 else None
    for part in ("month", "day"):
        if value := parts.get(part):
            yield _number(value)


def _number(text: str) -> int | None:
    """Return the value of 10, 十月's 十, 二十三, 廿三, 二〇二五 or 一百一十四; None for none."""
    if text == "元":  # the first year of an era
        return 1
    if not set(text) & {"百", *_TENS}:
        digits = "".join(_DIGITS.get(char, char) for char in text)
        return int(digits) if digits.isdecimal() else None
    total, digit = 0, None
    for char in text:
        if char in _DIGITS:
            digit = int(_DIGITS[char])
        elif char == "百":
            total, digit = total + (digit or 1) * 100, None
        elif char in _TENS:
            total, digit = total + (digit if digit is not None else 1) * _TENS[char], None
        else:
            return None
    return total + (digit or 0)
