"""Write a citation as the manuals want newspaper articles cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from indexer.cite.authors import Author, authors
from indexer.views import ArticleView, ParagraphView

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = {month: month if len(month) < 5 else month[:3] + "." for month in _MONTHS} | {
    "September": "Sept."
}
_ITALIC = re.compile("\x02(.*?)\x03")


class Style(StrEnum):
    """Name a manual of style, in the edition whose newspaper form is followed."""

    CHICAGO = "chicago"  # The Chicago Manual of Style, 18th edition, bibliography
    APA = "apa"  # Publication Manual of the APA, 7th edition
    MLA = "mla"  # MLA Handbook, 9th edition
    GBT7714 = "gbt7714"  # GB/T 7714-2015


@dataclass(frozen=True, slots=True)
class Citation:
    """Hold a citation as plain text and as HTML with the newspaper's name in italics."""

    text: str
    html: str


def cite(article: ArticleView, style: Style, english_of: ParagraphView | None = None) -> Citation:
    """Cite an article; ``english_of`` adds who or what put the quoted paragraph into English.

    Authors and titles stand in Chinese characters, names in pinyin too where the manual wants
    Latin letters. A headline in English is added only where a person wrote it.
    """
    marked = _STYLES[style](article, authors(article.byline))
    if english_of is not None and (note := translation_note(english_of, style)):
        marked = f"{marked} {note}"
    html = _ITALIC.sub(r"<i>\1</i>", escape(marked, quote=False))
    return Citation(_ITALIC.sub(r"\1", marked), html)


def translation_note(paragraph: ParagraphView, style: Style) -> str:
    """Say who or what made a paragraph's English; empty where there is none."""
    if not paragraph.en:
        return ""
    if paragraph.corrected_by:
        by = paragraph.corrected_by
        return f"英译：{by}." if style is Style.GBT7714 else f"English translation by {by}."
    if style is Style.GBT7714:
        return f"英文为机器翻译（{paragraph.engine}），引用请据中文原文."
    return f"English by machine translation ({paragraph.engine}); the Chinese is the source."


def _chicago(article: ArticleView, people: Sequence[Author]) -> str:
    """Li Yuan 李媛 and Xiao Lingling 肖玲玲. “…” *科技日报*, October 9, 2025."""
    date = _long_date(article) or "n.d."
    paper = _italic(article.publication)
    title = f"“{_inner_quotes(_title(article))}{_stop(_title(article))}”"
    if not people:
        return _sentences(paper, title, date) if paper else _sentences(title, date)
    listed = [_both_scripts(person) for person in people]
    by = _list(listed, most=6, kept=3, last="and", comma=len(listed) > 2)
    return _sentences(by, title, ", ".join(part for part in (paper, date) if part))


def _apa(article: ArticleView, people: Sequence[Author]) -> str:
    """Li, Y., & Xiao, L. (2025, October 9). … *科技日报*, 3."""
    year = _year(article)
    rest = _month_and_day(article)
    date = f"({', '.join(part for part in (_bracketed(article, year), rest) if part) or 'n.d.'})"
    paper = ", ".join(part for part in (_italic(article.publication), article.page) if part)
    if not people:
        return _sentences(_title(article), date, paper)
    listed = [_initials(person) for person in people]
    by = listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + ", & " + listed[-1]
    return _sentences(f"{by} {date}", _title(article), paper)


def _mla(article: ArticleView, people: Sequence[Author]) -> str:
    """Li Yuan 李媛, and Xiao Lingling 肖玲玲. “….” *科技日报*, 9 Oct. 2025, p. 3."""
    page = _pages(article.page, "p. ", "pp. ")
    place = (_italic(article.publication), _short_date(article), page, article.url)
    title = f"“{_inner_quotes(_title(article))}{_stop(_title(article))}”"
    listed = [_both_scripts(person) for person in people]
    by = _list(listed, most=2, kept=1, last="and", comma=True)
    return _sentences(by, title, ", ".join(part for part in place if part))


def _gbt7714(article: ArticleView, people: Sequence[Author]) -> str:
    """李媛, 肖玲玲. …[N]. 科技日报, 2025-10-09(3)."""
    listed = [person.name for person in people[:3]] + ["等"] * (len(people) > 3)
    mark = "[N/OL]" if article.url else "[N]"
    date = article.date or "[日期不详]"
    if article.date and article.date_guessed:
        date = f"[{date}]"
    page = f"({article.page})" if article.page else ""
    paper = f"{article.publication or '[报名不详]'}, {date}{page}"
    return _sentences(", ".join(listed), article.headline + mark, paper, article.url or "")


_STYLES: dict[Style, Callable[[ArticleView, Sequence[Author]], str]] = {
    Style.CHICAGO: _chicago,
    Style.APA: _apa,
    Style.MLA: _mla,
    Style.GBT7714: _gbt7714,
}


def headline_by_a_person(article: ArticleView) -> str:
    """Return the English headline where a person wrote it, else nothing."""
    lines = [p for p in article.paragraphs if p.kind == "headline"]
    written = bool(lines) and all(line.corrected_by for line in lines)
    return article.headline_en if written else ""


def _title(article: ArticleView) -> str:
    english = headline_by_a_person(article)
    return f"{article.headline} [{english}]" if english else article.headline


def _sentences(*parts: str) -> str:
    return " ".join(part + _stop(part) for part in parts if part)


def _stop(part: str) -> str:
    """Return the full stop that a part lacks; none after its own end mark or a link."""
    bare = part.rstrip("”’\x03")
    link = part.rpartition(" ")[2].startswith(("http://", "https://"))
    return "" if bare.endswith((".", "!", "?", "。", "！", "？")) and not link else "."


def _italic(name: str | None) -> str:
    return f"\x02{name}\x03" if name else ""


def _inner_quotes(title: str) -> str:
    """Turn double into single marks, for the title itself is between double ones."""
    return title.translate(str.maketrans("“”", "‘’"))


def _both_scripts(person: Author) -> str:
    return f"{person.pinyin} {person.name}" if person.family else person.name


def _initials(person: Author) -> str:
    """Return Li, Y. for 李媛; APA wants Latin letters and initials."""
    family, _, given = person.pinyin.partition(" ")
    return f"{family}, {given[0]}." if person.family and given else person.name


def _list(listed: list[str], *, most: int, kept: int, last: str, comma: bool) -> str:
    """List names: of more than ``most``, the first ``kept`` and et al."""
    if len(listed) > most:
        return ", ".join(listed[:kept]) + ", et al."
    if len(listed) < 2:
        return "".join(listed)
    return ", ".join(listed[:-1]) + ("," if comma else "") + f" {last} {listed[-1]}"


def _parts(article: ArticleView) -> list[int]:
    return [int(part) for part in article.date.split("-")] if article.date else []


def _year(article: ArticleView) -> str:
    return article.date[:4] if article.date else ""


def _bracketed(article: ArticleView, date: str) -> str:
    """Put a date that was inferred, not printed, in brackets, as the manuals do."""
    return f"[{date}]" if date and article.date_guessed else date


def _month_and_day(article: ArticleView) -> str:
    _, *rest = _parts(article) or [0]
    return " ".join([_MONTHS[rest[0] - 1], *map(str, rest[1:])]) if rest else ""


def _long_date(article: ArticleView) -> str:
    """Return October 9, 2025; October 2025; or 2025."""
    parts = _parts(article)
    if not parts:
        return ""
    join = ", " if len(parts) == 3 else " "
    return _bracketed(article, join.join(p for p in (_month_and_day(article), _year(article)) if p))


def _short_date(article: ArticleView) -> str:
    """Return 9 Oct. 2025; Oct. 2025; or 2025."""
    parts = _parts(article)
    day = [str(parts[2])] if len(parts) > 2 else []
    month = [_SHORT[_MONTHS[parts[1] - 1]]] if len(parts) > 1 else []
    return _bracketed(article, " ".join([*day, *month, _year(article)]).strip())


def _pages(page: str | None, one: str, many: str) -> str:
    if not page:
        return ""
    return (many if re.search(r"[-–,，、]", page) else one) + page
