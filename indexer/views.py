"""What a page shows: plain records that web, command line and exports read alike."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import Kind


@dataclass(frozen=True, slots=True)
class SentenceView:
    """Show one sentence; ``start``/``end`` are offsets into its paragraph's Chinese."""

    start: int
    end: int
    zh: str
    en: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """Show one block of an article in both languages, and who or what made the English.

    ``en`` is a person's correction where there is one, else the machine's, else empty.
    ``engine`` is the machine that made the underlying English, empty when there is none.
    ``sentences`` are empty where the English is a correction of the whole paragraph.
    """

    id: int
    anchor: int
    kind: Kind
    zh: str
    en: str = ""
    engine: str = ""
    flags: tuple[str, ...] = ()
    sentences: tuple[SentenceView, ...] = ()
    corrected_by: str | None = None
    corrected_at: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """Show an article in a list."""

    key: str
    headline: str
    headline_en: str
    byline: str
    publication: str | None
    date: str | None
    page: str | None
    section: str | None
    issue_key: str


@dataclass(frozen=True, slots=True)
class MovedParagraph:
    """Show where the permalink ``#p<anchor>`` of an article leads now."""

    anchor: int
    article_key: str
    article_anchor: int


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Show a whole article. ``previous`` and ``next`` are its neighbours in the issue.

    ``also_printed_in`` are near-duplicates elsewhere; ``continued_from`` and ``continues`` the
    parts of the same article on other pages; ``moved`` says where paragraphs went that once were
    under the key that was asked for, by their anchor.
    """

    key: str
    headline: str
    headline_en: str
    byline: str
    publication: str | None
    date: str | None
    date_guessed: bool
    page: str | None
    section: str | None
    url: str | None
    issue_key: str
    source_name: str
    source_sha256: str
    paragraphs: tuple[ParagraphView, ...]
    previous: ArticleSummary | None = None
    next: ArticleSummary | None = None
    also_printed_in: tuple[ArticleSummary, ...] = ()
    continued_from: tuple[ArticleSummary, ...] = ()
    continues: tuple[ArticleSummary, ...] = ()
    moved: tuple[MovedParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueSummary:
    """Show an issue in a list; ``name`` is the file's for an issue without a date."""

    key: str
    publication: str | None
    date: str | None
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class IssueView:
    """Show an issue as a table of contents, in page order."""

    issue: IssueSummary
    articles: tuple[ArticleSummary, ...]
    previous: IssueSummary | None = None
    next: IssueSummary | None = None


@dataclass(frozen=True, slots=True)
class PublicationSummary:
    """Show a newspaper: how many issues and articles, and from when to when."""

    name: str | None
    issues: int
    articles: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """Count what the archive holds. ``engines`` and ``flags`` count paragraphs."""

    sources: int
    issues: int
    articles: int
    paragraphs: int
    characters: int
    translated: int
    corrected: int
    unindexed: int
    embedded: int
    first: str | None
    last: str | None
    engines: dict[str, int]
    flags: dict[str, int]
