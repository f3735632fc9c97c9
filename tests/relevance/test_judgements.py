"""The judgements hold together, and what needs no translation is found by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from indexer.index import records
from tests.relevance.judged import fill, queries
from tests.relevance.report import ours, score
from tests.search.library import Library, library
from translations.gloss import dictionary


@pytest.fixture(scope="module")
def judged(
    corpus_file: Path, seed_text: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, dict[str, int]]]:
    """Give the judged articles, not translated, and the id of each paragraph."""
    shelf = library(tmp_path_factory.mktemp("judged"))
    ids = fill(shelf, corpus_file, seed_text)
    shelf.index.rebuild(records(shelf.connection, gloss=dictionary().gloss))
    yield shelf, ids
    shelf.connection.close()


def test_there_are_enough_queries_of_each_kind_and_half_are_kept_for_testing() -> None:
    kinds = [query.kind for query in queries()]
    assert kinds.count("en") >= 60
    assert kinds.count("zh") >= 40
    assert kinds.count("exact") >= 20
    assert abs(sum(query.for_test for query in queries()) - len(kinds) / 2) <= len(set(kinds))


def test_every_judged_paragraph_exists(judged: tuple[Library, dict[str, int]]) -> None:
    missing = {name for query in queries() for name in query.grades} - judged[1].keys()
    assert missing == set()


@pytest.mark.parametrize(("kind", "recall", "ndcg"), [("zh", 0.8, 0.85), ("en", 0.5, 0.6)])
def test_chinese_and_the_dictionary_alone_find_most(
    judged: tuple[Library, dict[str, int]], kind: str, recall: float, ndcg: float
) -> None:
    shelf, ids = judged
    ranked = ours(shelf)
    scores = [score(ranked(q.query), q, ids) for q in queries() if q.kind == kind]
    assert mean(s.recall for s in scores) >= recall
    assert mean(s.ndcg for s in scores) >= ndcg
