"""A paragraph cut into its sentences, so that the page can light both languages together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.search import Mark, Snippet, highlighter
from indexer.views import ParagraphView
from webui.hanzi import Script, shown

NO_MARKS: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Show where the words searched for stand in a paragraph: offsets into both languages."""

    zh: tuple[Mark, ...]
    en: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Show a stretch of one language; ``sentence`` is its number, None between sentences.

    ``parts`` are its text in order, each with whether it is marked.
    """

    parts: tuple[tuple[str, bool], ...]
    sentence: int | None
    flags: tuple[str, ...] = ()


def zh_pieces(
    paragraph: ParagraphView, script: Script, marks: Sequence[Mark] = NO_MARKS
) -> list[Piece]:
    """Return the paragraph's Chinese in ``script``, whole and in order, cut at its sentences."""
    pieces: list[Piece] = []

    def add(start: int, end: int, sentence: int | None, flags: tuple[str, ...] = ()) -> None:
        parts = tuple(
            (shown(part, script), on) for part, on in _cut(paragraph.zh, start, end, marks)
        )
        pieces.append(Piece(parts, sentence, flags))

    done = 0
    for number, sentence in enumerate(paragraph.sentences):
        if sentence.start > done:
            add(done, sentence.start, None)
        add(sentence.start, sentence.end, number, sentence.flags)
        done = sentence.end
    if done < len(paragraph.zh):
        add(done, len(paragraph.zh), None)
    return pieces


def en_pieces(paragraph: ParagraphView, marks: Sequence[Mark] = NO_MARKS) -> list[Piece]:
    """Return the paragraph's English, cut at its sentences where it was made from them."""
    if not paragraph.sentences:
        whole = tuple(_cut(paragraph.en, 0, len(paragraph.en), marks))
        return [Piece(whole, None)] if paragraph.en else []
    pieces: list[Piece] = []
    start = 0
    for number, sentence in enumerate(paragraph.sentences):
        if sentence.en:
            if pieces:  # the space or the line break that parts them
                pieces.append(Piece(((paragraph.en[start], False),), None))
                start += 1
            end = start + len(sentence.en)
            parts = tuple(_cut(paragraph.en, start, end, marks))
            pieces.append(Piece(parts, number, sentence.flags))
            start = end
    return pieces


def marked(paragraphs: Iterable[ParagraphView], text: str) -> dict[str, Marks]:
    """Return where the words of a query stand, by anchor; paragraphs without any are left out."""
    marker = highlighter(text)
    found = {
        str(paragraph.anchor): Marks(tuple(marker.zh(paragraph.zh)), tuple(marker.en(paragraph.en)))
        for paragraph in paragraphs
    }
    return {anchor: marks for anchor, marks in found.items() if marks.zh or marks.en}


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[str, bool]]:
    """Return ``text[start:end]`` in order, each part with whether it is marked."""
    inside = tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start
    )
    return marked_pieces(Snippet(text[start:end], inside))


def marked_pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """Return a snippet's text in order, each piece with whether it is highlighted."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in snippet.marks:
        pieces += [(snippet.text[done:start], False), (snippet.text[start:end], True)]
        done = end
    return [piece for piece in (*pieces, (snippet.text[done:], False)) if piece[0]]
