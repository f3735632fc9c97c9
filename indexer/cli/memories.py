"""Commands for the translation memory, and for measuring the English."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from indexer.cli.base import archive_option, json_option, opened, print_json, wait_option
from indexer.cli.progress import progress
from indexer.evaluating import score_files
from translations import engines


@click.group()
def memory() -> None:
    """Exchange the translation memory with other tools, as TMX 1.4."""


@memory.command()
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True, atomic=True))
@archive_option
@click.option("--all", "everything", is_flag=True, help="Machine English too, not only people's.")
def export(file: IO[str], folder: Path, everything: bool) -> None:
    """Write what people corrected to FILE, for OmegaT and others.

    \b
    Example:
      archive memory export corrections.tmx
    """
    with opened(folder) as archive:
        count = archive.export_memory(file, everything)
    click.echo(f"{count:,} sentences are written to {file.name}.")


@memory.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
@wait_option
def import_(file: Path, folder: Path, wait: float) -> None:
    """Take the Chinese-English sentences of FILE into the memory, to be offered to correctors.

    \b
    Example:
      archive memory import corrections.tmx
    """
    with opened(folder) as archive, archive.writing(wait):
        count = archive.import_memory(file)
    click.echo(f"{count:,} sentences are in the memory.")


@click.command()
@click.option("--source", type=click.Path(path_type=Path), required=True, help="Chinese lines.")
@click.option("--reference", type=click.Path(path_type=Path), required=True, help="English lines.")
@click.option("--engine", default="best", show_default=True, help="The engine to measure.")
@json_option
def evaluate(source: Path, reference: Path, engine: str, as_json: bool) -> None:
    """Measure an engine's English against a reference: BLEU, chrF, and what the checks found.

    \b
    Example:
      archive evaluate --source news.zh --reference news.en
    """
    loaded = engines.load(engine)
    with progress("Translating", "characters") as update:
        score = score_files(loaded, source, reference, lambda p: update(p.done, p.total or p.done))
    if as_json:
        print_json(score)
        return
    click.echo(f"{loaded.label}: {score.sentences:,} sentences")
    click.echo(f"BLEU {score.bleu:.1f}  {score.bleu_signature}")
    click.echo(f"chrF {score.chrf:.1f}  {score.chrf_signature}")
    for flag, count in score.flags.items():
        click.echo(f"  {count:>7,}  flagged {flag}")


COMMANDS = (memory, evaluate)
