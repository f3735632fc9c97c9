"""Tell the format of a file by its content."""

from __future__ import annotations

import re
from enum import StrEnum
from zipfile import BadZipFile, ZipFile

from indexer.readers import encoding, records
from indexer.readers.base import CHUNK, ReadOptions, Source


class Format(StrEnum):
    """Name a format by the module of ``indexer.readers`` that reads it."""

    TEXT = "plain"
    JSON = "jsonlines"
    TABLE = "table"
    HTML = "webpage"
    PDF = "pdf"
    DOCX = "docx"
    EPUB = "epub"
    GZIP = "gz"
    ZIP = "zipped"
    IMAGE = "image"


_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_PACKED = (b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
_OLD_OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*\{\s*\")")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|div|p|h[1-6]|table|span)\b",
    re.IGNORECASE | re.DOTALL,
)


def sniff(source: Source, options: ReadOptions) -> Format:
    """Return the format of ``source``, or refuse it as one that cannot be read."""
    head = source.head()
    if not head:
        raise source.refuse("is empty", "give the file that holds the page")
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"\x1f\x8b"):
        return Format.GZIP
    if head.startswith(b"PK"):
        return _zip_format(source)
    if _is_image(head):
        return Format.IMAGE
    _refuse_known(source, head)
    name = encoding.name_for(source, sample(source), options.encoding)
    return _text_format(head.decode(name, "replace").lstrip("\ufeff"), source, options)


def sample(source: Source) -> bytes:
    """Return the first lines that are not all ASCII: they tell the encoding; else the start."""
    source.stream.seek(0)
    while (chunk := source.stream.read(CHUNK)).isascii() and chunk:
        # Read on at a line's start, so that no character is cut.
        chunk += source.stream.readline(CHUNK)
        if not chunk.isascii():
            break
    source.stream.seek(0)
    return chunk or source.head()


def _is_image(head: bytes) -> bool:
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    # "BM" may begin a text too; a bitmap has its zero reserved words at 6.
    bitmap = not head.startswith(b"BM") or head[6:10] == b"\0\0\0\0"
    return webp or (head.startswith(_IMAGES) and bitmap)


def _refuse_known(source: Source, head: bytes) -> None:
    """Refuse formats that are known and not read, each with its own remedy."""
    if head.startswith(_PACKED) or head[257:262] == b"ustar":
        raise source.refuse(
            "is packed in a way that is not read", "unpack it, or pack it as ZIP or gzip"
        )
    if head.startswith(_OLD_OFFICE):
        raise source.refuse("is an old office document", "save it as DOCX or PDF")


def _zip_format(source: Source) -> Format:
    try:
        with ZipFile(source.stream) as archive:
            names = set(archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        raise source.refuse("is a broken or cut ZIP file", "get a whole copy of it") from None
    finally:
        source.stream.seek(0)
    if "word/document.xml" in names:
        return Format.DOCX
    if "META-INF/container.xml" in names:
        return Format.EPUB
    return Format.ZIP


def _text_format(text: str, source: Source, options: ReadOptions) -> Format:
    if _JSON.match(text):
        return Format.JSON
    if _HTML.match(text):
        return Format.HTML
    if _is_table(text, source, options):
        return Format.TABLE
    return Format.TEXT


def _is_table(text: str, source: Source, options: ReadOptions) -> bool:
    """Say whether the first line names the columns of records, or the suffix promises a table."""
    if source.place.lower().removesuffix(".gz").endswith((".csv", ".tsv")):
        return True
    names, _ = records.columns(text.partition("\n")[0])
    return records.has_columns(names, options)
