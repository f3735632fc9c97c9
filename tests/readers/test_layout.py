"""The reading order of printed pages, by geometry alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import layout
from indexer.readers.layout import Piece


def line(text: str, left: float, top: float, size: float = 10) -> Piece:
    return Piece(text, left, top, left + size * len(text), top + size)


def column(name: str, left: float, top: float, lines: int = 5, width: int = 12) -> list[Piece]:
    """Return the lines of a column: 甲一甲一…, each as wide as the column."""
    numbers = "一二三四五六七八九十"
    return [line((name + numbers[n]) * (width // 2), left, top + 15 * n) for n in range(lines)]


def order(text: str) -> str:
    """Return the columns' names in reading order, each once while it goes on."""
    names = [char for char in text if char not in "一二三四五六七八九十" and char.strip()]
    return "".join(
        name for name, before in zip(names, ["", *names], strict=False) if name != before
    )


def by_rows(*columns: list[Piece]) -> list[Piece]:
    """Return the pieces as a careless file has them: row by row across the columns."""
    return sorted(chain(*columns), key=lambda piece: (piece.top, piece.left))


def test_columns_are_read_one_after_the_other() -> None:
    page = by_rows(column("甲", 0, 0), column("乙", 140, 0), column("丙", 280, 0))
    assert order(layout.read(page)) == "甲乙丙"


def test_a_headline_over_two_columns_comes_before_both() -> None:
    page = by_rows(column("甲", 0, 40), column("乙", 140, 40), [line("题" * 10, 20, 0, 20)])
    assert order(layout.read(page)) == "题甲乙"


def test_stacked_articles_of_unlike_columns_are_read_one_by_one() -> None:
    page = by_rows(
        [line("题" * 12, 0, 0, 20)],
        column("甲", 0, 40, width=18), column("乙", 200, 40, width=18),
        [line("目" * 12, 0, 140, 20)],
        column("丙", 0, 180), column("丁", 135, 180), column("戊", 270, 180),
    )  # fmt: skip
    assert order(layout.read(page)) == "题甲乙目丙丁戊"


def test_a_gap_between_paragraphs_in_all_columns_does_not_cut_them() -> None:
    page = by_rows(
        [line("题" * 10, 20, 0, 20)],
        column("甲", 0, 40, 3), column("甲", 0, 120, 3),
        column("乙", 140, 40, 3), column("乙", 140, 120, 3),
    )  # fmt: skip
    assert order(layout.read(page)) == "题甲乙"


def test_a_sidebar_stands_for_itself() -> None:
    page = by_rows(column("甲", 0, 0, 9, 20), column("乙", 230, 30, 4, 8))
    assert order(layout.read(page)) == "甲乙"


def test_lines_that_are_set_in_begin_with_two_ideographic_spaces() -> None:
    page = [line("甲" * 10, 20, 0), line("乙" * 6, 0, 15), line("丙" * 12, 0, 30)]
    assert layout.read(page).splitlines()[0] == "\u3000\u3000" + "甲" * 10 + "乙" * 6


def test_full_lines_are_joined_and_short_ones_are_not() -> None:
    rows = ["甲甲甲甲甲甲", "乙乙乙乙乙乙", "丙丙丙", "丁丁丁丁丁丁", "戊"]
    page = [line(row, 0, 15 * number) for number, row in enumerate(rows)]
    assert layout.read(page).splitlines() == ["甲甲甲甲甲甲乙乙乙乙乙乙丙丙丙", "丁丁丁丁丁丁戊"]


def test_a_full_line_with_a_full_stop_may_end_a_paragraph_where_none_are_set_in() -> None:
    rows = ["甲甲甲甲甲甲", "乙乙乙乙乙。", "丙丙丙丙丙丙", "丁丁"]
    page = [line(row, 0, 15 * number) for number, row in enumerate(rows)]
    assert len(layout.read(page).splitlines()) == 2
    set_in = [line(row, 20, 15 * number) for number, row in enumerate(["戊戊戊戊", "己己"], 4)]
    assert "乙。丙" in layout.read([*page, *set_in])


def test_a_column_that_goes_on_in_the_next_is_joined() -> None:
    page = by_rows(column("甲", 0, 0), column("甲", 140, 0))
    assert "\n" not in layout.read(page)


def test_the_last_words_of_a_text_may_stand_alone_in_a_column() -> None:
    page = by_rows(column("甲", 0, 0), [line("乙。", 140, 0)])
    assert order(layout.read(page)) == "甲乙。"


def test_blocks_and_sizes_of_type_are_set_apart_by_a_blank_line() -> None:
    page = [line("题" * 5, 0, 0, 20), *column("甲", 0, 24, 3), *column("乙", 0, 100, 3)]
    assert [order(block) for block in layout.read(page).split("\n\n")] == ["题", "甲", "乙"]


def test_a_header_in_one_line_stays_one_line() -> None:
    page = [line("青岛日报", 0, 0), line("2025年10月1日", 200, 0), line("第3版", 500, 0)]
    assert layout.read(page) == "青岛日报 2025年10月1日 第3版"


def test_the_cells_of_a_table_stay_in_their_rows() -> None:
    page = [
        line(text, left, top) for top in (0, 15, 30) for left, text in ((0, "年"), (60, "产值"))
    ]
    assert layout.read(page).splitlines() == ["年 产值"] * 3


def test_a_headline_that_stands_upright_is_one_line() -> None:
    upright = [line(char, 0, 30 * n, 20) for n, char in enumerate("创新为帆")]
    assert layout.read([*upright, *column("甲", 60, 0, 8)]).startswith("创新为帆\n\n")


def test_runs_are_joined_by_their_places_and_cut_at_gutters() -> None:
    glyphs = [
        *_glyphs("时代", 0),
        *_glyphs("浪潮", 40),
        *_glyphs("AB", 69, 6),
        *_glyphs("CD", 85, 6),
    ]
    assert [run.text for run in layout.runs(glyphs)] == ["时代", "浪潮 AB CD"]


def test_vertical_type_is_read_from_the_right() -> None:
    text = "到期未換證餐廳仍營業市府表示將依法處理"
    glyphs = [
        Piece(char, 200 - 15 * (n // 5), 10.0 * (n % 5), 210 - 15 * (n // 5), 10.0 * (n % 5) + 10)
        for n, char in enumerate(text)
    ]
    assert layout.is_vertical(glyphs)
    turned = [layout.turned(glyph, 300) for glyph in glyphs]
    assert layout.read(layout.runs(turned)).replace("\n", "") == text


def test_horizontal_type_is_not_taken_for_vertical() -> None:
    assert not layout.is_vertical([*_glyphs("时代浪潮", 0), *_glyphs("奔涌", 0)])


def _glyphs(text: str, left: float, width: float = 10) -> Iterator[Piece]:
    for number, char in enumerate(text):
        yield Piece(char, left + number * width, 0, left + (number + 1) * width, 10)


PIECES = st.builds(
    lambda text, left, top, width, height: Piece(text, left, top, left + width, top + height),
    st.text("甲乙丙丁AB1", min_size=1, max_size=4),
    *(st.floats(-1e4, 1e4) for _ in range(2)),
    *(st.floats(0.1, 1e3) for _ in range(2)),
)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(PIECES, max_size=40))
def test_nothing_is_lost_wherever_it_stands(pieces: list[Piece]) -> None:
    got = sorted("".join(layout.read(pieces).split()))
    assert got == sorted("".join(piece.text for piece in pieces))


@pytest.mark.parametrize("count", [3000])
def test_a_full_page_is_ordered_in_time(count: int) -> None:
    pieces = [line("甲乙", 25.0 * (n % 60), 15.0 * (n // 60)) for n in range(count)]
    assert len("".join(layout.read(pieces).split())) == 2 * count
