"""Commands that find and show what the archive holds."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from indexer.cli.base import (
    Failed,
    archive_option,
    engine_options,
    json_option,
    opened,
    print_json,
)
from indexer.search import (
    FORMATS,
    ArticleHit,
    By,
    Concordance,
    Filters,
    ParagraphHit,
    Results,
    Snippet,
    Sort,
)
from indexer.semantic import Mode
from indexer.views import ArticleView

MODES: dict[bool | None, Mode] = {None: "auto", True: "hybrid", False: "words"}


@click.command()
@click.argument("query")
@archive_option
@json_option
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Search one language alone.")
@click.option("--from", "first", default="", metavar="DATE", help="From this date on.")
@click.option("--to", "last", default="", metavar="DATE", help="Up to this date.")
@click.option("--publication", multiple=True, help="Only this newspaper; again for more.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@click.option(
    "--semantic/--words",
    default=None,
    help="Go by meaning too, or by words alone. By meaning too where archive embed was run.",
)
@engine_options
@click.option("--page", type=click.IntRange(min=1), default=1, help="The page of results.")
@click.option("--as", "form", type=click.Choice(list(FORMATS)), help="All results, as a file.")
@click.option("--site", default="", metavar="URL", help="What permalinks in the file begin with.")
def search(
    query: str,
    folder: Path,
    as_json: bool,
    lang: str | None,
    first: str,
    last: str,
    publication: tuple[str, ...],
    sort: Sort,
    semantic: bool | None,
    search_url: str,
    page: int,
    form: str | None,
    site: str,
) -> None:
    """Find paragraphs by words of either language. Ends with 1 when nothing is found.

    Words are all wanted; "a phrase", -word, OR, ( ), word*, word~, "a b"~5, and fields such as
    title: byline: speaker: kind:quote flag:number date:2024-05..2024-07 narrow the search.

    \b
    Examples:
      archive search 无感审批
      archive search 'licence Harbin' --json
      archive search '"到期未换证" -续证' --from 2025
      archive search 'shops that need no new permit' --semantic
      archive search 审批 --as csv --site https://news.example > results.csv
    """
    filters = Filters(publication=publication, first=first, last=last, language=lang or "")
    with opened(folder, search_url) as archive:
        mode = MODES[semantic]
        results = archive.search(query, page=page, sort=sort, filters=filters, mode=mode)
        if form:
            for piece in archive.take_away(
                query, form, sort=sort, filters=filters, mode=mode, site=site.rstrip("/")
            ):
                click.echo(piece, nl=False)
    if as_json:
        print_json(results)
    elif not form:
        _print_results(results)
    if not results.articles:
        raise Failed("Nothing was found.")


@click.command()
@click.argument("query")
@archive_option
@json_option
@click.option(
    "--by",
    type=click.Choice(get_args(By)),
    default="right",
    show_default=True,
    help="Sort by what stands left, right, by the words found, or by date.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Lines of one language alone.")
def concordance(query: str, folder: Path, as_json: bool, by: By, lang: str | None) -> None:
    """Show every occurrence of QUERY on a line, with what stands left and right of it.

    Ends with 1 when nothing is found.

    \b
    Examples:
      archive concordance 审批
      archive concordance approval --by left
    """
    with opened(folder) as archive:
        found = archive.concordance(query, by=by, language=lang or "")
    if as_json:
        print_json(found)
    else:
        _print_concordance(found)
    if not found.lines:
        raise Failed("Nothing was found.")


@click.command()
@click.argument("article")
@archive_option
@json_option
@click.option("--markup", is_flag=True, help="As marked-up text with block kinds and numbers.")
def show(article: str, folder: Path, as_json: bool, markup: bool) -> None:
    """Show ARTICLE in Chinese and English, paragraph by paragraph.

    \b
    Example:
      archive show k3f9x2m7qd
    """
    with opened(folder) as archive:
        found = archive.article(article)
        text = archive.markup(found.key)
    if as_json:
        print_json(found)
    elif markup:
        click.echo(text, nl=False)
    else:
        _print_article(found)


@click.command()
@click.argument("article")
@click.argument("anchor", type=int)
@archive_option
@json_option
@click.option("--semantic", is_flag=True, help="Go by meaning; needs archive embed.")
def similar(article: str, anchor: int, folder: Path, as_json: bool, semantic: bool) -> None:
    """List the paragraphs of other articles that are most like paragraph ANCHOR of ARTICLE.

    \b
    Example:
      archive similar k3f9x2m7qd 7
    """
    with opened(folder) as archive:
        found = archive.similar(article, anchor, semantic)
    if as_json:
        print_json(found)
        return
    for like in found:
        about = [f"{like.share:.2f}", f"/a/{like.article_key}#p{like.anchor}"]
        click.echo("  ".join([*about, *filter(None, [like.publication, like.date])]))
        click.echo(f"    {like.zh.text}")


def _print_results(results: Results) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for problem in results.problems:
        click.echo(f"Note: {problem}", err=True)
    if results.suggestions:
        click.echo(f"Did you mean: {', '.join(results.suggestions)}?", err=True)
    for hit in results.hits:
        console.print(Text(hit.headline or "(no headline)", style="bold"))
        if hit.headline_en:
            console.print(Text(hit.headline_en, style="bold dim"))
        console.print(Text(f"{_source(hit)}  {hit.found} found", style="dim"))
        for paragraph in hit.paragraphs:
            _print_paragraph(console, hit, paragraph)
        console.print()
    meant = f" ({results.meant:,} by meaning alone)" if results.meant else ""
    click.echo(
        f"{results.paragraphs:,} paragraphs{meant} in {results.articles:,} articles;"
        f" page {results.page} of {results.pages}.",
        err=True,
    )


def _print_concordance(found: Concordance) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for problem in found.problems:
        click.echo(f"Note: {problem}", err=True)
    width = max((cell_len(line.left) for line in found.lines), default=0)
    for line in found.lines:
        text = Text(" " * (width - cell_len(line.left)) + line.left)
        text.append(line.match, style="bold yellow").append(line.right)
        text.append(f"  /a/{line.article_key}#p{line.anchor}", style="cyan")
        console.print(text)
    click.echo(
        f"{len(found.lines):,} lines from {found.read:,} of {found.paragraphs:,} paragraphs.",
        err=True,
    )


def _print_paragraph(console: Console, hit: ArticleHit, paragraph: ParagraphHit) -> None:
    console.print(Text(f"  /a/{hit.key}#p{paragraph.anchor}", style="cyan"))
    console.print(Text("    ").append_text(_marked(paragraph.zh)))
    if paragraph.en.text:
        console.print(Text("    ").append_text(_marked(paragraph.en)))


def _marked(snippet: Snippet) -> Text:
    text = Text(snippet.text)
    for start, end in snippet.marks:
        text.stylize("bold yellow", start, end)
    before, after = ("…" * cut for cut in (snippet.cut_before, snippet.cut_after))
    return Text(before).append_text(text).append(after)


def _print_article(article: ArticleView) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(_source(article), style="dim"))
    for paragraph in article.paragraphs:
        label = Text(f"#{paragraph.anchor} {paragraph.kind}", style="cyan")
        if by := paragraph.corrected_by or paragraph.engine:
            label.append(f"  English by {by}", style="dim")
        if paragraph.flags:
            label.append(f"  doubtful: {', '.join(paragraph.flags)}", style="yellow")
        console.print()
        console.print(label)
        console.print(Text(paragraph.zh))
        if paragraph.en:
            console.print(Text(paragraph.en, style="italic"))


def _source(item: ArticleHit | ArticleView) -> str:
    page = f"page {item.page}" if item.page else None
    parts = [item.key, item.publication, item.date, page, item.byline]
    return "  ".join(part for part in parts if part)


COMMANDS = (search, concordance, show, similar)
