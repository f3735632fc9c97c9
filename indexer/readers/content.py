"""Hand a source to the reader of its format."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from indexer.model import Document
from indexer.readers.base import Reader, ReadOptions, Report, Source
from indexer.readers.sniff import sniff


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the documents of ``source`` that have text; refuse a source that has none.

    Packing nested too deep is refused too.
    """
    if source.depth > options.max_depth:
        raise source.refuse(
            f"is packed more than {options.max_depth} times over", "unpack it by hand"
        )
    # Imported late, so that a text needs no PDF library.
    module = import_module(f"indexer.readers.{sniff(source, options)}")
    found = False
    for document in cast(Reader, module.documents)(source, options, report):
        if document.text.strip():
            found = True
            yield document
    if not found:
        raise source.refuse("holds no text that can be read", "look into it by hand")
