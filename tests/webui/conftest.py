"""The reading room over the real page that ships with the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer import users
from indexer.archive import Archive
from tests.webui.building import add_page, finish
from webui import create_app

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def archive_dir(tmp_path_factory: pytest.TempPathFactory, seed_text: str) -> Path:
    """Return an archive of the seed, in English by the dictionary. Read only: tests share it."""
    folder = tmp_path_factory.mktemp("web") / "archive"
    with Archive.create(folder) as archive:
        add_page(archive, seed_text, name="000_5b91e9659b16fe81.txt")
        paper = {"publication": "青岛日报", "date": "2024-05-17"}
        add_page(archive, "今日要闻\n\n记者 张三\n\n这是一条关于审批的新闻。", **paper)
        finish(archive)
    return folder


@pytest.fixture(scope="session")
def app(archive_dir: Path) -> Flask:
    return create_app(archive_dir, TESTING=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def seed_client(seed_archive: Path) -> FlaskClient:
    """Return a reader of the seed and nothing else."""
    return create_app(seed_archive, TESTING=True).test_client()


@pytest.fixture
def own_dir(tmp_path: Path) -> Path:
    """Return a small archive that the test may change, with one user, Ann."""
    text = "青岛新闻\n\n记者 张三\n\n时代浪潮奔涌，总有先行者。青岛高新区向前。\n\n这里是第二段。"
    with Archive.create(tmp_path / "archive") as archive:
        add_page(archive, text)
        finish(archive)
        users.add(archive.connection, "Ann", PASSWORD)
    return tmp_path / "archive"


@pytest.fixture
def own_client(own_dir: Path) -> FlaskClient:
    return create_app(own_dir, TESTING=True).test_client()


@pytest.fixture
def ann(own_client: FlaskClient) -> FlaskClient:
    """Return a client with Ann signed in."""
    sign_in(own_client)
    return own_client


def sign_in(
    client: FlaskClient, name: str = "Ann", password: str = PASSWORD, goal: str = ""
) -> TestResponse:
    form = {"name": name, "password": password, "csrf": token(client, "/login"), "next": goal}
    return client.post("/login", data=form)


def token(client: FlaskClient, path: str) -> str:
    """Return the token in the first form of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def first_key(client: FlaskClient, headline: str = "青岛") -> str:
    """Return the key of the article whose headline begins so."""
    for issue in client.get("/issues.json").json["issues"]:
        for article in client.get(f"/i/{issue['key']}.json").json["issue"]["articles"]:
            if article["headline"].startswith(headline):
                return str(article["key"])
    raise AssertionError(headline)
