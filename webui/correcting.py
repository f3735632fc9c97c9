"""Correcting the English of a paragraph or a sentence, and the history with undo."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from indexer.archive import Archive
from indexer.corrections import Correction
from indexer.errors import Busy, ServerAway
from indexer.model import Span
from indexer.views import ArticleView, ParagraphView
from translations.memory import Match
from webui import parameters
from webui.accounts import current_user, signed_in
from webui.articles import paragraph_at
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("correcting", __name__)

MAX_ENGLISH = 20_000
MAX_OFFERS = 5

_SPAN = re.compile(r"(\d{1,7})-(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Field:
    """Show one field of the form: its Chinese, its English now, and the text to begin with.

    ``span`` names a sentence, ``12-34``, empty for the whole; ``offers`` are what people wrote for
    the same or a like sentence.
    """

    span: str
    zh: str
    en: str
    text: str
    offers: list[Match]


@dataclass(frozen=True, slots=True)
class EditPage:
    """Show a paragraph to be corrected, as a whole or sentence by sentence."""

    article: ArticleView
    paragraph: ParagraphView
    fields: list[Field]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Show what people changed in a paragraph, newest first."""

    article_key: str
    anchor: int
    zh: str
    en: str
    corrections: list[Correction]


@blueprint.get("/a/<key>/p<int:anchor>/edit")
@signed_in
def edit(key: str, anchor: int) -> str:
    article = archive().article(key)
    paragraph = paragraph_at(article, anchor)
    taken = (request.args.get("sentence", ""), parameters.number("take", 0, MAX_OFFERS))
    return render_template(
        "edit.html", page=EditPage(article, paragraph, _fields(paragraph, taken))
    )


@blueprint.post("/a/<key>/p<int:anchor>/edit")
@signed_in
def save(key: str, anchor: int) -> Response:
    user = current_user()
    assert user is not None
    opened = archive()
    article = opened.article(key)
    paragraph = paragraph_at(article, anchor)
    span = _span(request.form.get("sentence", ""))
    after = request.form.get("en", "")
    if problem := _problem(paragraph, span, request.form.get("was", ""), after):
        fields = _fields(paragraph)
        if span is None:
            fields[0] = replace(fields[0], text=after)
        page = EditPage(article, paragraph, fields, problem)
        return make_response(render_template("edit.html", page=page), 409)
    opened.correct(paragraph.id, after, user.name, span)
    _index(opened)
    flash("Thank you. Your correction is shown and found from now on.")
    return redirect(_place(key, anchor), 303)


@twin(blueprint, "/a/<key>/p<int:anchor>/history", "history.html")
def history(key: str, anchor: int) -> HistoryPage:
    opened = archive()
    paragraph = paragraph_at(opened.article(key), anchor)
    return HistoryPage(key, anchor, paragraph.zh, paragraph.en, opened.corrections(paragraph.id))


@blueprint.post("/a/<key>/p<int:anchor>/undo")
@signed_in
def undo(key: str, anchor: int) -> Response:
    opened = archive()
    paragraph = paragraph_at(opened.article(key), anchor)
    given = request.form.get("correction", "")
    for correction in opened.corrections(paragraph.id):
        if str(correction.id) == given:
            opened.undo(correction.id)
            _index(opened)
            flash("The correction is undone. It stays in the history.")
            return redirect(_place(key, anchor), 303)
    raise NotFound("This paragraph has no such correction.")


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """Return ``after`` against ``before`` word by word: ("same" | "del" | "ins", text) in order."""
    old, new = re.findall(r"\s*\S+", before), re.findall(r"\s*\S+", after)
    parts: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(new[k:m])))
            continue
        parts += [("del", "".join(old[i:j]))] if i < j else []
        parts += [("ins", "".join(new[k:m]))] if k < m else []
    return parts


def _fields(paragraph: ParagraphView, taken: tuple[str, int] = ("", 0)) -> list[Field]:
    """Return the fields for the whole and for each of several sentences.

    ``taken`` names the field, and counts from 1 which of its offers stands in it.
    """
    pieces = [("", paragraph.zh, paragraph.en)]
    if len(paragraph.sentences) > 1:
        pieces += [(f"{s.start}-{s.end}", s.zh, s.en) for s in paragraph.sentences]
    fields = []
    for span, zh, en in pieces:
        offers = [match for match in archive().suggestions(zh) if match.unit.en != en]
        number = taken[1] if taken[0] == span else 0
        text = offers[number - 1].unit.en if 1 <= number <= len(offers) else en
        fields.append(Field(span, zh, en, text, offers))
    return fields


def _problem(paragraph: ParagraphView, span: Span | None, was: str, after: str) -> str:
    """Return why the correction cannot be saved, empty when it can."""
    if not after.strip():
        return "A correction cannot be empty. To see the machine’s English again, undo it."
    if len(after) > MAX_ENGLISH:
        return f"A correction has at most {MAX_ENGLISH:,} characters."
    now = paragraph.en
    if span is not None:
        sentences = {
            (sentence.start, sentence.end): sentence.en for sentence in paragraph.sentences
        }
        if span not in sentences:
            return "The sentences have changed since you opened the form. Here they are now."
        now = sentences[span]
    if " ".join(was.split()) != " ".join(now.split()):
        return "Someone changed this English since you opened the form. Compare, and save again."
    return ""


def _span(given: str) -> Span | None:
    found = _SPAN.fullmatch(given)
    return (int(found[1]), int(found[2])) if found else None


def _index(opened: Archive) -> None:
    """Let the search find the change at once; while another command writes, that one will."""
    with contextlib.suppress(Busy, ServerAway), opened.writing(wait_s=2):
        opened.index()


def _place(key: str, anchor: int) -> str:
    return url_for("articles.article", key=key, _anchor=f"p{anchor}")
