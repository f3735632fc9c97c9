"""Read plain text: one file, one text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Document
from indexer.readers import encoding
from indexer.readers.base import ReadOptions, Report, Source


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the one text of ``source``."""
    data = source.whole(options.max_text)
    yield Document(encoding.decode(source, data, options.encoding), name=source.name)
