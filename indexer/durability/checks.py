"""Compare everything that the archive holds twice: bytes, texts, links, memory and index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from indexer import fold, indexing, store
from indexer.archive import Archive
from indexer.durability.problems import Fault, Problem
from indexer.errors import Busy, Unwritable
from indexer.index import Index, Reader
from indexer.model import Kind, Span
from indexer.originals import Originals, sha256
from translations.chinese import key as memory_key

Progress = Callable[[int, int], None]
"""Say how many originals and documents are checked, of how many."""

SAMPLE = 2_000
"""Paragraphs that are looked up in the index by their own words; all are compared by number."""
LONG_ENOUGH = 20
"""Characters of a paragraph that are looked up."""

_BY_HAND = """
    SELECT article.id FROM article JOIN edit ON edit.article_key = article.key
    UNION
    SELECT paragraph.article_id FROM paragraph JOIN moved ON moved.paragraph_id = paragraph.id
"""
"""Articles that people changed: their text need not be the page's text any more."""


def verify(archive: Archive, progress: Progress | None = None) -> list[Problem]:
    """Check the whole archive and return what is wrong, nothing when all is well.

    It changes nothing and may run while the archive is served and added to.
    """
    connection = archive.connection
    with store.snapshot(connection):
        if problems := list(_database(connection)):
            return problems
        step = _Steps(connection, progress)
        checks = chain(
            _links(connection),
            _originals(connection, archive.originals, step),
            _texts(connection, step),
            _titles(connection),
            _translations(connection),
            _memory(connection),
            _unindexed(connection),
            _engine(archive),
        )
        problems = list(checks)
    return [*problems, *_leftovers(archive)]


class _Steps:
    def __init__(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0
        self._total = sum(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("source", "document")
        )

    def done(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _database(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        messages = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        messages = [str(error)]
    for message in messages:
        if message != "ok":
            yield Problem(Fault.DATABASE, "archive.db", f"is damaged ({message})")


def _links(connection: sqlite3.Connection) -> Iterator[Problem]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Problem(Fault.LINK, f"row {rowid} of {table}", f"names a {parent} that is not there")


def _originals(
    connection: sqlite3.Connection, originals: Originals, step: _Steps
) -> Iterator[Problem]:
    rows = connection.execute("SELECT sha256, name FROM source ORDER BY id").fetchall()
    for digest, name in rows:
        where = f"the original of {name} ({digest[:12]})"
        path = originals.path(digest)
        if not path.is_file():
            yield Problem(Fault.ORIGINAL_MISSING, where, "is missing", digest)
        elif sha256(path) != digest:
            yield Problem(Fault.ORIGINAL_DAMAGED, where, "is not what was added", digest)
        step.done()


def _texts(connection: sqlite3.Connection, step: _Steps) -> Iterator[Problem]:
    by_hand = {row[0] for row in connection.execute(_BY_HAND)}
    for document_id, name, text in connection.execute("SELECT id, name, text FROM document"):
        spans: list[Span] = _furniture_spans(connection, document_id)
        edited = False
        for row in connection.execute(
            "SELECT paragraph.*, article.key FROM article"
            " JOIN paragraph ON paragraph.article_id = article.id WHERE document_id = ?",
            (document_id,),
        ):
            where = f"paragraph {row['key']}#p{row['anchor']}"
            if row["folded"] != fold.key(row["text"]):
                yield Problem(Fault.FOLDED, where, "has a stale search form", row["id"])
            own = [(start, end) for start, end in json.loads(row["spans"])]
            spans += own
            if row["article_id"] in by_hand:
                edited = True
            elif _ink(row["text"]) != _ink("".join(text[start:end] for start, end in own)):
                yield Problem(Fault.TEXT, where, "does not say what its page says", row["id"])
        if not edited and (lost := _uncovered(connection, text, spans)):
            where = f"the page {name}" if name else f"page {document_id}"
            yield Problem(Fault.LOST_TEXT, where, f"says {lost[:20]!r}, which no article holds")
        step.done()


def _furniture_spans(connection: sqlite3.Connection, document_id: int) -> list[Span]:
    rows = connection.execute("SELECT spans FROM furniture WHERE document_id = ?", (document_id,))
    return [(start, end) for (spans,) in rows for start, end in json.loads(spans)]


def _uncovered(connection: sqlite3.Connection, text: str, spans: Sequence[Span]) -> str:
    """Return the first word of a page that no block has taken, empty when there is none.

    Joining two articles by hand takes blocks to another page's article, so it is looked for there.
    """
    place = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        for word in text[place : max(place, start)].split():
            if not _is_in_a_joined_article(connection, word):
                return word
        place = max(place, end)
    return ""


def _is_in_a_joined_article(connection: sqlite3.Connection, word: str) -> bool:
    row = connection.execute(
        f"SELECT 1 FROM paragraph WHERE article_id IN ({_BY_HAND}) AND instr(folded, ?)",
        (fold.key(word),),
    ).fetchone()
    return row is not None


def _ink(text: str) -> str:
    return "".join(text.split())


def _titles(connection: sqlite3.Connection) -> Iterator[Problem]:
    for column, kind in (("headline", Kind.HEADLINE), ("byline", Kind.BYLINE)):
        for id, key in connection.execute(
            f"SELECT id, key FROM article WHERE {column} <>"
            " coalesce((SELECT group_concat(text, ' ') FROM (SELECT text FROM paragraph"
            " WHERE article_id = article.id AND kind = ? ORDER BY ordinal)), '')",
            (kind,),
        ):
            yield Problem(Fault.TITLE, f"article {key}", f"has another {column} in its list", id)


def _translations(connection: sqlite3.Connection) -> Iterator[Problem]:
    for row in connection.execute(
        "SELECT paragraph.id, article.key, anchor, length(text) AS length, sentences"
        " FROM translation JOIN paragraph ON paragraph.id = paragraph_id"
        " JOIN article ON article.id = article_id"
    ):
        places = [n for s in json.loads(row["sentences"]) for n in (s["start"], s["end"])]
        if places != sorted(places) or max(places, default=0) > row["length"]:
            where = f"the English of {row['key']}#p{row['anchor']}"
            yield Problem(Fault.TRANSLATION, where, "does not fit its Chinese", row["id"])


def _memory(connection: sqlite3.Connection) -> Iterator[Problem]:
    for zh, folded in connection.execute("SELECT zh, folded FROM memory"):
        if folded != memory_key(zh):
            where = f"the remembered sentence {zh[:20]!r}"
            yield Problem(Fault.MEMORY, where, "is kept under another sentence's name", folded)


def _unindexed(connection: sqlite3.Connection) -> Iterator[Problem]:
    if waiting := _waiting(connection):
        yield Problem(Fault.UNINDEXED, f"{len(waiting):,} paragraphs", "wait for the index")


def _waiting(connection: sqlite3.Connection) -> set[int]:
    """Return the paragraphs that the index need not know yet."""
    query = "SELECT paragraph_id FROM unindexed UNION SELECT paragraph_id FROM indexing"
    return {row[0] for row in connection.execute(query)}


def _engine(archive: Archive) -> Iterator[Problem]:
    """Check the built-in index, unless another engine is the one that follows the store."""
    if indexing.followed_by(archive.path / "engine") == indexing.BUILT_IN:
        yield from _index(archive.connection, Index.open(archive.path / "index"))


def _index(connection: sqlite3.Connection, index: Index) -> Iterator[Problem]:
    """Compare which paragraphs the index has, and find a sample of them by their own words."""
    waiting = _waiting(connection)
    kept = {
        id: article
        for id, article in connection.execute(
            "SELECT paragraph.id, article_id FROM paragraph JOIN article ON article.id = article_id"
            " JOIN issue ON issue.id = issue_id WHERE removed_at IS NULL"
        )
        if id not in waiting
    }
    try:
        reader = index.reader()
        alive = reader.alive
        pairs = zip(reader.paragraphs[alive], reader.articles[alive], strict=True)
        indexed = {int(id): int(article) for id, article in pairs if id not in waiting}
        different = kept.items() ^ indexed.items()
        strayed = [] if different else list(_not_found(connection, reader, list(kept)))
    except Exception as error:  # a damaged file may raise anything
        yield Problem(Fault.INDEX, "the index", f"cannot be read ({error!r})")
        return
    if wrong := len({id for id, _ in different}) + len(strayed):
        yield Problem(Fault.INDEX, "the index", f"and the store differ in {wrong:,} paragraphs")


def _not_found(connection: sqlite3.Connection, reader: Reader, ids: list[int]) -> Iterator[int]:
    for id in ids[:: len(ids) // SAMPLE + 1]:
        query = "SELECT folded FROM paragraph WHERE id = ?"
        (folded,) = connection.execute(query, (id,)).fetchone()
        if folded and id not in reader.paragraphs[reader.find(folded[:LONG_ENOUGH]).docs]:
            yield id


def _leftovers(archive: Archive) -> Iterator[Problem]:
    """Find originals of no page, which a kill may leave; none while another command writes."""
    try:
        with archive.writing():
            kept = set(archive.originals.stored())
            rows = archive.connection.execute("SELECT sha256 FROM source").fetchall()
    except (Busy, Unwritable):
        return
    for digest in sorted(kept - {row[0] for row in rows}):
        yield Problem(Fault.LEFTOVER, f"original {digest[:12]}", "belongs to no page", digest)
