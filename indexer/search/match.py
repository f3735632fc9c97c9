"""Which paragraphs a query means, and how well each fits: the query's logic over arrays.

Every leaf of the query is looked up by itself, in all its fields, and becomes a mask and a score
over all documents; AND, OR and NOT join those. So the logic is exact, and a Chinese leaf under NOT
leaks nowhere.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from indexer import fold, query
from indexer.index import Reader, words
from indexer.index.arrays import Array
from indexer.index.reader import NONE, Docs
from indexer.model import Kind
from indexer.quotes.names import pinyin_keys
from indexer.search.nodes import is_word, joined_names, without_stop_words

FOUND_BY = {
    "zh": "text",
    "en": "translation",
    "correction": "correction",
    "gloss": "gloss",
    "chinese": "name or number",
    "title": "headline",
}
"""What a hit in each field means to a reader."""

Stretch = tuple[int, int]
"""The numbers of the first and the last word of a phrase in a text."""

HEADLINES = (Kind.HEADLINE, Kind.SUBHEADLINE)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weigh the fields against each other, 0 leaves one out; ``k1`` and ``b`` are BM25's."""

    zh: float = 1.0
    en: float = 1.0
    correction: float = 1.3
    gloss: float = 0.35
    chinese: float = 0.9
    title: float = 0.4
    k1: float = 1.2
    b: float = 0.4


TUNED = Weights()


class TooSlow(Exception):
    """Say that a query took longer than it may."""


@dataclass(slots=True)
class Found:
    """Hold a set of documents as a mask, with a score for each of all documents."""

    mask: Array
    score: Array


@dataclass(slots=True)
class Near(Found):
    """Hold documents that have ``had`` of a query's ``words``, as many as any document has."""

    words: int
    had: int


@dataclass(slots=True)
class Leaf:
    """Hold what one text of the query found, field by field."""

    text: query.Text
    fields: dict[str, Docs] = field(default_factory=dict)
    titled: Array | None = None

    def found_by(self, doc: int) -> set[str]:
        """Return the fields in which a document has this text, ``title`` where no other has it."""
        found = {name for name, (docs, _) in self.fields.items() if _holds(docs, doc)}
        return {"title"} if not found and self.titled is not None and self.titled[doc] else found


@dataclass(slots=True)
class Matcher:
    """Evaluate queries against one generation of the index.

    ``language`` is ``zh`` to look at the Chinese alone, ``en`` at the English alone, else both.
    ``until`` is the moment of the monotonic clock at which ``match`` gives up with TooSlow.
    """

    reader: Reader
    language: str = ""
    weights: Weights = TUNED
    until: float = math.inf
    leaves: list[Leaf] = field(default_factory=list)

    def match(self, node: query.Node) -> Found:
        """Return the documents that a query means, deleted ones never among them."""
        match node:
            case query.Text():
                return self._text(node)
            case query.In(name, text):
                return Found(self._in(name, text), self._nothing())
            case query.Dates(first, last):
                days = self.reader.days
                return Found(overlap(days, first, last) & self.reader.alive, self._nothing())
            case query.Not(child):
                return Found(self.reader.alive & ~self._unseen(child).mask, self._nothing())
            case query.Or(nodes):
                found = [self.match(child) for child in nodes]
                mask = reduce(np.logical_or, (part.mask for part in found))
                return Found(mask, _sum(found))
            case query.And(nodes):
                return self._all(nodes)

    def _all(self, nodes: Sequence[query.Node]) -> Found:
        """Match all nodes; a word of English may also stand in the headline over the paragraph."""
        nodes = without_stop_words(nodes)
        found = [self.match(child) for child in nodes]
        for place, joined in joined_names(nodes):
            whole = self._text(joined)
            if whole.mask.any():
                one, two = found[place : place + 2]
                mask = (one.mask & two.mask) | whole.mask
                found[place] = Found(mask, one.score + whole.score)
                found[place + 1] = Found(mask, two.score)
        wide = [self._widened(node, part) for node, part in zip(nodes, found, strict=True)]
        return Found(reduce(np.logical_and, wide) & self._anchored(nodes, found), _sum(found))

    def _widened(self, node: query.Node, found: Found) -> Array:
        """Return where a node matches, or where a word stands in the headline."""
        return found.mask | self._titled(found.mask) if is_word(node) else found.mask

    def _anchored(self, nodes: Sequence[query.Node], found: Sequence[Found]) -> Array:
        """Return the paragraphs that have a text of the query themselves, not in the headline."""
        own = [
            part.mask
            for node, part in zip(nodes, found, strict=True)
            if isinstance(node, query.Text | query.Or | query.And)
        ]
        return reduce(np.logical_or, own) if own else self.reader.alive

    def _titled(self, mask: Array) -> Array:
        """Return all paragraphs of the articles with a headline in ``mask``."""
        return self._articles_of(mask & self._of_kinds(HEADLINES))

    def closest(self, node: query.Node, allowed: Array) -> Near | None:
        """Return the allowed documents that have most of a query's loose words.

        What is Chinese, quoted, excluded, or asked of a field is not loose. None when there are
        not two loose words, or no document has any.
        """
        nodes = without_stop_words(node.nodes) if isinstance(node, query.And) else ()
        loose = [child for child in nodes if is_word(child)]
        if len(loose) < 2:
            return None
        strict = [self._unseen(child).mask for child in nodes if child not in loose]
        allowed = reduce(np.logical_and, strict, allowed)
        found = [self._unseen(child) for child in loose]
        counts = np.stack([part.mask for part in found]).sum(axis=0) * allowed
        most = int(counts.max(initial=0))
        return Near(counts == most, _sum(found), len(loose), most) if most else None

    def _unseen(self, node: query.Node) -> Found:
        """Match without noting leaves: what is excluded is no word that was found."""
        return Matcher(self.reader, self.language, self.weights, self.until).match(node)

    def _nothing(self) -> Array:
        return np.zeros(self.reader.size, np.float32)

    # Texts

    def _text(self, text: query.Text) -> Found:
        if time.monotonic() > self.until:
            raise TooSlow
        leaf = Leaf(text)
        if self.language != "en" or text.is_chinese:
            leaf.fields["zh"] = self._piece(text)
        if not text.is_chinese and self.language != "zh":
            leaf.fields |= self._words(text)
        leaf.fields = {
            name: found
            for name, found in leaf.fields.items()
            if len(found.docs) and getattr(self.weights, name)
        }
        self.leaves.append(leaf)
        return self._scored(leaf)

    def _piece(self, text: query.Text) -> Docs:
        if text.edits or text.within is not None:
            return NONE
        return self.reader.find(fold.key(text.text))

    def _words(self, text: query.Text) -> dict[str, Docs]:
        sequence = words.analysed(text.text).sequence
        if not sequence:
            return {}
        if len(sequence) > 1:
            return self._phrase(text, sequence)
        return {name: self._word(name, text, sequence[0]) for name in words.FIELDS}

    def _word(self, name: str, text: query.Text, word: str) -> Docs:
        if text.prefix:
            return self.reader.with_prefix(name, word)
        if text.edits:
            return self.reader.with_terms(name, self.reader.near(name, word, text.edits))
        if text.exact:
            return self.reader.with_terms(name, [word])
        return self.reader.with_stem(name, words.stem(word))

    def _phrase(self, text: query.Text, sequence: Sequence[str]) -> dict[str, Docs]:
        """Find words side by side, or near each other; a compound also written as one word."""
        found = {}
        for name in ("en", "correction"):
            parts = [self._word(name, query.Text(word, text.exact), word) for word in sequence]
            docs = reduce(_both, (part.docs for part in parts))
            found[name] = self._verified(docs, text, sequence)
            if not text.exact:
                whole = self._word(name, text, words.joined(text.text))
                found[name] = _either(found[name], whole)
        return found

    def _verified(self, docs: Array, text: query.Text, sequence: Sequence[str]) -> Docs:
        count = _counter(text, sequence)
        held = np.fromiter(map(count, self.reader.english(docs)), np.int64, len(docs))
        return Docs(docs[held > 0], held[held > 0])

    def _scored(self, leaf: Leaf) -> Found:
        """Return BM25 over the fields, each with its weight, and the articles' headlines."""
        score = self._nothing()
        if not leaf.fields:
            return Found(np.zeros(self.reader.size, bool), score)
        mask = np.zeros(self.reader.size, bool)
        for found in leaf.fields.values():
            mask[found.docs] = True
        rarity = np.log1p((self.reader.size - mask.sum() + 0.5) / (mask.sum() + 0.5))
        for name, (docs, counts) in leaf.fields.items():
            lengths = self.reader.relative_lengths(name)[docs]
            weights = self.weights
            norm = weights.k1 * (1 - weights.b + weights.b * lengths)
            weight = getattr(weights, name) * (
                0.3 if name == "zh" and not leaf.text.is_chinese else 1
            )
            score[docs] += weight * rarity * counts * (weights.k1 + 1) / (counts + norm)
        leaf.titled = self._titled(mask)
        score += self.weights.title * rarity * leaf.titled
        return Found(mask, score)

    # Fields

    def _in(self, name: str, text: query.Text) -> Array:
        if name in ("title", "byline"):
            kinds = HEADLINES if name == "title" else (Kind.BYLINE,)
            return self._articles_of(self._unseen(text).mask & self._of_kinds(kinds))
        mask = np.zeros(self.reader.size, bool)
        for value, docs in self.reader.values(name).items():
            if _fits(name, value, text):
                mask[docs] = True
        return mask

    def _of_kinds(self, kinds: Iterable[str]) -> Array:
        mask = np.zeros(self.reader.size, bool)
        values = self.reader.values("kind")
        for kind in kinds:
            mask[values.get(kind, NONE.docs)] = True
        return mask

    def _articles_of(self, mask: Array) -> Array:
        """Return the mask of all documents in the articles that have one of ``mask``."""
        codes = self.reader.article_codes
        articles = np.zeros(self.reader.article_count, bool)
        articles[codes[mask]] = True
        return articles[codes] & self.reader.alive


def _counter(text: query.Text, sequence: Sequence[str]) -> Callable[[bytes], int]:
    """Return what counts a phrase in plain words with a space before and after each."""
    if text.exact and text.within is None:
        needle = f" {' '.join(sequence)} ".encode()
        return lambda words_: words_.count(needle)
    return lambda words_: len(phrases(words_.decode().split(), sequence, text))


def phrases(have: Sequence[str], sequence: Sequence[str], wanted: query.Text) -> list[Stretch]:
    """Return where the words of a phrase stand side by side, or ``within`` words of each other.

    Each is the numbers of the first and the last word. Words are compared as they stand when the
    phrase is ``exact``, else by stem.
    """
    if not wanted.exact:
        have, sequence = list(map(words.stem, have)), list(map(words.stem, sequence))
    if wanted.within is not None:
        return _near(have, sequence, wanted.within)
    size, looked = len(sequence), list(sequence)
    return [
        (first, first + size - 1)
        for first, word in enumerate(have)
        if word == looked[0] and list(have[first : first + size]) == looked
    ]


def _near(have: Sequence[str], looked: Sequence[str], within: int) -> list[Stretch]:
    """Return stretches that hold all words, with at most ``within`` others between."""
    longest = len(looked) + within
    found = []
    for first, word in enumerate(have):
        if word not in looked:
            continue
        missing = list(looked)
        for last, other in enumerate(have[first : first + longest], first):
            if other in missing:
                missing.remove(other)
                if not missing:
                    found.append((first, last))
                    break
    return found


def _fits(name: str, value: str, text: query.Text) -> bool:
    wanted, have = fold.key(text.text), fold.key(value)
    if name == "kind":
        return wanted == have
    return wanted in have or (name == "speaker" and wanted in pinyin_keys(value))


def overlap(days: Array, first: int, last: int) -> Array:
    """Return which dates, zeros standing for what is unknown, can lie in a range of days."""
    unknown_day = days % 100 == 0
    unknown_month = days % 10000 == 0
    latest = np.where(unknown_month, days + 1231, np.where(unknown_day, days + 31, days))
    return (days > 0) & (latest >= first) & (days <= last)


def _sum(found: Sequence[Found]) -> Array:
    total: Array = np.stack([part.score for part in found]).sum(axis=0)
    return total


def _holds(docs: Array, doc: int) -> bool:
    place = int(np.searchsorted(docs, doc))
    return place < len(docs) and int(docs[place]) == doc


def _both(one: Array, two: Array) -> Array:
    return np.intersect1d(one, two, assume_unique=True)


def _either(one: Docs, two: Docs) -> Docs:
    docs, places = np.unique(np.concatenate([one.docs, two.docs]), return_inverse=True)
    counts = np.bincount(places, np.concatenate([one.counts, two.counts]))
    return Docs(docs, counts.astype(np.int64))
