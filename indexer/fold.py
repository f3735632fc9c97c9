"""The one search key: index, query, highlight and quote check compare texts in this form alone.

Each character is folded by itself, never by its neighbours, so that a piece of a text folds to a
piece of its key: Traditional and variant forms to Simplified (OpenCC's character tables, all of a
class to one), full to half width and other compatibility forms (NFKC), capitals to small letters,
letters with marks to plain ones (``ǎ`` to ``a``). White space, punctuation and symbols are
dropped, so a quotation is found across commas, brackets and broken lines.

Letters and digits of any script stay, so ``AEON人形`` is found as it stands. What belongs to a
number stays too: ``%``, ``‰``, and the point between two digits, for 3.5亿 is not 35亿. The
thousands comma is dropped: 1,000 is 1000.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from unicodedata import category, normalize

_VARIANTS = ("STCharacters", "TWVariants", "HKVariants")
_ZERO = {"○": "〇", "◯": "〇"}
_NUMBER_SIGNS = frozenset("%‰.")
_STRAY_POINT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")


def key(text: str) -> str:
    """Return the form in which ``text`` is searched; empty when it is all punctuation."""
    return _STRAY_POINT.sub("", text.translate(_TABLE))


def fold_map(text: str) -> tuple[str, list[int]]:
    """Return ``key(text)`` and, for each of its characters, the index in ``text`` it came from."""
    pieces = [_TABLE[ord(character)] for character in text]
    folded = "".join(pieces)
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    for stray in reversed([match.start() for match in _STRAY_POINT.finditer(folded)]):
        del origin[stray]
    return _STRAY_POINT.sub("", folded), origin


class _Table(dict[int, str]):
    """Fold a code point when it is first met, and remember it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_TABLE = _Table()


def _fold(character: str) -> str:
    character = _ZERO.get(character, character)
    wide = normalize("NFKC", character)
    if "⁄" in wide:  # ½ is not 12
        return character
    if wide == ".":
        return "."
    plain = normalize("NFC", "".join(c for c in normalize("NFKD", wide) if category(c)[0] != "M"))
    kept = (c for c in plain.casefold() if _is_searched(c) and (c != "." or len(plain) == 1))
    return "".join(_classes().get(c, c) for c in kept)


def _is_searched(character: str) -> bool:
    kind = category(character)
    return kind[0] in "LN" or kind == "Co" or character in _NUMBER_SIGNS


@cache
def _classes() -> dict[str, str]:
    """Return for each Han character that has other forms the one that stands for them all."""
    parent: dict[str, str] = {}

    def root(character: str) -> str:
        while (above := parent.get(character, character)) != character:
            character = above
        return character

    def join(character: str, other: str) -> None:
        parent[root(other)] = parent.setdefault(root(character), root(character))

    for traditional, simplified in _pairs("TSCharacters"):
        # The first form that differs: 瞭 is 瞭 or 了, and 瞭解 is 了解. The later forms stay apart,
        # or 画 and 划 would be one.
        other = next((form for form in simplified if form != traditional), traditional)
        join(other, traditional)
    for name in _VARIANTS:
        for character, others in _pairs(name):
            for other in others:
                join(character, other)
    return {character: root(character) for character in parent}


def _pairs(name: str) -> list[tuple[str, list[str]]]:
    text = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.splitlines())
    return [(character, forms.split()) for character, _, forms in rows]
