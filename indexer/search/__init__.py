"""Search the archive: one function, the same for pages, JSON and the command line."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace

from indexer.index import Index
from indexer.index.arrays import Array
from indexer.search.concordance import By, Concordance, Line, concordance
from indexer.search.export import FORMATS, Found, export, found
from indexer.search.facets import facets
from indexer.search.match import FOUND_BY, TUNED, Leaf, Weights
from indexer.search.page import Best, Chosen, article_hits
from indexer.search.results import (
    ArticleHit,
    Count,
    Facets,
    Mark,
    ParagraphHit,
    Period,
    Results,
    Snippet,
    WordFound,
)
from indexer.search.select import EVERYTHING, Filters, Selection, Sort, select
from indexer.search.similar import Similar, similar
from indexer.search.snippets import highlighter
from indexer.search.suggest import suggestions

__all__ = [
    "EVERYTHING",
    "FORMATS",
    "ArticleHit",
    "By",
    "Concordance",
    "Count",
    "Facets",
    "Filters",
    "Found",
    "Line",
    "Mark",
    "ParagraphHit",
    "Period",
    "Results",
    "Similar",
    "Snippet",
    "Sort",
    "Weights",
    "WordFound",
    "concordance",
    "export",
    "found",
    "highlighter",
    "present",
    "search",
    "similar",
]


def search(
    connection: sqlite3.Connection,
    index: Index,
    text: str,
    *,
    page: int = 1,
    size: int = 20,
    paragraphs: int = 3,
    sort: Sort = "relevance",
    filters: Filters = EVERYTHING,
    weights: Weights = TUNED,
) -> Results:
    """Find paragraphs, grouped by article; any text is a query, and problems come with the results.

    Words are all wanted; where no paragraph has them all, those with most of them come, and
    ``problems`` say so.

    ``page`` counts from 1, ``size`` is articles a page, ``paragraphs`` the most shown of each.
    """
    began = time.perf_counter()
    selection = select(connection, index, text, filters, weights, closest=True)
    shown = present(
        connection, selection, text, page=page, size=size, paragraphs=paragraphs, sort=sort
    )
    return replace(shown, seconds=time.perf_counter() - began)


def present(
    connection: sqlite3.Connection,
    selection: Selection,
    text: str,
    *,
    page: int = 1,
    size: int = 20,
    paragraphs: int = 3,
    sort: Sort = "relevance",
) -> Results:
    """Return a page of what was selected, however that was done."""
    groups = selection.groups(sort)
    shown = groups.page(page, size)
    return Results(
        query=text,
        page=page,
        size=size,
        articles=groups.count,
        paragraphs=int(selection.mask.sum()),
        meant=int(selection.meant.sum()),
        hits=article_hits(connection, [_chosen(selection, docs, paragraphs) for docs in shown]),
        facets=facets(selection.reader, selection.mask),
        words=tuple(_word_found(leaf, selection.mask) for leaf in selection.leaves),
        problems=selection.problems,
        suggestions=suggestions(selection.reader, text, selection.leaves),
    )


def _chosen(selection: Selection, docs: Array, most: int) -> Chosen:
    reader, leaves = selection.reader, selection.leaves
    best = [
        Best(
            int(reader.paragraphs[doc]),
            float(selection.score[doc]),
            {leaf.text: leaf.found_by(doc) for leaf in leaves},
            bool(selection.meant[doc]),
        )
        for doc in docs[:most].tolist()
    ]
    return Chosen(int(reader.articles[docs[0]]), len(docs), best)


def _word_found(leaf: Leaf, mask: Array) -> WordFound:
    every = mask & False
    found_by = {}
    for name, (docs, _) in leaf.fields.items():
        every[docs] = True
        if count := int(mask[docs].sum()):
            found_by[FOUND_BY[name]] = count
    return WordFound(leaf.text.text, int((every & mask).sum()), found_by)
