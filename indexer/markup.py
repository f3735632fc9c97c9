"""An article as plain marked-up text, for a person to edit, and back.

Each block is a line ``[kind #anchor]`` and its text; a new block has no anchor yet::

    [headline #1]
    哈尔滨新区“无感审批”迈入 3.0 时代

    [paragraph #2]
    本报讯 近日，……

A line of a text that looks like such a line has a backslash before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.errors import ArchiveError
from indexer.model import Kind

_HEADER = re.compile(r"^\[(?P<kind>[a-z]+)(?: #(?P<anchor>[0-9]{1,9}))?\][ \t]*$", re.MULTILINE)
_ALIKE = re.compile(r"^\\*\[[a-z]+(?: #[0-9]{1,9})?\][ \t]*$", re.MULTILINE)
_MARKED = re.compile(rf"^\\(?={_ALIKE.pattern[1:]})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """Hold one block of the marked-up text; ``anchor`` is None for a new one."""

    kind: Kind
    text: str
    anchor: int | None = None


def render(blocks: Iterable[MarkedBlock]) -> str:
    """Write blocks as marked-up text."""
    return "\n".join(
        f"[{b.kind}{'' if b.anchor is None else f' #{b.anchor}'}]\n"
        + _ALIKE.sub(lambda line: f"\\{line[0]}", b.text)
        + "\n"
        for b in blocks
    )


def parse(markup: str) -> list[MarkedBlock]:
    """Read marked-up text; raises ArchiveError that names the line and the remedy."""
    headers = list(_HEADER.finditer(markup))
    if markup[: headers[0].start() if headers else None].strip():
        raise ArchiveError("Line 1: text before the first [kind] line; give it a kind.")
    ends = [*(header.start() for header in headers), len(markup)][1:]
    blocks = [
        _block(
            header, markup[header.end() : end].strip(), 1 + markup.count("\n", 0, header.start())
        )
        for header, end in zip(headers, ends, strict=True)
    ]
    anchors = [block.anchor for block in blocks if block.anchor is not None]
    if twice := {anchor for anchor in anchors if anchors.count(anchor) > 1}:
        raise ArchiveError(f"#{min(twice)} stands twice; drop the number of the second block.")
    return blocks


def _block(header: re.Match[str], text: str, line: int) -> MarkedBlock:
    if header["kind"] not in list(Kind):
        raise ArchiveError(
            f"Line {line}: [{header['kind']}] is no kind of block; use one of {', '.join(Kind)}."
        )
    if not text:
        raise ArchiveError(
            f"Line {line}: a [{header['kind']}] block is empty; keep its text, or join it to the"
            " block above by removing its [kind] line."
        )
    anchor = None if header["anchor"] is None else int(header["anchor"])
    return MarkedBlock(Kind(header["kind"]), _MARKED.sub("", text), anchor)
