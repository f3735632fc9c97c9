"""Each rule with examples of what it must catch, and of what it must leave alone."""

from __future__ import annotations

import pytest

from indexer.model import Kind
from indexer.segment import Opening, opening
from indexer.segment.headings import is_heading
from indexer.segment.lines import plain
from indexer.segment.names import are_names
from indexer.segment.rules import credit_tail, is_signed, marker, recognise

RECOGNISED = {
    Kind.CAPTION: [
        "上图：哈尔滨新区政务服务大厅",
        "下图：企业享受高效便捷服务一次拿到“四证”",
        "图为市民在选购春联。",
        "左上图为列车驶过大桥。",
        "图①：工人在检修设备。",
        "▲游客在栈道上拍照",
        "圖為颱風過後的街道。",
        "资料图：月背采样",
        "表1：奖牌榜",
    ],
    Kind.CREDIT: [
        "哈尔滨新区供图",
        "新华社记者 王东震 摄",
        "李敏摄",
        "（资料图片）",
        "图片来源：视觉中国",
        "新华社发（张三摄）",
        "本報記者 林美惠 攝",
        "受访者供图",
        "（圖／氣象署提供）",
    ],
    Kind.STAFF: [
        "责编：张三 版式：李四 校对：王五",
        "责任编辑：刘欣",
        "本版责编 张三 美编 李四",
        "（责编：张三、李四）",
        "責任編輯：陳志明",
        "编辑/张三 版式/李四",
    ],
    Kind.BYLINE: [
        "李媛 肖玲玲",
        "薛婧",
        "薛　婧",
        "本报记者 张三 李四 通讯员 王五",
        "□ 本报记者 周雨彤",
        "（记者 张三）",
        "文/周雨彤",
        "作者：周雨彤",
        "本报评论员",
        "来源：新华社 作者：胡喆",
        "（据《大众日报》）",
        "記者 陳志明",
    ],
    Kind.CONTINUATION: [
        "（下转第3版）",
        "（下转第三版）",
        "（上接第１版）",
        "（上接1版《锚定“走在前”》）",
        "（下轉A4版·要聞）",
        "下转第5版",
    ],
    Kind.FURNITURE: [
        "第3版",
        "第０２版：要闻",
        "2024年5月17日 星期五 第3版",
        "A6 人物",
        "— 12 —",
        "第 3 页",
        "————————",
        "* * *",
        "青岛日报 2024年5月17日 星期五",
        "首页 > 新闻中心 > 国内新闻",
    ],
}
PROSE = [
    "本周六起地铁延长运营",
    "星期六去看海",
    "第3版《论语》今日出版",
    "编辑部的故事",
    "策划：让城市更美好的十个理由",
    "记者手记",
    "记者从会上获悉，全市新开工项目102个。",
    "高考改革 文化自信",
    "金融安全",
    "安全",
    "新春走基层",
    "这里是电影拍摄地",
    "图书馆为读者延时开放",
    "下图书馆又添新书",
    "——",
    "2024",
    "“太久了。”",
    "他转第二版时愣住了",
    "来源于生活的艺术",
    "",
]


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in RECOGNISED.items() for line in lines]
)
def test_a_line_is_known_by_its_wording(kind: Kind, line: str) -> None:
    assert recognise(line) is kind


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_not_taken_for_anything_else(line: str) -> None:
    assert recognise(line) in {None, Kind.FURNITURE if not line.strip("—") else None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报讯 近日，哈尔滨新区", Opening("本报", "", "", (), 3)),
        ("本报讯近日，哈尔滨新区", Opening("本报", "", "", (), 3)),
        (
            "本报北京10月1日电（记者 张三、李四）秋高",
            Opening("本报", "北京", "10月1日", ("张三", "李四"), 20),
        ),
        ("新华社联合国5月6日电 联合国", Opening("新华社", "联合国", "5月6日", (), 11)),
        ("据新华社电 外交部", Opening("新华社", "", "", (), 5)),
        ("本报讯（记者 韩　雪）昨日", Opening("本报", "", "", ("韩雪",), 11)),
        ("【本報訊】昨日", Opening("本報", "", "", (), 5)),
        ("〔記者林美惠／台北報導〕中央", Opening("", "台北", "", ("林美惠",), 12)),
        ("（中央社記者陳志明台南5日電）", Opening("中央社", "台南", "5日", ("陳志明",), 15)),
        ("（记者 张三）近日", Opening("", "", "", ("张三",), 7)),
        ("中新网青岛5月17日电 (胡耀杰)青岛", Opening("中新网", "青岛", "5月17日", ("胡耀杰",), 17)),
        ("大众日报讯 记者", Opening("大众日报", "", "", (), 5)),
    ],
)
def test_a_dateline_says_who_where_and_when(text: str, expected: Opening) -> None:
    assert opening(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "新华社长篇通讯：登高壮观天地间",
        "新华社今天（1月1日）播发长篇通讯",
        "本报通讯员说，今年的收成好。",
        "本报电视版改版",
        "本报记者在现场看到，人们排起了长队。",
        "电话响了。",
        "（一）推行无感续证。",
        "",
    ],
)
def test_a_sentence_about_the_press_is_no_dateline(text: str) -> None:
    assert opening(text) is None


@pytest.mark.parametrize("text", ["李媛 肖玲玲", "薛　婧", "欧阳修远", "陳志明、林美惠", "丛林"])
def test_names_are_names(text: str) -> None:
    assert are_names(text)


@pytest.mark.parametrize(
    "text", ["高考", "金融 安全", "文化自信", "一 二", "时代浪潮", "", "李媛说"]
)
def test_words_are_not_names(text: str) -> None:
    assert not are_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "集群发展 构建现代化产业体系",
        "优化“软”环境 构建“硬”支撑",
        "一、秉持建交初心，推动中法关系承前启后、继往开来",
        "一斤梨卖到六元钱，合作社上门来收",
        "各地欢庆“中国农民丰收节”",
    ],
)
def test_a_heading_is_short_and_whole(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "“太久了。”",
        "“好”",
        "谢谢大家！",
        "“一个 1000 万元的项目，发",
        "，一步一步走下去",
        "本报讯 近日哈尔滨新区",
        "他说：",
        "蔡奇、李鸿忠、何卫东、何立峰",
        "以服务创新为犁，深耕这片发",
    ],
)
def test_what_is_cut_off_or_spoken_is_no_heading(text: str) -> None:
    assert not is_heading(text)


def test_the_credit_is_cut_from_the_end_of_a_caption() -> None:
    caption = "图为赶集的市民。本报记者 孙强 摄"
    assert credit_tail(caption) == caption.index("本报")
    assert credit_tail("图为摄影师在拍摄") is None
    assert credit_tail("图为市民。（资料图片）") == 5


@pytest.mark.parametrize("text", ["…收成好。（丛林）", "…走下去！（完）", "…。（本报记者 姜涛）"])
def test_a_paragraph_signed_at_its_end_ends_the_article(text: str) -> None:
    assert is_signed(text)


@pytest.mark.parametrize("text", ["…收成好。", "海尔（青岛）", "…。（见图）", "…。（笑）"])
def test_a_remark_in_brackets_signs_nothing(text: str) -> None:
    assert not is_signed(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1.设置标志", "arabic"),
        ("1.5%的企业", ""),
        ("1.6月27日，会议通过", "arabic"),
        ("（一）推行", "han bracket"),
        ("①推行", "circle"),
        ("——坚持", "dash"),
        ("———", ""),
        ("2024年", ""),
    ],
)
def test_list_markers_are_told_from_numbers(text: str, name: str) -> None:
    assert marker(text) == name


def test_the_plain_form_keeps_every_offset() -> None:
    text = "（記者　張三）第０２版：\ufeffＡＢ"
    assert plain(text) == "(记者 张三)第02版: AB"
    assert len(plain(text)) == len(text)
