"""Accessible, steady, narrow enough: every page, light and dark, phone and desktop."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATHS = ["/", "/search", "/search?q=审批", "/search?q=zebra", "/concordance?q=审批",
         "/concordance?q=zebra", "{article}", "{article}?view=en", "{article}?q=审批",
         "{article}/p3/cite", "{article}/p3/words", "{article}/p3/history", "{article}/p3/similar",
         "/issues", "/publications", "/calendar", "/check?quotes=审批", "/help", "/login",
         "/nothing"]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_to_complain_of(
    browser: Browser, served: str, short_article: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=served,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
        bypass_csp=True,  # for axe itself
    )
    page = context.new_page()
    found = {}
    for path in PATHS:
        page.goto(path.format(article=short_article))
        page.evaluate(AXE)
        report = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        for violation in report["violations"]:
            places = [node["html"][:120] for node in violation["nodes"][:3]]
            found[f"{path} {violation['id']}"] = places
    context.close()
    assert found == {}


def test_no_page_scrolls_sideways_on_a_phone_or_at_twice_the_size(page: Page, article: str) -> None:
    for path in PATHS[:-1]:
        page.goto(path.format(article=article))
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, path


def test_nothing_moves_once_it_is_shown(page: Page, article: str) -> None:
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    for path in ("/", "/search?q=审批", article):
        page.goto(path)
        page.wait_for_timeout(200)
        assert page.evaluate("window.shift") == 0, path
