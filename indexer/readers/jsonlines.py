"""Read JSON Lines, one article a line; also one JSON array or object of articles.

A line that is broken is reported with its number, and the other lines are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from indexer.model import Document
from indexer.readers import encoding, records, sniff
from indexer.readers.base import MIB, Problem, ReadOptions, Report, Source

_Placed = tuple[str, Any]
"""Where a record stands, and its JSON value, or the sentence that says why it has none."""


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield a document for each record."""
    name = encoding.name_for(source, sniff.sample(source), options.encoding)
    source, name = _with_plain_newlines(source, name, options)
    for place, record in _whole(source, name, options) or _lines(source, name, options):
        try:
            if not isinstance(record, dict):
                raise records.BadRecord(
                    record if isinstance(record, str) else "is no JSON object; write one as {…}"
                )
            document = records.document(record, options, source.inside(place))
        except records.BadRecord as error:
            report(Problem(source.inside(place), f"{source.place} {place} {error}."))
        else:
            yield document


def _with_plain_newlines(source: Source, name: str, options: ReadOptions) -> tuple[Source, str]:
    """Return the source in an encoding where a newline byte is a newline (UTF-16 is none)."""
    if name.endswith("-sig"):
        return source, "utf-8"
    if "\n".encode(name) == b"\n":
        return source, name
    text = encoding.decode(source, source.whole(options.max_text), name)
    data = text.encode()
    return replace(source, stream=BytesIO(data), size=len(data)), "utf-8"


def _whole(source: Source, name: str, options: ReadOptions) -> list[_Placed] | None:
    """Return the records of one JSON array or object that spans lines; None for JSON Lines."""
    first = source.stream.readline(options.max_line)
    source.stream.seek(0)
    if source.size > options.max_text or isinstance(_parse(first, name), dict):
        return None
    value = _parse(source.whole(options.max_text), name)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return None
    return [(f"record {number}", item) for number, item in enumerate(value, 1)]


def _lines(source: Source, name: str, options: ReadOptions) -> Iterator[_Placed]:
    """Yield the records of JSON Lines, never holding a line that is too long."""
    source.stream.seek(0)
    number = 0
    while line := source.stream.readline(options.max_line + 1):
        number += 1
        if len(line) > options.max_line:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(options.max_line)
            limit = options.max_line // MIB
            yield f"line {number}", f"is longer than {limit} MB; split it into articles"
        elif line.strip():
            yield f"line {number}", _parse(line, name)


def _parse(data: bytes, name: str) -> Any:
    """Return the JSON value, or the sentence that says why there is none."""
    try:
        return json.loads(data.decode(name).lstrip("\ufeff"))
    except UnicodeDecodeError:
        return f"has bytes that are no {name.upper()}; repair them"
    except json.JSONDecodeError as error:
        return f"is no JSON ({error.msg} at column {error.colno}); repair it"
    except (RecursionError, ValueError):
        return "is JSON nested too deep or with too long a number; simplify it"
