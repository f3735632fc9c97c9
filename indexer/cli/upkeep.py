"""Commands that look after the archive."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.cli.base import archive_option, json_option, opened, print_json


@click.command()
@archive_option
@json_option
def status(folder: Path, as_json: bool) -> None:
    """Count what the archive holds, and what still waits to be translated or indexed.

    \b
    Example:
      archive status
    """
    with opened(folder) as archive:
        counts = archive.status()
    if as_json:
        print_json(counts)
        return
    span = f"{counts.first} to {counts.last}" if counts.first else "no dates known"
    click.echo(
        f"{counts.sources:,} files, {counts.issues:,} issues ({span}),"
        f" {counts.articles:,} articles, {counts.paragraphs:,} paragraphs,"
        f" {counts.characters:,} characters\n"
        f"{counts.translated:,} paragraphs in English, {counts.corrected:,} corrected by people,"
        f" {counts.unindexed:,} waiting for the index, {counts.embedded:,} searched by meaning"
    )
    for engine, paragraphs in counts.engines.items():
        click.echo(f"  {paragraphs:>9,}  by {engine}")
    for flag, paragraphs in counts.flags.items():
        click.echo(f"  {paragraphs:>9,}  flagged {flag}")


COMMANDS = (status,)
