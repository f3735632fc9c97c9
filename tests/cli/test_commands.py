"""Each command does its one thing, says what it did, and its exit code tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from rich.cells import cell_len

from indexer.archive import Archive
from indexer.cli import main
from tests.cli.conftest import Run, run_in


def commands(
    group: click.Group = main, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), [pytest.param(*found, id=" ".join(found[0])) for found in commands()]
)
def test_every_command_explains_itself_with_a_runnable_example(
    path: tuple[str, ...], command: click.Command
) -> None:
    assert command.help
    if not isinstance(command, click.Group):
        assert f"archive {' '.join(path)}" in command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"--{parameter.name} of {path} says nothing"


def only_article(run: Run) -> str:
    results = json.loads(run("search", "先行者", "--json").output)
    key: str = results["hits"][0]["key"]
    return key


class TestWrongUse:
    def test_of_a_folder_without_an_archive_ends_with_2(self, tmp_path: Path) -> None:
        result = run_in(tmp_path / "nothing")("status", code=2)
        assert "archive init" in result.output

    def test_of_a_command_that_is_none_ends_with_2(self, run: Run) -> None:
        run("bake", code=2)

    def test_of_a_date_ends_with_2_and_says_how_to_write_it(self, run: Run, page: Path) -> None:
        assert "2025-10-01" in run("add", page, "--date", "tomorrow", code=2).output

    def test_of_a_key_ends_with_1_and_a_hint(self, run: Run) -> None:
        assert "search for it" in run("show", "nothing", code=1).output


class TestAdding:
    def test_leaves_a_page_searchable_in_both_languages(self, run_on_seed: Run) -> None:
        for query in ("无感审批", "無感審批", '"到期未换证"', "Harbin"):
            assert "/a/" in run_on_seed("search", query).output

    def test_twice_changes_nothing_and_says_so(self, run: Run, page: Path) -> None:
        run("add", page, "--no-translate")
        before = run("status", "--json").output
        assert "nothing changed" in run("add", page, "--no-translate").output
        assert run("status", "--json").output == before

    def test_of_a_bad_file_ends_with_1_and_the_good_one_is_in(
        self, run: Run, page: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "empty.txt").touch()
        result = run("add", tmp_path / "empty.txt", page, "--no-translate", code=1)
        assert "1 added (1 articles, 4 paragraphs), 0 unchanged, 1 failed." in result.output
        assert "empty.txt" in run("quarantine").output

    def test_dry_stores_nothing_and_shows_the_segmentation(self, run: Run, page: Path) -> None:
        output = run("add", page, "--dry-run").output
        assert "byline" in output
        assert json.loads(run("status", "--json").output)["sources"] == 0

    def test_writes_a_report(self, run: Run, page: Path, tmp_path: Path) -> None:
        run("add", page, "--no-translate", "--report", tmp_path / "report.json")
        (record,) = json.loads((tmp_path / "report.json").read_text())
        assert (record["outcome"], record["articles"]) == ("added", 1)

    def test_takes_what_is_known_from_options(self, run: Run, page: Path) -> None:
        run("add", page, "--publication", "青岛日报", "--date", "2025-10-01", "--no-translate")
        assert "2025-10-01  青岛日报  1 articles" in run("issues").output

    def test_without_translation_leaves_that_for_later(self, run: Run, page: Path) -> None:
        run("add", page, "--no-translate")
        assert "4 paragraphs would be translated" in run("translate", "--dry-run").output
        run("translate", "--limit", 1)
        assert json.loads(run("status", "--json").output)["translated"] == 1


class TestSearching:
    def test_finds_nothing_with_exit_code_1(self, run_on_seed: Run) -> None:
        assert "Nothing was found" in run_on_seed("search", "火锅", code=1).output

    def test_takes_any_text(self, run_on_seed: Run) -> None:
        run_on_seed("search", '((" OR -', code=1)

    def test_in_one_language_looks_there_alone(self, run_on_seed: Run) -> None:
        run_on_seed("search", "Harbin", "--lang", "en")
        run_on_seed("search", "Harbin", "--lang", "zh", code=1)

    def test_gives_json(self, run_on_seed: Run) -> None:
        results = json.loads(run_on_seed("search", "无感审批", "--json").output)
        assert results["articles"] == 1
        assert results["hits"][0]["byline"] == "薛婧"

    def test_gives_all_results_as_a_file(self, run_on_seed: Run) -> None:
        site = ("--site", "https://news.example/")
        found = json.loads(run_on_seed("search", "审批", "--json").output)["paragraphs"]
        lines = run_on_seed("search", "审批", "--as", "jsonl", *site).output.splitlines()
        assert len(lines) == found > 3
        assert json.loads(lines[0])["permalink"].startswith("https://news.example/a/")
        assert run_on_seed("search", "审批", "--as", "bibtex", *site).output.count("@misc{") == 2
        run_on_seed("search", "火锅", "--as", "csv", code=1)


class TestAConcordance:
    def test_sets_the_words_found_under_one_another(self, run_on_seed: Run) -> None:
        lines = run_on_seed("concordance", "无感审批", "--by", "left").output.splitlines()
        places = {cell_len(line.partition("无感审批")[0]) for line in lines if "/a/" in line}
        assert len(places) == 1
        assert len(lines) > 3

    def test_gives_json_and_ends_with_1_for_nothing(self, run_on_seed: Run) -> None:
        found = json.loads(run_on_seed("concordance", "审批", "--lang", "zh", "--json").output)
        assert {line["match"] for line in found["lines"]} == {"审批"}
        run_on_seed("concordance", "火锅", code=1)


class TestShowing:
    def test_shows_both_languages_with_the_engine(self, run_on_seed: Run) -> None:
        key = json.loads(run_on_seed("search", "无感审批", "--json").output)["hits"][0]["key"]
        output = run_on_seed("show", key).output
        assert "哈尔滨新区供图" in output
        assert "English by argos" in output

    def test_gives_marked_up_text(self, run_on_seed: Run) -> None:
        key = json.loads(run_on_seed("search", "无感审批", "--json").output)["hits"][0]["key"]
        assert "[credit #" in run_on_seed("show", key, "--markup").output


class TestRepairing:
    @pytest.fixture
    def key(self, run: Run, page: Path) -> str:
        run("add", page, "--no-translate")
        return only_article(run)

    def test_an_edit_is_found_by_search_and_kept_in_the_history(
        self, run: Run, key: str, editor: Callable[[str, str], None]
    ) -> None:
        editor("先行者", "后来者")
        run("edit", key)
        assert key in run("search", "后来者").output
        run("search", "先行者", code=1)
        assert "先行者" in run("history", key).output

    def test_an_edit_translates_its_own_file_alone(
        self, run: Run, key: str, editor: Callable[[str, str], None], tmp_path: Path
    ) -> None:
        (tmp_path / "other.txt").write_text("港口新闻\n\n李四\n\n轮船今天进港，货物很多。\n")
        run("add", tmp_path / "other.txt", "--no-translate")
        editor("先行者", "后来者")
        run("edit", key)
        waiting = run("translate", "--only", "missing", "--dry-run").output
        assert waiting == "3 paragraphs would be translated.\n"

    def test_an_edit_that_changes_nothing_says_so(
        self, run: Run, key: str, editor: Callable[[str, str], None]
    ) -> None:
        editor("火锅", "火锅")
        assert "Nothing was changed" in run("edit", key).output

    def test_splitting_and_joining_come_back_to_one(self, run: Run, key: str) -> None:
        new = run("split", key, 4).output.split()[-1].rstrip(".")
        assert "1 articles" not in run("issues").output
        run("join", key, new)
        assert "1 articles" in run("issues").output

    def test_moving_gives_a_date(self, run: Run, key: str) -> None:
        run("move", key, "--date", "2025-10-01")
        assert "2025-10-01" in run("issues").output
        assert "Nothing to change" in run("move", key, code=2).output

    def test_removing_asks_and_restoring_brings_back(self, run: Run, key: str) -> None:
        issue = run("issues").output.split()[0]
        run("remove", issue, input="n\n", code=1)
        run("remove", issue, input="y\n")
        run("search", "先行者", code=1)
        run("restore", issue)
        run("search", "先行者")


class TestTheIndex:
    def test_can_be_made_anew(self, run: Run, page: Path) -> None:
        run("add", page, "--no-translate", "--no-index")
        run("search", "先行者", code=1)
        assert "4 paragraphs indexed" in run("index").output
        assert "4 paragraphs indexed" in run("index", "--rebuild").output
        run("search", "先行者")


class TestModels:
    def test_list_the_built_in_draft(self, run: Run) -> None:
        (package, *_) = json.loads(run("models", "list", "--json").output)
        assert (package["from_code"], package["to_code"]) == ("zh", "en")

    def test_that_are_no_package_are_refused(self, run: Run, page: Path) -> None:
        assert "not an Argos package" in run("models", "install", page, code=1).output


def test_the_environment_holds_no_torch() -> None:
    import importlib.util

    assert importlib.util.find_spec("torch") is None


class TestTheMemory:
    def test_goes_out_and_comes_back_as_tmx(self, run: Run, page: Path, tmp_path: Path) -> None:
        run("add", page, "--no-translate")
        key = only_article(run)
        with Archive.open(tmp_path / "archive") as archive:
            paragraph = archive.article(key).paragraphs[2]
            archive.correct(paragraph.id, "Pioneers ride the wave.", "ann")
        assert "1 sentences" in run("memory", "export", tmp_path / "memory.tmx").output
        other = run_in(tmp_path / "other")
        other("init")
        assert "1 sentences" in other("memory", "import", tmp_path / "memory.tmx").output
        with Archive.open(tmp_path / "other") as archive:
            (match,) = archive.suggestions(paragraph.zh)
        assert (match.unit.en, match.likeness) == ("Pioneers ride the wave.", 1)

    def test_that_is_no_tmx_is_refused(self, run: Run, page: Path) -> None:
        assert "not TMX" in run("memory", "import", page, code=1).output

    def test_forgets_what_was_undone(self, run: Run, page: Path, tmp_path: Path) -> None:
        run("add", page, "--no-translate")
        with Archive.open(tmp_path / "archive") as archive:
            paragraph = archive.article(only_article(run)).paragraphs[2]
            archive.undo(archive.correct(paragraph.id, "Pioneers.", "ann"))
            assert archive.suggestions(paragraph.zh) == []


class TestPeople:
    def test_are_added_listed_and_removed(self, run: Run) -> None:
        run("user", "add", "ann", "--password", "a long password")
        run("user", "password", "ann", "--password", "another password")
        assert "ann" in run("user", "list").output
        run("user", "remove", "ann")
        assert "ann" not in run("user", "list").output

    def test_need_a_long_password(self, run: Run) -> None:
        assert "10" in run("user", "add", "ann", "--password", "short", code=1).output


class TestMeasuring:
    def test_tells_bleu_and_chrf_with_their_signatures(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "news.zh").write_text("今天天气很好。\n")
        (tmp_path / "news.en").write_text("The weather is fine today.\n")
        files = ("--source", tmp_path / "news.zh", "--reference", tmp_path / "news.en")
        score = json.loads(run("evaluate", *files, "--engine", "gloss", "--json").output)
        assert score["sentences"] == 1
        assert "version" in score["bleu_signature"]

    def test_needs_as_many_lines_on_both_sides(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "news.zh").write_text("今天。\n明天。\n")
        (tmp_path / "news.en").write_text("Today.\n")
        files = ("--source", tmp_path / "news.zh", "--reference", tmp_path / "news.en")
        assert "same lines" in run("evaluate", *files, "--engine", "gloss", code=1).output
