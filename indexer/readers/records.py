"""Make a document of a record whose headline, byline and paragraphs are known."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from indexer.dates import parse_date
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.readers.base import ReadOptions
from indexer.readers.encoding import clean

FIELDS = ("publication", "date", "page", "section", "url", "title", "byline", "paragraphs")
_BODY = ("paragraphs", "text")
"""The body is a list of paragraphs, or one string with a paragraph a line."""


class BadRecord(Exception):
    """Say what is wrong with one record; the reader adds where it stands."""


def columns(line: str) -> tuple[list[str], str]:
    """Return the column names in the first line of a table, and the sign between them."""
    delimiter = max(",\t;|", key=line.count)
    try:
        return next(csv.reader([line.strip("\r\n")], delimiter=delimiter), []), delimiter
    except csv.Error:
        return [], delimiter


def has_columns(names: Collection[str], options: ReadOptions) -> bool:
    """Say whether the names are those of a table of articles: a body and one field more."""
    known = {_column(field, options) for field in FIELDS} & set(names)
    bodies = {_column(field, options) for field in _BODY} & set(names)
    return bool(bodies) and len(known | bodies) > 1


def document(record: Mapping[str, object], options: ReadOptions, name: str) -> Document:
    """Return the document of one record, or raise BadRecord."""

    def value(field: str) -> object:
        return record.get(_column(field, options))

    body = value("paragraphs") if value("paragraphs") is not None else value("text")
    if body is None and value("title") is None:
        raise BadRecord(
            f"has no column {_column('paragraphs', options)!r} among"
            f" {', '.join(map(repr, record)) or 'its none'}; name the column of the text with"
            " --column paragraphs=NAME"
        )
    date = _string(value("date"), "date")
    iso = parse_date(date) if date else None
    if date and not iso:
        raise BadRecord(f"has the date {date!r}; write it as 2024-05-17")
    metadata = Metadata(
        publication=_string(value("publication"), "publication"),
        date=iso,
        page=_string(value("page"), "page"),
        section=_string(value("section"), "section"),
        url=_string(value("url"), "url"),
    )
    parts = [
        (Kind.HEADLINE, _string(value("title"), "title") or ""),
        (Kind.BYLINE, _string(value("byline"), "byline") or ""),
        *((Kind.PARAGRAPH, paragraph) for paragraph in _paragraphs(body)),
    ]
    return structured(parts, metadata, name)


def structured(parts: Iterable[tuple[Kind, str]], metadata: Metadata, name: str) -> Document:
    """Return a document whose parts are known; a headline after anything else begins an article.

    Each line of a part is a block, blank ones are none.
    """
    articles, start = [list[Block]()], 0
    for kind, line in _lines(parts):
        blocks = articles[-1]
        if kind is Kind.HEADLINE and blocks and blocks[-1].kind is not Kind.HEADLINE:
            articles.append(blocks := [])
        blocks.append(Block(kind, line, ((start, start + len(line)),)))
        start += len(line) + 1
    text = "\n".join(block.text for blocks in articles for block in blocks)
    page = Page(tuple(Article(tuple(blocks)) for blocks in articles if blocks))
    return Document(text, metadata, name, page)


def marked(parts: Sequence[tuple[Kind, str]], metadata: Metadata, name: str) -> Document:
    """Return a structured document where headlines are marked, else a text to be segmented."""
    if any(kind is Kind.HEADLINE and part.strip() for kind, part in parts):
        return structured(parts, metadata, name)
    # Blank lines between, so that no paragraph is taken for a line of the one before.
    return Document("\n\n".join(line for _, line in _lines(parts)), metadata, name)


def _lines(parts: Iterable[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    for kind, part in parts:
        for line in clean(part).split("\n"):
            if line.strip():
                yield kind, line.strip()


def _column(field: str, options: ReadOptions) -> str:
    return options.columns.get(field, field)


def _string(value: object, field: str) -> str | None:
    """Return a field's value as text; None when it is unknown or blank."""
    if value is None or isinstance(value, str):
        return clean(value or "").strip() or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise BadRecord(f"has a {field} that is no text; give it as a string")


def _paragraphs(body: object) -> list[str]:
    if body is None or isinstance(body, str):
        return [body or ""]
    if isinstance(body, list) and all(isinstance(item, str) for item in body):
        return body
    raise BadRecord("has paragraphs that are no text; give a list of strings, or one string")
