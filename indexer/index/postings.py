"""Postings as bytes: which documents hold a term and how often, for all terms of a field at once.

A posting is the distance to the document before it and the count, capped at four (BM25 is nearly
flat above), in one variable-length integer of seven bits a byte: one byte for most of them.
"""

from __future__ import annotations

import numpy as np

from indexer.index.arrays import Array

MAX_COUNT = 4
_COUNT_BITS = 2
_LAST_BYTE = 0x80


def encode(docs: Array, counts: Array, starts: Array) -> tuple[Array, Array]:
    """Encode postings sorted by term and document, where term *i* begins at ``starts[i]``.

    Returns the bytes and, for each term and the end, the offset of its first byte.
    """
    gaps: Array = np.diff(docs.astype(np.int64), prepend=0)
    gaps[starts] = docs[starts]
    values = (gaps << _COUNT_BITS) | (np.minimum(counts, MAX_COUNT).astype(np.int64) - 1)
    sizes = np.ones(len(values), np.uint8)
    for size in range(1, 5):
        sizes += values >= 1 << (7 * size)
    ends = np.cumsum(sizes, dtype=np.int64)
    firsts = ends - sizes
    data = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for byte in range(int(sizes.max(initial=0))):
        held = sizes > byte
        data[firsts[held] + byte] = (values[held] >> (7 * byte)) & 0x7F
    data[ends - 1] |= _LAST_BYTE
    offsets = np.append(firsts[starts], len(data))
    return data, offsets.astype(np.uint32 if len(data) < 1 << 32 else np.uint64)


def decode(data: Array) -> tuple[Array, Array]:
    """Return the documents and counts of one term."""
    values = _values(data)
    return np.cumsum(values >> _COUNT_BITS), (values & (MAX_COUNT - 1)) + 1


def decode_all(data: Array, offsets: Array) -> tuple[Array, Array, Array]:
    """Return the number of each posting's term, its document and its count, for a whole field."""
    values = _values(data)
    numbers = np.append(0, np.cumsum(data >= _LAST_BYTE))[offsets]
    sizes = np.diff(numbers)
    terms = np.repeat(np.arange(len(sizes)), sizes)
    docs = np.cumsum(values >> _COUNT_BITS)
    before = np.append(0, docs)[numbers[:-1]]
    return terms, docs - np.repeat(before, sizes), (values & (MAX_COUNT - 1)) + 1


def _values(data: Array) -> Array:
    low = (data & 0x7F).astype(np.int64)
    last = data >= _LAST_BYTE
    if last.all():
        return low
    ends = np.flatnonzero(last)
    starts = np.append(0, ends[:-1] + 1)
    places = np.arange(len(data)) - np.repeat(starts, ends - starts + 1)
    return np.add.reduceat(low << (7 * places), starts)
