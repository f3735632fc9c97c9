"""Commands that repair what was taken in: each change keeps its history and every link."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click

from indexer.archive import Archive
from indexer.cli.base import archive_option, json_option, opened, print_json, wait_option
from indexer.cli.intake import _date
from indexer.cli.making import bring_up_to_date
from indexer.errors import NotFound
from indexer.model import Metadata

author_option = click.option(
    "--author", default=getpass.getuser, help="Who makes the change.  [default: your login name]"
)


def _bring_up_to_date(archive: Archive, article: str) -> None:
    """Translate what the file of an article lacks, not all that waits in the archive; index it."""
    try:
        sources = [archive.article(article).source_sha256]
    except NotFound:  # its issue is removed, so nobody reads it now
        sources = []
    bring_up_to_date(archive, sources)


@click.command()
@archive_option
@json_option
def issues(folder: Path, as_json: bool) -> None:
    """List the issues, newest first.

    \b
    Example:
      archive issues
    """
    with opened(folder) as archive:
        found = archive.issues()
    if as_json:
        print_json(found)
        return
    for issue in found:
        paper = issue.publication or "unknown publication"
        click.echo(f"{issue.key}  {issue.date or issue.name}  {paper}  {issue.articles:,} articles")


@click.command()
@click.argument("article")
@archive_option
@wait_option
@author_option
def edit(article: str, folder: Path, wait: float, author: str) -> None:
    """Open ARTICLE as marked-up text in $EDITOR and store what you change.

    A line [kind #number] opens each block. Change the kind or the text; write a new line [kind]
    to split a block, remove a line to join two. Old links go on working.

    \b
    Example:
      archive edit k3f9x2m7qd
    """
    with opened(folder) as archive, archive.writing(wait):
        edited = click.edit(archive.markup(article), extension=".txt")
        if edited is None or not archive.edit(article, edited, author):
            click.echo("Nothing was changed.")
            return
        _bring_up_to_date(archive, article)
        click.echo(f"Article {article} is changed; its text before is kept in its history.")


@click.command()
@click.argument("article")
@archive_option
@json_option
def history(article: str, folder: Path, as_json: bool) -> None:
    """Show what was changed by hand in ARTICLE, newest first.

    \b
    Example:
      archive history k3f9x2m7qd
    """
    with opened(folder) as archive:
        changes = archive.history(article)
    if as_json:
        print_json(changes)
        return
    for change in changes:
        click.echo(f"{change.made_at}  {change.author}\n\n{change.before}")


@click.command()
@click.argument("article")
@click.argument("number", type=int)
@archive_option
@wait_option
@author_option
def split(article: str, number: int, folder: Path, wait: float, author: str) -> None:
    """Make the blocks of ARTICLE from NUMBER on an article of their own.

    \b
    Example:
      archive split k3f9x2m7qd 12
    """
    with opened(folder) as archive, archive.writing(wait):
        key = archive.split(article, number, author)
        _bring_up_to_date(archive, article)
    click.echo(f"The new article is {key}.")


@click.command()
@click.argument("article")
@click.argument("other")
@archive_option
@wait_option
@author_option
def join(article: str, other: str, folder: Path, wait: float, author: str) -> None:
    """Put the blocks of article OTHER at the end of ARTICLE.

    \b
    Example:
      archive join k3f9x2m7qd a7wq2hv5pn
    """
    with opened(folder) as archive, archive.writing(wait):
        archive.join(article, other, author)
        _bring_up_to_date(archive, article)
    click.echo(f"{other} is part of {article}; links to it lead there.")


@click.command()
@click.argument("article")
@archive_option
@wait_option
@click.option("--publication", help="The newspaper's name.")
@click.option("--date", callback=_date, help="The day of the issue: 2025-10-01, 2025-10 or 2025.")
@click.option("--page", help="The page, as it is printed: 3, A03.")
@click.option("--section", help="The section or column.")
@click.option("--url", help="Where it was published.")
def move(article: str, folder: Path, wait: float, **known: Any) -> None:
    """Correct what is known of ARTICLE: move it to another issue, page or section.

    \b
    Example:
      archive move k3f9x2m7qd --publication 青岛日报 --date 2025-10-01 --page 3
    """
    if not any(known.values()):
        raise click.UsageError("Nothing to change: name --publication, --date, --page or others.")
    with opened(folder) as archive, archive.writing(wait):
        archive.move(article, Metadata(**known))
        bring_up_to_date(archive, translate=False)
    click.echo(f"Article {article} is moved.")


@click.command()
@click.argument("issue")
@archive_option
@wait_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(issue: str, folder: Path, wait: float, yes: bool) -> None:
    """Take ISSUE out of sight. All of it is kept: archive restore brings it back.

    \b
    Example:
      archive remove h4c7kq2w6m
    """
    with opened(folder) as archive, archive.writing(wait):
        found = archive.issue(issue).issue
        if not yes:
            name = " ".join(part for part in (found.publication, found.date or found.name) if part)
            click.confirm(f"Remove {name} ({found.articles:,} articles)?", abort=True)
        archive.remove(issue)
        bring_up_to_date(archive, translate=False)
    click.echo(f"{issue} is removed; archive restore {issue} brings it back.")


@click.command()
@click.argument("issue")
@archive_option
@wait_option
def restore(issue: str, folder: Path, wait: float) -> None:
    """Bring back an ISSUE that was removed.

    \b
    Example:
      archive restore h4c7kq2w6m
    """
    with opened(folder) as archive, archive.writing(wait):
        done = archive.restore(issue)
        bring_up_to_date(archive, translate=False)
    click.echo(f"{issue} is back." if done else f"{issue} was not removed; nothing changed.")


@click.command()
@archive_option
@wait_option
@click.option("--dry-run", is_flag=True, help="Only say which pages would change.")
def resegment(folder: Path, wait: float, dry_run: bool) -> None:
    """Segment all pages anew, after the program has learned better.

    Paragraphs whose text is the same keep their link, English and corrections; pages that a person
    edited are left alone.

    \b
    Example:
      archive resegment --dry-run
    """
    with opened(folder) as archive, archive.writing(wait):
        pages = 0
        for page in archive.resegment(dry_run):
            click.echo(f"{page.name}: {page.changed:,} blocks changed")
            pages += 1
        if not dry_run:
            bring_up_to_date(archive)
    click.echo(f"{pages:,} pages {'would change' if dry_run else 'changed'}.")


COMMANDS = (issues, resegment, edit, history, split, join, move, remove, restore)
