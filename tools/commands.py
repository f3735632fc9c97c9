"""Write docs/commands.md from what the commands say of themselves; --check only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import click

from indexer.cli import main as archive

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
HEAD = """\
# Commands

<!-- Made by tools/commands.py from the commands' own help; change that, then run it. -->

Exit codes of all: 0 done, 1 some input failed, 2 wrong use.
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join([HEAD, *_section(archive, "archive")])


def commands(
    group: click.Group = archive, name: str = "archive"
) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name, in the order of the alphabet."""
    for word, command in sorted(group.commands.items()):
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")


def _section(command: click.Command, name: str) -> Iterator[str]:
    level = "#" * (name.count(" ") + 2)
    usage = " ".join(command.collect_usage_pieces(click.Context(command)))
    yield f"{level} {name}\n\n```text\n{name} {usage}\n```\n"
    yield from _help(command.help or "")
    yield from _options(command)
    if isinstance(command, click.Group):
        for word in sorted(command.commands):
            yield from _section(command.commands[word], f"{name} {word}")


def _help(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; those that click must not wrap are code."""
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.rstrip().split("\n")
        if lines[0].strip() == "\b":
            body = dedent("\n".join(lines[2:]))
            yield f"{lines[1].strip()}\n\n```sh\n{body}\n```\n"
        else:
            yield " ".join(line.strip() for line in lines) + "\n"


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    records = [
        record
        for option in command.params
        if isinstance(option, click.Option) and (record := option.get_help_record(context))
    ]
    if records:
        rows = [f"| `{names}` | {_cell(says)} |" for names, says in records]
        yield "\n".join(["| Option | |", "|---|---|", *rows, ""])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def main() -> int:
    """Write the page, or tell by the exit code whether it is as it should be."""
    if "--check" in sys.argv[1:]:
        return int(TARGET.read_text(encoding="utf-8") != page())
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(TARGET.parent.parent))
    sys.exit(main())
