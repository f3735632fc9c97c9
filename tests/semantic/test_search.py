"""Words and meaning find together; what is asked to the letter holds for both."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.errors import NotFound
from indexer.search import EVERYTHING, Filters
from indexer.semantic import NoVectors, embed, search, select, similar, waiting
from indexer.semantic.fusion import K, fuse
from indexer.semantic.search import NEAREST
from tests.search.library import Library
from tests.semantic.conftest import TopicModel


class TestFusion:
    def test_puts_first_what_both_rankings_have(self) -> None:
        score = fuse(4, [(1, np.array([0, 1])), (1, np.array([2, 1]))])
        assert np.argsort(-score, kind="stable").tolist() == [1, 0, 2, 3]

    def test_scores_by_rank_and_weight_alone(self) -> None:
        score = fuse(3, [(2, np.array([2, 0]))])
        assert score == pytest.approx([2 / (K + 2), 0, 2 / (K + 1)])

    def test_of_nothing_scores_nothing(self) -> None:
        nothing = np.zeros(0, np.int64)
        assert fuse(2, [(1, nothing), (1, nothing)]).tolist() == [0, 0]


@pytest.fixture
def three(shelf: Library, model: TopicModel) -> dict[str, int]:
    """Put three topics on the shelf, the first in English too, all embedded."""
    ids = {
        "grain": shelf.add(("今年粮食丰收。", "The harvest was good."), date="2024-05-01")[1],
        "rocket": shelf.add("火箭升空。", date="2024-06-01")[1],
        "hospital": shelf.add("医院开业。", date="2024-07-01", headline=("医院", ""))[1],
    }
    shelf.refresh()
    embed(shelf.connection, model, waiting(shelf.connection, model.name))
    return ids


def ranked(
    shelf: Library, model: TopicModel, text: str, filters: Filters = EVERYTHING
) -> list[int]:
    found = select(shelf.connection, shelf.index, model, text, filters)
    docs = np.flatnonzero(found.mask)
    order = docs[np.argsort(-found.score[docs], kind="stable")]
    return [int(id) for id in found.reader.paragraphs[order]]


class TestAQuery:
    def test_finds_by_meaning_what_has_none_of_its_words(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert shelf.found("spaceship") == set()
        assert ranked(shelf, model, "spaceship")[0] == three["rocket"]

    def test_puts_words_and_meaning_together_before_either(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert ranked(shelf, model, "grain harvest")[0] == three["grain"]

    def test_shows_the_words_it_found_and_none_for_the_rest(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        results = search(shelf.connection, shelf.index, model, "harvest OR spaceship")
        found = {p.id: p for hit in results.hits for p in hit.paragraphs}
        assert "translation" in found[three["grain"]].found_by["harvest"]
        assert not found[three["grain"]].meant
        assert found[three["rocket"]].found_by == {}
        assert found[three["rocket"]].meant
        assert results.meant == sum(p.meant for p in found.values())
        assert results.problems == ()

    def test_leaves_out_what_is_much_less_near_than_the_nearest(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert ranked(shelf, model, "spaceship") == [three["rocket"]]

    def test_keeps_to_its_dates_fields_and_exclusions(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert set(ranked(shelf, model, "rocket after:2024-07 -标题")) == {
            three["hospital"],
            three["hospital"] - 1,
        }
        assert three["rocket"] not in ranked(shelf, model, "rocket -火箭")

    def test_keeps_to_the_filters(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        shelf.add("粮食入库。", date="2024-06-02")
        shelf.refresh()
        embed(shelf.connection, model, waiting(shelf.connection, model.name))
        may = Filters(first="2024-05", last="2024-05")
        assert ranked(shelf, model, "grain", may) == [three["grain"]]

    def test_finds_a_quotation_to_the_letter(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert ranked(shelf, model, '"火箭升空"') == [three["rocket"]]
        assert ranked(shelf, model, 'grain "火箭升空"') == [three["rocket"]]

    def test_of_nothing_finds_nothing(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        assert ranked(shelf, model, " ") == []

    def test_says_what_is_not_embedded_yet(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        shelf.add("新的一天。", byline="李四")
        shelf.refresh()
        (problem,) = search(shelf.connection, shelf.index, model, "grain").problems
        assert problem.startswith("2 paragraphs")
        assert "archive embed" in problem

    def test_without_any_vectors_says_what_to_do(self, shelf: Library, model: TopicModel) -> None:
        shelf.add("今年粮食丰收。")
        shelf.refresh()
        with pytest.raises(NoVectors, match="archive embed"):
            search(shelf.connection, shelf.index, model, "grain")

    def test_finds_no_more_than_the_nearest(self, shelf: Library, model: TopicModel) -> None:
        shelf.add(*[f"第{n}段。" for n in range(NEAREST + 20)])
        shelf.refresh()
        embed(shelf.connection, model, waiting(shelf.connection, model.name))
        assert len(ranked(shelf, model, "grain")) == NEAREST

    def test_never_finds_what_was_removed(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        shelf.connection.execute(
            "UPDATE issue SET removed_at = '2025-01-01' WHERE date = '2024-06-01'"
        )
        assert three["rocket"] not in ranked(shelf, model, "rocket")


class TestSimilarParagraphs:
    def test_are_of_the_same_topic_and_of_other_articles(
        self, shelf: Library, model: TopicModel, three: dict[str, int]
    ) -> None:
        shelf.add("某火箭发射成功，运载能力有所提高。", headline=("新火箭", ""))
        shelf.refresh()
        embed(shelf.connection, model, waiting(shelf.connection, model.name))
        nearest = similar(shelf.connection, shelf.index, model, three["rocket"], most=2)
        assert [like.headline for like in nearest] == ["新火箭", "新火箭"]
        assert nearest[0].zh.text.startswith("某火箭")  # the headline is shorter, so damped more

    def test_of_one_without_a_vector_are_refused(self, shelf: Library, model: TopicModel) -> None:
        (_, one) = shelf.add("今年粮食丰收。")
        shelf.refresh()
        with pytest.raises(NotFound, match="archive embed"):
            similar(shelf.connection, shelf.index, model, one)
