"""What a reader may ask for in an address, checked; what is wrong is told with a reason."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from flask import request
from werkzeug.exceptions import BadRequest

MAX_NAME = 200  # characters of a newspaper's name
DATE_PATTERN = r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

Choice = TypeVar("Choice", bound=str)

_DATE = re.compile(DATE_PATTERN)


def choice(name: str, allowed: Sequence[Choice]) -> Choice:
    """Return parameter ``name`` if it is one of ``allowed``; left out, the first of them."""
    given = request.args.get(name, "")
    if not given:
        return allowed[0]
    for value in allowed:
        if value == given:
            return value
    raise BadRequest(f"“{name}” can be {', '.join(allowed)}; not “{given[:40]}”.")


def number(name: str, default: int, most: int) -> int:
    """Return parameter ``name`` as a whole number from 1 to ``most``."""
    given = request.args.get(name, "")
    if not given:
        return default
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= most:
        return int(given[:9])
    raise BadRequest(f"“{name}” is a whole number from 1 to {most:,}; not “{given[:40]}”.")


def date(name: str) -> str | None:
    """Return parameter ``name`` as a date, whole or cut (``2024``, ``2024-05``), or None."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if _DATE.fullmatch(given) and _exists(given):
        return given
    raise BadRequest(f"“{name}” is a date such as 2024-05-17, 2024-05 or 2024; not “{given[:40]}”.")


def _exists(date: str) -> bool:
    try:
        datetime.date.fromisoformat(f"{date}-01-01"[:10])
    except ValueError:
        return False
    return True


def text(name: str, most: int) -> str:
    """Return parameter ``name`` as text of at most ``most`` characters, trimmed."""
    given = request.args.get(name, "").strip()
    if len(given) > most:
        raise BadRequest(f"“{name}” has {len(given):,} characters; please shorten it to {most:,}.")
    return given


def described(name: str, description: str, **schema: Any) -> dict[str, Any]:
    """Return a query parameter as OpenAPI describes it; a string unless ``schema`` says else."""
    return {"name": name, "description": description, "schema": {"type": "string", **schema}}


PUBLICATION = described("publication", "Only this newspaper, by its name.", maxLength=MAX_NAME)
PAGE = described(
    "page", "Which page of a long list.", type="integer", minimum=1, maximum=1000, default=1
)
