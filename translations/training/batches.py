"""Draw corpora by weight into batches of pairs of like length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from translations.training.encode import Encoded

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold the token numbers of some pairs; the targets without BOS and EOS."""

    sources: Rows
    targets: Rows


class Batches:
    """Draw epochs of batches, the same ones for the same seed.

    In an epoch each corpus comes weight times, each pair in one of its variants by chance. A batch
    holds at most ``tokens`` tokens of the longer side, filling counted.
    """

    def __init__(
        self, corpora: Mapping[str, Encoded], weights: Mapping[str, float], tokens: int, seed: int
    ) -> None:
        self._corpora = [(corpora[name], weight) for name, weight in sorted(weights.items())]
        self._tokens = tokens
        self._seed = seed
        self._sources = [row for c, _ in self._corpora for row in _rows(c.source, c.source_lengths)]
        self._targets = [row for c, _ in self._corpora for row in _rows(c.target, c.target_lengths)]
        self._lengths = np.array([
            max(len(source), len(target) + 1)
            for source, target in zip(self._sources, self._targets, strict=True)
        ])  # fmt: skip

    def endless(self) -> Iterator[Batch]:
        """Yield the batches of one epoch after the other."""
        epoch = 0
        while True:
            yield from self.epoch(epoch)
            epoch += 1

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield the batches of one epoch in an order of chance."""
        chance = np.random.default_rng((self._seed, number))
        batches = list(self._cut(self._draw(chance), chance))
        for at in chance.permutation(len(batches)):
            rows = batches[at]
            yield Batch([self._sources[i] for i in rows], [self._targets[i] for i in rows])

    def _draw(self, chance: np.random.Generator) -> NDArray[np.int64]:
        """Return row numbers: each corpus as often as it weighs."""
        drawn, start = [], 0
        for corpus, weight in self._corpora:
            rows = len(corpus.source_lengths)
            pairs = rows // corpus.variants
            need = round(pairs * weight)
            order = np.concatenate([chance.permutation(pairs) for _ in range(-(-need // pairs))])
            variant = chance.integers(corpus.variants, size=need)
            drawn.append(start + variant * pairs + order[:need])
            start += rows
        return np.concatenate(drawn)

    def _cut(
        self, rows: NDArray[np.int64], chance: np.random.Generator
    ) -> Iterator[NDArray[np.int64]]:
        """Cut rows, sorted by length but for some noise, into batches."""
        lengths = self._lengths[rows] + chance.random(len(rows)) * 3
        rows = rows[np.argsort(lengths, kind="stable")]
        begin, longest = 0, 0
        for at, row in enumerate(rows):
            longest = max(longest, int(self._lengths[row]))
            if (at + 1 - begin) * longest > self._tokens and at > begin:
                yield rows[begin:at]
                begin, longest = at, int(self._lengths[row])
        yield rows[begin:]


def _rows(tokens: NDArray[np.int16], lengths: NDArray[np.int16]) -> Rows:
    return [row.tolist() for row in np.split(tokens, np.cumsum(lengths.astype(np.int64))[:-1])]
