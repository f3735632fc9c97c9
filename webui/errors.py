"""Pages that help when something is wrong, as HTML or JSON like the page asked for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from indexer.errors import ArchiveError, Busy, NotPossible, ServerAway
from indexer.errors import NotFound as NotInArchive
from indexer.index import NeedsRebuild

TITLES = {
    400: "That address asks for something odd",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not possible here",
    413: "Too much at once",
    429: "Too many tries",
    500: "Our mistake",
    501: "Not possible here",
    503: "Just a moment",
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Show what went wrong: the HTTP status, a title, and one sentence with the remedy."""

    status: int
    title: str
    message: str


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotInArchive, lambda error: _answer(404, str(error)))
    app.register_error_handler(Busy, lambda error: _answer(503, str(error)))
    app.register_error_handler(ServerAway, lambda error: _answer(503, str(error)))
    app.register_error_handler(NeedsRebuild, lambda error: _answer(503, str(error)))
    app.register_error_handler(NotPossible, lambda error: _answer(501, str(error)))
    app.register_error_handler(ArchiveError, lambda error: _answer(500, str(error)))


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    message = error.description or ""
    if isinstance(error, NotFound) and message == NotFound.description:
        message = "No page has this address. Search for what you were looking for instead."
    answer = _answer(error.code, message)
    for name, value in error.get_headers(request.environ):
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _answer(status: int, message: str) -> Response:
    page = ErrorPage(status, TITLES.get(status, "Something went wrong"), message)
    if request.path.endswith(".json"):
        return make_response(jsonify(error=page), status)
    return make_response(render_template("error.html", page=page), status)
