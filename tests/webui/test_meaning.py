"""Where an archive is embedded, its pages search by meaning too, say so, and can do without."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer import semantic
from indexer.archive import Archive
from indexer.semantic import embedding
from tests.semantic.conftest import TopicModel
from tests.webui.building import add_page, finish
from webui import create_app

QUESTION = "spaceship"  # one of the model's words for 火箭, and in no text


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Serve two articles, one of rockets and one of grain, embedded by a model of topics."""
    model = TopicModel()
    monkeypatch.setattr(semantic, "load", lambda: model)
    monkeypatch.setattr(embedding, "load", lambda: model)
    with Archive.create(tmp_path / "archive") as archive:
        add_page(archive, "火箭升空\n\n　　长征火箭今天升空，一切正常。\n", "rocket.txt")
        add_page(archive, "粮食丰收\n\n　　今年粮食丰收，农民高兴。\n", "grain.txt")
        finish(archive)
        with archive.writing():
            archive.embed()
    return create_app(tmp_path / "archive").test_client()


def found(client: FlaskClient, parameters: str) -> dict[str, object]:
    results = client.get(f"/search.json?{parameters}").json["results"]
    assert isinstance(results, dict)
    return results


class TestAnEmbeddedArchive:
    def test_finds_what_means_the_same_and_marks_it(self, embedded: FlaskClient) -> None:
        html = HTMLParser(embedded.get(f"/search?q={QUESTION}").text)
        assert "火箭" in html.css_first(".hit").text()
        assert len(html.css(".meant")) == found(embedded, f"q={QUESTION}")["meant"] != 0

    def test_counts_what_words_found_apart(self, embedded: FlaskClient) -> None:
        words, both = found(embedded, "q=粮食&mode=words"), found(embedded, "q=粮食")
        assert words["meant"] == 0
        assert both["paragraphs"] - both["meant"] == words["paragraphs"] != 0  # type: ignore[operator]

    @pytest.mark.parametrize("choice", ["mode=words", "sort=newest", "sort=oldest"])
    def test_goes_by_words_alone_where_asked_and_by_date(
        self, embedded: FlaskClient, choice: str
    ) -> None:
        assert found(embedded, f"q={QUESTION}&{choice}")["paragraphs"] == 0

    def test_offers_the_choice_and_keeps_it(self, embedded: FlaskClient) -> None:
        html = HTMLParser(embedded.get("/search?q=粮食&mode=words").text)
        assert html.css_first("#mode option[selected]").attributes["value"] == "words"
        both = HTMLParser(embedded.get(f"/search?q={QUESTION}").text)
        assert any("mode=words" in (a.attributes["href"] or "") for a in both.css("main a"))

    def test_takes_away_what_the_page_shows(self, embedded: FlaskClient) -> None:
        results = found(embedded, f"q={QUESTION}")
        lines = embedded.get(f"/search.jsonl?q={QUESTION}").text.splitlines()
        assert len(lines) == results["paragraphs"]
        assert sum('"meant": true' in line for line in lines) == results["meant"]

    def test_follows_words_alone_in_a_feed(self, embedded: FlaskClient) -> None:
        assert "<entry>" not in embedded.get(f"/search.atom?q={QUESTION}").text
        assert "<entry>" in embedded.get("/search.atom?q=粮食").text


class TestAnyOther:
    def test_offers_no_choice_and_takes_every_address(self, client: FlaskClient) -> None:
        assert not HTMLParser(client.get("/search?q=approval").text).css("#mode")
        assert client.get("/search?q=approval&mode=words").status_code == 200
        assert client.get("/search?q=approval&mode=hybrid").status_code == 400

    def test_goes_by_words_where_the_model_is_not_installed(
        self, embedded: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing() -> None:
            raise semantic.MissingExtra("Search by meaning needs an extra.")

        monkeypatch.setattr(embedding, "load", missing)
        assert found(embedded, f"q={QUESTION}")["paragraphs"] == 0
