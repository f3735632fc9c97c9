from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from translations.training.batches import Batches
from translations.training.corpus import Pair
from translations.training.encode import EOS, Encoded, encode

PAIRS = [
    Pair("他说：“各地群众乐享中秋假期。”", "He said: “People enjoy the holiday.”"),
    Pair("绿色保险服务体系初步建立，惠及群众。", "A green insurance system is established."),
]


def rows(tokens: Any, lengths: Any) -> list[list[int]]:
    return [row.tolist() for row in np.split(tokens, np.cumsum(lengths)[:-1])]


class TestEncodedPairs:
    def test_read_as_they_were_but_for_straight_quotes(self, pieces: Any) -> None:
        encoded = encode(PAIRS, pieces, variants=1)
        sources = rows(encoded.source, encoded.source_lengths)
        targets = rows(encoded.target, encoded.target_lengths)
        assert [source[-1] for source in sources] == [EOS, EOS]
        assert pieces.decode(sources[1][:-1]) == pieces.decode(pieces.encode(PAIRS[1].zh))
        assert pieces.decode(targets[0]) == 'He said: "People enjoy the holiday."'

    def test_come_in_variants_of_the_chinese_alone(self, pieces: Any) -> None:
        encoded = encode(PAIRS, pieces, variants=40)
        sources = rows(encoded.source, encoded.source_lengths)[::2]
        targets = rows(encoded.target, encoded.target_lengths)[::2]
        assert len({tuple(source) for source in sources}) > 1
        assert len({pieces.decode(source[:-1]) for source in sources}) == 1
        assert len({tuple(target) for target in targets}) == 1

    def test_are_left_out_where_the_sides_cannot_match(self, pieces: Any) -> None:
        long = Pair("绿色保险服务体系初步建立，惠及群众，" * 3, "Yes.")
        empty = Pair("绿色保险", "")
        assert len(encode([long, empty, *PAIRS], pieces, variants=2).source_lengths) == 4

    def test_come_back_from_a_file(self, pieces: Any, tmp_path: Path) -> None:
        encoded = encode(PAIRS, pieces, variants=2)
        encoded.save(tmp_path / "a.npz")
        again = Encoded.load(tmp_path / "a.npz")
        assert again.variants == 2
        assert again.source.tolist() == encoded.source.tolist()
        assert again.target_lengths.tolist() == encoded.target_lengths.tolist()


class TestBatches:
    @staticmethod
    def encoded(pairs: int, variants: int, word: int) -> Encoded:
        """Return pairs whose two sides hold the pair's number, the source also its variant."""
        lengths = np.array([n % 7 + 3 for _ in range(variants) for n in range(pairs)], np.int16)
        heads = [(n + word, v) for v in range(variants) for n in range(pairs)]
        sides = [
            [[n, v, *[9] * (length - 2)] for (n, v), length in zip(heads, lengths, strict=True)],
            [[n, *[9] * (length - 1)] for (n, _), length in zip(heads, lengths, strict=True)],
        ]
        source, target = (np.array([t for row in side for t in row], np.int16) for side in sides)
        return Encoded(source, lengths, target, lengths, variants)

    def batches(self, seed: int = 1) -> Batches:
        corpora = {"own": self.encoded(40, 3, 100), "other": self.encoded(20, 1, 500)}
        return Batches(corpora, {"own": 2, "other": 0.5}, 60, seed)

    def test_hold_each_corpus_as_often_as_it_weighs(self) -> None:
        drawn = [source[0] for batch in self.batches().epoch(0) for source in batch.sources]
        assert sorted(n for n in drawn if n < 500) == sorted([*range(100, 140)] * 2)
        others = [n for n in drawn if n >= 500]
        assert len(others) == len(set(others)) == 10

    def test_pair_each_source_with_its_target(self) -> None:
        for batch in self.batches().epoch(0):
            assert [s[0] for s in batch.sources] == [t[0] for t in batch.targets]

    def test_never_hold_more_tokens_than_allowed(self) -> None:
        for batch in self.batches().epoch(3):
            longest = max(map(len, batch.sources + [[0, *t] for t in batch.targets]))
            assert longest * len(batch.sources) <= 60

    def test_draw_all_variants_in_time(self) -> None:
        batches = self.batches()
        seen = {tuple(s[:2]) for n in range(20) for b in batches.epoch(n) for s in b.sources}
        assert len([pair for pair in seen if pair[0] < 500]) == 120

    def test_are_the_same_for_the_same_seed_alone(self) -> None:
        first, again, other = (list(self.batches(s).epoch(1)) for s in (1, 1, 2))
        assert first == again
        assert first != other
