"""The archivist's gate: whatever is given, the good goes in whole, and the rest is named."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.errors import ArchiveError
from indexer.intake import AddOptions, Outcome, find_files
from indexer.metadata import BadPattern
from indexer.model import Kind, Metadata

STORY = """青岛高新区：创新为帆

李媛 肖玲玲

时代浪潮奔涌，总有先行者勇立潮头。

小树成长，最需要的是阳光与雨露。
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as archive:
        yield archive


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "pages"
    path.mkdir()
    return path


def outcomes(archive: Archive, *files: Path, **options: object) -> list[Outcome]:
    return [report.outcome for report in archive.add(files, AddOptions(**options))]  # type: ignore[arg-type]


class TestThePage:
    def test_of_the_seed_goes_in_as_two_articles(self, archive: Archive, seed_file: Path) -> None:
        (report,) = archive.add([seed_file])
        assert (report.outcome, report.articles) == (Outcome.ADDED, 2)
        (issue,) = archive.issues()
        assert [a.headline for a in archive.issue(issue.key).articles] == [
            "青岛高新区：创新为帆 向“新”而行",
            "哈尔滨新区“无感审批”迈入 3.0 时代",
        ]
        assert archive.originals.path(report.sha256).read_bytes() == seed_file.read_bytes()

    def test_is_not_added_twice(self, archive: Archive, seed_file: Path) -> None:
        assert outcomes(archive, seed_file, seed_file) == [Outcome.ADDED, Outcome.UNCHANGED]
        before = archive.status()
        assert outcomes(archive, seed_file) == [Outcome.UNCHANGED]
        assert archive.status() == before

    def test_is_known_again_under_another_name(
        self, archive: Archive, seed_file: Path, folder: Path
    ) -> None:
        copy = folder / "copy.txt"
        copy.write_bytes(seed_file.read_bytes())
        assert outcomes(archive, seed_file, copy) == [Outcome.ADDED, Outcome.UNCHANGED]

    def test_that_breaks_off_leads_to_where_it_goes_on(
        self, archive: Archive, folder: Path
    ) -> None:
        (folder / "1.txt").write_text(f"{STORY}\n沃土之上，创新之花（下转第3版）\n")
        (folder / "3.txt").write_text(f"创新之花\n\n（上接第1版）盛开不败。\n\n{STORY}")
        given = Metadata(publication="青岛日报", date="2025-10-01")
        outcomes(archive, *find_files([folder]), given=given, pattern="{page}")
        first, second, *_ = archive.issue(archive.issues()[0].key).articles
        assert [a.key for a in archive.article(first.key).continues] == [second.key]
        assert [a.key for a in archive.article(second.key).continued_from] == [first.key]

    def test_printed_again_on_another_day_is_another_page(
        self, archive: Archive, folder: Path
    ) -> None:
        for day in ("20250101.txt", "20250102.txt"):
            (folder / day).write_text(STORY)
        files = find_files([folder])
        for expected in ([Outcome.ADDED] * 2, [Outcome.UNCHANGED] * 2):
            assert outcomes(archive, *files, pattern="{date:%Y%m%d}") == expected
        assert [issue.date for issue in archive.issues()] == ["2025-01-02", "2025-01-01"]
        assert len({issue.key for issue in archive.issues()}) == 2

    def test_of_json_lines_is_not_segmented_again(self, archive: Archive, folder: Path) -> None:
        record = {
            "publication": "新闻联播", "date": "2024-01-01", "ordinal": 1, "title": "标题",
            "paragraphs": ["没有标点的一段", "第二段。"],
        }  # fmt: skip
        (folder / "news.jsonl").write_text(json.dumps(record, ensure_ascii=False))
        assert outcomes(archive, folder / "news.jsonl") == [Outcome.ADDED]
        (article,) = archive.issue(archive.issues()[0].key).articles
        assert [(p.kind, p.zh) for p in archive.article(article.key).paragraphs] == [
            (Kind.HEADLINE, "标题"),
            (Kind.PARAGRAPH, "没有标点的一段"),
            (Kind.PARAGRAPH, "第二段。"),
        ]


class TestWhatIsKnown:
    def test_comes_from_options_first(self, archive: Archive, folder: Path) -> None:
        (folder / "20251001_3.txt").write_text(STORY)
        given = Metadata(publication="青岛日报", page="5")
        outcomes(archive, folder / "20251001_3.txt", given=given, pattern="{date:%Y%m%d}_{page}")
        (issue,) = archive.issues()
        assert (issue.publication, issue.date) == ("青岛日报", "2025-10-01")
        assert archive.issue(issue.key).articles[0].page == "5"

    def test_stays_unknown_where_nobody_knows(self, archive: Archive, seed_file: Path) -> None:
        outcomes(archive, seed_file)
        (issue,) = archive.issues()
        assert (issue.publication, issue.date) == (None, None)

    def test_from_a_bad_pattern_is_refused_before_a_file_is_read(self) -> None:
        with pytest.raises(BadPattern, match="unknown field"):
            AddOptions(pattern="{day}")


class TestBadInput:
    def cases(self, folder: Path) -> dict[str, Path]:
        contents = {
            "empty": b"",
            "blank": b" \n\r\n\t",
            "binary": bytes(range(256)) * 40,
            "long line": b"{" + b"a" * (40 << 20),
        }
        for name, data in contents.items():
            (folder / name).write_bytes(data)
        os.mkfifo(folder / "pipe")
        paths = {name: folder / name for name in [*contents, "pipe"]}
        return paths | {"missing": folder / "missing"}

    def test_is_named_file_by_file_and_the_rest_goes_in(
        self, archive: Archive, folder: Path, seed_file: Path
    ) -> None:
        bad = self.cases(folder)
        reports = list(archive.add([*bad.values(), seed_file]))
        assert [r.outcome for r in reports] == [*[Outcome.FAILED] * len(bad), Outcome.ADDED]
        for report in reports[:-1]:
            (problem,) = report.problems
            assert str(report.path) in problem
            assert problem.count("\n") == 0
        assert archive.status().sources == 1
        assert len(list(archive.originals.stored())) == 1

    def test_is_listed_until_it_is_mended(self, archive: Archive, folder: Path) -> None:
        page = folder / "page.txt"
        page.write_bytes(b"")
        outcomes(archive, page)
        assert [item["path"] for item in archive.quarantine()] == [str(page)]
        page.write_text(STORY)
        outcomes(archive, page)
        assert archive.quarantine() == []

    def test_in_one_line_leaves_the_other_lines_in(self, archive: Archive, folder: Path) -> None:
        good = json.dumps({"title": "标题", "paragraphs": ["一段。"]}, ensure_ascii=False)
        (folder / "news.jsonl").write_text(f"{good}\n{{broken\n{good}\n")
        (report,) = archive.add([folder / "news.jsonl"])
        assert (report.outcome, report.articles) == (Outcome.ADDED, 2)
        assert "line 2" in report.problems[0]

    def test_of_a_page_that_is_all_headline_is_kept(self, archive: Archive, folder: Path) -> None:
        (folder / "page.txt").write_text("哈尔滨新区无感审批迈入新时代")
        (report,) = archive.add([folder / "page.txt"])
        assert (report.outcome, report.paragraphs) == (Outcome.ADDED, 1)


class TestABatch:
    def test_in_several_processes_equals_one_after_the_other(
        self, tmp_path: Path, folder: Path
    ) -> None:
        for n in range(20):
            (folder / f"page{n}.txt").write_text(f"第{n}号报道\n\n{STORY}")
        (folder / "page7.txt").write_bytes(b"")
        files = find_files([folder])
        seen = []
        for processes in (1, 2):
            with Archive.create(tmp_path / f"archive{processes}") as archive:
                reports = list(archive.add(files, processes=processes))
                rows = archive.connection.execute(
                    "SELECT key, headline, text FROM article JOIN paragraph"
                    " ON article_id = article.id ORDER BY paragraph.id"
                )
                seen.append((reports, [tuple(row) for row in rows]))
        assert seen[0] == seen[1]

    def test_goes_on_where_it_was_stopped(self, archive: Archive, folder: Path) -> None:
        for n in range(3):
            (folder / f"page{n}.txt").write_text(f"第{n}号报道\n\n{STORY}")
        files = find_files([folder])
        outcomes(archive, files[1])
        assert outcomes(archive, *files) == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.ADDED]

    def test_is_taken_in_natural_order_without_hidden_files_and_sidecars(
        self, folder: Path
    ) -> None:
        for name in ("page10.txt", "page9.txt", ".DS_Store", "issue.toml"):
            (folder / name).write_text("x")
        (folder / ".git").mkdir()
        (folder / ".git" / "config").write_text("x")
        assert [path.name for path in find_files([folder])] == ["page9.txt", "page10.txt"]

    def test_adds_no_page_to_a_removed_issue(self, archive: Archive, folder: Path) -> None:
        for n in range(2):
            (folder / f"{n}.txt").write_text(f"第{n}号报道\n\n{STORY}")
        given = Metadata(publication="青岛日报", date="2025-10-01")
        outcomes(archive, folder / "0.txt", given=given)
        archive.remove(archive.issues()[0].key)
        (report,) = archive.add([folder / "1.txt"], AddOptions(given))
        assert report.outcome is Outcome.FAILED
        assert "archive restore" in report.problems[0]
        assert archive.status().sources == 1


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="name"):
        Archive.create(tmp_path / "file" / "archive")
