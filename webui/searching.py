"""The search page, its JSON twin, and a search as a feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from flask import Blueprint, Response, current_app, make_response, render_template, request

from indexer.search import Filters, Results, Sort
from indexer.semantic import Mode
from webui import parameters
from webui.charts import Bar, bars
from webui.parameters import described
from webui.state import archive, changed_at
from webui.twins import twin

blueprint = Blueprint("searching", __name__)

LANGUAGES = ("both", "en", "zh")
MODES: tuple[Mode, ...] = ("auto", "words")
SORTS: tuple[Sort, ...] = get_args(Sort)
FACETS = ("publication", "section", "kind", "flag", "engine")

FILES = {
    "csv": ("csv", "text/csv"),
    "jsonl": ("jsonl", "application/jsonl"),
    "ris": ("ris", "application/x-research-info-systems"),
    "bib": ("bibtex", "application/x-bibtex"),
}
"""The form and the media type of a list of results, by the ending of its address."""

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

QUERY = [
    described("q", "What to look for, in English or Chinese; see /help."),
    described("lang", "The languages to look in.", enum=LANGUAGES),
    described("from", "The first day, month or year.", pattern=parameters.DATE_PATTERN),
    described("to", "The last day, month or year.", pattern=parameters.DATE_PATTERN),
    parameters.PUBLICATION,
    described("section", "Only this section of the newspaper.", maxLength=parameters.MAX_NAME),
    described("kind", "Only this kind of paragraph.", maxLength=parameters.MAX_NAME),
    described("flag", "Only English with this doubt.", maxLength=parameters.MAX_NAME),
    described("engine", "Only English by this engine.", maxLength=parameters.MAX_NAME),
    described("sort", "The order of the articles.", enum=SORTS),
    described("mode", "By meaning too, where the archive can, or by words alone.", enum=MODES),
    parameters.PAGE,
    described("size", "Articles a page.", type="integer", minimum=1, maximum=100, default=20),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Show what was asked for; dates are ISO 8601, whole or cut."""

    q: str
    lang: str
    first: str
    last: str
    publication: str
    section: str
    kind: str
    flag: str
    engine: str
    sort: Sort
    mode: Mode
    page: int
    size: int

    @property
    def filters(self) -> Filters:
        """Return the filters of the search."""
        return Filters(
            **{name: (value,) for name in FACETS if (value := getattr(self, name))},
            first=self.first,
            last=self.last,
            language="" if self.lang == "both" else self.lang,
        )


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Show the articles found with their best paragraphs; ``results`` is null without a query.

    ``by_meaning`` says that this archive can go by meaning too.
    """

    asked: Asked
    by_meaning: bool
    results: Results | None
    pages: int
    histogram: list[Bar]


@twin(blueprint, "/search", "search.html", query=QUERY)
def search() -> SearchPage:
    asked, by_meaning = asked_for(), archive().by_meaning
    if not asked.q:
        return SearchPage(asked, by_meaning, None, 0, [])
    results = _results(asked)
    return SearchPage(asked, by_meaning, results, results.pages, bars(results.facets.periods))


@blueprint.get("/search.atom")
def feed() -> Response:
    """Return the newest articles found as an Atom feed."""
    asked = asked_for(sort="newest")
    results = _results(asked) if asked.q else None
    updated = changed_at().strftime("%Y-%m-%dT%H:%M:%SZ")
    page = render_template("feed.xml", asked=asked, results=results, updated=updated)
    answer = make_response(_NOT_XML.sub("", page))
    answer.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return answer


@blueprint.get("/search.<any(csv, jsonl, ris, bib):ending>")
def file(ending: str) -> Response:
    """Return all that was found, as far as ``MAX_TAKEN`` goes, as a file."""
    asked, (form, mimetype) = asked_for(), FILES[ending]
    pieces = archive().take_away(
        asked.q,
        form,
        sort=asked.sort,
        filters=asked.filters,
        mode=asked.mode,
        site=request.url_root.rstrip("/"),
        most=current_app.config["MAX_TAKEN"],
    )
    # Whole, not piece by piece: what goes wrong is told as an error, not as half a file.
    answer = Response("".join(pieces), content_type=f"{mimetype}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="results.{ending}"'
    return answer


def _results(asked: Asked) -> Results:
    return archive().search(
        asked.q,
        page=asked.page,
        size=asked.size,
        sort=asked.sort,
        filters=asked.filters,
        mode=asked.mode,
    )


def asked_for(sort: Sort | None = None) -> Asked:
    """Return what the address asks for; ``sort`` overrules it."""
    config = current_app.config
    return Asked(
        q=parameters.text("q", config["MAX_QUERY"]),
        lang=parameters.choice("lang", LANGUAGES),
        first=parameters.date("from") or "",
        last=parameters.date("to") or "",
        publication=parameters.text("publication", parameters.MAX_NAME),
        section=parameters.text("section", parameters.MAX_NAME),
        kind=parameters.text("kind", parameters.MAX_NAME),
        flag=parameters.text("flag", parameters.MAX_NAME),
        engine=parameters.text("engine", parameters.MAX_NAME),
        sort=sort or parameters.choice("sort", SORTS),
        mode=parameters.choice("mode", MODES),
        page=parameters.number("page", 1, config["MAX_PAGE"]),
        size=parameters.number("size", config["PAGE_SIZE"], config["MAX_PAGE_SIZE"]),
    )
