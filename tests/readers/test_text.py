"""Plain text in the encodings of Chinese newspapers, and what is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.readers import ReadOptions, read

Write = Callable[[str, bytes | str], Path]

SIMPLIFIED = (
    "青岛高新区：创新为帆 向“新”而行\n\n李媛 肖玲玲\n\n时代浪潮奔涌，总有先行者勇立潮头。\n"
)
TRADITIONAL = "到期未換證餐廳仍營業\n\n〔記者李四臺北報導〕市府昨日表示，將依法處理。\n"

BOTH = ("gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def text_of(path: Path, **options: str) -> str:
    (document,) = read(path, ReadOptions(**options))  # type: ignore[arg-type]
    assert document.page is None
    assert document.name == ""
    return document.text


class TestEncodings:
    @pytest.mark.parametrize("encoding", BOTH)
    def test_simplified_text_is_read(self, write: Write, encoding: str) -> None:
        assert text_of(write("a.txt", SIMPLIFIED.encode(encoding))) == SIMPLIFIED

    @pytest.mark.parametrize("encoding", [*BOTH, "big5", "cp950"])
    def test_traditional_text_is_read(self, write: Write, encoding: str) -> None:
        assert text_of(write("a.txt", TRADITIONAL.encode(encoding))) == TRADITIONAL

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
    @pytest.mark.parametrize("text", ["北京时间", "青岛高新区", "新质生产力", "国内联播快讯"])
    def test_a_few_characters_are_enough(self, write: Write, encoding: str, text: str) -> None:
        assert text_of(write("a.txt", text.encode(encoding))) == text

    @pytest.mark.parametrize("text", ["臺北時報", "無感審批", "市府昨日表示"])
    def test_a_few_characters_of_big5_are_enough(self, write: Write, text: str) -> None:
        assert text_of(write("a.txt", text.encode("big5"))) == text

    def test_the_option_overrules(self, write: Write) -> None:
        path = write("a.txt", "caf\xe9 fran\xe7ais".encode("cp1252"))
        assert text_of(path, encoding="cp1252") == "café français"

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_the_option_utf16_needs_no_byte_order_mark(self, write: Write, encoding: str) -> None:
        path = write("a.txt", SIMPLIFIED.encode(encoding))
        assert text_of(path, encoding="utf-16") == SIMPLIFIED

    def test_a_long_english_start_does_not_hide_the_encoding(self, write: Write) -> None:
        text = "English line\n" * 20_000 + SIMPLIFIED
        assert text_of(write("a.txt", text.encode("gb18030"))) == text

    @pytest.mark.parametrize("cut", [64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1])
    def test_a_character_across_the_sample_end_is_no_error(self, write: Write, cut: int) -> None:
        text = "a" * (cut % 2) + "时代浪潮奔涌" * 8_000
        assert text_of(write("a.txt", text.encode("gb18030"))) == text


class TestCleaning:
    def test_line_ends_become_newlines(self, write: Write) -> None:
        assert text_of(write("a.txt", "甲\r\n乙\r丙\n丁\f戊\u2028己")) == "甲\n乙\n丙\n丁\n戊\n己"

    def test_characters_that_no_page_prints_are_kept_out(self, write: Write) -> None:
        # One control character in a hundred is a slip; more is no text.
        body = "时代浪潮奔涌" * 100
        dirty = f"\ufeff\u202e{body}\x07\u200b\x00\ufeff\xad"
        assert text_of(write("a.txt", dirty)) == body

    def test_blanks_tabs_and_rare_characters_are_kept(self, write: Write) -> None:
        text = "\u3000\u3000甲\t乙\xa0𠮷\ue000"
        assert text_of(write("a.txt", text)) == text


class TestRefusals:
    def refusal(self, path: Path, **options: object) -> str:
        with pytest.raises(Unreadable) as error:
            list(read(path, ReadOptions(**options)))  # type: ignore[arg-type]
        message = str(error.value)
        assert path.name in message
        assert re.fullmatch(r"[^;]+; [^;]+\.", message), "one sentence: what, where; remedy"
        return message

    def test_an_empty_file(self, write: Write) -> None:
        assert "is empty" in self.refusal(write("a.txt", b""))

    @pytest.mark.parametrize("blank", ["\n\n  \t\u3000\n", "\ufeff", "\u200b\n"])
    def test_a_blank_file(self, write: Write, blank: str) -> None:
        assert "no text" in self.refusal(write("a.txt", blank))

    def test_a_binary_file(self, write: Write) -> None:
        assert "binary" in self.refusal(write("a.txt", bytes(range(256)) * 40))

    def test_text_full_of_control_characters(self, write: Write) -> None:
        assert "binary" in self.refusal(write("a.txt", "时\x01\x02\x03" * 50))

    def test_an_encoding_that_cannot_be_told(self, write: Write) -> None:
        message = self.refusal(write("a.txt", "Zażółć gęślą jaźń".encode("iso-8859-2")))
        assert "--encoding" in message

    def test_utf8_with_broken_bytes_is_named_with_its_line(self, write: Write) -> None:
        data = SIMPLIFIED.encode() * 20
        broken = data[:400] + b"\xff" + data[400:]
        line = data[:400].count(b"\n") + 1
        assert f"UTF-8: line {line} " in self.refusal(write("a.txt", broken))

    def test_bytes_that_the_named_encoding_has_not(self, write: Write) -> None:
        message = self.refusal(write("a.txt", SIMPLIFIED.encode("gb18030")), encoding="utf-8")
        assert "line 1" in message

    @pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "idna", "unicode_escape"])
    def test_an_encoding_that_does_not_exist(self, write: Write, name: str) -> None:
        assert name in self.refusal(write("a.txt", SIMPLIFIED), encoding=name)

    def test_a_folder(self, tmp_path: Path) -> None:
        assert "is a folder" in self.refusal(tmp_path)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert "cannot be found" in self.refusal(tmp_path / "none.txt")

    def test_a_pipe_is_refused_at_once(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert "no plain file" in self.refusal(tmp_path / "pipe")

    def test_a_file_without_permission(self, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write("a.txt", SIMPLIFIED)

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        assert "Permission denied" in self.refusal(path)

    def test_one_text_larger_than_any_page(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        with path.open("wb") as file:  # sparse, as long as the 200 MB line of a broken export
            file.write(b"line " * 100_000)
            file.truncate(200 * 2**20)
        assert "200 MB" in self.refusal(path)

    @pytest.mark.parametrize(
        ("head", "remedy"),
        [
            (b"7z\xbc\xaf'\x1c" + b"x" * 99, "unpack it"),
            (b"Rar!\x1a\x07\x01\x00" + b"x" * 99, "unpack it"),
            (b"BZh91AY&SY" + b"x" * 99, "unpack it"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "save it as DOCX"),
            (b"{\\rtf1\\ansi text}", "save it as DOCX"),
        ],
    )
    def test_known_formats_that_are_not_read(self, write: Write, head: bytes, remedy: str) -> None:
        assert remedy in self.refusal(write("a.bin", head))


def test_the_real_page_is_read_as_it_is(seed_file: Path) -> None:
    assert text_of(seed_file) == seed_file.read_text(encoding="utf-8")
