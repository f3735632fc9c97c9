"""One generation of the index, read as arrays of document numbers.

A document is a paragraph; its number is good for this reader only. Nothing here changes after
opening but caches, so a reader serves any number of threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from whoosh.reading import SegmentReader

from indexer.index import segments
from indexer.index.arrays import Array
from indexer.index.codec import Terms

_CACHED = 512


class Docs(NamedTuple):
    """Hold document numbers in rising order, and how often each has what was looked for."""

    docs: Array
    counts: Array


NONE = Docs(np.zeros(0, np.int64), np.zeros(0, np.int64))


class Reader:
    """Answer which documents hold a text, a word or a value."""

    def __init__(self, generation: str, leaves: Sequence[SegmentReader]) -> None:
        self.generation = generation
        self._leaves = leaves
        self._terms: list[Terms] = [leaf._terms for leaf in leaves]
        sizes = [leaf.doc_count_all() for leaf in leaves]
        self._bases = np.cumsum([0, *sizes])[:-1]
        self.size = sum(sizes)
        self.alive = np.ones(self.size, bool)
        for leaf, base in zip(leaves, self._bases, strict=True):
            self.alive[[int(base) + doc for doc in leaf._perdoc.deleted_docs()]] = False
        self.paragraphs = self._column("paragraph", np.int64)
        self.articles = self._column("article", np.int64)
        self.days = self._column("date", np.int32)
        codes, self.article_codes = np.unique(self.articles, return_inverse=True)
        self.article_count = len(codes)
        self._found: dict[str, Docs] = {}
        self._values: dict[str, dict[str, Array]] = {}
        self._lengths: dict[str, Array] = {}

    def find(self, text: str) -> Docs:
        """Return the documents whose folded text holds a folded text, by substring."""
        if text not in self._found:
            if len(self._found) >= _CACHED:
                self._found.clear()
            found = [_find(terms, text) for terms in self._terms]
            self._found[text] = self._joined(found)
        return self._found[text]

    def with_stem(self, field: str, stem: str) -> Docs:
        """Return the documents with any form of a word in a field."""
        encoded = stem.encode()
        return self._joined(
            _union(terms.postings(field, number) for number in terms.forms(field, encoded))
            for terms in self._terms
        )

    def with_terms(self, field: str, wanted: Iterable[str]) -> Docs:
        """Return the documents with any of some terms in a field."""
        encoded = [term.encode() for term in wanted]
        numbers = ([terms.number(field, term) for term in encoded] for terms in self._terms)
        return self._joined(
            _union(terms.postings(field, number) for number in held if number is not None)
            for terms, held in zip(self._terms, numbers, strict=True)
        )

    def with_prefix(self, field: str, prefix: str) -> Docs:
        """Return the documents with any term in a field that begins with a prefix."""
        encoded = prefix.encode()
        return self._joined(terms.starting_with(field, encoded) for terms in self._terms)

    def english(self, docs: Array) -> Iterator[bytes]:
        """Give the plain English words of some documents, a space before and after each."""
        which = np.searchsorted(self._bases, docs, side="right") - 1
        for number, (terms, base) in enumerate(zip(self._terms, self._bases, strict=True)):
            yield from _pieces(terms, "english", docs[which == number] - base)

    def frequency(self, field: str, term: str) -> int:
        """Return the number of documents with a term."""
        return len(self.with_terms(field, [term]).docs)

    def near(self, field: str, word: str, distance: int) -> list[str]:
        """Return the terms of a field within some edits of a word that share its first letter."""
        found: set[str] = set()
        for leaf in self._leaves:
            found.update(leaf.terms_within(field, word, distance, prefix=1))
        return sorted(found)

    def values(self, field: str) -> dict[str, Array]:
        """Return each value of a field of values, with the documents that have it."""
        if field not in self._values:
            every = sorted({t.decode() for terms in self._terms for t in _keys(terms, field)})
            held = {value: self.with_terms(field, [value]).docs for value in every}
            self._values[field] = {value: docs for value, docs in held.items() if len(docs)}
        return self._values[field]

    def relative_lengths(self, field: str) -> Array:
        """Return each document's number of terms in a field, by the mean of those that have any."""
        if field not in self._lengths:
            lengths = self._column(f"{field}.lengths", np.float32)
            self._lengths[field] = lengths / max(
                1.0, float(lengths.sum()) / max(1, (lengths > 0).sum())
            )
        return self._lengths[field]

    def document(self, paragraph_id: int) -> int | None:
        """Return the document of a paragraph, None when the index has it not."""
        found = np.flatnonzero((self.paragraphs == paragraph_id) & self.alive)
        return int(found[0]) if len(found) else None

    def _column(self, name: str, dtype: type) -> Array:
        if not self._terms:
            return np.zeros(0, dtype)
        return np.concatenate([terms.arrays[name] for terms in self._terms]).astype(dtype)

    def _joined(self, parts: Iterable[tuple[Array, Array]]) -> Docs:
        found = list(parts)
        if not found:
            return NONE
        docs = np.concatenate(
            [part[0] + base for part, base in zip(found, self._bases, strict=True)]
        )
        counts = np.concatenate([part[1] for part in found])
        alive = self.alive[docs]
        return Docs(docs, counts) if alive.all() else Docs(docs[alive], counts[alive])


def _keys(terms: Terms, field: str) -> Iterable[bytes]:
    keys = terms.keys(field)
    return (keys.term(number) for number in range(len(keys)))


def _union(parts: Iterable[tuple[Array, Array]]) -> tuple[Array, Array]:
    found = list(parts)
    if len(found) < 2:
        return found[0] if found else NONE
    docs, places = np.unique(np.concatenate([docs for docs, _ in found]), return_inverse=True)
    counts = np.bincount(places, np.concatenate([counts for _, counts in found]))
    return docs, counts.astype(np.int64)


def _find(terms: Terms, text: str) -> tuple[Array, Array]:
    """Return where a text stands: one or two characters are a term, more are looked up in the text.

    Pairs of characters narrow the search, the rarest first, until few enough texts are left.
    """
    if len(text) <= 2:
        number = terms.number(segments.GRAMS, text.encode()) if text else None
        return NONE if number is None else terms.postings(segments.GRAMS, number)
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    numbers = [terms.number(segments.GRAMS, pair.encode()) for pair in pairs]
    held = [number for number in numbers if number is not None]
    if len(held) < len(pairs):
        return NONE
    offsets = terms.arrays[f"{segments.GRAMS}.offsets"]
    held.sort(key=lambda number: int(offsets[number + 1]) - int(offsets[number]))
    docs, _ = terms.postings(segments.GRAMS, held[0])
    for number in held[1:]:
        if len(docs) <= _FEW:
            break
        other, _ = terms.postings(segments.GRAMS, number)
        docs = np.intersect1d(docs, other, assume_unique=True)
    return _verified(terms, docs, text.encode())


_FEW = 50


def _verified(terms: Terms, docs: Array, text: bytes) -> tuple[Array, Array]:
    pieces = _pieces(terms, "folded", docs)
    counts = np.fromiter((piece.count(text) for piece in pieces), np.int64, len(docs))
    held = counts > 0
    return docs[held], counts[held]


def _pieces(terms: Terms, name: str, docs: Array) -> Iterator[bytes]:
    """Give the texts of some documents as they lie in the index."""
    blob = terms.arrays[name].data
    starts = terms.arrays[f"{name}_starts"]
    for first, end in zip(starts[docs].tolist(), starts[docs + 1].tolist(), strict=True):
        yield bytes(blob[first:end])
