"""Several rankings made one, by ranks alone: scores of different kinds cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.index.arrays import Array

K = 60
"""How little the first places stand out; 60 is the usual choice, and 10 measured the same."""


def fuse(size: int, rankings: Iterable[tuple[float, Array]]) -> Array:
    """Return a score for each of ``size`` documents by reciprocal rank fusion.

    Each ranking is its weight and its documents, the best first, none of them twice.
    """
    score = np.zeros(size, np.float32)
    for weight, docs in rankings:
        score[docs] += weight / (K + np.arange(1, len(docs) + 1, dtype=np.float32))
    return score
