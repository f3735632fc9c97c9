"""What an archivist changes by hand, each change with its history and every old link kept."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from indexer import fold, links, markup, store
from indexer.errors import ArchiveError, NotFound
from indexer.markup import MarkedBlock
from indexer.model import Kind, Metadata


@dataclass(frozen=True, slots=True)
class Edit:
    """Hold one change of an article's blocks, as marked-up text before and after."""

    before: str
    after: str
    author: str
    made_at: str


def as_markup(connection: sqlite3.Connection, key: str) -> str:
    """Return an article as marked-up text."""
    return markup.render(_blocks(connection, _article(connection, key)["id"]))


def edit(connection: sqlite3.Connection, key: str, text: str, author: str) -> bool:
    """Put edited marked-up text in an article's place; tell whether anything changed.

    A block may change kind, text and place, be split (the new part has no anchor) or joined (its
    ``[kind]`` line removed). Text is never dropped: raises ArchiveError where a block is missing.
    """
    article = _article(connection, key)
    old = _blocks(connection, article["id"])
    new = markup.parse(text)
    if old == new:
        return False
    joined = _joined(old, new)
    with store.transaction(connection):
        _record(connection, key, markup.render(old), text, author)
        ids = _write_blocks(connection, article["id"], key, new)
        for anchor, place in joined.items():
            _join_into(connection, article["id"], key, anchor, ids[place])
        refresh_titles(connection, article["id"])
    return True


def history(connection: sqlite3.Connection, key: str) -> list[Edit]:
    """List the edits of an article, newest first."""
    rows = connection.execute(
        "SELECT before, after, author, made_at FROM edit WHERE article_key = ? ORDER BY id DESC",
        (key,),
    )
    return [Edit(*row) for row in rows]


def split(connection: sqlite3.Connection, key: str, anchor: int, author: str) -> str:
    """Make the blocks from ``anchor`` on an article of their own; return its key.

    The first of them becomes its headline. Paragraph links keep their numbers and lead on.
    """
    article = _article(connection, key)
    rows = _rows(connection, article["id"])
    place = next((n for n, row in enumerate(rows) if row["anchor"] == anchor), None)
    if not place:
        raise NotFound(
            f"Article {key} cannot be split at #{anchor}: name the number of one of its later"
            f" blocks (archive show {key} lists them)."
        )
    new_key = store.permanent_key(key, "split", anchor)
    with store.transaction(connection):
        before = as_markup(connection, key)
        new_id = _copy_article(connection, article, new_key)
        for row in rows[place:]:
            connection.execute(
                "UPDATE paragraph SET article_id = ? WHERE id = ?", (new_id, row["id"])
            )
            links.keep(connection, key, row["anchor"], row["id"])
        connection.execute(
            "UPDATE paragraph SET kind = ? WHERE id = ?", (Kind.HEADLINE, rows[place]["id"])
        )
        for id in (article["id"], new_id):
            refresh_titles(connection, id)
        _record(connection, key, before, as_markup(connection, key), author)
    return new_key


def join(connection: sqlite3.Connection, key: str, other: str, author: str) -> None:
    """Put the blocks of article ``other`` at the end of article ``key``.

    Links to ``other`` and its paragraphs lead to their new place.
    """
    first, second = _article(connection, key), _article(connection, other)
    if first["id"] == second["id"]:
        raise ArchiveError(f"Article {key} cannot be joined to itself; name two articles.")
    with store.transaction(connection):
        before = as_markup(connection, key)
        rows = _rows(connection, first["id"])
        ordinal, anchor = rows[-1]["ordinal"], links.last_anchor(connection, first["id"], key)
        for n, row in enumerate(_rows(connection, second["id"]), 1):
            connection.execute(
                "UPDATE paragraph SET article_id = ?, ordinal = ?, anchor = ? WHERE id = ?",
                (first["id"], ordinal + n, anchor + n, row["id"]),
            )
            links.keep(connection, other, row["anchor"], row["id"])
        connection.execute("DELETE FROM article WHERE id = ?", (second["id"],))
        refresh_titles(connection, first["id"])
        _record(connection, key, before, as_markup(connection, key), author)


def move(connection: sqlite3.Connection, key: str, known: Metadata) -> None:
    """Correct what is known of an article: its publication, date, page, section or address.

    What ``known`` leaves open stays as it is.
    """
    article = _article(connection, key)
    now = Metadata(
        article["publication"], article["date"], article["page"], article["section"],
        article["url"], bool(article["date_guessed"]),
    )  # fmt: skip
    then = known.over(now)
    with store.transaction(connection):
        issue_id = store.ensure_issue(connection, then, article["sha256"])
        connection.execute(
            "UPDATE article SET issue_id = ?, page = ?, section = ?, url = ?, date_guessed = ?"
            " WHERE id = ?",
            (issue_id, then.page, then.section, then.url, int(then.date_guessed), article["id"]),
        )
        _record(connection, key, repr(now), repr(then), "archive move")


def remove(connection: sqlite3.Connection, issue_key: str) -> bool:
    """Take an issue out of sight, all of it kept; tell whether it was in sight before."""
    return _set_removed(connection, issue_key, store.now())


def restore(connection: sqlite3.Connection, issue_key: str) -> bool:
    """Bring a removed issue back; tell whether it was removed."""
    return _set_removed(connection, issue_key, None)


def _set_removed(connection: sqlite3.Connection, key: str, at: str | None) -> bool:
    if not connection.execute("SELECT 1 FROM issue WHERE key = ?", (key,)).fetchone():
        raise NotFound(f"No issue has the key {key}: archive issues lists them.")
    cursor = connection.execute(
        "UPDATE issue SET removed_at = ?1"
        " WHERE key = ?2 AND (removed_at IS NULL) = (?1 IS NOT NULL)",
        (at, key),
    )
    return cursor.rowcount == 1


def _article(connection: sqlite3.Connection, key: str) -> sqlite3.Row:
    row = connection.execute(
        "SELECT article.*, issue.publication, issue.date, source.sha256 FROM article"
        " JOIN issue ON issue.id = article.issue_id"
        " JOIN document ON document.id = article.document_id"
        " JOIN source ON source.id = document.source_id WHERE article.key = ?",
        (key,),
    ).fetchone()
    if row is None:
        raise NotFound(f"No article has the key {key}: search for it, or look at its issue.")
    found: sqlite3.Row = row
    return found


def _rows(connection: sqlite3.Connection, article_id: int) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT * FROM paragraph WHERE article_id = ? ORDER BY ordinal", (article_id,)
    ).fetchall()


def _blocks(connection: sqlite3.Connection, article_id: int) -> list[MarkedBlock]:
    return [
        MarkedBlock(Kind(row["kind"]), row["text"], row["anchor"])
        for row in _rows(connection, article_id)
    ]


def _joined(old: list[MarkedBlock], new: list[MarkedBlock]) -> dict[int, int]:
    """Find where the blocks went whose anchor is gone: anchor to place in ``new``."""
    anchors = {block.anchor for block in new}
    if unknown := anchors - {None} - {block.anchor for block in old}:
        raise ArchiveError(f"The article has no block #{unknown.pop()}; leave the number out.")
    folded = [fold.key(block.text) for block in new]
    joined = {}
    for block in old:
        if block.anchor in anchors or block.anchor is None:
            continue
        text = fold.key(block.text)
        place = next((n for n, other in enumerate(folded) if text in other), None)
        if place is None:
            raise ArchiveError(
                f"Block #{block.anchor} is missing; to set it aside mark it"
                f" [furniture #{block.anchor}], to join it keep its text."
            )
        joined[block.anchor] = place
    return joined


def _write_blocks(
    connection: sqlite3.Connection, article_id: int, key: str, blocks: list[MarkedBlock]
) -> list[int]:
    """Update and insert blocks in their new order; return their row ids."""
    rows = {row["anchor"]: row for row in _rows(connection, article_id)}
    fresh = links.last_anchor(connection, article_id, key)
    spans = "[]"
    ids = []
    for ordinal, block in enumerate(blocks, 1):
        if block.anchor is None:
            fresh += 1
            cursor = connection.execute(
                "INSERT INTO paragraph (article_id, ordinal, anchor, kind, text, folded, spans)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (article_id, ordinal, fresh, block.kind, block.text, fold.key(block.text), spans),
            )
            assert cursor.lastrowid is not None
            ids.append(cursor.lastrowid)
            continue
        row = rows[block.anchor]
        ids.append(row["id"])
        spans = row["spans"]
        connection.execute(
            "UPDATE paragraph SET ordinal = ?, kind = ?, text = ?, folded = ? WHERE id = ?",
            (ordinal, block.kind, block.text, fold.key(block.text), row["id"]),
        )
        if row["text"] != block.text:
            connection.execute("DELETE FROM translation WHERE paragraph_id = ?", (row["id"],))
    return ids


def _join_into(
    connection: sqlite3.Connection, article_id: int, key: str, anchor: int, into: int
) -> None:
    """Let the block at ``anchor`` go; its link and corrections lead to the block it went into."""
    gone, target = (
        connection.execute(f"SELECT id, spans FROM paragraph WHERE {where}", values).fetchone()
        for where, values in [
            ("article_id = ? AND anchor = ?", (article_id, anchor)),
            ("id = ?", (into,)),
        ]
    )
    spans = sorted(json.loads(target["spans"]) + json.loads(gone["spans"]))
    connection.execute(
        "UPDATE paragraph SET spans = ? WHERE id = ?", (json.dumps(spans), target["id"])
    )
    links.retire(connection, key, anchor, gone["id"], into)


def _copy_article(connection: sqlite3.Connection, article: sqlite3.Row, key: str) -> int:
    connection.execute(
        "UPDATE article SET ordinal = -ordinal - 1 WHERE document_id = ? AND ordinal > ?",
        (article["document_id"], article["ordinal"]),
    )
    connection.execute(
        "UPDATE article SET ordinal = -ordinal WHERE document_id = ? AND ordinal < 0",
        (article["document_id"],),
    )
    cursor = connection.execute(
        "INSERT INTO article (key, document_id, issue_id, ordinal, headline, byline, page, section,"
        " url, date_guessed) VALUES (?, ?, ?, ?, '', '', ?, ?, ?, ?)",
        (
            key, article["document_id"], article["issue_id"], article["ordinal"] + 1,
            article["page"], article["section"], article["url"], article["date_guessed"],
        ),
    )  # fmt: skip
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def refresh_titles(connection: sqlite3.Connection, article_id: int) -> None:
    """Let headline and byline of the article say what its blocks say."""
    connection.execute(
        "UPDATE article SET headline = ?, byline = ? WHERE id = ?",
        (
            *(
                " ".join(
                    row["text"] for row in _rows(connection, article_id) if row["kind"] == kind
                )
                for kind in (Kind.HEADLINE, Kind.BYLINE)
            ),
            article_id,
        ),
    )


def _record(connection: sqlite3.Connection, key: str, before: str, after: str, author: str) -> None:
    connection.execute(
        "INSERT INTO edit (article_key, before, after, author, made_at) VALUES (?, ?, ?, ?, ?)",
        (key, before, after, author, store.now()),
    )
