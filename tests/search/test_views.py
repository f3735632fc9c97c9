"""Results as a concordance, as what is similar, and as files to take away."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from indexer.errors import NotFound
from indexer.search import EVERYTHING, Filters, concordance, export, found, similar
from indexer.search.select import select
from tests.search.library import Library


class TestAConcordance:
    @pytest.fixture
    def shelf(self, shelf: Library) -> Library:
        shelf.add(("今年粮食丰收，粮食价格平稳。", "Grain prices are stable."), date="2024-02-01")
        shelf.add(("去年粮食减产。", "The grain harvest fell."), date="2023-02-01")
        shelf.refresh()
        return shelf

    def test_has_a_line_for_every_occurrence(self, shelf: Library) -> None:
        lines = concordance(shelf.connection, shelf.index, "粮食", language="zh").lines
        assert [(line.match, line.right[:2]) for line in lines] == [
            ("粮食", "丰收"),
            ("粮食", "价格"),
            ("粮食", "减产"),
        ]

    @pytest.mark.parametrize(
        ("by", "lefts"),
        [
            ("left", ["今年", "去年", "今年粮食丰收，"]),
            ("right", ["今年", "今年粮食丰收，", "去年"]),
            ("date", ["去年", "今年", "今年粮食丰收，"]),
        ],
    )
    def test_is_sorted_by_either_side(self, shelf: Library, by: str, lefts: list[str]) -> None:
        found = concordance(shelf.connection, shelf.index, "粮食", by=by, language="zh")  # type: ignore[arg-type]
        assert [line.left for line in found.lines] == lefts

    def test_is_of_both_languages(self, shelf: Library) -> None:
        lines = concordance(shelf.connection, shelf.index, "grain").lines
        assert [(line.language, line.left, line.match) for line in lines] == [
            ("en", "The ", "grain"),
            ("en", "", "Grain"),
        ]

    def test_tells_how_much_was_read(self, shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.modules[concordance.__module__], "MOST_PARAGRAPHS", 1)
        found = concordance(shelf.connection, shelf.index, "粮食 date:x")
        assert (found.paragraphs, found.read) == (2, 1)
        assert found.problems


class TestSimilarParagraphs:
    def test_share_what_is_rare(self, shelf: Library) -> None:
        (_, id) = shelf.add("哈尔滨市对火锅店推行无感审批，到期未换证的自动延期。")
        shelf.add("本市对火锅店推行无感审批，到期未换证的可以自动延期。", headline=("甲", ""))
        shelf.add("今年粮食丰收，价格平稳。", headline=("乙", ""))
        shelf.refresh()
        (nearest,) = similar(shelf.connection, shelf.index, id)
        assert nearest.headline == "甲"
        assert nearest.share > 0.5

    def test_of_an_unknown_paragraph_are_refused(self, shelf: Library) -> None:
        with pytest.raises(NotFound):
            similar(shelf.connection, shelf.index, 999)


class TestAnExport:
    @pytest.fixture
    def rows(self, shelf: Library) -> tuple[Library, dict[str, str]]:
        shelf.add(
            ("=粮食", "Grain, “as it is”."), "粮食。", headline=("丰收", "Harvest"), byline="薛婧"
        )
        shelf.add("粮食。", headline=("丰收 & 价格", ""), date=None, publication=None)
        shelf.refresh()
        filters = Filters(first="1900", kind=("paragraph",))
        files = {}
        for form in ("csv", "jsonl", "ris", "bibtex"):
            chosen = select(shelf.connection, shelf.index, "粮食", filters)
            every = found(shelf.connection, chosen, "粮食", filters, site="https://a.example")
            files[form] = "".join(export(shelf.connection, every, form))
        return shelf, files

    def test_as_csv_opens_in_a_spreadsheet_and_runs_nothing(
        self, rows: tuple[Library, dict[str, str]]
    ) -> None:
        text = rows[1]["csv"]
        assert text.startswith("\ufeffquery,filters,permalink,")
        lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert len(lines) == 2
        assert {line["zh"] for line in lines} == {"'=粮食", "粮食。"}
        assert {line["query"] for line in lines} == {"粮食"}
        assert {line["filters"] for line in lines} == {"kind=paragraph; first=1900"}
        assert lines[0]["headline_en"] == "Harvest"

    def test_as_json_lines_is_whole(self, rows: tuple[Library, dict[str, str]]) -> None:
        lines = [json.loads(line) for line in rows[1]["jsonl"].splitlines()]
        assert {line["zh"] for line in lines} == {"=粮食", "粮食。"}
        assert all(line["permalink"].startswith("https://a.example/a/") for line in lines)
        assert {line["permalink"][-3:] for line in lines} == {"#p3", "#p4"}

    def test_as_references_cites_each_article_once(
        self, rows: tuple[Library, dict[str, str]]
    ) -> None:
        shelf, files = rows
        assert files["ris"].count("TY  - NEWS") == 1
        assert "N1  - Found with 粮食 (kind=paragraph; first=1900)\r\nER  - " in files["ris"]
        assert "UR  - https://a.example/a/" in files["ris"]
        assert files["bibtex"].count("@article{") == 1
        every = select(shelf.connection, shelf.index, "粮食")
        rest = found(shelf.connection, every, "粮食", EVERYTHING)
        everything = "".join(export(shelf.connection, rest, "bibtex"))
        assert everything.count("@misc{") == 1
        assert r"丰收 \& 价格" in everything
