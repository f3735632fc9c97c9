"""What a search gives back: plain records, ready for a page, for JSON and for the command line."""

from __future__ import annotations

from dataclasses import dataclass, field

Mark = tuple[int, int]
"""Where to highlight: offsets into the snippet's text, half open."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Show a piece of a text with its highlights; whether text was cut off before and after."""

    text: str
    marks: tuple[Mark, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphHit:
    """Show one paragraph that was found, in both languages.

    ``found_by`` says for each text of the query where it was found: ``text`` (the Chinese),
    ``translation``, ``correction``, ``gloss``, ``name or number``; ``meant`` is a paragraph found
    by what it means alone.
    """

    id: int
    anchor: int
    kind: str
    zh: Snippet
    en: Snippet
    engine: str
    corrected: bool
    flags: tuple[str, ...]
    found_by: dict[str, tuple[str, ...]]
    meant: bool
    score: float


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """Show an article with its best paragraphs; ``found`` counts all that were found in it."""

    key: str
    headline: str
    headline_en: str
    byline: str
    publication: str | None
    date: str | None
    date_guessed: bool
    page: str | None
    section: str | None
    issue_key: str
    found: int
    paragraphs: tuple[ParagraphHit, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Say how many of the paragraphs found have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Period:
    """Say how many of the paragraphs found are of one month, year, decade or century.

    ``label`` is what the query language calls it: ``date:`` and the label finds just these.
    """

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Count the paragraphs found by what they are; ``undated`` are in no period."""

    publication: tuple[Count, ...] = ()
    section: tuple[Count, ...] = ()
    kind: tuple[Count, ...] = ()
    engine: tuple[Count, ...] = ()
    flag: tuple[Count, ...] = ()
    periods: tuple[Period, ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True)
class WordFound:
    """Say in how many paragraphs a text of the query was found, and by what."""

    text: str
    paragraphs: int
    found_by: dict[str, int]


@dataclass(frozen=True, slots=True)
class Results:
    """Hold one page of results and what is known of all of them.

    ``meant`` counts the paragraphs found by what they mean alone.
    """

    query: str
    page: int
    size: int
    articles: int
    paragraphs: int
    meant: int = 0
    hits: tuple[ArticleHit, ...] = ()
    facets: Facets = Facets()
    words: tuple[WordFound, ...] = ()
    problems: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def pages(self) -> int:
        """Return the number of pages."""
        return -(-self.articles // self.size)
