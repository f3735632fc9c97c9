"""Look around a pair of quotation marks: what comes before it and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.quotes.marks import Marked, marked
from indexer.quotes.speakers import plain

# A sentence ends with its closing marks: 。” and ！）.
STOP = re.compile(r"[。！？!?…](?:[”」’』）)])*")
_END = re.compile(r"[。！？!?]")
_SENTENCE = re.compile(r"[^。！？!?…]+")
_TERMINAL = re.compile(r"[。！？!?…][’』]?$")
_INNER_CLAUSE = re.compile(r"[，。！？；：,!?;]")
_MARKED = re.compile("“[^“”]*”|「[^「」]*」")
_COUNTED = re.compile(r"[㐀-鿿A-Za-z0-9]")
_COLONS = ("：", ":")
# What stands after marks that only name or qualify something.
_THING = re.compile(
    r"(?:的|等|号|型|式|之|这一|这个|这样的|为主题|为题|为目标|精神|理念|原则|方针|理论|工程|行动"
    r"|计划|活动|主题|战略|品牌|项目|系列|[二两三四五六八十]|\d)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one pair of marks with the text around it, of the same sentence, without brackets.

    ``gap`` is the text since the pair before, None where that is in another sentence. ``earlier``
    are the paragraph's sentences before this one.
    """

    mark: Marked
    inside: str
    before: str
    after: str
    gap: str | None
    earlier: tuple[str, ...]
    closes: bool  # a full stop follows the marks at once

    @property
    def paragraph(self) -> int:
        return self.mark.pieces[0][0]

    @property
    def size(self) -> int:
        """Count the characters inside, punctuation left out."""
        return len(_COUNTED.findall(self.inside))

    @property
    def is_sentence(self) -> bool:
        """Say whether the words inside end as a sentence does."""
        return _TERMINAL.search(self.inside) is not None

    @property
    def has_clauses(self) -> bool:
        return _INNER_CLAUSE.search(self.inside) is not None

    @property
    def follows_colon(self) -> bool:
        return self.before.endswith(_COLONS)

    @property
    def names_a_thing(self) -> bool:
        """Say whether what follows shows that the marks name something: “…”的理念."""
        return _THING.match(self.after) is not None

    @property
    def ends_clause(self) -> bool:
        """Say whether no noun follows that the marks would qualify."""
        return (
            not self.after
            or self.after[0] in "，。；、！？：,;“到”》）"
            or (self.after.startswith("再到"))
        )


def places(paragraphs: Sequence[str]) -> Iterator[Place]:
    """Yield each outermost pair of marks with its surroundings, in reading order."""
    ended = (-1, -1)
    for mark in marked(paragraphs):
        first, start, _ = mark.pieces[0]
        last, _, end = mark.pieces[-1]
        head, tail = paragraphs[first][: start - 1], paragraphs[last][end + 1 :]
        begin = max((stop.end() for stop in STOP.finditer(head)), default=0)
        stop = _END.search(tail)
        same = ended[0] == first and ended[1] >= begin
        yield Place(
            mark=mark,
            inside="".join(paragraphs[i][s:e] for i, s, e in mark.pieces),
            # Without other marked words, so that no word of a quotation is taken for a verb.
            before=_MARKED.sub("", plain(head[begin:])),
            after=plain(tail[: stop.start()] if stop else tail),
            gap=paragraphs[first][ended[1] : start - 1] if same else None,
            earlier=tuple(_SENTENCE.findall(plain(head[:begin]))),
            closes=stop is not None and stop.start() == 0,
        )
        ended = (last, end + 1)
