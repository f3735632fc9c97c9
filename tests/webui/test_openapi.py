"""The description of the API is what the application does."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.webui.conftest import first_key


def described(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def test_the_description_is_valid_openapi(client: FlaskClient) -> None:
    validate(client.get("/openapi.json").json)


def test_every_json_address_is_described(app: Flask, client: FlaskClient) -> None:
    paths = set(client.get("/openapi.json").json["paths"])
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith(".json")}
    assert {described(rule) for rule in rules - {"/openapi.json"}} == paths


def test_every_answer_is_as_described(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    key = first_key(client)
    issue = client.get(f"/a/{key}.json").json["article"]["issue_key"]
    values = {"/a/": key, "/i/": issue}
    for path, operations in document["paths"].items():
        key_in_path = values.get(path[:3], "")
        address = path.format(key=key_in_path, anchor=3, name="王毅")
        answer = client.get(address, query_string={"q": "青岛", "text": "青岛", "quotes": "青岛"})
        assert answer.status_code == 200, address
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer.json)


def test_every_page_has_a_json_twin(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    alone = {"/login", "/healthz", "/metrics", "/robots.txt", "/opensearch.xml", "/search.atom",
             "/static/<path:filename>", "/a/<key>/p<int:anchor>/edit"}  # fmt: skip
    pages = {rule for rule in rules - alone if not rule.endswith((".json", ":kind>", ":ending>"))}
    assert {"/index.json" if rule == "/" else f"{rule}.json" for rule in pages} <= rules


@pytest.mark.parametrize("path", ["/help", "/publications", "/calendar"])
def test_a_page_names_its_twin(client: FlaskClient, path: str) -> None:
    assert f'type="application/json" href="{path}.json"' in client.get(path).text


def test_health_is_told_in_a_word(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "articles": 3}
