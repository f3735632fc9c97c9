"""Lines of a page: where each stands, how far it is indented, how wide it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model import Span

_TRADITIONAL = (
    "報訊電記員攝圖為責編輯對資轉時評論導網臺實習見聯體華國東頁號經濟刊廣專張陳劉楊趙黃吳孫馬許鄧馮蕭"
    "葉蘇盧鄭謝韓羅鍾譚範龔賈顧萬嚴湯錢龍賴閻鄒陸葉莊齊歐關韋莊魯畢祿紀項賀倪湯滕殷鍾麥區簡連蔣歐陽閆"
    "書寫術審質檢組統籌劃圖為發張據點總於並從將與個們這還後說過續標"
)
_SIMPLIFIED = (
    "报讯电记员摄图为责编辑对资转时评论导网台实习见联体华国东页号经济刊广专张陈刘杨赵黄吴孙马许邓冯萧"
    "叶苏卢郑谢韩罗钟谭范龚贾顾万严汤钱龙赖阎邹陆叶庄齐欧关韦庄鲁毕禄纪项贺倪汤滕殷钟麦区简连蒋欧阳闫"
    "书写术审质检组统筹划图为发张据点总于并从将与个们这还后说过续标"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_PLAIN = str.maketrans(_TRADITIONAL, _SIMPLIFIED) | _FULL_WIDTH

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
WIDEST = 120
"""Columns; no newspaper sets a column wider than this, so a longer line was never wrapped."""


def plain(text: str) -> str:
    """Return ``text``, character for character, with the signs that the rules name made uniform.

    Full-width ASCII becomes half-width, and the Traditional characters that occur in rules and
    surnames become Simplified, so that one pattern reads ``（記者張三）`` and ``(记者张三)``.
    """
    return text.translate(_PLAIN)


@dataclass(slots=True)
class Line:
    """Hold one line that is not blank.

    ``start``/``end`` leave out the white space around it; ``indent`` and ``width`` (indent
    included) count columns, two for a Han character; ``gap`` counts the blank lines above.
    ``full`` says that the line was broken because the column was full, ``brim`` that not one more
    character would have gone in.
    """

    start: int
    end: int
    indent: int
    width: int
    gap: int
    new_page: bool = False
    full: bool = False
    brim: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


def columns(text: str) -> int:
    """Return how many columns ``text`` takes: two for a Han character, one for a Latin letter.

    UTF-8 spends three bytes on what is set wide and one on what is narrow, which makes this the
    fastest measure there is; Greek and Cyrillic come out half a column too wide.
    """
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def read_lines(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank, each marked full where it was wrapped."""
    lines: list[Line] = []
    ended = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        body = raw.strip()
        if not body:
            continue
        left = len(raw) - len(raw.lstrip())
        start = match.start() + left
        indent = columns(raw[:left].replace("\t", "    "))
        between = text[ended : match.start()]
        width = indent + columns(body) if len(body) <= WIDEST else WIDEST + 1
        gap = max(0, len(_BREAK.findall(between)) - bool(lines))
        lines.append(Line(start, start + len(body), indent, width, gap, "\f" in between))
        ended = start + len(body)
    _mark_full(lines, text)
    return lines


_REACH = 8
_ENDS = frozenset("。！？!?…”’」』；;）)：:")


def _mark_full(lines: list[Line], text: str) -> None:
    """Mark the lines that were broken because the column was full.

    Columns differ from article to article, so the width is measured around each line: it is the
    widest one that a third of the neighbours reach. In verse and lists of titles lines of one
    width come about as well, but there most of them end with a stop, or few reach the widest.
    """
    widths = [line.width for line in lines]
    ended = [text[line.end - 1] in _ENDS for line in lines]
    for index, line in enumerate(lines):
        if not 12 <= line.width <= WIDEST:
            continue
        low, high = max(0, index - _REACH), index + _REACH + 1
        near = widths[low:high]
        width = line.width
        peers = [other for other in near if width - 2 <= other <= width + 4]
        wider = sum(other > width + 4 for other in near)
        if len(peers) < max(3, len(near) * 0.35) or wider > len(near) * 0.25:
            continue
        stopped = sum(
            ended[low + offset] for offset, other in enumerate(near) if abs(other - width) <= 4
        )
        line.full = stopped <= len(peers) / 2
        line.brim = line.full and width >= max(peers) - 1
