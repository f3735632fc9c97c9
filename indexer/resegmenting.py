"""A better segmenter run again over the pages already kept."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indexer import fold, links, reprints, store
from indexer.model import Block, Page
from indexer.segment import segment


@dataclass(frozen=True, slots=True)
class Resegmented:
    """Report one page: what it is called, and how many of its paragraphs are not as before."""

    name: str
    changed: int


def resegment(connection: sqlite3.Connection, dry_run: bool = False) -> Iterator[Resegmented]:
    """Segment all pages anew; yield those that come out differently, each stored as it is told.

    A paragraph whose text is the same keeps its row, and so its link, English and corrections.
    Pages that a person edited, and those whose format marks the paragraphs, are left alone.
    """
    documents = connection.execute(
        "SELECT document.*, source.sha256, source.identity, source.name AS file FROM document"
        " JOIN source ON source.id = source_id WHERE NOT structured AND NOT EXISTS"
        " (SELECT 1 FROM article JOIN edit ON edit.article_key = article.key"
        "  WHERE article.document_id = document.id) ORDER BY document.id"
    ).fetchall()
    for document in documents:
        page = segment(document["text"])
        changed = _difference(connection, document["id"], page)
        if not changed:
            continue
        if not dry_run:
            with store.transaction(connection):
                _Renewal(connection, document).store(page)
        yield Resegmented(document["name"] or document["file"], changed)


def _difference(connection: sqlite3.Connection, document_id: int, page: Page) -> int:
    """Count the blocks that are only in the store or only in the new segmentation."""
    rows = connection.execute(
        "SELECT article.ordinal, kind, text, spans FROM paragraph"
        " JOIN article ON article.id = article_id WHERE document_id = ?",
        (document_id,),
    )
    old = {tuple(row) for row in rows}
    new = {
        (number, block.kind.value, block.text, json.dumps(block.spans))
        for number, article in enumerate(page.articles)
        for block in article.blocks
    }
    return max(len(old - new), len(new - old))


class _Renewal:
    """Put a new segmentation in the place of a page's old one, within a transaction."""

    def __init__(self, connection: sqlite3.Connection, document: sqlite3.Row) -> None:
        self.connection = connection
        self.document = document
        self.articles = connection.execute(
            "SELECT * FROM article WHERE document_id = ? ORDER BY ordinal", (document["id"],)
        ).fetchall()
        self.key_of = {row["id"]: row["key"] for row in self.articles}
        self.old: dict[str, list[sqlite3.Row]] = defaultdict(list)
        for row in self._paragraphs():
            self.old[row["text"]].append(row)

    def store(self, page: Page) -> None:
        """Write the page; what no longer is there leads to what now stands in its place."""
        if not page.articles:
            return
        self._make_room()
        self.new: list[tuple[int, Block]] = []
        ids = [self._article(number, page) for number in range(len(page.articles))]
        for rows in self.old.values():
            for row in rows:
                key, new = self.key_of[row["article_id"]], self._in_place_of(row)
                links.retire(self.connection, key, row["anchor"], row["id"], new)
        self._clear_up(ids, page)

    def _paragraphs(self) -> list[sqlite3.Row]:
        return self.connection.execute(
            "SELECT paragraph.* FROM paragraph"
            " JOIN article ON article.id = article_id WHERE document_id = ?"
            " ORDER BY article.ordinal, paragraph.ordinal",
            (self.document["id"],),
        ).fetchall()

    def _make_room(self) -> None:
        """Move old numbers out of the way of the new ones."""
        self.connection.execute(
            "UPDATE article SET ordinal = -ordinal - 1 WHERE document_id = ?",
            (self.document["id"],),
        )

    def _article(self, number: int, page: Page) -> int:
        """Store one article, in the row of the old one with its key if there is one."""
        article = page.articles[number]
        start = article.blocks[0].spans[0][0]
        key = self._key(start)
        self.connection.execute(
            "INSERT INTO article (key, document_id, issue_id, ordinal, headline, byline, page,"
            " section, url, date_guessed)"
            " SELECT ?, document_id, issue_id, ?, '', '', page, section, url, date_guessed"
            " FROM article WHERE id = ?"
            " AND NOT EXISTS (SELECT 1 FROM article WHERE key = ?)",
            (key, number, self.articles[0]["id"], key),
        )
        (article_id,) = self.connection.execute(
            "UPDATE article SET ordinal = ?, headline = ?, byline = ? WHERE key = ? RETURNING id",
            (number, article.headline, article.byline, key),
        ).fetchone()
        self.key_of[article_id] = key
        for ordinal, block in enumerate(article.blocks, 1):
            self.new.append((self._paragraph(article_id, ordinal, block), block))
        return int(article_id)

    def _key(self, start: int) -> str:
        """Return the key that the article beginning here has, or would have had from the first."""
        place = (self.document["ordinal"], start)
        key = store.permanent_key(self.document["sha256"], *place)
        row = self.connection.execute(
            "SELECT document_id FROM article WHERE key = ?", (key,)
        ).fetchone()
        ours = row is None or row["document_id"] == self.document["id"]
        return key if ours else store.permanent_key(self.document["identity"], *place)

    def _paragraph(self, article_id: int, ordinal: int, block: Block) -> int:
        """Store one block, in the row of an old paragraph with the same text if there is one."""
        rows = self.old.get(block.text)
        spans = json.dumps(block.spans)
        if not rows:
            anchor = links.last_anchor(self.connection, article_id, self.key_of[article_id]) + 1
            cursor = self.connection.execute(
                "INSERT INTO paragraph (article_id, ordinal, anchor, kind, text, folded, spans)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article_id, ordinal, anchor, block.kind, block.text, fold.key(block.text), spans),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid
        row = rows.pop(next((n for n, r in enumerate(rows) if r["article_id"] == article_id), 0))
        anchor = row["anchor"]
        if row["article_id"] != article_id:
            anchor = links.last_anchor(self.connection, article_id, self.key_of[article_id]) + 1
            links.keep(self.connection, self.key_of[row["article_id"]], row["anchor"], row["id"])
        self.connection.execute(
            "UPDATE paragraph SET article_id = ?, ordinal = ?, anchor = ?, kind = ?, spans = ?"
            " WHERE id = ?",
            (article_id, ordinal, anchor, block.kind, spans, row["id"]),
        )
        return int(row["id"])

    def _in_place_of(self, row: sqlite3.Row) -> int:
        """Return the new paragraph that stands where an old one began."""
        start = json.loads(row["spans"])[0][0]
        return max(self.new, key=lambda item: _reach(item[1], start))[0]

    def _clear_up(self, ids: list[int], page: Page) -> None:
        self.connection.execute(
            "DELETE FROM article WHERE document_id = ? AND ordinal < 0", (self.document["id"],)
        )
        self.connection.execute(
            "DELETE FROM furniture WHERE document_id = ?", (self.document["id"],)
        )
        store.insert_furniture(self.connection, self.document["id"], page.furniture)
        reprints.remember(self.connection, ids)


def _reach(block: Block, offset: int) -> int:
    """Rank blocks by how closely they begin before an offset."""
    return max((start for start, _ in block.spans if start <= offset), default=-1)
