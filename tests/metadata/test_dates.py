"""Dates as Chinese newspapers write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.dates import guess_date, parse_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-10-01", "2025-10-01"),
        ("2025-10", "2025-10"),
        ("2025", "2025"),
        ("2025/10/1", "2025-10-01"),
        ("2025.10.1", "2025-10-01"),
        ("20251001", "2025-10-01"),
        ("2025-10-01T08:00:00+08:00", "2025-10-01"),
        ("2025-10-01 08:00", "2025-10-01"),
        (" 2025年10月1日 ", "2025-10-01"),
        ("2025年10月1日 星期三", "2025-10-01"),
        ("2025年10月1日08:30", None),
        ("2025年10月01日 08:30", "2025-10-01"),
        ("２０２５年１０月１日", "2025-10-01"),
        ("2025 年 10 月 1 日", "2025-10-01"),
        ("2025年10月", "2025-10"),
        ("2025年", "2025"),
        ("2025年10月1號", "2025-10-01"),
        ("二〇二五年十月一日", "2025-10-01"),
        ("二零二五年十二月三十一日", "2025-12-31"),
        ("二○二五年十一月二十日", "2025-11-20"),
        ("一九四九年十月一日", "1949-10-01"),
        ("二〇二五年一月廿三日", "2025-01-23"),
        ("二〇二五年一月卅日", "2025-01-30"),
        ("民國114年10月1日", "2025-10-01"),
        ("中華民國一百一十四年十月十日", "2025-10-10"),
        ("民国二十六年七月七日", "1937-07-07"),
        ("民國元年一月一日", "1912-01-01"),
        ("2024-02-29", "2024-02-29"),
        ("2025-02-29", None),
        ("2025-13-01", None),
        ("20251301", None),
        ("2025年十三月一日", None),
        ("10月1日", None),
        ("25-10-01", None),
        ("0000-01-01", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, iso: str | None) -> None:
    assert parse_date(written) == iso


@pytest.mark.parametrize(
    ("text", "year", "iso"),
    [
        ("青岛日报 2025年10月1日 星期三 第3版\n青岛高新区\n", None, "2025-10-01"),
        ("要闻\n二〇二五年十月一日　星期三\n正文。", None, "2025-10-01"),
        ("2025年1月1日起我国调整部分商品关税\n正文。", None, None),
        ("全国铁路2025年1月5日实行新的列车运行图", None, None),
        ("习近平2023年7月17日在大会上讲话，指出……", None, None),
        ("本报北京10月1日电（记者 张三）国庆……", "2025", "2025-10-01"),
        ("本报北京10月1日电（记者 张三）国庆……", None, None),
        ("本报北京10月1日电（记者 张三）到2025年9月30日，……", None, "2025-10-01"),
        ("本报北京10月1日电 从2024年9月30日到2025年9月30日，……", None, None),
        ("新华社北京2025年10月1日电 记者……", None, "2025-10-01"),
        ("中新社香港十月一日電 記者……", "2025", "2025-10-01"),
        ("【本報訊】據報導……", "2025", None),
        ("本报讯（记者 李四）10月1日，记者获悉……", "2025", None),
        ("新华社北京2月30日电 记者……", "2025", None),
        ("", None, None),
    ],
)
def test_a_date_is_guessed_from_headers_and_datelines_alone(
    text: str, year: str | None, iso: str | None
) -> None:
    assert guess_date(text, year) == iso


@settings(deadline=None)
@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@settings(deadline=None)
@given(st.text(alphabet="0123456789年月日一二十百廿元民國-/. T本报电", max_size=30))
def test_no_text_is_too_strange_to_look_for_a_date(text: str) -> None:
    parse_date(text)
    guess_date(text)


def test_a_guess_is_quick_on_a_long_text_without_dates() -> None:
    guess_date("本报" * 200_000 + "年" * 200_000)
