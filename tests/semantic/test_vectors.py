"""The vectors in memory follow the store, and know where they stand in the index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer import store
from indexer.semantic import embed, vectors, waiting
from tests.search.library import Library
from tests.semantic.conftest import TopicModel


def newest(shelf: Library, model: TopicModel) -> vectors.Vectors:
    embed(shelf.connection, model, waiting(shelf.connection, model.name))
    return vectors.newest(shelf.connection, model.name)


class TestMemory:
    def test_is_empty_where_nothing_is_embedded(self, shelf: Library, model: TopicModel) -> None:
        assert len(vectors.newest(shelf.connection, model.name)) == 0

    def test_is_not_read_again_while_nothing_changes(
        self, shelf: Library, model: TopicModel
    ) -> None:
        shelf.add("今年粮食丰收。")
        assert newest(shelf, model) is vectors.newest(shelf.connection, model.name)

    def test_sees_what_another_connection_adds(self, shelf: Library, model: TopicModel) -> None:
        first = shelf.add("今年粮食丰收。")
        newest(shelf, model)
        second = shelf.add("火箭升空。")
        path = shelf.connection.execute("PRAGMA database_list").fetchone()["file"]
        other = store.connect(Path(path))
        embed(other, model, waiting(other, model.name))
        other.close()
        held = vectors.newest(shelf.connection, model.name)
        assert held.paragraphs.tolist() == [*first, *second]

    def test_forgets_what_is_gone(self, shelf: Library, model: TopicModel) -> None:
        (headline, one, two) = shelf.add("今年粮食丰收。", "火箭升空。")
        newest(shelf, model)
        for gone, left in ((one, [headline, two]), (two, [headline])):
            shelf.connection.execute("DELETE FROM paragraph WHERE id = ?", (gone,))
            assert vectors.newest(shelf.connection, model.name).paragraphs.tolist() == left

    def test_takes_the_new_vector_of_a_changed_text(
        self, shelf: Library, model: TopicModel
    ) -> None:
        (_, one) = shelf.add("今年粮食丰收。")
        newest(shelf, model)
        shelf.connection.execute("UPDATE paragraph SET text = '医院' WHERE id = ?", (one,))
        held = newest(shelf, model)
        assert held.of(one) == pytest.approx(model.query("医院"), abs=1e-3)
        assert len(held) == len(set(held.paragraphs.tolist())) == 2

    def test_keeps_models_apart(self, shelf: Library, model: TopicModel) -> None:
        ids = shelf.add("今年粮食丰收。")
        newest(shelf, model)
        newer = TopicModel("topics 2")
        embed(shelf.connection, newer, waiting(shelf.connection, newer.name, limit=1))
        assert vectors.newest(shelf.connection, newer.name).paragraphs.tolist() == ids[:1]
        assert vectors.newest(shelf.connection, model.name).paragraphs.tolist() == ids[1:]


class TestNearness:
    def test_is_the_cosine_of_each_document(self, shelf: Library, model: TopicModel) -> None:
        long = "今年粮食丰收。" * 9
        (_, one) = shelf.add(long)
        shelf.refresh()
        reader = shelf.index.reader()
        nearness = newest(shelf, model).nearness(model.query("grain"), reader)
        assert nearness[reader.document(one)] == pytest.approx(1, abs=1e-3)

    def test_is_minus_infinity_without_a_vector(self, shelf: Library, model: TopicModel) -> None:
        (_, one) = shelf.add("今年粮食丰收。")
        held = newest(shelf, model)
        (_, two) = shelf.add("火箭升空。")
        shelf.refresh()
        reader = shelf.index.reader()
        nearness = held.nearness(model.query("rocket"), reader)
        assert np.isneginf(nearness[reader.document(two)])
        assert np.isfinite(nearness[reader.document(one)])

    def test_follows_the_index_to_its_next_generation(
        self, shelf: Library, model: TopicModel
    ) -> None:
        (_, one) = shelf.add("今年粮食丰收。")
        held = newest(shelf, model)
        for text in ("火箭升空。", "医院开业。"):
            shelf.add(text)
            shelf.refresh()
            reader = shelf.index.reader()
            nearness = held.nearness(model.query("grain"), reader)
            assert reader.paragraphs[np.argmax(nearness)] == one


class TestDamping:
    def test_takes_nothing_from_a_paragraph_of_some_length(self) -> None:
        assert vectors.damping(np.array([vectors.SHORT, 500])).tolist() == [0, 0]

    def test_takes_the_more_the_shorter_a_paragraph_is(self) -> None:
        taken = vectors.damping(np.array([0, 10, 20, 30]))
        assert (np.diff(taken) < 0).all()
        assert taken[0] == pytest.approx(vectors.DAMPING)

    def test_puts_a_caption_behind_a_paragraph_as_near(
        self, shelf: Library, model: TopicModel
    ) -> None:
        (_, caption) = shelf.add("图为粮食。", headline=("甲", ""))
        (_, whole) = shelf.add("今年粮食丰收。" * 9, headline=("乙", ""))
        shelf.refresh()
        reader = shelf.index.reader()
        nearness = newest(shelf, model).nearness(model.query("grain"), reader)
        assert nearness[reader.document(whole)] > nearness[reader.document(caption)]
