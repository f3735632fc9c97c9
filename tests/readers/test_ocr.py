"""Scanned pages, rendered here from text; skipped where OCR or a Chinese font is absent."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from indexer.errors import Unreadable
from indexer.readers import ReadOptions, read
from tests.readers.pdfs import Mark, pdf

pytest.importorskip("rapidocr", reason="OCR is not installed: pip install .[ocr]")
from PIL import Image

Write = Callable[[str, bytes | str], Path]

HEADLINE = "创新为帆向新而行"
LEFT = ("时代浪潮奔涌总有先行者", "勇立潮头青岛高新区不负")
RIGHT = ("一个区域的产业实力绝非", "单个企业的简单叠加而是")
MARKS: list[Mark] = [
    (50, 60, 24, HEADLINE),
    *((50.0, 100 + 22.0 * n, 14.0, row) for n, row in enumerate(LEFT)),
    *((250.0, 100 + 22.0 * n, 14.0, row) for n, row in enumerate(RIGHT)),
]
TRUTH = "".join((HEADLINE, *LEFT, *RIGHT))


def render(marks: list[Mark]) -> Any:
    with pypdfium2.PdfDocument(pdf([marks])) as file:
        return file[0].render(scale=1.5).to_pil().convert("L").crop((0, 0, 750, 740))


@pytest.fixture(scope="module")
def scan() -> Any:
    """Return the picture of a printed page, or skip where no font has Chinese characters."""
    first, second = (render([(50, 60, 24, char)]) for char in "青岛")
    if first.tobytes() == second.tobytes():
        pytest.skip("no Chinese font is installed, for instance fonts-noto-cjk")
    return render(MARKS)


def saved(picture: Any, kind: str, **more: Any) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **more)
    return buffer.getvalue()


def likeness(text: str) -> float:
    return SequenceMatcher(None, TRUTH, "".join(text.split()), autojunk=False).ratio()


def test_a_scanned_page_is_read_in_the_order_of_its_columns(write: Write, scan: Any) -> None:
    (document,) = read(write("a.png", saved(scan, "PNG")))
    assert likeness(document.text) > 0.95
    assert document.text.startswith(HEADLINE)


def test_each_page_of_a_scanned_file_is_read(write: Write, scan: Any) -> None:
    page = render(MARKS[:1])
    first, second = read(write("a.tif", saved(page, "TIFF", save_all=True, append_images=[page])))
    assert (first.metadata.page, second.metadata.page) == ("1", "2")
    assert first.text == second.text == HEADLINE


def test_a_scan_in_a_pdf_is_read(write: Write, scan: Any) -> None:
    (document,) = read(write("a.pdf", saved(scan, "PDF", resolution=108)))
    assert likeness(document.text) > 0.95


def test_a_picture_without_text_is_refused(write: Write) -> None:
    blank = Image.new("L", (400, 400), 255)
    with pytest.raises(Unreadable, match="no text"):
        list(read(write("a.png", saved(blank, "PNG"))))


def test_a_cut_picture_is_refused(write: Write) -> None:
    data = saved(Image.effect_noise((400, 400), 50), "PNG")
    with pytest.raises(Unreadable, match="broken or cut picture"):
        list(read(write("a.png", data[: len(data) // 2])))


def test_a_huge_picture_is_refused_before_it_is_unpacked(write: Write) -> None:
    path = write("a.png", saved(Image.new("1", (3000, 3000)), "PNG"))
    with pytest.raises(Unreadable, match="3000 × 3000 pixels"):
        list(read(path, ReadOptions(max_pixels=1_000_000)))
