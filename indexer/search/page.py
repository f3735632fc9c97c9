"""The articles and paragraphs of one page of results, with snippets in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from indexer import english
from indexer.index import Reader
from indexer.index.arrays import Array
from indexer.search import fetch
from indexer.search.match import FOUND_BY, Leaf
from indexer.search.results import ArticleHit, ParagraphHit
from indexer.search.snippets import Highlighter, snippet_en, snippet_zh


def article_hits(
    connection: sqlite3.Connection,
    reader: Reader,
    groups: Sequence[Array],
    found: Sequence[int],
    score: Array,
    leaves: Sequence[Leaf],
) -> tuple[ArticleHit, ...]:
    """Return the articles of a page, each for a group of documents to show, the best first.

    ``found`` has for each the number of all its paragraphs that were found. An article that was
    taken out of the store since the index was made is left out.
    """
    docs = [int(doc) for group in groups for doc in group]
    ids = {doc: int(reader.paragraphs[doc]) for doc in docs}
    rows = fetch.paragraphs(connection, ids.values())
    shown = english.shown(connection, {id: row["text"] for id, row in rows.items()})
    articles = [int(reader.articles[group[0]]) for group in groups]
    about = fetch.articles(connection, articles)
    titles = fetch.headlines_en(connection, articles)

    def paragraph(doc: int) -> ParagraphHit:
        row = rows[ids[doc]]
        found_by = {leaf.text: leaf.found_by(doc) for leaf in leaves}
        marker = Highlighter(found_by)
        text = shown.get(row["id"], english.NONE)
        return ParagraphHit(
            id=row["id"],
            anchor=row["anchor"],
            kind=row["kind"],
            zh=snippet_zh(row["text"], marker.zh(row["text"])),
            en=snippet_en(text.en, marker.en(text.en)),
            engine=text.engine,
            corrected=text.corrected_by is not None,
            flags=text.flags,
            found_by={
                wanted.text: tuple(name for field, name in FOUND_BY.items() if field in fields)
                for wanted, fields in found_by.items()
                if fields
            },
            score=round(float(score[doc]), 4),
        )

    hits = []
    for group, article, count in zip(groups, articles, found, strict=True):
        if row := about.get(article):
            hits.append(
                ArticleHit(
                    key=row["key"],
                    headline=row["headline"],
                    headline_en=titles.get(article, ""),
                    byline=row["byline"],
                    publication=row["publication"],
                    date=row["date"],
                    date_guessed=bool(row["date_guessed"]),
                    page=row["page"],
                    section=row["section"],
                    issue_key=row["issue_key"],
                    found=count,
                    paragraphs=tuple(paragraph(int(d)) for d in group if ids[int(d)] in rows),
                )
            )
    return tuple(hits)
