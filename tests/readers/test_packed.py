"""Packed files: what is inside is read, and nothing can burst the machine."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from indexer.errors import Unreadable
from indexer.model import Document, Metadata
from indexer.readers import Problem, ReadOptions, read

Write = Callable[[str, bytes | str], Path]
ReadAll = Callable[..., tuple[list[Document], list[Problem]]]

TEXT = "时代浪潮奔涌，总有先行者勇立潮头。\n"


class TestGzip:
    def test_a_text_is_read(self, write: Write) -> None:
        (document,) = read(write("a.txt.gz", gzip.compress(TEXT.encode("gb18030"))))
        assert (document.text, document.name) == (TEXT, "")

    def test_parts_one_after_the_other_are_one_file(self, write: Write) -> None:
        (document,) = read(write("a.gz", gzip.compress(TEXT.encode()) * 2))
        assert document.text == TEXT * 2

    @pytest.mark.parametrize("cut", [12, -9, -1])
    def test_a_cut_file_is_refused_before_its_first_text(self, write: Write, cut: int) -> None:
        record = '{"title": "甲", "paragraphs": ["乙"]}\n' * 2000
        path = write("a.jsonl.gz", gzip.compress(record.encode())[:cut])
        with pytest.raises(Unreadable, match="broken or cut gzip"):
            next(read(path))

    def test_a_broken_byte_is_refused(self, write: Write) -> None:
        data = bytearray(gzip.compress(TEXT.encode() * 50))
        data[-6] ^= 1  # in the checksum
        with pytest.raises(Unreadable, match="broken or cut gzip"):
            list(read(write("a.gz", bytes(data))))

    def test_a_bomb_is_stopped(self, write: Write) -> None:
        path = write("a.gz", gzip.compress(b" " * (40 * 2**20)))
        with pytest.raises(Unreadable, match="unpacks to more than is safe"):
            list(read(path))

    def test_packing_over_and_over_is_refused(self, write: Write) -> None:
        data = TEXT.encode()
        for _ in range(5):
            data = gzip.compress(data)
        with pytest.raises(Unreadable, match="packed more than 3 times over"):
            list(read(write("a.gz", data)))
        assert list(read(write("a.gz", data), ReadOptions(max_depth=5)))


def zipped(members: dict[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class TestZip:
    def test_each_member_is_read_by_its_own_kind(self, write: Write, read_all: ReadAll) -> None:
        record = '{"title": "甲", "paragraphs": ["乙"], "date": "2025-10-01"}\n'
        inner = zipped({"x.txt": TEXT})
        members: dict[str, bytes | str] = {
            "2025/1.txt": TEXT,
            "2025/2.txt": TEXT.encode("gb18030"),
            "a.jsonl.gz": gzip.compress(record.encode()),
            "inner.zip": inner,
            "empty/": "",
            "__MACOSX/1.txt": "x",
            ".DS_Store": b"\0\0\0\1Bud1",
        }
        documents, problems = read_all(write("a.zip", zipped(members)))
        assert not problems
        assert [(document.name, document.text) for document in documents] == [
            ("2025/1.txt", TEXT),
            ("2025/2.txt", TEXT),
            ("a.jsonl.gz › line 1", "甲\n乙"),
            ("inner.zip › x.txt", TEXT),
        ]

    def test_a_bad_member_is_told_and_the_others_are_read(
        self, write: Write, read_all: ReadAll
    ) -> None:
        members: dict[str, bytes | str] = {"1.txt": TEXT, "2.txt": b"", "3.txt": TEXT}
        documents, (problem,) = read_all(write("a.zip", zipped(members)))
        assert [document.name for document in documents] == ["1.txt", "3.txt"]
        assert problem.name == "2.txt"
        assert "a.zip › 2.txt is empty" in problem.sentence

    def test_a_member_with_a_broken_checksum_gives_none_of_its_texts(
        self, write: Write, read_all: ReadAll
    ) -> None:
        record = '{"title": "甲", "paragraphs": ["乙"]}\n'
        data = zipped({"a.jsonl": record * 3, "b.txt": TEXT}, ZIP_STORED)
        documents, (problem,) = read_all(write("a.zip", data.replace("乙".encode(), b"abc", 1)))
        assert [document.name for document in documents] == ["b.txt"]
        assert "a.jsonl is broken or cut" in problem.sentence

    def test_a_member_without_a_name_is_read(self, write: Write, read_all: ReadAll) -> None:
        (document,), _ = read_all(
            write("a.zip", zipped({"1.txt": TEXT}).replace(b"1.txt", b"\0.txt"))
        )
        assert document.name == "unnamed"

    def test_members_of_one_name_are_all_read(self, write: Write, read_all: ReadAll) -> None:
        data = zipped({"1.txt": "甲", "2.txt": "乙"}).replace(b"2.txt", b"1.txt")
        documents, _ = read_all(write("a.zip", data))
        assert [document.text for document in documents] == ["甲", "乙"]

    def test_an_encrypted_member_is_told(self, write: Write, read_all: ReadAll) -> None:
        data = bytearray(zipped({"1.txt": TEXT, "2.txt": TEXT}))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        documents, (problem,) = read_all(write("a.zip", bytes(data)))
        assert [document.name for document in documents] == ["2.txt"]
        assert "encrypted" in problem.sentence

    @pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\etc\\passwd"])
    def test_no_name_leads_out(
        self, tmp_path: Path, write: Write, read_all: ReadAll, name: str
    ) -> None:
        path = write("a.zip", zipped({name: TEXT}))
        before = set(tmp_path.parent.rglob("*"))
        (document,), _ = read_all(path)
        assert document.name == "etc/passwd"
        assert set(tmp_path.parent.rglob("*")) == before

    @pytest.mark.parametrize(
        ("name", "encoding"), [("青岛日报第一版", "gb18030"), ("臺北時報", "big5")]
    )
    def test_old_chinese_names_are_read(
        self, write: Write, read_all: ReadAll, name: str, encoding: str
    ) -> None:
        raw = f"{name}.txt".encode(encoding)
        placeholder = "x" * len(raw)
        data = zipped({placeholder: TEXT}).replace(placeholder.encode(), raw)
        (document,), _ = read_all(write("a.zip", data))
        assert document.name == f"{name}.txt"

    def test_its_own_sidecar_is_heeded(self, write: Write, read_all: ReadAll) -> None:
        sidecar = 'publication = "青岛日报"\npattern = "{date:%Y%m%d}_{page}"\n'
        members: dict[str, bytes | str] = {"d/issue.toml": sidecar, "d/20251001_02.txt": TEXT}
        (document,), _ = read_all(write("a.zip", zipped(members)))
        assert document.metadata == Metadata("青岛日报", "2025-10-01", "2")

    @pytest.mark.parametrize("cut", [40, -30])
    def test_a_cut_file_is_refused(self, write: Write, cut: int) -> None:
        with pytest.raises(Unreadable, match="broken or cut ZIP"):
            list(read(write("a.zip", zipped({"1.txt": TEXT})[:cut])))

    def test_one_without_members_is_refused(self, write: Write) -> None:
        with pytest.raises(Unreadable, match="no text"):
            list(read(write("a.zip", zipped({}))))

    def test_a_bomb_is_refused_whole(self, write: Write, read_all: ReadAll) -> None:
        members: dict[str, bytes | str] = {"1.txt": TEXT, "2.txt": b" " * (40 * 2**20)}
        with pytest.raises(Unreadable, match="unpacks to more than is safe"):
            read_all(write("a.zip", zipped(members)))

    def test_a_bomb_in_many_members_is_refused_whole(self, write: Write, read_all: ReadAll) -> None:
        members: dict[str, bytes | str] = {f"{n}.txt": b"x" * 2**20 for n in range(40)}
        with pytest.raises(Unreadable, match="unpacks to more than is safe"):
            read_all(write("a.zip", zipped(members)))

    def test_a_bomb_in_a_nested_file_is_refused_whole(
        self, write: Write, read_all: ReadAll
    ) -> None:
        inner = zipped({"2.txt": b" " * (40 * 2**20)})
        with pytest.raises(Unreadable, match="unpacks to more than is safe"):
            read_all(write("a.zip", zipped({"1.txt": TEXT, "2.zip": inner})))

    def test_too_many_members_are_refused(self, write: Write) -> None:
        path = write("a.zip", zipped({f"{n}.txt": TEXT for n in range(11)}))
        with pytest.raises(Unreadable, match="11 members"):
            list(read(path, ReadOptions(max_members=10)))

    def test_a_zip_within_zips_without_end_is_told(self, write: Write, read_all: ReadAll) -> None:
        data = zipped({"x.txt": TEXT})
        for _ in range(5):
            data = zipped({"x.zip": data})
        with pytest.raises(Unreadable, match="no text"):
            read_all(write("a.zip", data))
        with pytest.raises(Unreadable, match="packed more than 3 times over"):
            list(read(write("a.zip", data)))
