"""The search of a static site, in a browser, from the disk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer import fold
from tests.quotes.report import gold


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def search(page: Any, site: Path, query: str) -> str:
    page.goto(f"{(site / 'index.html').as_uri()}")
    page.get_by_label("Search").fill(query)
    page.get_by_role("button", name="Search").click()
    page.wait_for_function("!/^$|Searching/.test(document.querySelector('#status').textContent)")
    return str(page.inner_text("#status"))


def truth(*words: str) -> int:
    keys = [fold.key(word) for word in words]
    folded = [[fold.key(text) for text in article["paragraphs"]] for article in gold()]
    return sum(all(any(key in text for text in texts) for key in keys) for texts in folded)


@pytest.mark.parametrize(
    "query",
    ["新质生产力", "習近平總書記", "粮", "贷款 抵押物", "从产业化扶持到生态优化，再到一站式服务"],
)
def test_chinese_is_found_as_a_scan_finds_it(page: Any, site: Path, query: str) -> None:
    count = truth(*query.split())
    assert search(page, site, query) == ("1 article" if count == 1 else f"{count} articles")
    assert page.locator("#results li").count() == min(count, 20)
    assert page.locator("#results mark").first.inner_text()


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("𠮷野家", "𠮷野家"),
        ("aeon广场", "AEON广场"),
        ("3.5%", "3.5%"),
        ("1000元", "1,000元"),
        ("licences CAFE", "licences"),
    ],
)
def test_what_is_found_is_marked(page: Any, site: Path, query: str, marked: str) -> None:
    assert search(page, site, query) == "1 article"
    assert marked in page.locator("#results mark").all_inner_texts()


@pytest.mark.parametrize("query", ["火星种植土豆", "35%", "licen", "，。"])
def test_what_is_not_there_is_not_found(page: Any, site: Path, query: str) -> None:
    assert search(page, site, query).startswith("Nothing found")


def test_a_hit_leads_to_its_paragraph(page: Any, site: Path) -> None:
    search(page, site, "没有足够的抵押物")
    page.locator("#results a").first.click()
    page.wait_for_load_state()
    assert "没有足够的抵押物" in page.locator(":target").inner_text()


def test_the_page_folds_as_the_archive_does(page: Any, site: Path) -> None:
    search(page, site, "粮")
    draw = random.Random(7)
    alphabet = "著着裡里國国ＡＢab１2.3．5%‰，。 “”é½○〇①ǎ𠮷\n々"
    texts = ["".join(draw.choices(alphabet, k=20)) for _ in range(300)]
    assert page.evaluate("texts => texts.map(fold)", texts) == [fold.key(t) for t in texts]
