"""The commands that take things away, over the real page."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def keys(run_on_seed: Run) -> tuple[str, str]:
    """Return the keys of the first article and of its issue."""
    hit = json.loads(run_on_seed("search", "先行者", "--json").output)["hits"][0]
    shown = json.loads(run_on_seed("show", hit["key"], "--json").output)
    return hit["key"], shown["issue_key"]


class TestCiting:
    def test_gives_the_four_styles(self, run_on_seed: Run, keys: tuple[str, str]) -> None:
        lines = run_on_seed("cite", keys[0]).output.splitlines()
        assert len(lines) == 4
        assert all("青岛高新区：创新为帆" in line for line in lines)

    @pytest.mark.parametrize(
        ("style", "start"),
        [("gbt7714", "李媛, 肖玲玲. "), ("bibtex", "@"), ("ris", "TY  - NEWS"), ("csl-json", "[")],
    )
    def test_gives_one(
        self, run_on_seed: Run, keys: tuple[str, str], style: str, start: str
    ) -> None:
        assert run_on_seed("cite", keys[0], "--style", style).output.startswith(start)


class TestTakingAway:
    def test_an_article_as_markdown(self, run_on_seed: Run, keys: tuple[str, str]) -> None:
        output = run_on_seed("export", "article", keys[0], "-").output
        assert output.startswith("# 青岛高新区：创新为帆")
        assert "\n> " in output

    def test_an_issue_as_sentence_pairs(
        self, run_on_seed: Run, keys: tuple[str, str], tmp_path: Path
    ) -> None:
        run_on_seed("export", "issue", keys[1], tmp_path / "pairs.tmx", "--as", "tmx")
        assert len(ET.parse(tmp_path / "pairs.tmx").findall("body/tu")) > 50

    def test_an_issue_as_a_book(
        self, run_on_seed: Run, keys: tuple[str, str], tmp_path: Path
    ) -> None:
        run_on_seed("export", "issue", keys[1], tmp_path / "issue.epub", "--as", "epub")
        with zipfile.ZipFile(tmp_path / "issue.epub") as book:
            assert sum("article" in name for name in book.namelist()) == 2

    def test_the_archive_as_a_site(self, run_on_seed: Run, tmp_path: Path) -> None:
        output = run_on_seed("export", "site", tmp_path / "site").output
        assert "2 articles" in output
        assert (tmp_path / "site" / "index.html").is_file()

    def test_other_files_are_no_place_for_a_site(self, run_on_seed: Run, tmp_path: Path) -> None:
        (tmp_path / "thesis.docx").touch()
        assert "new folder" in run_on_seed("export", "site", tmp_path, code=1).output

    def test_an_unknown_key_leaves_no_file(self, run_on_seed: Run, tmp_path: Path) -> None:
        run_on_seed("export", "article", "nothing", tmp_path / "a.md", code=1)
        assert not (tmp_path / "a.md").exists()
