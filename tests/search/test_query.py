"""What a person types is understood, or a sentence says why not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import LONGEST, And, Dates, In, Not, Or, Query, Text, parse

ZH = Text("北京")
# fmt: off
PIECES = (
    "北京", "hot", "39.5%", "10.2", "billion", "“", "”", '"', "'", "(", ")", "（", "）", "-", "~",
    "*", "AND", "OR", "NOT", "2024-05", "2024-13", "title:", "byline:", "date:", "after:",
    "kind:quote", "foo:", ":", "..", "~5", "\\", "[", "{", "^", "😀", "，", "。", " ", "\n", "\0",
    "\ud800", "e\u0301",
)
# fmt: on


class TestAQuery:
    @pytest.mark.parametrize(
        ("typed", "root"),
        [
            ("北京", ZH),
            ("“北京”", Text("北京", exact=True)),
            ("北京 hot", And((ZH, Text("hot")))),
            ("北京 AND hot", And((ZH, Text("hot")))),
            ("北京 OR hot", Or((ZH, Text("hot")))),
            ("-北京", Not(ZH)),
            ("hot NOT 北京", And((Text("hot"), Not(ZH)))),
            ("hot NOT NOT 北京", And((Text("hot"), ZH))),
            ("a b OR c", Or((And((Text("a"), Text("b"))), Text("c")))),
            ("a (b OR c)", And((Text("a"), Or((Text("b"), Text("c")))))),
            ("-(a b)", Not(And((Text("a"), Text("b"))))),
            ('"hot pot"', Text("hot pot", exact=True)),
            ('"hot pot", a', And((Text("hot pot", exact=True), Text("a")))),
            ('"hot pot"~5', Text("hot pot", exact=True, within=5)),
            ("gover*", Text("gover", prefix=True)),
            ("govrment~", Text("govrment", edits=1)),
            ("govrment~2", Text("govrment", edits=2)),
            ("10.2 billion yuan", And((Text("10.2 billion"), Text("yuan")))),
            ("title:北京", In("title", ZH)),
            ("headline:北京", In("title", ZH)),
            ("TITLE:北京", In("title", ZH)),
            ('speaker:"Wang Yi"', In("speaker", Text("Wang Yi", exact=True))),
            ("title:(a OR b)", Or((In("title", Text("a")), In("title", Text("b"))))),
            ("date:2024", Dates(20240101, 20241231)),
            ("date:2024-05", Dates(20240501, 20240531)),
            ("date:2024-05..2024-07", Dates(20240501, 20240731)),
            ("date:2024-05..", Dates(20240501, 99999999)),
            ("date:..2024", Dates(0, 20241231)),
            ("after:2024-05-17", Dates(20240517, 99999999)),
            ("before:2024", Dates(0, 20241231)),
        ],
    )
    def test_means_what_the_help_says(self, typed: str, root: object) -> None:
        assert parse(typed) == Query(typed, root)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "typed",
        [
            "国内生产总值(GDP)增长",
            "称“无感审批”是",
            '称"无感审批"是',
            "AEON人形",
            "3.0时代",
            "北京-上海",
            "一带：一路",
        ],
    )
    def test_of_pasted_chinese_is_one_text_whatever_signs_are_in_it(self, typed: str) -> None:
        assert parse(typed) == Query(typed, Text(typed))


class TestAMistake:
    @pytest.mark.parametrize(
        ("typed", "root", "problem"),
        [
            ("(a", Text("a"), "bracket is not closed"),
            (") a", Text("a"), "closing bracket"),
            ('"hot pot', Text("hot pot", exact=True), "quotation mark is not closed"),
            ("a OR", Text("a"), "OR stands between"),
            ("OR", None, "OR stands between"),
            ("a NOT", Text("a"), "NOT stands before"),
            ("foo:bar", Text("foo:bar"), "There is no field “foo”"),
            ("date:2024-13 a", Text("a"), "“2024-13” is not a date"),
            ("date:soon", None, "“soon” is not a date"),
            ("。", None, "nothing to look for but signs"),
            ("a" * (LONGEST + 1), Text("a" * LONGEST), "query is long"),
        ],
    )
    def test_is_named_and_the_rest_is_looked_for(
        self, typed: str, root: object, problem: str
    ) -> None:
        query = parse(typed)
        assert query.root == root
        assert problem in query.problems[0]

    def test_of_typing_nothing_is_none(self) -> None:
        assert parse("  ") == Query("  ", None)

    @settings(deadline=None)
    @given(st.one_of(st.text(max_size=50), st.lists(st.sampled_from(PIECES)).map("".join)))
    def test_never_raises(self, typed: str) -> None:
        check(typed)

    @pytest.mark.slow
    def test_never_raises_a_hundred_thousand_times(self) -> None:
        how = random.Random(3)
        for _ in range(100_000):
            check("".join(how.choices(PIECES, k=how.randint(0, 12))))

    def test_of_many_brackets_is_survived(self) -> None:
        check("(" * LONGEST)
        check("-(" * LONGEST)
        check("NOT " * LONGEST)


def check(typed: str) -> None:
    """Parse, and see that there is something to look for or a sentence."""
    query = parse(typed)
    assert query.root is not None or query.problems or not typed.strip(), typed
    assert all(problem.endswith(".") for problem in query.problems)
