from __future__ import annotations

import pytest

from translations import companies, gazetteer, names


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("李媛", "Li Yuan"),
        ("肖玲玲", "Xiao Lingling"),
        ("欧阳娜娜", "Ouyang Nana"),
        ("曾国平", "Zeng Guoping"),
        ("单田芳", "Shan Tianfang"),
        ("张德广", "Zhang Deguang"),
        ("王西安", "Wang Xi'an"),
    ],
)
def test_a_person_is_written_in_pinyin_family_name_first(chinese: str, english: str) -> None:
    assert names.person(chinese) == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("李媛 肖玲玲", "Li Yuan, Xiao Lingling"),
        ("薛婧", "Xue Jing"),
        ("本报记者 张三、李四", "Staff reporter Zhang San, Li Si"),
        ("（记者 王小明）", "Reporter Wang Xiaoming"),
        ("记者 吉炳轩", "Reporter Ji Bingxuan"),
        ("记者 吕良", "Reporter Lyu Liang"),
        ("青岛新闻", None),
        ("时代", None),
        ("今天天气很好。", None),
        ("", None),
    ],
)
def test_a_byline_is_written_by_rule_and_nothing_else_is_taken_for_one(
    text: str, english: str | None
) -> None:
    assert names.byline(text) == english


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("该企业总经理王毅感慨道。", ["王毅"]),
        ("财务经理徐凯回忆起当时的困境", ["徐凯"]),
        ("记者王小明说，局长李国强在会上讲话", ["王小明", "李国强"]),
        ("老师傅说得对", []),
        ("负责人向世界宣布，记者都进行了采访", []),
        ("记者从会上获悉", []),
    ],
)
def test_people_are_found_after_their_title(text: str, people: list[str]) -> None:
    assert [text[start:end] for start, end in names.people(text)] == people


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("青岛润扬环境科技有限公司", "Qingdao Runyang Environment Technology Co., Ltd."),
        ("喜海生物科技(青岛)有限公司", "Xihai Bio Technology (Qingdao) Co., Ltd."),
        ("青岛海尔生物医疗科技有限公司", "Qingdao Haier Biomedical Technology Co., Ltd."),
        ("海尔生物", "Haier Bio"),
        ("润扬环境", "Runyang Environment"),
        ("华夏电影发行公司", None),
        ("新区", None),
    ],
)
def test_a_company_is_written_word_by_word_where_every_word_is_known(
    chinese: str, english: str | None
) -> None:
    assert companies.english(chinese, (("海尔", "Haier"),)) == english


def test_companies_and_their_short_names_are_found() -> None:
    text = "在青岛，青岛海尔生物医疗科技有限公司(以下简称“海尔生物”)落户。"
    assert [text[a:b] for a, b in companies.find(text)] == ["青岛海尔生物医疗科技有限公司"]
    assert list(companies.abbreviations(text)) == ["海尔生物"]


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("青岛", "Qingdao"),
        ("青島", "Qingdao"),
        ("崂山区", "Laoshan"),
        ("太湖县", "Taihu"),
        ("石棉", None),
        ("尼斯", None),
        ("机器人", None),
        ("中宣部", None),
    ],
)
def test_places_come_from_the_dictionary_where_they_are_nothing_else(
    word: str, english: str | None
) -> None:
    assert gazetteer.place(word) == english


def test_people_of_renown_come_from_the_dictionary() -> None:
    assert gazetteer.person("邓小平") == "Deng Xiaoping"
    assert gazetteer.person("机器人") is None
