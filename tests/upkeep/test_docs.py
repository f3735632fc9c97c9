"""Every command, option, page and setting is documented, and every link in the docs leads on."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from indexer.archive import Archive
from indexer.cli import main
from webui import DEFAULTS, create_app

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted(ROOT.glob("docs/**/*.md"))
CODE = [
    path for name in ("indexer", "translations", "webui") for path in ROOT.glob(f"{name}/**/*.py")
]
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^|[ /])archive ([a-z][^\n#|&]*)", re.MULTILINE)


def commands(
    group: click.Group = main, name: str = "archive"
) -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    page = runpy.run_path(str(ROOT / "tools" / "commands.py"))["page"]()
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == page, "run python tools/commands.py"


@pytest.mark.parametrize(("name", "command"), commands())
def test_a_command_and_its_options_are_documented(name: str, command: click.Command) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ {name}\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert section
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[-1] in section[1]


def test_every_address_is_documented(tmp_path: Path) -> None:
    Archive.create(tmp_path / "archive").close()
    text = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")
    addresses = {rule.rule for rule in create_app(tmp_path / "archive").url_map.iter_rules()}
    assert [address for address in sorted(addresses) if f"`{address}`" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")
    read = re.compile(r"environ(?:\.get\(|\[)\"(\w+)\"|envvar=\"(\w+)\"")
    named = {name for file in CODE for pair in read.findall(file.read_text()) for name in pair}
    assert {"ARCHIVE_DIR", "ARCHIVE_MODELS"} <= named
    missing = [name for name in sorted({*DEFAULTS, *named} - {""}) if f"`{name}`" not in text]
    assert missing == []


@pytest.mark.parametrize("page", [*DOCS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DOCS, ids=str)
def test_every_page_is_in_the_table_of_contents(page: Path) -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert f": {page.relative_to(ROOT / 'docs')}\n" in contents


@pytest.mark.parametrize("page", [*DOCS, ROOT / "README.md"], ids=str)
def test_the_docs_name_only_commands_and_options_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    typed = [line.split(" #")[0] for block in SHELL.findall(text) for line in block.split("\n")]
    typed += [line for block in CONSOLE.findall(text) for line in re.findall(r"^\$ (.*)", block)]
    known = dict(commands())
    for command in COMMAND.findall("\n".join(typed)):
        words = command.split()
        names = (f"archive {' '.join(words[:2])}", f"archive {words[0]}")
        name = next((name for name in names if name in known), None)
        assert name, f"archive {command}"
        parameters = [*known[name].params, *main.params]
        options = {spelling for p in parameters for spelling in (*p.opts, *p.secondary_opts)}
        used = {word.split("=")[0] for word in words if word.startswith("--")}
        assert used - options - {"--help"} == set(), f"archive {command}"
