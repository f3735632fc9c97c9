from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import SHARED
from translations import packages
from translations.training import weights

BUILT_IN = Path(packages.__file__).parent / "models" / packages.BUILT_IN
TINY = weights.Dims(width=16, inner=32, heads=2, encoder=2, decoder=1)


@pytest.fixture(scope="session")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built-in package, unpacked."""
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(BUILT_IN) as archive:
        archive.extractall(folder)
    return next(folder.iterdir())


@pytest.fixture(scope="session")
def version(built_in: Path) -> str:
    metadata = json.loads((built_in / "metadata.json").read_text(encoding="utf-8"))
    return str(metadata["package_version"])


@pytest.fixture(scope="session")
def tokenizer(built_in: Path) -> Path:
    return built_in / "sentencepiece.model"


@pytest.fixture(scope="session")
def pieces(tokenizer: Path) -> Any:
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(tokenizer))


@pytest.fixture(scope="session")
def tiny(built_in: Path) -> weights.Weights:
    """Return weights by chance for a tiny model, under the names that the built-in one has."""
    _, full = weights.read_ctranslate2(built_in / "model" / "model.bin")
    chance = np.random.default_rng(1)
    return dict(_shrunk(full, chance))


def _shrunk(
    full: weights.Weights, chance: np.random.Generator
) -> Iterator[tuple[str, weights.Array]]:
    sizes = {512: 16, 1024: 32, 1536: 48, 2048: 32, 16000: 16000}
    for name, values in full.items():
        if any(f"{side}.layer.{n}." in name for side, n in _beyond()):
            continue
        shape = [sizes[length] for length in values.shape]
        yield name, chance.normal(0, 0.3, shape).astype(np.float32)


def _beyond() -> Iterator[tuple[str, int]]:
    yield from (("encoder", n) for n in range(TINY.encoder, 6))
    yield from (("decoder", n) for n in range(TINY.decoder, 3))


@pytest.fixture(scope="session")
def shared_training() -> Path:
    """Return the folder of shared training data, or skip where it is not at hand."""
    folder = SHARED / "training"
    if not (folder / "general.tar.xz").exists():
        pytest.skip("the shared training data is not at hand")
    return folder
