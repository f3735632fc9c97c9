"""Page text to articles to blocks: pure functions that lose nothing and keep every offset."""

from __future__ import annotations

from indexer.model import Page
from indexer.segment.articles import build
from indexer.segment.continuations import continuations
from indexer.segment.lines import read_lines
from indexer.segment.mend import mend
from indexer.segment.pieces import read_pieces
from indexer.segment.rules import Opening, opening

__all__ = ["Opening", "continuations", "opening", "segment"]


def segment(text: str) -> Page:
    """Return the articles of one page text, block by block, and its furniture.

    Offsets count characters of ``text``; every character that is not white space is in exactly
    one span. Any string is a page; the empty one has no articles.
    """
    return build(mend(read_pieces(text, read_lines(text))))
