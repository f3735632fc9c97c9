"""The reading room: web pages over one archive, each with a JSON twin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from webui import (
    accounts,
    articles,
    citing,
    contexts,
    correcting,
    errors,
    home,
    issues,
    machines,
    metrics,
    quoting,
    searching,
    security,
    state,
    taking,
    templating,
)

DEFAULTS: dict[str, Any] = {
    "TITLE": "Bilingual News Archive",
    "TITLE_ZH": "双语报刊库",
    "SEARCH_URL": "",  # of a search server in place of the built-in index
    "PAGE_SIZE": 20,  # results a page
    "MAX_PAGE_SIZE": 100,
    "MAX_PAGE": 1_000,
    "MAX_QUERY": 400,  # characters
    "MAX_TAKEN": 5_000,  # paragraphs of a file of results
    "MAX_CONTENT_LENGTH": 64 * 1024,  # bytes of a form
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
}


def create_app(archive_dir: str | Path, **config: Any) -> Flask:
    """Make the web application over the archive at ``archive_dir``.

    ``config`` overrides ``DEFAULTS`` and any setting of Flask.
    """
    app = Flask(__name__)
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(config, ARCHIVE_DIR=Path(archive_dir))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    for part in (metrics, state, security, accounts, templating, errors):
        part.init_app(app)
    for part in (
        home, searching, contexts, articles, citing, taking, issues, quoting, machines, accounts,
        correcting, metrics,
    ):  # fmt: skip
        app.register_blueprint(part.blueprint)
    return app
