"""Make the arrays of an index segment: from records, or from older segments merged.

A segment numbers its documents (paragraphs) from zero. Per field there is a dictionary of terms
and their postings; per document its row ids, its date and its folded text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from indexer.index import postings, words
from indexer.index.arrays import Array
from indexer.index.keys import GramKeys, Keys, WordKeys, gram_numbers
from indexer.index.record import Record

GRAMS: Final = "zh"
WORDS: Final = words.FIELDS
VALUES: Final = ("publication", "section", "kind", "engine", "flag", "speaker")
"""Fields whose terms are whole values, to filter and to count by."""
_ROWS: Final = {"paragraph": np.int64, "article": np.int64, "date": np.int32}

MOST_DOCUMENTS: Final = 1 << 22
_DOC_BITS: Final = np.uint64(22)
"""A gram's number takes the other 42 of 64 bits, so that one sort orders grams and documents."""

AT_ONCE = 4_000_000
"""Bytes of postings that are merged at once: about 100 MB of memory."""

Arrays = dict[str, Array]


def keys(arrays: Mapping[str, Array], field: str) -> Keys:
    """Return the term dictionary of a field."""
    if field == GRAMS:
        return GramKeys(arrays["zh.keys"])
    return WordKeys(arrays[f"{field}.keys"], arrays[f"{field}.key_starts"])


def stems(arrays: Mapping[str, Array], field: str) -> WordKeys:
    """Return the stems of a field of words; ``forms`` has the terms of each."""
    return WordKeys(arrays[f"{field}.stems"], arrays[f"{field}.stem_starts"])


def from_records(records: Iterable[Record]) -> Arrays:
    """Return the segment of some records, at most a few hundred thousand."""
    folded: list[str] = []
    english: list[str] = []
    fields = {field: _Terms() for field in (*WORDS, *VALUES)}
    rows: dict[str, array[int]] = {name: array("q") for name in _ROWS}
    for record in records:
        analysed = words.analysed(record.en)
        folded.append(record.folded)
        english.append(f" {' '.join(analysed.sequence)} ")
        rows["paragraph"].append(record.paragraph_id)
        rows["article"].append(record.article_id)
        rows["date"].append(record.day)
        for terms, found in zip(fields.values(), terms_of(record, analysed.terms), strict=True):
            terms.add(found)
    arrays = {name: np.array(rows[name], dtype) for name, dtype in _ROWS.items()}
    arrays |= _text("folded", folded) | _text("english", english) | _grams(folded)
    for field, terms in fields.items():
        arrays |= terms.arrays(field)
    return arrays


def merged(parts: Sequence[tuple[Mapping[str, Array], Array]]) -> Arrays:
    """Return one segment for several, each with a mask of the documents to keep."""
    sizes = [int(kept.sum()) for _, kept in parts]
    bases = np.cumsum([0, *sizes])
    numbers = [
        np.where(kept, np.cumsum(kept) - 1 + base, -1)
        for (_, kept), base in zip(parts, bases[:-1], strict=True)
    ]
    result = {
        name: np.concatenate([arrays[name][kept] for arrays, kept in parts]) for name in _ROWS
    }
    result |= _merged_text("folded", parts) | _merged_text("english", parts)
    for field in (GRAMS, *WORDS, *VALUES):
        result |= _merged_field(field, [arrays for arrays, _ in parts], numbers)
        name = f"{field}.lengths"
        result[name] = np.concatenate([arrays[name][kept] for arrays, kept in parts])
    return result


def terms_of(record: Record, english: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the record's terms in each of ``WORDS`` and ``VALUES``."""
    yield () if record.corrected else english
    yield english if record.corrected else ()
    yield words.analysed(record.gloss).terms
    yield [*words.terms_of_chinese(record.zh, record.folded), *record.names]
    yield _one(record.publication)
    yield _one(record.section)
    yield (record.kind, "quote") if record.speakers else (record.kind,)
    yield _one(record.engine)
    yield record.flags
    yield record.speakers


def _one(value: str | None) -> Sequence[str]:
    return (value,) if value else ()


class _Terms(dict[str, int]):
    """Number the terms of one field as they come, and note which document has which."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = array("I")
        self._lengths = array("I")

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def add(self, terms: Sequence[str]) -> None:
        """Add the next document's terms."""
        self._numbers.extend(map(self.__getitem__, terms))
        self._lengths.append(len(terms))

    def arrays(self, field: str) -> Arrays:
        terms = [term.encode() for term in self]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        rank = np.empty(len(terms), np.int64)
        rank[order] = np.arange(len(terms))
        lengths = np.array(self._lengths, np.uint32)
        docs = np.repeat(np.arange(len(lengths)), lengths)
        numbers = rank[np.array(self._numbers, np.uint32)] if terms else np.zeros(0, np.int64)
        found, counts = np.unique(numbers << 32 | docs, return_counts=True)
        result = _field(field, found & 0xFFFFFFFF, counts, _starts(found >> 32))
        result |= _key_arrays(field, [terms[number] for number in order])
        result[f"{field}.lengths"] = lengths
        return result


def _grams(folded: Sequence[str]) -> Arrays:
    """Return the field of all single characters and pairs, made for all texts in one sweep."""
    joined = "\0".join([*folded, "\0"])  # the key of a text never holds the separator
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.uint64)[:-1]
    lengths = np.array([len(text) for text in folded], np.uint32)
    docs = np.repeat(np.arange(len(folded), dtype=np.uint64), lengths + 1)[:-1]
    first, second = codes[:-1], codes[1:]
    inside = first > 0
    pair = inside & (second > 0)
    singles = gram_numbers(first[inside], 0) << _DOC_BITS | docs[inside]
    pairs = gram_numbers(first[pair], second[pair]) << _DOC_BITS | docs[pair]
    found, counts = np.unique(np.concatenate([singles, pairs]), return_counts=True)
    terms = found >> _DOC_BITS
    docs = (found & np.uint64(MOST_DOCUMENTS - 1)).astype(np.int64)
    starts = np.flatnonzero(np.diff(terms, prepend=0))
    result = _field(GRAMS, docs, counts, starts)
    result["zh.keys"] = terms[starts]
    result["zh.lengths"] = lengths
    return result


def _text(name: str, texts: Sequence[str]) -> Arrays:
    encoded = [text.encode() for text in texts]
    starts = np.cumsum([0, *map(len, encoded)], dtype=np.uint64)
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}_starts": starts}


def _field(field: str, docs: Array, counts: Array, starts: Array) -> Arrays:
    data, offsets = postings.encode(docs, counts, starts)
    return {f"{field}.postings": data, f"{field}.offsets": offsets}


def _starts(terms: Array) -> Array:
    return np.flatnonzero(np.diff(terms, prepend=-1))


def _key_arrays(field: str, terms: Sequence[bytes]) -> Arrays:
    blob, starts = WordKeys.pack(terms)
    result = {f"{field}.keys": blob, f"{field}.key_starts": starts}
    return result | _stem_arrays(field, terms) if field in WORDS else result


def _stem_arrays(field: str, terms: Sequence[bytes]) -> Arrays:
    forms: dict[bytes, list[int]] = {}
    for number, term in enumerate(terms):
        forms.setdefault(words.stem(term.decode()).encode(), []).append(number)
    order = sorted(forms)
    blob, starts = WordKeys.pack(order)
    return {
        f"{field}.stems": blob,
        f"{field}.stem_starts": starts,
        f"{field}.forms": np.array([n for stem in order for n in forms[stem]], np.uint32),
        f"{field}.form_starts": np.cumsum([0, *(len(forms[s]) for s in order)], dtype=np.uint32),
    }


def _merged_text(name: str, parts: Sequence[tuple[Mapping[str, Array], Array]]) -> Arrays:
    texts, sizes = [], [np.zeros(1, np.uint64)]
    for arrays, kept in parts:
        lengths = np.diff(arrays[f"{name}_starts"])
        texts.append(arrays[name][np.repeat(kept, lengths.astype(np.int64))])
        sizes.append(lengths[kept])
    starts = np.cumsum(np.concatenate(sizes), dtype=np.uint64)
    return {name: np.concatenate(texts), f"{name}_starts": starts}


def _merged_field(
    field: str, parts: Sequence[Mapping[str, Array]], numbers: Sequence[Array]
) -> Arrays:
    """Merge one field, with the new number of each document, negative for those left out.

    A range of terms at a time, for the postings of a large index take ten times their bytes while
    they are merged.
    """
    vocabularies = [_vocabulary(arrays, field) for arrays in parts]
    every, inverse = np.unique(np.concatenate(vocabularies), return_inverse=True)
    ranks = np.split(inverse, np.cumsum([len(v) for v in vocabularies])[:-1])
    pieces: list[Array] = [np.zeros(0, np.uint8)]
    sizes: list[Array] = [np.zeros(1, np.int64)]
    held: list[Array] = [np.zeros(0, np.int64)]
    for first, end in pairwise(_ranges(field, parts, ranks, len(every))):
        terms, docs, counts = _merged_range(field, parts, numbers, ranks, first, end)
        starts = _starts(terms)
        data, offsets = postings.encode(docs, counts, starts)
        pieces.append(data)
        sizes.append(np.diff(offsets.astype(np.int64)))
        held.append(terms[starts])
    offsets = np.cumsum(np.concatenate(sizes))
    result = {
        f"{field}.postings": np.concatenate(pieces),
        f"{field}.offsets": offsets.astype(np.uint32 if offsets[-1] < 1 << 32 else np.uint64),
    }
    kept = every[np.concatenate(held)]
    return result | ({"zh.keys": kept} if field == GRAMS else _key_arrays(field, list(kept)))


def _ranges(
    field: str, parts: Sequence[Mapping[str, Array]], ranks: Sequence[Array], count: int
) -> list[int]:
    """Return bounds that cut the merged terms into ranges of about ``AT_ONCE`` bytes."""
    weights = np.zeros(count, np.int64)
    for arrays, rank in zip(parts, ranks, strict=True):
        sizes: Array = np.diff(arrays[f"{field}.offsets"].astype(np.int64))
        weights[rank] += sizes
    steps = np.cumsum(weights) // AT_ONCE
    return [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), count]


def _merged_range(
    field: str,
    parts: Sequence[Mapping[str, Array]],
    numbers: Sequence[Array],
    ranks: Sequence[Array],
    first: int,
    end: int,
) -> tuple[Array, Array, Array]:
    """Return the postings of the merged terms from ``first`` to ``end``, sorted: terms and all."""
    found, every_count = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for arrays, rank, number in zip(parts, ranks, numbers, strict=True):
        low, high = np.searchsorted(rank, [first, end])
        offsets = arrays[f"{field}.offsets"][low : high + 1].astype(np.int64)
        data = arrays[f"{field}.postings"][offsets[0] : offsets[-1]]
        terms, docs, counts = postings.decode_all(data, offsets - offsets[0])
        docs = number[docs]
        found.append((rank[low + terms] << 32 | docs)[docs >= 0])
        every_count.append(counts[docs >= 0])
    place = np.concatenate(found)
    order = np.argsort(place, kind="stable")
    place, counts = place[order], np.concatenate(every_count)[order]
    return place >> 32, place & 0xFFFFFFFF, counts


def _vocabulary(arrays: Mapping[str, Array], field: str) -> Array:
    if field == GRAMS:
        return arrays["zh.keys"]
    terms = keys(arrays, field)
    return np.array([terms.term(number) for number in range(len(terms))], object)
