"""What a reader, a journalist and a corrector do, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD


class TestAReader:
    def test_searches_in_english_and_reads_both_languages(self, page: Page, tmp_path: Path) -> None:
        page.goto("/")
        page.get_by_role("searchbox").fill("approval")
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".hit mark").first).to_be_visible()
        page.locator(".snippet a.num").first.click()
        target = page.locator(".row:target")
        expect(target.locator(".zh")).to_be_visible()
        expect(target.locator(".en")).to_be_visible()
        expect(target.locator(".zh")).to_contain_text("审批")
        picture = tmp_path / "paragraph.png"
        page.screenshot(path=picture)
        assert picture.read_bytes().startswith(b"\x89PNG")

    def test_sees_which_sentence_is_which(self, page: Page, article: str) -> None:
        page.goto(article)
        pair = page.locator(".row.k-paragraph").first
        pair.locator(".en .s1").hover()
        colour = "node => getComputedStyle(node).backgroundColor"
        page.wait_for_timeout(200)
        zh, en = (pair.locator(f"{column} .s1").evaluate(colour) for column in (".zh", ".en"))
        assert zh == en != pair.locator(".zh .s0").evaluate(colour)

    def test_looks_a_word_up_with_the_mouse(self, page: Page, article: str) -> None:
        page.goto(article)
        place = page.evaluate(
            """() => {
              const node = document.querySelector("h1 .zh .s").firstChild;
              const range = document.createRange();
              range.setStart(node, 0);
              range.setEnd(node, 1);
              const box = range.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }"""
        )
        page.mouse.click(*place)
        help = page.get_by_role("region", name="Word help")
        expect(help.locator(".word")).to_have_text("青岛")
        expect(help.locator(".pinyin")).to_have_text("Qīngdǎo")
        page.keyboard.press("Escape")
        expect(help).to_have_count(0)

    def test_does_all_that_with_the_keyboard(self, page: Page, article: str) -> None:
        page.goto(article)
        page.keyboard.press("Tab")
        expect(page.get_by_text("Skip to the text")).to_be_focused()
        page.keyboard.press("Enter")
        first = page.locator("h1 .zh .s").first
        for _ in range(12):
            page.keyboard.press("Tab")
            if first.evaluate("node => node === document.activeElement"):
                break
        expect(first).to_be_focused()
        page.keyboard.press("Enter")
        word = page.locator(".words-pop .word")
        expect(word).to_have_text("青岛")
        page.keyboard.press("ArrowRight")
        expect(word).not_to_have_text("青岛")
        page.keyboard.press("Escape")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".zh .s.lit")).to_be_focused()

    def test_chooses_a_language_and_the_address_keeps_it(self, page: Page, article: str) -> None:
        page.goto(article)
        page.get_by_role("link", name="English", exact=True).click()
        expect(page).to_have_url(re.compile(r"\?view=en$"))
        expect(page.locator(".pair > .zh").first).to_be_hidden()
        page.reload()
        expect(page.locator(".pair > .zh").first).to_be_hidden()
        page.get_by_role("link", name="繁體").click()
        assert "view=en" in page.url

    def test_prints_both_columns_with_the_source(
        self, page: Page, article: str, tmp_path: Path
    ) -> None:
        page.goto(f"{article}?view=en")
        page.pdf(path=tmp_path / "article.pdf", prefer_css_page_size=True)
        with pypdfium2.PdfDocument(tmp_path / "article.pdf") as pdf:
            text = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
        assert "青岛高新区" in text
        assert "Qingdao" in text
        assert article in text
        assert "Newspapers" not in text

    def test_needs_no_script(self, browser: Browser, served: str, article: str) -> None:
        context = browser.new_context(base_url=served, java_script_enabled=False)
        page = context.new_page()
        page.goto("/search?q=approval")
        page.locator(".snippet a.num").first.click()
        expect(page.locator(".row:target .en")).to_be_visible()
        page.goto(article)
        page.get_by_role("link", name="English", exact=True).click()
        expect(page.locator(".pair > .zh").first).to_be_hidden()
        page.get_by_role("link", name="Words").first.click()
        expect(page.locator(".word-table")).to_be_visible()
        context.close()


class TestAJournalist:
    def test_takes_a_citation_away(self, page: Page, article: str) -> None:
        page.goto(article)
        page.get_by_role("link", name="Cite").nth(2).click()
        dialog = page.get_by_role("dialog", name="Cite this paragraph")
        expect(dialog).to_contain_text("GB/T 7714")
        expect(dialog).to_contain_text("BibTeX")
        expect(dialog.get_by_role("button", name="Copy Chicago")).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    def test_narrows_a_search_by_time_on_the_picture(self, page: Page) -> None:
        page.goto("/search?q=青岛&from=2025-10")
        expect(page.locator(".hit")).to_have_count(1)


class TestACorrector:
    def test_signs_in_corrects_and_takes_it_back(self, page: Page, article: str) -> None:
        page.goto("/login")
        page.get_by_label("Name").fill("Ann")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("status")).to_have_text("Signed in as Ann.")
        page.goto(article)
        row = page.locator(".row.k-paragraph").first
        before = row.locator(".en").text_content()
        row.get_by_role("link", name="Correct").click()
        page.get_by_label("English of the whole paragraph").fill("Tides of zanzibar.")
        page.get_by_role("button", name="Save the paragraph").click()
        expect(row.locator(".en")).to_have_text("Tides of zanzibar.")
        expect(row.locator(".note")).to_contain_text("Corrected by Ann")
        page.goto("/search?q=zanzibar")
        expect(page.locator(".hit mark")).to_have_text("zanzibar")
        page.goto(article)
        row.get_by_role("link", name="History").click()
        page.get_by_role("button", name="Undo").click()
        expect(row.locator(".en")).to_have_text(before or "")
