"""What a line is, by its wording alone; each rule with the example that it came from.

All patterns read ``lines.plain`` text: half-width signs, Simplified rule words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model import Kind
from indexer.segment.lines import plain
from indexer.segment.names import are_names

_LONGEST = 120
_HAN = r"[\u3400-\u9fff]"
_NUMBER = r"(?:[A-Za-z]?\s?\d{1,3}|[一二三四五六七八九十]{1,3})"
_OPEN, _CLOSE = r"[(\[【〔]", r"[)\]】〕]"

# （下转第3版）  （上接第一版）  （下转A4版·要闻）  （紧接1版《标题》）
CONTINUATION = re.compile(
    rf"{_OPEN}\s*[▶►>→]*\s*(?P<way>上接|下转|紧接|转|接)\s*(?:本报|今日|自)?\s*第?\s*"
    rf"(?P<page>{_NUMBER})\s*(?P<ban>版)?(?P<hint>(?:《[^》]{{0,80}}》|[^()\[\]【】。《]){{0,60}}){_CLOSE}"
)
_BARE_CONTINUATION = re.compile(
    rf"[▶►>→◀◁\s]*(?P<way>上接|下转)\s*第?\s*(?P<page>{_NUMBER})\s*版(?P<hint>[^。，,]{{0,40}})"
)

# 上图：哈尔滨新区政务服务大厅  图为市民选购年货  左上图是…  图①：…  ▲游客在赏花  表1：…
_CAPTION = re.compile(
    r"[▲△▼▽◀▶]\s*\S"
    r"|[●■◆]\s*.{4,90}\s\S[^。]{0,14}(?:摄|供图)[)]?$"
    r"|[(\[]?(?:图为|图片为|(?:图片说明|图说|资料图|题图|附图|图片)\s*:"
    r"|(?:[上下左右中前后大小]{1,3}|题|附|本|压题|小)图(?:片)?(?:[①-⑩\d]{0,3}|\([^)]{1,6}\))\s*(?::|为|是|系)"
    r"|图\s?(?:[①-⑩]|\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?::|为|是|\s)"
    r"|表\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?::|\s))"
)

# 哈尔滨新区供图  新华社记者 张三 摄  （资料图片）  图片来源：视觉中国  新华社发（张三 摄）
_CREDIT = re.compile(
    rf"[(\[]?\s*(?:"
    rf"(?:图片来源|图片提供|图源|供图|摄影|摄|绘图|制图|绘|图|漫画|照片)\s*[:/](?!文)\s*[^,，。;!?]{{2,24}}"
    rf"|[^,，。;!?:]{{1,24}}(?:供图|资料图片|资料图|资料照片|制图|(?<!文)/图|/摄)"
    rf"|(?:[^,，。;!?:]{{1,20}}[\s记者])?[^,，。;!?:\s]{{1,10}}(?<![拍航统])\s?摄"
    rf"|{_HAN}{{2,4}}\s+(?:摄影|绘|作)"
    rf"|(?:本版|本组|以上|文内|均)?(?:图片|照片|图)(?:均|除署名外)?[^,，。;!?:]{{0,16}}(?:提供|摄)"
    rf"|(?:资料|网络|新华社|本报|视频)(?:图片|照片|截图|资料照片|资料图片)"
    rf"|(?:新华社|中新社|本报|影像中国|人民视觉|视觉中国)?发?\s*\(?[^,，。()]{{0,16}}(?:摄|供图)?\)?(?<=摄\))"
    rf"|新华社发|中新社发|人民视觉|视觉中国|影像中国"
    rf")\s*[)\]]?"
)
_CREDIT_TAIL = re.compile(
    r"(?:(?<=[。!?”])\s*|\s+|(?=\())"
    r"(?P<credit>\(?(?:(?:新华社|中新社|本报|本刊|通讯员)?[^\s,，。;!?()]{0,10}\s*[^,，。;!?():]{1,14}(?<![拍航统])(?:摄|供图)"
    r"|资料图片|资料照片|资料图|图片来源:[^,，。;!?()]{2,20}|新华社发(?:\([^()]{1,16}\))?)\)?)$"
)

_ROLE = (
    r"(?:责任编辑|本版编辑|版面编辑|美术编辑|图片编辑|执行编辑|视频编辑|编辑|责编|版式设计|版式|"
    r"责任校对|校对|美编|视觉设计|视觉|组版|组稿|审校|审核|终审|初审|复审|编审|监制|统筹|策划|"
    r"总策划|出品人|主编|总编辑|值班编委|值班主任|值班总编|检校|质检|排版|制作|制图|设计|图编|"
    r"一审|二审|三审|见习编辑|实习编辑|新闻热线|投稿邮箱|电子邮箱|邮箱|热线)"
)
_STAFF = re.compile(rf"[(\[■●□◆]?\s*(?:本版|本期|今日|值班)?{_ROLE}(?P<rest>[\s:/|丨].*?)[)\]]?")
_STAFF_WORD = re.compile(rf"(?:本版|本期)?{_ROLE}")

_PRESS = (
    r"(?:本报|本刊|本网|本社|本台|新华社|新华网|中新社|中新网|中央社|人民网|央视网|央广网|总台|"
    r"特约|实习|见习|首席|高级|全媒体|融媒体|驻京|驻地|资深|特派|中国日报|"
    r"[\u3400-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|周报|都市报|晨报|青年报|电视台|新闻|融媒|客户端|网))"
)
_REPORTER = (
    r"(?:记者|通讯员|特约通讯员|特约记者|评论员|特约评论员|撰稿人|撰稿|撰文|作者|编译|实习生|"
    r"采写|整理|文字整理)"
)
_SIGN = r"[(\[【〔■□●◆▲○◇◎★☆◤\s—-]*"
_BYLINE_HEAD = re.compile(
    rf"{_SIGN}(?:(?:{_PRESS}[\s·/]*)*{_REPORTER}(?:[\s:/|丨]|(?={_HAN}))|(?:文图|图文|文/图|图/文|文|采访)\s*[/:丨|])"
)
# 本报评论员  （据《大众日报》）  （新华社上海9月20日电）
_BYLINE_BARE = re.compile(
    rf"{_SIGN}(?:{_PRESS}\s*)*(?:评论员|特约评论员|评论部|编辑部|编者){_CLOSE}?"
    rf"|[(][^()。,]{{0,24}}(?:记者|通讯员)\s+{_HAN}{{2,4}}\s*[)]"
    r"|[(]\s*(?:据|摘自|原载|转自)?\s*《[^》]{2,16}》[^()]{0,8}[)]"
    r"|[(]\s*据?(?:新华社|中新社|人民日报|本报|央视新闻)[^()。,]{0,14}(?:电|讯|报道|消息)?\s*[)]"
)
_NO_NAME = re.compile(
    r"记者(?:手记|观察|调查|札记|点评|感言|提问|证|们|站|团|会|感悟|视角|眼|行|节|从|在)"
)
_BYLINE_NOISE = re.compile(
    rf"{_PRESS}|{_REPORTER}|文/图|图/文|文图|图文|摄影报道|综合报道|[\u3400-\u9fff]{{2,6}}(?:摄影)?报道|报道|"
    r"\(作者[^()]{2,40}\)|摄影|文|图|整理|采写"
)
_SOURCE = re.compile(r"(?:来源|稿源|作者|记者)\s*:\s*[^。!?]{2,60}")

_WEEKDAY = r"(?:星期|周)[一二三四五六日天]"
_DATE = (
    r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
    r"|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_RULE = re.compile(r"[\s\-–—―_=~*·•.─━═┄┅┈┉﹣＿～※☆★◆◇■□●○◎▪▬×✱❋#+]{3,}")
_BLANKET = re.compile(r"[\s\ufeff\u200b-\u200f\u2060\ufffd\ufffe\x00-\x1f]+")
_PAGE_NUMBER = re.compile(
    rf"[-—–·•\s]*(?:第\s*{_NUMBER}\s*[页版]|[Pp]age\s*\d{{1,4}}|{_NUMBER}\s*版)[-—–·•\s]*"
    r"(?:[/,共]*\s*共?\s*\d{1,3}\s*[页版])?|[-—–·•]+\s*\d{1,4}\s*[-—–·•]+|\d{1,3}\s*/\s*\d{1,3}|[A-Z]\d{1,2}"
)
NUMBER_ALONE = re.compile(r"\d{1,3}")
# 第3版  第02版：要闻  A6 人物  4 要闻 2024年5月17日 星期五  青岛日报 2024年5月17日 星期五
_HEADER_MARK = re.compile(
    rf"(?:^|[\s|])第?\s*{_NUMBER}\s*版(?=$|[\s:|·])|(?:{_DATE}).{{0,12}}{_WEEKDAY}|{_WEEKDAY}.{{0,4}}(?:{_DATE})|"
    r"国内统一|刊号|邮发代号|总第\s*\d+\s*期|今日\s*\d+\s*版|CN\s?\d{2}|ISSN|"
    rf"^[A-Z]\d{{1,2}}\s+{_HAN}{{2,6}}$|"
    r"^\d{1,2}\s+(?:要闻|国际|国内|综合|文化|体育|经济|专题|评论)"
)
# 首页 > 新闻中心 > 国内新闻
_BREADCRUMBS = re.compile(r"\S{2,8}(?:\s*[>›»]\s*\S{2,10}){1,5}")
_HEADER_NOISE = re.compile(
    rf"{_DATE}|{_WEEKDAY}|第?\s*{_NUMBER}\s*版|[A-Z]?\d{{1,4}}|国内统一(?:连续出版物|刊)?号?|刊号|邮发代号|"
    r"总?第\s*\d+\s*期|今日\s*\d*\s*版|农历\S{1,12}|(?:https?://|www\.)\S+|CN|ISSN|"
    r"[\u3400-\u9fff]{1,8}(?:日报|晚报|早报|时报|商报|周报|都市报|晨报|周刊|青年报|报)"
)
_PROSE = re.compile("[的了是在将和与为被于有《》“”，、,]")
_DATE_ALONE = re.compile(rf"(?:{_DATE})(?:\s*{_WEEKDAY})?(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
_PAPER = re.compile(
    r"[\u3400-\u9fff]{2,8}(?:日报|晚报|早报|时报|商报|周报|都市报|晨报|周刊|青年报|文汇报|大公报)"
    r"|[\u3400-\u9fff]{2,4}(?:副刊|专刊|特刊|专版)"
    r"|(?:要闻|国际|国内|经济|体育|文化|副刊|广告|专题|专版|评论|理论|综合|社会|时政|民生|教育|科技|健康|"
    r"视点|新闻|财经|军事|法治|生态|读书|旅游|观点|关注|特别报道|本地|都市|头版)(?:新闻|版|周刊)?"
)


def recognise(text: str) -> Kind | None:
    """Return what a line or piece is by its own wording, None for anything that could be prose."""
    if len(text) > _LONGEST * 2:
        return None
    line = plain(text).strip()
    if _RULE.fullmatch(line) or _BLANKET.fullmatch(line) or _is_header(line):
        return Kind.FURNITURE
    if read_continuation(line):
        return Kind.CONTINUATION
    if _CAPTION.match(line):
        return Kind.CAPTION
    if len(line) > _LONGEST:
        return None
    if _is_staff(line):
        return Kind.STAFF
    if len(line) <= 44 and _CREDIT.fullmatch(line):
        return Kind.CREDIT
    if _is_byline(line):
        return Kind.BYLINE
    return None


def is_date(text: str) -> bool:
    """Tell whether a line is a date alone: a folio above the headline, or a signature below."""
    return len(text) < 40 and bool(_DATE_ALONE.fullmatch(plain(text).strip()))


def is_running_head(text: str) -> bool:
    """Tell whether a line names a paper or a section (青岛日报, 要闻): a running head, perhaps."""
    return len(text) <= 16 and bool(_PAPER.fullmatch(plain(text).replace(" ", "")))


def is_page_header(text: str) -> bool:
    """Tell whether furniture starts a page (第3版), rather than a rule or a folio (— 3 —)."""
    line = plain(text).strip()
    return len(line) <= _LONGEST and _is_header(line) and bool(re.search(r"版|日|[A-Z]\d", line))


def credit_tail(text: str) -> int | None:
    """Return where in a caption its credit begins (图为赶集的市民。|本报记者 张三 摄), or None."""
    line = plain(text)
    base = max(0, len(line) - 48)
    match = _CREDIT_TAIL.search(line[base:])
    if match is None or base + match.start() == 0:
        return None
    return base + match.start("credit")


def _is_header(line: str) -> bool:
    if _PAGE_NUMBER.fullmatch(line) or _BREADCRUMBS.fullmatch(line):
        return True
    if len(line) > 90 or "。" in line or not _HEADER_MARK.search(line):
        return False
    rest = _HEADER_NOISE.sub(" ", line)
    words = re.findall(r"[\w·]+", rest)
    return not _PROSE.search(rest) and sum(map(len, words)) <= 12


@dataclass(frozen=True, slots=True)
class Continuation:
    """Hold what a note says: where the article goes on, or where it came from."""

    onward: bool
    page: str
    hint: str


def read_continuation(text: str) -> Continuation | None:
    """Return what a note like （下转第3版） or （上接第1版《标题》） says; None for other text."""
    line = plain(text).strip()
    match = CONTINUATION.fullmatch(line)
    if match and match["way"] in {"转", "接", "紧接"} and not match["ban"]:
        return None
    match = match or _BARE_CONTINUATION.fullmatch(line)
    return Continuation("转" in match["way"], match["page"], match["hint"]) if match else None


def _is_staff(line: str) -> bool:
    match = _STAFF.fullmatch(line)
    if match is None or "。" in line:
        return False
    rest = _STAFF_WORD.sub(" ", match["rest"])
    words = [word for word in re.split(r"[\s:/|丨、,;()\[\]]+", rest) if word]
    return bool(words) and all(len(w) <= 4 or re.fullmatch(r"[\w.@-]+", w, re.A) for w in words)


def _is_byline(line: str) -> bool:
    if _SOURCE.fullmatch(line) or _BYLINE_BARE.fullmatch(line):
        return True
    if len(line) > 80 or any(sign in line for sign in "。!?"):
        return False
    if _NO_NAME.search(line):
        return False
    if _BYLINE_HEAD.match(line):
        rest = _BYLINE_NOISE.sub(" ", line)
        if re.search(r"摄\s*[)\]]?$", line):
            return False
        words = [w for w in re.split(r"[\s:/|丨、,;()\[\]【】〔〕■□●◆▲○◇◎★☆◤—-]+", rest) if w]
        return len(words) <= 8 and all(len(w) <= 4 or "·" in w for w in words)
    bare = re.sub(r"^[\s(\[■□●◆▲○◇◎★☆◤—-]+|[)\]\s]+$", "", line)
    return are_names(bare)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hold what a dateline says: 新华社(agency) 北京(place) 10月1日(date) 电（记者 张三、李四）.

    ``end`` is where the news itself begins. What is not said is empty.
    """

    agency: str
    place: str
    date: str
    reporters: tuple[str, ...]
    end: int


_AGENCY = (
    r"(?:本报|本刊|本网|本社|本台|新华社|新华网|新华财经|中新社|中新网|中国新闻社|中央社|人民网|"
    r"央视网|央广网|光明网|路透社|法新社|美联社|塔斯社|共同社|韩联社|德新社|埃菲社|"
    r"[\u3400-\u9fff]{2,6}(?:日报|晚报|早报|时报|商报|周报|都市报|晨报|青年报|新闻网)"
    r"|[\u3400-\u9fff]{0,2}(?:文汇报|大公报))"
)
_DAY = (
    r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|今日|昨日"
    r"|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATELINE = re.compile(
    rf"{_OPEN}?\s*据?\s*(?P<agency>{_AGENCY}(?:[·/]{_HAN}{{2,8}}){{0,2}})"
    rf"(?:\s*(?:特派|驻[\u3400-\u9fff]{{1,4}})?记者\s*(?P<who>{_HAN}{{2,4}}(?:[、\s]{_HAN}{{2,4}}){{0,2}}?)\s*[/／]?(?={_HAN}{{2,4}}\s*{_DAY}))?"
    rf"\s*(?P<place>(?!记者|通讯|评论|编辑|社论){_HAN}{{0,10}}?)\s*(?P<date>{_DAY})?\s*(?P<mark>专?电|(?<![通快简短资喜])讯|综合电|消息)"
    rf"(?:\s*{_CLOSE})?"
)
_REPORTED = re.compile(
    rf"{_OPEN}\s*(?:{_PRESS}[\s·]*)*{_REPORTER}[\s:]*(?P<names>[^()\[\]【】。,]{{2,40}}?)"
    rf"(?:\s*[/]\s*(?P<place>{_HAN}{{2,6}}?)(?:\d{{1,2}}日)?(?:综合)?(?:报道|报导|电))?\s*{_CLOSE}"
)
_BY_NAME = re.compile(r"\s*[(]\s*(?P<names>[^()。]{2,40})\s*[)]")
_ROLES = re.compile(rf"{_PRESS}|{_REPORTER}|摄影|报道")


def opening(text: str) -> Opening | None:
    """Return the dateline that a paragraph opens with, None where it opens without.

    本报讯 …, 本报北京10月1日电（记者 张三、李四）…, 据新华社电 …, 【本報訊】…,
    〔記者張三／台北報導〕…, （中央社記者張三台北5日電）….
    """
    head = plain(text[:160])
    match = _DATELINE.match(head)
    if match and _is_dateline(match, head):
        end = match.end()
        names = _reporters(text, head, *match.span("who")) if match["who"] else ()
        named = _BY_NAME.match(head, end)
        if named and (more := _reporters(text, head, *named.span("names"))):
            names, end = names + more, named.end()
        agency, place, date = (_part(text, match, name) for name in ("agency", "place", "date"))
        return Opening(agency, place, date, names, end)
    match = _REPORTED.match(head)
    if match and (names := _reporters(text, head, *match.span("names"))):
        return Opening("", _part(text, match, "place"), "", names, match.end())
    return None


def _part(text: str, match: re.Match[str], name: str) -> str:
    start, end = match.span(name)
    return text[start:end] if start >= 0 else ""


def _is_dateline(match: re.Match[str], head: str) -> bool:
    after = head[match.end() : match.end() + 1]
    if after and re.match(_HAN, after) and not match.group().endswith((")", "]", "】", "〕")):
        # 本报讯近日 and 新华社北京10月1日电近日 open an article; 本报通讯员 and 本报电视版 do not.
        return bool(match["date"]) or (
            match["mark"] == "讯" and not match["place"] and after != "息"
        )
    return True


def _reporters(text: str, head: str, start: int, end: int) -> tuple[str, ...]:
    """Return the names in ``text[start:end]``, of which ``head`` is the plain form."""
    part = _ROLES.sub(lambda role: " " * len(role[0]), head[start:end])
    part = re.sub(rf"(?<!{_HAN})({_HAN})\s({_HAN})(?!{_HAN})", r"\1_\2", part)
    words = [text[start + m.start() : start + m.end()] for m in re.finditer(r"[^\s、,;:/]+", part)]
    names = tuple("".join(word.split()) for word in words)
    return names if all(2 <= len(name) <= 4 or "·" in name for name in names) else ()


_SIGNED = re.compile(
    r"(?:[(]\s*(?P<names>[^()。]{2,40})\s*[)]|[(]\s*(?:完|据?新华社电?|据新华社[^()]{0,12}电|本报综合[^()]{0,12})\s*[)])$"
)


def is_signed(text: str) -> bool:
    """Tell whether a paragraph ends its article: …保驾护航。（记者 张三）, …。（完）."""
    tail = plain(text[-48:])
    match = _SIGNED.search(tail)
    if match is None or tail[: match.start()].rstrip()[-1:] not in set("。!?”…"):
        return False
    names = match["names"]
    return names is None or bool(re.search(_REPORTER, names)) or are_names(names)


_MARKERS = (
    ("bullet", re.compile(r"[•●■◆▲○□◇▪►◎*](?!\s*$)\s*|[-–·]\s+(?=\S)")),
    ("dash", re.compile(r"(?:——|──|--)(?=[^\s—─-])")),
    ("arabic", re.compile(r"\d{1,2}\s?(?:\.(?!\d)|\.(?=\d{1,2}月)|、)\s*(?=\S)")),
    ("bracket", re.compile(r"\(?\d{1,2}\)\s*(?=\S)")),
    ("circle", re.compile(r"[①-⑳❶-❿]\s*(?=\S)")),
    ("han", re.compile(r"[一二三四五六七八九十]{1,3}、\s*(?=\S)")),
    ("han bracket", re.compile(r"\([一二三四五六七八九十]{1,3}\)\s*(?=\S)")),
)


def marker(text: str) -> str:
    """Return the class of the list marker that ``text`` begins with, empty when it has none."""
    head = plain(text[:12])
    return next((name for name, pattern in _MARKERS if pattern.match(head)), "")
