"""Records of JSON, a line or a whole file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.model import Document, Kind, Metadata
from indexer.readers import Problem, ReadOptions, read
from indexer.readers.encoding import clean

Write = Callable[[str, bytes | str], Path]
ReadAll = Callable[..., tuple[list[Document], list[Problem]]]

RECORD = {
    "publication": "青岛日报",
    "date": "2025-10-01",
    "ordinal": 3,
    "title": "青岛高新区：创新为帆",
    "paragraphs": ["时代浪潮奔涌。", "集群发展。"],
}


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def kinds(document: Document) -> list[tuple[Kind, str]]:
    assert document.page
    (article,) = document.page.articles
    for block in article.blocks:
        assert "".join(document.text[start:end] for start, end in block.spans) == block.text
    return [(block.kind, block.text) for block in article.blocks]


def test_a_line_is_an_article_whose_spans_point_into_its_text(
    write: Write, read_all: ReadAll
) -> None:
    (document,), problems = read_all(write("a.jsonl", lines(RECORD)))
    assert kinds(document) == [
        (Kind.HEADLINE, "青岛高新区：创新为帆"),
        (Kind.PARAGRAPH, "时代浪潮奔涌。"),
        (Kind.PARAGRAPH, "集群发展。"),
    ]
    assert document.metadata == Metadata("青岛日报", "2025-10-01")
    assert document.name == "line 1"
    assert not problems


def test_all_fields_are_taken(write: Write, read_all: ReadAll) -> None:
    record = {
        **RECORD,
        "byline": "李媛 肖玲玲",
        "page": 5,
        "section": "要闻",
        "url": "https://x.cn",
    }
    (document,), _ = read_all(write("a.jsonl", lines(record)))
    assert kinds(document)[1] == (Kind.BYLINE, "李媛 肖玲玲")
    assert document.metadata == Metadata("青岛日报", "2025-10-01", "5", "要闻", "https://x.cn")


def test_columns_may_have_other_names(write: Write, read_all: ReadAll) -> None:
    record = {"标题": "甲", "正文": "一\n二\n\n三", "日期": "二〇二五年十月一日"}
    options = ReadOptions(columns={"title": "标题", "paragraphs": "正文", "date": "日期"})
    (document,), _ = read_all(write("a.jsonl", lines(record)), options)
    assert [text for _, text in kinds(document)] == ["甲", "一", "二", "三"]
    assert document.metadata.date == "2025-10-01"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
def test_other_encodings_are_read(write: Write, read_all: ReadAll, encoding: str) -> None:
    documents, problems = read_all(write("a.jsonl", lines(RECORD, RECORD).encode(encoding)))
    assert [kinds(document)[0][1] for document in documents] == ["青岛高新区：创新为帆"] * 2
    assert not problems


@pytest.mark.parametrize("layout", [[RECORD, RECORD], RECORD])
def test_one_array_or_object_over_several_lines_is_read(
    write: Write, read_all: ReadAll, layout: object
) -> None:
    path = write("a.json", json.dumps(layout, ensure_ascii=False, indent=2))
    documents, problems = read_all(path)
    assert [document.name for document in documents] == ["record 1", "record 2"][: len(documents)]
    assert len(documents) == (2 if isinstance(layout, list) else 1)
    assert not problems


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b'{"title": "\xe7\x94', "is no JSON|no UTF-8"),
        (b'{"title": "x", }', "is no JSON"),
        (b'{"title": "\xff\xfe", "paragraphs": []}', "no UTF-8"),
        (b"[1, 2]", "is no JSON object"),
        (b"null", "is no JSON object"),
        (b'{"a": 1}', "has no column 'paragraphs' among 'a'; .*--column paragraphs=NAME"),
        (b'{"title": "x", "date": "soon"}', "date 'soon'; write it as"),
        (b'{"title": ["x"]}', "title that is no text"),
        (b'{"title": "x", "paragraphs": [1]}', "paragraphs that are no text"),
        (b'{"title": "x", "paragraphs": {}}', "paragraphs that are no text"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"title": ' + b"1" * 5000 + b"}", "too long a number"),
    ],
)
def test_a_broken_line_is_told_by_its_number_and_the_others_are_read(
    write: Write, read_all: ReadAll, broken: bytes, says: str
) -> None:
    line = lines(RECORD).encode()
    path = write("a.jsonl", line + broken + b"\n" + line)
    documents, (problem,) = read_all(path)
    assert [document.name for document in documents] == ["line 1", "line 3"]
    assert problem.name == "line 2"
    assert "a.jsonl line 2" in problem.sentence
    with pytest.raises(Unreadable, match=says):
        list(read(path))


def test_a_line_that_is_too_long_is_passed_over_without_holding_it(
    write: Write, read_all: ReadAll
) -> None:
    line = lines(RECORD)
    path = write("a.jsonl", line + '{"title": "' + "长" * 50_000 + '"}\n' + line)
    documents, (problem,) = read_all(path, ReadOptions(max_line=1000))
    assert [document.name for document in documents] == ["line 1", "line 3"]
    assert "longer than" in problem.sentence


def test_half_a_surrogate_pair_never_reaches_the_text(write: Write, read_all: ReadAll) -> None:
    (document,), _ = read_all(write("a.jsonl", '{"title": "甲\\ud800乙"}'))
    assert document.text == "甲乙"


def test_a_file_of_broken_lines_alone_is_refused(write: Write, read_all: ReadAll) -> None:
    with pytest.raises(Unreadable, match="no text"):
        read_all(write("a.jsonl", '{"title": \n{"title": \n'))


def test_the_whole_corpus_is_read_through_gzip(corpus_file: Path) -> None:
    with gzip.open(corpus_file) as file:
        truth = [json.loads(line) for line in file]
    documents = list(read(corpus_file))
    for document, record in zip(documents, truth, strict=True):
        parts = [record["title"], *record["paragraphs"]]
        assert document.text == "\n".join(clean(part).strip() for part in parts)
    assert [document.metadata.date for document in documents] == [r["date"] for r in truth]
