"""Read what gzip packed: any one file."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from indexer.model import Document
from indexer.readers import content
from indexer.readers.base import ReadOptions, Report, Source


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the documents of the packed file, once it is unpacked whole."""
    try:
        with gzip.GzipFile(fileobj=source.stream, mode="rb") as packed:
            unpacked = source.unpack(cast(BinaryIO, packed), "")
    except (OSError, EOFError, zlib.error):
        raise source.refuse("is a broken or cut gzip file", "get a whole copy of it") from None
    with unpacked.stream:
        yield from content.documents(unpacked, options, report)
