"""AND, OR, NOT, fields, dates and filters mean exactly what they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import fold, query
from indexer.model import Kind
from indexer.search import Filters
from tests.search.library import Library

WORDS = (
    "发展",
    "经济",
    "北京",
    "国际",
    "习近平",
    "新质生产力",
    "的",
    "农",
    "中国式现代化",
    "没有这个词",
)
CHINESE = Filters(language="zh")


def naive(node: query.Node, folded: str) -> bool:
    """Evaluate a query on one paragraph, as its definition reads."""
    match node:
        case query.Text(text):
            return fold.key(text) in folded
        case query.Not(child):
            return not naive(child, folded)
        case query.And(nodes):
            return all(naive(child, folded) for child in nodes)
        case query.Or(nodes):
            return any(naive(child, folded) for child in nodes)
    raise AssertionError(node)


def typed(how: random.Random, depth: int = 3) -> str:
    """Type a query of the words, up to some brackets deep."""
    if depth == 0 or how.random() < 0.3:
        return how.choice(["", "", "-", "NOT "]) + how.choice(WORDS)
    parts = [typed(how, depth - 1) for _ in range(how.randint(2, 3))]
    return how.choice(["", "-"]) + "(" + how.choice([" ", " OR ", " AND "]).join(parts) + ")"


class TestAQueryOfSeveralTexts:
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 10**9))
    def test_finds_what_its_definition_says(self, sample: Library, seed: int) -> None:
        text = typed(random.Random(seed))
        root = query.parse(text).root
        assert root is not None
        rows = sample.connection.execute("SELECT id, folded FROM paragraph")
        truth = {row["id"] for row in rows if naive(root, row["folded"])}
        assert sample.found(text, filters=CHINESE) == truth, text

    def test_leaks_nothing_that_is_excluded(self, shelf: Library) -> None:
        _, both = shelf.add(("北京和上海。", "Beijing and Shanghai."))
        _, one = shelf.add(("北京。", "Beijing."))
        assert shelf.found("beijing -上海") == {one}
        assert shelf.found("北京 NOT shanghai") == {one}
        assert both in shelf.found("北京 (上海 OR 天津)")


class TestAField:
    @pytest.fixture
    def shelf(self, shelf: Library) -> Library:
        self.meeting = shelf.add(
            ("双方签署协议。", "The sides signed."),
            headline=("王毅访问青岛", "Wang Yi in Qingdao"),
            byline="薛婧",
            publication="晚报",
            date="2023-11-02",
            section="要闻",
        )
        self.weather = shelf.add(
            "青岛明天有雨。", headline=("天气", ""), date=None, kind=Kind.CAPTION
        )
        return shelf

    def test_title_finds_the_paragraphs_under_a_headline(self, shelf: Library) -> None:
        assert shelf.found("title:青岛") == set(self.meeting)
        assert shelf.found("title:(wang yi)") == set(self.meeting)
        assert shelf.found("title:qingdao 协议") == {self.meeting[-1]}

    def test_byline_finds_what_an_author_wrote(self, shelf: Library) -> None:
        assert shelf.found("byline:薛婧") == set(self.meeting)
        assert shelf.found("byline:xuejing 协议") == {self.meeting[-1]}
        assert shelf.found("青岛 -byline:薛婧") == {self.weather[-1]}

    def test_publication_section_and_kind_find_values(self, shelf: Library) -> None:
        assert shelf.found("publication:晚报") == set(self.meeting)
        assert shelf.found("publication:晚報 section:要闻") == set(self.meeting)
        assert shelf.found("kind:caption") == {self.weather[-1]}
        assert shelf.found("kind:cap") == set()

    def test_dates_keep_what_can_lie_in_them(self, shelf: Library) -> None:
        assert shelf.found("date:2023") == set(self.meeting)
        assert shelf.found("date:2023-11-02") == set(self.meeting)
        assert shelf.found("after:2023-11-03") == set()
        assert shelf.found("before:2023-11-01") == set()
        year = set(shelf.add("年鉴。", date="2023"))
        assert shelf.found("date:2023-11..2024-02") == year | set(self.meeting)

    def test_speaker_finds_who_is_quoted_in_both_scripts(self, shelf: Library) -> None:
        _, id = shelf.add("王毅说：“我们愿意对话。”")
        shelf.connection.execute(
            "INSERT INTO quotation (paragraph_id, start, end, kind, speaker, pinyin)"
            " VALUES (?, 4, 12, 'direct', '王毅', 'wangyi')",
            (id,),
        )
        assert shelf.found("speaker:王毅") == shelf.found("speaker:wangyi") == {id}
        assert shelf.found("kind:quote") == {id}


class TestAFilter:
    def test_keeps_values_and_dates(self, shelf: Library) -> None:
        old = set(shelf.add("粮食。", date="2022-01-05", publication="农报"))
        new = set(shelf.add("粮食。", date="2024-01-05", flags=("loop",)))
        assert shelf.found("粮食 OR 标题", filters=Filters(publication=("农报",))) == old
        assert shelf.found("粮食 OR 标题", filters=Filters(first="2023")) == new
        assert shelf.found("粮食 OR 标题", filters=Filters(last="2022-06")) == old
        assert shelf.found("粮食", filters=Filters(publication=("没有",))) == set()

    def test_that_is_no_date_is_left_out_with_a_sentence(self, shelf: Library) -> None:
        shelf.add("粮食。")
        results = shelf.search("粮食", filters=Filters(first="soon"))
        assert results.paragraphs == 1
        assert "are not dates" in results.problems[0]

    def test_flag_finds_doubtful_translations(self, shelf: Library) -> None:
        _, id = shelf.add(("粮食。", "grain grain"), flags=("loop",))
        assert shelf.found("flag:loop") == {id}
        assert shelf.found("粮食", filters=Filters(flag=("loop",))) == {id}


def test_a_removed_issue_never_shows_even_before_the_index_knows(shelf: Library) -> None:
    shelf.add("粮食。")
    assert shelf.search("粮食").paragraphs == 1
    shelf.connection.execute("UPDATE issue SET removed_at = '2024-06-01'")
    assert shelf.engine.search("粮食").paragraphs == 0
    assert shelf.search("粮食").paragraphs == 0


def test_a_search_in_an_empty_archive_finds_nothing(shelf: Library) -> None:
    assert shelf.engine.search("粮食 OR -grain title:x").hits == ()
