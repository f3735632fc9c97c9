"""The server tells how it does: counters, a health check, and a line per answer."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from webui import create_app


def test_every_answer_is_counted_and_timed(archive_dir: Path) -> None:
    client = create_app(archive_dir, TESTING=True).test_client()
    client.get("/search?q=青岛")
    client.get("/nowhere")
    text = client.get("/metrics").text
    assert (
        'archive_http_answers_total{endpoint="searching.search",method="GET",status="200"} 1'
        in (text)
    )
    assert 'endpoint="none",method="GET",status="404"} 1.0' in text
    assert 'archive_http_seconds_count{endpoint="searching.search"} 1.0' in text


def test_what_people_look_for_is_in_no_counter(archive_dir: Path) -> None:
    client = create_app(archive_dir, TESTING=True).test_client()
    client.get("/search?q=xyzzy")
    assert "xyzzy" not in client.get("/metrics").text


def test_an_answer_is_one_line_of_the_log_whatever_was_asked(
    archive_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(archive_dir, TESTING=True).test_client()
    with caplog.at_level(logging.INFO, "webui.access"):
        client.get("/search?q=one%0Atwo%1b[31m")
    (record,) = [r for r in caplog.records if r.name == "webui.access"]
    assert record.getMessage().isprintable()
    assert " 200 " in record.getMessage()
