"""A search server is chosen on the command line, by the environment, and for the pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from tests.opensearch.fake import FakeCluster
from webui import create_app

PAGE = "青岛高新区：创新为帆\n\n李媛 肖玲玲\n\n时代浪潮奔涌，总有先行者勇立潮头。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(PAGE)
    run(tmp_path, "init")
    run(tmp_path, "add", tmp_path / "page.txt", "--no-translate")
    return tmp_path


def run(folder: Path, *arguments: object, code: int = 0, url: str | None = None) -> Result:
    environment = {"ARCHIVE_DIR": str(folder / "archive"), "ARCHIVE_SEARCH_URL": url}
    result = CliRunner().invoke(main, [str(a) for a in arguments], env=environment)
    assert result.exit_code == code, result.output
    return result


def test_options_choose_the_server(folder: Path, cluster: FakeCluster) -> None:
    chosen = ("--engine", "opensearch", "--url", cluster.url)
    assert "paragraphs indexed" in run(folder, "index", *chosen).output
    found = json.loads(run(folder, "search", "先行者", "--json", *chosen).stdout)
    assert found["paragraphs"] == 1
    assert any(path.endswith("_search") for _, path, _ in cluster.requests)


def test_the_environment_chooses_it_for_every_command(folder: Path, cluster: FakeCluster) -> None:
    other = folder / "other.txt"
    other.write_text(PAGE.replace("先行者", "后来者"))
    run(folder, "add", other, "--no-translate", url=cluster.url)
    assert json.loads(run(folder, "search", "后来者", "--json", url=cluster.url).stdout)["articles"]
    assert "All is well" in run(folder, "verify", url=cluster.url).output


def test_the_built_in_engine_is_a_choice_against_the_environment(folder: Path) -> None:
    away = "http://127.0.0.1:9/news"
    assert "does not answer" in run(folder, "search", "先行者", code=1, url=away).output
    run(folder, "search", "先行者", "--engine", "built-in", url=away)


def test_a_server_without_an_address_is_wrong_use(folder: Path) -> None:
    assert "--url" in run(folder, "search", "x", "--engine", "opensearch", code=2).output


def test_pages_answer_from_it_and_say_when_it_is_away(folder: Path, cluster: FakeCluster) -> None:
    run(folder, "index", "--url", cluster.url)
    archive = folder / "archive"
    page = create_app(archive, SEARCH_URL=cluster.url).test_client().get("/search?q=先行者")
    assert "<mark>先行者</mark>" in page.text
    lines = create_app(archive, SEARCH_URL=cluster.url).test_client().get("/concordance?q=先行者")
    assert lines.status_code == 501
    assert "need the built-in one" in lines.text
    away = (
        create_app(archive, SEARCH_URL="http://127.0.0.1:9").test_client().get("/search?q=先行者")
    )
    assert away.status_code == 503
    assert "does not answer" in away.text
