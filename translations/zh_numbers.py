"""Read the numbers, dates and units of a Chinese sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from translations.quantity import (
    CLOCK,
    DAY,
    DECADE,
    MONTH,
    ORDINAL,
    PERCENT,
    POINT,
    YEAR,
    Quantity,
)
from translations.sentences import Span

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_ALWAYS_STRICT = 10_000
_MOST_TWICE = 4  # English says double, triple, fourfold
_LEAST_STRICT = 10  # smaller numbers in Chinese characters are often mere words: 一站式, 三农

_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF0C: ",", 0xFF0E: "."}
_WIDE |= {0xFF05: "%", 0xFF1A: ":", 0xFF0F: "/"}

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ROUGH = r"[多余几来]?"
_HUNDRED = r"百(?!分点)"
_THOUSAND = r"千(?![瓦米克伏卡帕字])"  # 千瓦 is a kilowatt, not a thousand of something
# 1亿2000万, 20多万, 1.2万亿, 三千五百万, 两千多
_DIGIT = r"[零〇○一二两三四五六七八九]"
_NUMBER = (
    rf"(?:(?:{_ARABIC})\s?(?:{_ROUGH}(?:十|{_HUNDRED}|{_THOUSAND})?{_ROUGH}[万亿兆]+"
    rf"|{_ROUGH}(?:{_HUNDRED}|{_THOUSAND})(?!分之))?"
    rf"|(?:{_DIGIT}|十|{_HUNDRED}|{_THOUSAND})+(?:点{_DIGIT}+)?(?:{_ROUGH}[万亿兆]+)?"
    rf"|[万亿兆]+)"
)
_COMPOUND = rf"{_NUMBER}(?:(?<=[万亿]){_NUMBER})*"
_TOKEN = re.compile(
    rf"(?P<per>百分之|千分之|万分之)(?P<pervalue>{_COMPOUND})"
    rf"|(?P<below>{_COMPOUND})分之(?P<above>{_COMPOUND})"
    r"|(?<![\d/.:])(?P<num>\d{1,3})/(?P<den>\d{1,4})(?![\d/.])"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<halftenth>[一二三四五六七八九半]?)(?![为了立就功员长果熟本都分交])"
    rf"|(?P<ordinal>第){_ROUGH}(?P<nth>{_COMPOUND})"
    rf"|(?P<plain>{_COMPOUND})"
)
# 十四五 is a plan, not a number; 五四, 八一, 三农, 一带一路 are names; 万一, 千万 are adverbs.
_NAMES = re.compile(
    r"(?P<plan>十[一二三四五六七]五)(?=[”’」』\"]|规划|时期|期间|以来|收官|开局|末|和|、)"
    r"|(?P<day>“(?:五四|八一|七一|三八|五一|六一|九一八|一二·九)”"
    r"|(?:五四|八一|七一|三八|五一|六一)(?=运动|建军|国际|劳动|假期|儿童|妇女|期间|小长假|勋章|讲话))"
    r"|三农|一带一路|双十一|十一黄金周|二十国集团|十字|七七事变|十分(?!之|钟)|万一|千万(?=别|不要|要)|千方百计|千家万户|万众一心|百姓|百货"
    r"|四面八方|五颜六色|千差万别|百花齐放|一五一十|三心二意|千变万化|万里长城|千军万马"
    r"|一一|百年大计|万紫千红|百家争鸣|万无一失|四川|九江|三亚|三明|百色|六安|千岛湖|万宁|万州|万科|八达岭"
    r"|十堰|七台河|双鸭山|四平|五台山|九寨沟|九华山|三门峡|三峡|百度|千亿元级|十全十美|五指山|八宝山"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9\-]*\d[A-Za-z0-9\-]*|\d+(?:\.\d+)?[A-Za-z][A-Za-z0-9\-]*")

_UNITS = {
    "个百分点": POINT, "百分点": POINT, "%": PERCENT, "‰": "permille", "元": "yuan",
    "块钱": "yuan", "人民币": "yuan", "美元": "dollar", "美金": "dollar", "欧元": "euro",
    "英镑": "pound", "日元": "yen", "港元": "hong kong dollar", "港币": "hong kong dollar",
    "卢布": "rouble", "韩元": "won", "亩": "mu", "公顷": "hectare",
    "平方公里": "square kilometre", "平方千米": "square kilometre", "平方米": "square metre",
    "立方米": "cubic metre", "公里": "kilometre", "千米": "kilometre", "里": "li",
    "厘米": "centimetre", "毫米": "millimetre", "米": "metre", "海里": "nautical mile",
    "公斤": "kilogram", "千克": "kilogram", "斤": "jin", "吨": "tonne", "克": "gram",
    "千瓦时": "kilowatt-hour", "度电": "kilowatt-hour", "千瓦": "kilowatt", "升": "litre",
    "摄氏度": "degree", "℃": "degree", "岁": "year", "周年": "year", "周岁": "year",
    "年代": DECADE, "年": "year", "个月": "month", "月": MONTH, "日": DAY, "号": DAY, "天": "day",
    "个小时": "hour", "小时": "hour", "分钟": "minute", "秒": "second", "时": CLOCK, "点": CLOCK,
    "周": "week", "个星期": "week", "倍": "times", "桶": "barrel",
}  # fmt: skip
_UNIT = re.compile(
    r"\s?(?:多|余|来)?\s?(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + ")"
)
# What follows a number that counts: after it a number in Chinese characters is a fact, not a word.
_CLASSIFIER = re.compile(
    r"\s?(?:多|余|来)?\s?(?:[万亿个家人名位项件座条台辆艘架场次种类套所处户只头棵株本部张届期批枚支"
    r"队组层栋幢间款册篇封页字句首艘列趟例起宗笔份村县市国省区倍年月日天岁]|余)"
)
_RANGE = re.compile(r"\s?(?:至|到|—|–|-|~|～|、|或)\s?$")
_MOST_MONTHS, _MOST_DAYS = 12, 31
_LEAST_YEAR, _MOST_YEAR = 1000, 2200


def read(text: str) -> list[Quantity]:
    """Return the numbers of a Chinese sentence in order.

    ``2025年前8个月，102亿元`` gives 2025 (year), 8 (month) and 10200000000 (yuan).
    """
    text = text.translate(_WIDE)
    hidden = _blank(text, _LATIN)
    names = list(_NAMES.finditer(hidden))
    hidden = _blank(hidden, _NAMES)
    found = [q for match in _TOKEN.finditer(hidden) for q in _quantity(hidden, match)]
    found += [q for match in names for q in _named(match)]
    return _share_units(hidden, sorted(found, key=lambda q: q.start))


def value(text: str) -> Fraction | None:
    """Return what a number in digits, Chinese characters or both is worth; None if it is none."""
    text = re.sub(r"[多余几来,\s]", "", text)
    if not text:
        return None
    if all(char in _LARGE for char in text):
        text = "一" + text  # 万余项, 万亿元
    if all(char in _DIGITS for char in text):
        return Fraction("".join(str(_DIGITS[char]) for char in text))
    whole, _, decimals = text.partition("点")
    tail = re.search(r"[万亿兆]+$", decimals)
    scale = 1
    if tail:
        decimals = decimals[: tail.start()]
        for char in tail.group():
            scale *= _LARGE[char]
    total = _whole(whole)
    if total is None:
        return None
    if decimals:
        if not all(char in _DIGITS for char in decimals):
            return None
        total += Fraction("0." + "".join(str(_DIGITS[char]) for char in decimals))
    return total * scale


def _whole(text: str) -> Fraction | None:
    """Add up a number such as 3万5千, 一亿二千万 or 1.2万亿."""
    total = section = Fraction(0)
    number: Fraction | None = None
    for match in re.finditer(r"\d+(?:\.\d+)?|.", text):
        token = match.group()
        if token[0].isdigit():
            number = Fraction(token)
        elif token in _DIGITS:
            number = Fraction(_DIGITS[token]) if number is None else number * 10 + _DIGITS[token]
        elif token in _SMALL:
            section += (1 if number is None else number) * _SMALL[token]
            number = None
        elif token in _LARGE:
            section += number or 0
            if section == 0:
                if total == 0:
                    return None
                section, total = total, Fraction(0)  # 万亿: the scale of a scale
            total, section, number = total + section * _LARGE[token], Fraction(0), None
        else:
            return None
    return total + section + (number or 0)


def _quantity(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    groups = match.groupdict()
    start, end = match.span()
    if groups["per"]:
        amount = value(groups["pervalue"])
        unit = {"百": PERCENT, "千": "permille", "万": "per ten thousand"}[groups["per"][0]]
        if amount is not None:
            yield Quantity(amount, unit, start, end)
    elif groups["below"]:
        below, above = value(groups["below"]), value(groups["above"])
        if below and above is not None:
            yield Quantity(above / below, "", start, end)
    elif groups["num"]:
        if int(groups["den"]):
            yield Quantity(Fraction(int(groups["num"]), int(groups["den"])), "", start, end)
    elif groups["tenths"]:
        half = groups["halftenth"]
        part = 5 if half == "半" else _DIGITS[half] if half else 0
        yield Quantity(Fraction(10 * _DIGITS[groups["tenths"]] + part), PERCENT, start, end)
    elif groups["ordinal"]:
        amount = value(groups["nth"])
        if amount is not None:
            strict = amount > _LEAST_STRICT or groups["nth"][0].isdigit()
            yield Quantity(amount, ORDINAL, match.start("nth"), end, strict)
    else:
        yield from _plain(text, groups["plain"], start, end)


def _plain(text: str, number: str, start: int, end: int) -> Iterator[Quantity]:
    amount = value(number)
    if amount is None:
        return
    unit = _unit(text, amount, end)
    if unit == YEAR and number == "千":
        unit = "year"  # 千年 is a thousand years
    vague = text[start - 1 : start] in ("几", "数") and number[0] in "十百千万亿"
    strict = not vague and _is_strict(text, number, amount, unit, (start, end))
    yield Quantity(amount, unit, start, end, strict)


def _is_strict(text: str, number: str, amount: Fraction, unit: str, span: Span) -> bool:
    """Tell whether English must give a number: not so 一站式, 百姓, 十年 (a decade), 1人, 2倍."""
    start, end = span
    if amount == 1 and unit not in (PERCENT, POINT, MONTH, DAY):
        return False
    if unit == "times" and amount <= _MOST_TWICE:
        return False
    if any(char.isascii() and char.isdigit() for char in number):
        return True
    if number in ("百", "千") or not any(char in _DIGITS or char == "十" for char in number):
        return False
    if number == "十" and unit == "year":
        return False
    in_date = text[start - 1 : start] == "月"
    if unit == DAY:
        return in_date  # 十月一日, but not 神舟十八号
    if unit in (MONTH, YEAR) or "点" in number or amount >= _ALWAYS_STRICT:
        return True
    return amount >= _LEAST_STRICT and (bool(unit) or bool(_CLASSIFIER.match(text, end)))


def _unit(text: str, amount: Fraction, end: int) -> str:
    match = _UNIT.match(text, end)
    if not match:
        return ""
    unit = _UNITS[match.group(1)]
    following = text[match.end() : match.end() + 1]
    if unit == "year" and match.group(1) == "年" and _LEAST_YEAR <= amount <= _MOST_YEAR:
        return YEAR
    if unit == MONTH and not 1 <= amount <= _MOST_MONTHS:
        return ""
    if unit == DAY and not 1 <= amount <= _MOST_DAYS:
        return ""
    if unit == CLOCK and (amount > 24 or following in tuple("间代候")):
        return ""
    if match.group(1) == "点" and re.match(
        r"\s?(?:是|要求|建议|意见|启示|措施)", text[match.end() :]
    ):
        return ""
    return unit


def _named(match: re.Match[str]) -> Iterator[Quantity]:
    """Read what English may say of a name: the 14th Five-Year Plan, March 8."""
    if match.group("plan"):
        amounts = [(value(match.group("plan")[:2]), ORDINAL), (Fraction(5), "")]
    elif match.group("day"):
        amounts = [(value(char), "") for char in match.group("day") if char in _DIGITS]
    else:
        amounts = []
    for amount, unit in amounts:
        if amount is not None:
            yield Quantity(amount, unit, *match.span(), strict=False)


def _share_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give 10 in 10至20%, and 100 in 100、200元, the unit of the number after it."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        this, after = shared[place], shared[place + 1]
        between = text[this.end : after.start]
        if not this.unit and after.unit and _RANGE.fullmatch(between):
            shared[place] = Quantity(this.value, after.unit, this.start, this.end, this.strict)
    return shared


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: "\0" * len(match.group()), text)
