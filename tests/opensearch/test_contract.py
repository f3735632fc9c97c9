"""What is asked of a cluster is what its interface allows, and the fake takes nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException, RequestError

from indexer import fold
from indexer.opensearch import dsl, schema
from indexer.query import parse
from tests.opensearch.fake import FakeCluster, checked
from tests.search.library import Library


def asked(text: str, language: str = "") -> Any:
    root = parse(text).root
    assert root is not None
    return dsl.Translator(language).match(root)


def singles(clause: Any) -> list[tuple[str, str]]:
    """Return the kinds and fields of the single clauses of a query."""
    if isinstance(clause, list):
        return [found for part in clause for found in singles(part)]
    found = []
    for name, part in clause.items() if isinstance(clause, dict) else ():
        if name in ("term", "match_phrase", "prefix", "fuzzy", "intervals", "range"):
            found.append((name, next(iter(part))))
        else:
            found += singles(part)
    return found


class TestTheMapping:
    def test_is_what_the_interface_allows(self) -> None:
        checked("create", {"settings": schema.SETTINGS, "mappings": schema.MAPPINGS})

    def test_takes_no_field_that_it_does_not_name(self) -> None:
        assert schema.MAPPINGS["dynamic"] == "strict"

    def test_keeps_no_texts(self) -> None:
        assert schema.MAPPINGS["_source"] == {"enabled": False}


class TestADocument:
    def test_is_sent_as_tokens_with_the_headline_of_its_article(
        self, shelf: Library, cluster: FakeCluster
    ) -> None:
        shelf.add(
            ("開放，港口。", "Ports’ licences reopened."),
            headline=("青島港", "Port of Qingdao"),
            byline="王毅",
        )
        shelf.refresh()
        (index,) = cluster.indexes.values()
        document = index.seen.documents[3]
        assert document["zh"] == [fold.key("开放港口")]
        assert document["en.term"] == ["ports licences reopened"]
        assert document["en.word_stem"] == ["port licens reopen"]
        assert document["title.zh"] == ["青岛港"]
        assert document["title.en.stem"] == ["port of qingdao"]
        assert "qingdao" in document["title.chinese.term"][0].split()
        assert "wangyi" in document["byline.chinese.term"][0].split()
        assert (document["day"], document["last_day"]) == (20240517, 20240517)

    @pytest.mark.parametrize(
        ("day", "last"), [(20240000, 20241231), (20240500, 20240531), (20240517, 20240517)]
    )
    def test_has_the_last_day_that_its_date_can_be(self, day: int, last: int) -> None:
        assert schema.last_day(day) == last


class TestAQuery:
    @pytest.mark.parametrize(
        ("text", "clauses"),
        [
            ("无感审批", [("match_phrase", "zh"), ("match_phrase", "title.zh")]),
            ("耕", [("term", "zh.character"), ("term", "title.zh.character")]),
            ("date:2024", [("range", "last_day"), ("range", "day")]),
            ("publication:晚報", [("match_phrase", "named.publication")]),
            ("kind:caption", [("term", "kind")]),
            ("speaker:王毅", [("match_phrase", "named.speaker"), ("term", "speaker_pinyin")]),
            ("title:青岛", [("match_phrase", "title.zh")]),
        ],
    )
    def test_looks_in_the_fields_that_it_means(
        self, text: str, clauses: list[tuple[str, str]]
    ) -> None:
        assert singles(asked(text)) == clauses

    @pytest.mark.parametrize(
        ("text", "clause"),
        [
            ("licences", ("term", "en.stem")),
            ('"licences"', ("term", "en.term")),
            ("licen*", ("prefix", "en.term")),
            ("licnce~", ("fuzzy", "en.term")),
            ('"retail licence"', ("match_phrase", "en.word")),
            ('"retail licence"~3', ("intervals", "en.word")),
            ("co-operation", ("match_phrase", "en.word_stem")),
        ],
    )
    def test_asks_for_a_word_as_it_was_typed(self, text: str, clause: tuple[str, str]) -> None:
        assert clause in singles(asked(text))
        assert clause not in singles(asked(text, "zh"))

    def test_names_nothing_that_it_excludes(self) -> None:
        assert "_name" not in str(asked("-北京"))
        assert "_name" in str(asked("北京"))

    def test_of_chinese_is_exact_without_being_looked_at_again(self) -> None:
        phrase = {"match_phrase": {"zh": {"query": "无感审批"}}}
        assert str(phrase) in str(asked("無感，審批"))


class TestTheFake:
    @pytest.mark.parametrize(
        "body",
        [
            {"query": {"match": {"zh": "粮食"}}},
            {"query": {"term": {"zh": {"value": "粮", "typo": 1}}}},
            {"query": {"term": {"none": {"value": "粮"}}}},
            {"query": {"match_phrase": {"en.term": {"query": "two words"}}}},
            {"query": {"bool": {"most": []}}},
            {"query": {"term": {}}},
            {"query": {"match_none": {}}, "explain_all": True},
            {"query": {"match_none": {}}, "from": 100_000, "size": 20},
            {"aggs": {"zh": {"terms": {"field": "zh", "size": 10}}}},
            {"aggs": {"kind": {"significant": {"field": "kind"}}}},
            {"query": {"bool": {"should": [{"term": {"kind": "x"}}] * 1025}}},
        ],
    )
    def test_refuses_what_a_cluster_would(
        self, shelf: Library, cluster: FakeCluster, body: dict[str, Any]
    ) -> None:
        shelf.add("粮食。")
        shelf.refresh()
        with pytest.raises(RequestError):
            self.client(cluster).search(index="news-v1", body=body)

    def test_refuses_what_has_no_address(self, cluster: FakeCluster) -> None:
        with pytest.raises(OpenSearchException):
            self.client(cluster).cluster.health()
        with pytest.raises(OpenSearchException):
            self.client(cluster).info(params={"unheard_of": "yes"})

    @staticmethod
    def client(cluster: FakeCluster) -> OpenSearch:
        return OpenSearch(hosts=[cluster.url.removesuffix("/news")])
