"""Read the chapters of an EPUB in reading order, a document each; headings begin articles."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from indexer.dates import parse_date
from indexer.errors import Unreadable
from indexer.model import Document, Kind, Metadata
from indexer.readers import encoding, markup, records, xmltree, zipped
from indexer.readers.base import Problem, ReadOptions, Report, Source, Unsafe

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# In XHTML <title/> is whole; an HTML parser would take all that follows for the title.
_EMPTY = re.compile(r"<((?!(?:br|hr|img|link|meta|col|input)\b)[a-zA-Z][\w:-]*)([^<>]*)/>")


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield a document for each chapter; one that is broken is reported."""
    with ZipFile(source.stream) as archive:
        book_name = _book_name(source, archive, options)
        book = _xml(source, archive, book_name, options)
        metadata = _metadata(book)
        for name in _chapters(book, posixpath.dirname(book_name)):
            try:
                parts = _parts(_member(source, archive, name), options)
            except Unsafe:
                raise
            except Unreadable as error:
                report(Problem(source.inside(name), str(error)))
            else:
                yield records.marked(parts, metadata, source.inside(name))


def _member(source: Source, archive: ZipFile, name: str) -> Source:
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise source.refuse(
            f"names the chapter {name!r} and lacks it", "get a whole copy"
        ) from None
    return zipped.unpack(source, archive, info, name)


def _xml(source: Source, archive: ZipFile, name: str, options: ReadOptions) -> Element:
    member = _member(source, archive, name)
    with member.stream:
        return xmltree.parse(member, member.whole(options.max_text))


def _book_name(source: Source, archive: ZipFile, options: ReadOptions) -> str:
    for element in _xml(source, archive, _CONTAINER, options).iter():
        if element.tag.endswith("}rootfile") and (path := element.get("full-path")):
            return path
    raise source.refuse("is an EPUB without a book in it", "get a whole copy")


def _metadata(book: Element) -> Metadata:
    def text(name: str) -> str:
        return " ".join(
            "".join(element.itertext()) for element in book.iter(f"{_DC}{name}")
        ).strip()

    return Metadata(publication=text("publisher") or None, date=parse_date(text("date")))


def _chapters(book: Element, folder: str) -> Iterator[str]:
    """Yield the names of the chapters in reading order, without the table of contents."""
    items = {item.get("id"): item for item in book.iter(f"{_OPF}item")}
    for reference in book.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in item.get("properties", "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _parts(member: Source, options: ReadOptions) -> list[tuple[Kind, str]]:
    """Return the lines of a chapter; its highest headings are headlines."""
    with member.stream:
        text = encoding.decode(member, member.whole(options.max_text), None)
    lines = markup.lines(markup.parse(member, _EMPTY.sub(r"<\1\2></\1>", text)))
    highest = min((line.tag for line in lines if line.kind is Kind.HEADING), default="")
    return [(Kind.HEADLINE if line.tag == highest else line.kind, line.text) for line in lines]
