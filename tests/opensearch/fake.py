"""A cluster of one, in this process: it takes only what the recorded contract allows.

Requests are checked against ``contract.json``, then against what the mapping allows, and are
evaluated for real: analyzers, positions, BM25, collapsing, aggregations, what a refresh shows.
Anything else is refused, as a cluster would refuse it.
"""

from __future__ import annotations

import base64
import fnmatch
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from jsonschema import Draft202012Validator

from tests.opensearch.fake_index import FakeIndex, Refused
from tests.opensearch.fake_search import answered

CONTRACT = json.loads(Path(__file__).with_name("contract.json").read_text(encoding="utf-8"))
CHECKS = {
    name: Draft202012Validator(body | {"$defs": CONTRACT["$defs"]})
    for name, body in CONTRACT["bodies"].items()
}
Json = dict[str, Any]


@dataclass
class FakeCluster:
    """Hold the indexes and the aliases, and all that was asked."""

    version: Json = field(default_factory=lambda: {"distribution": "opensearch", "number": "3.1.0"})
    login: tuple[str, str] | None = None
    indexes: dict[str, FakeIndex] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    busy: int = 0
    """How many writes are put off with 429 before one is done."""
    broken: str = ""
    """The path that is answered with 503, as a pattern."""
    url: str = ""

    def answer(self, method: str, path: str, params: Json, body: bytes) -> tuple[int, Any]:
        """Answer one request with a status and a body."""
        if self.broken and re.search(self.broken, path):
            return 503, _error(503, "cluster_block_exception", "blocked")
        for way, pattern, allowed, act in ROUTES:
            if way == method and (match := re.fullmatch(pattern, path)):
                if unknown := params.keys() - allowed:
                    raise Refused(f"unrecognized parameters {sorted(unknown)}")
                sent = body if path == "/_bulk" else json.loads(body) if body else None
                self.requests.append((method, path, sent))
                return act(self, *map(unquote, match.groups()), sent)
        raise Refused(f"no handler found for {method} {path}")

    def index(self, name: str) -> FakeIndex:
        """Return the index of a name or an alias."""
        names = self.aliases.get(name, {name})
        if len(names) != 1 or (found := self.indexes.get(next(iter(names)))) is None:
            raise Refused(f"no such index [{name}]", 404, "index_not_found_exception")
        return found

    def info(self, body: Any) -> tuple[int, Json]:
        return 200, {"version": self.version, "cluster_name": "fake"}

    def exists_alias(self, name: str, body: Any) -> tuple[int, Json]:
        return (200 if self.aliases.get(name) else 404), {}

    def get_alias(self, pattern: str, body: Any) -> tuple[int, Json]:
        names = fnmatch.filter(self.indexes, pattern)
        return 200, {
            name: {"aliases": {alias: {} for alias, held in self.aliases.items() if name in held}}
            for name in names
        }

    def create(self, name: str, body: Any) -> tuple[int, Json]:
        checked("create", body)
        if name in self.indexes or name in self.aliases:
            raise Refused(f"index [{name}] exists", 400, "resource_already_exists_exception")
        self.indexes[name] = FakeIndex(body["settings"], body["mappings"])
        return 200, {"acknowledged": True}

    def delete(self, name: str, body: Any) -> tuple[int, Json]:
        self.index(name)
        del self.indexes[name]
        for held in self.aliases.values():
            held.discard(name)
        return 200, {"acknowledged": True}

    def refresh(self, name: str, body: Any) -> tuple[int, Json]:
        self.index(name).refresh()
        return 200, {"_shards": {"failed": 0}}

    def update_aliases(self, body: Any) -> tuple[int, Json]:
        checked("aliases", body)
        after = {alias: set(held) for alias, held in self.aliases.items()}
        for action in body["actions"]:
            ((kind, what),) = action.items()
            self.index(what["index"])
            held = after.setdefault(what["alias"], set())
            (held.add if kind == "add" else held.remove)(what["index"])
        self.aliases = after
        return 200, {"acknowledged": True}

    def bulk(self, body: bytes) -> tuple[int, Json]:
        if self.busy:
            self.busy -= 1
            return 429, _error(429, "rejected_execution_exception", "too much to do")
        lines = iter(body.decode().splitlines())
        items = [self._bulk_one(json.loads(line), lines) for line in lines]
        errors = any(status["status"] >= 400 for item in items for status in item.values())
        return 200, {"took": 1, "errors": errors, "items": items}

    def _bulk_one(self, action: Json, lines: Iterator[str]) -> Json:
        ((kind, where),) = action.items()
        if kind not in ("index", "delete") or where.keys() != {"_index", "_id"}:
            raise Refused(f"malformed action {action}")
        index, id = self.index(where["_index"]), where["_id"]
        if kind == "delete":
            return {kind: {"_id": id, "status": 200 if index.delete(id) else 404}}
        try:
            index.put(id, json.loads(next(lines)))
        except Refused as error:
            return {kind: {"_id": id, "status": 400, "error": {"reason": str(error)}}}
        return {kind: {"_id": id, "status": 201}}

    def search(self, name: str, body: Any) -> tuple[int, Json]:
        checked("search", body)
        return 200, answered(self.index(name), body)


ROUTES = [
    ("GET", "/", set(), FakeCluster.info),
    ("HEAD", "/_alias/([^/*]+)", set(), FakeCluster.exists_alias),
    ("GET", "/([^/]+)/_alias", set(), FakeCluster.get_alias),
    ("PUT", "/([^/_][^/]*)", set(), FakeCluster.create),
    ("DELETE", "/([^/_*]*)", {"ignore_unavailable"}, FakeCluster.delete),
    ("POST", "/([^/]+)/_refresh", set(), FakeCluster.refresh),
    ("POST", "/_aliases", set(), FakeCluster.update_aliases),
    ("POST", "/_bulk", set(), FakeCluster.bulk),
    ("POST", "/([^/]+)/_search", {"allow_partial_search_results"}, FakeCluster.search),
]


def checked(body: str, sent: Any) -> None:
    """Refuse what the contract does not allow."""
    if problem := next(CHECKS[body].iter_errors(sent), None):
        raise Refused(f"{problem.json_path}: {problem.message[:300]}", 400, "parsing_exception")


@contextmanager
def running(cluster: FakeCluster) -> Iterator[FakeCluster]:
    """Let a cluster listen on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(cluster))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    cluster.url = f"http://127.0.0.1:{server.server_port}/news"
    try:
        yield cluster
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(cluster: FakeCluster) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def answer(self) -> None:
            url = urlsplit(self.path)
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            try:
                status, answer = self.let_in() or cluster.answer(
                    self.command, url.path, parse_qs(url.query), sent
                )
            except Refused as error:
                status, answer = error.status, _error(error.status, error.kind, str(error))
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(payload)

        def let_in(self) -> tuple[int, Json] | None:
            if cluster.login is None:
                return None
            wanted = "Basic " + base64.b64encode(":".join(cluster.login).encode()).decode()
            given = self.headers.get("Authorization")
            return None if given == wanted else (401, _error(401, "security_exception", "no"))

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


def _error(status: int, kind: str, reason: str) -> Json:
    cause = {"type": kind, "reason": reason}
    return {"error": cause | {"root_cause": [cause]}, "status": status}
