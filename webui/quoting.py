"""Who is quoted with what, and the check of a quote against the archive."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint
from werkzeug.exceptions import NotFound

from indexer.quotes import Checker, Finding, Verdict, pinyin, read_quotes
from indexer.quotes.store import QuotationView, SpeakerSummary, by_speaker, speakers
from webui import parameters
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("quoting", __name__)

PER_PAGE = 100
MAX_QUOTES = 3_000  # characters that the check takes at once

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
    text = parameters.text("quotes", MAX_QUOTES)
    verdicts = list(Checker(archive().connection).check(read_quotes(text))) if text else []
    return CheckPage(text, verdicts)
