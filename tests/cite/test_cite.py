"""Citations in the forms that the manuals give for newspaper articles."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from indexer.cite import Style, bibtex, cite, csl_json, ris
from indexer.cite.authors import authors
from indexer.model import Kind
from tests.cite.sample import ARTICLE, article

CHICAGO, APA, MLA, GBT = Style.CHICAGO, Style.APA, Style.MLA, Style.GBT7714


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("李媛 肖玲玲", ["李媛", "肖玲玲"]),
        ("薛婧", ["薛婧"]),
        ("薛 婧", ["薛婧"]),
        ("本报记者 张三丰、李四光", ["张三丰", "李四光"]),
        ("（记者 张三丰 通讯员 李四光）", ["张三丰", "李四光"]),
        ("本报北京10月1日电（记者张三丰、李四光）", ["张三丰", "李四光"]),
        ("欧阳修远", ["欧阳修远"]),
        ("本报记者 张三丰 责编 王小明", ["张三丰"]),
        ("张三丰 向楠", ["张三丰", "向楠"]),
        ("本报评论员", []),
        ("新华社", []),
        ("综合消息", []),
        ("", []),
    ],
)
def test_authors_are_the_people_of_the_byline(byline: str, found: list[str]) -> None:
    assert [author.name for author in authors(byline)] == found


def test_an_author_has_a_family_and_a_given_name() -> None:
    (author,) = authors("欧阳修远")
    assert (author.family, author.given, author.pinyin) == ("欧阳", "修远", "Ouyang Xiuyuan")


TITLE = "青岛高新区：创新为帆 向“新”而行"
LI_YUAN, XIAO = "Li Yuan 李媛", "Xiao Lingling 肖玲玲"
SINGLE = "青岛高新区：创新为帆 向‘新’而行"


class TestTheFourStyles:
    @pytest.mark.parametrize(
        ("style", "text"),
        [
            # “Title.” Newspaper, Month Day, Year. (CMOS 14; names 11.108)
            (CHICAGO, f"{LI_YUAN} and {XIAO}. “{SINGLE}.” 科技日报, October 9, 2025."),
            # Author, A. A. (Year, Month Day). Title. Newspaper, page. (APA 10.1, example 16)
            (APA, f"Li, Y., & Xiao, L. (2025, October 9). {TITLE}. 科技日报, 3."),
            # Author. “Title.” Newspaper, Day Mon. Year, p. X. (MLA 5)
            (MLA, f"{LI_YUAN}, and {XIAO}. “{SINGLE}.” 科技日报, 9 Oct. 2025, p. 3."),
            # 主要责任者. 题名[N]. 报纸名, 年-月-日(版次). (GB/T 7714-2015, 4.4)
            (GBT, f"李媛, 肖玲玲. {TITLE}[N]. 科技日报, 2025-10-09(3)."),
        ],
    )  # fmt: skip
    def test_two_authors_a_date_and_a_page(self, style: Style, text: str) -> None:
        assert cite(ARTICLE, style).text == text

    @pytest.mark.parametrize(
        ("style", "text"),
        [
            (CHICAGO, f"科技日报. “{SINGLE}.” October 9, 2025."),
            (APA, f"{TITLE}. (2025, October 9). 科技日报, 3."),
            (MLA, f"“{SINGLE}.” 科技日报, 9 Oct. 2025, p. 3."),
            (GBT, f"{TITLE}[N]. 科技日报, 2025-10-09(3)."),
        ],
    )
    def test_without_an_author(self, style: Style, text: str) -> None:
        assert cite(article(byline="本报评论员"), style).text == text

    @pytest.mark.parametrize(
        ("style", "text"),
        [
            (CHICAGO, f"Xue Jing 薛婧. “{SINGLE}.” n.d."),
            (APA, f"Xue, J. (n.d.). {TITLE}."),
            (MLA, f"Xue Jing 薛婧. “{SINGLE}.”"),
            (GBT, f"薛婧. {TITLE}[N]. [报名不详], [日期不详]."),
        ],
    )
    def test_what_is_unknown_stays_unknown(self, style: Style, text: str) -> None:
        unknown = article(byline="薛婧", publication=None, date=None, page=None)
        assert cite(unknown, style).text == text

    @pytest.mark.parametrize(
        ("style", "date"),
        [
            (CHICAGO, ", October 2025."),
            (APA, "(2025, October)"),
            (MLA, ", Oct. 2025, p. 3."),
            (GBT, ", 2025-10(3)."),
        ],
    )
    def test_a_date_cut_to_the_month(self, style: Style, date: str) -> None:
        assert date in cite(article(date="2025-10"), style).text

    @pytest.mark.parametrize(
        ("style", "date"),
        [(CHICAGO, ", 2025."), (APA, "(2025)"), (MLA, ", 2025, p. 3."), (GBT, ", 2025(3).")],
    )
    def test_a_date_cut_to_the_year(self, style: Style, date: str) -> None:
        assert date in cite(article(date="2025"), style).text

    @pytest.mark.parametrize(
        ("style", "date"),
        [
            (CHICAGO, "[October 9, 2025]"),
            (APA, "([2025], October 9)"),
            (MLA, "[9 Oct. 2025]"),
            (GBT, "[2025-10-09]"),
        ],
    )
    def test_an_inferred_date_is_in_brackets(self, style: Style, date: str) -> None:
        assert date in cite(article(date_guessed=True), style).text

    @pytest.mark.parametrize(
        ("style", "by"),
        [
            (CHICAGO, "Wang Yi 王毅, Li Si 李思, Zhao Liu 赵柳, and Shan Tian 单田. "),
            (APA, "Wang, Y., Li, S., Zhao, L., & Shan, T. ("),
            (MLA, "Wang Yi 王毅, et al. "),
            (GBT, "王毅, 李思, 赵柳, 等. "),
        ],
    )
    def test_four_authors(self, style: Style, by: str) -> None:
        assert cite(article(byline="王毅 李思 赵柳 单田"), style).text.startswith(by)

    def test_a_web_page_has_its_address(self) -> None:
        online = article(url="https://example.org/a?b=1&c=2")
        assert cite(online, GBT).text.endswith(
            "[N/OL]. 科技日报, 2025-10-09(3). https://example.org/a?b=1&c=2."
        )
        assert cite(online, MLA).text.endswith("p. 3, https://example.org/a?b=1&c=2.")  # fmt: skip

    def test_the_newspaper_is_in_italics_and_all_else_escaped(self) -> None:
        html = cite(article(headline="收入 <增速> & 利润"), CHICAGO).html
        assert "<i>科技日报</i>, October 9, 2025." in html
        assert "收入 &lt;增速&gt; &amp; 利润" in html

    def test_a_headline_that_asks_gets_no_full_stop(self) -> None:
        assert "“创新何在？” 科技日报" in cite(article(headline="创新何在？"), CHICAGO).text


class TestEnglish:
    def test_a_machines_headline_is_not_cited(self) -> None:
        assert "sails" not in cite(ARTICLE, APA).text

    def test_a_persons_headline_is(self) -> None:
        by_hand = replace(ARTICLE.paragraphs[0], corrected_by="Anna Lee")
        ours = article(paragraphs=(by_hand, *ARTICLE.paragraphs[1:]))
        assert f"{TITLE} [Qingdao sails for the new]. " in cite(ours, APA).text

    @pytest.mark.parametrize("style", list(Style))
    def test_machine_english_says_so(self, style: Style) -> None:
        text = cite(ARTICLE, style, english_of=ARTICLE.paragraphs[3]).text
        assert text.startswith(cite(ARTICLE, style).text)
        assert "argos 1" in text
        assert "机器翻译" in text or "machine translation" in text

    def test_a_persons_english_names_the_person(self) -> None:
        text = cite(ARTICLE, CHICAGO, english_of=ARTICLE.paragraphs[4]).text
        assert text.endswith(" English translation by Anna Lee.")

    def test_without_english_there_is_no_note(self) -> None:
        assert ARTICLE.paragraphs[5].kind is Kind.CAPTION
        assert cite(ARTICLE, APA, english_of=ARTICLE.paragraphs[5]) == cite(ARTICLE, APA)


class TestReferenceManagers:
    def test_bibtex(self) -> None:
        assert bibtex(ARTICLE) == (
            "@article{abcdefghij,\n"
            "  author = {李, 媛 and 肖, 玲玲},\n"
            "  title = {{青岛高新区：创新为帆 向“新”而行}},\n"
            "  journal = {科技日报},\n"
            "  year = {2025},\n"
            "  month = {10},\n"
            "  day = {9},\n"
            "  pages = {3},\n"
            "  language = {chinese},\n"
            "}\n"
        )

    def test_bibtex_escapes_what_tex_would_take_as_a_command(self) -> None:
        assert r"title = {{50\% \& \{A\_B\} \#1}}" in bibtex(article(headline="50% & {A_B} #1"))

    def test_bibtex_knows_no_year_where_there_is_none(self) -> None:
        entry = bibtex(article(date=None, publication=None))
        assert entry.startswith("@misc{")
        assert "year" not in entry

    def test_ris(self) -> None:
        assert ris(ARTICLE).split("\r\n") == [
            "TY  - NEWS",
            "AU  - 李, 媛",
            "AU  - 肖, 玲玲",
            "TI  - 青岛高新区：创新为帆 向“新”而行",
            "T2  - 科技日报",
            "PY  - 2025",
            "DA  - 2025/10/09/",
            "SP  - 3",
            "SE  - 区域",
            "LA  - zh",
            "ER  - ",
            "",
        ]

    def test_ris_keeps_the_place_of_an_unknown_day(self) -> None:
        assert "DA  - 2025/10//\r\n" in ris(article(date="2025-10"))

    def test_a_line_break_in_a_headline_starts_no_new_tag(self) -> None:
        assert "TI  - 一 AU - 二\r\n" in ris(article(headline="一\nAU - 二"))

    def test_csl_json(self) -> None:
        assert json.loads(json.dumps(csl_json(ARTICLE))) == {
            "id": "abcdefghij",
            "type": "article-newspaper",
            "title": "青岛高新区：创新为帆 向“新”而行",
            "author": [{"family": "李", "given": "媛"}, {"family": "肖", "given": "玲玲"}],
            "container-title": "科技日报",
            "page": "3",
            "section": "区域",
            "language": "zh",
            "issued": {"date-parts": [[2025, 10, 9]]},
        }

    def test_an_inferred_date_says_so(self) -> None:
        guessed = article(date_guessed=True)
        assert csl_json(guessed)["issued"]["circa"] is True
        assert "inferred" in ris(guessed)
        assert "inferred" in bibtex(guessed)
