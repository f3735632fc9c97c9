"""Say where an article comes from, and who or what made its English, in one line each."""

from __future__ import annotations

import re

from indexer.views import ArticleView, IssueSummary, ParagraphView

# What XML 1.0 cannot hold, even escaped.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CAUTION = "The English is a machine translation unless a person is named: cite the Chinese."


def source_line(article: ArticleView) -> str:
    """Return 科技日报, 2025-10-09, page 3, 区域; of what is known."""
    date = article.date and (f"{article.date} (inferred)" if article.date_guessed else article.date)
    page = article.page and f"page {article.page}"
    known = [part for part in (article.publication, date, page, article.section) if part]
    return ", ".join(known) or f"File {article.source_name}"


def issue_title(issue: IssueSummary) -> str:
    """Return 科技日报 2025-10-09, or the file's name where neither is known."""
    return " ".join(part for part in (issue.publication, issue.date) if part) or issue.name


def made_by(paragraph: ParagraphView) -> str:
    """Return who put a paragraph into English, a person before a machine; empty without English."""
    if not paragraph.en:
        return ""
    return paragraph.corrected_by or paragraph.engine


def xml_safe(text: str) -> str:
    """Leave out the control characters that no XML document may hold."""
    return _NO_XML.sub("", text)


def english_line(article: ArticleView) -> str:
    """Say who and what made an article's English; empty where there is none."""
    makers = dict.fromkeys(filter(None, map(made_by, article.paragraphs)))
    return f"English: {', '.join(makers)}. {CAUTION}" if makers else ""
