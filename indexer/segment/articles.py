"""Pieces to articles: headlines told from section headings, bylines from names."""

from __future__ import annotations

from indexer.model import Article, Block, Kind, Page
from indexer.segment.headings import (
    is_heading,
    is_notice,
    is_stopped,
    is_subheadline,
    may_be_headline,
)
from indexer.segment.lines import plain
from indexer.segment.mend import next_index, next_piece, starts_article
from indexer.segment.pieces import PREFORMATTED, Piece
from indexer.segment.rules import credit_tail, is_date, is_page_header, is_signed, opening


def build(pieces: list[Piece]) -> Page:
    """Return the articles that mended ``pieces`` make, and the furniture around them."""
    return _Builder(pieces).build()


class _Builder:
    """Put pieces into articles, in one pass.

    ``has_body`` says that the article at hand has more than a headline and byline, ``is_over`` that
    something has ended it (a signature, the staff, a new page), so that what could be a heading is
    the next headline.
    """

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.articles: list[list[Block]] = []
        self.furniture: list[Block] = []
        self.waiting: list[Block] = []  # captions above the first headline
        self.reached = 0  # where the furthest block ends
        self.has_body = False
        self.is_over = True
        self.spaced = any(p.gap for p in pieces[1:])

    def build(self) -> Page:
        index = 0
        while index < len(self.pieces):
            index += self._take(index)
        if self.waiting:
            self._start()
        return Page(tuple(Article(tuple(b)) for b in self.articles), tuple(self.furniture))

    def _start(self) -> None:
        self.articles.append(self.waiting)
        self.waiting = []
        self.has_body = self.is_over = False

    def _add(self, block: Block) -> None:
        if not self.articles:
            self._start()
        self.articles[-1].append(block)
        self.reached = max(self.reached, block.spans[-1][1])

    def _take(self, index: int) -> int:
        """Place the piece at ``index``; return how many pieces were placed."""
        piece = self.pieces[index]
        match piece.kind:
            case Kind.FURNITURE:
                self.furniture.append(piece.block(Kind.FURNITURE))
                within = piece.lines[0].start < self.reached
                self.is_over |= self.has_body and not within and is_page_header(piece.text)
            case Kind.CAPTION | Kind.CREDIT:
                blocks = _caption_blocks(piece)
                if self.articles:
                    self.articles[-1] += blocks
                else:
                    self.waiting += blocks
            case Kind.STAFF:
                self._add(piece.block(Kind.STAFF))
                self.is_over = self.is_over or self.has_body
            case Kind.CONTINUATION:
                self._take_continuation(piece)
            case Kind.BYLINE:
                self._take_byline(index)
            case Kind.LIST | Kind.TABLE | Kind.VERSE:
                self._add(piece.block(piece.kind))
                self.has_body = True
            case _:
                return self._take_text(index)
        return 1

    def _take_continuation(self, piece: Piece) -> None:
        if starts_article(piece) and self.has_body:
            self._start()
        self._add(piece.block(Kind.CONTINUATION))
        self.is_over = self.has_body

    def _take_byline(self, index: int) -> None:
        piece = self.pieces[index]
        following = next_piece(self.pieces, index)
        inside = (
            self.has_body
            and following is not None
            and following.kind is None
            and is_stopped(following.text)
            and "记者" not in plain(piece.text)
        )
        # A name between two paragraphs heads what that person says; it does not sign anything.
        self._add(piece.block(Kind.HEADING if inside else Kind.BYLINE))
        self.is_over = self.is_over or (self.has_body and not inside)

    def _take_text(self, index: int) -> int:
        heads = self._heads(index)
        following = next_piece(self.pieces, index + max(heads, 1) - 1)
        if heads and is_notice(self.pieces[index].text) and _is_prose(following):
            return self._take_headline(index, heads, leads=True)
        leads = heads > 0 and self._leads(index + heads - 1)
        if heads and (self.is_over or (leads and self.has_body)):
            return self._take_headline(index, heads, leads)
        piece = self.pieces[index]
        if heads and _is_prose(following):
            self._add(piece.block(Kind.HEADING))
            return 1
        if is_date(piece.text) and not self.has_body:
            self.furniture.append(piece.block(Kind.FURNITURE))
            return 1
        if not self.articles:
            self._start()
        self._add(piece.block(Kind.PARAGRAPH))
        self.has_body = True
        self.is_over = is_signed(piece.text)
        return 1

    def _heads(self, index: int) -> int:
        """Return how many pieces from ``index`` on could be lines of one headline."""
        count = 0
        while count < 6 and index + count < len(self.pieces):
            piece = self.pieces[index + count]
            if piece.kind is not None or is_date(piece.text) or opening(piece.text):
                break
            short = count == 0 or (len(piece.text) <= 40 and piece.text.count("，") <= 1)
            if not (is_heading(piece.text) or (short and may_be_headline(piece.text))):
                break
            count += 1
        if count and (self.is_over or self._leads(index + count - 1)):
            return count
        return int(count > 0 and is_heading(self.pieces[index].text))

    def _leads(self, index: int) -> bool:
        """Tell whether what follows the piece at ``index`` shows it to be a headline.

        A byline shows it where an article follows, and not where it signs the one above:
        谢谢大家！（新华社上海9月20日电）.
        """
        at = next_index(self.pieces, index)
        if at == len(self.pieces) or not starts_article(self.pieces[at]):
            return False
        if self.pieces[at].kind is not Kind.BYLINE or not self.has_body:
            return True
        while at < len(self.pieces) and self.pieces[at].kind is Kind.BYLINE:
            at = next_index(self.pieces, at)
        body = self.pieces[at] if at < len(self.pieces) else None
        if body is None or not _is_prose(body):
            return False
        return is_heading(self.pieces[index].text) or is_stopped(body.text)

    def _take_headline(self, index: int, heads: int, leads: bool) -> int:
        self._start()
        lines = self.pieces[index : index + heads]
        bare = not leads and _is_prose(next_piece(self.pieces, index + heads - 1))
        main = next((i for i, p in enumerate(lines) if not is_subheadline(p.text)), 0)
        for position, piece in enumerate(lines):
            adjacent = position > main and self.spaced and not piece.gap
            if position == main:
                kind = Kind.HEADLINE
            elif is_subheadline(piece.text) or position < main or _in_brackets(piece.text):
                kind = Kind.SUBHEADLINE
            elif adjacent or not (leads or bare):
                kind = Kind.HEADLINE
            elif leads:
                kind = Kind.SUBHEADLINE
            else:
                kind = Kind.HEADING
            self._add(piece.block(kind))
        return heads


def _is_prose(piece: Piece | None) -> bool:
    return piece is not None and (
        piece.kind in PREFORMATTED | {Kind.LIST} or (piece.kind is None and not is_date(piece.text))
    )


def _in_brackets(text: str) -> bool:
    return text[0] in "（(" and text[-1] in "）)"


def _caption_blocks(piece: Piece) -> list[Block]:
    """Return a caption, and apart from it the credit that stands at its end."""
    assert piece.kind is not None
    block = piece.block(piece.kind)
    at = credit_tail(block.text) if piece.kind is Kind.CAPTION else None
    if at is None:
        return [block]
    return [part for part in _cut(piece, block, at) if part.spans]


def _cut(piece: Piece, block: Block, at: int) -> tuple[Block, Block]:
    """Cut a block before character ``at`` of its text into a caption and a credit."""
    wanted = sum(not char.isspace() for char in block.text[:at])
    spans = list(block.spans)
    head: list[tuple[int, int]] = []
    while spans and wanted:
        start, end = spans.pop(0)
        stop = start
        while stop < end and wanted:
            wanted -= not piece.page[stop].isspace()
            stop += 1
        head.append((start, stop))
        while stop < end and piece.page[stop].isspace():
            stop += 1
        if stop < end:
            spans.insert(0, (stop, end))
    text = block.text
    return (
        Block(Kind.CAPTION, text[:at].rstrip(), tuple(head)),
        Block(Kind.CREDIT, text[at:].lstrip(), tuple(spans)),
    )
