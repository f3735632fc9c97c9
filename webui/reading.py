"""A paragraph cut into its sentences, so that the page can light both languages together."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search import Snippet
from indexer.views import ParagraphView
from webui.hanzi import Script, shown


@dataclass(frozen=True, slots=True)
class Piece:
    """Show a stretch of one language; ``sentence`` is its number, None between sentences."""

    text: str
    sentence: int | None
    flags: tuple[str, ...] = ()


def zh_pieces(paragraph: ParagraphView, script: Script) -> list[Piece]:
    """Return the paragraph's Chinese in ``script``, whole and in order, cut at its sentences."""
    pieces: list[Piece] = []
    done = 0
    for number, sentence in enumerate(paragraph.sentences):
        if sentence.start > done:
            pieces.append(Piece(paragraph.zh[done : sentence.start], None))
        pieces.append(Piece(paragraph.zh[sentence.start : sentence.end], number, sentence.flags))
        done = sentence.end
    if done < len(paragraph.zh):
        pieces.append(Piece(paragraph.zh[done:], None))
    return [Piece(shown(piece.text, script), piece.sentence, piece.flags) for piece in pieces]


def en_pieces(paragraph: ParagraphView) -> list[Piece]:
    """Return the paragraph's English, cut at its sentences where it was made from them."""
    if not paragraph.sentences:
        return [Piece(paragraph.en, None)] if paragraph.en else []
    return [
        Piece(sentence.en, number, sentence.flags)
        for number, sentence in enumerate(paragraph.sentences)
        if sentence.en
    ]


def marked_pieces(snippet: Snippet) -> list[tuple[str, bool]]:
    """Return a snippet's text in order, each piece with whether it is highlighted."""
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in snippet.marks:
        pieces += [(snippet.text[done:start], False), (snippet.text[start:end], True)]
        done = end
    return [*pieces, (snippet.text[done:], False)]
