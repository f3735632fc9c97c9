"""Names in pinyin, family name first."""

from __future__ import annotations

import pytest

from indexer.quotes import pinyin


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("王毅", "Wang Yi"),
        ("习近平", "Xi Jinping"),
        ("单田芳", "Shan Tianfang"),
        ("曾国藩", "Zeng Guofan"),
        ("仇和", "Qiu He"),
        ("解振华", "Xie Zhenhua"),
        ("区健", "Ou Jian"),
        ("查良镛", "Zha Liangyong"),
        ("任正非", "Ren Zhengfei"),
        ("欧阳修", "Ouyang Xiu"),
        ("尉迟恭", "Yuchi Gong"),
        ("李希安", "Li Xi'an"),
        ("吕秀莲", "Lyu Xiulian"),
        ("贾平凹", "Jia Pingwa"),
        ("申长雨", "Shen Changyu"),
        ("陈竺", "Chen Zhu"),
        ("闫盛红", "Yan Shenghong"),
        ("王先生", "Wang"),
        ("罗曼·罗兰", "Luoman Luolan"),
        ("普京", "Pujing"),
        ("什梅加尔", "Shimeijia'er"),
        ("張藝謀", "Zhang Yimou"),
    ],
)
def test_a_surname_has_its_own_reading(name: str, spelled: str) -> None:
    assert pinyin(name) == spelled
