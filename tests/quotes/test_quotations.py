"""Words that somebody said, told from terms and titles, with who said them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotes import Quotation, quotations
from tests.quotes.report import GOLD_DIRECT, measure


def found(*paragraphs: str, kind: str = "direct") -> list[tuple[str, str | None, str | None]]:
    return [(q.text, q.speaker, q.role) for q in quotations(paragraphs) if q.kind == kind]


class TestWhatIsAQuotation:
    @pytest.mark.parametrize(
        "text",
        [
            "哈尔滨新区“无感审批”迈入3.0时代，推动“十四五”开局。",
            "一场从“孤木”到“森林”的聚变，企业是这片森林的“参天大树”。",
            "大会以“携手绿色发展，推动人与自然和谐共生”为主题。",
            "弘扬“劳动光荣、技能宝贵、创造伟大”的时代风尚。",
            "青岛海尔生物医疗科技有限公司(以下简称“海尔生物”)是一棵大树。",
            "习近平主席首次提出“人民城市人民建，人民城市为人民”的理念。",
            "她获得“全国五一劳动奖章”，被称为“活的中国生态建筑标本”。",
            "“中国天眼”首席科学家李菂表示赞同。",
            "华人高举“中法友谊万岁！”、“访问圆满成功！”等红色横幅。",
            "歌舞团推出“新的时代、新的征程”专场。",
        ],
    )
    def test_terms_titles_and_slogans_are_no_quotations(self, text: str) -> None:
        assert found(text) == []

    @pytest.mark.parametrize(
        ("text", "words", "speaker", "role"),
        [
            (
                "“支持是全方位的。”该企业总经理王毅感慨道。",
                "支持是全方位的。",
                "王毅",
                "该企业总经理",
            ),
            ("王毅表示：“我们很满意。”", "我们很满意。", "王毅", None),
            ("王毅说，“我们很满意”。", "我们很满意", "王毅", None),
            ("“我们很满意，”王毅笑着说。", "我们很满意，", "王毅", None),
            ("“我们很满意！”村民李大山高兴地说。", "我们很满意！", "李大山", "村民"),
            ("欧阳修远教授说：“书要慢慢读。”", "书要慢慢读。", "欧阳修远", "教授"),
            ("俄罗斯总统普京强调：“合作要继续下去。”", "合作要继续下去。", "普京", "俄罗斯总统"),
            (
                "法国作家罗曼·罗兰说，“放弃独立思考，是不幸”。",
                "放弃独立思考，是不幸",
                "罗曼·罗兰",
                "法国作家",
            ),
            ("外交部发言人表示：“中方坚决反对。”", "中方坚决反对。", None, "外交部发言人"),
            ("习近平：“双方应该坚守初心。”", "双方应该坚守初心。", "习近平", None),
            ("农谚讲，“处暑满田黄，家家修廪仓”。", "处暑满田黄，家家修廪仓", None, None),
            ("俄发言人扎哈罗娃称：“这不可接受。”", "这不可接受。", "扎哈罗娃", "俄发言人"),
            ("總經理王毅說：「我們很滿意。」", "我們很滿意。", "王毅", "总经理"),
        ],
    )
    def test_a_verb_of_saying_before_or_after_makes_a_quotation(
        self, text: str, words: str, speaker: str | None, role: str | None
    ) -> None:
        assert found(text) == [(words, speaker, role)]

    def test_a_company_with_a_short_name_in_brackets_is_no_part_of_the_role(self) -> None:
        text = (
            "“如不能及时得到贷款，就会失之交臂。”青岛润扬环境科技有限公司(以下简称“润扬环境”)"
            "财务经理徐凯回忆起当时的困境，仍心有余悸。"
        )
        _, speaker, role = found(text)[0]
        assert speaker == "徐凯"
        assert role == "青岛润扬环境科技有限公司财务经理"

    def test_inner_marks_belong_to_the_outer_quotation(self) -> None:
        text = "总书记强调：“要消除科技创新中的‘孤岛现象’，踢好‘临门一脚’。”"
        assert [words for words, _, _ in found(text)] == [
            "要消除科技创新中的‘孤岛现象’，踢好‘临门一脚’。"
        ]

    def test_a_broken_quotation_has_one_speaker(self) -> None:
        text = "“贷款门槛很高，”徐凯说，“我们没有抵押物。”"
        assert found(text) == [("贷款门槛很高，", "徐凯", None), ("我们没有抵押物。", "徐凯", None)]

    def test_words_in_the_same_breath_have_the_same_speaker(self) -> None:
        text = "王毅指出，“文明因交流而多彩，文明因互鉴而丰富”，“和合共生是正确道路”。"
        assert [speaker for _, speaker, _ in found(text)] == ["王毅", "王毅"]


class TestOverParagraphs:
    def test_a_speech_with_an_opening_mark_in_each_paragraph_is_one(self) -> None:
        parts = quotations(["校长李明说：“今天很高兴。", "“我们一起努力。", "“谢谢大家。”"])
        assert [(p.paragraph_index, p.text, p.continued) for p in parts] == [
            (0, "今天很高兴。", False),
            (1, "我们一起努力。", True),
            (2, "谢谢大家。", True),
        ]
        assert {p.speaker for p in parts} == {"李明"}

    def test_a_speech_closed_in_a_later_paragraph_is_one(self) -> None:
        parts = quotations(["李明说：“今天很高兴。", "谢谢大家。”掌声响起。"])
        assert [p.text for p in parts] == ["今天很高兴。", "谢谢大家。"]

    def test_a_mark_that_is_never_closed_swallows_no_later_paragraph(self) -> None:
        assert found("他把“价格打下来。", "第二段没有引号。", "第三段有“术语”。") == []


class TestSpeakers:
    def test_a_role_alone_is_the_person_who_has_it_in_the_article(self) -> None:
        paragraphs = ("习近平总书记来到学校。", "总书记强调：“要把教育办好。”")
        assert found(*paragraphs) == [("要把教育办好。", "习近平", "总书记")]

    def test_a_surname_with_a_title_is_the_person_of_that_surname(self) -> None:
        paragraphs = ("国家主席习近平发表贺词。", "习主席在贺词中说：“和平发展是主旋律。”")
        assert found(*paragraphs)[0][1] == "习近平"

    def test_he_is_who_spoke_just_before(self) -> None:
        text = "王毅说：“我们很满意。”他表示，“明年会更好，我们有信心”。"
        assert [speaker for _, speaker, _ in found(text)] == ["王毅", "王毅"]

    def test_he_may_look_back_over_a_sentence_about_him(self) -> None:
        text = "王毅始终牵挂此事。他走遍各省。他明确提出“要把生态摆在压倒性位置”。"
        assert found(text) == [("要把生态摆在压倒性位置", "王毅", None)]

    @pytest.mark.parametrize("nobody", ["方案", "文件", "古巴", "中方", "会议", "华为", "黎真主党"])
    def test_a_word_that_begins_like_a_surname_is_no_person(self, nobody: str) -> None:
        assert [q.speaker for q in quotations([f"{nobody}表示：“要继续推进这项工作。”"])] == [None]


class TestReportedSpeech:
    def test_it_runs_to_the_end_of_its_sentence(self) -> None:
        text = "外交部长王毅表示，中方愿同各方合作。会见在北京举行。"
        assert found(text, kind="reported") == [("中方愿同各方合作。", "王毅", "外交部长")]

    def test_according_to_somebody_is_reported_speech(self) -> None:
        text = "据财务经理徐凯介绍，公司今年出口增长两成。"
        assert found(text, kind="reported") == [("公司今年出口增长两成。", "徐凯", "财务经理")]

    @pytest.mark.parametrize(
        "text",
        [
            "《报告》显示，全国现有海水淡化工程156个，规模很大。",
            "李强听取新技术新应用介绍，详细询问房屋设计和建造技术。",
            "据统计，五年来班列开行总量超3万列。",
        ],
    )
    def test_without_a_person_who_speaks_there_is_none(self, text: str) -> None:
        assert found(text, kind="reported") == []


paragraphs_of_marks = st.lists(
    st.text(alphabet='“”「」‘’"，。：说王毅表示总经理的 \n', max_size=40)
)


@given(paragraphs_of_marks)
def test_every_quotation_is_what_stands_at_its_place(paragraphs: list[str]) -> None:
    for q in quotations(paragraphs):
        assert paragraphs[q.paragraph_index][q.start : q.end] == q.text


def test_the_gold_list_is_met() -> None:
    scores, _ = measure()
    assert scores["direct"].precision >= 0.97
    assert scores["direct"].recall >= 0.95
    assert scores["reported"].precision >= 0.97
    assert scores["reported"].recall >= 0.97
    assert scores["speaker"].precision >= 0.97
    assert scores["speaker"].recall >= 0.97


def test_direct_speech_is_found_in_other_articles_too() -> None:
    scores, _ = measure(GOLD_DIRECT)
    assert scores["direct"].precision >= 0.95
    assert scores["direct"].recall >= 0.88
    assert scores["speaker"].precision >= 0.95
    assert scores["speaker"].recall >= 0.75


def test_a_quotation_is_a_plain_record() -> None:
    (quotation,) = quotations(["王毅说：“很好。”"])
    assert quotation == Quotation(0, 5, 8, "很好。", "王毅", None, "说")
