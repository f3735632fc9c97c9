"""The store of record: whole or not at all, the same twice, and readable for ever."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from indexer import store
from indexer.archive import Archive
from indexer.errors import ArchiveError, Busy, NotAnArchive, NotFound
from indexer.originals import Originals
from tests.store.conftest import a_source, add, keys


def only_article(archive: Archive) -> str:
    (key,) = keys(archive)
    return key


def translate(archive: Archive, paragraph_id: int) -> None:
    archive.connection.execute(
        "INSERT INTO translation"
        " VALUES (?, 'test 1', 'Fine today. Fine tomorrow.', ?, '[\"number\"]', 'now')",
        (
            paragraph_id,
            '[{"start": 0, "end": 7, "en": "Fine today.", "flags": ["number"]},'
            ' {"start": 7, "end": 12, "en": "Fine tomorrow.", "flags": []}]',
        ),
    )


class TestAnArchive:
    def test_is_made_once_and_opened_the_second_time(self, tmp_path: Path) -> None:
        with Archive.create(tmp_path) as first:
            add(first, a_source())
        with Archive.create(tmp_path) as second:
            assert second.status().articles == 1

    def test_refuses_a_folder_that_holds_none_and_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(NotAnArchive, match="archive init"):
            Archive.open(tmp_path)

    def test_refuses_to_be_made_where_a_file_is(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(ArchiveError, match="is a file"):
            Archive.create(tmp_path / "file")

    def test_refuses_a_database_of_a_newer_version(self, archive: Archive) -> None:
        archive.connection.execute("INSERT INTO migration VALUES ('9999_future.sql', 'now')")
        with pytest.raises(NotAnArchive, match="newer version"):
            Archive.open(archive.path)

    def test_refuses_a_torn_database_and_says_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "archive.db").write_bytes(b"no database" * 1000)
        with pytest.raises(NotAnArchive, match="restore it from a backup"):
            Archive.open(tmp_path)

    def test_uses_write_ahead_log_and_foreign_keys(self, archive: Archive) -> None:
        assert archive.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert archive.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1

    def test_migrates_an_older_database_with_a_backup_first(self, tmp_path: Path) -> None:
        names = sorted(store.migrations())
        tmp_path.joinpath("archive").mkdir()
        connection = store.connect(tmp_path / "archive" / "archive.db")
        connection.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied_at TEXT)")
        for statement in store.statements(store.migrations()[names[0]]):
            connection.execute(statement)
        connection.execute("INSERT INTO migration VALUES (?, 'then')", (names[0],))
        store.insert_source(connection, a_source())
        connection.close()
        with Archive.open(tmp_path / "archive") as archive:
            assert store.applied_migrations(archive.connection) == set(names)
            assert archive.status().articles == 1
        backups = list(tmp_path.glob("archive/*.backup.db"))
        assert bool(backups) == (len(names) > 1)


class TestAFile:
    def test_is_wholly_out_when_its_transaction_is_cut_off(self, archive: Archive) -> None:
        def cut_off() -> None:
            with store.transaction(archive.connection):
                store.insert_source(archive.connection, a_source())
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            cut_off()
        assert archive.status().sources == archive.status().paragraphs == 0

    def test_cannot_be_in_twice(self, archive: Archive) -> None:
        add(archive, a_source())
        assert store.has_source(archive.connection, a_source())
        with pytest.raises(sqlite3.IntegrityError):
            add(archive, a_source())

    def test_keeps_every_offset_and_the_furniture(self, archive: Archive) -> None:
        add(archive, a_source())
        spans = archive.connection.execute("SELECT spans FROM paragraph ORDER BY id").fetchall()
        assert [row[0] for row in spans] == ["[[0, 4]]", "[[6, 11]]", "[[13, 25]]"]
        assert archive.connection.execute("SELECT text FROM furniture").fetchone()[0] == "第3版"

    def test_gives_its_articles_the_same_key_on_every_machine(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        add(archive, a_source("cd" * 32, date="2024-01-01"), a_source())
        with Archive.create(tmp_path / "other") as other:
            add(other, a_source())
            assert only_article(other) in keys(archive)


class TestAnIssue:
    def test_holds_all_pages_of_one_publication_and_date(self, archive: Archive) -> None:
        known = {"publication": "青岛日报", "date": "2025-10-01"}
        add(archive, a_source("01" * 32, page="10", **known))
        add(archive, a_source("02" * 32, page="9", **known))
        (issue,) = archive.issues()
        assert issue.articles == 2
        assert [a.page for a in archive.issue(issue.key).articles] == ["9", "10"]

    def test_without_a_date_is_one_file(self, archive: Archive) -> None:
        add(archive, a_source("01" * 32), a_source("02" * 32))
        assert [issue.date for issue in archive.issues()] == [None, None]

    def test_knows_its_neighbours_in_the_same_publication(self, archive: Archive) -> None:
        for day, paper in [(1, "甲报"), (2, "乙报"), (3, "甲报")]:
            add(archive, a_source(f"{day:064}", publication=paper, date=f"2024-01-0{day}"))
        view = archive.issue(archive.issues("甲报")[0].key)
        assert view.previous is not None
        assert (view.previous.date, view.next) == ("2024-01-01", None)

    def test_that_is_unknown_is_not_found_with_a_hint(self, archive: Archive) -> None:
        with pytest.raises(NotFound, match="list of issues"):
            archive.issue("nothing")


class TestAnArticle:
    def test_shows_its_paragraphs_in_both_languages_with_flags(self, archive: Archive) -> None:
        add(archive, a_source())
        key = only_article(archive)
        translate(archive, archive.article(key).paragraphs[2].id)
        paragraph = archive.article(key).paragraphs[2]
        assert paragraph.en == "Fine today. Fine tomorrow."
        assert [s.zh for s in paragraph.sentences] == ["今天天气很好。", "明天也好。"]
        assert paragraph.flags == ("number",)
        assert archive.status().flags == {"number": 1}

    def test_that_is_unknown_is_not_found_with_a_hint(self, archive: Archive) -> None:
        with pytest.raises(NotFound, match="search"):
            archive.article("nothing")


class TestACorrection:
    @pytest.fixture
    def paragraph_id(self, archive: Archive) -> int:
        add(archive, a_source())
        paragraph = archive.article(only_article(archive)).paragraphs[2]
        translate(archive, paragraph.id)
        return paragraph.id

    def shown(self, archive: Archive) -> str:
        return archive.article(only_article(archive)).paragraphs[2].en

    def test_of_a_sentence_leaves_the_others_to_the_machine(
        self, archive: Archive, paragraph_id: int
    ) -> None:
        archive.correct(paragraph_id, "It is fine today.", "ann", (0, 7))
        assert self.shown(archive) == "It is fine today. Fine tomorrow."

    def test_of_the_paragraph_wins_and_survives_a_new_translation(
        self, archive: Archive, paragraph_id: int
    ) -> None:
        archive.correct(paragraph_id, "Fine weather.", "ann")
        archive.connection.execute("UPDATE translation SET en = 'Other', engine = 'test 2'")
        assert self.shown(archive) == "Fine weather."

    def test_undone_gives_the_machine_back_and_stays_in_the_history(
        self, archive: Archive, paragraph_id: int
    ) -> None:
        number = archive.correct(paragraph_id, "Fine weather.", "ann")
        archive.undo(number)
        assert self.shown(archive) == "Fine today. Fine tomorrow."
        (change,) = archive.corrections(paragraph_id)
        assert (change.before, change.after) == ("Fine today. Fine tomorrow.", "Fine weather.")
        assert change.author == "ann"
        assert change.undone_at is not None

    def test_marks_the_paragraph_for_the_index(self, archive: Archive, paragraph_id: int) -> None:
        archive.connection.execute("DELETE FROM unindexed")
        archive.correct(paragraph_id, "Fine weather.", "ann")
        rows = archive.connection.execute("SELECT paragraph_id FROM unindexed").fetchall()
        assert [row[0] for row in rows] == [paragraph_id]

    def test_cannot_be_empty(self, archive: Archive, paragraph_id: int) -> None:
        with pytest.raises(ArchiveError, match="empty"):
            archive.correct(paragraph_id, " \n", "ann")


class TestTheOriginals:
    def test_are_kept_byte_for_byte_and_once(self, tmp_path: Path) -> None:
        file = tmp_path / "page.txt"
        file.write_bytes(b"\xff\x00 any bytes \r\n")
        originals = Originals(tmp_path / "originals")
        digest = originals.keep(file)
        assert originals.keep(file) == digest
        assert originals.path(digest).read_bytes() == file.read_bytes()
        assert list(originals.stored()) == [digest]

    def test_are_never_left_torn(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        originals = Originals(tmp_path / "originals")
        (tmp_path / "page.txt").write_text("text")

        def fail(_: int) -> None:
            raise OSError("No space left on device")

        monkeypatch.setattr("os.fsync", fail)
        with pytest.raises(OSError, match="No space"):
            originals.keep(tmp_path / "page.txt")
        assert list(originals.folder.iterdir()) == []


class TestTheWriteLock:
    def test_tells_a_second_writer_who_holds_it(self, archive: Archive) -> None:
        with archive.writing(), pytest.raises(Busy, match="--wait"), archive.writing():
            pass

    def test_is_free_again_after_use(self, archive: Archive) -> None:
        for _ in range(2):
            with archive.writing():
                pass
