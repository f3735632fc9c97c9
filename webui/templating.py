"""What the templates may call: dates, counts, languages, labels, and addresses of files."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, request, url_for

from webui import correcting, hanzi, labels, quoting, reading, searching

STATIC = Path(__file__).parent / "static"


def init_app(app: Flask) -> None:
    """Give the templates their functions, and leave no white space where a tag stood."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        count=labels.count_words,
        day=labels.date_words,
        engine=labels.engine_words,
        flag=labels.flag_words,
        either=hanzi.either_tag,
        shown=hanzi.shown,
        web=web_address,
        zh=hanzi.language_tag,
    )
    app.jinja_env.globals.update(
        asset=asset,
        difference=correcting.difference,
        en_pieces=reading.en_pieces,
        engine_words=labels.engine_words,
        findings=quoting.FINDINGS,
        found_words=labels.found_words,
        flag_words=labels.flag_words,
        here=here,
        issue_words=labels.issue_words,
        kind_words=labels.kind_words,
        months=labels.MONTHS,
        pieces=reading.marked_pieces,
        same_search=same_search,
        zh_pieces=reading.zh_pieces,
    )

    @app.context_processor
    def site() -> dict[str, Any]:
        return {"title": current_app.config["TITLE"], "title_zh": current_app.config["TITLE_ZH"]}


def asset(name: str) -> str:
    """Return the address of a static file, which changes whenever its content does."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def same_search(endpoint: str, **values: Any) -> str:
    """Return the address of this search, from its first page, as another page or file."""
    names = {parameter["name"] for parameter in searching.QUERY} - {"page", "size"}
    kept: dict[str, Any] = {name: request.args[name] for name in request.args if name in names}
    return url_for(endpoint, **{**kept, **values})


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it leads to a web page; a script or a file gets no link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def here(**changes: str | int | None) -> str:
    """Return this page's address with some parameters changed; None takes one away."""
    values: dict[str, Any] = {**request.args.to_dict(), **changes}
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    path = url_for(request.endpoint, **(request.view_args or {})) if request.endpoint else "/"
    return f"{path}?{urlencode(kept)}" if kept else path
