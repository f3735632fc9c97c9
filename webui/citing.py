"""A paragraph to take away: its text, its link, and how to cite it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urljoin

from flask import Blueprint, request, url_for

from indexer.cite import Style, bibtex, cite, csl_json, ris
from indexer.views import ParagraphView
from webui.articles import NOTICE, paragraph_at
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("citing", __name__)

_STYLES = {
    Style.CHICAGO: "Chicago",
    Style.APA: "APA",
    Style.MLA: "MLA",
    Style.GBT7714: "GB/T 7714",
}


@dataclass(frozen=True, slots=True)
class Format:
    """Show a citation in one style or file format; ``code`` is set with its line breaks."""

    name: str
    text: str
    code: bool


@dataclass(frozen=True, slots=True)
class CitePage:
    """Show a paragraph in both languages, its permanent address, and its citations."""

    headline: str
    paragraph: ParagraphView
    url: str
    back: str
    notice: str
    formats: list[Format]


@twin(blueprint, "/a/<key>/p<int:anchor>/cite", "cite.html")
def paragraph_cite(key: str, anchor: int) -> CitePage:
    article = archive().article(key)
    paragraph = paragraph_at(article, anchor)
    address = url_for("articles.article", key=article.key, _anchor=f"p{anchor}")
    styles = [
        Format(name, cite(article, style, english_of=paragraph).text, code=False)
        for style, name in _STYLES.items()
    ]
    files = [
        Format("BibTeX", bibtex(article), code=True),
        Format("RIS", ris(article), code=True),
        Format("CSL-JSON", json.dumps([csl_json(article)], ensure_ascii=False), code=True),
    ]
    return CitePage(
        headline=article.headline,
        paragraph=paragraph,
        url=urljoin(request.url_root, address),
        back=address,
        notice=NOTICE if paragraph.en and not paragraph.corrected_by else "",
        formats=styles + files,
    )
