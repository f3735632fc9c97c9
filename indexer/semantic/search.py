"""Words and meaning together: what either finds, and what both find first."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import Literal

import numpy as np

from indexer import query
from indexer.errors import NotPossible
from indexer.index import Index, Reader
from indexer.index.arrays import Array
from indexer.index.reader import NONE
from indexer.search import EVERYTHING, Filters, Results, Sort, present
from indexer.search.match import Matcher, TooSlow
from indexer.search.select import LIMIT_S, Selection, kept
from indexer.search.select import select as select_words
from indexer.semantic import vectors
from indexer.semantic.embedding import MEANINGLESS
from indexer.semantic.fusion import fuse
from indexer.semantic.models import Embedder

Mode = Literal["auto", "words", "hybrid"]
"""Find by words alone, by words and meaning, or by both where the archive is ready for it."""

NEAREST = 100
"""Paragraphs that are found by meaning at most: nearness has no end of its own."""
WITHIN = 0.04
"""Cosine by which they may be less near than the nearest: on the judged queries this leaves out
half of the hundred and loses nothing; 0.03 loses some."""
WORDS = 1.5
"""The weight of the words' ranking, meaning's being 1: names and numbers stay in front."""


class NoVectors(NotPossible):
    """Say that no paragraph has been embedded yet."""


def search(
    connection: sqlite3.Connection,
    index: Index,
    embedder: Embedder,
    text: str,
    *,
    page: int = 1,
    size: int = 20,
    sort: Sort = "relevance",
    filters: Filters = EVERYTHING,
) -> Results:
    """Find paragraphs by words and by meaning, grouped by article; any text is a query.

    Raises NoVectors when no paragraph has been embedded.
    """
    began = time.perf_counter()
    selection = select(connection, index, embedder, text, filters)
    results = present(connection, selection, text, page=page, size=size, sort=sort)
    return replace(results, seconds=time.perf_counter() - began)


def select(
    connection: sqlite3.Connection,
    index: Index,
    embedder: Embedder,
    text: str,
    filters: Filters = EVERYTHING,
) -> Selection:
    """Return what a query's words find and the paragraphs nearest to what it means.

    Quotations, fields, dates and what is excluded hold for both; a query of nothing else is one of
    words alone. Raises NoVectors when no paragraph has been embedded.
    """
    words = _words(connection, index, text, filters)
    meant, strict = _parted(query.parse(text).root)
    if not meant or not words.reader.size:
        return words
    held = vectors.newest(connection, embedder.name)
    if not len(held):
        raise NoVectors("No paragraph has been embedded for search by meaning: run archive embed.")
    try:
        allowed = _holding(words.reader, filters.language, strict)
    except TooSlow:  # as the words' problems say already
        return words
    allowed = allowed & kept(connection, words.reader, filters, [])
    nearness = held.nearness(embedder.query(meant), words.reader)
    nearest = best(nearness, allowed, NEAREST)
    nearest = nearest[nearness[nearest] >= nearness[nearest[:1]] - WITHIN]
    mask = words.mask.copy()
    mask[nearest] = True
    found = np.flatnonzero(words.mask)
    ranked = found[np.lexsort((found, -words.score[found]))]
    return replace(
        words,
        mask=mask,
        meant=mask & ~words.mask,
        score=fuse(words.reader.size, [(WORDS, ranked), (1.0, nearest)]),
        problems=(*words.problems, *_missing(words.reader, nearness)),
    )


def best(nearness: Array, allowed: Array, most: int) -> Array:
    """Return the nearest of the documents that are allowed, the nearest first."""
    docs = np.flatnonzero(allowed & np.isfinite(nearness))
    if len(docs) > most:
        docs = np.sort(docs[np.argpartition(-nearness[docs], most)[:most]])
    return docs[np.argsort(-nearness[docs], kind="stable")]


def _words(connection: sqlite3.Connection, index: Index, text: str, filters: Filters) -> Selection:
    """Return what has all words, else what has most, about which meaning needs no excuse."""
    every = select_words(connection, index, text, filters)
    if every.mask.any():
        return every
    most = select_words(connection, index, text, filters, closest=True)
    return replace(most, problems=every.problems)


def _parted(root: query.Node | None) -> tuple[str, list[query.Node]]:
    """Part what is meant from what must hold to the letter."""
    nodes = root.nodes if isinstance(root, query.And) else [root] if root else []
    loose = [node for node in nodes if _is_loose(node)]
    texts = [text.text for node in loose for text in query.Query("", node).texts()]
    return " ".join(texts), [node for node in nodes if node not in loose]


def _is_loose(node: query.Node) -> bool:
    match node:
        case query.Text():
            return not node.exact
        case query.Or(nodes) | query.And(nodes):
            return all(map(_is_loose, nodes))
        case _:
            return False


def _holding(reader: Reader, language: str, nodes: Sequence[query.Node]) -> Array:
    matcher = Matcher(reader, language, until=time.monotonic() + LIMIT_S)
    return reduce(np.logical_and, (matcher.match(node).mask for node in nodes), reader.alive)


def _missing(reader: Reader, nearness: Array) -> list[str]:
    missing = reader.alive & np.isneginf(nearness)
    for kind in MEANINGLESS:
        missing[reader.values("kind").get(kind, NONE.docs)] = False
    if not missing.any():
        return []
    return [f"{missing.sum():,} paragraphs are found by words alone as yet: run archive embed."]
