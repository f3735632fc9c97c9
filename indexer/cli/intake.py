"""Commands that take pages in."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.tree import Tree

from indexer.archive import Archive
from indexer.cli.base import Failed, archive_option, json_option, opened, print_json, wait_option
from indexer.cli.making import bring_up_to_date
from indexer.cli.progress import progress
from indexer.dates import parse_date
from indexer.errors import Unreadable
from indexer.intake import Added, AddOptions, Outcome, find_files, read_source
from indexer.model import Article, Kind, Metadata
from indexer.readers import ReadOptions
from indexer.watch import Watch

WATCH_WAIT_S = 3600

COLOURS = {
    Kind.HEADLINE: "bold",
    Kind.SUBHEADLINE: "bold dim",
    Kind.BYLINE: "magenta",
    Kind.HEADING: "bold cyan",
    Kind.CAPTION: "green",
    Kind.CREDIT: "green dim",
    Kind.STAFF: "magenta dim",
    Kind.CONTINUATION: "yellow",
    Kind.FURNITURE: "dim",
}


@click.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@archive_option
def init(directory: Path | None, folder: Path) -> None:
    """Make an archive in DIRECTORY. One that is there already is left as it is.

    \b
    Example:
      archive init news
    """
    with Archive.create(directory or folder) as archive:
        click.echo(f"{archive.path} is an archive of {archive.status().articles:,} articles.")


def _date(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if date := parse_date(value):
        return date
    raise click.BadParameter(f"{value} is no date; write it as 2025-10-01, 2025-10 or 2025.")


def _columns(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if wrong := [field for field, equals, column in pairs if not (field and equals and column)]:
        raise click.BadParameter(f"{wrong[0]!r} is no mapping; write it as title=标题.")
    return {field: column for field, _, column in pairs}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@archive_option
@wait_option
@click.option("--publication", help="The newspaper's name.")
@click.option("--date", callback=_date, help="The day of the issue: 2025-10-01, 2025-10 or 2025.")
@click.option("--page", help="The page, as it is printed: 3, A03.")
@click.option("--section", help="The section or column that the page belongs to.")
@click.option("--url", help="Where the page was published.")
@click.option("--pattern", help="What file names say: '{date:%Y%m%d}_{page}'.")
@click.option("--guess-date", is_flag=True, help="Take a date from the text, marked as guessed.")
@click.option("--encoding", help="The encoding of text files, where it is told wrongly.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    metavar="FIELD=NAME",
    help="What a field of CSV or JSON Lines is called there; again for each field.",
)
@click.option("--processes", type=click.IntRange(min=1), help="Read in so many processes.")
@click.option("--no-translate", is_flag=True, help="Leave the English for later.")
@click.option("--no-index", is_flag=True, help="Leave the index for later.")
@click.option("--dry-run", is_flag=True, help="Show how the files are read; store nothing.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a report as JSON.")
def add(
    paths: tuple[Path, ...],
    folder: Path,
    wait: float,
    encoding: str | None,
    columns: dict[str, str],
    pattern: str | None,
    guess_date: bool,
    processes: int | None,
    no_translate: bool,
    no_index: bool,
    dry_run: bool,
    report: Path | None,
    **known: Any,
) -> None:
    """Add files, or folders of files: read, store, translate and index them.

    Text, PDF, HTML, DOCX, EPUB, JSON Lines, CSV, and ZIP or gzip of these. The same file again
    changes nothing. A folder may say what is known of its pages in a file issue.toml.

    \b
    Examples:
      archive add page.txt --publication 青岛日报 --date 2025-10-01 --page 3
      archive add scans/ --pattern '{date:%Y%m%d}_{page}'
      archive add page.txt --dry-run
    """
    read = ReadOptions(encoding=encoding, columns=columns)
    options = AddOptions(Metadata(**known), pattern, guess_date, read)
    files = find_files(paths)
    if dry_run:
        _show_reading(files, options)
        return
    with opened(folder) as archive, archive.writing(wait):
        reports = _add(archive, files, options, processes)
        sources = [r.sha256 for r in reports if r.outcome is not Outcome.FAILED]
        bring_up_to_date(archive, sources, translate=not no_translate, index=not no_index)
    _end(reports, report)


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@archive_option
@click.option("--publication", help="The newspaper's name.")
@click.option("--pattern", help="What file names say: '{date:%Y%m%d}_{page}'.")
@click.option("--guess-date", is_flag=True, help="Take a date from the text, marked as guessed.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5.0,
    show_default=True,
    help="Seconds between two looks.",
)
def watch(
    directory: Path,
    folder: Path,
    publication: str | None,
    pattern: str | None,
    guess_date: bool,
    every: float,
) -> None:
    """Take in files as they land in DIRECTORY, until Ctrl-C.

    \b
    Example:
      archive watch incoming/ --publication 青岛日报 --pattern '{date:%Y%m%d}_{page}'
    """
    options = AddOptions(Metadata(publication=publication), pattern, guess_date)
    watched = Watch(directory)
    with opened(folder) as archive:
        while True:
            if landed := watched.look():
                with archive.writing(wait_s=WATCH_WAIT_S):
                    reports = _add(archive, landed, options, None)
                    bring_up_to_date(archive, [r.sha256 for r in reports if r.sha256])
                click.echo(_summary(reports))
            time.sleep(every)


@click.command()
@archive_option
@json_option
def quarantine(folder: Path, as_json: bool) -> None:
    """List the files that could not be read, and why.

    \b
    Example:
      archive quarantine
    """
    with opened(folder) as archive:
        failed = archive.quarantine()
    if as_json:
        print_json(failed)
    for item in failed if not as_json else ():
        click.echo(f"{item['tried_at']}  {item['reason']}")


def _add(
    archive: Archive, files: list[Path], options: AddOptions, processes: int | None
) -> list[Added]:
    reports = []
    with progress("Adding", "files") as update:
        for number, added in enumerate(archive.add(files, options, processes), 1):
            for problem in added.problems:
                click.echo(f"Error: {problem}", err=True)
            if added.outcome is Outcome.UNCHANGED and len(files) <= 10:
                click.echo(f"{added.path} is in the archive already; nothing changed.")
            reports.append(added)
            update(number, len(files))
    return reports


def _summary(reports: list[Added]) -> str:
    counts = Counter(report.outcome for report in reports)
    articles = sum(report.articles for report in reports)
    paragraphs = sum(report.paragraphs for report in reports)
    return (
        f"{counts[Outcome.ADDED]:,} added ({articles:,} articles, {paragraphs:,} paragraphs),"
        f" {counts[Outcome.UNCHANGED]:,} unchanged, {counts[Outcome.FAILED]:,} failed."
    )


def _end(reports: list[Added], path: Path | None) -> None:
    click.echo(_summary(reports))
    if path:
        path.write_text(json.dumps([_record(report) for report in reports], ensure_ascii=False))
    if any(report.problems for report in reports):
        raise Failed("Some input failed: archive quarantine lists it.")


def _record(report: Added) -> dict[str, Any]:
    return {
        "path": str(report.path),
        "outcome": report.outcome,
        "sha256": report.sha256,
        "articles": report.articles,
        "paragraphs": report.paragraphs,
        "problems": report.problems,
    }


def _show_reading(files: Iterable[Path], options: AddOptions) -> None:
    console, failed = Console(), False
    for path in files:
        try:
            source, problems = read_source(path, options)
        except Unreadable as error:
            click.echo(f"Error: {error}", err=True)
            failed = True
            continue
        tree = Tree(f"[bold]{path}[/bold]")
        for document, page in zip(source.documents, source.pages, strict=True):
            known = document.metadata
            said = [document.name, known.publication, known.date, known.page and f"p. {known.page}"]
            branch = tree.add("  ".join(part for part in said if part) or "nothing known of it")
            for article in page.articles:
                _grow(branch, article)
            for block in page.furniture:
                branch.add(f"[dim]{Kind.FURNITURE}  {_shortened(block.text)}")
        console.print(tree)
        for problem in problems:
            click.echo(f"Error: {problem}", err=True)
            failed = True
    if failed:
        raise Failed("Some input cannot be read.")


def _grow(tree: Tree, article: Article) -> None:
    branch = tree.add(f"[bold]{article.headline or 'no headline'}")
    for block in article.blocks:
        colour = COLOURS.get(block.kind, "default")
        branch.add(f"[{colour}]{block.kind:12}[/] {_shortened(block.text)}")


def _shortened(text: str, width: int = 60) -> str:
    text = text.replace("\n", " ⏎ ").replace("[", r"\[")
    return text if len(text) <= width else f"{text[: width - 14]}…{text[-12:]}"


COMMANDS = (init, add, watch, quarantine)
