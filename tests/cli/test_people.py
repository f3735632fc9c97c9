"""The commands about people who may correct."""

from __future__ import annotations

import socket

from tests.cli.conftest import Run

PASSWORD = "correct horse battery"


def test_a_person_comes_and_goes(run: Run) -> None:
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    assert "can sign in" in run("user", "add", "Ann Lee", input=twice).output
    assert "Ann Lee" in run("user", "list").output
    assert "new password" in run("user", "password", "Ann Lee", input=twice).output
    run("user", "remove", "Ann Lee")
    assert "Ann Lee" not in run("user", "list").output


def test_a_short_password_is_refused_with_the_reason(run: Run) -> None:
    result = run("user", "add", "Ann", "--password", "short", code=1)
    assert "A password has 10 to 1,000 characters" in result.output


def test_the_password_is_never_shown(run: Run) -> None:
    result = run("user", "add", "Ann", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in result.output


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "choose another with --port" in run("serve", "--port", port, code=1).output
