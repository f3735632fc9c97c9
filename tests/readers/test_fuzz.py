"""Whatever the bytes are, a reader gives sound documents or says Unreadable; nothing else."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import Unreadable
from indexer.readers import ReadOptions, ocr, read
from tests.readers.pdfs import pdf
from tests.readers.test_office import docx, epub, p
from tests.readers.test_packed import zipped
from tests.readers.test_webpage import EPAPER, PORTAL

TEXT = "青岛高新区：创新为帆\n\n李媛 肖玲玲\n\n时代浪潮奔涌，总有先行者勇立潮头。\n" * 3
JSON = '{"title": "甲", "paragraphs": ["乙", "丙"], "date": "2025-10-01"}\n' * 3
CSV = "title,date,text\n" + '甲,2025-10-01,"乙\n丙"\n' * 2
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020800000000"
    "57dd52f80000000e49444154789c63f8ffff3f0300090003fe1a8f9d6a"
    "0000000049454e44ae426082"
)

SEEDS: dict[str, bytes] = {
    "text": TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "utf-16": TEXT.encode("utf-16"),
    "jsonlines": JSON.encode(),
    "json": b"[%b]" % b",".join(JSON.encode().splitlines()),
    "table": CSV.encode(),
    "portal": PORTAL.encode(),
    "epaper": EPAPER.encode("gbk"),
    "docx": docx(p("创新为帆", "1") + p("时代浪潮奔涌。") + "<w:tbl><w:tr/></w:tbl>"),
    "epub": epub(),
    "pdf": pdf([[(50, 80, 24, "创新为帆"), (50, 120, 10, "时代浪潮。")], [(50, 80, 10, "文。")]]),
    "gzip": gzip.compress(JSON.encode(), mtime=0),
    "zip": zipped({"1.txt": TEXT, "a.jsonl.gz": gzip.compress(JSON.encode()), "b.csv": CSV}),
    "stored": zipped({"1.txt": TEXT, "issue.toml": 'date = "2025"'}, 0),
    "png": PNG,
}

# A change: where (a share of the length), how much is taken out there, what is put in.
PAYLOADS = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([b"\0" * 8, b"\xff" * 4, b"\x80", b"<", b"<!--", b'"', b"{", b"PK\1\2", b"\n"]),
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from([0, 1, 2, 8, 100, 10**6]), PAYLOADS), max_size=6
)

# The suite takes a short look; READER_FUZZ=20000 looks for as long as it is given.
EXAMPLES = int(os.environ.get("READER_FUZZ", "25"))
bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pictures be unpacked, and none be looked at for long."""
    nothing = SimpleNamespace(boxes=None, txts=())
    monkeypatch.setattr(ocr, "_engine", lambda: lambda *_, **__: nothing)


def check(path: Path, data: bytes, options: ReadOptions = ReadOptions()) -> None:
    path.write_bytes(data)
    try:
        documents = list(read(path, options, lambda problem: None))
    except Unreadable:
        return
    for document in documents:
        document.text.encode()
        assert document.text.strip()
        for block in (
            b for a in (document.page.articles if document.page else ()) for b in a.blocks
        ):
            assert "".join(document.text[start:end] for start, end in block.spans) == block.text


@pytest.mark.parametrize("kind", SEEDS)
@bounded
@given(changes=CHANGES)
def test_a_changed_file_is_read_or_refused(
    tmp_path: Path, kind: str, changes: list[tuple[float, int, bytes]]
) -> None:
    data = SEEDS[kind]
    for share, taken, put in changes:
        at = int(share * len(data))
        data = data[:at] + put + data[at + taken :]
    check(tmp_path / f"a.{kind}", data)


MAGIC: list[bytes] = [b"", b"%PDF-1.4\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n",
                      b"<html>", b'{"', b"[{\"", b"II*\0", b"BM", b"title,text\n"]  # fmt: skip


@bounded
@given(
    magic=st.sampled_from(MAGIC), data=st.binary(max_size=400), suffix=st.sampled_from(["", ".csv"])
)
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, magic: bytes, data: bytes, suffix: str
) -> None:
    check(tmp_path / f"a{suffix}", magic + data)


@bounded
@given(data=st.text(max_size=200), suffix=st.sampled_from(["", ".csv"]))
def test_any_text_is_read_or_refused(tmp_path: Path, data: str, suffix: str) -> None:
    check(tmp_path / f"a{suffix}", data.encode("utf-8", "surrogatepass"))


@bounded
@given(
    data=st.binary(max_size=100),
    encoding=st.sampled_from(["utf-7", "utf-16", "utf-32", "idna", "punycode", "big5", "iso2022_kr",
                              "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "x"]),
)  # fmt: skip
def test_any_named_encoding_is_read_or_refused(tmp_path: Path, data: bytes, encoding: str) -> None:
    for suffix in ("txt", "csv"):
        check(tmp_path / f"a.{suffix}", data, ReadOptions(encoding=encoding))


def test_every_seed_is_read_as_it_is(tmp_path: Path) -> None:
    reader: Callable[[Path], object] = lambda path: list(read(path))  # noqa: E731
    for kind, data in SEEDS.items():
        path = tmp_path / kind
        path.write_bytes(data)
        if kind != "png":
            assert reader(path), kind
