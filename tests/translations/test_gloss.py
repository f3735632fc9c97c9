from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translations.gloss import Dictionary, GlossEngine, dictionary
from translations.pinyin import name, plain, with_marks


@pytest.fixture(scope="module")
def cedict() -> Dictionary:
    return dictionary()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("青岛市产业", ["青岛市", "产业"]),
        ("為投資者提供服務", ["為", "投資者", "提供", "服務"]),
        ("让企业群众成为现实", ["让", "企业", "群众", "成为", "现实"]),
        ("总经理王毅感慨道", ["总经理", "王毅", "感慨", "道"]),
        ("AEON 人形机器人。", ["AEON ", "人形", "机器人", "。"]),
    ],
)
def test_text_is_cut_into_its_words(cedict: Dictionary, text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in cedict.segment(text)] == words


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="青岛高新区無感審批，。 aB1\n", max_size=60))
def test_the_words_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in dictionary().segment(text)) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("青岛", {"qingdao", "shandong", "city"}),
        ("青島", {"qingdao"}),
        ("火锅店", {"hotpot", "shop"}),
        ("总经理王毅感慨道", {"general", "manager", "wang", "yi"}),
        ("李媛 肖玲玲", {"li", "yuan", "xiao", "lingling"}),
        ("王小明说", {"wang", "xiaoming"}),
        ("机器人", {"robot"}),
    ],
)
def test_the_gloss_holds_what_an_english_reader_types(
    cedict: Dictionary, text: str, wanted: set[str]
) -> None:
    assert wanted <= set(cedict.gloss(text).split())


def test_the_gloss_has_no_chinese_and_no_word_twice(cedict: Dictionary, seed_text: str) -> None:
    words = cedict.gloss(seed_text).split()
    assert len(words) == len(set(words))
    assert all(word.isascii() or "é" in word for word in words)


def test_word_help_gives_pinyin_and_senses(cedict: Dictionary) -> None:
    first, second = cedict.words("青島的")
    assert (first.text, first.start, first.end, first.pinyin) == ("青島", 0, 2, "Qīngdǎo")
    assert first.senses == ("Qingdao, subprovincial city in Shandong",)
    assert second.pinyin.startswith("de")


def test_a_character_that_no_dictionary_has_is_shown_without_help(cedict: Dictionary) -> None:
    [word] = cedict.words("㐂")
    assert (word.text, word.senses) == ("㐂", ())


@pytest.mark.parametrize(
    ("numbered", "marked", "bare"),
    [
        ("Qing1 dao3", "Qīngdǎo", "qingdao"),
        ("Xi1 an1", "Xī'ān", "xian"),
        ("Wang2 Yi4", "Wáng Yì", "wang yi"),
        ("nu:3 er2", "nǚ'ér", "nuer"),
        ("dou1", "dōu", "dou"),
        ("liu2", "liú", "liu"),
        ("gui4", "guì", "gui"),
        ("xue2 sheng5", "xuésheng", "xuesheng"),
        ("lu:e4", "lüè", "lue"),
    ],
)
def test_pinyin_is_written_with_marks_and_plain(numbered: str, marked: str, bare: str) -> None:
    assert with_marks(numbered) == marked
    assert plain(numbered) == bare


def test_a_given_name_is_one_word() -> None:
    assert name(["ling", "ling"]) == "Lingling"
    assert name(["xi", "an"]) == "Xi'an"


def test_the_gloss_engine_needs_no_model() -> None:
    engine = GlossEngine()
    [draft] = engine.translate(["青岛市是一座美丽的城市。"])
    assert "Qingdao" in draft.text
    assert "beautiful" in draft.text
    assert draft.score is None
    assert engine.careful() is None
