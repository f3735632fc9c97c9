"""A small archive of one hand-made page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import reprints, store
from indexer.archive import Archive
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.store import Source

TEXT = "青岛新闻\n\n记者 张三\n\n今天天气很好。明天也好。"
PAGE = Page(
    articles=(
        Article(
            (
                Block(Kind.HEADLINE, "青岛新闻", ((0, 4),)),
                Block(Kind.BYLINE, "记者 张三", ((6, 11),)),
                Block(Kind.PARAGRAPH, "今天天气很好。明天也好。", ((13, 25),)),
            )
        ),
    ),
    furniture=(Block(Kind.FURNITURE, "第3版", ((26, 29),)),),
)


def a_source(digest: str = "ab" * 32, layout: Page = PAGE, **known: str) -> Source:
    return Source(digest, "page.txt", 99, (Document(TEXT, Metadata(**known)),), (layout,))


def a_page(*paragraphs: str) -> Page:
    blocks = [Block(Kind.HEADLINE, "标题", ((0, 2),))]
    for n, text in enumerate(paragraphs):
        blocks.append(Block(Kind.PARAGRAPH, text, ((10 * n, 10 * n + 5),)))
    return Page((Article(tuple(blocks)),))


def add(archive: Archive, *sources: Source) -> None:
    with store.transaction(archive.connection):
        for source in sources:
            ids = store.insert_source(archive.connection, source)
            reprints.remember(archive.connection, ids)


def keys(archive: Archive) -> list[str]:
    return [a.key for issue in archive.issues() for a in archive.issue(issue.key).articles]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as archive:
        yield archive
