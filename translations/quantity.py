"""What a number in a text says, in either language: a value and a unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# Unit names are shared by both languages. "" is a bare count.
PERCENT = "percent"
POINT = "percentage point"
MONTH = "month of the year"
DAY = "day of the month"
YEAR = "year of the calendar"
DECADE = "decade"
ORDINAL = "ordinal"
CLOCK = "hour of the day"

# Units that say the same thing in another measure: what one of the first is in the second.
CONVERSIONS = {
    ("permille", PERCENT): Fraction(1, 10),
    ("mu", "hectare"): Fraction(1, 15),
    ("mu", "acre"): Fraction(1647, 10000),
    ("mu", "square kilometre"): Fraction(1, 1500),
    ("mu", "square metre"): Fraction(2000, 3),
    ("jin", "kilogram"): Fraction(1, 2),
    ("jin", "gram"): Fraction(500),
    ("jin", "tonne"): Fraction(1, 2000),
    ("li", "kilometre"): Fraction(1, 2),
    ("li", "metre"): Fraction(500),
    ("kilometre", "metre"): Fraction(1000),
    ("hectare", "square kilometre"): Fraction(1, 100),
    ("hectare", "acre"): Fraction(2471, 1000),
    ("kilogram", "tonne"): Fraction(1, 1000),
    ("year", "month"): Fraction(12),
    ("day", "hour"): Fraction(24),
    ("week", "day"): Fraction(7),
    ("kilometre", "mile"): Fraction(621, 1000),
}
_CLOSE = Fraction(3, 100)  # a conversion is rounded when it is written

# Units that some languages leave unsaid, so that a bare count agrees with them.
_OPEN = {"", ORDINAL, YEAR, DAY, CLOCK, DECADE, MONTH}
_CENTURY = 100
_NOON = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one number of a text.

    ``start``/``end`` is the number itself without its unit, in characters. ``strict`` is False for
    a number that a good translation may put otherwise (一站式, 三农, "one of the").
    """

    value: Fraction
    unit: str
    start: int
    end: int
    strict: bool = True

    def agrees(self, other: Quantity) -> bool:
        """Tell whether this number in Chinese and another in English say the same."""
        if self.value == other.value:
            return self._same_unit(other)
        if self.unit == CLOCK:
            return self.value == other.value + _NOON or self.value + _NOON == other.value
        if self.unit == DECADE or (other.unit == DECADE and not self.unit):
            return other.value % _CENTURY == self.value
        if self.unit in ("year", YEAR) and self.value < _CENTURY:
            return other.value in (2000 + self.value, 1900 + self.value)
        if self.value == Fraction(1, 2) and self.unit == "" and other.unit == PERCENT:
            return other.value == 50
        return self._converts(other)

    def _same_unit(self, other: Quantity) -> bool:
        mine, theirs = self.unit, other.unit
        if mine == theirs:
            return True
        if PERCENT in (mine, theirs):
            return POINT in (mine, theirs)
        return mine in _OPEN or theirs in _OPEN or {mine, theirs} == {"year", YEAR}

    def _converts(self, other: Quantity) -> bool:
        for (small, large), factor in CONVERSIONS.items():
            if (self.unit, other.unit) == (small, large):
                wanted = self.value * factor
            elif (self.unit, other.unit) == (large, small):
                wanted = self.value / factor
            else:
                continue
            return abs(other.value - wanted) <= _CLOSE * wanted
        return False
