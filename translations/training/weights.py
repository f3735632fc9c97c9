"""Weights as arrays: read from a CTranslate2 model, saved to and loaded from a file.

They go by the names of the PyTorch model, ``encoder.layer.0.ffn.linear.0.weight``, which are those
of CTranslate2, ``encoder/layer_0/ffn/linear_0/weight``, but for the signs between the words and the
two numbers of a norm.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ArchiveError

Array = NDArray[np.float32]
Weights = dict[str, Array]

LONGEST = 1024  # positions that a model knows

_VERSION = 6
_TYPES = ("<f4", "<i1", "<i2", "<i4", "<f2")
_SCALE = "_scale"


class BadModel(ArchiveError):
    """Say why a file of weights cannot be read."""


@dataclass(frozen=True, slots=True)
class Dims:
    """Hold the sizes of a model; the default is that of the draft."""

    vocabulary: int = 16000
    width: int = 512
    inner: int = 2048
    heads: int = 8
    encoder: int = 6
    decoder: int = 3


def positions(width: int) -> Array:
    """Return the sinusoidal position encodings, (LONGEST, width): sines and cosines in turn."""
    angles = np.arange(LONGEST)[:, None] * np.exp(np.arange(0, width, 2) * (-np.log(1e4) / width))
    return np.stack([np.sin(angles), np.cos(angles)], -1).reshape(LONGEST, width).astype(np.float32)


def theirs(name: str) -> str:
    """Return CTranslate2's name of one of our weights."""
    name = re.sub(r"\.(?=\d)", "_", name).replace(".", "/")
    return name.replace("norm/weight", "norm/gamma").replace("norm/bias", "norm/beta")


def ours(name: str) -> str:
    """Return our name of one of CTranslate2's variables."""
    name = name.replace("norm/gamma", "norm/weight").replace("norm/beta", "norm/bias")
    return re.sub(r"\b(layer|linear)_(?=\d)", r"\1.", name.replace("/", "."))


def read_ctranslate2(path: Path) -> tuple[Dims, Weights]:
    """Return sizes and float weights of a ``model.bin`` made by ``package``. Raises BadModel.

    A row of an int8 matrix was multiplied by its scale before it was rounded.
    """
    try:
        with path.open("rb") as file:
            variables = dict(_variables(file))
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise BadModel(f"{path} cannot be read as a CTranslate2 model: {error}.") from error
    weights = {
        ours(name): _plain(value, variables.get(name + _SCALE))
        for name, value in variables.items()
        if name.rpartition("/")[2] in ("weight", "bias", "gamma", "beta")
    }
    return _dims(weights, int(variables["encoder/num_heads"])), weights


def save(path: Path, dims: Dims, weights: Weights) -> None:
    """Write sizes and weights to a ``.npz`` file."""
    sizes = np.array(list(asdict(dims).values()))
    with path.open("wb") as file:
        np.savez(file, dims=sizes, **weights)  # type: ignore[arg-type]


def load(path: Path) -> tuple[Dims, Weights]:
    """Read what ``save`` wrote. Raises BadModel."""
    try:
        with np.load(path) as file:
            weights = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise BadModel(f"{path} holds no weights: {error}.") from error
    return Dims(*weights.pop("dims").tolist()), weights


def _variables(file: BinaryIO) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Yield name and values of each variable; the aliases after them hold nothing new."""
    (version,) = _numbers(file, "I")
    if version != _VERSION:
        raise ValueError(f"version {version} of the format is not known, only {_VERSION}")
    _string(file)
    _, count = _numbers(file, "II")
    for _ in range(count):
        name = _string(file)
        (rank,) = _numbers(file, "B")
        shape = _numbers(file, f"{rank}I")
        kind, size = _numbers(file, "BI")
        yield name, np.frombuffer(file.read(size), _TYPES[kind]).reshape(shape)


def _numbers(file: BinaryIO, form: str) -> tuple[int, ...]:
    form = f"<{form}"
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _string(file: BinaryIO) -> str:
    (length,) = _numbers(file, "H")
    return file.read(length).rstrip(b"\0").decode()


def _plain(value: NDArray[np.generic], scale: NDArray[np.generic] | None) -> Array:
    plain = value.astype(np.float32)
    return plain if scale is None else plain / scale.astype(np.float32)[:, None]


def _dims(weights: Weights, heads: int) -> Dims:
    vocabulary, width = weights["decoder.embeddings.weight"].shape
    layers = {
        side: len({name.split(".")[2] for name in weights if name.startswith(f"{side}.layer.")})
        for side in ("encoder", "decoder")
    }
    inner = len(weights["encoder.layer.0.ffn.linear.0.bias"])
    return Dims(vocabulary, width, inner, heads, **layers)
