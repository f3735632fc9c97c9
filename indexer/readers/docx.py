"""Read the body of a DOCX file; its titles and first headings begin articles.

Headers, footers, notes, comments and deleted text are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from indexer.model import Document, Kind, Metadata
from indexer.readers import records, xmltree, zipped
from indexer.readers.base import ReadOptions, Report, Source

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_KINDS = {
    "title": Kind.HEADLINE,
    "heading 1": Kind.HEADLINE,
    "subtitle": Kind.SUBHEADLINE,
    "caption": Kind.CAPTION,
    **{f"heading {level}": Kind.HEADING for level in range(2, 10)},
}


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the text, with its articles where headings mark them."""
    with ZipFile(source.stream) as archive:
        body = _part(source, archive, "word/document.xml", options)
        names = set(archive.namelist())
        styles = (
            _part(source, archive, "word/styles.xml", options)
            if ("word/styles.xml" in names)
            else None
        )
    parts = list(_blocks(body, _style_names(styles)))
    yield records.marked(parts, Metadata(), source.name)


def _part(source: Source, archive: ZipFile, name: str, options: ReadOptions) -> Element:
    member = zipped.unpack(source, archive, archive.getinfo(name), name)
    with member.stream:
        return xmltree.parse(member, member.whole(options.max_text))


def _style_names(styles: Element | None) -> dict[str, str]:
    """Return the English name of each style: Chinese Word calls the style ``heading 1`` ``1``."""
    found = styles.iter(f"{_W}style") if styles is not None else ()
    return {style.get(f"{_W}styleId", ""): (_value(style, "name") or "").lower() for style in found}


def _blocks(element: Element, styles: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
    for child in element:
        if child.tag == _PARAGRAPH:
            yield _kind(child, styles), _text(child)
            yield from _boxes(child, styles)
        elif child.tag == _TABLE:
            for row in child.iter(_ROW):
                yield (
                    Kind.TABLE,
                    "\t".join(" ".join(_text(cell).split()) for cell in row.iter(_CELL)),
                )
        elif child.tag != _FALLBACK:
            yield from _blocks(child, styles)


def _boxes(paragraph: Element, styles: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
    """Yield what stands in text boxes that hang on a paragraph."""
    for child in paragraph:
        if child.tag == f"{_W}txbxContent":
            yield from _blocks(child, styles)
        elif child.tag != _FALLBACK:
            yield from _boxes(child, styles)


def _text(element: Element) -> str:
    """Return the text of a paragraph or cell, without that of its text boxes."""
    pieces = []
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag not in (f"{_W}txbxContent", _FALLBACK, f"{_W}pPr"):
            pieces.append(_text(child))
            pieces.append("\n" if child.tag == _PARAGRAPH else "")
    return "".join(pieces)


def _kind(paragraph: Element, styles: Mapping[str, str]) -> Kind:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return Kind.PARAGRAPH
    style = styles.get(_value(properties, "pStyle") or "", "")
    in_list = properties.find(f"{_W}numPr") is not None
    return _KINDS.get(style, Kind.LIST if in_list else Kind.PARAGRAPH)


def _value(element: Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")
