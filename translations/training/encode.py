"""Turn pairs into token numbers before training, so that no step waits for them.

    python -m translations.training.encode FOLDER [--variants 4]

makes ``FOLDER/NAME.npz`` of each ``FOLDER/NAME.tsv``, and in ``FOLDER/dev`` of one variant.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from translations.training import corpus

EOS = 3

_LONGEST = 200  # tokens of a sentence
_ALPHA = 0.3  # of sampling: how much the cuts vary
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Encoded:
    """Hold a corpus as token numbers, all sentences in a row, with the length of each.

    The source ends in EOS. The pairs come ``variants`` times, the source cut differently.
    """

    source: NDArray[np.int16]
    source_lengths: NDArray[np.int16]
    target: NDArray[np.int16]
    target_lengths: NDArray[np.int16]
    variants: int

    def save(self, path: Path) -> None:
        """Write to a ``.npz`` file."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        with path.open("wb") as file:
            np.savez_compressed(file, **fields)

    @classmethod
    def load(cls, path: Path) -> Encoded:
        """Read what ``save`` wrote."""
        with np.load(path) as file:
            arrays = {name: file[name] for name in cls.__slots__}
        return cls(**arrays | {"variants": int(arrays["variants"])})


def encode(pairs: Sequence[corpus.Pair], pieces: Any, variants: int = 4) -> Encoded:
    """Encode pairs with a SentencePiece processor; variants beyond the first are sampled.

    Only the Chinese is sampled: sampled English teaches a model to babble. Pairs that are too long
    or whose sides do not match in length are left out.
    """
    whole = [(pieces.encode(zh), pieces.encode(en.translate(_QUOTES)), zh) for zh, en in pairs]
    fitting = [row for row in whole if _fits(len(row[0]), len(row[1]))]
    sources = [source for source, _, _ in fitting]
    for _ in range(variants - 1):
        sources += [_sampled(pieces, zh) for _, _, zh in fitting]
    targets = [target for _, target, _ in fitting] * variants
    return Encoded(*_flat([*row, EOS] for row in sources), *_flat(targets), variants)


def _sampled(pieces: Any, text: str) -> list[int]:
    return list(pieces.encode(text, enable_sampling=True, alpha=_ALPHA, nbest_size=-1))


def _fits(source: int, target: int) -> bool:
    if not (0 < source < _LONGEST and 0 < target < _LONGEST):
        return False
    return source <= 12 or 0.4 < target / source < 3


def _flat(rows: Iterable[list[int]]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    known = list(rows)
    tokens = [token for row in known for token in row]
    return np.array(tokens, np.int16), np.array([len(row) for row in known], np.int16)


def main() -> None:
    """Encode each corpus of a folder and print its size."""
    import sentencepiece

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variants", type=int, default=4)
    options = parser.parse_args()
    tokenizer = options.folder / corpus.TOKENIZER
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tokenizer))
    sentencepiece.set_random_generator_seed(1)
    for path in sorted(options.folder.rglob("*.tsv")):
        variants = 1 if path.parent.name == "dev" else options.variants
        encoded = encode(corpus.read(path), pieces, variants)
        encoded.save(path.with_suffix(".npz"))
        rows = len(encoded.source_lengths)
        tokens = len(encoded.source) + len(encoded.target)
        print(f"{path.stem}: {rows} rows in {encoded.variants} variants, {tokens} tokens")


if __name__ == "__main__":
    main()
