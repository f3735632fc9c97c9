"""Load what the quotation finder knows by heart, from ``lexicon.toml`` beside this file."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_LEXICON = tomllib.loads(files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8"))

TRANSLITERATION = frozenset("".join(_LEXICON["transliteration"].split()))
WEAK = frozenset(_LEXICON["weak"].split())


def _alternatives(table: str) -> str:
    """Return a table as the inside of a regular expression group, longest first."""
    return "|".join(sorted(_LEXICON[table].split(), key=len, reverse=True))


OFFICES = _alternatives("offices")
TITLES = _alternatives("titles")
SAY = _alternatives("say")
