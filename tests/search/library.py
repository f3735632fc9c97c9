"""A small archive to search in, quick to fill."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import store
from indexer.index import Index
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.search import Results
from indexer.search.builtin import BuiltIn
from indexer.search.engine import SearchEngine


@dataclass
class Library:
    """Be an archive as search sees it: a database, an index, and quick ways to fill both."""

    connection: sqlite3.Connection
    engine: SearchEngine
    sources: int = 0

    @property
    def index(self) -> Index:
        """Return the index of the built-in engine."""
        assert isinstance(self.engine, BuiltIn)
        return Index.open(self.engine.folder)

    def add(
        self,
        *paragraphs: tuple[str, str] | str,
        headline: tuple[str, str] = ("标题", ""),
        byline: str = "",
        kind: Kind = Kind.PARAGRAPH,
        publication: str | None = "日报",
        date: str | None = "2024-05-17",
        section: str | None = None,
        flags: Sequence[str] = (),
    ) -> list[int]:
        """Store an article of (Chinese, English) paragraphs; return all row ids, headline first."""
        pairs = [p if isinstance(p, tuple) else (p, "") for p in paragraphs]
        kinds = [Kind.HEADLINE, *[Kind.BYLINE] * bool(byline), *[kind] * len(pairs)]
        pairs = [headline, *[(byline, "")] * bool(byline), *pairs]
        blocks = [(kind, zh) for kind, (zh, _) in zip(kinds, pairs, strict=True)]
        ids = self.add_blocks(blocks, publication, date, section)
        for id, (zh, en) in zip(ids, pairs, strict=True):
            if en:
                self.translate(id, zh, en, flags)
        return ids

    def add_blocks(
        self,
        blocks: Sequence[tuple[Kind, str]],
        publication: str | None = None,
        date: str | None = None,
        section: str | None = None,
    ) -> list[int]:
        """Store an article of blocks; return their row ids."""
        made = tuple(Block(kind, zh, ((n, n + 1),)) for n, (kind, zh) in enumerate(blocks))
        metadata = Metadata(publication=publication, date=date, section=section)
        self.sources += 1
        source = store.Source(
            f"{self.sources:064}", "page.txt", 1,
            (Document("", metadata),), (Page((Article(made),)),),
        )  # fmt: skip
        (article,) = store.insert_source(self.connection, source)
        rows = self.connection.execute(
            "SELECT id FROM paragraph WHERE article_id = ? ORDER BY ordinal", (article,)
        )
        return [row["id"] for row in rows]

    def translate(self, id: int, zh: str, en: str, flags: Sequence[str] = ()) -> None:
        """Store the English of a paragraph as one sentence."""
        sentence = {"start": 0, "end": len(zh), "en": en, "engine": "hand 1", "flags": list(flags)}
        self.connection.execute(
            "INSERT OR REPLACE INTO translation VALUES (?, 'hand 1', ?, ?, ?, '2024-01-01')",
            (id, en, json.dumps([sentence]), json.dumps(list(flags))),
        )

    def refresh(self) -> None:
        """Bring the index up to date as a command does."""
        ids = [row[0] for row in self.connection.execute("SELECT paragraph_id FROM unindexed")]
        self.engine.update(ids)
        self.connection.execute("DELETE FROM unindexed")

    def search(self, text: str, **options: object) -> Results:
        """Search after bringing the index up to date."""
        self.refresh()
        return self.engine.search(text, **options)  # type: ignore[arg-type]

    def found(self, text: str, **options: object) -> set[int]:
        """Return the ids of all paragraphs that a query finds."""
        options = {"size": 10_000, "paragraphs": 10_000} | options
        return {p.id for hit in self.search(text, **options).hits for p in hit.paragraphs}


def library(folder: Path) -> Library:
    """Make an empty library."""
    connection = store.connect(folder / "archive.db")
    store.migrate(connection, folder / "backup.db")
    connection.execute("PRAGMA synchronous = OFF")
    return Library(connection, BuiltIn(connection, folder / "index"))
