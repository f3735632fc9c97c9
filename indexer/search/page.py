"""The articles and paragraphs of one page of results, with snippets in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from indexer import english, query
from indexer.search import fetch
from indexer.search.match import FOUND_BY
from indexer.search.results import ArticleHit, ParagraphHit
from indexer.search.snippets import Highlighter, snippet_en, snippet_zh


@dataclass(frozen=True, slots=True)
class Best:
    """Name a paragraph to show, by row id, and the fields that have each text of the query.

    ``meant`` is one found by what it means alone.
    """

    paragraph_id: int
    score: float
    found_by: Mapping[query.Text, AbstractSet[str]]
    meant: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """Name an article to show, by row id; ``found`` counts all its paragraphs that were found."""

    article_id: int
    found: int
    paragraphs: Sequence[Best]


def article_hits(
    connection: sqlite3.Connection, chosen: Sequence[Chosen]
) -> tuple[ArticleHit, ...]:
    """Return the articles of a page in their order.

    What was taken out of the store since the index was made is left out.
    """
    rows = fetch.paragraphs(connection, [b.paragraph_id for one in chosen for b in one.paragraphs])
    shown = english.shown(connection, {id: row["text"] for id, row in rows.items()})
    articles = [one.article_id for one in chosen]
    about = fetch.articles(connection, articles)
    titles = english.headlines(connection, articles)

    def paragraph(best: Best) -> ParagraphHit:
        row = rows[best.paragraph_id]
        marker = Highlighter(best.found_by)
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
                for wanted, fields in best.found_by.items()
                if fields
            },
            meant=best.meant,
            score=round(best.score, 4),
        )

    hits = []
    for one in chosen:
        if row := about.get(one.article_id):
            hits.append(
                ArticleHit(
                    key=row["key"],
                    headline=row["headline"],
                    headline_en=titles.get(one.article_id, ""),
                    byline=row["byline"],
                    publication=row["publication"],
                    date=row["date"],
                    date_guessed=bool(row["date_guessed"]),
                    page=row["page"],
                    section=row["section"],
                    issue_key=row["issue_key"],
                    found=one.found,
                    paragraphs=tuple(
                        paragraph(b) for b in one.paragraphs if b.paragraph_id in rows
                    ),
                )
            )
    return tuple(hits)
