"""The tutorials do what they say: each command runs, and prints the lines below it, in order.

A line of dots stands for any lines, dots in a line for any text.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main

ROOT = Path(__file__).resolve().parents[2]


def steps(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of a page's console blocks, with the lines that it should print."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = part.splitlines()
            yield command, expected


def run(command: str) -> str:
    """Run one line: archive in this process, what feeds it and all else in a shell."""
    before, pipe, last = command.rpartition(" | ")
    given = shell(before) if pipe else None
    words = shlex.split(last)
    settings = {}
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        settings[name] = value
    if words[0] != "archive":
        return shell(command)
    result = CliRunner().invoke(main, words[1:], input=given, env=settings)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code < 2, result.output
    return result.output


def shell(command: str) -> str:
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    return done.stdout


def pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in line.rstrip().split("…")))


def missing(expected: list[str], output: str) -> list[str]:
    """Return the expected lines from the first on that does not follow."""
    lines = iter(output.splitlines())
    for n, line in enumerate(expected):
        if line != "…" and not any(pattern(line).match(printed) for printed in lines):
            return expected[n:]
    return []


@pytest.mark.parametrize(
    "page",
    ["reader.md", "journalist.md", pytest.param("archivist.md", marks=pytest.mark.slow)],
)
def test_a_tutorial_does_what_it_says(
    page: str, seed_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARCHIVE_DIR", raising=False)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    if page != "archivist.md":
        shutil.copytree(seed_archive, tmp_path / "archive")
    commands = list(steps(page))
    assert len(commands) > 4
    for command, expected in commands:
        output = run(command)
        assert missing(expected, output) == [], f"{command}\n{output}"


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert missing(["one", "…", "th…e"], "one\ntwo\nthree") == []
    assert missing(["three", "one"], "one\ntwo\nthree") == ["one"]
