"""Sorted term dictionaries of a field, searched by halving where they lie in the file.

Terms are bytes in Whoosh's order: UTF-8, which is the order of code points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from indexer.index.arrays import Array

_HALF = 21
"""Bits of a code point, two of which make the number of a gram."""


class Keys(Protocol):
    """Hold the terms of one field in order."""

    def __len__(self) -> int: ...

    def term(self, number: int) -> bytes: ...

    def first_from(self, term: bytes) -> int:
        """Return the number of the first term that is not before ``term``."""
        ...


class WordKeys:
    """Hold terms of any length: one row of bytes and where each begins."""

    def __init__(self, blob: Array, starts: Array) -> None:
        self._blob = blob.data
        self._starts = starts

    @staticmethod
    def pack(terms: Sequence[bytes]) -> tuple[Array, Array]:
        """Return the arrays that hold sorted terms."""
        starts = np.zeros(len(terms) + 1, np.uint32)
        np.cumsum([len(term) for term in terms], out=starts[1:])
        return np.frombuffer(b"".join(terms), np.uint8), starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def term(self, number: int) -> bytes:
        return bytes(self._blob[self._starts[number] : self._starts[number + 1]])

    def first_from(self, term: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low


class GramKeys:
    """Hold one- and two-character terms, each a number: the two code points, or one and zero."""

    def __init__(self, numbers: Array) -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def term(self, number: int) -> bytes:
        first, second = divmod(int(self._numbers[number]), 1 << _HALF)
        return (chr(first) + (chr(second) if second else "")).encode()

    def first_from(self, term: bytes) -> int:
        return int(np.searchsorted(self._numbers, gram_number(term.decode())))


def gram_numbers(first: Array, second: Array | int) -> Array:
    """Return the numbers of pairs of code points; the second is 0 for single characters."""
    numbers: Array = first.astype(np.uint64) << np.uint64(_HALF) | np.uint64(second)
    return numbers


def gram_number(gram: str) -> np.uint64:
    """Return the number of a gram; of a longer text, that of the first gram after its start."""
    first = ord(gram[0]) << _HALF if gram else 0
    second = ord(gram[1]) if len(gram) > 1 else 0
    return np.uint64(first + second + (len(gram) > 2))
