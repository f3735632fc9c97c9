"""Pages that help when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.webui.conftest import first_key
from webui import create_app


@pytest.mark.parametrize("path", ["/nothing", "/a/nothing", "/i/nothing", "/a/nothing/p1/words"])
def test_what_is_not_there_is_404_with_a_way_on(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Search the archive" in answer.text


def test_a_paragraph_that_is_not_there_is_404(client: FlaskClient) -> None:
    answer = client.get(f"/a/{first_key(client)}/p999/words")
    assert answer.status_code == 404
    assert "no paragraph 999" in answer.text


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/calendar?year=x", "four digits such as 2024"),
        ("/issues?date=yesterday", "a date such as 2024-05-17"),
        ("/issues?date=2024-13", "a date such as 2024-05-17"),
        ("/issues?page=0", "a whole number from 1"),
        ("/issues?page=99999999999999999999", "a whole number from 1"),
        ("/words?text=" + "字" * 2001, "please shorten it to 2,000"),
        ("/publications/x", "No page has this address"),
        ("/search?q=" + "字" * 401, "please shorten it to 400"),
        ("/search?q=x&sort=best", "relevance, newest, oldest"),
        ("/search?q=x&size=101", "a whole number from 1 to 100"),
        ("/search?q=x&from=May", "a date such as 2024-05-17"),
    ],
)
def test_a_wrong_address_says_what_would_be_right(
    client: FlaskClient, path: str, remedy: str
) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert remedy in answer.text


def test_a_json_address_answers_errors_in_json(client: FlaskClient) -> None:
    answer = client.get("/a/nothing.json")
    assert answer.status_code == 404
    assert answer.json["error"]["status"] == 404
    assert "search" in answer.json["error"]["message"]


def test_an_unknown_method_is_refused(client: FlaskClient) -> None:
    assert client.delete("/help").status_code == client.post("/help").status_code == 405


def test_a_folder_without_an_archive_is_told_in_a_sentence(tmp_path: Path) -> None:
    answer = create_app(tmp_path).test_client().get("/")
    assert answer.status_code == 500
    assert "holds no archive" in answer.text
