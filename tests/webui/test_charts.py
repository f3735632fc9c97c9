"""Numbers made ready to be drawn."""

from __future__ import annotations

from indexer.search import Period
from webui.charts import bars, level, month_sheets, year_strips
from webui.labels import count_words, date_words, engine_words


def test_every_year_between_the_first_and_the_last_has_a_strip() -> None:
    strips = year_strips({"2021-03-05": 2, "2023-12-31": 4, "2023": 1})
    assert [(strip.year, strip.count) for strip in strips] == [(2023, 4), (2022, 0), (2021, 2)]
    march = strips[2].months[2]
    assert (march.date, march.count, march.level) == ("2021-03", 2, 2)


def test_an_archive_without_dates_has_no_strip() -> None:
    assert year_strips({}) == []


def test_a_month_has_whole_weeks_from_monday() -> None:
    february = month_sheets({"2024-02-29": 1}, 2024)[1]
    assert february.count == 1
    assert {len(week) for week in february.weeks} == {7}
    assert february.weeks[0][:3] == (None, None, None)  # the first was a Thursday
    assert february.weeks[0][3] is not None


def test_shades_run_from_none_to_four() -> None:
    assert [level(count, 100) for count in (0, 1, 25, 26, 75, 100)] == [0, 1, 1, 2, 3, 4]


def test_bars_are_as_high_as_their_share_of_the_highest() -> None:
    found = bars([Period("2024-05", 5), Period("1990..1999", 10)])
    assert [(bar.first, bar.last, bar.height) for bar in found] == [
        ("2024-05", "2024-05", 50.0),
        ("1990", "1999", 100.0),
    ]
    assert bars([]) == []


def test_dates_are_said_as_far_as_they_are_known() -> None:
    assert [date_words(date) for date in ("2024-05-07", "2024-05", "2024", None, "2024-99")] == [
        "7 May 2024", "May 2024", "2024", "No date", "2024-99",
    ]  # fmt: skip


def test_engines_and_counts_are_said_in_plain_words() -> None:
    assert engine_words("argos zh-en 0.1 1a2b3c4d beam 2") == "Argos zh-en 0.1"
    assert engine_words("gloss cc-cedict 2023-11-07") == "Dictionary, word for word"
    assert count_words(1, "article") == "1 article"
    assert count_words(4898, "article") == "4,898 articles"
