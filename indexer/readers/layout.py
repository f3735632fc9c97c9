"""Put the pieces of a printed page into reading order: columns, headlines over them, lines.

Pure geometry, for text layers and OCR alike. Coordinates count from the top left.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

_GUTTER = 0.7  # the least width between columns, in character heights
_GAP = 0.9  # a gap between lines that sets them apart, in character heights
_SIZES = 1.25  # type larger by this is set apart, as a headline is
_INDENT = (1.2, 4.5)  # how far in a paragraph may begin, in character heights
_NARROWEST = 5  # the least width of a column, in character heights; less is a table
_FEWEST = 2  # lines that stand at least on each side of a gutter under a headline
_FEWEST_WRAPPED = 3  # lines of a block of which full ones may go on
_FEWEST_SET_IN = 2  # lines set in that make this the way paragraphs begin
_FULL = 1.3  # how far from the right edge a full line may end, in character heights
_ENDS = ("。", "！", "？", "”", "」", "：")
_MOST_EDGES = 12  # left edges that may be those of columns
_MOST_CUTS = 40  # cuts within cuts
_BROKEN_LINE = 1.0  # a gap within a line that ends a piece, in character heights


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a run of text and its box: left, top, right, bottom."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def runs(glyphs: Iterable[Piece]) -> list[Piece]:
    """Join single characters, in the order of the file, to the runs that stand on one line."""
    found: list[list[Piece]] = []
    for glyph in glyphs:
        if found and _continues(found[-1][-1], glyph):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [joined for run in found if (joined := _join(run)).text]


def read(pieces: Sequence[Piece]) -> str:
    """Return the text of a page in reading order, with blank lines between blocks.

    Where a full line goes on in the next, be it at the top of the next column, they are joined:
    only the page shows which lines are full. A line that is set in begins with two ideographic
    spaces.
    """
    blocks = list(_ordered(list(pieces)))
    rows = [_rows(block) for block in blocks]
    starts_are_set_in = sum(row.set_in for block in rows for row in block) >= _FEWEST_SET_IN
    text, last = "", None
    for number, block in enumerate(rows):
        goes_on = number and _goes_on(blocks[number - 1], blocks[number])
        gap = "\n" if goes_on else "\n\n"
        for row in block:
            text += _between(last, row, gap, starts_are_set_in) if last else ""
            text += ("\u3000\u3000" if row.set_in else "") + row.text
            last, gap = row, "\n"
    return text


def is_vertical(glyphs: Sequence[Piece]) -> bool:
    """Say whether most characters stand below the one before, as in vertical type."""
    down = across = 0
    for before, after in pairwise(glyphs):
        if abs(after.left - before.left) < before.height / 2:
            down += 0 < after.top - before.top < 2 * before.height
        elif abs(after.middle - before.middle) < before.height / 2:
            across += 0 < after.left - before.left < 2 * before.height
    return down > across


def turned(glyph: Piece, width: float) -> Piece:
    """Return a character of vertical type where it would stand if the page were horizontal.

    Down becomes right, and the columns, which go from right to left, become lines.
    """
    return Piece(glyph.text, glyph.top, width - glyph.right, glyph.bottom, width - glyph.left)


def _continues(before: Piece, after: Piece) -> bool:
    size = max(before.height, after.height)
    on_line = abs(before.middle - after.middle) < size / 3
    return on_line and -size / 2 < after.left - before.right < size * _BROKEN_LINE


def _join(run: Sequence[Piece]) -> Piece:
    """Return one piece of many on a line; wide gaps in Latin text are spaces."""
    text = ""
    for before, piece in zip((run[0], *run), run, strict=False):
        gap = piece.left - before.right
        wide = piece.height * (0.25 if _is_latin(text[-1:]) and _is_latin(piece.text[:1]) else 0.6)
        text += " " if gap > wide and text[-1:].strip() and piece.text[:1].strip() else ""
        text += piece.text
    kept = [piece for piece in run if piece.text.strip()] or run
    return Piece(
        text.strip(),
        min(piece.left for piece in kept),
        min(piece.top for piece in kept),
        max(piece.right for piece in kept),
        max(piece.bottom for piece in kept),
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _ordered(pieces: list[Piece], depth: int = 0) -> Iterator[list[Piece]]:
    """Yield the blocks of a region in reading order; each is one column of lines."""
    size = median(piece.height for piece in pieces) if pieces else 0
    for cut in (_columns, _bands, _stacks):
        parts = cut(pieces, size) if depth < _MOST_CUTS else []
        if len(parts) > 1:
            for part in parts:
                yield from _ordered(part, depth + 1)
            return
    if pieces:
        yield pieces


def _goes_on(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    """Say whether a column goes on in another of the same type, to the right and up."""
    beside = min(piece.left for piece in after) >= max(piece.right for piece in before)
    ratio = _size(_lines(after)[0]) / _size(_lines(before)[-1])
    return beside and _top(after) < _bottom(before) and 1 / _SIZES <= ratio <= _SIZES


def _columns(pieces: list[Piece], size: float) -> list[list[Piece]]:
    """Cut along the gutters that nothing crosses; the cells of a table stay together."""
    parts: list[list[Piece]] = []
    cut = _cut(pieces, lambda piece: (piece.left, piece.right), size * _GUTTER)
    for part in cut:
        last = part is cut[-1] and _is_rest(part, cut[-2:][0])
        if parts and not (_is_column(parts[-1], size) and (_is_column(part, size) or last)):
            parts[-1] = parts[-1] + part
        else:
            parts.append(part)
    return parts if any(len(_lines(part)) > 1 for part in parts) else [pieces]


def _is_column(pieces: Sequence[Piece], size: float) -> bool:
    """Say whether pieces are wide enough for a column, or a headline that stands upright."""
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    upright = len(pieces) > 1 and all(len(piece.text) == 1 for piece in pieces)
    return width >= size * _NARROWEST or upright


def _is_rest(part: Sequence[Piece], before: Sequence[Piece]) -> bool:
    """Say whether a part is the last words of the column before, however narrow."""
    return len(_lines(part)) <= 2 and len(_lines(before)) >= 5


def _bands(pieces: list[Piece], size: float) -> list[list[Piece]]:
    """Cut above and below what stands across a gutter: a headline over several columns."""
    edges = Counter(round(piece.left / size * 2) for piece in pieces)
    best, most = [pieces], _FEWEST - 1
    for edge, _ in edges.most_common(_MOST_EDGES):
        right = edge * size / 2 - size / 4
        left = right - size * _GUTTER / 2
        across = [piece for piece in pieces if piece.left < left and piece.right > right]
        bands = _around(pieces, across, size)
        fewest = max(
            min(
                len(_lines([piece for piece in band if piece.right <= right])),
                len(_lines([piece for piece in band if piece.left >= left])),
            )
            for band in bands
        )
        if fewest > most and len(bands) > 1:
            best, most = bands, fewest
    return best


def _around(pieces: list[Piece], across: list[Piece], size: float) -> list[list[Piece]]:
    """Return the bands of a region: the pieces across with all beside them, and what is between."""
    bands = _cut(across, lambda piece: (piece.top, piece.bottom), size * 2)
    limits: list[float] = []
    for band in bands:
        limits += [min(piece.top for piece in band), max(piece.bottom for piece in band)]
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(bisect(limits, piece.middle), []).append(piece)
    return [found[number] for number in sorted(found)]


def _stacks(pieces: list[Piece], size: float) -> list[list[Piece]]:
    """Cut where more than the usual gap is between lines, and where the size of type changes."""
    lines = _lines(pieces)
    gaps = [_top(below) - _bottom(above) for above, below in pairwise(lines)]
    least = size * _GAP if len(gaps) < _FEWEST else max(size * 0.6, 1.5 * median(gaps))
    parts = [list(lines[0])] if lines else []
    for (above, below), gap in zip(pairwise(lines), gaps, strict=True):
        ratio = _size(below) / _size(above)
        if gap > least or not 1 / _SIZES <= ratio <= _SIZES:
            parts.append([])
        parts[-1] += below
    return parts


def _cut(
    pieces: Iterable[Piece], extent: Callable[[Piece], tuple[float, float]], least: float
) -> list[list[Piece]]:
    """Cut pieces along one direction wherever a gap of ``least`` is covered by none."""
    parts: list[list[Piece]] = []
    end = 0.0
    for piece in sorted(pieces, key=extent):
        start, stop = extent(piece)
        if parts and start - end < least:
            parts[-1].append(piece)
            end = max(end, stop)
        else:
            parts.append([piece])
            end = stop
    return parts


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines of a region from the top, each from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if lines and piece.middle - lines[-1][-1].middle < min(piece.height, _size(lines[-1])) / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold a line of a block: whether it is set in, and whether it reaches the right edge."""

    text: str
    set_in: bool
    full: bool


def _rows(block: Sequence[Piece]) -> list[_Row]:
    lines = _lines(block)
    if len(lines) > 1 and all(len(piece.text) == 1 for piece in block):
        return [_Row("".join(piece.text for piece in chain(*lines)), False, False)]  # upright
    left, right = min(piece.left for piece in block), max(piece.right for piece in block)
    wraps = len(lines) >= _FEWEST_WRAPPED
    rows = []
    for line in lines:
        row = _join(line)
        set_in = _INDENT[0] <= (row.left - left) / row.height <= _INDENT[1]
        full = wraps and right - row.right < row.height * _FULL and not _has_cells(line)
        rows.append(_Row(row.text, set_in, full))
    return rows


def _has_cells(line: Sequence[Piece]) -> bool:
    """Say whether a line has wide gaps in it, as a row of a table has."""
    return any(after.left - before.right > after.height for before, after in pairwise(line))


def _between(before: _Row, after: _Row, gap: str, starts_are_set_in: bool) -> str:
    """Return what stands between two lines: nothing where the first is full and goes on."""
    may_end = before.text.endswith(_ENDS) and not starts_are_set_in
    if gap == "\n\n" or not before.full or after.set_in or may_end:
        return gap
    return " " if _is_latin(before.text[-1]) and _is_latin(after.text[0]) else ""


def _size(line: Sequence[Piece]) -> float:
    return max(piece.height for piece in line)


def _top(line: Sequence[Piece]) -> float:
    return min(piece.top for piece in line)


def _bottom(line: Sequence[Piece]) -> float:
    return max(piece.bottom for piece in line)
