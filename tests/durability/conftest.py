"""A small archive of real bytes: two files, segmented, with originals kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import export, store
from indexer.archive import Archive
from indexer.model import Document, Metadata
from indexer.segment import segment
from indexer.store import Source

TEXTS = {
    "one.txt": "青岛新闻\n\n记者 张三\n\n今天天气很好。明天也好。\n\n第二段说海洋。",
    "two.txt": "哈尔滨新闻\n\n记者 李四\n\n火锅店很热闹，大家都来了。",
}


def put(archive: Archive, file: Path) -> str:
    """Store one text file as the intake does, and keep its original; return its SHA-256."""
    text = file.read_text(encoding="utf-8")
    digest = archive.originals.keep(file)
    document = Document(text, Metadata(publication="青岛日报", date="2025-10-01"))
    source = Source(digest, file.name, file.stat().st_size, (document,), (segment(text),))
    with store.transaction(archive.connection):
        store.insert_source(archive.connection, source)
    return digest


def lines(archive: Archive) -> list[str]:
    return list(export.export_jsonl(archive.connection))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "given"
    folder.mkdir()
    paths = [folder / name for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.name], encoding="utf-8")
    return paths


@pytest.fixture
def archive(tmp_path: Path, files: list[Path]) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as archive:
        for file in files:
            put(archive, file)
        archive.index()
        yield archive


@pytest.fixture
def digests(archive: Archive) -> list[str]:
    return [row[0] for row in archive.connection.execute("SELECT sha256 FROM source ORDER BY id")]
