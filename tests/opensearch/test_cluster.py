"""The index in a cluster follows the store, whatever happens to the cluster meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import corrections, indexing
from indexer.errors import ServerAway
from indexer.index import NeedsRebuild
from indexer.opensearch import OpenSearchEngine, ServerRefused
from indexer.opensearch.server import Address
from indexer.search import Filters
from indexer.search.builtin import BuiltIn
from tests.opensearch.fake import FakeCluster
from tests.search.library import Library


class TestAnUpdate:
    def test_adds_replaces_and_takes_out(self, shelf: Library) -> None:
        one, two = shelf.add("春耕。")
        assert shelf.found("春耕") == {two}
        shelf.connection.execute("UPDATE paragraph SET folded = '秋收' WHERE id = ?", (two,))
        assert shelf.found("春耕") == set()
        assert shelf.found("秋收") == {two}
        shelf.connection.execute("DELETE FROM paragraph WHERE id = ?", (two,))
        assert shelf.found("秋收 OR 标题") == {one}

    def test_of_a_headline_reaches_all_paragraphs_under_it(self, shelf: Library) -> None:
        ids = shelf.add("正文。", "又一段。", headline=("粮价", "Grain prices"))
        assert shelf.found("title:corn") == set()
        shelf.refresh()
        corrections.correct(shelf.connection, ids[0], "Corn prices", "editor")
        assert shelf.found("title:corn") == set(ids)
        assert shelf.found("title:grain", filters=Filters(language="zh")) == set()

    def test_is_seen_whole_at_its_end(
        self, shelf: Library, cluster: FakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shelf.add("春耕。")
        shelf.refresh()
        shelf.add("春耕。")
        monkeypatch.setattr("indexer.opensearch.writing.publish", lambda client, index: None)
        assert shelf.search("春耕").paragraphs == 1

    def test_is_tried_again_where_the_cluster_is_busy(
        self, shelf: Library, cluster: FakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("time.sleep", lambda seconds: None)
        shelf.add("春耕。")
        cluster.busy = 2
        assert shelf.search("春耕").paragraphs == 1

    def test_that_is_refused_says_of_which_paragraph(
        self, shelf: Library, cluster: FakeCluster
    ) -> None:
        shelf.add("春耕。")
        for index in cluster.indexes.values():
            index.fields.pop("zh")
        with pytest.raises(ServerRefused, match=r"paragraph 1 .*dynamic introduction"):
            shelf.refresh()


class TestARebuild:
    def test_puts_a_new_index_in_the_place_of_the_old(
        self, shelf: Library, cluster: FakeCluster
    ) -> None:
        shelf.add("春耕。")
        (before,) = cluster.indexes
        assert shelf.engine.rebuild() == 2
        (after,) = cluster.indexes
        assert after != before
        assert cluster.aliases == {"news-v1": {after}}
        switch = [body for method, path, body in cluster.requests if path == "/_aliases"][-1]
        assert [next(iter(action)) for action in switch["actions"]] == ["remove", "add"]

    def test_that_fails_leaves_the_index_in_use(
        self, shelf: Library, cluster: FakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shelf.add("春耕。")
        assert shelf.search("春耕").paragraphs == 1
        (before,) = cluster.indexes

        def broken(*arguments: object) -> None:
            raise RuntimeError("a broken text")

        monkeypatch.setattr("indexer.opensearch.schema.documents", broken)
        with pytest.raises(RuntimeError):
            shelf.engine.rebuild()
        assert list(cluster.indexes) == [before]
        assert shelf.engine.search("春耕").paragraphs == 1

    def test_clears_away_what_broken_runs_left_and_nothing_else(
        self, shelf: Library, cluster: FakeCluster
    ) -> None:
        (index,) = cluster.indexes.values()
        for name in ("news-v1-0a1b2c3d", "news-v2-0a1b2c3d", "news-videos", "news-v1-mine"):
            cluster.indexes[name] = index
        shelf.engine.rebuild()
        assert "news-v1-0a1b2c3d" not in cluster.indexes
        assert {"news-v2-0a1b2c3d", "news-videos", "news-v1-mine"} < cluster.indexes.keys()

    def test_is_needed_where_there_is_no_index_of_this_version(
        self, shelf: Library, cluster: FakeCluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not shelf.engine.needs_rebuild()
        monkeypatch.setattr("indexer.opensearch.writing.VERSION", 2)
        assert shelf.engine.needs_rebuild()
        with pytest.raises(NeedsRebuild, match="run archive index"):
            shelf.engine.search("春耕")
        shelf.engine.rebuild()
        assert list(cluster.aliases["news-v2"]) == list(cluster.indexes)

    def test_refuses_a_server_that_is_too_old(self, shelf: Library, cluster: FakeCluster) -> None:
        cluster.version = {"number": "6.8.0"}
        with pytest.raises(ServerRefused, match=r"elasticsearch 6\.8\.0: update it to 7\.10"):
            shelf.engine.rebuild()


class TestTwoEngines:
    def test_take_turns_without_missing_anything(self, shelf: Library, tmp_path: Path) -> None:
        own, followed = BuiltIn(shelf.connection, tmp_path / "index"), tmp_path / "engine"
        cluster = shelf.engine
        shelf.add("春耕。")
        indexing.update(shelf.connection, own, followed)
        assert indexing.update(shelf.connection, cluster, followed) == 2
        shelf.add("春耕。")
        assert indexing.update(shelf.connection, cluster, followed) == 2
        assert indexing.update(shelf.connection, own, followed) == 4
        assert own.search("春耕").paragraphs == cluster.search("春耕").paragraphs == 2

    def test_report_how_far_they_are(self, shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(indexing, "REPORT_EVERY", 1)
        shelf.add("春耕。")
        reports: list[tuple[int, int]] = []
        shelf.engine.rebuild(lambda *both: reports.append(both))
        assert reports == [(1, 2), (2, 2)]


class TestAServer:
    def test_that_is_away_is_named_with_the_remedy_and_without_the_password(
        self, shelf: Library
    ) -> None:
        engine = OpenSearchEngine.at("http://me:secret@127.0.0.1:9/news", shelf.connection)
        with pytest.raises(ServerAway, match=r"127\.0\.0\.1:9 does not answer.*built-in") as raised:
            engine.search("春耕")
        assert "secret" not in f"{raised.value}{engine!r}{engine.name}"

    def test_that_lets_nobody_in_asks_for_the_password(
        self, shelf: Library, cluster: FakeCluster
    ) -> None:
        cluster.login = ("me", "p@ss")
        with pytest.raises(ServerRefused, match="does not let this user in"):
            shelf.engine.search("春耕")
        url = cluster.url.replace("//", "//me:p%40ss@")
        assert OpenSearchEngine.at(url, shelf.connection).search("春耕").articles == 0

    def test_that_refuses_is_quoted(self, shelf: Library, cluster: FakeCluster) -> None:
        cluster.broken = "_search"
        with pytest.raises(ServerRefused, match=r"503.*cluster_block_exception"):
            shelf.engine.search("春耕")

    @pytest.mark.parametrize(
        "url",
        [
            "news",
            "ftp://host/news",
            "http://",
            "http://host/NEWS",
            "http://host/a/b",
            "http://[::/",
        ],
    )
    def test_has_an_address(self, url: str) -> None:
        with pytest.raises(ServerRefused, match="not understood"):
            Address.parse(url)

    @pytest.mark.parametrize(
        ("url", "place"),
        [
            ("http://host", "http://host:9200/archive"),
            ("https://host/news", "https://host:443/news"),
            ("http://[::1]:9201/news-2024", "http://[::1]:9201/news-2024"),
        ],
    )
    def test_has_a_port_and_an_index(self, url: str, place: str) -> None:
        assert Address.parse(url).place == place


class TestAQueryOutOfReach:
    def test_of_too_many_words_is_told_so(self, shelf: Library) -> None:
        shelf.add("春耕。")
        results = shelf.search(" ".join(f"word{n}" for n in range(190)))
        assert results.articles == 0
        assert "too many words" in results.problems[0]

    def test_of_too_many_pages_is_told_so(self, shelf: Library) -> None:
        shelf.add("春耕。")
        results = shelf.search("春耕", page=5001)
        assert results.hits == ()
        assert "100,000 articles" in results.problems[0]
