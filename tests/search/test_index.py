"""The index follows its records, merges, is rebuilt beside itself, and survives what it meets."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.qparser import QueryParser
from whoosh.query import And, Term

from indexer import fold
from indexer.errors import Busy
from indexer.index import Index, NeedsRebuild, Record, postings, segments, words, writing
from indexer.index.writing import MANY, to_merge
from indexer.search import builtin
from tests.search.library import Library

TEXTS = ("北京的春天", "上海的夏天", "广州的秋天", "重庆的冬天")


def record(id: int, zh: str = "", en: str = "") -> Record:
    zh = zh or f"{TEXTS[id % 4]}第{id}号"
    return Record(id, id, "paragraph", zh, fold.key(zh), en=en)


def found(index: Index, text: str) -> set[int]:
    reader = index.reader()
    return set(reader.paragraphs[reader.find(fold.key(text)).docs].tolist())


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")


class TestUpdating:
    def test_adds_replaces_and_removes(self, index: Index) -> None:
        assert index.update([record(1), record(2), record(3)]) == 3
        index.update([record(2, "南京")], removed=[3])
        assert found(index, "南京") == {2}
        assert found(index, "广州") == set()
        assert found(index, "天第") == {1}
        assert index.reader().alive.sum() == 2

    def test_removes_first_so_that_all_changed_ids_can_be_given(self, index: Index) -> None:
        index.update([record(1), record(2)])
        index.update([record(1, "南京")], removed=[1, 2])
        assert found(index, "南京") == {1}
        assert index.reader().alive.sum() == 1

    def test_takes_the_later_of_two_records_with_one_id(self, index: Index) -> None:
        index.update([record(1, "南京"), record(1, "西安")])
        assert found(index, "南京") == set()
        assert found(index, "西安") == {1}

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=30))
    def test_in_any_order_leaves_what_one_build_would(self, steps: list[tuple[int, bool]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            index = Index.open(Path(folder))
            held: dict[int, Record] = {}
            for number, (id, remove) in enumerate(steps):
                if remove:
                    held.pop(id, None)
                    index.update([], removed=[id])
                else:
                    held[id] = record(id, f"{TEXTS[number % 4]}{number}", f"word{number % 5}")
                    index.update([held[id]])
            reader = index.reader()
            for text in ("的", "春天", "上海的", "天1"):
                want = {id for id, r in held.items() if text in r.folded}
                assert found(index, text) == want
            for word in ("word0", "word3"):
                docs = reader.with_terms("en", [word]).docs
                want = {id for id, r in held.items() if r.en == word}
                assert set(reader.paragraphs[docs].tolist()) == want

    def test_keeps_the_number_of_segments_small(self, index: Index) -> None:
        for start in range(0, 3000, 100):
            index.update(record(id) for id in range(start, start + 100))
        segments = list((index._folder / (index._folder / "current").read_text()).glob("*.arrays"))
        assert len(segments) <= MANY
        assert found(index, "第2999号") == {2999}

    def test_waits_for_another_writer_then_says_so(self, index: Index) -> None:
        index.update([record(1)])
        with Index.open(index._folder)._lock(0), pytest.raises(Busy, match="Another process"):
            index.update([record(2)], wait_s=0.1)
        index.update([record(2)], wait_s=0.1)

    def test_that_fails_halfway_changes_nothing(self, index: Index) -> None:
        index.update([record(1)])

        def breaking() -> Iterable[Record]:
            yield record(2)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.update(breaking(), removed=[1])
        assert found(index, "第1号") == {1}
        index.update([record(3)])
        assert found(index, "号") == {1, 3}


class TestRebuilding:
    def test_replaces_all_and_leaves_one_folder(self, index: Index) -> None:
        index.update([record(1)])
        held = index.reader()
        assert index.rebuild([record(2)]) == 1
        assert found(index, "号") == {2}
        assert held.paragraphs[held.find("号").docs].tolist() == [1]
        assert len(list(index._folder.glob("index-*"))) == 1

    def test_that_fails_leaves_the_live_index(self, index: Index) -> None:
        index.update([record(1)])

        def breaking() -> Iterable[Record]:
            yield record(2)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            index.rebuild(breaking())
        assert found(index, "号") == {1}
        index.rebuild([record(3)])
        assert len(list(index._folder.glob("index-*"))) == 1

    def test_is_needed_without_an_index_or_with_one_of_another_version(self, index: Index) -> None:
        assert index.needs_rebuild()
        index.update([record(1)])
        assert not index.needs_rebuild()
        live = index._folder / (index._folder / "current").read_text()
        (live / "version").write_text("0")
        assert index.needs_rebuild()
        with pytest.raises(NeedsRebuild, match="archive index --rebuild"):
            index.update([record(2)])
        with pytest.raises(NeedsRebuild):
            Index.open(index._folder).reader()
        index.rebuild([record(2)])
        assert found(index, "号") == {2}

    @pytest.mark.parametrize("missing", ["*.arrays", "*.toc", "version"])
    def test_is_needed_when_a_file_is_lost(self, index: Index, missing: str) -> None:
        index.update([record(1)])
        live = index._folder / (index._folder / "current").read_text()
        for file in live.glob(missing):
            file.unlink()
        assert index.needs_rebuild()
        with pytest.raises(NeedsRebuild, match="archive index --rebuild"):
            index.reader()
        index.rebuild([record(2)])
        assert found(index, "号") == {2}

    @pytest.mark.slow
    def test_side_by_side_gives_the_same_index(self, index: Index, tmp_path: Path) -> None:
        sources = [partial(batch, number) for number in range(3)]
        assert index.rebuild_side_by_side(sources, processes=2) == 30
        alone = Index.open(tmp_path / "alone")
        alone.rebuild(record for source in sources for record in source())
        for text in ("的春天", "第1批", "京"):
            assert found(index, text) == found(alone, text) != set()

    @pytest.mark.slow
    def test_an_archive_of_many_paragraphs_goes_side_by_side(
        self, shelf: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(4):
            shelf.add(f"第{number}篇写春耕。", f"第{number}篇写备耕。")
        monkeypatch.setattr(builtin, "MANY", 1)
        monkeypatch.setattr(builtin, "PART", 5)
        told: list[tuple[int, int]] = []
        engine = builtin.BuiltIn(shelf.connection, shelf.index._folder)
        done = engine.rebuild(lambda *both: told.append(both))
        assert (done, told[-1]) == (12, (12, 12))
        assert len(found(shelf.index, "耕")) == 8


class TestMerging:
    def test_leaves_few_segments_and_touches_each_paragraph_few_times(self) -> None:
        sizes: list[int] = []
        rewritten = 0
        for _ in range(2000):
            sizes.append(600)
            chosen = to_merge(sizes)
            if len(chosen) > 1:
                merged = sum(sizes[n] for n in chosen)
                rewritten += merged
                sizes = [s for n, s in enumerate(sizes) if n not in chosen] + [merged]
            assert len(sizes) <= MANY + 4
        assert sum(sizes) == 2000 * 600
        assert rewritten < 2000 * 600 * 12

    @pytest.mark.parametrize("at_once", [1, 50, 10**6])
    def test_gives_the_same_whatever_the_memory(
        self, at_once: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        records = [record(id, en=f"word{id % 7} all") for id in range(40)]
        parts = [segments.from_records(records[start : start + 10]) for start in (0, 10, 20, 30)]
        kept = np.arange(10) != 3
        monkeypatch.setattr(segments, "AT_ONCE", at_once)
        merged = segments.merged([(part, kept) for part in parts])
        alone = segments.from_records(r for r in records if r.paragraph_id % 10 != 3)
        assert merged.keys() == alone.keys()
        assert [name for name in alone if merged[name].tolist() != alone[name].tolist()] == []


class TestReaders:
    def test_never_see_half_of_what_a_writer_adds(self, index: Index, tmp_path: Path) -> None:
        index.update(batch(0))
        stop = multiprocessing.Event()
        failures: multiprocessing.Queue[str] = multiprocessing.Queue()
        readers = [
            multiprocessing.Process(target=read, args=(index._folder, stop, failures))
            for _ in range(2)
        ]
        for process in readers:
            process.start()
        try:
            for number in range(1, 25):
                if number % 8 == 0:
                    index.rebuild(r for n in range(number + 1) for r in batch(n))
                else:
                    index.update(batch(number))
        finally:
            stop.set()
            for process in readers:
                process.join(20)
        assert failures.empty(), failures.get()
        assert all(process.exitcode == 0 for process in readers)
        assert len(found(index, "春天")) == 250

    @pytest.mark.parametrize("old", ["gone", "emptied"])
    def test_take_the_new_index_when_the_old_goes_under_their_eyes(
        self, index: Index, old: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index.update([record(1)])
        contents = writing.contents

        def late(live: Path) -> TOC:
            monkeypatch.setattr(writing, "contents", contents)
            index.rebuild([record(2)])
            if old == "emptied":
                live.mkdir()
            return contents(live)

        monkeypatch.setattr(writing, "contents", late)
        assert found(index, "号") == {2}


class TestWhoosh:
    def test_reads_the_index_as_one_of_its_own(self, index: Index) -> None:
        index.update([record(id, en=f"spring number{id}") for id in range(600)])
        index.update([record(600, "北京的夏天", "late summer")], removed=[4])
        live = index._folder / (index._folder / "current").read_text()
        with FileIndex(FileStorage(str(live)), indexname="paragraphs").searcher() as searcher:
            assert searcher.doc_count() == 600
            hits = searcher.search(And([Term("zh", "北京"), Term("zh", "夏天")]), limit=None)
            assert len(hits) == 1
            query = QueryParser("en", searcher.schema).parse("spring AND number5*")
            assert len(searcher.search(query, limit=None)) == 111
            assert list(searcher.reader().expand_prefix("en", "lat")) == [b"late"]


class TestPrefixes:
    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(st.lists(st.text("abé", min_size=1, max_size=3), max_size=4), max_size=12),
        st.text("abé", min_size=1, max_size=2),
    )
    def test_find_what_a_scan_of_the_words_finds(
        self, index: Index, texts: list[list[str]], prefix: str
    ) -> None:
        index.rebuild(record(id, en=" ".join(some)) for id, some in enumerate(texts))
        start = words.analysed(prefix).sequence[0]
        want = {
            id: sum(word.startswith(start) for word in words.analysed(" ".join(some)).sequence)
            for id, some in enumerate(texts)
        }
        docs, counts = index.reader().with_prefix("en", start)
        got = dict(zip(index.reader().paragraphs[docs].tolist(), counts.tolist(), strict=True))
        assert got == {id: count for id, count in want.items() if count}

    def test_find_rare_words_behind_thousands(self, index: Index) -> None:
        index.update(record(id, en=f"b{id:04}c") for id in range(3000))
        assert len(index.reader().with_prefix("en", "b").docs) == 3000


class TestPostings:
    @settings(deadline=None)
    @given(st.lists(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(1, 9)), min_size=1)))
    def test_come_back_as_they_were(self, terms: list[list[tuple[int, int]]]) -> None:
        sorted_terms = [sorted(dict(term).items()) for term in terms]
        docs = np.array([doc for term in sorted_terms for doc, _ in term], np.int64)
        counts = np.array([count for term in sorted_terms for _, count in term], np.int64)
        starts = np.cumsum([0, *map(len, sorted_terms)])[:-1]
        data, offsets = postings.encode(docs, counts, starts)
        for number, term in enumerate(sorted_terms):
            got = postings.decode(data[offsets[number] : offsets[number + 1]])
            assert got[0].tolist() == [doc for doc, _ in term]
            assert got[1].tolist() == [min(count, 4) for _, count in term]
        if terms:
            numbers, all_docs, _ = postings.decode_all(data, offsets)
            assert all_docs.tolist() == docs.tolist()
            assert numbers.tolist() == [n for n, term in enumerate(sorted_terms) for _ in term]


def batch(number: int) -> list[Record]:
    """Return ten paragraphs that are only ever added together."""
    return [record(number * 10 + i, f"北京的春天，第{number}批。") for i in range(10)]


def read(folder: Path, stop: multiprocessing.synchronize.Event, failures: object) -> None:
    """Read until told to stop; report a batch that was seen in part."""
    index = Index.open(folder)
    how = random.Random()
    while not stop.is_set():
        try:
            every = len(found(index, "春天"))
            one = len(found(index, f"第{how.randint(0, 20)}批"))
            if every % 10 or one not in (0, 10):
                failures.put(f"saw {every} and {one}")  # type: ignore[attr-defined]
        except BaseException as error:
            failures.put(repr(error))  # type: ignore[attr-defined]
            raise
        time.sleep(0.001)
