"""What every answer carries: a strict content security policy, and rules for caches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, Response, request, session

from webui.compress import pack
from webui.state import changed_at

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_A_MOMENT = timedelta(seconds=2)
_A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Add the headers to every answer, and answer 304 where the reader has the page already."""

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static":
            response.headers["Cache-Control"] = _A_YEAR if request.args.get("v") else "no-cache"
            pack(response)
        elif session or request.method not in ("GET", "HEAD"):
            # Never packed, lest the length of the answer tell what is secret in it.
            response.headers["Cache-Control"] = "no-store"
        elif response.status_code == 200 and not response.is_streamed:
            pack(response)
            _let_caches_ask(response)
        response.vary.add("Cookie")
        return response


def _let_caches_ask(response: Response) -> None:
    """Let caches keep a page but ask each time whether it has changed."""
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    changed = changed_at()
    if datetime.now(UTC) - changed > _A_MOMENT:  # a second change would bear the same second
        response.last_modified = changed
    response.make_conditional(request)
