"""Write a citation for reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import re
from typing import Any

from indexer.cite.authors import Author, authors
from indexer.cite.styles import headline_by_a_person
from indexer.views import ArticleView

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_INFERRED = "The date was inferred, not printed."


def bibtex(article: ArticleView) -> str:
    """Return one entry, in UTF-8; an article whose paper is unknown is ``@misc``."""
    date = article.date.split("-") if article.date else []
    fields = {
        "author": " and ".join(_tex_author(person) for person in authors(article.byline)),
        # Double braces: no style may change the case of a Chinese title.
        "title": f"{{{_tex(article.headline)}}}",
        "journal": _tex(article.publication or ""),
        "year": date[0] if date else "",
        "month": str(int(date[1])) if len(date) > 1 else "",
        "day": str(int(date[2])) if len(date) > 2 else "",
        "pages": _tex(article.page or ""),
        "url": _one_line(article.url or ""),
        "language": "chinese",
        "note": _INFERRED if article.date and article.date_guessed else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if article.publication else "misc"
    return "\n".join([f"@{kind}{{{article.key},", *lines, "}"]) + "\n"


def ris(article: ArticleView) -> str:
    """Return one record of type NEWS; lines end in CR LF, as the format wants."""
    date = article.date.split("-") if article.date else []
    rows = [("TY", "NEWS")]
    rows += [("AU", _ris_author(person)) for person in authors(article.byline)]
    rows += [
        ("TI", article.headline),
        ("TT", headline_by_a_person(article)),
        ("T2", article.publication or ""),
        ("PY", date[0] if date else ""),
        ("DA", "/".join([*date, "", "", ""][:3]) + "/" if date else ""),
        ("SP", article.page or ""),
        ("SE", article.section or ""),
        ("LA", "zh"),
        ("UR", article.url or ""),
        ("N1", _INFERRED if article.date and article.date_guessed else ""),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(article: ArticleView) -> dict[str, Any]:
    """Return one item of CSL-JSON, ready for ``json.dumps``; what is unknown is not there."""
    item: dict[str, Any] = {
        "id": article.key,
        "type": "article-newspaper",
        "title": article.headline,
        "author": [_csl_author(person) for person in authors(article.byline)],
        "container-title": article.publication,
        "page": article.page,
        "section": article.section,
        "URL": article.url,
        "language": "zh",
    }
    if article.date:
        issued: dict[str, Any] = {"date-parts": [[int(part) for part in article.date.split("-")]]}
        item["issued"] = issued | ({"circa": True} if article.date_guessed else {})
    return {name: value for name, value in item.items() if value}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _tex_author(person: Author) -> str:
    """Return 李, 媛; a name in one piece stands in braces, or it would be taken apart."""
    return f"{person.family}, {person.given}" if person.family else f"{{{_tex(person.name)}}}"


def _ris_author(person: Author) -> str:
    return f"{person.family}, {person.given}" if person.family else person.name


def _csl_author(person: Author) -> dict[str, str]:
    if person.family:
        return {"family": person.family, "given": person.given}
    return {"literal": person.name}
