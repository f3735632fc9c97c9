"""Know Chinese surnames and how names are read, from ``surnames.toml`` beside this file."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLES = tomllib.loads(files(__package__).joinpath("surnames.toml").read_text(encoding="utf-8"))


def _by_character(readings: dict[str, str]) -> dict[str, str]:
    return {char: reading for reading, chars in readings.items() for char in chars.split()}


SINGLE = frozenset("".join(_TABLES["single"].split()))
DOUBTFUL = frozenset(_TABLES["doubtful"])
"""Surnames that more often are other words."""
SIGNED = SINGLE | DOUBTFUL | frozenset(_TABLES["signed"])
"""All surnames of one character, as bylines have them."""
COMPOUND = frozenset(_TABLES["compound"].split())
READINGS = _by_character(_TABLES["surname_readings"])
"""Readings of surnames that the dictionary does not give, syllables parted by a space."""
GIVEN = _by_character(_TABLES["readings"])
"""Readings of other characters of names that the dictionary does not give."""


def begins(text: str) -> str:
    """Return the surname that a running text begins with, 欧阳 of 欧阳修说; empty for none."""
    return _compound(text) or (text[:1] if text[:1] in SINGLE else "")


def of(name: str) -> str:
    """Return the surname of a whole name, 欧阳 of 欧阳修; empty for a foreign one."""
    doubtful = len(name) == 3 and name[0] in DOUBTFUL
    single = name[:1] if doubtful or (len(name) <= 3 and name[:1] in SINGLE) else ""
    return _compound(name) or single


def signed(name: str) -> str:
    """Return the surname of a name in a byline, where nothing but names stands."""
    return _compound(name) or (name[:1] if name[:1] in SIGNED else "")


def _compound(text: str) -> str:
    return text[:2] if text[:2] in COMPOUND else ""
