"""The commands about quotes, over the real page."""

from __future__ import annotations

import json

from tests.cli.conftest import Run

TRUE = "青岛高新区的支持是全方位的"


class TestCheckingQuotes:
    def test_true_ones_end_with_0_and_their_place(self, run_on_seed: Run) -> None:
        output = run_on_seed("quotes", "check", "-", input=f"{TRUE}\n").output
        assert "  verbatim\n" in output
        assert "/a/" in output

    def test_an_altered_one_shows_the_difference(self, run_on_seed: Run) -> None:
        altered = "如不能得到及时投资，就会与业务失之交臂"
        output = run_on_seed("quotes", "check", "-", input=altered, code=1).output
        assert "如不能得到及时[-投资，-]{+贷款，+}就会与业务失之交臂" in output

    def test_an_invented_one_ends_with_1(self, run_on_seed: Run) -> None:
        output = run_on_seed("quotes", "check", "-", input="火星上种土豆的人\n", code=1).output
        assert "not found" in output

    def test_gives_json(self, run_on_seed: Run) -> None:
        table = f"no,quote\n1,{TRUE}\n"
        (verdict,) = json.loads(run_on_seed("quotes", "check", "-", "--json", input=table).output)
        assert verdict["finding"] == "verbatim"


class TestListingQuotations:
    def test_by_speaker_in_pinyin(self, run_on_seed: Run) -> None:
        output = run_on_seed("quotes", "list", "--speaker", "wang yi").output
        assert output.startswith("该企业生物培养事业部总经理 王毅: 从产业化扶持")

    def test_of_all_who_are_quoted(self, run_on_seed: Run) -> None:
        output = run_on_seed("quotes", "list").output
        assert "王毅 Wang Yi" in output
        assert "徐凯 Xu Kai" in output

    def test_of_an_article(self, run_on_seed: Run) -> None:
        results = json.loads(run_on_seed("search", "先行者", "--json").output)
        key = results["hits"][0]["key"]
        found = json.loads(run_on_seed("quotes", "list", "--article", key, "--json").output)
        assert [quotation["speaker"] for quotation in found] == ["王毅", "徐凯"]
