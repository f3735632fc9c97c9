"""The glossary: terms and names that have one agreed English form, whatever the model says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from indexer.errors import ArchiveError
from translations import companies, gazetteer, names
from translations.chinese import HAN, has_han, simplified
from translations.gloss import dictionary

KINDS = ("place", "person", "body", "publication", "term", "company")
_SHORT = 2
_ALIKE = 0.5  # how alike Qinghai and Qingdao must at least be to be taken for one another
_HAN_RUN = re.compile(f"[{HAN}]+")


class BadGlossary(ArchiveError):
    """Refuse a glossary file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a Chinese term, its English, and other English forms that are as good."""

    zh: str
    en: str
    also: tuple[str, ...] = ()
    kind: str = "term"

    def is_in(self, english: str) -> bool:
        """Tell whether an English sentence has this term in one of its forms."""
        forms = [self.en, *self.also]
        if self.kind == "body":
            forms += [form.replace("Ministry", "Minister", 1) for form in forms]
        return any(_form(form).search(english) for form in forms)


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a term at its place in a Chinese sentence."""

    start: int
    end: int
    term: Term


class Glossary:
    """Find terms in Chinese: the listed ones, else places and people by rule."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = {term.zh: term for term in terms}

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        by_first: dict[str, list[str]] = {}
        for zh in sorted(self.terms, key=len, reverse=True):
            by_first.setdefault(zh[0], []).append(zh)
        return by_first

    @cached_property
    def _places(self) -> dict[str, set[str]]:
        """Map the English name of each listed place to its Chinese names."""
        places: dict[str, set[str]] = {}
        for term in self.terms.values():
            if term.kind == "place":
                places.setdefault(term.en, set()).add(term.zh)
        return places

    def over(self, terms: Iterable[Term]) -> Glossary:
        """Return this glossary with other terms added, which win where both have one."""
        return Glossary([*self.terms.values(), *terms])

    def of_article(self, paragraphs: Sequence[str]) -> Glossary:
        """Add what an article itself defines: companies, their short names, people with a title.

        （以下简称“海尔生物”）makes 海尔生物 a term in all of that article.
        """
        text = simplified("\n".join(paragraphs))
        brands = tuple((t.zh, t.en) for t in self.terms.values() if t.kind in ("body", "company"))
        found: list[Term] = []
        for start, end in companies.find(text):
            if english := companies.english(text[start:end], brands):
                short = re.sub(r" Co\., Ltd\.$", "", english)
                found.append(Term(text[start:end], english, (short,), "company"))
        for zh in companies.abbreviations(text):
            if english := companies.english(zh, brands):
                found.append(Term(zh, english, (), "company"))
        for start, end in names.people(text):
            found.append(Term(text[start:end], names.person(text[start:end]), (), "person"))
        new = [term for term in found if term.zh not in self.terms]
        return self.over(new) if new else self

    def find(self, text: str) -> list[Found]:
        """Return the terms of a prepared Chinese sentence in order, the longest where they meet."""
        words = _words(text)
        edges = {place for word in words for place in word}
        found: list[Found] = []
        start = 0
        while start < len(text):
            zh = self._longest_at(text, start, edges)
            if zh:
                found.append(Found(start, start + len(zh), self.terms[zh]))
            start += len(zh) or 1
        return sorted([*found, *_by_rule(text, words, found)], key=lambda f: f.start)

    def _longest_at(self, text: str, start: int, edges: set[int]) -> str:
        """Return the longest term at a place; a short one only where words begin and end.

        There is no 大理 in 重大理论.
        """
        for zh in self._by_first.get(text[start], ()):
            if text.startswith(zh, start) and (
                len(zh) > _SHORT or (start in edges and start + len(zh) in edges)
            ):
                return zh
        return ""

    def missing(self, zh: str, en: str) -> list[Term]:
        """Return the terms of a Chinese sentence that its English lacks, each once."""
        terms = dict.fromkeys(found.term for found in self.find(zh))
        return [term for term in terms if not term.is_in(en)]

    def repair(self, zh: str, en: str) -> str:
        """Put a place right where the English names another that the Chinese does not.

        The model's Qinghai for 青岛 becomes Qingdao, unless the sentence speaks of 青海 too. Of a
        place that the Chinese names twice, one may be right and one wrong.
        """
        found = [found.term for found in self.find(zh)]
        places = {term: self._place_in(term) for term in found}
        times = Counter(places[term] for term in found)
        for term, place in places.items():
            if term.is_in(en) and en.count(place) >= times[place]:
                continue
            strangers = [n for n in self._strangers(zh, en) if _alike(n, place) >= _ALIKE]
            if strangers:
                wrong = max(strangers, key=lambda n: _alike(n, place))
                en = _form(wrong).sub(place, en)
        return en

    def _place_in(self, term: Term) -> str:
        """Return the place that a term names: Qingdao in Qingdao High-tech Zone; else nothing."""
        inner = (name for name in self._places if term.en.startswith(f"{name} "))
        return max(inner, key=len, default=term.en if term.kind == "place" else "")

    def _strangers(self, zh: str, en: str) -> list[str]:
        """Return listed places that the English names and the Chinese does not."""
        return [
            name
            for name, origins in self._places.items()
            if name in en and _form(name).search(en) and not any(o in zh for o in origins)
        ]


@cache
def bundled() -> Glossary:
    """Return the glossary that comes with the project."""
    path = files("translations") / "glossary.csv"
    return Glossary(_read(path.read_text(encoding="utf-8").splitlines(), "glossary.csv"))


def load(path: Path) -> list[Term]:
    """Read a glossary file: CSV with columns zh, en and, if wanted, also (forms parted by |), kind.

    Raises BadGlossary with the line.
    """
    try:
        return _read(path.read_text(encoding="utf-8-sig").splitlines(), str(path))
    except (OSError, UnicodeError) as error:
        raise BadGlossary(f"{path} cannot be read as UTF-8 text: {error}.") from error


def _read(lines: Sequence[str], source: str) -> list[Term]:
    reader = csv.DictReader(lines)
    if not {"zh", "en"} <= set(reader.fieldnames or ()):
        raise BadGlossary(f"{source} needs a first line that names the columns: zh,en,also,kind.")
    terms = []
    for row in reader:
        zh, en = simplified((row["zh"] or "").strip()), (row["en"] or "").strip()
        kind = (row.get("kind") or "term").strip()
        if not has_han(zh) or not en or kind not in KINDS:
            raise BadGlossary(
                f"{source}, line {reader.line_num}: a Chinese term, its English and a kind "
                f"({', '.join(KINDS)}) are needed."
            )
        also = tuple(form.strip() for form in (row.get("also") or "").split("|") if form.strip())
        terms.append(Term(zh, en, also, kind))
    return terms


def _words(text: str) -> list[tuple[int, int]]:
    return [
        (run.start() + low, run.start() + high)
        for run in _HAN_RUN.finditer(text)
        for low, high in dictionary().segment(run.group())
    ]


def _by_rule(text: str, words: Sequence[tuple[int, int]], taken: Sequence[Found]) -> list[Found]:
    """Find places and people by the dictionary, and people after a title, where no term stands."""
    covered = [False] * len(text)
    for found in taken:
        covered[found.start : found.end] = [True] * (found.end - found.start)
    more: list[Found] = []
    for start, end in names.people(text):
        term = Term(text[start:end], names.person(text[start:end]), (), "person")
        more.append(Found(start, end, term))
    for start, end in words:
        known = _known(text[start:end]) if end - start > 1 else None
        if known:
            more.append(Found(start, end, known))
    free = []
    for one in more:
        if not any(covered[one.start : one.end]):
            covered[one.start : one.end] = [True] * (one.end - one.start)
            free.append(one)
    return free


@lru_cache(maxsize=20_000)
def _known(word: str) -> Term | None:
    if place := gazetteer.place(word):
        first = place.split()[0]  # Yanbian Korean autonomous prefecture is Yanbian too
        return Term(word, place, (first,) if first != place else (), "place")
    if (person := gazetteer.person(word)) and len(word) > 2:
        last = (person.split()[-1],) if not names.is_renowned(word) else (names.person(word),)
        return Term(word, person, last, "person")
    return None


@lru_cache(maxsize=20_000)
def _form(form: str) -> re.Pattern[str]:
    """Return a pattern for a form: whole words, any case, hyphen or space, plural or not."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", form)]
    plural = "" if not form[-1:].isalpha() else "(?:s|es)?"
    return re.compile(rf"(?<![A-Za-z]){'[ -]'.join(words)}{plural}(?![A-Za-z])", re.IGNORECASE)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
