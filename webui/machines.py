"""Pages for programs, and the page that tells people how to search."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template

from webui.openapi import document
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("machines", __name__)


@dataclass(frozen=True, slots=True)
class QueryForm:
    """Show one thing that a query can say, with an example."""

    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Show the query language."""

    forms: list[QueryForm]


FORMS = [
    QueryForm("high-tech zone", "Paragraphs with all these words, in any order and any form."),
    QueryForm('"business environment"', "These words side by side, exactly so."),
    QueryForm('"zone enterprise"~5', "These words at most five words apart."),
    QueryForm("审批", "These characters anywhere, from one character up. No quotes are needed."),
    QueryForm("無感審批", "Simplified and Traditional characters find the same."),
    QueryForm("青岛 enterprise", "Both languages in one query: both must be there."),
    QueryForm("loan OR credit", "Either word. Brackets group: (loan OR credit) 青岛"),
    QueryForm("loan -bank", "The first without the second; also loan NOT bank."),
    QueryForm("innovat*", "Words that begin so."),
    QueryForm("Harbn~", "Words spelt about so."),
    QueryForm("title:创新", "Only in headlines; also byline, section, publication."),
    QueryForm("speaker:王毅", "What this person is quoted with; also in pinyin: speaker:Wang Yi"),
    QueryForm("kind:caption", "One kind of text: headline, heading, paragraph, caption, quote."),
    QueryForm("flag:number", "English with a doubt: number, glossary, loop, length, han, score."),
    QueryForm("date:2024-05..2024-07", "Published then; also after:2024-05-17 and before:2025"),
]


@twin(blueprint, "/help", "help.html")
def help() -> HelpPage:
    return HelpPage(FORMS)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the archive can be read, and how many articles it holds."""
    # Not by status(), which reads every paragraph: a supervisor asks every few seconds.
    articles = sum(publication.articles for publication in archive().publications())
    return jsonify(status="ok", articles=articles)


@blueprint.get("/robots.txt")
def robots() -> Response:
    return _text(
        "User-agent: *\nDisallow: /search\nDisallow: /concordance\nDisallow: /words\n", "text/plain"
    )


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    return _text(render_template("opensearch.xml"), "application/opensearchdescription+xml")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Describe the JSON addresses."""
    return jsonify(document(current_app))


def _text(body: str, content_type: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{content_type}; charset=utf-8"
    return response
