"""Every kind of damage is found, named, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import editing, fold
from indexer.archive import Archive
from indexer.durability import Fault, Problem, verify
from indexer.index import Index, Record


def faults(archive: Archive) -> list[Fault]:
    return [problem.fault for problem in verify(archive)]


def only(archive: Archive) -> Problem:
    (problem,) = verify(archive)
    return problem


class TestAWholeArchive:
    def test_has_no_problem(self, archive: Archive) -> None:
        assert verify(archive) == []

    def test_has_none_after_edits_by_hand(self, archive: Archive) -> None:
        one, two = (a.key for i in archive.issues() for a in archive.issue(i.key).articles)
        text = editing.as_markup(archive.connection, one).replace("很好", "真好")
        editing.edit(archive.connection, one, text, "Li")
        editing.split(archive.connection, one, 3, "Li")
        editing.join(archive.connection, one, two, "Li")
        assert set(faults(archive)) == {Fault.UNINDEXED}

    def test_says_how_far_it_is(self, archive: Archive) -> None:
        steps: list[tuple[int, int]] = []
        verify(archive, lambda done, total: steps.append((done, total)))
        assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def test_is_checked_while_another_command_writes(self, archive: Archive) -> None:
        with archive.writing():
            assert verify(archive) == []


class TestADamagedArchive:
    def test_a_missing_original_is_found(self, archive: Archive, digests: list[str]) -> None:
        archive.originals.path(digests[0]).unlink()
        problem = only(archive)
        assert problem.fault is Fault.ORIGINAL_MISSING
        assert problem.subject == digests[0]
        assert "one.txt" in problem.sentence
        assert "archive repair --from" in problem.sentence

    @pytest.mark.parametrize("damage", [b"", b"torn", b"\0" * 200], ids=["empty", "cut", "zeros"])
    def test_a_torn_original_is_found(
        self, archive: Archive, digests: list[str], damage: bytes
    ) -> None:
        archive.originals.path(digests[1]).write_bytes(damage)
        assert faults(archive) == [Fault.ORIGINAL_DAMAGED]

    def test_an_original_of_no_page_is_found(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "three.txt").write_text("三")
        archive.originals.keep(tmp_path / "three.txt")
        assert faults(archive) == [Fault.LEFTOVER]

    def test_a_damaged_page_of_the_database_is_found(self, archive: Archive) -> None:
        damage_database(archive, "paragraph")
        with Archive.open(archive.path) as again:
            assert Fault.DATABASE in faults(again)

    @pytest.mark.parametrize(
        ("damage", "fault"),
        [
            ("UPDATE paragraph SET folded = 'x' WHERE id = 1", Fault.FOLDED),
            ("UPDATE article SET headline = '别的' WHERE id = 1", Fault.TITLE),
            ("UPDATE article SET byline = '' WHERE id = 1", Fault.TITLE),
            ("UPDATE paragraph SET spans = '[[0, 3]]' WHERE anchor = 3", Fault.TEXT),
            ("UPDATE document SET text = text || ' 多一句。'", Fault.LOST_TEXT),
            ("DELETE FROM paragraph WHERE anchor = 3", Fault.LOST_TEXT),
            (
                "INSERT INTO translation VALUES (1, 'e', 'Hi',"
                ' \'[{"start": 0, "end": 99, "en": "Hi"}]\', \'[]\', \'now\')',
                Fault.TRANSLATION,
            ),
            ("INSERT INTO memory VALUES ('別人', 'e', '火锅', 'hot pot', 1, 'now')", Fault.MEMORY),
            ("INSERT OR IGNORE INTO unindexed SELECT id FROM paragraph", Fault.UNINDEXED),
        ],
    )
    def test_damage_to_what_is_stored_is_found(
        self, archive: Archive, damage: str, fault: Fault
    ) -> None:
        archive.connection.execute(damage)
        if fault is not Fault.UNINDEXED:
            archive.connection.execute("DELETE FROM unindexed")
        assert fault in set(faults(archive))

    def test_a_lost_index_is_found(self, archive: Archive) -> None:
        shutil.rmtree(archive.path / "index")
        assert faults(archive) == [Fault.INDEX]

    def test_a_paragraph_that_the_index_lacks_is_found(self, archive: Archive) -> None:
        Index.open(archive.path / "index").update([], removed=[2])
        assert faults(archive) == [Fault.INDEX]

    def test_a_paragraph_that_the_index_has_too_much_is_found(self, archive: Archive) -> None:
        archive.connection.execute("UPDATE issue SET removed_at = 'now'")
        archive.connection.execute("DELETE FROM unindexed")
        assert faults(archive) == [Fault.INDEX]

    def test_other_words_in_the_index_are_found(self, archive: Archive) -> None:
        record = Record(2, 1, "byline", "别的话", fold.key("别的话"))
        Index.open(archive.path / "index").update([record])
        assert faults(archive) == [Fault.INDEX]

    def test_damaged_files_of_the_index_are_found(self, archive: Archive) -> None:
        for file in (archive.path / "index").glob("index-*/*.arrays"):
            file.write_bytes(b"\xff" * file.stat().st_size)
        assert faults(archive) == [Fault.INDEX]

    def test_a_row_that_names_nothing_is_found(self, archive: Archive) -> None:
        archive.connection.execute("PRAGMA foreign_keys = OFF")
        archive.connection.execute("DELETE FROM issue")
        assert Fault.LINK in faults(archive)


def damage_database(archive: Archive, name: str) -> None:
    """Overwrite the first page of a table or index with nonsense."""
    connection = archive.connection
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    (page,) = connection.execute(query, (name,)).fetchone()
    with archive.database.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
