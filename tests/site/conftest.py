"""A small archive as a static site: the gold articles, some of them with English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import store
from indexer.archive import Archive
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.site import export_site
from indexer.store import Source
from tests.quotes.report import gold

ENGLISH = "Retail licences <now> take one visit, says the café owner."


def a_page(texts: list[str]) -> Page:
    headline = Block(Kind.HEADLINE, texts[0], ((0, len(texts[0])),))
    body = [Block(Kind.PARAGRAPH, text, ((0, len(text)),)) for text in texts[1:]]
    return Page((Article((headline, *body)),))


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    texts = [article["paragraphs"] for article in gold()]
    texts.append(["<b>标题</b> & “引号”", "𠮷野家在AEON广场开业，增长3.5%，售价1,000元。"])
    documents = tuple(
        Document("\n".join(text), Metadata("青岛日报", f"2024-0{n % 9 + 1}-11" if n else None))
        for n, text in enumerate(texts)
    )
    source = Source("ab" * 32, "p.txt", 1, documents, tuple(map(a_page, texts)))
    with Archive.create(tmp_path_factory.mktemp("site") / "archive") as archive:
        with store.transaction(archive.connection):
            store.insert_source(archive.connection, source)
            archive.connection.execute(
                "INSERT INTO translation (paragraph_id, engine, en, sentences, made_at)"
                " VALUES (2, 'argos 1', ?, ?, 'now')",
                (ENGLISH, f'[{{"start": 0, "end": 9, "en": "{ENGLISH}", "flags": []}}]'),
            )
        yield archive


@pytest.fixture(scope="session")
def site(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "site"
    export_site(archive, folder)
    return folder
