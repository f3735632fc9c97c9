"""Whatever comes in, nothing is lost, nothing is doubled, and it does not take long."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.segment import segment
from tests.segment.pages import check_lossless, outline, render

FRAGMENTS = st.sampled_from(
    [
        "青岛高新区：创新为帆 向“新”而行",
        "李媛 肖玲玲",
        "薛　婧",
        "本报讯 近日，哈尔滨新区印发实施方案。",
        "新华社北京10月1日电（记者 张三、李四）秋高气爽。",
        "　　他说：“好。”",
        "集群发展 构建现代化产业体系",
        "——纪实",
        "上图：大厅",
        "图为市民选购年货。 新华社记者 张三 摄",
        "▲赶集（资料图片）",
        "责编：张三 版式 李四",
        "这里的政务服务（下转第3版）",
        "（上接第1版）是有温度的。",
        "第3版",
        "2024年5月17日 星期五",
        "12",
        "1.第一条",
        "2.第二条",
        "一、总体要求",
        "姓名\t年龄\t单位",
        "张三\t30\t青岛",
        "床前明月光，",
        "疑是地上霜。",
        "举头望明月，",
        "低头思故乡。",
        "————————",
        "到期未",
        "换证问题，哈尔滨新区行政审批局主动寻求",
        "「好」",
        "，",
        "”",
        "\ufeff",
        "\u200b",
        " ",
        "　　",
    ]
)
BREAKS = st.sampled_from(["", "\n", "\n\n", "\r\n", "\f", "\u2028", "\n\n\n\n", " "])
PAGES = st.lists(st.tuples(FRAGMENTS | st.text(max_size=12), BREAKS), max_size=24).map(
    lambda parts: "".join(text + gap for text, gap in parts)
)
relaxed = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(PAGES)
def test_no_page_loses_a_character(text: str) -> None:
    check_lossless(text, segment(text))


@relaxed
@given(st.text())
@example("")
@example("\ud800")
@example("\x00\x1c\x85")
def test_any_string_is_a_page(text: str) -> None:
    check_lossless(text, segment(text))


def test_the_seed_loses_nothing_and_stays_the_same_when_read_again(seed_text: str) -> None:
    page = segment(seed_text)
    check_lossless(seed_text, page)
    assert outline(segment(render(page))) == outline(page)


def test_an_empty_page_has_no_articles() -> None:
    for text in ("", " \n\t\n", "\f"):
        assert segment(text).articles == ()
        assert segment(text).furniture == ()


def seconds(text: str) -> float:
    started = time.process_time()
    check_lossless(text, segment(text))
    return time.process_time() - started


def test_one_line_of_megabytes_takes_no_longer_than_it_is_long() -> None:
    assert seconds("今年前三季度，经济运行总体平稳。" * 250_000) < 5


@pytest.mark.parametrize(
    "lines",
    [
        "新闻一则\n这里的政务服务\n（记者\n12\n上图：大厅\n",
        "这里的政务服务是有速度的让投资者\n",
        "1.这里的政务服务是有速度的让投资者\n",
        "李媛 肖玲玲\n\n",
        "床前明月光，\n",
        "姓名\t年龄\t单位\n",
    ],
)
def test_time_grows_with_the_number_of_lines_only(lines: str) -> None:
    lines *= 2_000 // lines.count("\n")
    once, four_times = seconds(lines), seconds(lines * 4)
    assert four_times < 8 * once + 1


def test_a_paragraph_torn_into_many_lines_is_joined_in_linear_time() -> None:
    line = "这里的政务服务是有速度的，让投资者随时随地都能开启事业，\n\n"
    assert seconds(line * 10_000) < 8
