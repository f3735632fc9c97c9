"""Commands that keep the archive whole: check, repair, back up, bring back, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click

from indexer import durability
from indexer.cli.base import Failed, archive_option, json_option, opened, print_json, wait_option
from indexer.cli.making import bring_up_to_date
from indexer.cli.progress import progress
from indexer.durability import Problem
from indexer.export import export_jsonl


@click.command()
@archive_option
@json_option
def verify(folder: Path, as_json: bool) -> None:
    """Check all that the archive holds: bytes, texts, links, memory and index.

    It changes nothing and may run while the archive is used. Exit code 1 when something is wrong;
    each line then says where, what, and what to do.

    \b
    Example:
      archive verify
    """
    with opened(folder) as archive, progress("Checking", "originals and pages") as update:
        problems = durability.verify(archive, update)
    if as_json:
        print_json(problems)
    else:
        _print(problems)
    if problems:
        raise Failed(f"{_count(problems)}; see above.")
    if not as_json:
        click.echo("All is well.")


@click.command()
@archive_option
@wait_option
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="A backup, or a file or folder as it was given: lost originals are taken from it.",
)
def repair(folder: Path, wait: float, source: Path | None) -> None:
    """Make good what archive verify finds, as far as no person is needed.

    What cannot be made good is listed, with what to do; the exit code is then 1.

    \b
    Example:
      archive repair --from backup.zip
    """
    with opened(folder) as archive, progress("Repairing", "originals and pages") as update:
        report = durability.repair(archive, source, wait, update)
    for problem in report.repaired:
        click.echo(f"Repaired: {problem.where} {problem.what}.")
    _print(report.left)
    if report.left:
        raise Failed(f"{_count(report.left)} left; see above.")
    click.echo("All is well.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@archive_option
@wait_option
def backup(file: Path, folder: Path, wait: float) -> None:
    """Write the whole archive to FILE, while others go on using it.

    FILE appears when it is whole and has been read back; an earlier backup of that name is
    replaced. Exit code 1 when an original could not be taken because it is lost or damaged.

    \b
    Example:
      archive backup archive-backup.zip
    """
    with opened(folder) as archive, progress("Backing up", "originals") as update:
        report = durability.backup(archive, file, wait, update)
    click.echo(f"{report.file}: {report.size:,} bytes, {report.originals:,} originals, checked.")
    if report.missing:
        raise Failed(
            f"{len(report.missing):,} originals are lost or damaged and not in it:"
            " archive verify names them."
        )


@click.command("restore-backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("target", required=False, type=click.Path(path_type=Path))
@archive_option
@click.option("--no-index", is_flag=True, help="Leave the index for later.")
def restore_backup(file: Path, target: Path | None, folder: Path, no_index: bool) -> None:
    """Bring an archive back from the backup FILE, into the new or empty folder TARGET.

    Without TARGET it is the folder of --archive. The search index is made again.

    \b
    Example:
      archive restore-backup archive-backup.zip brought-back
    """
    target = target or folder
    with progress("Bringing back", "files") as update:
        manifest = durability.restore_backup(file, target, update)
    with opened(target) as archive, archive.writing():
        bring_up_to_date(archive, translate=False, index=not no_index)
    click.echo(f"{target}: the archive of {manifest.made_at}.")
    if manifest.missing:
        raise Failed(
            f"{len(manifest.missing):,} originals were lost before the backup:"
            f" archive verify --archive {target} names them."
        )


@click.group()
def export() -> None:
    """Write the archive out in other forms.

    \b
    Example:
      archive export jsonl archive.jsonl
    """


@export.command()
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True, atomic=True))
@archive_option
def jsonl(file: IO[str], folder: Path) -> None:
    """Write all files, issues and articles to FILE as JSON Lines; - is standard output.

    The same archive gives the same lines, whatever way its pages came.

    \b
    Example:
      archive export jsonl archive.jsonl
    """
    with opened(folder) as archive:
        for line in export_jsonl(archive.connection):
            file.write(line + "\n")


def _print(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(problem.sentence)


def _count(problems: Sequence[Problem]) -> str:
    return f"{len(problems):,} {'problem' if len(problems) == 1 else 'problems'}"


COMMANDS = (verify, repair, backup, restore_backup, export)
