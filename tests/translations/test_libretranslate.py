from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from translations import engines
from translations.driver import translate_paragraphs
from translations.libretranslate import LibreTranslate, ServerProblem
from translations.memory import Memory


class Server(ThreadingHTTPServer):
    """A server with LibreTranslate's POST /translate, as its API describes it."""

    key: str | None = None
    answer: bytes | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(question)
        if self.path != "/translate":
            self.reply(404, {"error": "Not found"})
        elif self.server.key and question.get("api_key") != self.server.key:
            self.reply(403, {"error": "Invalid API key"})
        elif (question["source"], question["target"]) != ("zh", "en"):
            self.reply(400, {"error": "not supported"})
        elif self.server.answer is not None:
            self.send(200, self.server.answer)
        else:
            self.reply(200, {"translatedText": [f"English of {q}" for q in question["q"]]})

    def reply(self, status: int, answer: dict[str, Any]) -> None:
        self.send(status, json.dumps(answer).encode())

    def send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_sentences_are_translated_in_order(server: Server) -> None:
    drafts = LibreTranslate(server.url + "/").translate(["你好。", "再见。"])
    assert [draft.text for draft in drafts] == ["English of 你好。", "English of 再见。"]
    assert len(server.asked) == 1


def test_requests_are_kept_small(server: Server) -> None:
    sentences = [f"{n}" + "长" * 500 for n in range(10)]
    drafts = LibreTranslate(server.url).translate(sentences)
    assert [draft.text for draft in drafts] == [f"English of {s}" for s in sentences]
    assert all(sum(map(len, asked["q"])) <= 2000 for asked in server.asked)


def test_traditional_text_reaches_the_server_simplified(server: Server, memory: Memory) -> None:
    engine = engines.load(f"libretranslate:{server.url}")
    [made] = translate_paragraphs([(1, "無感審批邁入新時代。")], engine, memory)
    assert server.asked[0]["q"] == ["无感审批迈入新时代。"]
    assert made.engine == f"libretranslate 127.0.0.1:{server.server_port}"


def test_a_key_is_sent_where_the_server_wants_one(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.key = "secret"
    with pytest.raises(ServerProblem, match="403 Invalid API key"):
        LibreTranslate(server.url).translate(["你好。"])
    monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
    assert engines.load(f"libretranslate:{server.url}").translate(["你好。"])


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"<html>", "JSON"),
        (b'{"translatedText": "one"}', "list"),
        (b"[]", "list"),
        (b'{"translatedText": []}', "0 of 1"),
    ],
)
def test_a_server_that_answers_something_else_is_named(
    server: Server, answer: bytes, problem: str
) -> None:
    server.answer = answer
    with pytest.raises(ServerProblem, match=problem):
        LibreTranslate(server.url).translate(["你好。"])


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(ServerProblem, match="cannot be reached"):
        LibreTranslate("http://127.0.0.1:9").translate(["你好。"])
    with pytest.raises(ServerProblem, match="no address"):
        engines.load("libretranslate:localhost")
    with pytest.raises(ServerProblem, match="no address"):
        engines.load("libretranslate:file:///etc/passwd")
