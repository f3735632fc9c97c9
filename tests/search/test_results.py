"""Results are grouped, sorted, counted and cut to what a reader can take in."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.query import Text
from indexer.search import Snippet
from indexer.search.facets import periods
from indexer.search.results import Mark
from indexer.search.select import select
from indexer.search.snippets import EN_LENGTH, ZH_LENGTH, Highlighter, snippet_en, snippet_zh
from tests.search.library import Library


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def highlighter(text: Text) -> Highlighter:
    return Highlighter({text: {"zh", "en"}})


class TestAPageOfResults:
    def test_groups_paragraphs_by_article_with_the_best_first(self, shelf: Library) -> None:
        shelf.add(
            "粮食，还有别的许多许多事情要说一说。",
            "粮食粮食。",
            "别的。",
            headline=("粮食丰收", ""),
        )
        shelf.add("粮食和别的许多许多许多许多许多许多许多事情。")
        results = shelf.search("粮食", paragraphs=2)
        assert (results.articles, results.paragraphs) == (2, 4)
        assert [hit.found for hit in results.hits] == [3, 1]
        best = results.hits[0].paragraphs
        assert len(best) == 2
        assert best[0].score >= best[1].score

    def test_sorts_by_date_with_the_undated_last(self, shelf: Library) -> None:
        for date in ("2023-05-01", None, "2024-01-01", "2023-05"):
            shelf.add("粮食。", date=date)
        newest = [hit.date for hit in shelf.search("粮食", sort="newest").hits]
        oldest = [hit.date for hit in shelf.search("粮食", sort="oldest").hits]
        assert newest == ["2024-01-01", "2023-05-01", "2023-05", None]
        assert oldest == ["2023-05", "2023-05-01", "2024-01-01", None]

    def test_pages_give_every_article_once(self, shelf: Library) -> None:
        for _ in range(7):
            shelf.add("粮食。")
        pages = [shelf.search("粮食", page=page, size=3) for page in (1, 2, 3, 4)]
        assert pages[0].pages == 3
        keys = [hit.key for results in pages for hit in results.hits]
        assert len(keys) == len(set(keys)) == 7


class TestFacets:
    def test_count_every_paragraph_found(self, shelf: Library) -> None:
        shelf.add("粮食。", "粮食。", publication="甲报", date="2024-01-05", section="要闻")
        shelf.add("粮食。", publication="乙报", date=None)
        facets = shelf.search("粮食", size=1).facets
        assert [(c.value, c.count) for c in facets.publication] == [("甲报", 2), ("乙报", 1)]
        assert [(c.value, c.count) for c in facets.section] == [("要闻", 2)]
        assert [(p.label, p.count) for p in facets.periods] == [("2024-01", 2)]
        assert facets.undated == 1

    @pytest.mark.parametrize(
        ("days", "labels"),
        [
            ([20240105, 20240301], ["2024-01", "2024-02", "2024-03"]),
            ([20200105, 20240301], ["2020", "2021", "2022", "2023", "2024"]),
            ([20240000, 20240301], ["2024"]),
            ([19490105, 20240301], [f"{y}..{y + 9}" for y in range(1940, 2030, 10)]),
        ],
    )
    def test_have_bars_of_one_length_without_gaps(self, days: list[int], labels: list[str]) -> None:
        bars = periods(np.array(days))
        assert [bar.label for bar in bars] == labels
        assert sum(bar.count for bar in bars) == len(days)

    def test_are_counts_that_their_own_query_gives(self, shelf: Library) -> None:
        for date in ("1950-01-01", "1999-12-31", "2024-01-05"):
            shelf.add("粮食。", date=date)
        for bar in shelf.search("粮食").facets.periods:
            assert shelf.search(f"粮食 date:{bar.label}").paragraphs == bar.count


class TestASnippet:
    LONG = (
        "第一句话在这里说完了。" * 8
        + "第二句，讲到了粮食丰收的消息！"
        + "第三句也有不少的话要说。" * 8
    )

    def test_is_whole_sentences_around_the_hit(self) -> None:
        marks = highlighter(Text("粮食")).zh(self.LONG)
        snippet = snippet_zh(self.LONG, marks)
        assert marked(snippet) == ["粮食"]
        assert len(snippet.text) <= ZH_LENGTH
        assert snippet.text[-1] in "。！"
        assert snippet.text.startswith("第")
        assert snippet.cut_before
        assert snippet.cut_after

    def test_of_one_endless_sentence_is_cut_at_commas(self) -> None:
        text = "一些话，" * 60 + "说粮食，" + "一些话，" * 60
        snippet = snippet_zh(text, highlighter(Text("粮食")).zh(text))
        assert marked(snippet) == ["粮食"]
        assert len(snippet.text) <= ZH_LENGTH
        assert snippet.text.startswith("一些话")
        assert snippet.text.endswith("，")

    def test_in_english_keeps_decimals_and_sentences_whole(self) -> None:
        text = "Nothing here to see. " * 20 + "Grain grew 3.5 percent. " + "More of it. " * 30
        snippet = snippet_en(text, highlighter(Text("grains")).en(text))
        assert marked(snippet) == ["Grain"]
        assert "Grain grew 3.5 percent." in snippet.text
        assert len(snippet.text) <= EN_LENGTH

    @pytest.mark.parametrize(
        ("typed", "printed", "marks"),
        [
            ("無感審批", "推出“无感，审批”服务", [(3, 8)]),
            ("aeon人形", "ＡＥＯＮ 人形机器人", [(0, 7)]),
            ("丰收", "丰收、丰收", [(0, 2), (3, 5)]),
            ("没有", "粮食", []),
        ],
    )
    def test_marks_chinese_as_printed(self, typed: str, printed: str, marks: list[Mark]) -> None:
        assert highlighter(Text(typed)).zh(printed) == marks

    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            (Text("approve"), ["approval", "approved"]),
            (Text("approved", exact=True), ["approved"]),
            (Text("appro", prefix=True), ["approval", "approved"]),
            (Text("aproved", edits=1), ["approved"]),
            (Text("seamless approval", exact=True), ["seamless approval"]),
            (Text("shops seamless", exact=True, within=3), ["seamless approval for shops"]),
            (Text("1000"), ["1,000"]),
            (Text("wangyi"), ["Wang Yi"]),
        ],
    )
    def test_marks_english_as_printed(self, text: Text, marks: list[str]) -> None:
        printed = "A seamless approval for shops: Wang Yi approved 1,000."
        found = highlighter(text).en(printed)
        assert [printed[start:end] for start, end in found] == marks


class TestAQueryThatNoParagraphHasWhole:
    def test_gets_those_that_have_most_of_its_words_and_is_told(self, shelf: Library) -> None:
        shelf.add(
            ("甲。", "A retail licence in Harbin."), ("乙。", "A licence."), ("丙。", "Rain.")
        )
        results = shelf.search("Harbin hot licence")
        (hit,) = results.hits
        assert [paragraph.zh.text for paragraph in hit.paragraphs] == ["甲。"]
        assert results.problems == ("No paragraph has all 3 words: these have 2 of them.",)

    def test_gets_nothing_where_none_has_any(self, shelf: Library) -> None:
        shelf.add(("甲。", "Rain."))
        assert shelf.search("hot licence").articles == 0

    def test_keeps_to_what_is_quoted_excluded_or_of_a_field(self, shelf: Library) -> None:
        shelf.add(("到期未换证。", "Rain in Harbin."), ("无感审批。", "Rain and snow."))
        assert shelf.found('"到期" rain sun') == shelf.found('"到期"')
        assert shelf.found("rain sun -snow") == shelf.found('"到期"')
        assert shelf.found("kind:caption rain sun") == set()


class TestWhatOthersBuildOn:
    def test_is_left_exact(self, shelf: Library) -> None:
        shelf.add(("甲。", "A licence."))
        shelf.refresh()
        assert not select(shelf.connection, shelf.index, "hot licence").mask.any()


def test_a_query_that_takes_too_long_is_stopped_and_says_so(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.add("粮食。")
    monkeypatch.setitem(select.__globals__, "LIMIT_S", -1)
    results = shelf.search("粮食")
    assert results.articles == 0
    assert "took too long" in results.problems[0]
