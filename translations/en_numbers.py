"""Read the numbers, dates and units of an English sentence, and write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from translations.quantity import DECADE, MONTH, ORDINAL, PERCENT, POINT, YEAR, Quantity

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES |= {"trillion": 10**12}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
_PARTS |= {word: n for word, n in _ORDINALS.items() if n > 2}
_PARTS |= {f"{word}s": n for word, n in _ORDINALS.items() if n > 2}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WORD_VALUES = {word: n for n, word in enumerate(_ONES)}
_WORD_VALUES |= {word: 10 * n for n, word in enumerate(_TENS, 2)} | {"dozen": 12}

_DIGITS = r"\d+(?:,\d+)*(?:\.\d+)?"
_SCALE = r"(?:\s?-?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn)\b)"
_ATTACHED = r"(?!(?-i:kg|km|cm|mm|m|g|ha|kW|kWh|bn|mn|tn)\b)[A-Za-z0-9]"  # 5G is no number, 5kg is
_SPELLED = "|".join(sorted([*_WORD_VALUES, *_SCALES], key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_NTH = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?<![\w.,/])(?P<num>\d+)/(?P<den>\d+)(?![\w/])"
    rf"|(?<![\w.,])(?<![A-Z]-)(?P<money>US\$|HK\$|\$|¥|€|£|RMB\s?)?(?P<digits>{_DIGITS})"
    rf"(?:(?P<th>st|nd|rd|th)\b|(?P<decade>s)\b|(?!{_ATTACHED}){_SCALE}?)"
    rf"|\b(?P<count>{_SPELLED}|a)(?P<hyphen>[\s-])(?P<part>{_PART})\b"
    rf"|\b(?P<nth>(?:(?:{'|'.join(_TENS)})-)?(?:{_NTH}))\b"
    rf"|\b(?P<words>(?:{_SPELLED})(?:(?:[\s-]|\sand\s)(?:{_SPELLED}))*)\b"
    rf"|\b(?P<half>half)\b"
    rf"|\b(?P<span>decade|century)\b"
    rf"|\b(?P<month>{'|'.join(_MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=\.))",
    re.IGNORECASE,
)
_SHORT_SCALES = {"bn": 10**9, "mn": 10**6, "tn": 10**12}
_MONEY = {"US$": "dollar", "$": "dollar", "HK$": "hong kong dollar", "¥": "yuan", "€": "euro"}
_MONEY |= {"£": "pound", "RMB": "yuan"}

_UNITS = {
    r"%|percent\b|per cent\b": PERCENT, r"percentage points?|percent points?": POINT,
    r"yuan|RMB|renminbi": "yuan", r"(?:US |U\.S\. )?dollars?|USD": "dollar", r"euros?": "euro",
    r"pounds?": "pound", r"yen": "yen", r"(?:Hong Kong dollars?|HKD)": "hong kong dollar",
    r"mu": "mu", r"hectares?|ha": "hectare", r"acres?": "acre",
    r"km|kilomet(?:er|re)s?": "kilometre",
    r"square (?:km|kilomet(?:er|re)s?)|km2": "square kilometre",
    r"square met(?:er|re)s?|sq m": "square metre", r"cubic met(?:er|re)s?": "cubic metre",
    r"met(?:er|re)s?|(?-i:m)": "metre", r"centimet(?:er|re)s?|cm": "centimetre",
    r"millimet(?:er|re)s?|mm": "millimetre", r"miles?": "mile",
    r"nautical miles?": "nautical mile", r"kilograms?|kg|kilos?": "kilogram",
    r"tons?|tonnes?|metric tons?": "tonne", r"grams?|(?-i:g)": "gram",
    r"jin|catt(?:y|ies)": "jin", r"li": "li", r"kilowatt[- ]hours?|kWh": "kilowatt-hour",
    r"kilowatts?|kW": "kilowatt", r"lit(?:er|re)s?": "litre",
    r"degrees?(?: Celsius)?|°C": "degree", r"years?(?:[- ]old)?": "year", r"months?": "month",
    r"days?": "day", r"hours?": "hour", r"minutes?": "minute", r"seconds?": "second",
    r"weeks?": "week", r"times|fold": "times", r"barrels?": "barrel",
    r"roubles?|rubles?": "rouble", r"won": "won",
}  # fmt: skip
_UNIT = re.compile(
    r"[\s-]?(?:"
    + "|".join(
        f"(?P<u{n}>(?:{pattern})(?![A-Za-z0-9]))"
        for n, pattern in enumerate(sorted(_UNITS, key=len, reverse=True))
    )
    + ")",
    re.IGNORECASE,
)
_UNIT_NAMES = {
    f"u{n}": _UNITS[pattern] for n, pattern in enumerate(sorted(_UNITS, key=len, reverse=True))
}
_RANGE = re.compile(r"\s?(?:to|and|or|-|–|—|,|through)\s?", re.IGNORECASE)
_LEAST_STRICT = 13  # smaller spelled numbers are often mere words: one of the, a second time
_LEAST_YEAR, _MOST_YEAR = 1000, 2200
_ON_THE_HOUR = re.compile(r":00\b")
_TIMES = re.compile(r"(?<=\d)x(?=\d)")
_SPANS = {"decade": 10, "century": 100}
_HAN_SCALE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(万亿|亿|万)")
_HAN_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}


def read(text: str) -> list[Quantity]:
    """Return the numbers of an English sentence in order.

    ``10.2 billion yuan, up 39.5%`` gives 10200000000 (yuan) and 39.5 (percent).
    """
    text = _TIMES.sub("×", _ON_THE_HOUR.sub("   ", text))
    found = [q for match in _TOKEN.finditer(text) for q in _quantity(text, match)]
    return _share_units(text, found)


def write(amount: Fraction, unit: str = "") -> str:
    """Write a number as a newspaper does: 10.2 billion, 1,500, 39.5; a month by its name."""
    if unit == YEAR:
        return str(int(amount))
    if unit == MONTH:
        return _MONTHS[int(amount) - 1]
    for word, scale in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if amount >= scale and _is_short(amount / scale):
            return f"{_decimal(amount / scale)} {word}"
    return _decimal(amount)


def without_han_scales(text: str) -> str:
    """Write what a model left as ``102亿`` in English: ``10.2 billion``."""
    return _HAN_SCALE.sub(
        lambda m: write(Fraction(m.group(1).replace(",", "")) * _HAN_SCALES[m.group(2)]), text
    )


def _is_short(amount: Fraction) -> bool:
    return (amount * 10_000).denominator == 1


def _decimal(amount: Fraction) -> str:
    if amount.denominator == 1:
        return f"{int(amount):,}"
    return f"{float(amount):,.6f}".rstrip("0").rstrip(".")


def _quantity(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    groups = match.groupdict()
    start, end = match.span()
    if groups["num"]:
        if int(groups["den"]):
            yield Quantity(Fraction(int(groups["num"]), int(groups["den"])), "", start, end)
    elif groups["digits"]:
        yield _from_digits(text, match)
    elif groups["part"]:
        yield from _from_part(text, match)
    elif groups["words"]:
        amount = _spelled(groups["words"])
        strict = amount >= _LEAST_STRICT
        yield Quantity(amount, _unit(text, end), start, end, strict)
    elif groups["half"]:
        yield Quantity(Fraction(1, 2), "", start, end, strict=False)
    elif groups["nth"]:
        yield Quantity(Fraction(_nth(groups["nth"])), ORDINAL, start, end, strict=False)
    elif groups["span"]:
        years = Fraction(_SPANS[groups["span"].lower()])
        yield Quantity(years, "year", start, end, strict=False)
    elif groups["month"][0].isupper():
        number = [m[:3].lower() for m in _MONTHS].index(groups["month"][:3].lower()) + 1
        yield Quantity(Fraction(number), MONTH, start, end, _has_day(text, start, end))


def _from_digits(text: str, match: re.Match[str]) -> Quantity:
    groups = match.groupdict()
    amount = Fraction(groups["digits"].replace(",", ""))
    if scale := groups["scale"]:
        amount *= _SHORT_SCALES.get(scale.lower()) or _SCALES[scale.lower()]
    start, end = match.start("digits"), match.end()
    if groups["th"]:
        return Quantity(amount, ORDINAL, start, end)
    if groups["decade"]:
        return Quantity(amount, DECADE, start, match.end("digits"))
    unit = _MONEY.get((groups["money"] or "").strip().upper(), "") or _unit(text, end)
    return Quantity(amount, unit, start, end)


def _from_part(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Read one third, two-fifths, three quarters, but neither "a second" nor "five second"."""
    count, part = match.group("count").lower(), match.group("part").lower()
    number = 1 if count == "a" else _WORD_VALUES.get(count)
    if number is None:
        return
    is_fraction = part in ("half", "quarter") or part.endswith("s") or number == 1
    if is_fraction and part != "seconds":
        strict = count != "a" and part not in ("half", "quarter", "quarters")
        yield Quantity(Fraction(number, _PARTS[part]), "", *match.span(), strict=strict)


def _spelled(words: str) -> Fraction:
    total = section = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _WORD_VALUES:
            section += _WORD_VALUES[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _SCALES:
            total, section = total + (section or 1) * _SCALES[word], 0
    return Fraction(total + section)


def _nth(words: str) -> int:
    tens, _, one = words.lower().rpartition("-")
    return _ORDINALS[one] + (_WORD_VALUES[tens] if tens else 0)


def _unit(text: str, end: int) -> str:
    match = _UNIT.match(text, end)
    return _UNIT_NAMES[match.lastgroup] if match and match.lastgroup else ""


def _has_day(text: str, start: int, end: int) -> bool:
    """Tell whether a month's name stands beside a day or a year, and so is a date for certain."""
    return bool(
        re.match(r"\.?,? \d", text[end : end + 4])
        or re.search(r"\d(?:st|nd|rd|th)? (?:of )?$", text[:start])
    )


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give 10 in "10 to 20 percent" the unit of the number after it."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        this, after = shared[place], shared[place + 1]
        between = text[this.end : after.start]
        if not this.unit and after.unit not in ("", MONTH) and _RANGE.fullmatch(between):
            shared[place] = Quantity(this.value, after.unit, this.start, this.end, this.strict)
    return shared
