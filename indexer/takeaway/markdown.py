"""Write articles as Markdown (CommonMark), Chinese first, its English quoted below."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.cite import Style, cite
from indexer.model import Kind
from indexer.takeaway.source import english_line, issue_title, source_line
from indexer.views import ArticleView, IssueView, ParagraphView

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LINE_START = re.compile(r"^(\s*)([-+=>]|\d+[.)])", re.MULTILINE)
_SMALL = frozenset({Kind.BYLINE, Kind.CAPTION, Kind.CREDIT, Kind.STAFF, Kind.CONTINUATION})


def markdown(article: ArticleView) -> str:
    """Return one article, ending in its citation and a word on its English."""
    return _article(article, level=1)


def markdown_issue(issue: IssueView, articles: Iterable[ArticleView]) -> str:
    """Return an issue, each article one level below its title."""
    title = f"# {_escape(issue_title(issue.issue))}\n\n"
    return title + "\n".join(_article(article, level=2) for article in articles)


def _article(article: ArticleView, level: int) -> str:
    blocks = [f"{'#' * level} {_escape(article.headline) or '（无题）'}"]
    if article.headline_en:
        blocks.append(f"**{_escape(article.headline_en)}**")
    blocks.append(f"*{_escape(source_line(article))}*")
    blocks += [
        block
        for paragraph in article.paragraphs
        if paragraph.kind is not Kind.HEADLINE
        for block in _paragraph(paragraph, level)
    ]
    blocks += ["---", _escape(cite(article, Style.CHICAGO).text)]
    if note := english_line(article):
        blocks.append(_escape(note))
    return "\n\n".join(blocks) + "\n"


def _paragraph(paragraph: ParagraphView, level: int) -> list[str]:
    chinese, english = _escape(paragraph.zh), _escape(paragraph.en)
    if paragraph.kind is Kind.HEADING:
        return [f"{'#' * (level + 1)} {chinese}" + (f" / {english}" if english else "")]
    if paragraph.kind in _SMALL:
        chinese = f"*{chinese}*"
    quoted = "> " + english.replace("\n", "\n> ")
    return [chinese, quoted] if english else [chinese]


def _escape(text: str) -> str:
    """Keep every sign of a text from being taken as markup; line breaks stay line breaks."""
    escaped = _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.strip()))
    escaped = re.sub(r"^(\s*)\\(\d+)([.)])", r"\1\2\\\3", escaped, flags=re.MULTILINE)
    return escaped.replace("\n", "\\\n")
