"""DOCX and EPUB, whole, plain and hostile."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from indexer.errors import Unreadable
from indexer.model import Article, Document, Kind, Metadata
from indexer.readers import Problem, ReadOptions, read

Write = Callable[[str, bytes | str], Path]
ReadAll = Callable[..., tuple[list[Document], list[Problem]]]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
# As Chinese Word writes them: the style's id is a number, its name is English.
STYLES = f"""<w:styles {W}>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="a3"><w:name w:val="Title"/></w:style></w:styles>"""

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def zipped(members: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def p(text: str, style: str = "", more: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str, prologue: str = "") -> bytes:
    document = f"{prologue}<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, "word/styles.xml": STYLES})


def kinds(article: Article) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in article.blocks]


class TestDocx:
    def test_headings_begin_articles(self, write: Write) -> None:
        body = (
            p("创新为帆", "a3") + p("李媛") + p("时代浪潮奔涌。") + p("集群发展", "2")
            + p("第一条", more="<w:numPr/>") + p("到期未换证", "1") + p("餐厅仍营业。")
        )  # fmt: skip
        (document,) = read(write("a.docx", docx(body)))
        assert document.page
        first, second = document.page.articles
        assert kinds(first) == [
            (Kind.HEADLINE, "创新为帆"),
            (Kind.PARAGRAPH, "李媛"),
            (Kind.PARAGRAPH, "时代浪潮奔涌。"),
            (Kind.HEADING, "集群发展"),
            (Kind.LIST, "第一条"),
        ]
        assert kinds(second) == [(Kind.HEADLINE, "到期未换证"), (Kind.PARAGRAPH, "餐厅仍营业。")]
        for block in (*first.blocks, *second.blocks):
            ((start, end),) = block.spans
            assert document.text[start:end] == block.text

    def test_a_file_without_headings_comes_as_text(self, write: Write) -> None:
        (document,) = read(write("a", docx(p("创新为帆") + p("") + p("时代浪潮奔涌。"))))
        assert document.page is None
        assert document.text == "创新为帆\n\n时代浪潮奔涌。"

    def test_all_that_is_printed_is_taken_once(self, write: Write) -> None:
        box = f"<w:txbxContent>{p('框内。')}</w:txbxContent>"
        body = (
            "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/></w:r>"
            "<w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink>"
            "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
            f"<w:sdt><w:sdtContent>{p('控件。')}</w:sdtContent></w:sdt>"
            f"<w:tbl><w:tr><w:tc>{p('年')}</w:tc><w:tc>{p('产值')}</w:tc></w:tr></w:tbl>"
        )
        (document,) = read(write("a.docx", docx(body)))
        assert document.text.split("\n\n") == ["甲\t乙", "丙", "框内。", "控件。", "年\t产值"]

    @pytest.mark.parametrize("prologue", [BOMB, OUTSIDE])
    def test_entities_are_refused(self, write: Write, prologue: str) -> None:
        with pytest.raises(Unreadable, match="entities of its own"):
            list(read(write("a.docx", docx(p("&a;"), prologue))))

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ("<w:p>", "XML that is broken"),
            ("<w:r>" * 1000 + "</w:r>" * 1000, "nested too deep"),
            (p("\x01"), "XML that is broken"),
            (p(""), "no text"),
        ],
    )
    def test_a_broken_body_is_refused(self, write: Write, body: str, says: str) -> None:
        with pytest.raises(Unreadable, match=says):
            list(read(write("a.docx", docx(body))))

    def test_a_body_that_is_too_large_is_refused(self, write: Write) -> None:
        path = write("a.docx", docx(p("文" * 2000)))
        with pytest.raises(Unreadable, match="more than"):
            list(read(path, ReadOptions(max_text=1000)))

    def test_a_file_of_a_real_word_library_is_read(self, tmp_path: Path) -> None:
        library = pytest.importorskip("docx", reason="python-docx is not installed")
        file = library.Document()
        file.add_heading("创新为帆", 1)
        file.add_paragraph("时代浪潮奔涌。")
        file.save(tmp_path / "a.docx")
        (document,) = read(tmp_path / "a.docx")
        assert document.page
        assert document.page.articles[0].headline == "创新为帆"


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
BOOK = """<package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>青岛日报 10月1日</dc:title>
<dc:publisher>青岛日报</dc:publisher><dc:date>2025-10-01</dc:date></metadata>
<manifest><item id="n" href="nav.xhtml" properties="nav"/><item id="b" href="text/%E4%BA%8C.xhtml"/>
<item id="a" href="text/1.xhtml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CHAPTER = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>
<h2>{0}</h2><p>李媛</p><p>时代浪潮奔涌。</p><h3>集群发展</h3><p>文。</p></body></html>"""


def epub(**changed: str) -> bytes:
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": BOOK,
        "OEBPS/nav.xhtml": CHAPTER.format("目录"),
        "OEBPS/text/1.xhtml": CHAPTER.format("甲"),
        "OEBPS/text/二.xhtml": CHAPTER.format("乙"),
    }
    for name, data in changed.items():
        members[next(member for member in members if name in member)] = data
    return zipped({name: data for name, data in members.items() if data})


class TestEpub:
    def test_chapters_come_in_reading_order(self, write: Write) -> None:
        first, second = read(write("a.epub", epub()))
        assert first.name == "OEBPS/text/1.xhtml"
        assert first.metadata == Metadata("青岛日报", "2025-10-01")
        assert first.page
        assert kinds(first.page.articles[0]) == [
            (Kind.HEADLINE, "甲"),
            (Kind.PARAGRAPH, "李媛"),
            (Kind.PARAGRAPH, "时代浪潮奔涌。"),
            (Kind.HEADING, "集群发展"),
            (Kind.PARAGRAPH, "文。"),
        ]
        assert second.text.startswith("乙")

    def test_a_chapter_that_is_missing_is_told(self, write: Write, read_all: ReadAll) -> None:
        (document,), (problem,) = read_all(write("a.epub", epub(二="")))
        assert document.name == "OEBPS/text/1.xhtml"
        assert problem.name == "OEBPS/text/二.xhtml"
        assert "lacks it" in problem.sentence

    @pytest.mark.parametrize(
        ("changed", "says"),
        [
            ({"container": "<a/>"}, "without a book"),
            ({"container": BOMB + "<a/>"}, "entities of its own"),
            ({"opf": "<package"}, "XML that is broken"),
            ({"opf": ""}, "lacks it"),
            ({"opf": "<package/>"}, "no text"),
        ],
    )
    def test_a_broken_book_is_refused(
        self, write: Write, changed: dict[str, str], says: str
    ) -> None:
        with pytest.raises(Unreadable, match=says):
            list(read(write("a.epub", epub(**changed))))
