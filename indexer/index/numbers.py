"""Numbers by their value: 102亿, 10,200,000,000 and 10.2 billion are one term.

A number's term is ``#`` and its value in plain digits, then ``%`` or ``‰`` where they stand.
"""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.matched import Matched

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_PERCENT = r"%|per\s?cent\b|percentage\b"
SCALE = rf"(?:(?:{'|'.join(_SCALES)})\b|{_PERCENT})"
"""What may stand after a number in English and belongs to it."""
ENGLISH = rf"(?:{_DIGITS})(?:[ -]?(?:{'|'.join(_SCALES)})\b)?(?:[ -]?(?:{_PERCENT}))?(?![^\W_])"
"""A number in English, with its scale word or per cent sign."""

_UNITS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_UNIT = "[" + "".join(_UNITS) + "]"
_NUMERALS = {c: n for n, cs in enumerate(("〇零○", *"一", "二两兩", *"三四五六七八九")) for c in cs}
_NUMERAL = "[" + "".join(_NUMERALS) + "".join(_UNITS) + "]"
_CHINESE = re.compile(
    rf"(?P<digits>(?:(?:{_DIGITS})\s?{_UNIT}+)+|{_DIGITS})\s?(?P<sign>[%‰]?)"
    rf"|(?P<percent>百分之)?(?P<numerals>{_NUMERAL}+(?:点[{''.join(_NUMERALS)}]+)?)"
)
_PART = re.compile(rf"({_DIGITS})\s?({_UNIT}*)")
_PLAIN = str.maketrans("０１２３４５６７８９．，％萬億", "0123456789.,%万亿")
_ENGLISH_PARTS = re.compile(rf"({_DIGITS})[ -]?([a-z]*)", re.IGNORECASE)


def english_terms(number: str) -> tuple[str, ...]:
    """Return the terms of a number as ``ENGLISH`` matches it: its value, and its bare digits."""
    match = _ENGLISH_PARTS.match(number)
    assert match is not None
    bare = Decimal(match[1].replace(",", ""))
    value = bare.scaleb(_SCALES.get(match[2].lower(), 0))
    percent = "%" if re.search(_PERCENT, number, re.IGNORECASE) else ""
    return tuple(dict.fromkeys((_term(value, percent), _term(value), _term(bare))))


def chinese_terms(text: str) -> list[Matched]:
    """Return the numbers of a Chinese text, with where they stand.

    Single numerals (一, 百) are left out: they are words as often as numbers.
    """
    found = []
    for match in _CHINESE.finditer(text.translate(_PLAIN)):
        if match["digits"]:
            found.append(Matched(*match.span(), _term(_of_digits(match["digits"]), match["sign"])))
        elif len(match["numerals"]) > 1 or match["percent"]:
            value = _of_numerals(match["numerals"])
            if value is not None:
                sign = "%" if match["percent"] else ""
                found.append(Matched(*match.span(), _term(value, sign)))
    return found


def _term(value: Decimal, sign: str = "") -> str:
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"#{digits.lstrip('0') or '0'}{sign}"


def _of_digits(number: str) -> Decimal:
    """Return the value of ``102亿`` or ``1亿2000万``."""
    return sum(
        (
            Decimal(digits.replace(",", "")).scaleb(sum(_UNITS[unit] for unit in units))
            for digits, units in _PART.findall(number)
        ),
        Decimal(0),
    )


def _of_numerals(numerals: str) -> Decimal | None:
    """Return the value of ``一百零二亿``, ``二〇二四`` or ``三十九点五``; None for ``万一``."""
    whole, _, fraction = numerals.partition("点")
    if not any(unit in whole for unit in _UNITS):
        value = Decimal("".join(str(_NUMERALS[c]) for c in whole))
    elif (counted := _count(whole)) is None:
        return None
    else:
        value = Decimal(counted)
    decimals = "".join(str(_NUMERALS[c]) for c in fraction)
    return value + Decimal(f"0.{decimals or 0}")


def _count(numerals: str) -> int | None:
    for unit in ("亿", "万"):
        before, found, after = numerals.rpartition(unit)
        if found:
            many, rest = _count(before), _count(after)
            if not many or rest is None:
                return None
            return many * int(10 ** _UNITS[unit]) + rest
    total = 0
    digit: int | None = None
    for character in numerals:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        elif digit is None and character != "十":
            return None
        else:
            total += (1 if digit is None else digit) * int(10 ** _UNITS[character])
            digit = None
    return total + (digit or 0)
