"""Typeset real articles as pages of newspapers, and know the truth about each page.

Deterministic: the same corpus and seed give the same pages. Nothing here looks at the segmenter;
the typesetting follows what printed pages, OCR programs and web exports do.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from opencc import OpenCC

from indexer.model import Kind

Item = tuple[Kind, str]
Truth = list[list[Item]]


@dataclass(frozen=True)
class Style:
    """Say how one page is set: widths in Han characters, None where lines are not wrapped."""

    width: int | None = None
    indent: str = ""
    blank: bool = True  # a blank line between paragraphs
    tear: float = 0.0  # share of paragraphs torn by a column break
    wide_gap: int = 1  # blank lines between articles


@dataclass
class Sheet:
    """Collect the text of a page and its truth side by side."""

    style: Style
    rng: random.Random
    dress: Callable[[str], str]
    text: list[str] = field(default_factory=list)
    articles: Truth = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)

    def line(self, text: str, blank: bool | None = None) -> None:
        """Set a line; ``blank`` says whether a blank line comes before it."""
        if self.text and (self.style.blank if blank is None else blank):
            self.text.append("")
        self.text.append(text)

    def outside(self, text: str, blank: bool | None = None) -> None:
        self.line(self.dress(text), blank)
        self.furniture.append(text.strip())

    def article(self, items: Sequence[Item]) -> None:
        if self.text:
            self.text += [""] * (self.style.wide_gap if self.style.blank else 0)
        self.articles.append(list(items))
        for kind, text in items:
            self.item(kind, text)

    def item(self, kind: Kind, text: str) -> None:
        text = self.dress(text)
        if kind in {Kind.PARAGRAPH, Kind.LIST}:
            self.paragraph(text)
        elif kind in {Kind.VERSE, Kind.TABLE}:
            rows = text.split("\n")
            self.line(rows[0], True)
            for row in rows[1:]:
                self.line(row, False)
            if not self.style.blank:
                self.text.append("")
        elif kind is Kind.CAPTION and self.style.width:
            self.lines(wrap(text, self.style.width))
        else:
            self.line(text)

    def paragraph(self, text: str) -> None:
        style, rng = self.style, self.rng
        whole = style.indent + text
        torn = rng.random() < style.tear and len(text) > 30
        if style.width is None:
            if torn:
                cut = len(style.indent) + tear_at(text, rng)
                self.line(whole[:cut])
                self.line(whole[cut:], True)
            else:
                self.line(whole)
            return
        rows = wrap(whole, style.width)
        self.lines(rows, rng.randrange(1, len(rows)) if torn and len(rows) > 2 else 0)

    def lines(self, rows: list[str], torn_before: int = 0) -> None:
        for number, row in enumerate(rows):
            self.line(row, None if number == 0 else bool(torn_before) and number == torn_before)

    def page(self) -> str:
        return "\n".join(self.text).strip("\n") + "\n"


NO_START = "，。、；：！？”’」』》）…%％"
NO_END = "“‘「『《（"


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` after ``width`` characters, Latin ones counting half, by Chinese rules.

    No line begins with a closing sign or ends with an opening one; numbers may be broken.
    """
    rows, row, used = [], "", 0.0
    for char in text:
        size = 0.5 if char < "\u1000" and char not in "“”‘’…—" else 1.0
        if used + size > width and char not in NO_START:
            carry = ""
            while row and row[-1] in NO_END:
                row, carry = row[:-1], row[-1] + carry
            rows.append(row)
            row, used = carry, float(len(carry))
        row += char
        used += size
    return [*rows, row] if row else rows


def tear_at(text: str, rng: random.Random) -> int:
    """Return a place in the middle of a sentence."""
    places = [
        at
        for at in range(8, len(text) - 2)
        if text[at - 1] not in "。！？；：”’）》…"
        and text[at] not in NO_START
        and not (text[at - 1].isascii() and text[at].isascii())
    ]
    return rng.choice(places) if places else len(text) // 2


def itemise(paragraphs: Sequence[str]) -> list[Item]:
    """Return paragraphs as they are, but ——中方愿… followed by its like as a list."""
    dashed = [text.startswith("——") for text in paragraphs]
    return [
        (
            Kind.LIST
            if dash and any(dashed[max(0, at - 1) : at] + dashed[at + 1 : at + 2])
            else Kind.PARAGRAPH,
            text,
        )
        for at, (dash, text) in enumerate(zip(dashed, paragraphs, strict=True))
    ]


class Press:
    """Draw articles, names and phrases; every draw is from one seeded generator."""

    def __init__(self, corpus: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.dress: Callable[[str], str] = str
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        self.stories = [
            (row["title"], row["paragraphs"])
            for row in rows
            if 8 <= len(row["title"]) <= 34
            and 2 <= len(row["paragraphs"]) <= 7
            and all(text[-1] in "。！？”" and 25 <= len(text) <= 260 for text in row["paragraphs"])
        ]
        self.headings = sorted(
            {
                text
                for row in rows
                if "快讯" in row["title"]
                for text in row["paragraphs"]
                if 8 <= len(text) <= 20 and text[-1] not in "。！？”：；）"
            }
        )

    def sheet(self, style: Style) -> Sheet:
        return Sheet(style, self.rng, self.dress)

    def name(self) -> str:
        surname = self.rng.choice(
            "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
        )
        given = (
            "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英玉兰建华文志云海燕雪梅晨宇浩然子涵欣怡博"
        )
        return surname + "".join(self.rng.sample(given, self.rng.choice((1, 2, 2))))

    def names(self, low: int = 1, high: int = 2) -> list[str]:
        return [self.name() for _ in range(self.rng.randint(low, high))]

    def place(self) -> str:
        return self.rng.choice(
            ("北京", "上海", "青岛", "哈尔滨", "广州", "成都", "乌鲁木齐", "联合国", "巴黎", "平壤")
        )

    def day(self) -> str:
        return f"{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日"

    def byline(self) -> str:
        names = self.names()
        return self.rng.choice(
            (
                " ".join(names),
                "、".join(names),
                f"本报记者 {' '.join(names)}",
                f"□ 本报记者 {names[0]}",
                f"■本报记者 {names[0]} 通讯员 {self.name()}",
                f"记者 {names[0]}",
                f"新华社记者 {'、'.join(names)}",
                f"文/{names[0]}",
                f"作者：{names[0]}",
                f"本报记者 {names[0]} {self.place()[:2]}报道",
                f"（本报记者 {names[0]}）",
            )
        )

    def sign_off(self) -> str:
        """Return a byline that stands on its own line after the body."""
        names = self.names()
        return self.rng.choice(
            (
                " ".join(names),
                f"（{' '.join(names)}）",
                f"（记者 {names[0]}）",
                f"本报记者 {names[0]}",
                f"（通讯员 {names[0]}）",
            )
        )

    def dateline(self) -> str:
        names = self.names()
        return self.rng.choice(
            (
                "本报讯 ",
                f"本报讯（记者 {names[0]}）",
                f"本报讯（记者 {names[0]} 通讯员 {self.name()}）",
                f"本报{self.place()}{self.day()}电（记者 {'、'.join(names)}）",
                f"本报{self.place()}{self.day()}讯 ",
                f"新华社{self.place()}{self.day()}电（记者{'、'.join(names)}）",
                f"新华社{self.place()}{self.day()}电 ",
                f"据新华社{self.place()}{self.day()}电 ",
                f"中新社{self.place()}{self.day()}电 （记者 {names[0]}）",
                "据新华社电 ",
                f"（记者 {names[0]}）",
                "【本报讯】",
            )
        )

    def caption(self) -> list[Item]:
        scene = self.rng.choice(
            (
                "市民在年货大集选购春联",
                "工人在车间里检修设备",
                "游客在海边栈道上拍照",
                "孩子们在社区书屋里读书",
                "农机手驾驶收割机抢收小麦",
                "志愿者为老人讲解智能手机的用法",
                "列车驶过刚刚合龙的跨江大桥，桥下是繁忙的航道",
            )
        )
        name = self.name()
        credit = self.rng.choice(
            (
                f"{name}摄",
                f"{name} 摄",
                f"本报记者 {name} 摄",
                f"新华社记者 {name} 摄",
                "资料图片",
                f"（{name} 摄）",
                "高新区供图",
                "受访者供图",
                f"新华社发（{name}摄）",
            )
        )
        form = self.rng.choice(
            ("图为{}。", "上图：{}", "下图：{}。", "图①：{}。", "左图为{}。", "▲{}", "图为{}")
        )
        return [(Kind.CAPTION, form.format(scene)), (Kind.CREDIT, credit)]

    def staff(self) -> str:
        one, two, three = self.names(3, 3)
        return self.rng.choice(
            (
                f"责编：{one} 版式：{two} 校对：{three}",
                f"责任编辑：{one}",
                f"本版责编 {one} 美编 {two} 校对 {three}",
                f"编辑/{one} 版式/{two}",
                f"（责编：{one}、{two}）",
                f"统筹：{one} 审核：{two}",
            )
        )

    def header(self, number: int | None = None) -> str:
        number = number or self.rng.randint(1, 12)
        date = f"2024年{self.day()}"
        return self.rng.choice(
            (
                f"第{number}版",
                f"第{number:02d}版：要闻",
                f"A{number} 国际",
                f"{date} 星期{self.rng.choice('一二三四五六日')} 第{number}版",
                f"{number} 要闻 {date} 星期{self.rng.choice('一二三四五六日')}",
                f"青岛日报 {date} 星期{self.rng.choice('一二三四五六日')}",
                f"— {number} —",
                f"第 {number} 页",
            )
        )

    def story(self, sections: int = 0) -> tuple[str, list[Item]]:
        """Return a headline, and a body with so many section headings."""
        title, paragraphs = self.rng.choice(self.stories)
        body = itemise(paragraphs)
        for _ in range(sections):
            _, more = self.rng.choice(self.stories)
            body.append((Kind.HEADING, self.rng.choice(self.headings)))
            body += itemise(more[:3])
        return title, body

    def article(self, opening: str = "any", sections: int = 0, ending: str = "") -> list[Item]:
        """Return a whole article; ``opening`` is ``byline``, ``dateline``, ``any`` or ``none``."""
        title, body = self.story(sections)
        if opening == "any":
            opening = self.rng.choice(("byline", "dateline"))
        items: list[Item] = [(Kind.HEADLINE, title)]
        if opening == "byline":
            items.append((Kind.BYLINE, self.byline()))
        if opening == "dateline":
            body[0] = (body[0][0], self.dateline() + body[0][1])
        items += body
        if ending == "sign":
            items.append((Kind.BYLINE, self.sign_off()))
        if ending == "inside":
            items[-1] = (items[-1][0], f"{items[-1][1]}（{' '.join(self.names())}）")
        if ending == "staff":
            items.append((Kind.STAFF, self.staff()))
        return items

    def style(self) -> Style:
        """Return one of the ways in which pages are set."""
        width = self.rng.randint(12, 30)
        return self.rng.choice(
            (
                Style(),
                Style(blank=False),
                Style(indent="　　", blank=False),
                Style(indent="　　"),
                Style(width=width, indent="　　", blank=False),
                Style(width=width),
                Style(width=width, indent="　　"),
            )
        )

    def several(self, count: int, **options: str) -> Iterator[list[Item]]:
        for _ in range(count):
            yield self.article(sections=self.rng.choice((0, 0, 1, 2)), **options)


def torn(press: Press) -> Sheet:
    """Set whole lines, with blank lines in the middle of words, as OCR of columns gives them."""
    sheet = press.sheet(Style(tear=0.35, wide_gap=press.rng.choice((0, 1, 2))))
    for article in press.several(press.rng.randint(1, 3)):
        sheet.article(article)
    return sheet


def wrapped_indented(press: Press) -> Sheet:
    style = Style(press.rng.randint(12, 30), "　　", blank=False, tear=press.rng.choice((0, 0.3)))
    sheet = press.sheet(style)
    for article in press.several(press.rng.randint(1, 3)):
        sheet.article(article)
    return sheet


def wrapped_spaced(press: Press) -> Sheet:
    style = Style(press.rng.randint(12, 30), tear=press.rng.choice((0, 0.25)))
    sheet = press.sheet(style)
    for article in press.several(press.rng.randint(1, 3)):
        sheet.article(article)
    return sheet


def wrapped_dense(press: Press) -> Sheet:
    """Set with neither indents nor blank lines: only the short last line ends a paragraph."""
    sheet = press.sheet(Style(press.rng.randint(14, 30), blank=False))
    for article in press.several(press.rng.randint(1, 2)):
        sheet.article(article)
    return sheet


def plain_export(press: Press) -> Sheet:
    """Set title and paragraphs a line each, as exports of databases do; one article."""
    style = press.rng.choice((Style(), Style(blank=False), Style(indent="　　", blank=False)))
    sheet = press.sheet(style)
    sheet.article(press.article(opening="none", sections=press.rng.choice((0, 2, 3))))
    return sheet


def briefs(press: Press) -> Sheet:
    sheet = press.sheet(press.style())
    for _ in range(press.rng.randint(3, 5)):
        items = press.article(opening="dateline")
        sheet.article(items[:2] if press.rng.random() < 0.5 else items)
    return sheet


def signed(press: Press) -> Sheet:
    """End articles with a byline, inside or below the last paragraph; the next needs no other."""
    sheet = press.sheet(replace(press.style(), tear=press.rng.choice((0, 0.2))))
    for _ in range(press.rng.randint(2, 3)):
        ending = press.rng.choice(("sign", "inside", "sign"))
        sheet.article(press.article(opening=press.rng.choice(("none", "dateline")), ending=ending))
    return sheet


def pictured(press: Press) -> Sheet:
    """Put captions with their credits below, above or in the middle of articles, even of words."""
    sheet = press.sheet(replace(press.style(), tear=press.rng.choice((0, 0.3))))
    for article in press.several(press.rng.randint(1, 3)):
        caption = press.caption()
        inline = press.rng.random() < 0.4
        at = press.rng.choice((len(article), len(article), max(3, len(article) - 2)))
        at = min(at, len(article))
        items = [*article[:at], *caption, *article[at:]]
        if inline:
            sheet.style = replace(sheet.style, width=None)
            sheet.article(article[:at])
            sheet.articles[-1] = items
            (_, words), (_, credit) = caption
            sheet.line(sheet.dress(words + ("" if credit.startswith("（") else " ") + credit))
            for kind, text in article[at:]:
                sheet.item(kind, text)
        else:
            sheet.article(items)
    return sheet


def breached(press: Press) -> Sheet:
    """Let a caption or a page header stand in the middle of a torn paragraph."""
    sheet = press.sheet(press.rng.choice((Style(), Style(indent="　　"))))
    items = press.article(sections=1)
    index = press.rng.choice([i for i, (k, _) in enumerate(items) if k is Kind.PARAGRAPH])
    sheet.article(items[:index])
    text = press.dress(items[index][1])
    cut = tear_at(text, press.rng)
    sheet.line(sheet.style.indent + text[:cut])
    if press.rng.random() < 0.5:
        aside = press.caption()
        for kind, words in aside:
            sheet.item(kind, words)
        sheet.articles[-1] = [*items[: index + 1], *aside, *items[index + 1 :]]
    else:
        sheet.outside(press.header())
        sheet.articles[-1] = items
    sheet.line(text[cut:])
    for kind, words in items[index + 1 :]:
        sheet.item(kind, words)
    return sheet


def continued(press: Press) -> Sheet:
    """Break off at （下转第X版） on one page, go on after （上接第X版） on another."""
    sheet = press.sheet(press.style())
    number = press.rng.randint(2, 8)
    items = press.article()
    sheet.article(items)
    if press.rng.random() < 0.5:
        note = press.rng.choice(
            ("（下转第{}版）", "（下转{}版）", "（下转第{}版·要闻）", "下转第{}版")
        )
        note = note.format(number)
        sheet.line(press.dress(note))
    else:
        note = f"（下转第{'一二三四五六七八'[number - 1]}版）"
        if sheet.style.width is None:
            sheet.text[-1] += press.dress(note)
        else:
            sheet.line(press.dress(note))
    sheet.articles[-1].append((Kind.CONTINUATION, note))
    title, body = press.story(1)
    note = press.rng.choice(("（上接第1版）", "（上接第一版）", f"（上接1版《{title}》）"))
    form = press.rng.choice(("headed", "bare"))
    head: list[Item] = [(Kind.HEADLINE, title)] if form == "headed" else []
    rest = [*head, (Kind.CONTINUATION, note), *body]
    if sheet.style.width is None and press.rng.random() < 0.5:
        sheet.article(head)
        first = press.dress(note + body[0][1])
        sheet.line(sheet.style.indent + first)
        for kind, words in body[1:]:
            sheet.item(kind, words)
        sheet.articles[-1] = rest
    else:
        sheet.article(rest)
    return sheet


def furnished(press: Press) -> Sheet:
    """Set headers, running heads, page numbers and rules around and between articles."""
    sheet = press.sheet(press.style())
    sheet.outside(press.header())
    if press.rng.random() < 0.5:
        sheet.outside(press.rng.choice(("青岛日报", "哈尔滨日报", "要闻", "国际新闻")), False)
    for number, article in enumerate(press.several(press.rng.randint(2, 3))):
        if number:
            sheet.outside(
                press.rng.choice(("————————————", "--------", "* * *", "■■■■■■", "──────"))
            )
        sheet.article(article)
    if press.rng.random() < 0.6:
        sheet.outside(press.rng.choice(("- 3 -", "第3页", "· 5 ·", "12")), True)
    return sheet


def staffed(press: Press) -> Sheet:
    sheet = press.sheet(replace(press.style(), tear=press.rng.choice((0, 0.2))))
    for _ in range(press.rng.randint(1, 3)):
        sheet.article(press.article(ending="staff"))
    return sheet


def kicked(press: Press) -> Sheet:
    """Set 引题 above and 副题 below the headline, and headlines of two lines."""
    sheet = press.sheet(press.style())
    for number in range(press.rng.randint(1, 3)):
        items = press.article(opening="byline" if number else "any")
        form = press.rng.choice(("under", "over", "both", "two"))
        if form in {"under", "both"}:
            sub = press.rng.choice(
                (
                    "——青岛高新区创新发展纪实",
                    "——访全国人大代表、高级工程师" + press.name(),
                    "——“十四五”成就巡礼",
                )
            )
            items.insert(1, (Kind.SUBHEADLINE, sub))
        if form in {"over", "both"}:
            kicker = press.rng.choice(
                (
                    "【在希望的田野上】",
                    "全省经济工作会议强调",
                    "国务院总理在考察时指出",
                    "在首个全国生态日到来之际",
                )
            )
            items.insert(0, (Kind.SUBHEADLINE, kicker))
        if form == "two" and sheet.style.blank and " " in items[0][1]:
            first, _, second = items[0][1].partition(" ")
            items[:1] = [(Kind.HEADLINE, first), (Kind.HEADLINE, second)]
            if sheet.text:
                sheet.text += [""]
            sheet.articles.append(items)
            sheet.line(sheet.dress(first), False)
            sheet.line(sheet.dress(second), False)
            for kind, words in items[2:]:
                sheet.item(kind, words)
            continue
        sheet.article(items)
    return sheet


def listed(press: Press) -> Sheet:
    """Set enumerations: numbered, circled, with bullets, in Chinese numerals."""
    sheet = press.sheet(press.style())
    items = press.article()
    _, paragraphs = press.rng.choice([s for s in press.stories if len(s[1]) >= 3])
    marks = press.rng.choice(
        (
            ("1.", "2.", "3."),
            ("1、", "2、", "3、"),
            ("①", "②", "③"),
            ("● ",) * 3,
            ("■",) * 3,
            ("（一）", "（二）", "（三）"),
            ("（1）", "（2）", "（3）"),
            ("一、", "二、", "三、"),
            ("——",) * 3,
        )
    )
    items.append((Kind.PARAGRAPH, "会议提出以下几项具体措施："))
    items += [(Kind.LIST, mark + text) for mark, text in zip(marks, paragraphs, strict=False)]
    sheet.article([*items, (Kind.PARAGRAPH, "会议要求，各地各部门抓好落实。")])
    sheet.article(press.article())
    return sheet


POEMS = (
    ("白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",),
    (
        "国破山河在，\n城春草木深。\n感时花溅泪，\n恨别鸟惊心。",
        "烽火连三月，\n家书抵万金。\n白头搔更短，\n浑欲不胜簪。",
    ),
    (
        "轻轻的我走了，\n正如我轻轻的来；\n我轻轻的招手，\n作别西天的云彩。",
        "那河畔的金柳，\n是夕阳中的新娘；\n波光里的艳影，\n在我的心头荡漾。",
    ),
    ("故乡的炊烟升起\n在每一个清晨\n母亲把柴火点燃\n也点燃了\n一整个冬天",),
    ("大江东去，\n浪淘尽，\n千古风流人物。\n故垒西边，\n人道是，\n三国周郎赤壁。",),
)
TABLES = (
    "项目\t数量\t同比\n营业收入\t102亿元\t39.5%\n重点实验室\t40家\t12.1%\n高新技术企业\t628家\t8.4%",
    "名次  代表团  金牌  银牌  铜牌\n1  中国  40  27  24\n2  美国  40  44  42\n3  日本  20  12  13",
    "| 城市 | 最高气温 | 最低气温 |\n|---|---|---|\n| 北京 | 12 | 3 |\n| 青岛 | 15 | 8 |",
    "车次    始发站    终点站    开车时间\n"
    "G1    北京南    上海虹桥    7:00\nG3    北京南    上海虹桥    8:00",
)


def versed(press: Press) -> Sheet:
    sheet = press.sheet(replace(press.style(), width=None))
    items = press.article()
    verses = [(Kind.VERSE, stanza) for stanza in press.rng.choice(POEMS)]
    sheet.article(
        [*items, *verses, (Kind.PARAGRAPH, "朗诵在热烈的掌声中结束，晚会持续了两个小时。")]
    )
    sheet.article(press.article())
    return sheet


def tabled(press: Press) -> Sheet:
    sheet = press.sheet(press.style())
    items = press.article()
    table = press.rng.choice(TABLES)
    sheet.article(
        [*items, (Kind.TABLE, table), (Kind.PARAGRAPH, "以上数据由统计部门发布，仅供参考。")]
    )
    return sheet


def everything(press: Press) -> Sheet:
    """Set a full front page."""
    sheet = press.sheet(replace(press.style(), tear=0.15))
    sheet.outside(press.header())
    first = press.article("byline", sections=2)
    first.insert(1, (Kind.SUBHEADLINE, "——“十四五”高质量发展巡礼"))
    sheet.article([*first, *press.caption()])
    sheet.article(press.article("dateline", ending="sign"))
    last = press.article("dateline", sections=1)
    sheet.article([*last, (Kind.STAFF, press.staff())])
    sheet.outside("- 1 -", True)
    return sheet


THEMES: tuple[Callable[[Press], Sheet], ...] = (
    torn,
    wrapped_indented,
    wrapped_spaced,
    wrapped_dense,
    plain_export,
    briefs,
    signed,
    pictured,
    breached,
    continued,
    furnished,
    staffed,
    kicked,
    listed,
    versed,
    tabled,
    everything,
)
_TRADITIONAL = OpenCC("s2t")
_CORNERS = str.maketrans("“”‘’", "「」『』")
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def dressings(number: int) -> Callable[[str], str]:
    """Return how the characters of page ``number`` of its theme are set: every fourth differs."""
    if number % 4 == 3:
        return lambda text: _TRADITIONAL.convert(text).translate(_CORNERS)
    if number % 4 == 2:
        return lambda text: text.translate(_WIDE_DIGITS)
    return lambda text: text


@dataclass(frozen=True)
class Gold:
    """Hold one page and the truth about it."""

    name: str
    text: str
    articles: Truth
    furniture: list[str]


def generate(corpus: Path, each: int = 4, seed: int = 2024) -> Iterator[Gold]:
    """Yield ``each`` pages of every theme."""
    press = Press(corpus, seed)
    for theme in THEMES:
        for number in range(each):
            press.dress = dress = dressings(number)
            sheet = theme(press)
            yield Gold(
                f"{theme.__name__}_{number + 1}",
                sheet.page(),
                [[(kind, dress(text)) for kind, text in article] for article in sheet.articles],
                [dress(text) for text in sheet.furniture],
            )
