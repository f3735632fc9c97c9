"""Read a list of quotes as people keep them: lines, blocks between blank lines, or a table."""

from __future__ import annotations

import csv
import io
import re

from indexer.errors import Unreadable
from indexer.readers import encoding

_COLUMNS = ("quote", "quotation", "text", "引语", "引文", "引述", "原文")
_BLANK = re.compile(r"\n[ \t　]*\n")


def decode(data: bytes) -> str:
    """Return the text of a file of quotes, in UTF-8, UTF-16, GB18030 or Big5; or refuse it."""
    name = encoding.detect(data)
    try:
        return data.decode(name or "utf-8")
    except UnicodeDecodeError:
        raise Unreadable("The file of quotes is no text: save it as UTF-8 text or CSV.") from None


def read_quotes(text: str) -> list[str]:
    """Return the quotes in a text, in order, empty ones left out.

    With a header line that names a column quote (or text, 引语, 引文, 原文), a CSV or
    tab-separated table; with blank lines, one quote to each block; else one to each line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").strip()
    if (table := _table(text)) is not None:
        return table
    if _BLANK.search(text):
        return [_joined(block) for block in _BLANK.split(text) if block.strip()]
    return [line.strip() for line in text.splitlines() if line.strip()]


def _table(text: str) -> list[str] | None:
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    names = [name.strip().strip('"').casefold() for name in header.split(delimiter)]
    column = next((names.index(name) for name in _COLUMNS if name in names), None)
    if column is None:
        return None
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))[1:]
    return [row[column].strip() for row in rows if len(row) > column and row[column].strip()]


def _joined(block: str) -> str:
    """Join the lines of a block, with a space where both sides are not Chinese."""
    lines = [line.strip() for line in block.strip().splitlines()]
    joined = lines[0]
    for line in lines[1:]:
        space = " " if joined[-1:].isascii() and line[:1].isascii() else ""
        joined += space + line
    return joined
