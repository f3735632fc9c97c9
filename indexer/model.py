"""The nouns that every step shares, in the newspaper's own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

Span = tuple[int, int]
"""Where a piece of text stands in its page: character offsets, half open."""


class Kind(StrEnum):
    """Name what a block of a page is, as a sub-editor would."""

    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"  # 引题 above the headline, 副题 below it
    BYLINE = "byline"
    HEADING = "heading"  # a section heading inside an article
    PARAGRAPH = "paragraph"
    LIST = "list"
    VERSE = "verse"
    TABLE = "table"
    CAPTION = "caption"  # 上图：…, 图为…
    CREDIT = "credit"  # …供图, …摄
    STAFF = "staff"  # 责编, 编辑, 版式, 校对
    CONTINUATION = "continuation"  # （下转第3版）, （上接第1版）
    FURNITURE = "furniture"  # 第X版, running heads, page numbers, rules


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one block of a page: its kind, its clean text, and where the text was found.

    ``text`` has the column breaks taken out: the pieces at ``spans`` joined, without a space
    between Han characters. Without white space both are the same string.
    """

    kind: Kind
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Hold one article: its blocks in reading order, headline and byline among them."""

    blocks: tuple[Block, ...]

    @property
    def headline(self) -> str:
        """Return the headline; of several lines, joined by one space; empty when there is none."""
        return " ".join(block.text for block in self.blocks if block.kind is Kind.HEADLINE)

    @property
    def byline(self) -> str:
        """Return all bylines, joined by one space; empty when there is none."""
        return " ".join(block.text for block in self.blocks if block.kind is Kind.BYLINE)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold the segments of one page text: its articles, and the furniture outside of them."""

    articles: tuple[Article, ...]
    furniture: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """Hold what is known about a page; None is unknown, and stays so.

    ``date`` is ISO 8601, whole or cut (``2024``, ``2024-05``, ``2024-05-17``).
    """

    publication: str | None = None
    date: str | None = None
    page: str | None = None
    section: str | None = None
    url: str | None = None
    date_guessed: bool = False

    def over(self, other: Metadata) -> Metadata:
        """Return this metadata with its unknowns filled from ``other``."""
        date, guessed = (
            (self.date, self.date_guessed) if self.date else (other.date, other.date_guessed)
        )
        return replace(
            self,
            publication=self.publication or other.publication,
            date=date,
            page=self.page or other.page,
            section=self.section or other.section,
            url=self.url or other.url,
            date_guessed=guessed,
        )


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one text that a reader took out of a file.

    ``name`` says where in the file (``page1.txt`` in an archive, line 12 of a JSON Lines file);
    empty for a file that is one text. ``page`` is set when the format itself marks headline and
    paragraphs, else None and the text is segmented.
    """

    text: str
    metadata: Metadata = Metadata()
    name: str = ""
    page: Page | None = None
