"""Tables of articles: CSV and its kin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.model import Document, Kind, Metadata
from indexer.readers import Problem, ReadOptions, read

Write = Callable[[str, bytes | str], Path]
ReadAll = Callable[..., tuple[list[Document], list[Problem]]]

HEAD = "publication,date,page,title,byline,paragraphs\n"
ROW = '青岛日报,2025-10-01,3,"创新为帆，向新而行",李媛,"时代浪潮奔涌。\n集群发展。"\n'


def test_a_row_is_an_article(write: Write, read_all: ReadAll) -> None:
    (document,), problems = read_all(write("a.csv", HEAD + ROW))
    assert document.metadata == Metadata("青岛日报", "2025-10-01", "3")
    assert document.name == "line 2"
    assert document.page
    assert [(block.kind, block.text) for block in document.page.articles[0].blocks] == [
        (Kind.HEADLINE, "创新为帆，向新而行"),
        (Kind.BYLINE, "李媛"),
        (Kind.PARAGRAPH, "时代浪潮奔涌。"),
        (Kind.PARAGRAPH, "集群发展。"),
    ]
    assert not problems


@pytest.mark.parametrize("delimiter", ",\t;|")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimiters_and_encodings_are_told(
    write: Write, read_all: ReadAll, delimiter: str, encoding: str
) -> None:
    text = f"title{delimiter}text\r\n创新为帆{delimiter}时代浪潮奔涌。\r\n"
    (document,), _ = read_all(write("a.txt", text.encode(encoding)))
    assert document.text == "创新为帆\n时代浪潮奔涌。"


def test_columns_may_have_other_names(write: Write, read_all: ReadAll) -> None:
    options = ReadOptions(columns={"title": "标题", "paragraphs": "正文"})
    (document,), _ = read_all(write("export", "编号,标题,正文\n1,甲,乙\n"), options)
    assert document.text == "甲\n乙"


def test_a_text_with_commas_is_no_table(write: Write, read_all: ReadAll) -> None:
    (document,), _ = read_all(write("a.txt", "the title, the text, and so on\nmore, and more\n"))
    assert document.page is None


def test_a_table_whose_columns_are_unknown_names_them(write: Write) -> None:
    with pytest.raises(Unreadable, match=r"columns '标题', '正文'; name .* --column") as error:
        list(read(write("a.csv", "标题,正文\n甲,乙\n")))
    assert "a.csv" in str(error.value)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ("青岛日报,2025-10-01,3,题\n", "4 cells under 6 columns"),
        ("青岛日报,someday,3,题,人,文\n", "date 'someday'"),
        ('青岛日报,2025-10-01,3,"题"x,人,文\n', "is no row of a table"),
    ],
)
def test_a_broken_row_is_told_by_its_line_and_the_others_are_read(
    write: Write, read_all: ReadAll, broken: str, says: str
) -> None:
    documents, (problem,) = read_all(write("a.csv", HEAD + ROW + broken + ROW))
    # The rows hold a line break each, so they stand in lines 2 and 5.
    assert [document.name for document in documents] == ["line 2", "line 5"]
    assert problem.name == "line 4"
    assert says in problem.sentence


def test_a_quote_that_never_ends_is_told(write: Write, read_all: ReadAll) -> None:
    documents, (problem,) = read_all(write("a.csv", HEAD + ROW + '甲,2025,1,"never ends\n'))
    assert len(documents) == 1
    assert "line 4 is no row" in problem.sentence


def test_a_table_with_broken_bytes_is_refused(write: Write) -> None:
    rows = (HEAD + ROW * 20).encode()
    with pytest.raises(Unreadable, match="not whole UTF-8"):
        list(read(write("a.csv", rows + b"\xff,,,,,\n")))


def test_a_line_that_is_too_long_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="longer than"):
        list(read(write("a.csv", HEAD + "x" * 2000), ReadOptions(max_line=1000)))


def test_a_table_without_rows_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="no text"):
        list(read(write("a.csv", HEAD)))
