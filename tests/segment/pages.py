"""What must hold for the segments of any page, and how a page is written out again."""

from __future__ import annotations

from itertools import pairwise

from indexer.model import Block, Kind, Page


def squeeze(text: str) -> str:
    """Return ``text`` without white space."""
    return "".join(text.split())


def all_blocks(page: Page) -> list[Block]:
    """Return every block, furniture too, in the order of the page."""
    blocks = [block for article in page.articles for block in article.blocks]
    return sorted([*blocks, *page.furniture], key=lambda block: block.spans[0])


def check_lossless(text: str, page: Page) -> None:
    """Fail unless each character that is not white space is in exactly one block, in order."""
    spans = sorted(span for block in all_blocks(page) for span in block.spans)
    assert squeeze("".join(text[start:end] for start, end in spans)) == squeeze(text)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for block in all_blocks(page):
        assert block.spans
        assert list(block.spans) == sorted(block.spans)
        assert squeeze(block.text) == squeeze("".join(text[a:b] for a, b in block.spans))
        assert block.text == block.text.strip()
    for article in page.articles:
        assert article.blocks
        starts = [block.spans[0] for block in article.blocks]
        assert starts == sorted(starts)


def render(page: Page) -> str:
    """Return a page as plain text: a blank line between blocks, none within a headline."""
    parts: list[str] = []
    before: Block | None = None
    for block in all_blocks(page):
        together = before is not None and before.kind is block.kind is Kind.HEADLINE
        parts += ["\n" if together else "\n\n", block.text]
        before = block
    return "".join(parts).strip()


def outline(page: Page) -> list[list[tuple[Kind, str]]]:
    """Return kinds and texts article by article, for comparing pages."""
    return [[(block.kind, block.text) for block in article.blocks] for article in page.articles]
