"""Commands that make what can be made anew: the English and the index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from indexer.archive import Archive
from indexer.cli.base import archive_option, engine_options, opened, wait_option
from indexer.cli.progress import progress
from indexer.translating import Only


def bring_up_to_date(
    archive: Archive,
    sources: Sequence[str] | None = None,
    *,
    translate: bool = True,
    index: bool = True,
) -> None:
    """Translate what the files with these SHA-256 still lack, and index what has changed."""
    if translate:
        _translate(archive, "best", Only.MISSING, sources)
    if index:
        _index(archive)


@click.command()
@archive_option
@wait_option
@click.option(
    "--engine", default="best", show_default=True, help="best, argos, argos:PACKAGE, gloss."
)
@click.option(
    "--only",
    type=click.Choice([choice.value for choice in Only]),
    default=Only.OLDER.value,
    show_default=True,
    help="missing: no English yet; older: also what another engine made; flagged: doubtful.",
)
@click.option("--limit", type=click.IntRange(min=1), help="Translate at most so many paragraphs.")
@click.option("--no-index", is_flag=True, help="Leave the index for later.")
@click.option("--dry-run", is_flag=True, help="Only say how much there is to translate.")
def translate(
    folder: Path,
    wait: float,
    engine: str,
    only: str,
    limit: int | None,
    no_index: bool,
    dry_run: bool,
) -> None:
    """Make the English that is missing, or better than an older engine's.

    What people corrected stays. A run that was stopped goes on where it was.

    \b
    Examples:
      archive translate
      archive translate --only flagged --limit 1000
    """
    with opened(folder) as archive, archive.writing(wait):
        if dry_run:
            waiting = archive.untranslated(engine, Only(only), limit=limit)
            click.echo(f"{len(waiting):,} paragraphs would be translated.")
            return
        done = _translate(archive, engine, Only(only), limit=limit)
        if not no_index:
            _index(archive)
    click.echo(f"{done:,} paragraphs translated.")


@click.command()
@archive_option
@wait_option
@engine_options
@click.option("--rebuild", is_flag=True, help="Make the whole index anew.")
def index(folder: Path, wait: float, search_url: str, rebuild: bool) -> None:
    """Bring the search index up to date with the store.

    A rebuild is made beside the index in use, which goes on answering until the new one is ready.

    \b
    Examples:
      archive index
      archive index --rebuild
      archive index --engine opensearch --url http://localhost:9200/news
    """
    with opened(folder, search_url) as archive, archive.writing(wait):
        click.echo(f"{_index(archive, rebuild):,} paragraphs indexed.")


@click.command()
@archive_option
@wait_option
@click.option("--limit", type=click.IntRange(min=1), help="Embed at most so many paragraphs.")
def embed(folder: Path, wait: float, limit: int | None) -> None:
    """Make the vectors for search by meaning that are missing or out of date.

    Needs the extra semantic. A run that was stopped goes on where it was.

    \b
    Examples:
      archive embed
      archive embed --limit 1000
    """
    with (
        opened(folder) as archive,
        archive.writing(wait),
        progress("Embedding", "paragraphs") as update,
    ):
        done = archive.embed(limit, update)
    click.echo(f"{done:,} paragraphs embedded.")


def _translate(
    archive: Archive,
    engine: str,
    only: Only,
    sources: Sequence[str] | None = None,
    limit: int | None = None,
) -> int:
    with progress("Translating", "characters") as update:
        return archive.translate(
            engine, only, sources, limit, lambda p: update(p.done, p.total or p.done)
        )


def _index(archive: Archive, rebuild: bool = False) -> int:
    with progress("Indexing", "paragraphs") as update:
        return archive.index(rebuild, update)


COMMANDS = (translate, index, embed)
