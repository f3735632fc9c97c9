"""What can be made good is made good; what cannot stays reported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.durability import Fault, backup, repair, verify
from indexer.errors import Busy
from tests.durability.conftest import lines
from tests.durability.test_verify import damage_database


class TestRepair:
    def test_leaves_a_whole_archive_alone(self, archive: Archive) -> None:
        before = lines(archive)
        report = repair(archive)
        assert (report.repaired, report.left) == ((), ())
        assert lines(archive) == before

    def test_folds_stale_texts_again(self, archive: Archive) -> None:
        archive.connection.execute("UPDATE paragraph SET folded = 'x' WHERE id = 2")
        assert Fault.FOLDED in {p.fault for p in repair(archive).repaired}
        assert verify(archive) == []

    def test_lets_lists_say_what_the_article_says(self, archive: Archive) -> None:
        archive.connection.execute("UPDATE article SET headline = '别的', byline = '别人'")
        assert Fault.TITLE in {p.fault for p in repair(archive).repaired}
        (issue,) = archive.issues()
        titles = {a.headline for a in archive.issue(issue.key).articles}
        assert titles == {"青岛新闻", "哈尔滨新闻"}

    def test_takes_lost_originals_from_a_backup(
        self, archive: Archive, digests: list[str], tmp_path: Path
    ) -> None:
        backup(archive, tmp_path / "b.zip")
        archive.originals.path(digests[0]).unlink()
        archive.originals.path(digests[1]).write_bytes(b"torn")
        report = repair(archive, tmp_path / "b.zip")
        assert len(report.repaired) == 2
        assert report.left == ()

    def test_takes_lost_originals_from_the_files_as_given(
        self, archive: Archive, digests: list[str], files: list[Path]
    ) -> None:
        for digest in digests:
            archive.originals.path(digest).write_bytes(b"torn")
        assert len(repair(archive, files[0].parent).repaired) == 2
        assert archive.originals.path(digests[0]).read_bytes() == files[0].read_bytes()

    def test_never_takes_a_file_of_other_bytes(
        self, archive: Archive, digests: list[str], files: list[Path]
    ) -> None:
        archive.originals.path(digests[0]).unlink()
        files[0].write_bytes(b"?" * files[0].stat().st_size)
        assert [p.fault for p in repair(archive, files[0]).left] == [Fault.ORIGINAL_MISSING]

    def test_says_what_needs_a_backup(self, archive: Archive) -> None:
        archive.connection.execute("UPDATE paragraph SET spans = '[[0, 3]]' WHERE anchor = 3")
        left = repair(archive).left
        assert "archive restore-backup" in " ".join(p.sentence for p in left)

    def test_fills_the_indexes_of_the_database_again(self, archive: Archive) -> None:
        archive.connection.execute("PRAGMA writable_schema = ON")
        archive.connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '(issue_id)', '(ordinal)')"
            " WHERE name = 'article_issue'"
        )
        archive.close()
        with Archive.open(archive.path) as damaged:
            assert {p.fault for p in verify(damaged)} == {Fault.DATABASE}
            report = repair(damaged)
            assert report.left == ()
            assert report.repaired

    def test_says_when_the_rows_of_the_database_are_damaged(self, archive: Archive) -> None:
        damage_database(archive, "paragraph")
        with Archive.open(archive.path) as damaged:
            left = repair(damaged).left
        assert {p.fault for p in left} == {Fault.DATABASE}
        assert "archive restore-backup" in left[0].sentence

    def test_makes_the_index_again(self, archive: Archive) -> None:
        shutil.rmtree(archive.path / "index")
        report = repair(archive)
        assert [p.fault for p in report.repaired] == [Fault.INDEX]
        assert report.left == ()
        assert archive.search("海洋").paragraphs == 1

    def test_indexes_what_waits(self, archive: Archive) -> None:
        archive.connection.execute("INSERT INTO unindexed VALUES (1)")
        assert [p.fault for p in repair(archive).repaired] == [Fault.UNINDEXED]

    def test_removes_originals_of_no_page(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "three.txt").write_text("三")
        digest = archive.originals.keep(tmp_path / "three.txt")
        assert repair(archive).left == ()
        assert not archive.originals.path(digest).exists()

    def test_waits_for_no_other_command_unless_asked(self, archive: Archive) -> None:
        with archive.writing(), pytest.raises(Busy):
            repair(archive)
