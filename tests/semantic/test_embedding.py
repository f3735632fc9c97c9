"""Vectors are made for what lacks them, kept batch by batch, and go when their text changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.index.arrays import Array
from indexer.model import Kind
from indexer.semantic import embed, embedding, waiting
from tests.search.library import Library
from tests.semantic.conftest import TopicModel


def embed_all(shelf: Library, model: TopicModel) -> int:
    return embed(shelf.connection, model, waiting(shelf.connection, model.name))


def stored(shelf: Library) -> dict[int, Array]:
    rows = shelf.connection.execute("SELECT paragraph_id, vector FROM vector")
    return {id: np.frombuffer(blob, "<f2") for id, blob in rows}


def test_a_paragraph_is_embedded_under_its_headline(shelf: Library, model: TopicModel) -> None:
    shelf.add("他表示，将继续推进。", headline=("粮食丰收", ""))
    embed_all(shelf, model)
    assert model.embedded == ["粮食丰收", "粮食丰收\n他表示，将继续推进。"]


def test_bylines_and_credits_are_not_embedded(shelf: Library, model: TopicModel) -> None:
    shelf.add("张三 摄", byline="李四", kind=Kind.CREDIT)
    assert embed_all(shelf, model) == 1


def test_the_vector_is_kept_to_three_digits(shelf: Library, model: TopicModel) -> None:
    (_, id) = shelf.add("今年粮食丰收。")
    embed_all(shelf, model)
    assert stored(shelf)[id] == pytest.approx(model.query("粮食"), abs=1e-3)


class TestWhatWaits:
    def test_is_nothing_once_all_is_embedded(self, shelf: Library, model: TopicModel) -> None:
        shelf.add("今年粮食丰收。")
        assert embed_all(shelf, model) == 2
        assert embed_all(shelf, model) == 0

    def test_is_what_has_the_vector_of_another_model(
        self, shelf: Library, model: TopicModel
    ) -> None:
        shelf.add("今年粮食丰收。")
        embed_all(shelf, model)
        assert len(waiting(shelf.connection, "topics 2")) == 2

    def test_is_a_paragraph_whose_text_changed(self, shelf: Library, model: TopicModel) -> None:
        (_, one, _) = shelf.add("今年粮食丰收。", "火箭升空。")
        embed_all(shelf, model)
        shelf.connection.execute("UPDATE paragraph SET text = '医院' WHERE id = ?", (one,))
        assert waiting(shelf.connection, model.name) == [one]

    def test_is_not_one_that_only_moved_within_its_article(
        self, shelf: Library, model: TopicModel
    ) -> None:
        (_, one) = shelf.add("今年粮食丰收。")
        embed_all(shelf, model)
        shelf.connection.execute("UPDATE paragraph SET ordinal = 9 WHERE id = ?", (one,))
        assert waiting(shelf.connection, model.name) == []

    def test_is_all_of_an_article_whose_headline_changed(
        self, shelf: Library, model: TopicModel
    ) -> None:
        ids = shelf.add("今年粮食丰收。")
        shelf.add("火箭升空。")
        embed_all(shelf, model)
        shelf.connection.execute("UPDATE article SET headline = '新' WHERE id = 1")
        assert waiting(shelf.connection, model.name) == ids

    def test_can_be_limited(self, shelf: Library, model: TopicModel) -> None:
        shelf.add("今年粮食丰收。", "火箭升空。")
        assert len(waiting(shelf.connection, model.name, limit=2)) == 2

    def test_has_nothing_of_a_removed_issue(self, shelf: Library, model: TopicModel) -> None:
        shelf.add("今年粮食丰收。")
        shelf.connection.execute("UPDATE issue SET removed_at = '2025-01-01'")
        assert waiting(shelf.connection, model.name) == []


class Killed(TopicModel):
    def passages(self, texts: Sequence[str]) -> Array:
        if len(self.embedded) >= 2 * embedding.BATCH:
            raise KeyboardInterrupt
        return super().passages(texts)


def test_a_killed_run_goes_on_where_it_was(shelf: Library, model: TopicModel) -> None:
    shelf.add(*[f"第{n}段。" for n in range(3 * embedding.BATCH)])
    with pytest.raises(KeyboardInterrupt):
        embed_all(shelf, Killed())
    assert len(stored(shelf)) == 2 * embedding.BATCH
    assert embed_all(shelf, model) == embedding.BATCH + 1
    assert waiting(shelf.connection, model.name) == []


def test_a_text_that_changes_meanwhile_waits_for_the_next_run(shelf: Library) -> None:
    (_, one) = shelf.add("今年粮食丰收。")

    class Slow(TopicModel):
        def passages(self, texts: Sequence[str]) -> Array:
            shelf.connection.execute("UPDATE paragraph SET text = '医院' WHERE id = ?", (one,))
            return super().passages(texts)

    assert embed_all(shelf, Slow()) == 1
    assert waiting(shelf.connection, "topics 1") == [one]


def test_progress_is_told_to_the_end(shelf: Library, model: TopicModel) -> None:
    shelf.add(*[f"第{n}段。" for n in range(embedding.BATCH)])
    told: list[tuple[int, int]] = []
    ids = waiting(shelf.connection, model.name)
    embed(shelf.connection, model, ids, lambda done, total: told.append((done, total)))
    assert told == [(embedding.BATCH, len(ids)), (len(ids), len(ids))]


def test_vectors_go_with_their_paragraph(shelf: Library, model: TopicModel) -> None:
    (_, one) = shelf.add("今年粮食丰收。")
    embed_all(shelf, model)
    shelf.connection.execute("DELETE FROM paragraph WHERE id = ?", (one,))
    assert one not in stored(shelf)
