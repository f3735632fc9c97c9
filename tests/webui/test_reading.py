"""What a reader opens: articles, issues, calendar, words."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer.archive import Archive
from tests.webui.building import add_page, finish
from tests.webui.conftest import first_key
from webui import create_app


def page(client: FlaskClient, path: str) -> HTMLParser:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


class TestTheArticle:
    def test_both_languages_stand_paragraph_by_paragraph(self, client: FlaskClient) -> None:
        rows = page(client, f"/a/{first_key(client)}").css(".row")
        assert len(rows) > 20
        for row in rows:
            assert row.css_first(".zh").attributes["lang"] == "zh-Hans"
            assert row.css_first(".en").attributes["lang"] == "en"
            assert row.css_first(".en").text(strip=True)

    def test_the_chinese_is_that_of_the_store_to_the_letter(self, client: FlaskClient) -> None:
        key = first_key(client)
        stored = client.get(f"/a/{key}.json").json["article"]["paragraphs"]
        shown = [row.css_first(".zh").text() for row in page(client, f"/a/{key}").css(".row")]
        assert shown == [paragraph["zh"] for paragraph in stored]

    def test_each_paragraph_has_a_permalink(self, client: FlaskClient) -> None:
        key = first_key(client)
        html = page(client, f"/a/{key}")
        for paragraph in client.get(f"/a/{key}.json").json["article"]["paragraphs"]:
            anchor = f"p{paragraph['anchor']}"
            assert html.css_first(f"#{anchor} a.num").attributes["href"] == f"#{anchor}"

    def test_headline_and_section_headings_are_headings(self, client: FlaskClient) -> None:
        html = page(client, f"/a/{first_key(client)}")
        assert "青岛高新区" in html.css_first("h1").text()
        assert [h.css_first(".zh").text() for h in html.css(".row h2")] == [
            "集群发展 构建现代化产业体系",
            "源头创新 提升区域发展能级",
            "优化“软”环境 构建“硬”支撑",
        ]

    def test_captions_and_credits_are_set_as_such(self, client: FlaskClient) -> None:
        html = page(client, f"/a/{first_key(client, '哈尔滨')}")
        assert html.css(".row.k-caption")
        assert html.css(".row.k-credit")

    def test_sentences_carry_the_same_number_in_both_languages(self, client: FlaskClient) -> None:
        row = page(client, f"/a/{first_key(client)}").css_first(".row.k-paragraph")
        zh = [s.attributes["data-s"] for s in row.css(".zh .s")]
        en = [s.attributes["data-s"] for s in row.css(".en .s")]
        assert zh == en
        assert len(zh) > 1

    def test_each_paragraph_says_what_made_its_english(self, client: FlaskClient) -> None:
        notes = page(client, f"/a/{first_key(client)}").css(".row.k-paragraph .note")
        assert notes
        assert all("Dictionary, word for word" in note.text() for note in notes)

    def test_machine_english_comes_with_the_advice_to_cite_the_chinese(
        self, client: FlaskClient
    ) -> None:
        key = first_key(client)
        advice = "Machine translation: cite the Chinese."
        assert advice in client.get(f"/a/{key}").text
        assert client.get(f"/a/{key}.json").json["notice"] == advice

    def test_characters_can_be_shown_traditional_and_stay_as_they_are_in_json(
        self, client: FlaskClient
    ) -> None:
        key = first_key(client)
        headline = page(client, f"/a/{key}?script=hant").css_first("h1 .zh")
        assert headline.text().startswith("青島高新區")
        assert headline.attributes["lang"] == "zh-Hant"
        stored = client.get(f"/a/{key}.json?script=hant").json["article"]
        assert stored["headline"].startswith("青岛高新区")

    @pytest.mark.parametrize("view", ["both", "en", "zh"])
    def test_the_address_keeps_which_languages_are_shown(
        self, client: FlaskClient, view: str
    ) -> None:
        html = page(client, f"/a/{first_key(client)}?view={view}")
        assert html.css_first("html").attributes["class"] == f"view-{view}"
        current = html.css_first('[data-switch="view"] [aria-current]')
        assert current.attributes["data-value"] == view

    def test_each_switch_keeps_the_choice_of_the_other(self, client: FlaskClient) -> None:
        html = page(client, f"/a/{first_key(client)}?view=en&script=hant")
        links = [a.attributes["href"] for a in html.css(".switch a")]
        assert any("view=en" in link and "script=hans" in link for link in links)
        assert any("view=zh" in link and "script=hant" in link for link in links)

    def test_an_article_leads_to_its_neighbours(self, client: FlaskClient) -> None:
        html = page(client, f"/a/{first_key(client)}")
        following = html.css_first('.neighbours [rel="next"]').attributes["href"]
        back = page(client, following).css_first('.neighbours [rel="prev"]')
        assert back.attributes["href"] == f"/a/{first_key(client)}"

    def test_lines_of_verse_stay_lines_in_both_languages(self, own_dir: Path) -> None:
        verse = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。"
        with Archive.open(own_dir) as archive:
            add_page(archive, f"静夜思\n\n李白\n\n{verse}\n")
            finish(archive)
        client = create_app(own_dir).test_client()
        row = page(client, f"/a/{first_key(client, '静夜思')}").css_first(".k-verse")
        assert row.css_first(".zh").text() == verse
        assert len(row.css_first(".en").text().splitlines()) == 4


class TestBrowsing:
    def test_an_issue_is_a_table_of_contents(self, client: FlaskClient) -> None:
        issue = client.get(f"/a/{first_key(client)}.json").json["article"]["issue_key"]
        headlines = [a.text() for a in page(client, f"/i/{issue}").css(".contents .zh")]
        assert len(headlines) == 2
        assert headlines[0].startswith("青岛高新区")

    def test_a_dateless_issue_says_so(self, client: FlaskClient) -> None:
        issue = client.get(f"/a/{first_key(client)}.json").json["article"]["issue_key"]
        assert "no date is known" in client.get(f"/i/{issue}").text

    def test_the_front_page_tells_what_the_archive_holds(self, client: FlaskClient) -> None:
        html = page(client, "/")
        status = client.get("/index.json").json["status"]
        assert status["articles"] == 3
        assert "3" in html.css_first(".counts").text()
        assert "17 May 2024" in html.css_first(".counts").text()
        assert html.css_first('.heat a[href="/issues?date=2024-05"]')
        assert len(html.css(".issues a")) == 2

    def test_the_calendar_leads_to_the_issue_of_a_day(self, client: FlaskClient) -> None:
        link = page(client, "/calendar").css_first(".month td a")
        assert link.text().startswith("17")
        assert "17 May 2024" in client.get(link.attributes["href"]).text

    def test_the_calendar_of_one_newspaper_and_year(self, client: FlaskClient) -> None:
        sheets = client.get("/calendar.json?publication=青岛日报&year=2024").json["months"]
        assert [sheet["count"] for sheet in sheets] == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
        assert client.get("/calendar.json?publication=人民日报").json["years"] == []

    def test_issues_can_be_limited_to_a_month(self, client: FlaskClient) -> None:
        assert client.get("/issues.json?date=2024-05").json["total"] == 1
        assert client.get("/issues.json?date=2024-06").json["total"] == 0
        assert client.get("/issues.json").json["total"] == 2

    def test_newspapers_lead_to_their_issues(self, client: FlaskClient) -> None:
        html = page(client, "/publications")
        link = next(a for a in html.css(".papers a") if a.text() == "青岛日报")
        assert "17 May 2024" in client.get(link.attributes["href"]).text

    def test_the_help_shows_examples_that_are_links(self, client: FlaskClient) -> None:
        assert len(page(client, "/help").css(".forms a")) >= 10


class TestWordHelp:
    def test_a_word_has_its_place_sound_and_senses(self, client: FlaskClient) -> None:
        words = client.get("/words.json?text=无感审批").json["words"]
        approval = next(word for word in words if word["text"] == "审批")
        assert approval["pinyin"] == "shěnpī"
        assert any("approv" in sense for sense in approval["senses"])
        assert (approval["start"], approval["end"]) == (2, 4)

    def test_the_words_of_a_paragraph_have_a_page_of_their_own(self, client: FlaskClient) -> None:
        html = page(client, f"/a/{first_key(client)}/p1/words")
        assert "青岛" in [cell.text() for cell in html.css(".word-table th[lang]")]


class TestAnArticleFoundBySearch:
    """The words that were looked for stay marked, and the results stay near."""

    def opened(self, client: FlaskClient, search: str) -> HTMLParser:
        return page(client, page(client, search).css_first(".hit h2 a").attributes["href"])

    def marks(self, html: HTMLParser, column: str) -> set[str]:
        return {mark.text().lower() for mark in html.css(f".row .{column} mark")}

    @pytest.mark.parametrize("query", ["无感审批", "無感審批", '"无感审批" -zebra'])
    def test_has_them_marked_in_chinese(self, client: FlaskClient, query: str) -> None:
        assert self.marks(self.opened(client, f"/search?q={query}"), "zh") == {"无感审批"}

    def test_has_them_marked_in_english(self, client: FlaskClient) -> None:
        html = self.opened(client, "/search?q=the approval of")
        assert self.marks(html, "en")
        assert all(mark.startswith("approv") for mark in self.marks(html, "en"))

    def test_is_else_the_same_to_the_letter(self, client: FlaskClient) -> None:
        key = first_key(client)
        for column in (".zh", ".en"):
            plain, marked = (
                [row.css_first(column).text() for row in page(client, path).css(".row")]
                for path in (f"/a/{key}", f"/a/{key}?q=创新 OR 高新区 OR innovation")
            )
            assert plain == marked

    def test_marks_across_the_end_of_a_sentence(self, own_client: FlaskClient) -> None:
        html = page(own_client, f"/a/{first_key(own_client)}?q=先行者青岛")
        marks = [mark.text() for mark in html.css("#p3 .zh mark")]
        assert "".join(marks) == "先行者。青岛"
        assert len(marks) == 2

    def test_leads_back_to_the_page_of_results_with_its_limits(self, client: FlaskClient) -> None:
        search = "/search?q=审批&kind=paragraph&size=1&page=2&sort=newest"
        html = self.opened(client, search)
        back = page(client, html.css_first(".back a").attributes["href"])
        hits = [a.attributes["href"] for a in back.css(".hit h2 a")]
        assert hits == [a.attributes["href"] for a in page(client, search).css(".hit h2 a")]
        assert hits
        assert not page(client, f"/a/{first_key(client)}").css(".back")

    def test_tells_programs_where_they_stand(self, client: FlaskClient) -> None:
        twin = client.get(f"/a/{first_key(client)}.json?q=高新区").json
        paragraphs = {str(p["anchor"]): p["zh"] for p in twin["article"]["paragraphs"]}
        assert twin["found"]
        for anchor, marks in twin["found"].items():
            assert {paragraphs[anchor][a:b] for a, b in marks["zh"]} == {"高新区"}
