"""Commands that let people take away what they read: citations, documents, a static site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

import click

from indexer import store
from indexer.cite import Style, bibtex, cite, csl_json, ris
from indexer.cli.base import archive_option, opened
from indexer.cli.durability import export
from indexer.cli.progress import progress
from indexer.site import export_site
from indexer.takeaway import epub, markdown, markdown_issue, tmx
from indexer.takeaway.source import issue_title
from indexer.views import ArticleView

_FORMATS = ("bibtex", "ris", "csl-json")

_as_option = click.option(
    "--as",
    "form",
    type=click.Choice(["markdown", "tmx", "epub"]),
    default="markdown",
    show_default=True,
    help="In which form.",
)


@click.command("cite")
@click.argument("key")
@archive_option
@click.option(
    "--style",
    type=click.Choice([*(style.value for style in Style), *_FORMATS]),
    help="One style or file format; else the four styles.",
)
def cite_(key: str, folder: Path, style: str | None) -> None:
    """Cite an article by its KEY.

    \b
    Examples:
      archive cite k3x9m2p7qa
      archive cite k3x9m2p7qa --style bibtex
    """
    with opened(folder) as archive:
        article = archive.article(key)
    if style is None:
        click.echo("\n".join(cite(article, each).text for each in Style))
    elif style in _FORMATS:
        click.echo(_reference(article, style), nl=False)
    else:
        click.echo(cite(article, Style(style)).text)


@export.command("article")
@click.argument("key")
@click.argument("file", type=click.File("wb", lazy=True, atomic=True))
@archive_option
@_as_option
def article_(key: str, file: BinaryIO, folder: Path, form: str) -> None:
    """Write the article KEY to FILE, in both languages; - is standard output.

    \b
    Examples:
      archive export article k3x9m2p7qa article.md
      archive export article k3x9m2p7qa article.epub --as epub
    """
    with opened(folder) as archive:
        found = archive.article(key)
    text = markdown(found) if form == "markdown" else ""
    file.write(_document(form, found.headline, [found], text))


@export.command("issue")
@click.argument("key")
@click.argument("file", type=click.File("wb", lazy=True, atomic=True))
@archive_option
@_as_option
def issue_(key: str, file: BinaryIO, folder: Path, form: str) -> None:
    """Write all articles of the issue KEY to FILE, in both languages; - is standard output.

    \b
    Examples:
      archive export issue p2m8w4c6rt issue.md
      archive export issue p2m8w4c6rt pairs.tmx --as tmx
    """
    with opened(folder) as archive:
        issue = archive.issue(key)
        articles = [archive.article(summary.key) for summary in issue.articles]
    text = markdown_issue(issue, articles) if form == "markdown" else ""
    file.write(_document(form, issue_title(issue.issue), articles, text))


@export.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@archive_option
def site(target: Path, folder: Path) -> None:
    """Write the archive to the folder TARGET as pages that open from a disk, search and all.

    TARGET is new, empty, or an earlier export, which is replaced when the new one is whole.

    \b
    Example:
      archive export site site
    """
    with opened(folder) as archive, progress("Writing", "articles") as update:
        count = export_site(archive, target, update)
    click.echo(f"{target}: {count:,} articles; open {target / 'index.html'}.")


def _document(form: str, title: str, articles: list[ArticleView], text: str) -> bytes:
    """Return articles in a form; ``text`` is what they are in Markdown."""
    if form == "markdown":
        return text.encode()
    return tmx(articles) if form == "tmx" else epub(title, articles, store.now())


def _reference(article: ArticleView, form: str) -> str:
    if form == "bibtex":
        return bibtex(article)
    if form == "ris":
        return ris(article)
    return json.dumps([csl_json(article)], ensure_ascii=False, indent=2) + "\n"


COMMANDS = (cite_,)
