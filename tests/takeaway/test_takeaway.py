"""Articles as Markdown, TMX and EPUB, read back with other people's readers."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer.model import Kind
from indexer.takeaway import epub, markdown, markdown_issue, tmx
from indexer.views import ArticleView, IssueSummary, IssueView, ParagraphView
from tests.cite.sample import ARTICLE, BODY, SIGHED, article

ISSUE = IssueView(IssueSummary("issue12345", "科技日报", "2025-10-09", "page.txt", 1), ())
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def rendered(text: str) -> str:
    html: str = MarkdownIt("commonmark").render(text)
    return html


class TestMarkdown:
    def test_each_paragraph_is_followed_by_its_english(self) -> None:
        text = markdown(ARTICLE)
        assert text.startswith(
            "# 青岛高新区：创新为帆 向“新”而行\n\n**Qingdao sails for the new**\n"
        )
        assert "*科技日报, 2025-10-09, page 3, 区域*" in text
        assert f"\n\n{BODY}\n\n> {SIGHED} People come.\n\n" in text
        assert "\n\n## 集群发展 / Clusters\n\n" in text

    def test_it_ends_in_its_citation_and_who_made_the_english(self) -> None:
        *_, citation, english = markdown(ARTICLE).strip().split("\n\n")
        assert citation.startswith("Li Yuan 李媛 and Xiao Lingling 肖玲玲.")
        assert english.startswith("English: argos 1, Anna Lee. The English is a machine")

    def test_signs_in_a_text_are_no_markup(self) -> None:
        html = rendered(markdown(ARTICLE))
        assert "<p>102 亿元 &lt;收入&gt; &amp; *增速*。</p>" in html

    @pytest.mark.parametrize(
        "text", ["1. 一、", "- 一", "# 一", "> 一", "+ 一", "===", "&lt;b&gt;"]
    )
    def test_no_line_is_taken_as_a_list_heading_or_quote(self, text: str) -> None:
        only = ParagraphView(1, 1, Kind.PARAGRAPH, text)
        html = rendered(markdown(article(paragraphs=(only,), headline_en="")))
        assert f"<p>{text.replace('&', '&amp;').replace('>', '&gt;')}</p>" in html

    def test_an_issue_has_its_articles_one_level_down(self) -> None:
        text = markdown_issue(ISSUE, [ARTICLE, article(headline="另一篇")])
        assert text.startswith("# 科技日报 2025-10-09\n\n## 青岛高新区")
        assert "\n## 另一篇\n" in text

    def test_what_is_unknown_is_not_there(self) -> None:
        text = markdown(article(publication=None, date=None, page=None, section=None))
        assert "*File page.txt*" in text


class TestTmx:
    def units(self, *articles: ArticleView) -> list[ET.Element]:
        return ET.fromstring(tmx(articles)).findall("body/tu")

    def test_a_sentence_pair_names_its_place_and_its_maker(self) -> None:
        unit = self.units(ARTICLE)[3]
        chinese, english = unit.findall("tuv")
        assert unit.findtext("prop") == "abcdefghij#p4"
        assert (chinese.get(LANG), chinese.findtext("seg")) == ("zh", BODY[:15])
        assert (english.get(LANG), english.findtext("seg")) == ("en", SIGHED)
        assert english.get("creationid") == "argos 1"

    def test_a_paragraph_that_a_person_rewrote_is_one_unit(self) -> None:
        unit = self.units(ARTICLE)[-1]
        assert unit.get("segtype") == "paragraph"
        assert unit.findall("tuv")[1].get("creationid") == "Anna Lee"

    def test_what_has_no_english_is_left_out(self) -> None:
        assert len(self.units(ARTICLE)) == 6

    def test_the_header_has_all_that_tmx_1_4_asks(self) -> None:
        root = ET.fromstring(tmx([ARTICLE]))
        header = root.find("header")
        assert root.get("version") == "1.4"
        assert header is not None
        assert {
            "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
            "datatype",
        } <= set(header.keys())  # fmt: skip


class TestEpub:
    BOOK = epub("科技日报 2025-10-09", [ARTICLE, article(key="k2")], "2026-01-31T12:00:00Z")

    def file(self, name: str, book: bytes = BOOK) -> ET.Element:
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            return ET.fromstring(archive.read(name))

    def test_the_type_comes_first_and_uncompressed(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.BOOK)) as archive:
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)

    def test_the_manifest_lists_every_file(self) -> None:
        package = self.file("EPUB/package.opf")
        listed = {item.get("href") for item in package.iter(f"{OPF}item")}
        with zipfile.ZipFile(io.BytesIO(self.BOOK)) as archive:
            inside = {name.removeprefix("EPUB/") for name in archive.namelist()}
        assert listed == inside - {"mimetype", "META-INF/container.xml", "package.opf"}

    def test_a_chapter_has_both_languages_marked(self) -> None:
        chapter = self.file("EPUB/article0001.xhtml")
        english = [p.text for p in chapter.iter(f"{XHTML}p") if p.get("lang") == "en"]
        assert f"{SIGHED} People come." in english
        assert chapter.get("lang") == "zh"

    def test_the_same_articles_give_the_same_bytes(self) -> None:
        again = epub("科技日报 2025-10-09", [ARTICLE, article(key="k2")], "2026-01-31T12:00:00Z")
        assert again == self.BOOK

    def test_a_book_without_a_date_has_none(self) -> None:
        undated = epub("标题", [article(date=None)], "2026-01-31T12:00:00Z")
        assert self.file("EPUB/package.opf", undated).find(f".//{DC}date") is None

    def test_signs_and_control_characters_break_no_page(self) -> None:
        odd = replace(ARTICLE, headline='<"&\x0b>', publication="A & B")
        book = epub("<&>\x00", [odd], "2026-01-31T12:00:00Z")
        for name in ("package.opf", "nav.xhtml", "article0001.xhtml"):
            self.file(f"EPUB/{name}", book)


@given(st.text(), st.text())
def test_any_text_comes_back_from_a_tmx_file(chinese: str, english: str) -> None:
    only = ParagraphView(1, 1, Kind.PARAGRAPH, "中" + chinese, "e" + english, "argos 1")
    (unit,) = ET.fromstring(tmx([article(paragraphs=(only,))])).findall("body/tu")
    kept = [seg.text for seg in unit.iter("seg")]
    assert kept[0] is not None
    assert kept[0].startswith("中")
