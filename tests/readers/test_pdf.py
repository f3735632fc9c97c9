"""PDF files: text layers, pages, scans, and what is broken or locked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.model import Document
from indexer.readers import Problem, ReadOptions, ocr, read
from tests.readers.pdfs import Mark, pdf

Write = Callable[[str, bytes | str], Path]
ReadAll = Callable[..., tuple[list[Document], list[Problem]]]

BODY = (
    "时代浪潮奔涌，总有先行者勇立潮头。“十四五”期间，青岛高新区，不负“高”“新”之名，以创新为“桨”，"
    "乘风破浪前行，如一艘巨轮奏响了一曲高质量发展的激昂乐章。一个区域的产业实力，绝非单个企业的简单叠加。"
)


def column(text: str, left: float, top: float, width: int = 12) -> list[Mark]:
    rows = [text[start : start + width] for start in range(0, len(text), width)]
    return [(left, top + 15 * number, 10, row) for number, row in enumerate(rows)]


def test_a_page_of_two_columns_is_read_in_order(write: Write) -> None:
    half = len(BODY) // 2
    left, right = column(BODY[:half], 50, 120), column(BODY[half:], 200, 120)
    rows = sorted([*left, *right], key=lambda mark: mark[1])
    path = write("a.pdf", pdf([[*rows, (50, 80, 24, "创新为帆 向新而行")]]))
    (document,) = read(path)
    assert document.text.startswith("创新为帆 向新而行\n\n")
    assert "".join(document.text.split()) == "创新为帆向新而行" + BODY
    assert document.page is None
    assert document.name == "page 1"
    assert document.metadata.page is None


def test_each_page_is_a_document_with_its_number(write: Write) -> None:
    path = write("a.pdf", pdf([[(50, 80, 10, "第一页。")], [], [(50, 80, 10, "第三页。")]]))
    first, third = read(path)
    assert (first.name, first.metadata.page) == ("page 1", "1")
    assert (third.name, third.metadata.page, third.text) == ("page 3", "3", "第三页。")


def test_characters_beyond_sixteen_bits_are_whole(write: Write) -> None:
    (document,) = read(write("a.pdf", pdf([[(50, 80, 10, "𠮷野家。")]])))
    assert document.text == "𠮷野家。"


def test_an_encrypted_file_is_refused(write: Write) -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%b>/U<%b>/P -4>>/ID[<00><00>]"
    data = pdf([[(50, 80, 10, "文")]], extra=lock % (b"00" * 32, b"11" * 32))
    with pytest.raises(Unreadable, match="encrypted PDF; open it with its password"):
        list(read(write("a.pdf", data)))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_refused(write: Write, share: float) -> None:
    data = pdf([column(BODY, 50, 80)] * 3)
    with pytest.raises(Unreadable, match="end is missing; get a whole copy"):
        list(read(write("a.pdf", data[: int(len(data) * share)])))


def test_a_file_that_is_a_pdf_in_name_alone_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="is a broken PDF"):
        list(read(write("a.pdf", b"%PDF-1.7\nnothing\n%%EOF")))


def test_too_many_pages_are_refused(write: Write) -> None:
    path = write("a.pdf", pdf([[(50, 80, 10, "文")]] * 4))
    with pytest.raises(Unreadable, match="4 pages, more than 3"):
        list(read(path, ReadOptions(max_pages=3)))


class TestScansWithoutOcr:
    @pytest.fixture(autouse=True)
    def absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "_engine", lambda: None)

    def test_a_scan_is_refused_in_one_sentence_that_names_the_remedy(self, write: Write) -> None:
        with pytest.raises(Unreadable) as error:
            list(read(write("a.pdf", pdf([[]] * 3, image=True))))
        assert re.search(r"a\.pdf page 1 is a scan .*; install OCR with pip install '.*\[ocr\]'\.",
                         str(error.value))  # fmt: skip

    def test_an_image_is_refused_likewise(self, write: Write) -> None:
        with pytest.raises(Unreadable, match=r"is a scan .*; install OCR with pip install"):
            list(read(write("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)))

    def test_blank_pages_are_no_scans(self, write: Write) -> None:
        with pytest.raises(Unreadable, match="no text"):
            list(read(write("a.pdf", pdf([[], []]))))

    def test_ocr_can_be_switched_off(self, write: Write) -> None:
        with pytest.raises(Unreadable, match="OCR is off"):
            list(read(write("a.pdf", pdf([[]], image=True)), ReadOptions(ocr=False)))

    def test_text_without_meaning_is_no_text_layer(self, write: Write) -> None:
        with pytest.raises(Unreadable, match="is a scan without text"):
            list(read(write("a.pdf", pdf([[(50, 80, 10, "\ue000\ue001\ue002")]]))))
