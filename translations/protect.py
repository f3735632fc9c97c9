"""Carry terms through a model: put in their place what it translates well, and swap it back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translations.terms import Found, Term

# Places that even a weak model knows. Measured on the draft and the first page, where it writes
# Qinghai for 青岛: 21 of 37 are right by repair alone, 27 with Qingdao written in the Chinese, 36
# with 北京 and the like standing in, 37 with repair after that; BLEU rises too. Marks such as #1
# or [1] are lost or moved more often than any of these.
_STAND_INS = (("北京", "Beijing"), ("重庆", "Chongqing"), ("天津", "Tianjin"), ("上海", "Shanghai"))

_LIKE_PLACES = ("place", "company")


@dataclass(frozen=True, slots=True)
class Protected:
    """Hold a sentence to translate in place of another, and how to swap its English back."""

    zh: str
    swaps: tuple[tuple[str, str], ...] = ()

    def restore(self, en: str) -> str:
        """Return the English with the terms in place of their stand-ins.

        No stand-in is left, for the Chinese never named it; a term the model lost stays lost.
        """
        for stand_in, english in self.swaps:
            literal = english.replace("\\", r"\\")
            en = re.sub(rf"(?<![A-Za-z]){re.escape(stand_in)}(?![A-Za-z])", literal, en)
        return en


def ways(zh: str, found: Sequence[Found], missing: Sequence[Term]) -> Iterator[Protected]:
    """Give ways to protect the missing terms of a sentence, the most promising first.

    Places go as other places, other terms as they are; then those as their English too.
    """
    wanted = [one for one in found if one.term in missing]
    places = [one for one in wanted if one.term.kind in _LIKE_PLACES]
    free = [pair for pair in _STAND_INS if pair[0] not in zh]
    stand_ins = dict(zip(dict.fromkeys(one.term for one in places), free, strict=False))
    standing = [one for one in places if one.term in stand_ins]
    if standing:
        yield _protect(zh, standing, stand_ins)
    if len(standing) < len(wanted):
        yield _protect(zh, wanted, stand_ins)


def _protect(zh: str, wanted: Sequence[Found], stand_ins: dict[Term, tuple[str, str]]) -> Protected:
    text = ""
    place = 0
    for one in wanted:
        chinese, _ = stand_ins.get(one.term, (one.term.en, ""))
        text += zh[place : one.start] + chinese
        place = one.end
    swaps = tuple((english, term.en) for term, (_, english) in stand_ins.items())
    return Protected(text + zh[place:], swaps)
