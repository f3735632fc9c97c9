"""English finds what a reader means: in any form, through translation, correction and gloss."""

from __future__ import annotations

import pytest

from indexer import corrections, fold
from indexer.index import names, numbers
from tests.search.library import Library

HARBIN = (
    "哈尔滨市对火锅店无感审批，到期未换证的自动延期。",
    "Harbin’s co-operation office approves hot pot shops; expired licences are extended.",
)
QINGDAO = (
    "外交部长王毅在青岛会见外宾，项目投资102亿元，增长39.5%。",
    "Foreign Minister Wang Yi met guests; the project costs 10.2 billion yuan, up 39.5 percent.",
)
CAFE = ("咖啡馆有1000名员工。", "The café has 1,000 employees and a labour centre.")


@pytest.fixture
def shelf(shelf: Library) -> Library:
    for pair in (HARBIN, QINGDAO, CAFE):
        shelf.add(pair)
    return shelf


def first_hit(shelf: Library, text: str) -> str:
    """Return the Chinese of the only paragraph found."""
    results = shelf.search(text)
    assert results.paragraphs == 1, (text, results)
    return results.hits[0].paragraphs[0].zh.text


class TestAWord:
    @pytest.mark.parametrize(
        "typed",
        [
            "licence", "license", "licensed", "LICENCES", "hot pot licence", "Harbin", "harbin's",
            "co-operation", "cooperation", "co operation", "approv*", "licenses~", "harbon~",
            '"hot pot shops"', '"expired extended"~3', "the licences of harbin",
        ],
    )  # fmt: skip
    def test_is_found_in_any_form(self, shelf: Library, typed: str) -> None:
        assert first_hit(shelf, typed) == HARBIN[0]

    @pytest.mark.parametrize(
        "typed", ["cafe", "CAFÉ", "1000", "1,000", "labor center", "labour centres", "employee"]
    )
    def test_is_found_in_any_spelling(self, shelf: Library, typed: str) -> None:
        assert first_hit(shelf, typed) == CAFE[0]

    @pytest.mark.parametrize(
        "typed", ['"hot pots shop"', '"expired extended"~1', '"licence"', "harbinger"]
    )
    def test_is_not_found_in_what_is_another(self, shelf: Library, typed: str) -> None:
        assert shelf.search(typed).paragraphs == 0


class TestANumber:
    @pytest.mark.parametrize(
        "typed",
        ["102亿", "10.2 billion", "10,200 million", "10200000000", "39.5%", "39.5 percent", "39.5"],
    )
    def test_is_found_by_its_value(self, shelf: Library, typed: str) -> None:
        assert first_hit(shelf, typed) == QINGDAO[0]

    @pytest.mark.parametrize("typed", ["10.2 million", "395%", "3.95", "102%"])
    def test_is_not_another_number(self, shelf: Library, typed: str) -> None:
        assert shelf.search(typed).paragraphs == 0


class TestAName:
    @pytest.mark.parametrize(
        "typed", ["Wang Yi", "wangyi", "WANGYI", "Wáng Yì", "qingdao", "Qing Dao", "qīngdǎo"]
    )
    def test_is_found_joined_or_apart_with_or_without_tones(
        self, shelf: Library, typed: str
    ) -> None:
        assert first_hit(shelf, typed) == QINGDAO[0]

    def test_is_found_in_pinyin_where_nothing_is_translated(self, shelf: Library) -> None:
        (_, paragraph) = shelf.add("青岛港开放。")
        assert paragraph in shelf.found("qingdao")
        hit = next(h for h in shelf.search("qingdao").hits if h.paragraphs[0].id == paragraph)
        assert [hit.paragraphs[0].zh.text[a:b] for a, b in hit.paragraphs[0].zh.marks] == ["青岛"]

    def test_of_an_author_is_found_in_pinyin(self, shelf: Library) -> None:
        (_, byline, _) = shelf.add("正文。", byline="单霁翔")
        assert shelf.found("shanjixiang") == {byline}


class TestWhatFoundIt:
    def test_is_named_for_each_word(self, shelf: Library) -> None:
        words = {word.text: word.found_by for word in shelf.search("wangyi guests").words}
        assert words["guests"].keys() == {"translation", "gloss"}
        assert "name or number" in words["wangyi"]

    def test_is_the_correction_once_a_person_has_corrected(self, shelf: Library) -> None:
        (id,) = shelf.found('"hot pot shops"')
        corrections.correct(shelf.connection, id, "Harbin approves chafing dish shops.", "editor")
        assert shelf.found('"hot pot shops"') == set()
        (hit,) = shelf.search("chafing shops").hits
        assert hit.paragraphs[0].found_by["chafing"] == ("correction",)
        assert hit.paragraphs[0].corrected

    def test_is_the_gloss_where_there_is_no_translation(self, shelf: Library) -> None:
        (_, id) = shelf.add("森林火灾。")
        (hit,) = shelf.search("forest fire").hits
        assert hit.paragraphs[0].id == id
        assert hit.paragraphs[0].found_by == {"forest": ("gloss",), "fire": ("gloss",)}


class TestSeveralWords:
    def test_may_stand_in_part_in_the_headline(self, shelf: Library) -> None:
        pair = ("市场很热闹。", "The market is lively.")
        _, body, other = shelf.add(
            pair, ("别的。", "Else."), headline=("丰收节", "Harvest festival")
        )
        assert shelf.found("festival market") == {body}
        (hit,) = shelf.search("festival market").hits
        assert hit.paragraphs[0].found_by["festival"] == ("headline",)
        assert other not in shelf.found("harvest festival")


class TestDidYouMean:
    def test_offers_words_that_the_archive_has(self, shelf: Library) -> None:
        assert "harbin licence" in shelf.search("harbim licence").suggestions

    def test_is_silent_when_every_word_is_found(self, shelf: Library) -> None:
        assert shelf.search("harbin").suggestions == ()


def test_chinese_hits_rank_by_how_much_of_the_text_they_are(shelf: Library) -> None:
    (_, short) = shelf.add("丰收节。")
    (_, long) = shelf.add("今年各地举办了形式多样的丰收节活动，" + "农民朋友们载歌载舞，" * 12)
    found = [p.id for hit in shelf.search("丰收节").hits for p in hit.paragraphs]
    assert found == [short, long]


class TestTheNamesInAText:
    @pytest.mark.parametrize(
        ("text", "pinyin"),
        [
            ("退伍军人余祖恩与大家", "yuzuen"),
            ("记者谌贻琴报道", "chenyiqin"),
            ("在青岛港", "qingdao"),
        ],
    )
    def test_are_given_in_pinyin(self, text: str, pinyin: str) -> None:
        assert pinyin in names.pinyin_of_names(fold.key(text))

    @pytest.mark.parametrize("typed", ["Lyu Xiulian", "lu xiulian", "Lü Xiulian", "lvxiulian"])
    def test_are_found_with_lu_and_lyu(self, shelf: Library, typed: str) -> None:
        (_, lyu) = shelf.add("主持人吕秀莲在会上发言。")
        assert shelf.found(typed) == {lyu}

    @pytest.mark.parametrize(
        ("text", "person"),
        [("沈春耀说", "shenchunyao"), ("夏宝龙会见", "xiabaolong"), ("李干杰说", "liganjie")],
    )
    def test_have_the_reading_that_people_have(self, text: str, person: str) -> None:
        assert person in names.pinyin_of_names(fold.key(text))

    @pytest.mark.parametrize("text", ["剩余时间", "方便大家", "千余人数次", "安徽黄山"])
    def test_are_no_pieces_of_words(self, text: str) -> None:
        assert names.people(fold.key(text)) == []

    def test_read_a_surname_as_a_surname(self) -> None:
        assert names.pinyin("单霁翔") == "shanjixiang"
        assert names.pinyin("曾国藩") == "zengguofan"


class TestANumberInChinese:
    @pytest.mark.parametrize(
        ("text", "term"),
        [
            ("102亿元", "#10200000000"),
            ("102 亿元", "#10200000000"),
            ("１０２亿", "#10200000000"),
            ("3.5万亿", "#3500000000000"),
            ("1亿2000万", "#120000000"),
            ("一百零二亿", "#10200000000"),
            ("两千三百", "#2300"),
            ("百分之三十九点五", "#39.5%"),
            ("39.5％", "#39.5%"),
            ("二〇二四年", "#2024"),
            ("1,000名", "#1000"),
        ],
    )
    def test_is_its_value(self, text: str, term: str) -> None:
        assert [match.term for match in numbers.chinese_terms(text)] == [term]

    @pytest.mark.parametrize("text", ["万一", "千万", "一", "亿万"])
    def test_is_not_made_of_words(self, text: str) -> None:
        assert numbers.chinese_terms(text) == []
