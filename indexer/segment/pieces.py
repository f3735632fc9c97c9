"""Lines to pieces: what stands together, before anything is known of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.model import Block, Kind, Span
from indexer.segment.headings import is_ended, is_heading, is_opener, is_stopped
from indexer.segment.lines import Line, plain
from indexer.segment.rules import (
    CONTINUATION,
    NUMBER_ALONE,
    is_running_head,
    marker,
    opening,
    recognise,
)

PREFORMATTED = frozenset({Kind.TABLE, Kind.VERSE})


@dataclass(slots=True)
class Piece:
    """Hold lines that belong together and the kind that their wording gives, None for prose."""

    lines: list[Line]
    kind: Kind | None
    page: str = field(repr=False)
    _text: str = ""

    @property
    def text(self) -> str:
        """Return the clean text, its lines joined; one row a line in tables and verse."""
        if not self._text:
            self._text = (
                "\n".join(self.page[line.start : line.end] for line in self.lines)
                if self.kind in PREFORMATTED
                else join(self.page, [line.span for line in self.lines])
            )
        return self._text

    @property
    def gap(self) -> int:
        return self.lines[0].gap

    def absorb(self, other: Piece) -> None:
        """Take in the piece that a column break had torn off."""
        self.lines += other.lines
        self._text = ""

    def block(self, kind: Kind) -> Block:
        return Block(kind, self.text, tuple(line.span for line in self.lines))


def join(page: str, spans: list[Span]) -> str:
    """Return the text at ``spans``: no space between Han characters, one between Latin words."""
    if len(spans) == 1:
        return page[spans[0][0] : spans[0][1]]
    parts: list[str] = []
    for start, end in spans:
        if parts and _is_latin(parts[-1][-1]) and _is_latin(page[start]):
            parts.append(" ")
        parts.append(page[start:end])
    return "".join(parts)


def _is_latin(char: str) -> bool:
    return char.isalpha() and char < "\u0250"


@dataclass(frozen=True, slots=True)
class Layout:
    """Say how a page shows where its paragraphs begin: by indents, by blank lines, not at all."""

    indented: bool
    spaced: bool

    @classmethod
    def of(cls, page: str, lines: list[Line]) -> Layout:
        indented = sum(line.indent >= 2 for line in lines) > len(lines) * 0.1
        last = [
            below.gap > 0
            for line, below in pairwise(lines)
            if not line.full and is_stopped(page[max(line.start, line.end - 4) : line.end])
        ]
        return cls(indented, bool(last) and sum(last) >= len(last) * 0.7)


def read_pieces(page: str, lines: list[Line]) -> list[Piece]:
    """Return the pieces of ``page`` in order; together they hold every line."""
    lines = list(_split_continuations(page, lines))
    layout = Layout.of(page, lines)
    pieces: list[Piece] = []
    index = 0
    while index < len(lines):
        after_verse = bool(pieces) and pieces[-1].kind is Kind.VERSE
        rows = _preformatted(page, lines, index, after_verse)
        if rows:
            kind, count = rows
            pieces.append(Piece(lines[index : index + count], kind, page))
            index += count
            continue
        line = lines[index]
        text = page[line.start : line.end]
        kind_here = recognise(text)
        below = lines[index + 1] if index + 1 < len(lines) else None
        if pieces and _continues(pieces, line, text, kind_here, layout, below):
            pieces[-1].absorb(Piece([line], None, page))
            if pieces[-1].kind in {Kind.BYLINE, Kind.CREDIT}:  # names may begin a sentence too
                pieces[-1].kind = recognise(pieces[-1].text)
        else:
            pieces.append(Piece([line], kind_here, page))
        index += 1
    _mark_running_heads(pieces)
    _mark_captions(pieces)
    return pieces


def _split_continuations(page: str, lines: list[Line]) -> Iterator[Line]:
    """Give （下转第3版） at a line's end, and （上接第1版） at its start, a line of its own."""
    for line in lines:
        head = plain(page[line.start : min(line.end, line.start + 100)])
        base = max(line.start, line.end - 100)
        match = CONTINUATION.match(head)
        if match and match["way"] in {"上接", "紧接"} and line.start + match.end() < line.end:
            yield from _cut(page, line, line.start + match.end())
            continue
        for match in CONTINUATION.finditer(plain(page[base : line.end])):
            cut = base + match.start()
            if base + match.end() == line.end and cut > line.start and match["ban"]:
                yield from _cut(page, line, cut)
                break
        else:
            yield line


def _cut(page: str, line: Line, at: int) -> Iterator[Line]:
    first_end = line.start + len(page[line.start : at].rstrip())
    second = at + len(page[at : line.end]) - len(page[at : line.end].lstrip())
    yield Line(line.start, first_end, line.indent, 0, line.gap, line.new_page)
    yield Line(second, line.end, 0, line.width, 0)


_STRONG = frozenset({Kind.FURNITURE, Kind.CONTINUATION, Kind.CAPTION, Kind.STAFF})


_OPENERS = frozenset("“‘「『《（(")


def _continues(
    pieces: list[Piece],
    line: Line,
    text: str,
    kind: Kind | None,
    layout: Layout,
    below: Line | None,
) -> bool:
    """Tell whether a line goes on with the piece above: it was wrapped because it was full."""
    piece = pieces[-1]
    above = piece.lines[-1]
    if line.gap or not above.full or piece.kind in PREFORMATTED | {Kind.FURNITURE}:
        return False
    if line.indent >= 2 and line.indent > above.indent + 1:
        return False
    tail = piece.page[max(above.start, above.end - 40) : above.end]
    if _is_open(tail) and _closes(text):
        return True
    if is_stopped(tail):
        begun = above.brim or piece.lines[0].indent >= 2
        flows = (begun if layout.indented else layout.spaced) or text[0] in _OPENERS
        if kind is not None or not flows or marker(text):
            return False
        # The last line of a paragraph would end with a stop, so this one is a heading.
        last = not line.full or (layout.indented and _begins(piece.page, line, below))
        return not (last and is_heading(text))
    if piece.kind is Kind.CAPTION and kind is Kind.CREDIT:
        return False
    if piece.kind is None and len(piece.lines) == 1 and is_heading(piece.text):
        # A heading that happens to fill its column.
        alone = layout.indented and above.indent < 2 and (len(pieces) < 2 or _is_whole(pieces[-2]))
        if (
            alone
            or text.startswith("——")
            or kind is not None
            or opening(text)
            or (line.full and is_opener(text))
        ):
            return False
    return kind not in _STRONG and not (marker(text) and is_ended(tail))


def _begins(page: str, line: Line, below: Line | None) -> bool:
    """Tell whether the line below begins something of its own: by its indent, or as a byline."""
    return below is not None and (
        below.indent > line.indent + 1 or recognise(page[below.start : below.end]) is Kind.BYLINE
    )


def _is_open(text: str) -> bool:
    """Tell whether a bracket opens in ``text`` that does not close: …文章。（记者 张三."""
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))


def _closes(text: str) -> bool:
    return bool(re.match(r"[^（(）)]{0,20}[）)]", text))


def _is_whole(piece: Piece) -> bool:
    return piece.kind is not None or is_ended(piece.text)


def _mark_running_heads(pieces: list[Piece]) -> None:
    """Make furniture of what stands beside furniture: 青岛日报 under 第3版, a number alone."""
    at_top = True
    for index, piece in enumerate(pieces):
        at_top = at_top or piece.lines[0].new_page
        if piece.kind is None and len(piece.lines) == 1 and piece.lines[0].width <= 40:
            below = pieces[index + 1] if index + 1 < len(pieces) else None
            apart = below is None or (piece.gap > 0 and below.gap > 0)
            beside = pieces[max(0, index - 1) : index] + pieces[index + 1 : index + 2]
            near = at_top or any(other.kind is Kind.FURNITURE for other in beside)
            number = NUMBER_ALONE.fullmatch(plain(piece.text).strip()) and (at_top or apart)
            if number or (near and is_running_head(piece.text)):
                piece.kind = Kind.FURNITURE
        at_top = at_top and piece.kind is Kind.FURNITURE


def _mark_captions(pieces: list[Piece]) -> None:
    """Make captions of ● 李家超昨日出席活動。 where a credit follows."""
    for piece, below in pairwise(pieces):
        if piece.kind is None and below.kind is Kind.CREDIT and marker(piece.text) == "bullet":
            piece.kind = Kind.CAPTION


_CELLS = re.compile(r"\t+|[ ]{2,}|\u3000{2,}|\s*[|｜│]\s*")
_MARKDOWN_RULE = re.compile(r"[|:+\-\s─┼├┤]{3,}")
_VERSE_END = frozenset("，。！？；、,!?;")


def _preformatted(
    page: str, lines: list[Line], start: int, after_verse: bool
) -> tuple[Kind, int] | None:
    rows = _table_rows(page, lines, start)
    if rows:
        return Kind.TABLE, rows
    rows = _verse_lines(page, lines, start, 2 if after_verse else 4)
    return (Kind.VERSE, rows) if rows else None


def _cells(page: str, line: Line) -> int:
    if line.width > 100:
        return 0
    text = page[line.start : line.end]
    if _MARKDOWN_RULE.fullmatch(text) and "|" in text:
        return -1
    cells = [cell for cell in _CELLS.split(text) if cell]
    return len(cells) if max(map(len, cells), default=99) <= 24 else 0


def _table_rows(page: str, lines: list[Line], start: int) -> int:
    """Return how many lines from ``start`` are rows of one table: cells set apart, as many each."""
    count = _cells(page, lines[start])
    if count < 2 or recognise(page[lines[start].start : lines[start].end]):
        return 0
    end = start + 1
    while end < len(lines) and not lines[end].gap:
        if _cells(page, lines[end]) not in {count, -1}:
            break
        end += 1
    rows = end - start
    return rows if rows >= (2 if count >= 3 else 3) else 0


def _verse_lines(page: str, lines: list[Line], start: int, least: int) -> int:
    """Return how many lines from ``start`` are verse: short, ragged or each with its stop."""
    end = start
    while end < len(lines) and (end == start or not lines[end].gap):
        line = lines[end]
        text = page[line.start : line.end]
        if not 4 <= line.width <= 36 or line.full or recognise(text) or marker(text):
            break
        if text[-1] in "”’」』）)：:" or any(stop in text[:-1] for stop in "。；"):
            break
        end += 1
    rows = [page[line.start : line.end] for line in lines[start:end]]
    if len(rows) < least:
        return 0
    stopped = sum(row[-1] in _VERSE_END for row in rows)
    sentences = sum(row[-1] in "。！？" for row in rows)
    if stopped == 0:
        return len(rows) if sum(map(len, rows)) <= len(rows) * 10 else 0
    verses = stopped >= len(rows) * 0.6 and sentences <= len(rows) * 0.7
    return len(rows) if verses else 0
