"""Write the pages of a static site, and swap them in when they are whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader

from indexer import store
from indexer.archive import Archive
from indexer.cite import Style, cite
from indexer.errors import ArchiveError
from indexer.site.search_index import SearchIndex
from indexer.takeaway.source import english_line, issue_title, source_line
from indexer.views import ArticleView, IssueSummary, IssueView

_MARKER = "archive-site.txt"  # by it a folder is known as an earlier export, safe to replace
_STATIC = ("site.css", "search.js")

Report = Callable[[int, int], None]
"""Told how many articles are done, of how many."""


def export_site(archive: Archive, folder: Path, report: Report | None = None) -> int:
    """Write the archive into ``folder`` as pages; return how many articles there are.

    The folder must be new, empty, or an earlier export, which stays as it is until the new one is
    whole. Raises ArchiveError for any other.
    """
    folder = folder.resolve()
    _refuse_other_content(folder)
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        count = _write(archive, new, report)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if folder.exists():
        shutil.rmtree(folder)
    new.rename(folder)
    return count


def _refuse_other_content(folder: Path) -> None:
    if folder.is_file():
        raise ArchiveError(f"{folder} is a file: name a folder for the site.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARKER).is_file():
        raise ArchiveError(f"{folder} holds other files: name a new folder for the site.")


def _write(archive: Archive, folder: Path, report: Report | None) -> int:
    for name in ("a", "i", "data", "static"):
        (folder / name).mkdir(parents=True)
    pages = _Pages(folder)
    index = SearchIndex(folder / "data")
    issues = archive.issues()
    total = sum(issue.articles for issue in issues)
    done = 0
    for issue in issues:
        view = archive.issue(issue.key)
        pages.issue(view)
        for article in _articles(archive, view):
            pages.article(article)
            index.add(article)
            done += 1
            if report:
                report(done, total)
    index.close()
    pages.home(issues, total)
    pages.search()
    for name in _STATIC:
        source = files("indexer.site").joinpath("static", name)
        (folder / "static" / name).write_bytes(source.read_bytes())
    (folder / _MARKER).write_text(f"Static export, {store.now()}\n", encoding="utf-8")
    return done


def _articles(archive: Archive, issue: IssueView) -> Iterator[ArticleView]:
    for summary in issue.articles:
        yield archive.article(summary.key)


class _Pages:
    """Render pages from templates; all links are relative, for a disk has no root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        environment = Environment(
            loader=PackageLoader("indexer.site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {"issue_title": issue_title, "source_line": source_line}
        self._template = environment.get_template

    def article(self, article: ArticleView) -> None:
        self._render(
            "article.html",
            f"a/{article.key}.html",
            article=article,
            note=english_line(article),
            citations=[(style.name, cite(article, style).text) for style in Style],
        )

    def issue(self, issue: IssueView) -> None:
        self._render("issue.html", f"i/{issue.issue.key}.html", view=issue)

    def home(self, issues: list[IssueSummary], articles: int) -> None:
        years = [
            (year, list(group))
            for year, group in groupby(issues, key=lambda issue: (issue.date or "")[:4])
        ]
        self._render("index.html", "index.html", years=years, articles=articles)

    def search(self) -> None:
        self._render("search.html", "search.html")

    def _render(self, template: str, path: str, **values: object) -> None:
        root = "../" * path.count("/")
        text = self._template(template).render(root=root, **values)
        (self._folder / path).write_text(text, encoding="utf-8")
