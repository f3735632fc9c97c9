"""Two searches that find something in this archive, to begin with: one English, one Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from indexer.archive import Archive
from translations.gloss import Word, dictionary

LOOKED_AT = 4  # issues, and articles of each
TRIED = 10  # searches for each language
SENSES = 4  # of a word, the usual ones

_PLAIN = re.compile(r"[A-Za-z]{4,}(?: [A-Za-z]{4,})?")


def examples(archive: Archive) -> list[str]:
    """Return an English and a Chinese search, each of a word in one of the newest headlines."""
    english, chinese = _first_found(archive, _senses(archive)), None
    if english:
        others = (word.text for word in _words(archive) if english not in word.senses)
        chinese = _first_found(archive, others)
    return [text for text in (english, chinese) if text]


def _first_found(archive: Archive, texts: Iterable[str]) -> str | None:
    tried = islice(texts, TRIED)
    return next((text for text in tried if archive.search(text, size=1).paragraphs), None)


def _senses(archive: Archive) -> Iterator[str]:
    """Give what the words of headlines mean, where that is one or two plain English words."""
    for word in _words(archive):
        plain = (sense for sense in word.senses[:SENSES] if _PLAIN.fullmatch(sense))
        yield from islice(plain, 1)


def _words(archive: Archive) -> Iterator[Word]:
    """Give the words of two characters and more of the newest headlines, long ones first."""
    for issue in archive.latest(LOOKED_AT):
        for article in archive.issue(issue.key).articles[:LOOKED_AT]:
            words = [word for word in dictionary().words(article.headline) if len(word.text) > 1]
            yield from sorted(words, key=lambda word: -len(word.text))
