"""What may head an article or a section, and where sentences end."""

from __future__ import annotations

import re

from indexer.segment.lines import plain
from indexer.segment.rules import is_signed, marker, opening

NEVER_FIRST = frozenset("，。、；：！？”’」』》）】〉…,;:!?)]%％的了们")
_NEVER_LAST = re.compile(
    r"(?<!来)的$|[，、；,;把被并但其于“‘「『《（(【]$|(?<![大名上中少老])将$|(?<!参)与$|(?<![埃普涉波])及$"
    r"|(?<![共温总饱平缓])和$|(?<!—)—$"
)
_PAIRS = ("“”", "‘’", "「」", "『』", "《》", "()", "【】")
_CLOSERS = "”’」』》】〉）)]〕"
_STOPS = frozenset("。！？!?…")
_ENDS = _STOPS | frozenset("：:；;”’」』）)")


def is_ended(text: str) -> bool:
    """Tell whether ``text`` ends where a sentence may: …。  …。”  …（以下简称“海尔”）  …如下：."""
    return text[-1:] in _ENDS or is_stopped(text)


def is_cut(text: str) -> bool:
    """Tell whether a long ``text`` ends at a closing sign, but not at the end of a sentence.

    …设立的所谓“人道主义区”⏎⏎转移: prose ends with a stop, inside or outside the sign.
    """
    cut = text[-1:] in _CLOSERS and not is_stopped(text) and len(text) > 30
    return cut and bool(re.search("[，。]", text)) and not is_signed(text)


def is_number_cut(above: str, below: str) -> bool:
    """Tell whether a break parts a number from its unit: 全国政协主席王沪宁19⏎⏎日在京会见."""
    return above[-1].isdecimal() and below[0] in "年月日时分岁元万亿个名人家项"


def is_stopped(text: str) -> bool:
    """Tell whether ``text`` ends with a full stop, inside closing quotation marks or not.

    Some papers set 仍在持续. with a Latin stop; 1. is none.
    """
    end = text[-4:].rstrip(_CLOSERS)
    return end[-1:] in _STOPS or (end[-1:] == "." and "\u3400" <= end[-2:-1] <= "\u9fff")


# 近日，…  5月23日，…  今年以来，…  据悉，…
_OPENER = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{4}年|近日|日前|今天|昨天|今日|昨日|目前|今年|去年|近年|当前|"
    r"当地时间|记者|据|随着|此外|同时|为了|眼下|连日来|当日|当天|《|“"
)


def is_opener(text: str) -> bool:
    """Tell whether ``text`` begins as paragraphs of news do, and the rest of a torn word hardly."""
    return bool(_OPENER.match(plain(text[:12])))


_HALF_DATELINE = re.compile(r"(?:据?新华社|本报|中新社)[^,。]{0,8}\d{1,2}月\d{1,2}日")


def is_heading(text: str) -> bool:
    """Tell whether ``text`` could head a section: short, without stop or comma, quotes paired.

    集群发展 构建现代化产业体系; 优化“软”环境 构建“硬”支撑; 一、秉持建交初心，推动继往开来.
    """
    if len(text) > 70:
        return False
    line = plain(text)
    if len(text) > (70 if " " in line.strip() else 42) or not _is_unbroken(text):
        return False
    if line.count("、") >= 3:
        return False
    if "," in line and not _is_couplet(line) and marker(text) not in {"han", "han bracket", "dash"}:
        return False
    return opening(text) is None and not _HALF_DATELINE.fullmatch(line)


def _is_couplet(line: str) -> bool:
    """Tell whether two clauses weigh the same: 一斤梨卖到六元钱，合作社上门来收."""
    first, _, second = line.partition(",")
    even = abs(len(first) - len(second)) <= 1 and 5 <= len(first) <= 10
    return even and "," not in second and not is_opener(line)


def may_be_headline(text: str) -> bool:
    """Tell whether ``text`` could be a headline, given that something else says that one is here.

    Headlines have commas and may ask or call: 充满信心，把日子过得更好; 怎么干？三位代表这样说
    """
    if len(text) > 110:
        return False
    body = re.sub("[！？!?](?=[^！？!?]{2})", "，", text.rstrip("！？!?"))
    if not 0 < len(body) <= 100 or is_stopped(body):
        return False
    return (_is_unbroken(body) or _is_quotation(body)) and body.count("，") <= 3


def _is_unbroken(text: str) -> bool:
    line = plain(text)
    if re.search(r"[。;]|[!?…:]$|[!?](?![”」』》)])", line) or text[0] in NEVER_FIRST:
        return False
    if is_stopped(text) or _NEVER_LAST.search(text[-2:]) or not re.search(r"\w", line):
        return False
    if any(line.count(pair[0]) != line.count(pair[1]) for pair in _PAIRS):
        return False
    return not _is_quotation(text)


def _is_quotation(text: str) -> bool:
    """Tell whether all of ``text`` is one quoted speech: a short paragraph, not a heading."""
    return text[0] in "“「『‘" and text[-1] in "”」』’" and not re.search(r"[“「『]", text[1:])


# 今日谈  特稿
_COLUMN = re.compile(
    r"今日谈|人民论坛|评论员观察|钟声|和音|特稿|社论|短评|时评|快评|来论|杂谈|特写|通讯|消息|专访|对话|"
    r"调查|[\u3400-\u9fff]{2,4}(?:快评|短评|时评|锐评|漫谈|论坛)|特别报道|深度报道|记者观察|新闻特写|"
    r"新闻调查|热点聚焦|一线调研|新春走基层|读者来信|编读往来"
)
# 讣告  更正  招聘启事: what always is an item of its own
_NOTICE = re.compile(
    r"讣告|更正|勘误|[\u3400-\u9fff]{0,4}启事|(?:遗失|致歉|严正)声明|(?:招标|拍卖)公告"
)

# ——青岛高新区创新发展纪实  习近平在中央经济工作会议上强调  【在希望的田野上】
_SUBHEADLINE = re.compile(
    r"(?:——|──|—|--).+|.+(?:——|强调|指出|表示|之际|:)|【[^】]+】"
    r"|.*(?:系列报道|述评)(?:之[一二三四五六七八九十]+)?"
)


def is_subheadline(text: str) -> bool:
    """Tell whether a line beside a headline is its 引题, 副题 or column, by its wording."""
    line = plain(text)
    return bool(_SUBHEADLINE.fullmatch(line) or _COLUMN.fullmatch(line))


def is_notice(text: str) -> bool:
    """Tell whether ``text`` heads what always is an item of its own: 讣告, 更正, 招聘启事."""
    return bool(_NOTICE.fullmatch(plain(text)))
