"""What the archive holds, read for people: articles, issues, publications, counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from indexer import english, reprints
from indexer.errors import NotFound
from indexer.model import Article, Block, Kind
from indexer.segment import continuations
from indexer.views import (
    ArticleSummary,
    ArticleView,
    IssueSummary,
    IssueView,
    MovedParagraph,
    ParagraphView,
    PublicationSummary,
    Status,
)

_ARTICLES = """
    SELECT article.*, issue.key AS issue_key, issue.publication, issue.date,
           source.name AS source_name, source.sha256 AS source_sha256
    FROM article
    JOIN issue ON issue.id = article.issue_id
    JOIN document ON document.id = article.document_id
    JOIN source ON source.id = document.source_id
    WHERE issue.removed_at IS NULL
"""
# Pages are words ("3", "A03"): by length first, so that page 10 comes after page 9.
_READING_ORDER = " ORDER BY length(article.page), article.page, document.id, article.ordinal"

_ISSUES = """
    SELECT issue.*, count(article.id) AS articles, min(source.name) AS name
    FROM issue
    JOIN article ON article.issue_id = issue.id
    JOIN document ON document.id = article.document_id
    JOIN source ON source.id = document.source_id
    WHERE issue.removed_at IS NULL
"""


def article(connection: sqlite3.Connection, key: str, *, alone: bool = False) -> ArticleView:
    """Return one article whole, or raise NotFound; ``alone``, without the articles around it.

    The key of an article that was joined to another returns that one, under its own key; ``moved``
    is then of the key that was asked for.
    """
    asked, key = key, _current_key(connection, key)
    row = connection.execute(_ARTICLES + " AND article.key = ?", (key,)).fetchone()
    if row is None:
        raise NotFound(f"No article has the key {key}: search for it, or look at its issue.")
    paragraphs = _paragraphs(connection, row["id"])
    headlines = [p.en for p in paragraphs if p.kind is Kind.HEADLINE]
    found = ArticleView(
        key=key,
        headline=row["headline"],
        headline_en=" ".join(filter(None, headlines)),
        byline=row["byline"],
        publication=row["publication"],
        date=row["date"],
        date_guessed=bool(row["date_guessed"]),
        page=row["page"],
        section=row["section"],
        url=row["url"],
        issue_key=row["issue_key"],
        source_name=row["source_name"],
        source_sha256=row["source_sha256"],
        paragraphs=paragraphs,
    )
    if alone:
        return found
    found = replace(found, moved=_moved(connection, asked))
    return _among_others(connection, found, row["id"], row["issue_id"])


def _among_others(
    connection: sqlite3.Connection, found: ArticleView, id: int, issue_id: int
) -> ArticleView:
    """Add an article's neighbours, and its other parts and printings."""
    before, after = _neighbours(connection, issue_id, found.key)
    pairs = _continuations(connection, issue_id)
    return replace(
        found,
        previous=before,
        next=after,
        also_printed_in=_summaries(connection, reprints.find(connection, id)),
        continued_from=_summaries(connection, [one for one, two in pairs if two == id]),
        continues=_summaries(connection, [two for one, two in pairs if one == id]),
    )


def article_of(connection: sqlite3.Connection, paragraph_id: int) -> tuple[str, int]:
    """Return the article key and anchor of a paragraph, or raise NotFound."""
    row = connection.execute(
        "SELECT article.key, paragraph.anchor FROM paragraph"
        " JOIN article ON article.id = paragraph.article_id WHERE paragraph.id = ?",
        (paragraph_id,),
    ).fetchone()
    if row is None:
        raise NotFound(f"No paragraph has the number {paragraph_id}.")
    return row["key"], row["anchor"]


def articles(connection: sqlite3.Connection, issue_key: str) -> tuple[ArticleSummary, ...]:
    """Return an issue's articles in page order."""
    rows = connection.execute(
        _ARTICLES + " AND issue.key = ?" + _READING_ORDER, (issue_key,)
    ).fetchall()
    return _summaries(connection, [row["id"] for row in rows])


def issues(
    connection: sqlite3.Connection, publication: str | None = None, year: str | None = None
) -> list[IssueSummary]:
    """List issues, newest first, undated ones last; of one publication or year if given."""
    rows = connection.execute(
        _ISSUES + " AND (?1 IS NULL OR issue.publication = ?1)"
        " AND (?2 IS NULL OR substr(issue.date, 1, 4) = ?2)"
        " GROUP BY issue.id ORDER BY issue.date DESC NULLS LAST, issue.publication, issue.id",
        (publication, year),
    )
    return [_issue(row) for row in rows]


def latest(connection: sqlite3.Connection, count: int) -> list[IssueSummary]:
    """List the newest issues."""
    rows = connection.execute(
        _ISSUES + " GROUP BY issue.id ORDER BY issue.date DESC NULLS LAST, issue.id DESC LIMIT ?",
        (count,),
    )
    return [_issue(row) for row in rows]


def issue(connection: sqlite3.Connection, key: str) -> IssueView:
    """Return an issue as a table of contents, with its neighbours in the same publication."""
    row = connection.execute(_ISSUES + " AND issue.key = ? GROUP BY issue.id", (key,)).fetchone()
    if row is None:
        raise NotFound(f"No issue has the key {key}: look for it in the list of issues.")
    before = _beside(connection, row, "<", "DESC")
    after = _beside(connection, row, ">", "ASC")
    return IssueView(_issue(row), articles(connection, key), before, after)


def publications(connection: sqlite3.Connection) -> list[PublicationSummary]:
    """List the newspapers, the one with most articles first."""
    rows = connection.execute(
        "SELECT publication AS name, count(DISTINCT issue.id) AS issues, count(*) AS articles,"
        " min(date) AS first, max(date) AS last"
        " FROM article JOIN issue ON issue.id = article.issue_id WHERE removed_at IS NULL"
        " GROUP BY publication ORDER BY articles DESC, name"
    )
    return [PublicationSummary(**row) for row in rows]


def calendar(connection: sqlite3.Connection, publication: str | None = None) -> dict[str, int]:
    """Count articles by day (or by month or year where no more is known), oldest first."""
    rows = connection.execute(
        "SELECT date, count(*) FROM article JOIN issue ON issue.id = article.issue_id"
        " WHERE removed_at IS NULL AND date IS NOT NULL AND (?1 IS NULL OR publication = ?1)"
        " GROUP BY date ORDER BY date",
        (publication,),
    )
    return dict(rows.fetchall())


def status(connection: sqlite3.Connection) -> Status:
    """Count what the archive holds; removed issues do not count."""
    totals = connection.execute(
        "SELECT (SELECT count(*) FROM source) AS sources, count(DISTINCT issue.id) AS issues,"
        " count(DISTINCT article.id) AS articles, count(*) AS paragraphs,"
        " coalesce(sum(length(paragraph.text)), 0) AS characters,"
        " count(translation.paragraph_id) AS translated, min(date) AS first, max(date) AS last"
        " FROM paragraph JOIN article ON article.id = paragraph.article_id"
        " JOIN issue ON issue.id = article.issue_id"
        " LEFT JOIN translation ON translation.paragraph_id = paragraph.id"
        " WHERE removed_at IS NULL"
    ).fetchone()
    return Status(
        **totals,
        corrected=_count(
            connection,
            "SELECT count(DISTINCT paragraph_id) FROM correction WHERE undone_at IS NULL",
        ),
        unindexed=_count(
            connection,
            "SELECT count(*) FROM (SELECT * FROM unindexed UNION SELECT * FROM indexing)",
        ),
        embedded=_count(connection, "SELECT count(*) FROM vector"),
        engines=dict(
            connection.execute(
                "SELECT engine, count(*) FROM translation GROUP BY engine ORDER BY 2 DESC"
            ).fetchall()
        ),
        flags=dict(
            connection.execute(
                "SELECT flag.value, count(*) FROM translation, json_each(translation.flags) AS flag"
                " GROUP BY 1 ORDER BY 2 DESC, 1"
            ).fetchall()
        ),
    )


def _paragraphs(connection: sqlite3.Connection, article_id: int) -> tuple[ParagraphView, ...]:
    rows = connection.execute(
        "SELECT id, anchor, kind, text FROM paragraph WHERE article_id = ? ORDER BY ordinal",
        (article_id,),
    ).fetchall()
    shown = english.shown(connection, {row["id"]: row["text"] for row in rows})
    return tuple(
        ParagraphView(
            row["id"], row["anchor"], Kind(row["kind"]), row["text"], e.en, e.engine, e.flags,
            e.sentences, e.corrected_by, e.corrected_at,
        )
        for row in rows
        for e in [shown.get(row["id"], english.NONE)]
    )  # fmt: skip


def _continuations(connection: sqlite3.Connection, issue_id: int) -> list[tuple[int, int]]:
    """Return the row ids of an issue's articles that go on in another, each with that one's."""
    rows = connection.execute(
        "SELECT article.id, page, kind, text FROM paragraph JOIN article ON article.id = article_id"
        " WHERE issue_id = ? AND kind IN ('headline', 'continuation') AND article.id IN"
        " (SELECT article_id FROM paragraph WHERE kind = 'continuation')"
        " ORDER BY length(page), page, document_id, article.ordinal, paragraph.ordinal",
        (issue_id,),
    )
    parts: dict[int, tuple[str | None, list[Block]]] = {}
    for id, page, kind, text in rows:
        parts.setdefault(id, (page, []))[1].append(Block(Kind(kind), text, ()))
    pairs = continuations([(page, Article(tuple(blocks))) for page, blocks in parts.values()])
    ids = list(parts)
    return [(ids[one], ids[two]) for one, two in pairs]


def _current_key(connection: sqlite3.Connection, key: str) -> str:
    if connection.execute("SELECT 1 FROM article WHERE key = ?", (key,)).fetchone():
        return key
    moved = _moved(connection, key)
    return moved[0].article_key if moved else key


def _moved(connection: sqlite3.Connection, key: str) -> tuple[MovedParagraph, ...]:
    rows = connection.execute(
        "SELECT moved.anchor, article.key, paragraph.anchor FROM moved"
        " JOIN paragraph ON paragraph.id = moved.paragraph_id"
        " JOIN article ON article.id = paragraph.article_id"
        " WHERE moved.article_key = ? ORDER BY moved.anchor",
        (key,),
    )
    return tuple(MovedParagraph(*row) for row in rows)


def _summaries(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[ArticleSummary, ...]:
    """Return the articles with these row ids, in this order; removed ones are left out."""
    rows = {
        row["id"]: row
        for row in connection.execute(
            _ARTICLES + " AND article.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
        )
    }
    headlines = english.headlines(connection, rows)
    return tuple(_summary(rows[id], headlines.get(id, "")) for id in ids if id in rows)


def _neighbours(
    connection: sqlite3.Connection, issue_id: int, key: str
) -> tuple[ArticleSummary | None, ArticleSummary | None]:
    rows = connection.execute(
        _ARTICLES + " AND issue.id = ?" + _READING_ORDER, (issue_id,)
    ).fetchall()
    place = next(n for n, row in enumerate(rows) if row["key"] == key)
    before = _summaries(connection, [row["id"] for row in rows[:place][-1:]])
    after = _summaries(connection, [row["id"] for row in rows[place + 1 : place + 2]])
    return (*before, None)[0], (*after, None)[0]


def _summary(row: sqlite3.Row, headline_en: str) -> ArticleSummary:
    return ArticleSummary(
        row["key"], row["headline"], headline_en, row["byline"], row["publication"], row["date"],
        row["page"], row["section"], row["issue_key"],
    )  # fmt: skip


def _issue(row: sqlite3.Row) -> IssueSummary:
    return IssueSummary(row["key"], row["publication"], row["date"], row["name"], row["articles"])


def _beside(
    connection: sqlite3.Connection, row: sqlite3.Row, side: str, order: str
) -> IssueSummary | None:
    found = connection.execute(
        _ISSUES + f" AND issue.publication IS ? AND issue.date {side} ?"
        f" GROUP BY issue.id ORDER BY issue.date {order} LIMIT 1",
        (row["publication"], row["date"]),
    ).fetchone()
    return _issue(found) if found else None


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
