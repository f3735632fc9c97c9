"""Read CSV (or tabs, semicolons, bars between), one article a row; the first row names columns.

A row that is broken is reported with its line number, and the other rows are read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOWrapper

from indexer.model import Document
from indexer.readers import encoding, records, sniff
from indexer.readers.base import MIB, Problem, ReadOptions, Report, Source


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield a document for each row."""
    name = encoding.name_for(source, sniff.sample(source), options.encoding)
    stream = TextIOWrapper(source.stream, name, newline="")
    try:
        yield from _rows(source, stream, options, report)
    except UnicodeError:
        raise source.refuse(
            f"is not whole {name.upper()}", "repair it or name another encoding with --encoding"
        ) from None
    finally:
        stream.detach()


def _rows(
    source: Source, stream: TextIOWrapper, options: ReadOptions, report: Report
) -> Iterator[Document]:
    # A whole process setting, of which only the raising is of use: the default cuts at 128 KB.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_line))
    first = stream.readline(options.max_line).lstrip("\ufeff")
    header, delimiter = records.columns(first)
    if not records.has_columns(header, options):
        raise source.refuse(
            f"is a table with the columns {', '.join(map(repr, header))}",
            "name those of the text and another field, for instance --column paragraphs=正文"
            " --column title=标题",
        )
    rows = csv.reader(_lines(source, stream, options), delimiter=delimiter, strict=True)
    while True:
        place = f"line {rows.line_num + 2}"
        try:
            row = next(rows, None)
            if row is None:
                return
            document = _document(header, row, options, source.inside(place)) if row else None
        except csv.Error as error:
            report(_problem(source, place, f"is no row of a table ({error}); repair it"))
        except records.BadRecord as error:
            report(_problem(source, place, str(error)))
        else:
            if document:
                yield document


def _document(header: list[str], row: list[str], options: ReadOptions, name: str) -> Document:
    if len(row) != len(header):
        raise records.BadRecord(
            f"has {len(row)} cells under {len(header)} columns; put cells with commas in quotes"
        )
    return records.document(dict(zip(header, row, strict=True)), options, name)


def _lines(source: Source, stream: TextIOWrapper, options: ReadOptions) -> Iterator[str]:
    while line := stream.readline(options.max_line + 1):
        if len(line) > options.max_line:
            raise source.refuse(
                f"has a line longer than {options.max_line // MIB} MB", "split it into articles"
            )
        yield line


def _problem(source: Source, place: str, what: str) -> Problem:
    return Problem(source.inside(place), f"{source.place} {place} {what}.")
