"""Packed files: what is inside is read, and nothing can burst the machine."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.model import Document
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
