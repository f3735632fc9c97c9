"""A backup is whole or is not there, and what comes back is what was."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest

from indexer import store
from indexer.archive import Archive
from indexer.durability import backup, read_manifest, restore_backup, verify
from indexer.errors import ArchiveError
from tests.durability.conftest import lines
from tests.durability.test_verify import damage_database


@pytest.fixture
def file(archive: Archive, tmp_path: Path) -> Path:
    return backup(archive, tmp_path / "backup.zip").file


def rewrite(file: Path, change: dict[str, bytes | None]) -> Path:
    """Write a backup again with other members: None takes one out."""
    with zipfile.ZipFile(file) as old:
        members: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in {**members, **change}.items():
            if data is not None:
                new.writestr(name, data)
    return file


def manifest(file: Path) -> dict[str, object]:
    with zipfile.ZipFile(file) as members:
        fields: dict[str, object] = json.loads(members.read("manifest.json"))
    return fields


class TestABackup:
    def test_comes_back_as_the_same_archive(
        self, archive: Archive, file: Path, tmp_path: Path
    ) -> None:
        restore_backup(file, tmp_path / "again")
        with Archive.open(tmp_path / "again") as again:
            assert lines(again) == lines(archive)
            again.index()
            assert verify(again) == []
            (mode,) = again.connection.execute("PRAGMA journal_mode").fetchone()
        assert mode == "wal"

    def test_brings_back_the_glossary_too(self, archive: Archive, tmp_path: Path) -> None:
        (archive.path / "glossary.csv").write_text("zh,en\n高新区,High-tech Zone\n")
        report = backup(archive, tmp_path / "b.zip")
        restore_backup(report.file, tmp_path / "again")
        glossary = (tmp_path / "again" / "glossary.csv").read_text()
        assert glossary == (archive.path / "glossary.csv").read_text()
        assert report.originals == 2

    def test_leaves_nothing_beside_it(self, file: Path) -> None:
        assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []

    def test_is_for_its_owner_alone(self, file: Path) -> None:
        assert file.stat().st_mode & 0o777 == 0o600

    def test_is_made_while_others_write(self, archive: Archive, tmp_path: Path) -> None:
        stop = threading.Event()

        def write() -> None:
            with Archive.open(archive.path) as other:
                while not stop.is_set():
                    with store.transaction(other.connection):
                        other.connection.execute("UPDATE issue SET date = '2025-10-02'")
                        other.connection.execute("UPDATE issue SET date = '2025-10-01'")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for n in range(5):
                backup(archive, tmp_path / "busy.zip")
                restore_backup(tmp_path / "busy.zip", tmp_path / f"again{n}")
                with Archive.open(tmp_path / f"again{n}") as again:
                    assert [issue.date for issue in again.issues()] == ["2025-10-01"]
        finally:
            stop.set()
            writer.join()

    def test_replaces_an_earlier_one(self, archive: Archive, file: Path, tmp_path: Path) -> None:
        archive.connection.execute("UPDATE issue SET date = '2025-10-09'")
        backup(archive, file)
        restore_backup(file, tmp_path / "again")
        with Archive.open(tmp_path / "again") as again:
            assert [issue.date for issue in again.issues()] == ["2025-10-09"]

    def test_never_replaces_another_file(self, archive: Archive, tmp_path: Path) -> None:
        thesis = tmp_path / "thesis.docx"
        thesis.write_bytes(b"ten years of work")
        with pytest.raises(ArchiveError, match="no backup"):
            backup(archive, thesis)
        assert thesis.read_bytes() == b"ten years of work"

    def test_names_the_originals_it_could_not_take(
        self, archive: Archive, digests: list[str], tmp_path: Path
    ) -> None:
        archive.originals.path(digests[0]).write_bytes(b"torn")
        report = backup(archive, tmp_path / "b.zip")
        assert report.missing == (digests[0],)
        assert report.originals == 1
        assert read_manifest(report.file).missing == report.missing

    def test_is_not_made_of_a_damaged_store(self, archive: Archive, tmp_path: Path) -> None:
        damage_database(archive, "paragraph")
        with Archive.open(archive.path) as damaged, pytest.raises(ArchiveError, match="damaged"):
            backup(damaged, tmp_path / "b.zip")
        assert not (tmp_path / "b.zip").exists()

    def test_says_where_it_cannot_be_written(self, archive: Archive, tmp_path: Path) -> None:
        with pytest.raises(ArchiveError, match="could not be written"):
            backup(archive, tmp_path / "nowhere" / "b.zip")


class TestRestoring:
    def test_refuses_a_folder_with_something_in_it(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "letter.txt").touch()
        with pytest.raises(ArchiveError, match="not empty"):
            restore_backup(file, tmp_path / "full")

    def test_takes_an_empty_folder(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        restore_backup(file, tmp_path / "empty")
        assert sorted(p.name for p in (tmp_path / "empty").iterdir()) == [
            "archive.db",
            "lock",
            "originals",
        ]

    @pytest.mark.parametrize("kept", [0, 10, 100, 1000, -1])
    def test_refuses_a_file_that_is_cut_off(self, file: Path, tmp_path: Path, kept: int) -> None:
        file.write_bytes(file.read_bytes()[:kept])
        with pytest.raises(ArchiveError):
            restore_backup(file, tmp_path / "again")
        assert not (tmp_path / "again").exists()

    def test_never_brings_back_other_bytes_whichever_byte_is_changed(
        self, archive: Archive, file: Path, tmp_path: Path
    ) -> None:
        whole, refused = file.read_bytes(), 0
        for n, place in enumerate(range(0, len(whole), len(whole) // 60)):
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
            try:
                restore_backup(file, tmp_path / f"again{n}")
            except ArchiveError:
                refused += 1
                assert not (tmp_path / f"again{n}").exists()
            else:
                with Archive.open(tmp_path / f"again{n}") as again:
                    assert lines(again) == lines(archive)
        assert refused > 40

    def test_refuses_a_member_that_is_not_what_was_written(
        self, file: Path, tmp_path: Path, digests: list[str]
    ) -> None:
        name = f"originals/{digests[0][:2]}/{digests[0]}"
        with pytest.raises(ArchiveError, match="damaged at originals/"):
            restore_backup(rewrite(file, {name: b"other"}), tmp_path / "again")

    def test_refuses_a_missing_member(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(ArchiveError, match="cut off"):
            restore_backup(rewrite(file, {"archive.db": None}), tmp_path / "again")

    @pytest.mark.parametrize(
        "name",
        [
            "../evil",
            "/etc/evil",
            "originals/../../evil",
            "originals/aa/../../../evil",
            "originals/ab/" + "cd" * 32,
            "lock",
            "C:\\evil",
        ],
    )
    def test_never_writes_outside_of_its_folder(
        self, file: Path, tmp_path: Path, name: str
    ) -> None:
        fields = manifest(file)
        fields["members"] = [{"name": name, "size": 4, "sha256": "00"}]
        rewrite(file, {"manifest.json": json.dumps(fields).encode(), name: b"evil"})
        with pytest.raises(ArchiveError, match="no backup does"):
            restore_backup(file, tmp_path / "again")
        assert not (tmp_path / "evil").exists()

    def test_reads_no_more_than_the_manifest_says(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(ArchiveError, match=r"damaged at archive\.db"):
            restore_backup(rewrite(file, {"archive.db": b"\0" * (1 << 24)}), tmp_path / "again")

    @pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"members": [1]}', b'{"members": 1}'])
    def test_refuses_a_manifest_that_is_none(self, file: Path, tmp_path: Path, text: bytes) -> None:
        with pytest.raises(ArchiveError):
            restore_backup(rewrite(file, {"manifest.json": text}), tmp_path / "again")

    def test_refuses_another_format(self, file: Path, tmp_path: Path) -> None:
        fields = manifest(file) | {"format": "bilingual-news-archive backup 99"}
        rewrite(file, {"manifest.json": json.dumps(fields).encode()})
        with pytest.raises(ArchiveError, match="another version"):
            restore_backup(file, tmp_path / "again")

    def test_says_when_there_is_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(ArchiveError, match="is not there"):
            restore_backup(tmp_path / "none.zip", tmp_path / "again")
