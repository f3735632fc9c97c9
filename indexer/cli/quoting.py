"""Commands about who said what, and whether it was said."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import BinaryIO

import click

from indexer.cli.base import Failed, archive_option, json_option, opened, print_json
from indexer.quotes import Checker, Finding, Match, Part, Verdict, decode, read_quotes
from indexer.quotes.store import QuotationView, by_speaker, of_article, speakers

_SAID = {
    Finding.VERBATIM: "verbatim",
    Finding.PUNCTUATION: "the same but for punctuation or script",
    Finding.NEAR: "near; the difference is marked [-quote-] {+source+}",
    Finding.MACHINE: "only in a machine translation: do not quote",
    Finding.NOT_FOUND: "not found",
}
_GOOD = (Finding.VERBATIM, Finding.PUNCTUATION)


@click.group()
def quotes() -> None:
    """Check quotes against the archive, and list who is quoted.

    \b
    Example:
      archive quotes check quotes.txt
    """


@quotes.command()
@click.argument("file", type=click.File("rb"))
@archive_option
@json_option
def check(file: BinaryIO, folder: Path, as_json: bool) -> None:
    """Say for each quote in FILE whether it stands in the archive so; - is standard input.

    FILE has one quote to a line, or blocks between blank lines, or is a CSV table with a column
    quote. Ends with 1 when a quote is not the paper's words.

    \b
    Examples:
      archive quotes check quotes.csv --json
      echo 青岛高新区的支持是全方位的 | archive quotes check -
    """
    wanted = read_quotes(decode(file.read()))
    with opened(folder) as archive:
        verdicts = list(Checker(archive.connection).check(wanted))
    if as_json:
        print_json(verdicts)
    else:
        for verdict in verdicts:
            _print_verdict(verdict)
    if bad := sum(verdict.finding not in _GOOD for verdict in verdicts):
        raise Failed(f"{bad} of {len(verdicts)} quotes are not the paper's words.")


@quotes.command("list")
@archive_option
@json_option
@click.option("--speaker", help="Whose: a name in characters or in pinyin.")
@click.option("--article", metavar="KEY", help="In which article.")
@click.option("--limit", type=click.IntRange(min=1), default=100, help="At most so many.")
def list_(
    folder: Path, as_json: bool, speaker: str | None, article: str | None, limit: int
) -> None:
    """List what a person is quoted with, newest first, or all quotations of an article.

    Without either, list who is quoted, and how often.

    \b
    Examples:
      archive quotes list
      archive quotes list --speaker 'Wang Yi'
    """
    with opened(folder) as archive:
        if article:
            found = of_article(archive.connection, archive.article(article).key)
        elif speaker:
            found = by_speaker(archive.connection, speaker, limit)
        else:
            _print_speakers(archive.connection, limit, as_json)
            return
    if as_json:
        print_json(found)
        return
    for quotation in found:
        _print_quotation(quotation)


def _print_speakers(connection: sqlite3.Connection, limit: int, as_json: bool) -> None:
    people = speakers(connection)[:limit]
    if as_json:
        print_json(people)
        return
    for person in people:
        roles = f"  {', '.join(person.roles[:2])}" if person.roles else ""
        click.echo(f"{person.quotations:>7,}  {person.name} {person.pinyin}{roles}")


def _print_verdict(verdict: Verdict) -> None:
    click.echo(f"{verdict.quote}\n  {_SAID[verdict.finding]}")
    for match in verdict.matches[:1]:
        if verdict.finding in (Finding.NEAR, Finding.MACHINE):
            click.echo(f"  {''.join(_marked(part) for part in match.parts)}")
        click.echo(f"  {_place(match)}")


def _marked(part: Part) -> str:
    """Mark a difference as wdiff does."""
    if part.same:
        return part.quote
    gone = f"[-{part.quote}-]" if part.quote else ""
    return gone + (f"{{+{part.source}+}}" if part.source else "")


def _place(match: Match) -> str:
    known = " ".join(filter(None, (match.publication, match.date, match.headline)))
    by = f" ({match.translator})" if match.translator else ""
    return f"/a/{match.article_key}#p{match.anchor}  {known}{by}"


def _print_quotation(quotation: QuotationView) -> None:
    who = " ".join(filter(None, (quotation.role, quotation.speaker))) or "?"
    click.echo(f"{who}: {quotation.zh}")
    if quotation.en:
        click.echo(f"  {quotation.en}")
    known = " ".join(filter(None, (quotation.publication, quotation.date, quotation.headline)))
    click.echo(f"  /a/{quotation.article_key}#p{quotation.anchor}  {known}")


COMMANDS = (quotes,)
