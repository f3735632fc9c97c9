"""Translation memories as TMX 1.4, which OmegaT and other tools of the trade read and write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from indexer import store
from indexer.errors import ArchiveError
from translations.memory import IMPORTED, PERSON, Unit

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_STAMP = "%Y%m%dT%H%M%SZ"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    '<tmx version="1.4">\n'
    '<header creationtool="bilingual-news-archive" creationtoolversion="1" segtype="sentence"'
    ' o-tmf="SQLite" adminlang="en" srclang="zh-CN" datatype="plaintext"/>\n'
    "<body>\n"
)


class BadMemory(ArchiveError):
    """Refuse a file that is no TMX."""


def write(units: Iterable[Unit], file: IO[str]) -> int:
    """Write units as TMX 1.4 to a text file; return how many."""
    count = 0
    file.write(_HEAD)
    for unit in units:
        stamp = datetime.fromisoformat(unit.made_at).astimezone(UTC).strftime(_STAMP)
        file.write(
            f'<tu creationdate="{stamp}" creationid={quoteattr(_printable(unit.engine))}>'
            f'<tuv xml:lang="zh-CN"><seg>{_text(unit.zh)}</seg></tuv>'
            f'<tuv xml:lang="en"><seg>{_text(unit.en)}</seg></tuv></tu>\n'
        )
        count += 1
    file.write("</body>\n</tmx>\n")
    return count


def read(path: Path) -> Iterator[Unit]:
    """Read the Chinese-English units of a TMX file, of any version, one by one.

    A unit that this program wrote for a person comes back as a person's, all others as imported.
    Raises BadMemory.
    """
    try:
        for _, element in ElementTree.iterparse(path):
            if element.tag == "tu":
                yield from _unit(element)
                element.clear()
    except ElementTree.ParseError as error:
        raise BadMemory(f"{path} is not TMX ({error}); export it again as TMX 1.4.") from error
    except OSError as error:
        raise BadMemory(f"{path} cannot be read: {error.strerror}.") from error


def _unit(element: ElementTree.Element) -> Iterator[Unit]:
    texts: dict[str, str] = {}
    for variant in element.iter("tuv"):
        language = (variant.get(_LANGUAGE) or variant.get("lang") or "").lower()[:2]
        segment = variant.find("seg")
        if segment is not None:
            texts.setdefault(language, "".join(_words(segment)).strip())
    if texts.get("zh") and texts.get("en"):
        engine = PERSON if element.get("creationid") == PERSON else IMPORTED
        yield Unit(texts["zh"], texts["en"], engine, _time(element.get("creationdate")))


def _words(segment: ElementTree.Element) -> Iterator[str]:
    """Return the text of a segment without what inline tags of other tools hold."""
    yield segment.text or ""
    for child in segment:
        if child.tag in ("hi", "sub"):
            yield from _words(child)
        yield child.tail or ""


def _time(stamp: str | None) -> str:
    try:
        moment = datetime.strptime(stamp or "", _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return store.now()
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    return escape(_printable(text))


def _printable(text: str) -> str:
    """Drop the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
