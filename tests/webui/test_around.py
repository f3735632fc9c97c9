"""What lies around an article: words in context, paragraphs alike, other parts, moved ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer.archive import Archive
from tests.webui.building import add_page, finish
from tests.webui.conftest import first_key
from webui import contexts, create_app


def page(client: FlaskClient, path: str) -> HTMLParser:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return HTMLParser(answer.text)


class TestWordsInContext:
    def test_the_search_page_leads_there_with_its_limits(self, client: FlaskClient) -> None:
        html = page(client, "/search?q=审批&kind=headline&sort=newest")
        link = next(a for a in html.css(".summary a") if a.text() == "In context")
        assert link.attributes["href"] == "/concordance?q=%E5%AE%A1%E6%89%B9&kind=headline"
        assert len(page(client, link.attributes["href"]).css(".kwic tbody tr")) == 1

    def test_every_occurrence_has_a_line_that_leads_to_its_paragraph(
        self, client: FlaskClient
    ) -> None:
        html = page(client, "/concordance?q=审批&lang=zh")
        lines = html.css(".kwic tbody tr")
        twin = client.get("/concordance.json?q=审批&lang=zh").json
        assert len(lines) == twin["total"] > 5
        for line, told in zip(lines, twin["lines"], strict=True):
            left, match, right = (cell.text() for cell in line.css("td")[:3])
            assert (left, match, right) == (told["left"], "审批", told["right"])
            target = page(client, line.css_first("a").attributes["href"].partition("?")[0])
            assert f"审批{right}" in target.css_first(f"#p{told['anchor']} .zh").text()

    def test_both_languages_have_a_table(self, client: FlaskClient) -> None:
        html = page(client, "/concordance?q=审批 OR approve")
        assert [caption.text() for caption in html.css(".kwic caption")] == ["English", "Chinese"]

    @pytest.mark.parametrize(("by", "side"), [("left", -1), ("right", 1)])
    def test_a_heading_sorts_by_its_column(self, client: FlaskClient, by: str, side: int) -> None:
        html = page(client, "/concordance?q=审批&by=match")
        label = "Before" if by == "left" else "After"
        link = next(a for a in html.css(".kwic th a") if a.text() == label).attributes["href"]
        sorted_by = page(client, link)
        assert sorted_by.css_first("th[aria-sort]").text() == label
        both = [client.get(f"/concordance.json?q=审批&by={b}").json["lines"] for b in (by, "match")]
        assert both[0] != both[1] or by == "right"
        assert sorted(map(str, both[0])) == sorted(map(str, both[1]))

    def test_many_lines_come_in_pages(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contexts, "LINES", 3)
        first = page(client, "/concordance?q=审批")
        following = first.css_first('.pager [rel="next"]').attributes["href"]
        second = page(client, following)
        assert len(second.css(".kwic tbody tr")) == 3
        assert first.css_first(".kwic tbody").text() != second.css_first(".kwic tbody").text()

    @pytest.mark.parametrize("query", ["", "?q=zebra", "?q=((", "?q=date:x"])
    def test_nothing_to_show_is_said(self, client: FlaskClient, query: str) -> None:
        html = page(client, f"/concordance{query}")
        assert not html.css(".kwic")
        assert "Every place where the words stand" in html.css_first("main").text()

    def test_an_unknown_order_is_refused(self, client: FlaskClient) -> None:
        assert client.get("/concordance?q=审批&by=colour").status_code == 400


class TestSimilarParagraphs:
    SAID = "哈尔滨新区对火锅店推行无感审批，到期未换证的自动延期，不再需要递交任何材料。"

    @pytest.fixture
    def reader(self, tmp_path: Path) -> FlaskClient:
        with Archive.create(tmp_path / "archive") as archive:
            add_page(archive, f"甲新闻\n\n记者 张三\n\n{self.SAID}\n\n今年粮食丰收。", name="a.txt")
            other = self.SAID.replace("哈尔滨新区", "本市").replace("自动", "可以自动")
            add_page(archive, f"乙新闻\n\n记者 李四\n\n{other}", name="b.txt")
            finish(archive)
        return create_app(tmp_path / "archive", TESTING=True).test_client()

    def test_a_paragraph_leads_to_those_like_it_elsewhere(self, reader: FlaskClient) -> None:
        html = page(reader, f"/a/{first_key(reader, '甲')}")
        row = next(row for row in html.css(".row") if self.SAID in row.css_first(".zh").text())
        link = next(a for a in row.css(".note a") if a.text() == "Similar").attributes["href"]
        (hit,) = page(reader, link).css(".hit")
        assert "乙新闻" in hit.css_first("h2").text()
        assert "可以自动延期" in hit.css_first(".zh:not(h2 .zh)").text()
        assert hit.css_first(".snippet .en").text(strip=True)
        (twin,) = reader.get(f"{link}.json").json["similar"]
        assert twin["share"] > 0.5
        assert f"{round(twin['share'] * 100)}%" in hit.text()

    def test_one_of_its_own_is_said_to_be(self, reader: FlaskClient) -> None:
        html = page(reader, f"/a/{first_key(reader, '甲')}/p4/similar")
        assert "No other article has a paragraph like this one." in html.text()

    def test_of_no_paragraph_are_not_found(self, reader: FlaskClient) -> None:
        assert reader.get(f"/a/{first_key(reader, '甲')}/p99/similar").status_code == 404


class TestOtherPlaces:
    def test_an_article_names_its_other_parts_and_printings(self, tmp_path: Path) -> None:
        body = "时代浪潮奔涌，总有先行者，在改革的道路上一往无前，把蓝图一步步变成现实的模样。" * 3
        with Archive.create(tmp_path / "archive") as archive:
            for name, paper in (("a.txt", "甲报"), ("b.txt", "乙报")):
                add_page(archive, f"改革\n\n记者 张三\n\n{body}", name=name, publication=paper)
            finish(archive)
        client = create_app(tmp_path / "archive", TESTING=True).test_client()
        html = page(client, f"/a/{first_key(client, '改革')}")
        (section,) = html.css(".related")
        assert section.css_first("h2").text() == "Also printed in"

    def test_both_ends_of_an_article_over_two_pages_lead_to_each_other(
        self, tmp_path: Path
    ) -> None:
        known = {"publication": "甲报", "date": "2024-05-17"}
        with Archive.create(tmp_path / "archive") as archive:
            pages = {
                "1": "新区改革\n\n记者 张三\n\n时代浪潮奔涌，总有先行者。\n\n（下转第三版）",
                "3": "新区改革\n\n（上接第一版）\n\n改革还在路上，一往无前。",
            }
            for number, text in pages.items():
                add_page(archive, text, name=f"{number}.txt", page=number, **known)
            finish(archive)
        client = create_app(tmp_path / "archive", TESTING=True).test_client()
        labels = {}
        for issue in client.get("/issues.json").json["issues"]:
            for article in client.get(f"/i/{issue['key']}.json").json["issue"]["articles"]:
                html = page(client, f"/a/{article['key']}")
                labels[article["page"]] = [h.text() for h in html.css(".related h2")]
        assert labels == {"1": ["Continued in"], "3": ["Continued from"]}


class TestAParagraphThatMoved:
    @pytest.fixture
    def keys(self, own_dir: Path) -> tuple[str, str]:
        """Return the keys of an article whose second paragraph was split off, and of the rest."""
        client = create_app(own_dir, TESTING=True).test_client()
        key = first_key(client)
        with Archive.open(own_dir) as archive:
            return key, archive.split(key, 4, "Ann")

    def test_its_permalink_says_where_it_is(
        self, own_client: FlaskClient, keys: tuple[str, str]
    ) -> None:
        link = page(own_client, f"/a/{keys[0]}").css_first("#p4 a.moved").attributes["href"]
        assert link.startswith(f"/a/{keys[1]}#p")
        anchor = link.partition("#")[2]
        assert page(own_client, link).css_first(f"#{anchor} .zh").text() == "这里是第二段。"

    @pytest.mark.parametrize("what", ["cite", "words", "history", "words.json"])
    def test_its_own_pages_lead_on(
        self, own_client: FlaskClient, keys: tuple[str, str], what: str
    ) -> None:
        answer = own_client.get(f"/a/{keys[0]}/p4/{what}")
        assert answer.status_code == 308
        assert answer.location.startswith(f"/a/{keys[1]}/p")
        assert answer.location.endswith(f"/{what}")
        assert "这里是第二段" in own_client.get(answer.location).text or what == "words.json"

    def test_of_an_article_that_was_joined_to_another_it_leads_there(
        self, own_dir: Path, own_client: FlaskClient, keys: tuple[str, str]
    ) -> None:
        with Archive.open(own_dir) as archive:
            archive.join(keys[0], keys[1], "Ann")
        html = page(own_client, f"/a/{keys[1]}")
        assert "Now part of another article" in html.css_first("h1").text()
        link = html.css_first(".row a.moved").attributes["href"]
        assert link.startswith(f"/a/{keys[0]}#p")
        anchor = link.partition("#")[2]
        assert page(own_client, link).css_first(f"#{anchor} .zh").text() == "这里是第二段。"
