"""Find what stands in quotation marks, over line and paragraph breaks too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CLOSING = {"“": "”", "「": "」", "﹁": "﹂", "『": "』", "‘": "’", "〝": "〞", '"': '"'}
_LONGEST = 12  # paragraphs that one speech may run over

Piece = tuple[int, int, int]
"""What of one paragraph stands in the marks: paragraph, start, end."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold one outermost pair of marks: a piece for each paragraph, without the marks.

    ``closed`` is False where the closing mark is missing.
    """

    pieces: tuple[Piece, ...]
    closed: bool = True


def marked(paragraphs: Sequence[str]) -> list[Marked]:
    """Return the outermost pairs of quotation marks, in reading order.

    A speech of several paragraphs opens each with a mark and closes only the last, or has no marks
    between the first and the last; both are one pair. Straight marks open and close by turns.
    """
    found: list[Marked] = []
    mark, pieces = "", list[Piece]()
    for number, text in enumerate(paragraphs):
        start = _continuation(mark, paragraphs, number) if mark else 0
        if start < 0:
            found.append(Marked(tuple(pieces), closed=False))
            mark, pieces, start = "", [], 0
        for begin, end, closed in _pairs(text, start, mark):
            pieces.append((number, begin, end))
            if closed:
                found.append(Marked(tuple(pieces)))
                pieces = []
        mark = text[pieces[0][1] - 1] if len(pieces) == 1 and pieces[0][0] == number else mark
        mark = mark if pieces else ""
    if pieces:
        found.append(Marked(tuple(pieces), closed=False))
    return found


def _pairs(text: str, start: int, mark: str) -> Iterator[tuple[int, int, bool]]:
    """Yield begin and end of what stands in outermost marks, and whether it is closed here.

    ``mark`` is what opened before this text; then the first pair begins at ``start``.
    """
    begin, depth = start, 1 if mark else 0
    for place in range(start, len(text)):
        character = text[place]
        if not mark:
            if character in _CLOSING and not _is_apostrophe(text, place):
                mark, begin, depth = character, place + 1, 1
        elif character == _CLOSING[mark]:
            depth -= 1
            if depth == 0:
                yield begin, place, True
                mark = ""
        elif character == mark:
            depth += 1
    if mark:
        yield begin, len(text), False


def _continuation(mark: str, paragraphs: Sequence[str], number: int) -> int:
    """Return where an open quotation goes on in a paragraph, or -1 where it does not."""
    text = paragraphs[number]
    indent = len(text) - len(text.lstrip())
    if text[indent : indent + 1] == mark:
        return indent + 1
    for later in paragraphs[number : number + _LONGEST]:
        opens, closes = later.find(mark), later.find(_CLOSING[mark])
        if closes >= 0 and (opens < 0 or closes <= opens):
            return 0
        if opens >= 0:
            return -1
    return -1


def _is_apostrophe(text: str, place: int) -> bool:
    """Tell inches and English apostrophes from marks: 5", don‘t."""
    before = text[place - 1 : place]
    return text[place] in '"‘' and before.isascii() and before.isalnum()
