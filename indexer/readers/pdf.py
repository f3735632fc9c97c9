"""Read a PDF: a document for each page, its text in reading order of the columns.

A page without a text layer is a picture and goes to OCR, where that is installed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

from indexer.errors import Unreadable
from indexer.model import Document, Metadata
from indexer.readers import layout, ocr
from indexer.readers.base import KIB, Problem, ReadOptions, Report, Source
from indexer.readers.encoding import clean
from indexer.readers.layout import Piece

_END = b"%%EOF"
_TAIL = 64 * KIB
_OCR_DPI = 200
_POINTS = 72  # an inch


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield a document for each page that has text; a page that is broken is reported."""
    _refuse_cut(source)
    try:
        pdf = pypdfium2.PdfDocument(source.stream)
    except pypdfium2.PdfiumError as error:
        raise _refusal(source, error) from None
    with closing(pdf):
        count = len(pdf)
        if count > options.max_pages:
            raise source.refuse(f"has {count} pages, more than {options.max_pages}", "split it")
        problems, found = [], False
        for number in range(count):
            name = source.inside(f"page {number + 1}")
            try:
                text = clean(_page_text(source, pdf, number, options))
            except Unreadable as error:
                problems.append(Problem(name, str(error)))
                continue
            # A file of one page says nothing about which page of the issue that is.
            page = (_label(pdf, number) or str(number + 1)) if count > 1 else None
            found = found or bool(text)
            yield Document(text, Metadata(page=page), name)
    if problems and not found:
        raise Unreadable(problems[0].sentence)  # a scan is refused once, not page by page
    for problem in problems:
        report(problem)


def _refuse_cut(source: Source) -> None:
    source.stream.seek(max(0, source.size - _TAIL))
    whole = _END in source.stream.read()
    source.stream.seek(0)
    if not whole:
        raise source.refuse("is a PDF whose end is missing", "get a whole copy of it")


def _refusal(source: Source, error: pypdfium2.PdfiumError) -> Unreadable:
    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return source.refuse(
            "is an encrypted PDF", "open it with its password and save it without one"
        )
    return source.refuse("is a broken PDF", "get a whole copy of it, or print it to PDF anew")


def _label(pdf: pypdfium2.PdfDocument, number: int) -> str:
    return clean(pdf.get_page_label(number) or "").strip()


def _page_text(
    source: Source, pdf: pypdfium2.PdfDocument, number: int, options: ReadOptions
) -> str:
    place = f"{source.place} page {number + 1}"
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        raise Unreadable(f"{place} is broken; get a whole copy of the file.") from None
    with closing(page):
        glyphs = list(_glyphs(page))
        if _has_meaning(glyphs):
            return _in_order(glyphs, page.get_width())
        if next(page.get_objects(max_depth=2), None) is None:
            return ""
        width, height = page.get_size()
        scale = _OCR_DPI / _POINTS
        if width * height * scale * scale > options.max_pixels:
            raise Unreadable(f"{place} is too large a picture; scan it at {_OCR_DPI} dpi.")
        engine = ocr.engine_for(place, options)
        return ocr.text_of(engine, page.render(scale=scale).to_pil().convert("RGB"))


def _in_order(glyphs: list[Piece], width: float) -> str:
    if layout.is_vertical(glyphs):
        glyphs = [layout.turned(glyph, width) for glyph in glyphs]
    return layout.read(layout.runs(glyphs))


def _has_meaning(glyphs: list[Piece]) -> bool:
    """Say whether most characters are known: a font without a key gives private ones."""
    printed = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    known = [text for text in printed if text.isprintable() and text != "\ufffd"]
    return len(known) * 2 > len(printed)


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Piece]:
    """Yield the characters of a page that have a place, measured from the top left."""
    height, half = page.get_height(), 0
    with closing(page.get_textpage()) as textpage:
        for index in range(textpage.count_chars()):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if raw.FPDFText_IsGenerated(textpage, index) == 1:
                continue
            if 0xD800 <= code < 0xDC00:  # the first half of a character beyond 16 bits
                half = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00 if half else 0xFFFD
            half = 0
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            if code and math.isfinite(left + bottom + right + top) and top > bottom:
                yield Piece(chr(code), left, height - top, right, height - bottom)
