"""Which paragraphs a query means, and how well each fits: the query's logic over arrays.

Every leaf of the query is looked up by itself, in all its fields, and becomes a mask and a score
over all documents; AND, OR and NOT join those. So the logic is exact, and a Chinese leaf under NOT
leaks nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from typing import TypeGuard

import numpy as np

from indexer import fold, query
from indexer.index import Reader, names, words
from indexer.index.arrays import Array
from indexer.index.reader import NONE, Docs
from indexer.model import Kind

FOUND_BY = {
    "zh": "text",
    "en": "translation",
    "correction": "correction",
    "gloss": "gloss",
    "chinese": "name or number",
}
"""What a hit in each field means to a reader."""

EnglishOf = Callable[[Array], dict[int, str]]
"""Returns the English shown of some paragraphs, by id."""

_HEADLINES = (Kind.HEADLINE, Kind.SUBHEADLINE)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weigh the fields against each other; ``k1`` and ``b`` are BM25's."""

    zh: float = 1.0
    en: float = 1.0
    correction: float = 1.3
    gloss: float = 0.35
    chinese: float = 0.9
    title: float = 0.4
    k1: float = 1.2
    b: float = 0.4


TUNED = Weights()


@dataclass(slots=True)
class Found:
    """Hold a set of documents as a mask, with a score for each of all documents."""

    mask: Array
    score: Array


@dataclass(slots=True)
class Leaf:
    """Hold what one text of the query found, field by field."""

    text: query.Text
    fields: dict[str, Docs] = field(default_factory=dict)

    def found_by(self, doc: int) -> list[str]:
        """Return the fields in which a document has this text."""
        return [name for name, (docs, _) in self.fields.items() if _holds(docs, doc)]


@dataclass(slots=True)
class Matcher:
    """Evaluate queries against one generation of the index.

    ``language`` is ``zh`` to look at the Chinese alone, ``en`` at the English alone, else both.
    """

    reader: Reader
    english: EnglishOf
    language: str = ""
    weights: Weights = TUNED
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
        nodes = _without_stop_words(nodes)
        found = [self.match(child) for child in nodes]
        for place, joined in _joined_names(nodes):
            whole = self._text(joined)
            if whole.mask.any():
                one, two = found[place : place + 2]
                mask = (one.mask & two.mask) | whole.mask
                found[place] = Found(mask, one.score + whole.score)
                found[place + 1] = Found(mask, two.score)
        mask = reduce(np.logical_and, (part.mask for part in found))
        return Found(mask, _sum(found))

    def _unseen(self, node: query.Node) -> Found:
        """Match without noting leaves: what is excluded is no word that was found."""
        return Matcher(self.reader, self.english, self.language, self.weights).match(node)

    def _nothing(self) -> Array:
        return np.zeros(self.reader.size, np.float32)

    # Texts

    def _text(self, text: query.Text) -> Found:
        leaf = Leaf(text)
        if self.language != "en" or text.is_chinese:
            leaf.fields["zh"] = self._piece(text)
        if not text.is_chinese and self.language != "zh":
            leaf.fields |= self._words(text)
        leaf.fields = {name: found for name, found in leaf.fields.items() if len(found.docs)}
        self.leaves.append(leaf)
        return self._scored(leaf)

    def _piece(self, text: query.Text) -> Docs:
        if text.edits or text.within is not None:
            return NONE
        return self.reader.find(fold.key(text.text))

    def _words(self, text: query.Text) -> dict[str, Docs]:
        sequence = words.word_sequence(text.text)
        if not sequence:
            return {}
        if len(sequence) > 1:
            return self._phrase(text, [word for word, _, _ in sequence])
        return {name: self._word(name, text, sequence[0][0]) for name in words.FIELDS}

    def _word(self, name: str, text: query.Text, word: str) -> Docs:
        if text.prefix:
            return self.reader.with_terms(name, self.reader.starting_with(name, word))
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
        texts = self.english(self.reader.paragraphs[docs])
        counts = [
            len(phrases(texts.get(id, ""), sequence, text))
            for id in self.reader.paragraphs[docs].tolist()
        ]
        held = np.array(counts, np.int64)
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
        titled = self._articles_of(mask & self._of_kinds(_HEADLINES))
        score += self.weights.title * rarity * titled
        return Found(mask, score)

    # Fields

    def _in(self, name: str, text: query.Text) -> Array:
        if name in ("title", "byline"):
            kinds = _HEADLINES if name == "title" else (Kind.BYLINE,)
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


def phrases(text: str, sequence: Sequence[str], wanted: query.Text) -> list[tuple[int, int]]:
    """Return where the words of a phrase stand side by side, or ``within`` words of each other.

    Offsets into ``text``, from the first word's start to the last one's end. Words are compared as
    they stand when the phrase is ``exact``, else by stem.
    """
    like = str if wanted.exact else words.stem
    looked = [like(word) for word in sequence]
    have = [(like(word), start, end) for word, start, end in words.word_sequence(text)]
    if wanted.within is not None:
        return _near(have, looked, wanted.within)
    size = len(looked)
    return [
        (have[i][1], have[i + size - 1][2])
        for i in range(len(have) - size + 1)
        if have[i][0] == looked[0] and all(have[i + j][0] == looked[j] for j in range(1, size))
    ]


def _near(
    have: list[tuple[str, int, int]], looked: list[str], within: int
) -> list[tuple[int, int]]:
    """Return the shortest stretches that hold all words, with at most ``within`` others between."""
    longest = len(looked) + within
    found = []
    for first, (word, start, _) in enumerate(have):
        if word not in looked:
            continue
        missing = list(looked)
        for other, _, end in have[first : first + longest]:
            if other in missing:
                missing.remove(other)
                if not missing:
                    found.append((start, end))
                    break
    return found


def _fits(name: str, value: str, text: query.Text) -> bool:
    wanted, have = fold.key(text.text), fold.key(value)
    if name == "kind":
        return wanted == have
    return wanted in have or (name == "speaker" and wanted == names.pinyin(value))


def overlap(days: Array, first: int, last: int) -> Array:
    """Return which dates, zeros standing for what is unknown, can lie in a range of days."""
    unknown_day = days % 100 == 0
    unknown_month = days % 10000 == 0
    latest = np.where(unknown_month, days + 1231, np.where(unknown_day, days + 31, days))
    return (days > 0) & (latest >= first) & (days <= last)


def _without_stop_words(nodes: Sequence[query.Node]) -> Sequence[query.Node]:
    kept = [node for node in nodes if not _is_stop_word(node)]
    return kept if any(isinstance(node, query.Text) for node in kept) else nodes


def _is_stop_word(node: query.Node) -> bool:
    return (
        isinstance(node, query.Text)
        and not (node.exact or node.prefix or node.edits)
        and node.text.lower() in words.STOP_WORDS
    )


def _joined_names(nodes: Sequence[query.Node]) -> list[tuple[int, query.Text]]:
    """Return where two words may be one Chinese name, with the word they make."""
    found = []
    for place, (one, two) in enumerate(pairwise(nodes)):
        if _may_be_name(one) and _may_be_name(two):
            found.append((place, query.Text(fold.key(one.text + two.text), exact=True)))
    return found


def _may_be_name(node: query.Node) -> TypeGuard[query.Text]:
    return (
        isinstance(node, query.Text)
        and not (node.exact or node.prefix or node.edits)
        and names.is_pinyin(fold.key(node.text))
    )


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
