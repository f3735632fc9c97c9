"""Articles and issues to take away as files, and citations for reference managers."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask import Blueprint, Response

from indexer.cite import bibtex, csl_json, ris
from indexer.takeaway import epub, markdown, markdown_issue, tmx
from webui.labels import issue_words
from webui.state import archive, changed_at

blueprint = Blueprint("taking", __name__)

Maker = Callable[[], str | bytes]

MIME = {
    "md": "text/markdown",
    "tmx": "application/x-tmx+xml",
    "epub": "application/epub+zip",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}


@blueprint.get("/a/<key>.<any(md, tmx, epub, bib, ris, csl):kind>")
def article(key: str, kind: str) -> Response:
    """Return an article as a file."""
    found = archive().article(key)
    makers: dict[str, Maker] = {
        "md": lambda: markdown(found),
        "tmx": lambda: tmx([found]),
        "epub": lambda: epub(found.headline, [found], _modified()),
        "bib": lambda: bibtex(found),
        "ris": lambda: ris(found),
        "csl": lambda: json.dumps([csl_json(found)], ensure_ascii=False),
    }
    return _file(makers[kind](), key, kind)


@blueprint.get("/i/<key>.<any(md, tmx, epub):kind>")
def issue(key: str, kind: str) -> Response:
    """Return a whole issue as a file."""
    found = archive().issue(key)
    articles = (archive().article(summary.key) for summary in found.articles)
    makers: dict[str, Maker] = {
        "md": lambda: markdown_issue(found, articles),
        "tmx": lambda: tmx(articles),
        "epub": lambda: epub(issue_words(found.issue), list(articles), _modified()),
    }
    return _file(makers[kind](), key, kind)


def _file(content: str | bytes, key: str, kind: str) -> Response:
    charset = "" if isinstance(content, bytes) else "; charset=utf-8"
    answer = Response(content, content_type=MIME[kind] + charset)
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}.{kind}"'
    return answer


def _modified() -> str:
    return changed_at().strftime("%Y-%m-%dT%H:%M:%SZ")
