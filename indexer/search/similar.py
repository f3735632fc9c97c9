"""Paragraphs that say much the same: they share the rare pairs of characters."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer import english
from indexer.errors import NotFound
from indexer.index import Index, Reader
from indexer.search import fetch
from indexer.search.results import Snippet
from indexer.search.snippets import snippet_en, snippet_zh

_PAIRS = 60
"""Pairs of a paragraph that are compared, the rarest; the others stand in thousands."""
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Similar:
    """Show a paragraph like another; ``share`` is how much of what is rare both have, 0 to 1."""

    share: float
    article_key: str
    anchor: int
    headline: str
    headline_en: str
    publication: str | None
    date: str | None
    zh: Snippet
    en: Snippet


def similar(
    connection: sqlite3.Connection, index: Index, paragraph_id: int, most: int = 10
) -> list[Similar]:
    """Return paragraphs of other articles that are most like one, the nearest first.

    Raises NotFound for a paragraph that is not in the index.
    """
    reader = index.reader()
    doc = reader.document(paragraph_id)
    row = connection.execute(
        "SELECT folded, article_id FROM paragraph WHERE id = ?", (paragraph_id,)
    ).fetchone()
    if doc is None or row is None:
        raise NotFound(f"No paragraph {paragraph_id} is in the index: run archive index.")
    pairs = {first + second for first, second in pairwise(row["folded"])}
    held = sorted((reader.find(pair).docs for pair in pairs), key=len)
    score, whole = np.zeros(reader.size, np.float32), 0.0
    for docs in [docs for docs in held if len(docs)][:_PAIRS]:
        rarity = np.log(1 + reader.size / len(docs))
        score[docs] += rarity
        whole += rarity
    score[reader.articles == row["article_id"]] = 0
    score[np.isin(reader.articles, fetch.removed_articles(connection))] = 0
    best = [d for d in np.argsort(-score, kind="stable")[:most] if score[d] >= _LEAST * whole > 0]
    return shown(connection, reader, [(int(d), float(score[d] / whole)) for d in best])


def shown(
    connection: sqlite3.Connection, reader: Reader, best: Sequence[tuple[int, float]]
) -> list[Similar]:
    """Show documents with their shares; those that the store has no more are left out."""
    ids = {doc: int(reader.paragraphs[doc]) for doc, _ in best}
    rows = fetch.paragraphs(connection, ids.values())
    articles = {found["article_id"] for found in rows.values()}
    about, titles = fetch.articles(connection, articles), english.headlines(connection, articles)
    texts = english.shown(connection, {id: row["text"] for id, row in rows.items()})
    result = []
    for doc, share in best:
        if found := rows.get(ids[doc]):
            article = about[found["article_id"]]
            result.append(
                Similar(
                    share=round(share, 3),
                    article_key=article["key"],
                    anchor=found["anchor"],
                    headline=article["headline"],
                    headline_en=titles.get(article["id"], ""),
                    publication=article["publication"],
                    date=article["date"],
                    zh=snippet_zh(found["text"], ()),
                    en=snippet_en(texts.get(found["id"], english.NONE).en, ()),
                )
            )
    return result
