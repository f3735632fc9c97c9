"""The command ``archive``: checks what was typed, calls the library once, prints what it says."""

from __future__ import annotations

import click

from indexer.cli import (
    durability,
    editing,
    intake,
    making,
    memories,
    models,
    people,
    quoting,
    reading,
    serving,
    taking,
    upkeep,
)
from indexer.cli.base import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bilingual-news-archive", prog_name="archive")
@click.option(
    "--archive",
    "folder",
    envvar="ARCHIVE_DIR",
    default="archive",
    show_default=True,
    show_envvar=True,
    help="The folder of the archive.",
)
def main(folder: str) -> None:
    """Keep newspaper pages, read them in two languages, and find anything in them.

    \b
    Start with:
      archive init
      archive add seeds/
      archive search "retail licence"
      archive serve

    Exit codes: 0 done, 1 some input failed, 2 wrong use.
    """


GROUPS = (
    intake,
    making,
    reading,
    quoting,
    taking,
    serving,
    models,
    memories,
    people,
    editing,
    upkeep,
    durability,
)

for module in GROUPS:
    for command in module.COMMANDS:
        main.add_command(command)
