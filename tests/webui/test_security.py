"""Headers, caches, and text that tries to be code."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer.archive import Archive
from tests.webui.building import add_page, finish
from tests.webui.conftest import first_key
from webui import create_app

PAGES = ["/", "/search", "/search?q=青岛", "/help", "/issues", "/publications", "/calendar",
         "/words?text=审批", "/login", "/nothing", "/index.json", "/robots.txt", "/opensearch.xml",
         "/openapi.json", "/healthz", "/search.atom?q=青岛"]  # fmt: skip

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    '<iframe src="javascript:alert(1)">',
    "]]><script>alert(1)</script>",
    "<a href=javascript:alert(1)>x</a>",
    "</mark><script>alert(1)</script>",
]


def assert_harmless(html: str) -> None:
    """Fail if anything in a page could run, or ask another host."""
    document = HTMLParser(html)
    assert not document.css("img, iframe, style, main script, title > *")
    for node in document.css("*"):
        assert "style" not in node.attributes
        assert not [name for name in node.attributes if name.startswith("on")]
        if node.tag == "script":
            assert node.attributes["src"].startswith("/static/")
            assert not node.text()
        for name in ("href", "src", "action"):
            address = node.attributes.get(name) or ""
            assert not re.match(r"\s*(javascript|data|vbscript):", address, re.IGNORECASE)
            assert node.tag == "a" or re.match(r"(/(?!/)|#|$)", address)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Access-Control-Allow-Origin" not in headers


def test_no_page_needs_inline_code_or_another_host(client: FlaskClient) -> None:
    for path in [*PAGES, f"/a/{first_key(client)}"]:
        answer = client.get(path)
        if answer.mimetype == "text/html":
            assert_harmless(answer.text)


def test_a_page_that_the_reader_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/help")
    again = client.get("/help", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert client.get("/help", headers={"If-None-Match": '"other"'}).status_code == 200


def test_last_modified_is_when_the_archive_changed(own_dir: Path) -> None:
    client = create_app(own_dir, TESTING=True).test_client()
    assert "Last-Modified" not in client.get("/help").headers  # this second may see more changes
    later = 4_000_000_000
    client.application.extensions["program_time"] = 1_000_000_000
    os.utime(own_dir / "archive.db", (1_600_000_000, 1_600_000_000))
    when = client.get("/help").headers["Last-Modified"]
    assert when == "Sun, 13 Sep 2020 12:26:40 GMT"
    assert client.get("/help", headers={"If-Modified-Since": when}).status_code == 304
    os.utime(own_dir / "archive.db", (later, later))
    assert client.get("/help", headers={"If-Modified-Since": when}).status_code == 200


def test_files_are_kept_by_the_reader_because_their_address_changes(client: FlaskClient) -> None:
    html = HTMLParser(client.get("/").text)
    for address in (
        html.css_first("link[rel=stylesheet]").attributes["href"],
        html.css_first("script").attributes["src"],
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of an archive where every field holds an attack."""
    folder = tmp_path_factory.mktemp("hostile") / "archive"
    with Archive.create(folder) as archive:
        for n, attack in enumerate(ATTACKS):
            text = f"标题{attack}\n\n记者 张三\n\n正文{attack}结束。还有{attack}。\n\n第{n}段。"
            known = dict.fromkeys(("publication", "page", "section", "url"), attack)
            name = attack.replace("/", "∕") + ".txt"
            add_page(archive, text, name, date="2024-05-17", **known)
        finish(archive)
        for row in archive.connection.execute("SELECT id FROM paragraph").fetchall():
            attack = ATTACKS[row["id"] % len(ATTACKS)]
            archive.correct(row["id"], f"English {attack}", author=attack)
        archive.connection.execute("UPDATE article SET byline = headline")
        archive.connection.execute("UPDATE translation SET engine = ?", (ATTACKS[1],))
        archive.connection.execute("UPDATE translation SET flags = json_array(?)", (ATTACKS[0],))
        archive.connection.execute("UPDATE source SET name = ?", (ATTACKS[0],))
        with archive.writing():
            archive.index()
    return create_app(folder, TESTING=True).test_client()


def test_text_in_any_field_never_runs(hostile: FlaskClient) -> None:
    paths = ["/", "/issues", "/publications", "/calendar"]
    for issue in hostile.get("/issues.json").json["issues"]:
        paths.append(f"/i/{issue['key']}")
        for article in hostile.get(f"/i/{issue['key']}.json").json["issue"]["articles"]:
            paths += [f"/a/{article['key']}{end}" for end in ("", "/p1/words", "/p1/history")]
    assert len(paths) > 30
    paths += [f"/search?q={word}" for word in ("标题", "alert", "script", "English", "正文")]
    for path in paths:
        answer = hostile.get(path)
        assert answer.status_code == 200, path
        assert_harmless(answer.text)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "path",
    ["/search?q={}", "/search?q=x&publication={}", "/search?q=x&sort={}", "/search?q=x&flag={}",
     "/words?text={}", "/issues?publication={}", "/issues?date={}", "/calendar?publication={}",
     "/calendar?year={}", "/{}", "/a/{}", "/login?next={}"],
)  # fmt: skip
def test_text_in_an_address_never_runs(client: FlaskClient, path: str, attack: str) -> None:
    answer = client.get(path.replace("{}", quote(attack)))
    assert answer.status_code in (200, 400, 404)
    assert_harmless(answer.text)


def test_odd_parameters_do_not_reach_the_router(client: FlaskClient) -> None:
    key = first_key(client)
    answer = client.get(f"/a/{key}?_scheme=javascript&_external=1&endpoint=x&_anchor=y&key=z")
    assert answer.status_code == 200
    assert_harmless(answer.text)


def test_a_form_that_is_too_large_is_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"password": "x" * 100_000}).status_code == 413


def test_the_key_of_the_cookies_is_the_archive_s_own_and_private(own_dir: Path) -> None:
    app = create_app(own_dir)
    key = own_dir / "web.key"
    assert key.stat().st_mode & 0o077 == 0
    assert app.secret_key == key.read_bytes() == create_app(own_dir).secret_key
    assert len(key.read_bytes()) == 32
