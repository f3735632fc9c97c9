"""Check that a sentence and its English give the same numbers, and put sure slips right."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from translations import en_numbers, zh_numbers
from translations.quantity import DAY, MONTH, PERCENT, Quantity

_LONG = 2  # digits; a one-digit number is too easily another one


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the Chinese numbers that the English lacks, and the English ones from nowhere."""

    missing: tuple[Quantity, ...]
    extra: tuple[Quantity, ...]

    @property
    def agrees(self) -> bool:
        """Tell whether every number is in both."""
        return not self.missing and not self.extra


def compare(zh: str, en: str) -> Comparison:
    """Pair the numbers of a Chinese sentence with those of its English.

    Numbers that either language may put in other words (一站式, "one of the") are paired where they
    can be, and never missed.
    """
    theirs = en_numbers.read(en)
    mine = zh_numbers.read(zh)
    missing: list[Quantity] = []
    left = list(theirs)
    for wanted in sorted(mine, key=lambda q: (not q.strict, q.unit == "")):
        pairs = [q for q in left if wanted.agrees(q)]
        if pairs:
            left.remove(min(pairs, key=lambda q: q.unit != wanted.unit))
        elif wanted.strict:
            missing.append(wanted)
    extra = [q for q in left if q.strict and not any(m.agrees(q) for m in mine)]
    missing = [m for m in missing if not any(m.agrees(q) for q in theirs)]
    return Comparison(tuple(missing), tuple(extra))


def correct(zh: str, en: str) -> str:
    """Put right what is certain: a wrong scale, a lost percent sign, one slipped number.

    An English number that the Chinese does not have is wrong; it is replaced where only one number
    of the Chinese can be meant. All else stays for the flag.
    """
    text = en_numbers.without_han_scales(en)
    while (fixed := _correct_one(zh, text)) is not None:
        text = fixed
    return text


def _correct_one(zh: str, en: str) -> str | None:
    difference = compare(zh, en)
    for wrong in difference.extra:
        meant = [right for right in difference.missing if _is_slip(right, wrong)]
        if not meant and len(difference.missing) == len(difference.extra) == 1:
            meant = [right for right in difference.missing if _is_alike(right, wrong)]
        rivals = [other for other in difference.extra if meant and _is_slip(meant[0], other)]
        if len(meant) == 1 and len(rivals) <= 1:
            fixed = _replaced(en, wrong, meant[0])
            if _is_better(zh, fixed, difference):
                return fixed
    return None


def _is_better(zh: str, fixed: str, before: Comparison) -> bool:
    after = compare(zh, fixed)
    return len(after.missing) + len(after.extra) < len(before.missing) + len(before.extra)


def _is_slip(right: Quantity, wrong: Quantity) -> bool:
    """Tell whether the digits are right, and only the scale or the percent sign is wrong."""
    if not right.value or not wrong.value or (wrong.unit and right.unit not in ("", wrong.unit)):
        return False
    if right.value == wrong.value:
        return right.unit == PERCENT and wrong.unit == ""
    return _significant(right.value) == _significant(wrong.value) and right.value >= 1000


def _is_alike(right: Quantity, wrong: Quantity) -> bool:
    """Tell whether the one wrong number can only be the one missing."""
    if MONTH in (right.unit, wrong.unit) or right.unit == DAY:
        return right.unit == wrong.unit
    if right.unit and right.unit == wrong.unit:
        return True
    digits, others = _significant(right.value), _significant(wrong.value)
    if wrong.unit not in ("", right.unit) or min(len(digits), len(others)) < _LONG:
        return False
    return _is_part(digits, others) or _is_part(others, digits)


def _is_part(short: str, long: str) -> bool:
    """Tell whether some digits come in the same order among others: 117 in 1117."""
    rest = iter(long)
    return all(digit in rest for digit in short)


def _significant(amount: Fraction) -> str:
    return f"{float(amount):.12g}".replace(".", "").replace("e+", "").strip("0")


def _replaced(en: str, wrong: Quantity, right: Quantity) -> str:
    number = en_numbers.write(right.value, right.unit)
    sign = "%" if right.unit == PERCENT and wrong.unit != PERCENT else ""
    return en[: wrong.start] + number + sign + en[wrong.end :]
