"""Read an article out of an HTML page: headline, byline, body, date, paper and address.

The body is the element with the most sentences in it; what is all links is left out.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser

from indexer.dates import find_date, parse_date
from indexer.model import Document, Kind, Metadata
from indexer.readers import encoding, markup, records
from indexer.readers.base import ReadOptions, Report, Source
from indexer.readers.markup import Line

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}  # as browsers read them
_SENTENCE = re.compile("[，。、；：！？,.;!?]")
_SITE = re.compile(r"\s*[_|｜—–-]+\s*")
_SOURCE = re.compile(r"(?:来源|來源)\s*[:：]\s*(\S{2,20})")
_BY = re.compile(r"^(?:作者|记者|記者|文)\s*[:：/／|｜]?\s*")
_LONGEST_BYLINE = 40
_NEAR = 6  # lines under the headline where date and source stand

_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop='datePublished']", "content"),
    ("meta[name='publishdate' i]", "content"),
    ("meta[name='pubdate' i]", "content"),
    ("meta[name='publish-date' i]", "content"),
    ("meta[name='DC.date.issued' i]", "content"),
    ("[itemprop='datePublished']", "datetime"),
    ("time[datetime]", "datetime"),
)
_AUTHORS = (
    ("meta[name='author' i]", "content"),
    ("meta[property='article:author']", "content"),
    ("[itemprop='author']", ""),
    ("[rel='author']", ""),
    (".byline", ""),
    (".author", ""),
)
_ADDRESSES = (("link[rel='canonical']", "href"), ("meta[property='og:url']", "content"))
_TITLES = (("meta[property='og:title']", "content"), ("title", ""))
_SITES = (("meta[property='og:site_name']", "content"),)


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the article of the page; a page without a headline comes as text to be segmented."""
    data = source.whole(options.max_text)
    text = encoding.decode(source, data, options.encoding or _declared(data))
    tree = markup.parse(source, text)
    lines = markup.lines(tree)
    headline = _headline(tree, lines)
    near = _near(lines, headline)
    byline = _byline(tree)
    body = [
        (line.kind, line.text)
        for line in _body(tree, lines)
        if line.text not in (headline, byline) and line not in near
    ]
    metadata = _metadata(tree, near)
    if headline and body:
        body = [(Kind.HEADLINE, headline), (Kind.BYLINE, byline), *body]
    else:
        body = [(line.kind, line.text) for line in lines]
    yield records.marked(body, metadata, source.name)


def _declared(data: bytes) -> str | None:
    """Return the encoding that the page names, where the page is really in it."""
    match = _CHARSET.search(data[:4096])
    if not match or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    name = match[1].decode("ascii", "replace").lower()
    name = _WIDER.get(name, name)
    try:
        data.decode(name)
    except (LookupError, ValueError):
        return None
    return name


def _headline(tree: LexborHTMLParser, lines: Sequence[Line]) -> str:
    """Return the first h1 that the page's title has too, else its title without the site."""
    titles = [title for title in (_first(tree, (found,)) for found in _TITLES) if title]
    headings = [line.text for line in lines if line.tag == "h1"]
    for heading in headings:
        if any(heading in title for title in titles):
            return heading
    if headings and len(headings) == 1:
        return headings[0]
    return _SITE.split(titles[0])[0] if titles else ""


def _near(lines: Sequence[Line], headline: str) -> list[Line]:
    """Return the lines close to the headline that give date or source: no part of the body."""
    texts = [line.text for line in lines]
    start = texts.index(headline) + 1 if headline in texts else 0
    return [
        line
        for line in lines[start : start + _NEAR]
        if not re.search("[。！？]", line.text)
        and (_SOURCE.search(line.text) or find_date(line.text))
    ]


def _body(tree: LexborHTMLParser, lines: Sequence[Line]) -> list[Line]:
    marked = tree.css("[itemprop='articleBody']") or tree.css("article")
    best = marked[0].mem_id if len(marked) == 1 else _most_sentences(lines)
    return [line for line in lines if best in line.path and not 0 < len(line.text) <= line.linked]


def _most_sentences(lines: Sequence[Line]) -> int:
    """Return the block with most sentence signs in it; a parent gets all, its own parent half."""
    scores = Counter[int]()
    for line in lines:
        if line.linked * 2 < len(line.text):
            count = 2 * len(_SENTENCE.findall(line.text))
            for block, share in zip(reversed(line.path), (1, 1, 2), strict=False):
                scores[block] += count // share
    # Of equals the outermost, which was counted last.
    return max(reversed(scores), key=scores.__getitem__, default=0)


def _byline(tree: LexborHTMLParser) -> str:
    name = _BY.sub("", _first(tree, _AUTHORS))
    return name if len(name) <= _LONGEST_BYLINE and "://" not in name else ""


def _metadata(tree: LexborHTMLParser, near: Sequence[Line]) -> Metadata:
    under = " ".join(line.text for line in near)
    named = _SOURCE.search(under)
    address = _first(tree, _ADDRESSES)
    return Metadata(
        publication=_first(tree, _SITES) or (named[1] if named else None),
        date=_date(tree) or find_date(under),
        url=address if address.startswith(("http://", "https://")) else None,
    )


def _date(tree: LexborHTMLParser) -> str | None:
    found = (parse_date(_first(tree, (place,))) for place in _DATES)
    return next(filter(None, found), None) or _linked_data_date(tree)


def _linked_data_date(tree: LexborHTMLParser) -> str | None:
    for node in tree.css("script[type='application/ld+json']"):
        try:
            value = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        for item in value if isinstance(value, list) else [value]:
            written = item.get("datePublished") if isinstance(item, dict) else None
            if isinstance(written, str) and (date := parse_date(written)):
                return date
    return None


def _first(tree: LexborHTMLParser, places: Sequence[tuple[str, str]]) -> str:
    """Return the first text, or attribute where one is named, that is not blank."""
    for selector, attribute in places:
        for node in tree.css(selector):
            value = node.attributes.get(attribute) if attribute else node.text()
            if value and (text := " ".join(value.split())):
                return text
    return ""
