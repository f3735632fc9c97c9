"""Pieces to articles: torn paragraphs rejoined, headlines told from section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from indexer.model import Article, Block, Kind, Page
from indexer.segment.headings import (
    NEVER_FIRST,
    is_cut,
    is_ended,
    is_heading,
    is_opener,
    is_stopped,
    may_be_headline,
)
from indexer.segment.lines import plain
from indexer.segment.pieces import PREFORMATTED, Piece
from indexer.segment.rules import (
    credit_tail,
    is_date,
    is_page_header,
    is_signed,
    marker,
    opening,
    read_continuation,
)

_FAR = 1_000_000
_ASIDES = frozenset({Kind.FURNITURE, Kind.CAPTION, Kind.CREDIT})


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


def _next(pieces: Sequence[Piece], index: int) -> int:
    """Return where the next piece is that is no caption, credit or furniture; the end if none."""
    index += 1
    while index < len(pieces) and pieces[index].kind in _ASIDES:
        index += 1
    return index


def _next_piece(pieces: Sequence[Piece], index: int) -> Piece | None:
    index = _next(pieces, index)
    return pieces[index] if index < len(pieces) else None


class _Mender:
    """Rejoin torn paragraphs; knows whether this page indents, and which words are on it."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.first = next((i for i, p in enumerate(pieces) if p.kind not in _ASIDES), -1)
        prose = [p for p in pieces if p.kind is None and is_stopped(p.text)]
        indents = sum(p.lines[0].indent >= 2 for p in prose)
        self.indented = len(prose) >= 2 and indents >= len(prose) * 0.4
        self.wrapped = any(len(p.lines) > 2 for p in prose)

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
            if piece.kind in _ASIDES:
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
        following = _next_piece(self.pieces, index)
        if following is None or following.kind is not None or opening(following.text):
            return False
        if following.text[0] in NEVER_FIRST:
            return True
        first, last = piece.lines[0], piece.lines[-1]
        runs_on = self.indented and first.indent in {2, 4} and not following.lines[0].indent
        if self.indented and runs_on and last.full and is_stopped(piece.text):
            # The column ended with a sentence; the paragraph goes on without an indent.
            return not is_heading(following.text) and not marker(following.text)
        if is_ended(piece.text):
            ends = is_stopped(piece.text) or piece.text[-1] in "：:；;"
            return not ends and (runs_on or (is_cut(piece.text) and not following.lines[0].indent))
        if index == self.first and not last.full:
            return not may_be_headline(piece.text)
        if runs_on:
            return True
        if not is_heading(piece.text):
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
        following = _next_piece(self.pieces, index)
        return not (following is not None and starts_article(following) and may_be_headline(text))


def starts_article(piece: Piece) -> bool:
    """Tell whether a piece shows that what stands above it is a headline."""
    if piece.kind is Kind.CONTINUATION:
        note = read_continuation(piece.text)
        return note is not None and not note.onward
    return piece.kind is Kind.BYLINE or (piece.kind is None and opening(piece.text) is not None)


class _Builder:
    """Put pieces into articles; one pass, one piece of look-ahead."""

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
                blocks = caption_blocks(piece)
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
        if starts_article(piece):
            if self.has_body:
                self._start()
        else:
            self.is_over = self.is_over or self.has_body
        over = self.is_over
        self._add(piece.block(Kind.CONTINUATION))
        self.is_over = over and self.has_body

    def _take_byline(self, index: int) -> None:
        piece = self.pieces[index]
        following = _next_piece(self.pieces, index)
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
        following = _next_piece(self.pieces, index + max(heads, 1) - 1)
        if heads and _NOTICE.fullmatch(plain(self.pieces[index].text)) and _is_prose(following):
            return self._take_headline(index, heads, leads=True)
        leads = heads > 0 and self._leads(index + heads - 1)
        if heads and (self.is_over or leads):
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
            if not (is_heading(piece.text) or may_be_headline(piece.text)):
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
        at = _next(self.pieces, index)
        if at == len(self.pieces) or not starts_article(self.pieces[at]):
            return False
        if self.pieces[at].kind is not Kind.BYLINE or not self.has_body:
            return True
        while at < len(self.pieces) and self.pieces[at].kind is Kind.BYLINE:
            at = _next(self.pieces, at)
        body = self.pieces[at] if at < len(self.pieces) else None
        if body is None or not _is_prose(body):
            return False
        return is_heading(self.pieces[index].text) or is_stopped(body.text)

    def _take_headline(self, index: int, heads: int, leads: bool) -> int:
        self._start()
        lines = self.pieces[index : index + heads]
        bare = not leads and _is_prose(_next_piece(self.pieces, index + heads - 1))
        main = next((i for i, p in enumerate(lines) if not _is_subheadline(p.text)), 0)
        for position, piece in enumerate(lines):
            adjacent = position > main and self.spaced and not piece.gap
            if position == main:
                kind = Kind.HEADLINE
            elif _is_subheadline(piece.text) or position < main or _in_brackets(piece.text):
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


# 今日谈  特稿
_COLUMN = re.compile(
    r"(?:今日谈|人民论坛|评论员观察|钟声|和音|特稿|社论|短评|时评|快评|来论|杂谈|特写|通讯|消息|专访|对话|调查|"
    r"特别报道|深度报道|记者观察|新闻特写|新闻调查|热点聚焦|一线调研|新春走基层|读者来信|编读往来)"
)
# 讣告  更正  招聘启事: what always is an item of its own
_NOTICE = re.compile(r"讣告|更正|勘误|[\u3400-\u9fff]{0,4}启事|(?:遗失|致歉|严正)声明|(?:招标|拍卖)公告")

# ——青岛高新区创新发展纪实  习近平在中央经济工作会议上强调  【在希望的田野上】
_SUBHEADLINE = re.compile(
    r"(?:——|──|—|--).+|.+(?:——|强调|指出|表示|之际|:)|【[^】]+】|.*(?:系列报道|述评)(?:之[一二三四五六七八九十]+)?"
)


def _in_brackets(text: str) -> bool:
    return text[0] in "（(" and text[-1] in "）)"


def _is_subheadline(text: str) -> bool:
    line = plain(text)
    return bool(_SUBHEADLINE.fullmatch(line) or _COLUMN.fullmatch(line))


def caption_blocks(piece: Piece) -> list[Block]:
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


def build(pieces: list[Piece]) -> Page:
    """Return the articles that mended ``pieces`` make, and the furniture around them."""
    return _Builder(pieces).build()
