"""Lines of a page: where each stands, how far it is indented, how wide it is set."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from indexer.model import Span

_TRADITIONAL = (
    "並來們價優儲內別創劃劉動務勞區厲參叢吳呂員喬單嚴國圖執報塗壓婁孫宮實寧審寫將專對導島嶽帥師廣"
    "廳張強後復慄態應戶採撐據攝於時晉書會楊業榮構樂樓標樸檢權欒歐歷湯溫滿濟濱為烏熱爲爾現環產畢畫"
    "當療發監盤盧稱竇範簡籌紀約級終組絡統經綜網緊線編緩練總繆繪繼續羅羣義習聞聯聶臺與荊莊華萬葉著"
    "蓋蔣蕭藍藺蘆蘇蘭號術衛衞裏裡見視覺觀計訊記訪設許評說説誰調談論諶謂謝譚譯議護讀讚豐財貨責買費"
    "賀資賈賞質購贊趕趙車軍軟輯轉農連遊過遲選邊郵鄒鄔鄧鄭鄺醫錢鍾鐘門閆開間閔閻闕關闞陳陸陽際隨雲"
    "匯電鞏韋韓頁項頭頻題顏顧飽餘饒馬馮駐駕駱體髮鬱魯鮑麥黃點黨齊龍龐龔"
)
_SIMPLIFIED = (
    "并来们价优储内别创划刘动务劳区厉参丛吴吕员乔单严国图执报涂压娄孙宫实宁审写将专对导岛岳帅师广"
    "厅张强后复栗态应户采撑据摄于时晋书会杨业荣构乐楼标朴检权栾欧历汤温满济滨为乌热为尔现环产毕画"
    "当疗发监盘卢称窦范简筹纪约级终组络统经综网紧线编缓练总缪绘继续罗群义习闻联聂台与荆庄华万叶着"
    "盖蒋萧蓝蔺芦苏兰号术卫卫里里见视觉观计讯记访设许评说说谁调谈论谌谓谢谭译议护读赞丰财货责买费"
    "贺资贾赏质购赞赶赵车军软辑转农连游过迟选边邮邹邬邓郑邝医钱钟钟门闫开间闵阎阙关阚陈陆阳际随云"
    "汇电巩韦韩页项头频题颜顾饱余饶马冯驻驾骆体发郁鲁鲍麦黄点党齐龙庞龚"
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys((0xA0, 0xFEFF, *range(0x200B, 0x2010), 0x2060), 0x20)
_PLAIN = str.maketrans(_TRADITIONAL, _SIMPLIFIED) | _FULL_WIDTH | _INVISIBLE

_SHORT = 200

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NARROWEST, WIDEST = 18, 120
"""Columns: no newspaper sets lines narrower (verse is) or wider than this and wraps them."""


def plain(text: str) -> str:
    """Return ``text``, character for character, with the signs that the rules name made uniform.

    Full-width ASCII becomes half-width, what is invisible a space, and the Traditional characters
    that occur in rules and surnames become Simplified, so that one pattern reads both
    ``（記者張三）`` and ``(记者张三)``.
    """
    return _plain_short(text) if len(text) <= _SHORT else text.translate(_PLAIN)


@lru_cache(maxsize=2048)
def _plain_short(text: str) -> str:
    """Keep what was made plain: every rule asks again for the same short lines."""
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
_ENDS = frozenset("。！？!?…”’」』；;）)：:，、,")


def _mark_full(lines: list[Line], text: str) -> None:
    """Mark the lines that were broken because the column was full.

    Columns differ from article to article, so the width is measured around each line: it is the
    widest one that a third of the neighbours reach, or the one that a quarter of the page has. In
    verse and lists of titles lines of one width come about as well, but there most of them end
    with a stop, or few reach the widest.
    """
    widths = [line.width for line in lines]
    ended = [text[line.end - 1] in _ENDS for line in lines]
    usual, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
    is_usual = count >= max(8, len(widths) * 0.25)
    for index, line in enumerate(lines):
        if not NARROWEST <= line.width <= WIDEST:
            continue
        low, high = max(0, index - _REACH), index + _REACH + 1
        near = widths[low:high]
        width = line.width
        if is_usual and abs(width - usual) <= 1:
            line.full = line.brim = True
            continue
        peers = [other for other in near if width - 2 <= other <= width + 4]
        wider = sum(other > width + 4 for other in near)
        if len(peers) < max(3, len(near) * 0.35) or wider > len(near) * 0.25:
            continue
        stopped = sum(
            ended[low + offset] for offset, other in enumerate(near) if abs(other - width) <= 4
        )
        line.full = stopped <= len(peers) / 2
        line.brim = line.full and width >= max(set(peers), key=peers.count) - 1
