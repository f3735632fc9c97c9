"""The commands that keep the archive whole, as a person gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.archive import Archive
from indexer.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(archive: Archive) -> Run:
    def run(*words: object, code: int = 0) -> Result:
        folder = {"ARCHIVE_DIR": str(archive.path)}
        result = CliRunner().invoke(main, [str(word) for word in words], env=folder)
        assert result.exit_code == code, result.output
        return result

    return run


class TestVerify:
    def test_says_that_all_is_well(self, run: Run) -> None:
        assert run("verify").output == "All is well.\n"

    def test_ends_with_1_and_says_where_what_and_what_to_do(
        self, run: Run, archive: Archive, digests: list[str]
    ) -> None:
        archive.originals.path(digests[0]).write_bytes(b"torn")
        output = run("verify", code=1).output
        assert "the original of one.txt" in output
        assert "archive repair --from" in output

    def test_speaks_json(self, run: Run, archive: Archive) -> None:
        archive.connection.execute("UPDATE article SET headline = '别的' WHERE id = 1")
        archive.index()
        result = run("verify", "--json", code=1)
        (problem,) = json.loads(result.stdout)
        assert problem["fault"] == "title"


class TestRepair:
    def test_lists_what_it_mended(
        self, run: Run, archive: Archive, digests: list[str], files: list[Path]
    ) -> None:
        archive.originals.path(digests[0]).unlink()
        output = run("repair", "--from", files[0].parent).output
        assert "Repaired: the original of one.txt" in output
        assert "All is well." in output

    def test_ends_with_1_and_lists_what_is_left(
        self, run: Run, archive: Archive, digests: list[str]
    ) -> None:
        archive.originals.path(digests[0]).unlink()
        assert "1 problem left" in run("repair", code=1).output


class TestBackup:
    def test_comes_back_searchable(self, run: Run, tmp_path: Path) -> None:
        assert "2 originals, checked" in run("backup", tmp_path / "b.zip").output
        run("restore-backup", tmp_path / "b.zip", tmp_path / "again")
        run("verify", "--archive", tmp_path / "again")
        found = run("search", "海洋", "--archive", tmp_path / "again").output
        assert "第二段说海洋" in found

    def test_ends_with_1_when_an_original_is_lost(
        self, run: Run, archive: Archive, digests: list[str], tmp_path: Path
    ) -> None:
        archive.originals.path(digests[0]).unlink()
        assert "archive verify names them" in run("backup", tmp_path / "b.zip", code=1).output
        assert (tmp_path / "b.zip").exists()

    def test_never_comes_back_over_an_archive(self, run: Run, tmp_path: Path) -> None:
        run("backup", tmp_path / "b.zip")
        assert "not empty" in run("restore-backup", tmp_path / "b.zip", code=1).output


class TestExport:
    def test_writes_the_same_lines_each_time(self, run: Run, tmp_path: Path) -> None:
        run("export", "jsonl", tmp_path / "one.jsonl")
        run("export", "jsonl", tmp_path / "two.jsonl")
        text = (tmp_path / "one.jsonl").read_text(encoding="utf-8")
        assert text == (tmp_path / "two.jsonl").read_text(encoding="utf-8")
        kinds = [json.loads(line)["type"] for line in text.splitlines()]
        assert kinds == ["file", "file", "issue", "article", "article"]

    def test_goes_to_standard_output(self, run: Run) -> None:
        assert '"headline": "青岛新闻"' in run("export", "jsonl", "-").stdout
