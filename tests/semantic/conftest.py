"""A model small enough to be seen through, and a shelf with its vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from indexer.index.arrays import Array
from tests.search.library import Library, library

TOPICS = (("粮食", "grain"), ("火箭", "rocket", "spaceship"), ("医院", "hospital"))


@dataclass
class TopicModel:
    """Be a model that knows three topics; what names none of them lies between all."""

    name: str = "topics 1"
    embedded: list[str] = field(default_factory=list)

    def passages(self, texts: Sequence[str]) -> Array:
        self.embedded += texts
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Array:
        vector = np.array([any(word in text for word in topic) for topic in TOPICS], np.float32)
        vector += 0.1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def model() -> TopicModel:
    return TopicModel()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """Give an empty library."""
    made = library(tmp_path)
    yield made
    made.connection.close()
