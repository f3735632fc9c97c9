"""A real server over the real page, and a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from indexer import users
from indexer.archive import Archive
from tests.conftest import ROOT
from tests.webui.building import add_page, finish

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

PASSWORD = "correct horse battery"
SERVE = """
import sys
import urllib.request
from webui.serve import serve
serve(sys.argv[1], port=0, ready=lambda url: print(url, flush=True))
"""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, seed_text: str) -> Iterator[str]:
    """Return the address of a server over an archive of the seed, with one user, Ann."""
    folder = tmp_path_factory.mktemp("browser") / "archive"
    with Archive.create(folder) as archive:
        paper = {"publication": "中国高新技术产业导报", "date": "2025-10-20", "page": "9"}
        add_page(archive, seed_text, **paper)
        finish(archive)
        users.add(archive.connection, "Ann", PASSWORD)
    command = [sys.executable, "-c", SERVE, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.terminate()


@pytest.fixture
def page(browser: playwright.Browser, served: str) -> Iterator[playwright.Page]:
    """Return a page of a new profile; whatever the browser complains of fails the test."""
    context = browser.new_context(base_url=served, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: complaints.append(request.url))
    yield opened
    context.close()
    assert not [text for text in complaints if not text.startswith(served)]


@pytest.fixture(scope="session")
def article(served: str) -> str:
    """Return the path of the long article."""
    return _article(served, "青岛高新区")


@pytest.fixture(scope="session")
def short_article(served: str) -> str:
    """Return the path of the short article, which has pictures."""
    return _article(served, "哈尔滨新区")


def _article(served: str, text: str) -> str:
    with urllib.request.urlopen(f"{served}/search.json?q={quote(text)}", timeout=30) as answer:
        return f"/a/{json.load(answer)['results']['hits'][0]['key']}"
