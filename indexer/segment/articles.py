"""Pieces to articles: torn paragraphs rejoined, headlines told from section headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.model import Article, Block, Kind, Page
from indexer.segment.lines import plain
from indexer.segment.pieces import PREFORMATTED, Piece, is_ended, is_stopped
from indexer.segment.rules import (
    credit_tail,
    is_date,
    is_page_header,
    is_signed,
    marker,
    opening,
)

_ASIDES = frozenset({Kind.FURNITURE, Kind.CAPTION, Kind.CREDIT})
_PAIRS = ("“”", "‘’", "「」", "『』", "《》", "()", "【】")
_NEVER_FIRST = frozenset("，。、；：！？”’」』》）】〉…,;:!?)]%％的了们")
_NEVER_LAST = re.compile(
    r"(?<!来)的$|[，、；,;把被并但其“‘「『《（(【]$|(?<!参)与$|(?<![埃普涉波])及$|(?<![共温总饱平缓])和$|(?<!—)—$"
)


def mend(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with the paragraphs rejoined that a column or page break had torn.

    青岛海尔生⏎⏎物医疗科技有限公司: captions, credits and page furniture may stand in the breach.
    """
    _mark_lists(pieces)
    indented = _is_indented_style(pieces)
    mended: list[Piece] = []
    torn: Piece | None = None
    for index, piece in enumerate(pieces):
        if piece.kind in _ASIDES:
            mended.append(piece)
            continue
        if piece.kind is None and torn is not None and _goes_on(pieces, index, indented):
            torn.absorb(piece)
            if is_ended(piece.text):
                torn = None
            continue
        mended.append(piece)
        torn = piece if piece.kind is None and _is_torn(pieces, index, indented) else None
    return mended


def _mark_lists(pieces: list[Piece]) -> None:
    """Mark pieces that follow each other with the same kind of marker: 1.… 2.…; ●… ●…."""
    marks = [marker(piece.text) if piece.kind is None else "" for piece in pieces]
    for index, mark in enumerate(marks):
        if mark and mark in marks[max(0, index - 1) : index] + marks[index + 1 : index + 2]:
            pieces[index].kind = Kind.LIST


def _is_indented_style(pieces: list[Piece]) -> bool:
    """Tell whether this page indents its paragraphs, so that one without is the rest of another."""
    prose = [p for p in pieces if p.kind is None and is_stopped(p.text)]
    return len(prose) >= 2 and sum(p.lines[0].indent >= 2 for p in prose) >= len(prose) * 0.4


def _next_piece(pieces: Sequence[Piece], index: int) -> Piece | None:
    return next((p for p in pieces[index + 1 :] if p.kind not in _ASIDES), None)


def _is_torn(pieces: list[Piece], index: int, indented: bool) -> bool:
    piece = pieces[index]
    following = _next_piece(pieces, index)
    if following is None or following.kind is not None or opening(following.text):
        return False
    if following.text[0] in _NEVER_FIRST:
        return True
    if is_ended(piece.text):
        return False
    if index == _first_text(pieces) and not piece.lines[-1].full:
        return not _may_be_headline(piece.text)
    if indented and piece.lines[0].indent in {2, 4} and not following.lines[0].indent:
        return True
    return not is_heading(piece.text)


def _first_text(pieces: list[Piece]) -> int:
    return next((i for i, p in enumerate(pieces) if p.kind not in _ASIDES), -1)


def _goes_on(pieces: list[Piece], index: int, indented: bool) -> bool:
    piece = pieces[index]
    text = piece.text
    if text[0] in _NEVER_FIRST:
        return True
    if opening(text) or (indented and piece.lines[0].indent >= 2):
        return False
    following = _next_piece(pieces, index)
    if is_heading(text) and " " in plain(text):
        return False
    return not (following is not None and starts_article(following) and _may_be_headline(text))


def starts_article(piece: Piece) -> bool:
    """Tell whether a piece shows that what stands above it is a headline."""
    if piece.kind is Kind.CONTINUATION:
        return "上接" in piece.text or "紧接" in piece.text
    return piece.kind is Kind.BYLINE or (piece.kind is None and opening(piece.text) is not None)


def is_heading(text: str) -> bool:
    """Tell whether ``text`` could head a section: short, without stop or comma, quotes paired.

    集群发展 构建现代化产业体系; 优化“软”环境 构建“硬”支撑; 一、秉持建交初心，推动继往开来.
    """
    line = plain(text)
    longest = 70 if " " in line.strip() else 42
    if len(text) > longest or not _is_unbroken(text):
        return False
    return not re.search(r"[,，]", line) or marker(text) in {"han", "han bracket", "arabic", "dash"}


def _may_be_headline(text: str) -> bool:
    """Tell whether ``text`` could be a headline, given that something else says that one is here.

    Headlines have commas and may ask or call: 充满信心，把日子过得更好; 谁来为“天价”停车费买单？
    """
    body = text.rstrip("！？!?")
    return len(text) <= 100 and bool(body) and _is_unbroken(body) and text.count("，") <= 3


def _is_unbroken(text: str) -> bool:
    line = plain(text)
    if re.search(r"[。;]|[!?…:]$|[!?](?![”」』》)])", line) or text[0] in _NEVER_FIRST:
        return False
    if _NEVER_LAST.search(text[-2:]) or not re.search(r"\w", line):
        return False
    if any(line.count(opened) != line.count(closed) for opened, closed in _PAIRS):
        return False
    return not _is_quotation(text)


def _is_quotation(text: str) -> bool:
    """Tell whether all of ``text`` is one quoted speech: a short paragraph, not a heading."""
    return text[0] in "“「『‘" and text[-1] in "”」』’" and not re.search(r"[“「『]", text[1:])


class _Builder:
    """Put pieces into articles; one pass, one piece of look-ahead."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.articles: list[list[Block]] = []
        self.furniture: list[Block] = []
        self.waiting: list[Block] = []  # captions above the first headline
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

    def _take(self, index: int) -> int:
        """Place the piece at ``index``; return how many pieces were placed."""
        piece = self.pieces[index]
        match piece.kind:
            case Kind.FURNITURE:
                self.furniture.append(piece.block(Kind.FURNITURE))
                self.is_over |= self.has_body and is_page_header(piece.text)
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
        leads = following is not None and starts_article(following)
        if heads and (self.is_over or leads):
            return self._take_headline(index, heads, leads)
        piece = self.pieces[index]
        if heads and _is_prose(following):
            self._add(piece.block(Kind.HEADING))
            return 1
        if is_date(piece.text) and not self.has_body:
            self.furniture.append(piece.block(Kind.FURNITURE))
            return 1
        if not self.articles or (self.is_over and opening(piece.text)):
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
            if not (is_heading(piece.text) or _may_be_headline(piece.text)):
                break
            count += 1
        while count:
            following = _next_piece(self.pieces, index + count - 1)
            if self.is_over or (following is not None and starts_article(following)):
                return count
            return int(is_heading(self.pieces[index].text))
        return 0

    def _take_headline(self, index: int, heads: int, leads: bool) -> int:
        self._start()
        lines = self.pieces[index : index + heads]
        more = self.pieces[index + heads :]
        bare = not leads and any(_is_prose(p) for p in more)
        main = next((i for i, p in enumerate(lines) if not _is_subheadline(p.text)), 0)
        for position, piece in enumerate(lines):
            adjacent = position > main and self.spaced and not piece.gap
            if position == main:
                kind = Kind.HEADLINE
            elif _is_subheadline(piece.text) or position < main:
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


# ——青岛高新区创新发展纪实  习近平在中央经济工作会议上强调  【在希望的田野上】
_SUBHEADLINE = re.compile(
    r"(?:——|──|—|--).+|.+(?:——|强调|指出|表示|之际|:)|【[^】]+】|.*(?:系列报道|述评)(?:之[一二三四五六七八九十]+)?"
)


def _is_subheadline(text: str) -> bool:
    return bool(_SUBHEADLINE.fullmatch(plain(text)))


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
