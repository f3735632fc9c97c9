"""Articles that break off on one page of an issue and go on on another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Article, Kind
from indexer.segment.lines import plain
from indexer.segment.rules import read_continuation

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class _End:
    """Hold one loose end: the article, the page it is on, the page it names, what it is called."""

    article: int
    here: str
    there: str
    names: frozenset[str]


def continuations(articles: Sequence[tuple[str | None, Article]]) -> list[tuple[int, int]]:
    """Return the pairs of articles of one issue that are one article broken over two pages.

    ``articles`` are in the order of the issue, each with its page (``3``, ``A03``, ``第三版``,
    None where unknown). A pair holds two positions in it: that of the article that ends with
    （下转第3版）, and that of the one that begins with （上接第1版）. The pages named must agree
    with the pages known; between several the words of the headlines decide, then the order.
    """
    onward = list(_ends(articles, onward=True))
    back = list(_ends(articles, onward=False))
    ranked = sorted(
        (-_likeness(first, second), first.article, second.article)
        for first in onward
        for second in back
        if first.article != second.article and _agree(first, second)
    )
    pairs: list[tuple[int, int]] = []
    used: set[tuple[str, int]] = set()
    for _, first_article, second_article in ranked:
        ends = {("onward", first_article), ("back", second_article)}
        if not used & ends:
            used |= ends
            pairs.append((first_article, second_article))
    return sorted(pairs)


def _ends(articles: Sequence[tuple[str | None, Article]], onward: bool) -> Iterable[_End]:
    for position, (page, article) in enumerate(articles):
        for block in article.blocks:
            if block.kind is not Kind.CONTINUATION:
                continue
            note = read_continuation(block.text)
            if note and note.onward is onward:
                names = _words(article.headline) | _words(note.hint)
                yield _End(position, page_key(page or ""), page_key(note.page), names)


def _agree(first: _End, second: _End) -> bool:
    def fits(known: str, named: str) -> bool:
        return not known or not named or known == named

    return fits(second.here, first.there) and fits(first.here, second.there)


def _likeness(first: _End, second: _End) -> float:
    both = first.names & second.names
    return len(both) / max(1, min(len(first.names), len(second.names)))


def _words(text: str) -> frozenset[str]:
    signs = re.sub(r"[\W_]+", "", plain(text))
    return frozenset(signs[at : at + 2] for at in range(len(signs) - 1))


def page_key(page: str) -> str:
    """Return one form for all ways to name a page: ``A3`` for A03, ``3`` for 第三版, 03 and ３."""
    text = plain(page).upper()
    match = re.search(r"([A-Z]?)\s*0*(\d{1,3})", text)
    if match:
        return match[1] + match[2]
    han = re.search(r"[〇零一二三四五六七八九十]{1,3}", text)
    return str(_number(han[0])) if han else ""


def _number(han: str) -> int:
    tens, ten, ones = han.rpartition("十")
    value = _DIGITS.get(ones, 0)
    return value + 10 * (_DIGITS.get(tens, 1) if ten else 0)
