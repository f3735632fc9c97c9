"""Articles and issues as files, and what travels packed."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.webui.conftest import first_key


def test_an_article_can_be_taken_away_as_markdown(client: FlaskClient) -> None:
    answer = client.get(f"/a/{first_key(client)}.md")
    assert answer.mimetype == "text/markdown"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("# 青岛高新区")


def test_an_issue_can_be_taken_away_as_a_book(client: FlaskClient) -> None:
    issue = client.get(f"/a/{first_key(client)}.json").json["article"]["issue_key"]
    answer = client.get(f"/i/{issue}.epub")
    assert answer.mimetype == "application/epub+zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        assert book.testzip() is None
        assert book.read("mimetype") == b"application/epub+zip"


@pytest.mark.parametrize("kind", ["a", "i"])
def test_sentence_pairs_go_to_translation_memories(client: FlaskClient, kind: str) -> None:
    key = first_key(client)
    if kind == "i":
        key = client.get(f"/a/{key}.json").json["article"]["issue_key"]
    units = ElementTree.fromstring(client.get(f"/{kind}/{key}.tmx").data).findall(".//tu")
    assert len(units) > 30


def test_citations_go_to_reference_managers(client: FlaskClient) -> None:
    key = first_key(client)
    assert client.get(f"/a/{key}.bib").text.startswith("@")
    assert client.get(f"/a/{key}.ris").text.startswith("TY  - NEWS")
    assert json.loads(client.get(f"/a/{key}.csl").text)[0]["type"] == "article-newspaper"


def test_the_head_of_a_page_tells_reference_managers_what_it_is(client: FlaskClient) -> None:
    html = client.get(f"/a/{first_key(client)}").text
    assert '<meta name="citation_title" content="青岛高新区' in html
    assert '<meta name="citation_author" content="李媛">' in html


def test_a_citation_page_has_all_styles_and_the_link(client: FlaskClient) -> None:
    page = client.get(f"/a/{first_key(client)}/p3/cite.json").json
    names = [entry["name"] for entry in page["formats"]]
    assert names == ["Chicago", "APA", "MLA", "GB/T 7714", "BibTeX", "RIS", "CSL-JSON"]
    assert page["url"] == f"http://localhost/a/{first_key(client)}#p3"
    assert "cite the Chinese" in page["notice"]


class TestPacking:
    def test_a_page_travels_in_a_fraction_of_its_size(self, client: FlaskClient) -> None:
        path = f"/a/{first_key(client)}"
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 3
        assert packed.headers["ETag"] != plain.headers["ETag"]
        assert "Accept-Encoding" in packed.headers["Vary"]

    def test_a_packed_page_that_the_reader_has_is_not_sent_again(self, client: FlaskClient) -> None:
        headers = {"Accept-Encoding": "gzip"}
        tag = client.get("/help", headers=headers).headers["ETag"]
        again = client.get("/help", headers={**headers, "If-None-Match": tag})
        assert again.status_code == 304

    def test_what_a_signed_in_person_sees_is_not_packed(self, ann: FlaskClient) -> None:
        answer = ann.get("/help", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers

    def test_every_page_weighs_under_60_kb(self, client: FlaskClient) -> None:
        headers = {"Accept-Encoding": "gzip"}
        shared = sum(
            len(client.get(f"/static/{name}", headers=headers).data)
            for name in ("site.css", "site.js", "icon.svg")
        )
        for path in ("/", "/search?q=青岛", f"/a/{first_key(client)}", "/calendar", "/help"):
            assert len(client.get(path, headers=headers).data) + shared < 60_000, path
