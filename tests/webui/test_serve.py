"""The server: it answers, and it stops gracefully."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, time
import webui
made = webui.create_app
def slow(*args, **config):
    app = made(*args, **config)
    app.add_url_rule("/slow", "slow", lambda: time.sleep(1.5) or "done")
    return app
import webui.serve
webui.serve.create_app = slow
webui.serve.serve(sys.argv[1], port=0, threads=2, ready=lambda url: print(url, flush=True))
"""


@pytest.fixture
def server(archive_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-c", PROGRAM, str(archive_dir)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        yield process, process.stdout.readline().strip()
        process.kill()


def test_an_answer_under_way_is_finished_before_the_server_stops(
    server: tuple[subprocess.Popen[str], str],
) -> None:
    process, url = server
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
        assert answer.status == 200
        assert "waitress" not in (answer.headers["Server"] or "").lower()
    answers: list[bytes] = []
    reading = threading.Thread(
        target=lambda: answers.append(urllib.request.urlopen(f"{url}/slow", timeout=10).read())
    )
    reading.start()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    reading.join()
    assert answers == [b"done"]
    assert process.wait(timeout=10) == 0
