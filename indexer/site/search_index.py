"""Write a search index that a page reads piece by piece from the disk, as scripts.

A browser lets a page from a disk load scripts, and nothing else. The index is articles by term: a
term is one folded Chinese character or two in a row, or an English word. The lists tell which
articles may match; the page then reads their texts, which are there too, and looks for itself.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from indexer import fold
from indexer.views import ArticleView

TEXTS_TO_A_FILE = 25  # articles
_TERMS_TO_A_FILE = 400
_WORD = re.compile(r"[a-z0-9]+")
# All planes with letters but for Hangul, which folds to itself, and surrogates.
_LETTERS = (*range(0xAC00), *range(0xE000, 0x32400))
_ENGLISH = " "  # before a word, to tell it from folded Chinese text, which has no space


class SearchIndex:
    """Take articles in the order in which they shall be found, and write the index at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._postings: dict[str, array[int]] = {}
        self._texts: list[object] = []
        self._count = 0

    def add(self, article: ArticleView) -> None:
        """Add one article: its terms to the lists, its text to the files."""
        terms: set[str] = set()
        for paragraph in article.paragraphs:
            folded = fold.key(paragraph.zh)
            terms.update(folded)
            terms.update(folded[n : n + 2] for n in range(len(folded) - 1))
            terms.update(_ENGLISH + word for word in words(paragraph.en))
        for term in terms:
            self._postings.setdefault(term, array("I")).append(self._count)
        self._texts.append(
            [
                article.key,
                article.headline,
                article.publication or "",
                article.date or "",
                [[p.anchor, p.zh, p.en] for p in article.paragraphs],
            ]
        )
        self._count += 1
        if len(self._texts) == TEXTS_TO_A_FILE:
            self._write_texts()

    def close(self) -> None:
        """Write what is left: the last texts, the lists, and what a query needs to be read."""
        if self._texts:
            self._write_texts()
        shards = max(1, len(self._postings) // _TERMS_TO_A_FILE)
        files: list[dict[str, str]] = [{} for _ in range(shards)]
        for term, postings in self._postings.items():
            files[shard_of(term, shards)][term] = "".join(_deltas(postings))
        for number, lists in enumerate(files):
            self._write(f"terms-{number}.js", "terms", number, lists)
        about = {
            "articles": self._count,
            "shards": shards,
            "textsToAFile": TEXTS_TO_A_FILE,
            "folds": folds(),
        }
        self._write("about.js", "about", 0, about)

    def _write_texts(self) -> None:
        number = (self._count - 1) // TEXTS_TO_A_FILE
        self._write(f"texts-{number}.js", "texts", number, self._texts)
        self._texts = []

    def _write(self, name: str, kind: str, number: int, data: object) -> None:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        # Line ends in JSON strings that old scripts may not hold.
        text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        line = f'archiveData("{kind}",{number},{text});\n'
        (self._folder / name).write_text(line, encoding="utf-8", errors="surrogatepass")


def words(text: str) -> list[str]:
    """Return the English words of a text, small letters, accents off."""
    return _WORD.findall("".join(_plain(character) for character in text))


def shard_of(term: str, shards: int) -> int:
    """Return the file that a term's list is in; the page reckons the same over UTF-16 units."""
    units = term.encode("utf-16-le")
    value = 0
    for place in range(0, len(units), 2):
        value = (value * 31 + units[place] + 256 * units[place + 1]) & 0xFFFFFFFF
    return value % shards


@cache
def folds() -> dict[str, str]:
    """Return what folding makes of each character that it changes and does not drop."""
    changed: dict[str, str] = {}
    for character in map(chr, _LETTERS):
        folded = fold.key(character)
        if folded not in ("", character):  # dropped ones are known by their class
            changed[character] = folded
    return changed


@cache
def _plain(character: str) -> str:
    return fold.key(character) or " "


def _deltas(postings: array[int]) -> Iterator[str]:
    """Spell a growing list by its steps, five bits to a character, the last of a step below 80."""
    last = -1
    for number in postings:
        step, last = number - last - 1, number
        while step > 31:
            yield chr(80 + (step & 31))
            step >>= 5
        yield chr(48 + step)
