"""Who is quoted with what, and the check of a quote against the archive."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from indexer.errors import Unreadable
from indexer.quotes import Checker, Finding, Verdict, as_csv, decode, pinyin, read_quotes
from indexer.quotes.store import QuotationView, SpeakerSummary, by_speaker, speakers
from webui import parameters
from webui.state import archive
from webui.twins import plain, twin

blueprint = Blueprint("quoting", __name__)

PER_PAGE = 100
MAX_QUOTES = 3_000  # characters that the check takes in an address
MOST_QUOTES = 100  # that it takes at once
LONGEST_QUOTE = 1_000  # characters; to look for what is nearly the same takes time

FINDINGS = {
    Finding.VERBATIM: "Word for word",
    Finding.PUNCTUATION: "The same but for punctuation or script",
    Finding.NEAR: "Nearly: the difference is marked",
    Finding.MACHINE: "Only in a machine translation: do not quote",
    Finding.NOT_FOUND: "Not found in this archive",
}


@dataclass(frozen=True, slots=True)
class SpeakersPage:
    """Show who is quoted by name, the most quoted first."""

    speakers: list[SpeakerSummary]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """Show what one person is quoted with, newest first."""

    name: str
    pinyin: str
    quotations: list[QuotationView]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Show for each quote whether it stands in the archive so, and where."""

    text: str
    verdicts: list[Verdict]


@twin(blueprint, "/speakers", "speakers.html", query=[parameters.PAGE])
def list_speakers() -> SpeakersPage:
    page = parameters.number("page", 1, 1_000)
    found = speakers(archive().connection)
    start = (page - 1) * PER_PAGE
    pages = -(-len(found) // PER_PAGE) or 1
    return SpeakersPage(found[start : start + PER_PAGE], len(found), page, pages)


@twin(blueprint, "/speakers/<name>", "speaker.html", query=[parameters.PAGE])
def speaker(name: str) -> SpeakerPage:
    page = parameters.number("page", 1, 1_000)
    start = (page - 1) * PER_PAGE
    found = by_speaker(archive().connection, name, PER_PAGE + 1, start)
    if not found:
        raise NotFound(f"Nobody of the name {name[:40]} is quoted here: see all speakers.")
    said = found[0].speaker or name
    return SpeakerPage(said, pinyin(said), found[:PER_PAGE], page, len(found) > PER_PAGE)


@twin(
    blueprint,
    "/check",
    "check.html",
    query=[
        parameters.described(
            "quotes", "Quotes in either language, one to a line.", maxLength=MAX_QUOTES
        )
    ],
)
def check() -> CheckPage:
    return _checked(parameters.text("quotes", MAX_QUOTES))


@blueprint.post("/check")
def check_many() -> Response:
    """Check quotes from a form or a file, as a page or as CSV; nothing of them is kept."""
    page = _checked(_posted())
    if request.form.get("as") != "csv":
        return make_response(render_template("check.html", page=page))
    table = as_csv(page.verdicts, request.url_root.rstrip("/"))
    answer = Response(table, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="quotes.csv"'
    return answer


@blueprint.post("/check.json")
def check_many_json() -> Response:
    """Check quotes from a form or a file, for programs."""
    return jsonify(plain(_checked(_posted())))


def _posted() -> str:
    """Return the quotes of the form's text and file; a table's are put one to a line."""
    quotes = read_quotes(request.form.get("quotes", ""))
    if file := request.files.get("file"):
        try:
            quotes += read_quotes(decode(file.read()))
        except Unreadable as error:
            raise BadRequest(str(error)) from error
    return "\n".join(" ".join(quote.split()) for quote in quotes)


def _checked(text: str) -> CheckPage:
    quotes = read_quotes(text)
    if len(quotes) > MOST_QUOTES:
        raise BadRequest(
            f"There are {len(quotes):,} quotes: check {MOST_QUOTES} at once, or all of them with"
            " archive quotes check."
        )
    if any(len(quote) > LONGEST_QUOTE for quote in quotes):
        raise BadRequest(f"A quote can have {LONGEST_QUOTE:,} characters: check it in parts.")
    return CheckPage(text, list(Checker(archive().connection).check(quotes)))
