"""The command line, run as a person would run it, over the real page."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main

Run = Callable[..., Result]


def run_in(folder: Path) -> Run:
    def run(*arguments: object, code: int = 0, input: str | None = None) -> Result:
        result = CliRunner().invoke(
            main, [str(a) for a in arguments], input=input, env={"ARCHIVE_DIR": str(folder)}
        )
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on an archive of the test's own."""
    run = run_in(tmp_path / "archive")
    run("init")
    return run


@pytest.fixture
def run_on_seed(seed_archive: Path) -> Run:
    return run_in(seed_archive)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(
        "青岛高新区：创新为帆\n\n李媛 肖玲玲\n\n时代浪潮奔涌，总有先行者勇立潮头。\n\n"
        "小树成长，最需要的是阳光与雨露。\n"
    )
    return path


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Let $EDITOR replace one text by another."""

    def use(before: str, after: str) -> None:
        script = tmp_path / "editor"
        script.write_text(f"#!/bin/sh\nsed -i 's/{before}/{after}/' \"$1\"\n")
        os.chmod(script, 0o755)
        monkeypatch.setenv("EDITOR", str(script))

    return use
