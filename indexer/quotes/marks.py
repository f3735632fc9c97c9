"""Find what stands in quotation marks, over line and paragraph breaks too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_CLOSING = {"“": "”", "「": "」", "﹁": "﹂", "『": "』", "‘": "’", "〝": "〞"}
_LONGEST = 12  # paragraphs that one speech may run over


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold one outermost pair of marks: a piece (paragraph, start, end) for each paragraph.

    The pieces leave out the marks. ``closed`` is False where the closing mark is missing.
    """

    pieces: tuple[tuple[int, int, int], ...]
    closed: bool = True


def marked(paragraphs: Sequence[str]) -> list[Marked]:
    """Return the outermost pairs of quotation marks, in reading order.

    A speech of several paragraphs opens each with a mark and closes only the last, or has no marks
    between the first and the last; both are one pair. Straight marks open and close by turns.
    """
    found: list[Marked] = []
    pieces: list[tuple[int, int, int]] = []
    mark = ""
    for number, text in enumerate(paragraphs):
        start = 0
        if pieces:
            start = _continuation(mark, paragraphs, number)
            if start < 0:
                found.append(Marked(tuple(pieces), closed=False))
                pieces = []
                start = 0
        position = start
        if not pieces:
            mark = ""
        depth = 1 if mark else 0
        while position < len(text):
            character = text[position]
            if not mark:
                if (character in _CLOSING or character == '"') and not _is_apostrophe(
                    text, position
                ):
                    mark, start, depth = character, position + 1, 1
            elif character == mark and character != '"':
                depth += 1
            elif character == (_CLOSING.get(mark, mark)):
                depth -= 1
                if depth == 0:
                    pieces.append((number, start, position))
                    found.append(Marked(tuple(pieces)))
                    pieces, mark = [], ""
            position += 1
        if mark:
            pieces.append((number, start, len(text)))
    if pieces:
        found.append(Marked(tuple(pieces), closed=False))
    return found


def _continuation(mark: str, paragraphs: Sequence[str], number: int) -> int:
    """Return where an open quotation goes on in a paragraph, or -1 where it does not."""
    text = paragraphs[number]
    indent = len(text) - len(text.lstrip())
    if text[indent : indent + 1] == mark:
        return indent + 1
    closing = _CLOSING.get(mark, mark)
    for later in paragraphs[number : number + _LONGEST]:
        opens, closes = later.find(mark), later.find(closing)
        if closes >= 0 and (opens < 0 or closes < opens):
            return 0
        if opens >= 0:
            return -1
    return -1


def _is_apostrophe(text: str, position: int) -> bool:
    """Tell inches and English apostrophes from marks: 5", don‘t."""
    return (
        position > 0
        and text[position] in '"‘'
        and text[position - 1].isascii()
        and text[position - 1].isalnum()
    )
