"""Torn paragraphs rejoined."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from indexer.model import Kind
from indexer.segment.headings import (
    NEVER_FIRST,
    is_cut,
    is_ended,
    is_heading,
    is_number_cut,
    is_opener,
    is_stopped,
    may_be_headline,
)
from indexer.segment.lines import plain
from indexer.segment.pieces import Piece
from indexer.segment.rules import marker, opening, read_continuation

_FAR = 1_000_000
ASIDES = frozenset({Kind.FURNITURE, Kind.CAPTION, Kind.CREDIT})


def mend(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with the paragraphs rejoined that a column or page break had torn.

    青岛海尔生⏎⏎物医疗科技有限公司: captions, credits and page furniture may stand in the breach.
    """
    mended = _Mender(pieces).mend()
    _mark_lists(mended)
    return mended


def _mark_lists(pieces: list[Piece]) -> None:
    """Mark pieces that follow each other with the same kind of marker: 1.… 2.…; ●… ●…."""
    marks = [marker(piece.text) if piece.kind is None else "" for piece in pieces]
    for index, mark in enumerate(marks):
        if mark and mark in marks[max(0, index - 1) : index] + marks[index + 1 : index + 2]:
            pieces[index].kind = Kind.LIST


def next_index(pieces: Sequence[Piece], index: int) -> int:
    """Return where the next piece is that is no caption, credit or furniture; the end if none."""
    index += 1
    while index < len(pieces) and pieces[index].kind in ASIDES:
        index += 1
    return index


def next_piece(pieces: Sequence[Piece], index: int) -> Piece | None:
    index = next_index(pieces, index)
    return pieces[index] if index < len(pieces) else None


class _Mender:
    """Rejoin torn paragraphs; knows whether this page indents, and which words are on it."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.first = next((i for i, p in enumerate(pieces) if p.kind not in ASIDES), -1)
        prose = [p for p in pieces if p.kind is None and is_stopped(p.text)]
        indents = sum(p.lines[0].indent >= 2 for p in prose)
        self.indented = len(prose) >= 2 and indents >= len(prose) * 0.4
        self.wrapped = any(len(p.lines) > 2 for p in prose)

    @cached_property
    def is_stopless(self) -> bool:
        """Tell whether this page does without final stops, so that none is missed.

        A tear leaves a piece with a stop for each one without.
        """
        prose = [p.text for p in self.pieces if p.kind is None]
        ended = sum(map(is_ended, prose))
        cut = sum("，" in text and not is_ended(text) for text in prose)
        return cut > 1 and cut > (cut + ended) * 0.6

    @cached_property
    def is_torn_page(self) -> bool:
        """Tell whether a paragraph is torn here beyond doubt: breaks never come singly."""
        return any(
            piece.kind is None
            and not is_ended(piece.text)
            and not is_heading(piece.text)
            and not may_be_headline(piece.text)
            for piece in self.pieces[:-1]
        )

    @cached_property
    def triples(self) -> set[str]:
        """Return each three neighbouring characters of this page, as far as a page goes."""
        page = self.pieces[0].page[:_FAR]
        return set(map("".join, zip(page, page[1:], page[2:], strict=False)))

    def _rhymes(self, above: str, below: str) -> bool:
        """Tell whether what a break would put together stands together elsewhere on this page.

        海尔生|物医疗: 生物医 is found in another paragraph, so that no heading ends here.
        """
        return above[-2:] + below[0] in self.triples or above[-1] + below[:2] in self.triples

    def mend(self) -> list[Piece]:
        mended: list[Piece] = []
        torn: Piece | None = None
        for index, piece in enumerate(self.pieces):
            if piece.kind in ASIDES:
                mended.append(piece)
            elif piece.kind is None and torn is not None and self._goes_on(index):
                torn.absorb(piece)
                torn = None if is_ended(piece.text) and not is_cut(piece.text) else torn
            else:
                mended.append(piece)
                torn = piece if piece.kind is None and self._is_torn(index) else None
        return mended

    def _is_torn(self, index: int) -> bool:
        piece = self.pieces[index]
        following = next_piece(self.pieces, index)
        if following is None or following.kind is not None or opening(following.text):
            return False
        if following.text[0] in NEVER_FIRST:
            return True
        if self.is_stopless and piece.text[-1] not in "，、,":
            return False
        first, last = piece.lines[0], piece.lines[-1]
        runs_on = self.indented and first.indent in {2, 4} and not following.lines[0].indent
        if runs_on and last.full and is_stopped(piece.text):
            # The column ended with a sentence; the paragraph goes on without an indent.
            return not is_heading(following.text) and not marker(following.text)
        if is_ended(piece.text):
            ends = is_stopped(piece.text) or piece.text[-1] in "：:；;"
            return not ends and (runs_on or (is_cut(piece.text) and not following.lines[0].indent))
        if index == self.first and not last.full:
            return not may_be_headline(piece.text)
        if runs_on:
            return True
        if not is_heading(piece.text) or is_number_cut(piece.text, following.text):
            return True
        if self.indented and not first.indent:
            return False
        if is_opener(following.text):
            return False
        if not self.is_torn_page:
            return False
        fills_column = self.wrapped and last.brim and len(piece.text) >= 16
        return fills_column or self._rhymes(piece.text, following.text)

    def _goes_on(self, index: int) -> bool:
        piece = self.pieces[index]
        text = piece.text
        if text[0] in NEVER_FIRST:
            return True
        if marker(text) or opening(text) or (self.indented and piece.lines[0].indent >= 2):
            return False
        if is_heading(text) and " " in plain(text):
            return False
        following = next_piece(self.pieces, index)
        return not (following is not None and starts_article(following) and may_be_headline(text))


def starts_article(piece: Piece) -> bool:
    """Tell whether a piece shows that what stands above it is a headline."""
    if piece.kind is Kind.CONTINUATION:
        note = read_continuation(piece.text)
        return note is not None and not note.onward
    return piece.kind is Kind.BYLINE or (piece.kind is None and opening(piece.text) is not None)
