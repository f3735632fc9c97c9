"""The static site: whole, with links that lead somewhere, and never over other people's files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from indexer import fold
from indexer.archive import Archive
from indexer.errors import ArchiveError
from indexer.site import export_site
from indexer.site.search_index import folds, shard_of, words
from tests.quotes.report import gold
from tests.site.conftest import ENGLISH

LINKS = ("href", "src", "action")


def parsed(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text(encoding="utf-8"))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


class TestPages:
    def test_there_is_one_for_each_article_and_issue(self, site: Path, archive: Archive) -> None:
        keys = {issue.key for issue in archive.issues()}
        articles = {a.key for key in keys for a in archive.issue(key).articles}
        assert {page.stem for page in (site / "a").iterdir()} == articles
        assert {page.stem for page in (site / "i").iterdir()} == keys
        assert len(articles) == len(gold()) + 1

    def test_every_link_leads_to_a_file_of_the_site(self, site: Path) -> None:
        count = 0
        for page in pages(site):
            for element in parsed(page).css("[href], [src], [action]"):
                link = next(
                    element.attributes[name] for name in LINKS if name in element.attributes
                )
                if link and not link.startswith("#"):
                    assert (page.parent / link.partition("#")[0]).is_file(), (page, link)
                    count += 1
        assert count > 3 * len(pages(site))

    def test_no_page_asks_another_host(self, site: Path) -> None:
        for file in [*pages(site), *(site / "static").iterdir()]:
            assert not re.search(r"https?:|//[a-z]+\.", file.read_text(encoding="utf-8")), file

    def test_english_stands_beside_its_paragraph_and_is_escaped(self, site: Path) -> None:
        found = [node.text().strip() for page in pages(site) for node in parsed(page).css("p.en")]
        assert found == [ENGLISH]

    def test_an_article_says_what_made_its_english(self, site: Path) -> None:
        footers = [node.text() for page in pages(site) for node in parsed(page).css("footer")]
        assert sum("English: argos 1." in text for text in footers) == 1

    def test_signs_in_a_headline_are_no_markup(self, site: Path) -> None:
        texts = [page.read_text(encoding="utf-8") for page in (site / "a").iterdir()]
        assert any("&lt;b&gt;标题&lt;/b&gt; &amp; “引号”" in text for text in texts)
        assert not any("<b>" in text for text in texts)


class TestTheFolder:
    def test_an_earlier_export_is_replaced(self, archive: Archive, tmp_path: Path) -> None:
        export_site(archive, tmp_path / "site")
        (tmp_path / "site" / "a" / "gone.html").touch()
        export_site(archive, tmp_path / "site")
        assert not (tmp_path / "site" / "a" / "gone.html").exists()
        assert [path.name for path in tmp_path.iterdir()] == ["site"]

    def test_other_files_are_never_touched(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "thesis.docx").touch()
        with pytest.raises(ArchiveError, match="other files"):
            export_site(archive, tmp_path)
        assert (tmp_path / "thesis.docx").exists()

    def test_one_that_fails_leaves_the_earlier_one_whole(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        export_site(archive, tmp_path / "site")
        before = len(list((tmp_path / "site").rglob("*")))

        def fail(done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            export_site(archive, tmp_path / "site", fail)
        assert len(list((tmp_path / "site").rglob("*"))) == before
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


class TestTheIndex:
    def lists(self, site: Path) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in (site / "data").glob("terms-*.js"):
            text = file.read_text(encoding="utf-8", errors="surrogatepass")
            found |= json.loads(text[text.index("{") : text.rindex("}") + 1])
        return found

    def test_it_has_every_two_characters_that_stand_together(self, site: Path) -> None:
        lists = self.lists(site)
        for article in gold():
            for text in article["paragraphs"]:
                key = fold.key(text)
                assert all(key[n : n + 2] in lists for n in range(len(key)))

    def test_english_words_are_apart_from_letters_in_chinese(self, site: Path) -> None:
        lists = self.lists(site)
        assert " licences" in lists
        assert " cafe" in lists
        assert "ae" in lists
        assert " aeon" not in lists

    def test_folding_is_spelled_out_for_the_page(self) -> None:
        assert {"國": "国", "Ａ": "a", "É": "e"}.items() <= folds().items()
        assert "国" not in folds()
        assert "，" not in folds()

    def test_words_are_letters_and_digits(self) -> None:
        assert words("The café’s 3 robots") == ["the", "cafe", "s", "3", "robots"]

    def test_a_term_is_in_the_same_file_by_utf_16(self) -> None:
        assert shard_of("中", 1000) == 0x4E2D % 1000
        assert shard_of("𠮷", 1 << 40) == 0xD842 * 31 + 0xDFB7
