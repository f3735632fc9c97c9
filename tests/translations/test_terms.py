from __future__ import annotations

from pathlib import Path

import pytest

from translations import terms
from translations.argos import ArgosEngine
from translations.driver import Passage, translate_paragraphs
from translations.memory import Memory
from translations.protect import Protected, ways
from translations.quality import Flag
from translations.terms import BadGlossary, Glossary, Term

QINGDAO = Term("青岛", "Qingdao", (), "place")
BUNDLED = terms.bundled()


def found(text: str, glossary: Glossary = BUNDLED) -> list[str]:
    return [one.term.zh for one in glossary.find(text)]


def test_the_bundled_glossary_is_large_and_sound() -> None:
    assert len(BUNDLED.terms) > 450
    assert all(term.en.isascii() or "ü" in term.en for term in BUNDLED.terms.values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("青岛高新区的新质生产力", ["青岛高新区", "新质生产力"]),
        ("在重大理论和实践上", []),
        ("大理的风景", ["大理"]),
        ("王毅在崂山区说", ["王毅", "崂山区"]),
        ("安徽桐城地处大别山东麓", ["安徽", "大别山"]),
    ],
)
def test_terms_are_found_the_longest_first_and_only_at_word_edges(
    text: str, wanted: list[str]
) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("en", "present"),
    [
        ("in Qingdao.", True),
        ("QINGDAO's port", True),
        ("in Qinghai", False),
        ("in Qingdaoville", False),
    ],
)
def test_a_term_is_looked_for_as_a_whole_word(en: str, present: bool) -> None:
    assert QINGDAO.is_in(en) is present


def test_a_term_may_have_other_forms_hyphens_and_a_plural() -> None:
    term = Term("民营企业", "private enterprise", ("private business",))
    assert term.is_in("Private enterprises grew.")
    assert term.is_in("private-business")
    assert not term.is_in("enterprise")


def test_a_short_name_that_the_article_defines_is_a_term_in_all_of_it() -> None:
    glossary = BUNDLED.of_article(
        ["青岛海尔生物医疗科技有限公司（以下简称“海尔生物”）落户。", "海尔生物枝繁叶茂。"]
    )
    assert glossary.terms["海尔生物"].en == "Haier Bio"
    assert glossary.missing("海尔生物枝繁叶茂。", "Haier creatures flourish.")
    assert "海尔生物" not in BUNDLED.terms


def test_the_wrong_place_is_put_right_unless_the_chinese_names_it_too() -> None:
    assert BUNDLED.repair("青岛很美。", "Qinghai is beautiful.") == "Qingdao is beautiful."
    twice = BUNDLED.repair("青岛很美，青岛很大。", "Qingdao is beautiful and Qinghai is big.")
    assert twice == "Qingdao is beautiful and Qingdao is big."
    both = BUNDLED.repair("青岛和青海很美。", "Qinghai is beautiful.")
    assert both == "Qinghai is beautiful."
    assert BUNDLED.repair("青岛很美。", "Beijing is beautiful.") == "Beijing is beautiful."
    zone = BUNDLED.repair("青岛高新区很美。", "Qinghai New Area is beautiful.")
    assert zone == "Qingdao New Area is beautiful."


def test_a_place_goes_through_the_model_as_another_and_comes_back() -> None:
    zh = "青岛很美。"
    [protected] = ways(zh, BUNDLED.find(zh), [QINGDAO])
    assert protected.zh == "北京很美。"
    assert protected.restore("Beijing is beautiful.") == "Qingdao is beautiful."


def test_a_place_that_the_sentence_names_is_no_stand_in() -> None:
    zh = "青岛和北京很美。"
    [protected] = ways(zh, BUNDLED.find(zh), [QINGDAO])
    assert protected.zh == "重庆和北京很美。"


def test_a_term_goes_through_the_model_in_english() -> None:
    zh = "青岛的新质生产力"
    glossary = BUNDLED
    *_, last = ways(zh, glossary.find(zh), [QINGDAO, glossary.terms["新质生产力"]])
    assert last == Protected("北京的new quality productive forces", (("Beijing", "Qingdao"),))


def test_an_archive_has_a_glossary_of_its_own_that_wins(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text("zh,en,also\n營商環境,climate for business,business climate\n", "utf-8")
    glossary = BUNDLED.over(terms.load(path))
    term = glossary.terms["营商环境"]
    assert (term.en, term.also, term.kind) == (
        "climate for business",
        ("business climate",),
        "term",
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("青岛,Qingdao\n", "columns"),
        ("zh,en\nQingdao,Qingdao\n", "line 2"),
        ("zh,en\n青岛,\n", "line 2"),
        ("zh,en,kind\n青岛,Qingdao,town\n", "line 2"),
    ],
)
def test_a_glossary_file_with_a_mistake_is_refused(
    tmp_path: Path, content: str, problem: str
) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(BadGlossary, match=problem):
        terms.load(path)


def test_qingdao_is_qingdao_on_the_first_page(
    seed_text: str, draft_engine: ArgosEngine, memory: Memory
) -> None:
    texts = [text for text in seed_text.split("\n\n") if "青岛" in text][:4]
    passages = [Passage(n, text, article=1) for n, text in enumerate(texts)]
    before = translate_paragraphs(passages, draft_engine, memory, retry=False)
    after = list(translate_paragraphs(passages, draft_engine, memory))
    wanted = sum(text.count("青岛") for text in texts)
    right = [sum(made.en.count("Qingdao") for made in run) for run in (before, after)]
    assert right[0] <= right[1]
    assert right[1] >= 0.85 * wanted
    assert not any("Qinghai" in made.en for made in after)


def test_a_changed_glossary_translates_anew_only_the_sentences_it_touches(
    draft_engine: ArgosEngine, memory: Memory
) -> None:
    asked: list[str] = []

    class Counting(ArgosEngine):
        def translate(self, sentences):  # type: ignore[no-untyped-def]
            asked.extend(sentences)
            return super().translate(sentences)

    engine = Counting(draft_engine._package, model=draft_engine._model)
    passages = [(1, "他今天去了学校。"), (2, "这个产品叫小飞侠。")]
    list(translate_paragraphs(passages, engine, memory, glossary=Glossary()))
    asked.clear()
    glossary = Glossary([Term("小飞侠", "Flying Boy")])
    [school, product] = translate_paragraphs(passages, engine, memory, glossary=glossary)
    assert asked
    assert all("Flying Boy" in sentence for sentence in asked)
    assert "Flying Boy" in product.en or Flag.GLOSSARY in product.flags
    assert Flag.GLOSSARY not in school.flags


def test_a_name_defined_elsewhere_in_the_article_holds_where_one_paragraph_is_made(
    draft_engine: ArgosEngine, memory: Memory
) -> None:
    article = ["青岛海尔生物医疗科技有限公司（以下简称“海尔生物”）落户。", "他去了海尔生物。"]
    [made] = translate_paragraphs(
        [Passage(2, article[1], article=7)],
        draft_engine,
        memory,
        article_text=lambda number: article if number == 7 else [],
    )
    assert "Haier Bio" in made.en


@pytest.mark.parametrize(
    ("zh", "english"), [("贝多芬的音乐", "Beethoven’s music"), ("邓小平说", "Deng Xiaoping said")]
)
def test_a_foreigner_of_renown_may_be_called_by_the_last_name(zh: str, english: str) -> None:
    assert Glossary().missing(zh, english) == []
