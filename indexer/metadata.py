"""Find out publication, date, page, section and address of a text; what is unknown stays unknown.

What is said nearer to the archivist wins: options, then the fields of the record itself, then the
file ``issue.toml`` in the folder, then the file name by a pattern, and last, when allowed, a date
guessed from the text.

``issue.toml``, every key optional::

    publication = "青岛日报"
    date = 2025-10-01              # or "2025-10", "2025"
    section = "要闻"
    url = "https://…"
    pattern = "{date:%Y%m%d}_{page}"

    [pages]                        # by file name; a page, or a table of the keys above
    "0001.txt" = "1"
    "0002.txt" = { page = "2", section = "国际" }
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.dates import guess_date, parse_date
from indexer.errors import ArchiveError, Unreadable
from indexer.model import Document, Metadata

SIDECAR = "issue.toml"

_FIELDS = ("publication", "date", "page", "section", "url")
_PLACEHOLDER = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<format>[^{}]*))?\}")
_DATE_CODES = {"Y": r"\d{4}", "m": r"\d{2}", "d": r"\d{2}", "%": "%"}
_FREE_FIELDS = ("publication", "page", "section", "any")
_MOST_FREE = 4  # more would let a long name be matched in too many ways
_PART = re.compile(r"(?:line|record|row|page) \d+")


class BadPattern(ArchiveError):
    """Refuse a file name pattern."""


def for_file(
    path: Path,
    given: Metadata = Metadata(),
    pattern: str | None = None,
    *,
    document: Document | None = None,
    guess: bool = False,
) -> Metadata:
    """Return what is known about a file, or about one ``document`` that came out of it.

    ``given`` holds the archivist's options. ``pattern`` is matched against the name of the file,
    or of the member of a packed file; one that does not fit makes the file unreadable, so that a
    mistyped pattern cannot let a thousand files in without a date. Raises BadPattern, Unreadable.
    """
    known = given.over(document.metadata) if document else given
    known = known.over(_sidecar(path.parent).about(_member(document) or path.as_posix(), pattern))
    return _with_guess(known, document.text) if guess and document else known


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Hold what ``issue.toml`` says about the files beside it."""

    common: Metadata = Metadata()
    pages: Mapping[str, Metadata] = field(default_factory=dict)
    pattern: str | None = None

    def about(self, name: str, pattern: str | None = None) -> Metadata:
        """Return what is said of the file ``name``; ``pattern`` goes before the one in here."""
        known = self.pages.get(Path(name).name, Metadata()).over(self.common)
        pattern = pattern or self.pattern
        return known.over(_from_name(name, pattern)) if pattern else known


def parse_sidecar(data: bytes, place: str) -> Sidecar:
    """Return the checked content of an ``issue.toml``; raises Unreadable."""
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"{place} is no UTF-8; save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Unreadable(f"{place} is no TOML ({error}); repair it.") from None
    pages = values.pop("pages", {})
    if not isinstance(pages, dict):
        raise Unreadable(f"{place} has pages that are no table; write them under [pages].")
    common = _fields(values, place, (*_FIELDS, "pattern"))
    pattern = common.pop("pattern", None)
    if pattern:
        try:
            compile_pattern(pattern)
        except BadPattern as error:
            raise Unreadable(f"{place} cannot be used: {error}") from None
    return Sidecar(
        Metadata(**common),
        {
            name: Metadata(
                **_fields(page if isinstance(page, dict) else {"page": page}, place, _FIELDS)
            )
            for name, page in pages.items()
        },
        pattern,
    )


@lru_cache(maxsize=64)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a file name pattern such as ``{date:%Y%m%d}_{page}``.

    Fields: publication, date, page, section, and ``any`` for what is passed over; each once but
    ``any``. ``{date}`` alone is ``{date:%Y-%m-%d}``. All else stands for itself; with ``/`` the
    folders are matched too. Raises BadPattern.
    """
    expression, end, seen, after_free = "", 0, set[str](), False
    for match in _PLACEHOLDER.finditer(pattern):
        literal = pattern[end : match.start()]
        name, code = match["name"], match["format"]
        if name in seen and name != "any":
            raise _bad(pattern, f"names {{{name}}} twice", "name each field once")
        free = name in _FREE_FIELDS
        if free and after_free and not literal:
            raise _bad(pattern, f"has nothing before {{{name}}}", "put a separator between fields")
        expression += _literal(literal, pattern) + _field(name, code, pattern)
        end, after_free = match.end(), free
        seen.add(name)
    expression += _literal(pattern[end:], pattern)
    if not seen - {"any"}:
        raise _bad(pattern, "names no field", f"name some of {_known()}")
    if len(re.findall(r"\[\^/\]", expression)) > _MOST_FREE:
        raise _bad(pattern, "has too many fields", f"use at most {_MOST_FREE} besides the date")
    return re.compile(expression)


def _field(name: str, code: str | None, pattern: str) -> str:
    if name == "date":
        return _date_expression(code or "%Y-%m-%d", pattern)
    if name not in _FREE_FIELDS:
        raise _bad(pattern, f"has the unknown field {{{name}}}", f"use {_known()}")
    if code:
        raise _bad(pattern, f"gives {{{name}}} a format", "give one to the date alone")
    return "[^/]+?" if name == "any" else f"(?P<{name}>[^/]+?)"


def _date_expression(code: str, pattern: str) -> str:
    groups = {"Y": "year", "m": "month", "d": "day"}
    expression, used = "", list[str]()
    for literal, letter in re.findall(r"([^%]+)|%(.?)", code):
        if literal:
            expression += re.escape(literal)
        elif letter not in _DATE_CODES or letter in used:
            raise _bad(pattern, f"has the date format {code!r}", "use %Y, %m and %d, each once")
        elif letter == "%":
            expression += "%"
        else:
            used.append(letter)
            expression += f"(?P<{groups[letter]}>{_DATE_CODES[letter]})"
    if "Y" not in used or ("d" in used and "m" not in used):
        raise _bad(pattern, f"has the date format {code!r}", "use %Y, with %m, with %m and %d")
    return expression


def _literal(text: str, pattern: str) -> str:
    if "{" in text or "}" in text:
        raise _bad(pattern, "has a brace without its other half", "write fields as {page}")
    return re.escape(text)


def _known() -> str:
    return "{publication}, {date:%Y%m%d}, {page}, {section}, {any}"


def _bad(pattern: str, what: str, remedy: str) -> BadPattern:
    return BadPattern(f"The pattern {pattern!r} {what}; {remedy}.")


def _from_name(name: str, pattern: str) -> Metadata:
    """Return what a file name tells by a pattern; the suffixes may be left out of the pattern."""
    expression = compile_pattern(pattern)
    tail = "/".join(Path(name).parts[-1 - pattern.count("/") :])
    forms = [tail]
    while suffix := Path(forms[0]).suffix:
        forms.insert(0, forms[0].removesuffix(suffix))
    match = next((match for form in forms if (match := expression.fullmatch(form))), None)
    if not match:
        raise Unreadable(
            f"{name} does not fit the pattern {pattern!r}; rename the file or change --pattern."
        )
    found = match.groupdict()
    date = "-".join(found[part] for part in ("year", "month", "day") if found.get(part))
    if date and not parse_date(date):
        raise Unreadable(f"{name} has the date {date}, which is no day; rename the file.")
    page = found.get("page")
    return Metadata(
        publication=found.get("publication"),
        date=date or None,
        page=page and (page.lstrip("0") or page),
        section=found.get("section"),
    )


def _member(document: Document | None) -> str | None:
    """Return the innermost file that a document came from inside of a packed one."""
    parts = document.name.split(" › ") if document else []
    return next((part for part in reversed(parts) if part and not _PART.fullmatch(part)), None)


def _with_guess(known: Metadata, text: str) -> Metadata:
    """Return the metadata with a guessed date where none, or only the year, is known."""
    if known.date and len(known.date) > len("2025"):
        return known
    guess = guess_date(text, year=known.date)
    if not guess or (known.date and not guess.startswith(known.date)):
        return known
    return replace(known, date=guess, date_guessed=True)


def _sidecar(folder: Path) -> Sidecar:
    """Return the ``issue.toml`` of a folder; an empty one when there is none."""
    path = folder / SIDECAR
    try:
        status = path.stat()
    except OSError:
        return Sidecar()
    return _read_sidecar(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=64)
def _read_sidecar(path: Path, changed: int, size: int) -> Sidecar:
    try:
        return parse_sidecar(path.read_bytes(), str(path))
    except OSError as error:
        raise Unreadable(f"{path} cannot be read ({error.strerror}); make it readable.") from None


def _fields(values: Mapping[str, Any], place: str, known: tuple[str, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise Unreadable(f"{place} has the unknown key {key!r}; use {', '.join(known)}.")
        if isinstance(value, dict | list | bool):
            raise Unreadable(f"{place} has a {key} that is no text; write it in quotes.")
        fields[key] = _date(str(value), place) if key == "date" else str(value)
    return fields


def _date(value: str, place: str) -> str:
    if iso := parse_date(value):
        return iso
    raise Unreadable(f"{place} has the date {value!r}; write it as 2024-05-17.")
