"""Cut a Chinese paragraph into sentences without losing a character."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

LONGEST = 120
"""Characters a model translates well at once; a longer sentence is cut at its commas."""

_ENDS = "。！？；…!?;"
_CLOSERS = "”’」』）)】]\"'"
_OPENERS = "“‘「『（(【[《〈"
_END = re.compile(rf"[{_ENDS}]+[{re.escape(_CLOSERS)}]*[ \t\u3000]*|\n\s*")
# Where a quotation ends in one of these, the sentence around it may go on: “出发！”是口号.
_MAY_GO_ON = re.compile(rf"[！？…!?；;][{re.escape(_CLOSERS)}]+\s*$")
_GOES_ON = re.compile(r"[，、：。；,:;.的为是等]|[一-鿿]")
# A cut is refused inside these: numbers, dates, Latin words, addresses.
_UNIT = re.compile(r"[0-9０-９A-Za-z][0-9０-９A-Za-z.,，:：/%@_\-]*[0-9０-９A-Za-z%]")
_COMMA = re.compile(r"[，,、：:]\s*|\s+")
_BRACKET = re.compile(r"（[^（）\n]{1,80}）|\([^()\n]{1,80}\)|《[^《》\n]{1,80}》")


def split(text: str, longest: int = LONGEST) -> list[Span]:
    """Cut a paragraph into sentences.

    The spans (character offsets, half open) follow one another and cover the paragraph; white
    space belongs to the sentence before it. A sentence of more than ``longest`` characters is cut
    again at the comma nearest an even share, and only where there is none in mid phrase; numbers
    and Latin words are never cut unless one alone is longer than that.
    """
    spans: list[Span] = []
    start = 0
    protected = _starts_and_ends(_BRACKET, text)
    for match in _END.finditer(text):
        end = match.end()
        if end <= start or _is_inside(protected, match.start()) or _goes_on(text, match):
            continue
        if not text[start:end].strip() and spans:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        start = end
    if start < len(text):
        spans.append((start, len(text)))
    return [piece for span in spans for piece in _shorten(text, span, longest)]


def of_lines(text: str) -> Iterator[str]:
    """Yield the sentences of a text line by line, with the white space after them."""
    for line in text.splitlines():
        yield from (line[start:end] for start, end in split(line))


def halves(text: str) -> list[str]:
    """Cut one sentence at the comma nearest its middle; one piece where it has none."""
    spans = _shorten(text, (0, len(text)), max(2, len(text) - 1))
    commas = [span for span in spans[:-1] if _COMMA.search(text[span[1] - 1 : span[1]])]
    return [text[start:end] for start, end in spans] if len(commas) == len(spans) - 1 else [text]


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Tell whether the sentence runs on after a mark that ends only a quotation in it."""
    following = text[match.end() : match.end() + 1]
    if following and following in _ENDS:
        return True
    if not _MAY_GO_ON.search(match.group()):
        return False
    return bool(_GOES_ON.match(following))


def _starts_and_ends(pattern: re.Pattern[str], text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text)]


def _is_inside(spans: list[Span], position: int) -> bool:
    """Tell whether a position lies within one of the spans, dropping those already passed."""
    while spans and spans[0][1] <= position:
        spans.pop(0)
    return bool(spans) and spans[0][0] < position


def _shorten(text: str, span: Span, longest: int) -> list[Span]:
    """Cut a span into even pieces of at most ``longest`` characters."""
    start, end = span
    pieces: list[Span] = []
    while end - start > longest:
        share = -(-(end - start) // longest)  # pieces still to make
        cut = _cut(text, start, start + (end - start) // share, start + longest)
        pieces.append((start, cut))
        start = cut
    if start < end:
        pieces.append((start, end))
    return pieces


def _cut(text: str, start: int, wanted: int, last: int) -> int:
    """Return the place to cut nearest ``wanted``, after ``start`` and not after ``last``."""
    units = [
        (start + low, start + high)
        for low, high in _starts_and_ends(_UNIT, text[start : last + 40])
    ]

    def is_free(place: int) -> bool:
        return not any(low < place < high for low, high in units)

    commas = [
        start + match.end()
        for match in _COMMA.finditer(text[start:last])
        if match.end() < last - start and is_free(start + match.end())
    ]
    far_enough = [place for place in commas if place - start >= (wanted - start) // 3]
    if far_enough:
        return min(far_enough, key=lambda place: abs(place - wanted))
    for place in range(last, start + (last - start) // 2, -1):
        if is_free(place):
            return place
    return last
