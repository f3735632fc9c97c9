"""The search page: both languages, marks, limits, time, feeds, and what helps when all fails."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.webui.conftest import first_key
from webui import create_app


def page(client: FlaskClient, path: str) -> HTMLParser:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


def marked(html: HTMLParser, column: str) -> set[str]:
    return {mark.text().lower() for mark in html.css(f".hit .{column} mark")}


class TestFinding:
    def test_english_words_find_the_chinese_paragraph(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=approval")
        assert any(word.startswith("approv") for word in marked(html, "en"))
        links = [a.attributes["href"] for a in html.css(".snippet a.num")]
        assert links
        assert all(re.fullmatch(r"/a/\w+\?q=approval#p\d+", link) for link in links)

    def test_chinese_is_marked_in_the_chinese(self, client: FlaskClient) -> None:
        assert marked(page(client, "/search?q=无感审批"), "zh") == {"无感审批"}

    def test_the_page_says_what_found_each_word(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=Qingdao+高新区")
        said = [item.text(strip=True, separator=" ") for item in html.css(".found li")]
        words = client.get("/search.json?q=Qingdao+高新区").json["results"]["words"]
        assert [line.split()[0] for line in said] == [word["text"] for word in words]
        assert f"{words[0]['found_by']['translation']} by translation" in said[0]
        assert f"{words[1]['found_by']['text']} in the Chinese" in said[1]

    def test_simplified_and_traditional_find_the_same(self, client: FlaskClient) -> None:
        simplified = client.get("/search.json?q=无感审批").json["results"]["hits"]
        traditional = client.get("/search.json?q=無感審批").json["results"]["hits"]
        assert [hit["key"] for hit in simplified] == [hit["key"] for hit in traditional]
        assert simplified

    def test_a_paragraph_broken_by_the_column_is_found_across_the_break(
        self, client: FlaskClient
    ) -> None:
        assert client.get('/search.json?q="到期未换证"').json["results"]["paragraphs"] == 1

    def test_results_are_articles_that_lead_to_their_paragraphs(self, client: FlaskClient) -> None:
        hits = page(client, "/search?q=青岛高新区").css(".hit")
        assert len(hits) == 1
        assert hits[0].css_first("h2 a").attributes["href"].startswith(f"/a/{first_key(client)}?q=")
        assert "found" in hits[0].css_first(".meta").text()

    def test_the_twin_has_the_same_marks(self, client: FlaskClient) -> None:
        hit = client.get("/search.json?q=无感审批").json["results"]["hits"][0]
        for paragraph in hit["paragraphs"]:
            text = paragraph["zh"]["text"]
            assert {text[start:end] for start, end in paragraph["zh"]["marks"]} <= {"无感审批"}


class TestLimits:
    def test_one_language_alone(self, client: FlaskClient) -> None:
        assert client.get("/search.json?q=approval&lang=zh").json["results"]["articles"] == 0
        assert client.get("/search.json?q=approval&lang=en").json["results"]["articles"] > 0

    def test_time(self, client: FlaskClient) -> None:
        find = "/search.json?q=审批&from={}&to={}"
        assert client.get(find.format("2024-05", "2024-05")).json["results"]["articles"] == 1
        assert client.get(find.format("2025", "2025")).json["results"]["articles"] == 0

    def test_newspaper_and_kind(self, client: FlaskClient) -> None:
        one = client.get("/search.json?q=审批&publication=青岛日报").json["results"]
        assert [hit["publication"] for hit in one["hits"]] == ["青岛日报"]
        titles = client.get("/search.json?q=审批&kind=headline").json["results"]["hits"]
        assert {p["kind"] for hit in titles for p in hit["paragraphs"]} == {"headline"}

    def test_a_facet_narrows_and_can_be_taken_back(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=审批")
        link = next(a for a in html.css(".facets a") if a.text() == "headline")
        narrowed = page(client, link.attributes["href"])
        assert narrowed.css_first(".facets strong").text() == "headline"
        back = next(a for a in narrowed.css(".facets a") if a.text() == "all")
        assert "kind=" not in back.attributes["href"]

    def test_pages_follow_one_another(self, client: FlaskClient) -> None:
        first = page(client, "/search?q=审批&size=1")
        following = first.css_first('.pager [rel="next"]').attributes["href"]
        second = page(client, following)
        assert second.css_first("h2 a").attributes != first.css_first("h2 a").attributes
        assert second.css('.pager [rel="prev"]')
        assert not page(client, "/search?q=审批&size=1&page=3").css('.pager [rel="next"]')

    def test_the_form_remembers_what_was_asked(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=审批&lang=zh&from=2024&sort=newest&kind=headline")
        assert html.css_first("#q").attributes["value"] == "审批"
        assert html.css_first("#lang [selected]").attributes["value"] == "zh"
        assert html.css_first("#from").attributes["value"] == "2024"
        assert html.css_first("#sort [selected]").attributes["value"] == "newest"
        assert html.css_first('input[name="kind"]').attributes["value"] == "headline"


class TestWhenNothingFits:
    def test_an_empty_query_invites(self, client: FlaskClient) -> None:
        html = page(client, "/search")
        assert "Type English or Chinese" in html.css_first("main").text()
        assert client.get("/search.json").json["results"] is None

    def test_nothing_found_says_what_else_to_try(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=zebra+giraffe&from=2024")
        text = html.css_first("main").text()
        assert "Nothing found" in text
        assert "Search everything" in text
        assert any("q=zebra" in (a.attributes["href"] or "") for a in html.css("main a"))

    def test_a_word_spelt_nearly_right_is_suggested(self, client: FlaskClient) -> None:
        suggestions = client.get("/search.json?q=inovation").json["results"]["suggestions"]
        assert suggestions == ["innovation"]
        assert "Did you mean" in client.get("/search?q=inovation").text

    @pytest.mark.parametrize("query", ['"', "((", "AND", "~", "-", "title:", "date:x", "*", "））"])
    def test_no_query_fails(self, client: FlaskClient, query: str) -> None:
        assert client.get("/search", query_string={"q": query}).status_code == 200

    def test_a_query_that_was_not_understood_says_so(self, client: FlaskClient) -> None:
        assert page(client, "/search?q=date:yesterday").css(".problem")


class TestFeedsAndSearchEngines:
    ATOM = "{http://www.w3.org/2005/Atom}"

    def test_a_search_can_be_followed(self, client: FlaskClient) -> None:
        answer = client.get("/search.atom?q=审批")
        assert answer.mimetype == "application/atom+xml"
        feed = ElementTree.fromstring(answer.data)
        entries = feed.findall(f"{self.ATOM}entry")
        assert len(entries) == 3
        for entry in [feed, *entries]:
            updated = entry.findtext(f"{self.ATOM}updated") or ""
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", updated)
        assert entries[0].findtext(f"{self.ATOM}updated") == "2024-05-17T00:00:00Z"

    def test_signs_that_xml_forbids_do_not_break_the_feed(self, client: FlaskClient) -> None:
        answer = client.get("/search.atom?q=%00%0B%1F%EF%BF%BF审批")
        assert ElementTree.fromstring(answer.data).tag == f"{self.ATOM}feed"

    def test_a_browser_can_add_the_archive(self, client: FlaskClient) -> None:
        description = ElementTree.fromstring(client.get("/opensearch.xml").data)
        space = "{http://a9.com/-/spec/opensearch/1.1/}"
        urls = description.findall(f"{space}Url")
        assert {url.attrib["type"] for url in urls} == {
            "text/html",
            "application/json",
            "application/atom+xml",
        }
        template = urls[0].attrib["template"]
        address = template.replace("{searchTerms}", "审批").replace("{startPage?}", "1")
        assert client.get(address).status_code == 200
        assert len(description.findtext(f"{space}ShortName") or "") <= 16

    def test_the_front_page_s_examples_find_something(
        self, client: FlaskClient, seed_client: FlaskClient
    ) -> None:
        for archive in (client, seed_client):
            examples = archive.get("/index.json").json["examples"]
            assert len(examples) == 2
            assert examples[0].isascii()
            assert not examples[1].isascii()
            for example in examples:
                found = archive.get("/search.json", query_string={"q": example}).json["results"]
                assert found["articles"] > 0
                assert f">{example}</a>" in archive.get("/").text


class TestFiles:
    """All results to take away, not one page of them."""

    @pytest.fixture
    def links(self, client: FlaskClient) -> dict[str, str]:
        html = page(client, "/search?q=审批&kind=paragraph&_scheme=data&size=1")
        shown = html.css('ul[aria-labelledby="take"] a')
        return {link.text(): link.attributes["href"] or "" for link in shown}

    def test_the_page_leads_to_every_form(self, client: FlaskClient, links: dict[str, str]) -> None:
        assert list(links) == ["CSV", "JSON Lines", "RIS", "BibTeX"]
        for link in links.values():
            answer = client.get(link)
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert "http://localhost/a/" in answer.text
            assert "kind=paragraph" in answer.text

    def test_a_file_has_every_paragraph_with_query_filters_and_permalink(
        self, client: FlaskClient
    ) -> None:
        lines = client.get("/search.csv?q=审批&size=1&kind=paragraph").text.removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(lines)))
        found = client.get("/search.json?q=审批&kind=paragraph").json["results"]
        assert len(rows) == found["paragraphs"] > 1
        assert {row["query"] for row in rows} == {"审批"}
        assert {row["filters"] for row in rows} == {"kind=paragraph"}
        permalink = rows[0]["permalink"].removeprefix("http://localhost")
        assert page(client, permalink).css(f"#p{rows[0]['anchor']}")

    def test_its_length_has_a_limit_and_the_page_tells_it(self, archive_dir: Path) -> None:
        client = create_app(archive_dir, TESTING=True, MAX_TAKEN=2).test_client()
        assert len(client.get("/search.jsonl?q=审批").text.splitlines()) == 2
        assert "Take the first 2 paragraphs away" in client.get("/search?q=审批").text

    def test_it_has_what_the_page_has_where_no_paragraph_has_all_words(
        self, client: FlaskClient
    ) -> None:
        near = client.get("/search.json?q=approval+zebra").json["results"]
        assert near["problems"]
        rows = client.get("/search.jsonl?q=approval+zebra").text.splitlines()
        assert len(rows) == near["paragraphs"] > 0

    def test_of_nothing_there_is_nothing_to_take(self, client: FlaskClient) -> None:
        assert not page(client, "/search?q=zebra").css("#take")
        assert client.get("/search.bib?q=zebra").text == ""
        assert client.get("/search.ris").text == ""
