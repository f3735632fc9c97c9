"""Lay out HTML as lines of text, each with its kind and the elements that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from indexer.model import Kind
from indexer.readers.base import Source

# fmt: off
_DROPPED = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "iframe",
    "svg", "math", "button", "select", "textarea", "object", "video", "audio", "canvas",
    "head",
}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "header", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul", "caption",
}
# fmt: on
_CELLS = ("td", "th")
_NOT_IN_DATA = "br, p, div, table, ul, ol, center, h1, h2, h3"
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "li": Kind.LIST,
    "tr": Kind.TABLE,
}
# A parser needs the square of the depth in time. These elements never close one another, so
# that what is open of them is the depth, or more; real pages stay below 100.
_NESTING = re.compile(
    r"<(/?)(?:div|span|b|i|u|font|a|em|strong|section|article|table|blockquote|center|ul|ol|dl|"
    r"small|big|s|tt|code|nobr|form|header|main|figure|object|button|svg|math|g)\b",
    re.IGNORECASE,
)
_MOST_DEPTH = 500
_BLANKS = re.compile(r"[ \t\n]+")
# A line end of the source between Chinese characters is no space.
_SOURCE_BREAK = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\n\s*(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line as a reader would see it.

    ``path`` holds the ids of the blocks around it, the innermost last; ``linked`` how many of its
    characters are links; ``tag`` is the innermost element that gave the kind.
    """

    text: str
    kind: Kind
    tag: str
    linked: int
    path: tuple[int, ...]


def parse(source: Source, text: str) -> LexborHTMLParser:
    """Return the tree of an HTML text; refuse one that is nested to burst the parser."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth = max(0, depth + (-1 if match[1] else 1))
        if depth > _MOST_DEPTH:
            raise source.refuse(
                f"has elements nested more than {_MOST_DEPTH} deep",
                "save the page from a browser as text",
            )
    try:
        return LexborHTMLParser(text)
    except (SelectolaxError, ValueError, RuntimeError):
        raise source.refuse("is no HTML that can be read", "save the page as text") from None


def lines(tree: LexborHTMLParser) -> list[Line]:
    """Return the lines of the page in its own order, without menus, scripts and forms."""
    return list(_Layout().lines(tree.body)) if tree.body else []


class _Layout:
    """Walk a tree and break it into lines where a browser would."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._linked = 0
        self._path: list[LexborNode] = []
        self._layout_rows: dict[int, bool] = {}

    def lines(self, root: LexborNode) -> Iterator[Line]:
        for node, opens in _walk(root):
            tag = node.tag or ""
            if tag == "-text" and opens:
                self._add(node)
            elif tag in _CELLS and not self._lays_out(node):
                self._pieces.append("\t" if opens else "")
            elif tag == "br" and opens:
                yield from self._flush()
            elif tag in _BLOCKS or tag in _CELLS:
                yield from self._flush()
                if opens:
                    self._path.append(node)
                else:
                    self._path.pop()

    def _lays_out(self, cell: LexborNode) -> bool:
        """Say whether a cell's row lays out the page, as old pages do, rather than holds data."""
        row = cell.parent
        if row is None:
            return False
        if row.mem_id not in self._layout_rows:
            self._layout_rows[row.mem_id] = row.css_first(_NOT_IN_DATA) is not None
        return self._layout_rows[row.mem_id]

    def _add(self, node: LexborNode) -> None:
        text = node.text_content or ""
        in_pre = any(block.tag == "pre" for block in self._path)
        self._pieces.append(text if in_pre else _BLANKS.sub(" ", _SOURCE_BREAK.sub("", text)))
        parent = node.parent
        while parent and parent.tag not in _BLOCKS:
            if parent.tag == "a":
                self._linked += len(text.strip())
                break
            parent = parent.parent

    def _flush(self) -> Iterator[Line]:
        text, linked = "".join(self._pieces), self._linked
        self._pieces, self._linked = [], 0
        tags = [block.tag or "" for block in reversed(self._path)]
        tag = next((tag for tag in tags if tag in _KINDS or tag in _CELLS), "p")
        path = tuple(block.mem_id for block in self._path)
        for piece in text.split("\n"):
            if stripped := piece.strip():
                yield Line(stripped, _KINDS.get(tag, Kind.PARAGRAPH), tag, linked, path)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each node as it opens (True) and again as it closes (False), dropped ones never."""
    node: LexborNode | None = root
    while node:
        below = None
        if node.tag not in _DROPPED:
            yield node, True
            below = node.first_child
        while node and not below:
            if node.tag not in _DROPPED:
                yield node, False
            if node.mem_id == root.mem_id:
                return
            below = node.next
            node = None if below else node.parent
        node = below
