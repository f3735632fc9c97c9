"""Paragraphs that mean much the same, whatever their words."""

from __future__ import annotations

import sqlite3

from indexer.errors import NotFound
from indexer.index import Index
from indexer.search.select import EVERYTHING, kept
from indexer.search.similar import Similar, shown
from indexer.semantic import vectors
from indexer.semantic.models import Embedder
from indexer.semantic.search import best


def similar(
    connection: sqlite3.Connection,
    index: Index,
    embedder: Embedder,
    paragraph_id: int,
    most: int = 10,
) -> list[Similar]:
    """Return the paragraphs of other articles that are nearest to one; ``share`` is the cosine.

    The cosine of short paragraphs is damped. Raises NotFound for a paragraph that has no vector.
    """
    reader = index.reader()
    held = vectors.newest(connection, embedder.name)
    vector, doc = held.of(paragraph_id), reader.document(paragraph_id)
    if vector is None or doc is None:
        raise NotFound(
            f"Paragraph {paragraph_id} has no vector or is not in the index: run archive embed and"
            " archive index."
        )
    others = kept(connection, reader, EVERYTHING, []) & (reader.articles != reader.articles[doc])
    nearness = held.nearness(vector, reader)
    return shown(
        connection,
        reader,
        [(int(d), float(nearness[d])) for d in best(nearness, others, most)],
    )
