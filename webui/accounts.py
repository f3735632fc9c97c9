"""Signing in and out: a session in a signed cookie, and a token in every form that changes."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response

from indexer import users
from indexer.users import User
from webui.state import archive
from webui.throttle import Throttle

blueprint = Blueprint("accounts", __name__)

P = ParamSpec("P")
R = TypeVar("R")

KEY_FILE = "web.key"
READ_ONLY = ("quoting.check_many", "quoting.check_many_json")
"""What is posted only because it is too long for an address: it changes nothing, needs no token."""

TRIES, TRIES_SECONDS = 5, 15 * 60


@dataclass(frozen=True, slots=True)
class LoginPage:
    """Show the form to sign in; ``next`` is where to go then."""

    name: str
    next: str
    problem: str = ""


def init_app(app: Flask) -> None:
    """Sign cookies with the archive's own key, and check the token of every change."""
    app.secret_key = app.config.get("SECRET_KEY") or _archive_key(app.config["ARCHIVE_DIR"])
    app.extensions["throttle"] = Throttle(TRIES, TRIES_SECONDS)
    app.jinja_env.globals.update(csrf_token=csrf_token, current_user=current_user)

    @app.before_request
    def require_token() -> None:
        if request.method in ("GET", "HEAD", "OPTIONS") or request.routing_exception:
            return
        if request.endpoint in READ_ONLY:
            return
        token, given = session.get("csrf", ""), request.form.get("csrf", "")
        if not token or not hmac.compare_digest(token.encode(), given.encode()):
            abort(400, "The form is too old or not from here. Go back, reload, and send it again.")


def csrf_token() -> str:
    """Return this session's token, which every form that changes something carries."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe()
    return str(session["csrf"])


def current_user() -> User | None:
    """Return who is signed in, or None; a changed password ends the session."""
    if "user" not in g:
        g.user = None
        if name := session.get("user"):
            user = users.find(archive().connection, name)
            if user and user.stamp == session.get("stamp"):
                g.user = user
            else:
                session.clear()
    found: User | None = g.user
    return found


def signed_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Send whoever is not signed in to the form first."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        if current_user() is None:
            return redirect(url_for("accounts.login", next=request.path), 303)
        return view(*args, **kwargs)

    return guarded


@blueprint.get("/login")
def login() -> str:
    return render_template("login.html", page=LoginPage("", _inside(request.args.get("next"))))


@blueprint.post("/login")
def log_in() -> Response:
    name, goal = request.form.get("name", "").strip()[:40], _inside(request.form.get("next"))
    throttle: Throttle = current_app.extensions["throttle"]
    keys = (f"name {name}", f"address {request.remote_addr}")
    if wait := throttle.wait(*keys):
        abort(_too_many(wait))
    user = users.check(archive().connection, name, request.form.get("password", ""))
    if user is None:
        throttle.fail(*keys)
        page = LoginPage(name, goal, "This name and password do not belong together.")
        return make_response(render_template("login.html", page=page), 403)
    throttle.forgive(*keys)
    session.clear()
    session.update(user=user.name, stamp=user.stamp)
    flash(f"Signed in as {user.name}.")
    return redirect(goal, 303)


@blueprint.post("/logout")
def log_out() -> Response:
    session.clear()
    flash("Signed out.")
    return redirect(url_for("home.home"), 303)


def _too_many(wait: int) -> Response:
    message = f"Too many wrong passwords. Try again in {-(-wait // 60)} minutes."
    page = {"status": 429, "title": "Too many tries", "message": message}
    answer = make_response(render_template("error.html", page=page), 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _inside(address: str | None) -> str:
    """Return ``address`` if it is a path on this site, else the front page."""
    safe = address and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if address and safe and address.isprintable() else url_for("home.home")


def _archive_key(folder: Path) -> bytes | str:
    """Return the archive's key, made on first use; where nothing can be written, a passing one."""
    path = folder / KEY_FILE
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()
    except OSError:
        return secrets.token_bytes(32)
