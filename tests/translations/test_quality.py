from __future__ import annotations

import pytest

from translations import quality
from translations.quality import Flag

ZH = "这里的政务服务是有温度的，企业群众都很满意。"
EN = "Government services here have warmth, and businesses and the public are satisfied."


@pytest.mark.parametrize(
    ("zh", "en", "score", "flags"),
    [
        (ZH, EN, -0.2, []),
        (ZH, "two two two and so on for businesses and the public here", -0.2, [Flag.LOOP]),
        (ZH, "of the city of the city of the city and businesses here", None, [Flag.LOOP]),
        ("加油！加油！加油！加油！加油！", "Come on! Come on! Come on! Come on!", None, []),
        (ZH, ZH, None, [Flag.COPY, Flag.LENGTH]),
        (ZH, EN + " 满意", None, [Flag.HAN]),
        (ZH, "Services.", None, [Flag.LENGTH]),
        ("北京", " ".join(f"word{n}" for n in range(20)), None, [Flag.LENGTH]),
        (ZH, EN, -3.0, [Flag.SCORE]),
    ],
)
def test_what_looks_wrong_is_flagged(
    zh: str, en: str, score: float | None, flags: list[Flag]
) -> None:
    assert quality.examine(zh, en, score) == flags


def test_every_flag_has_plain_words_and_a_severity() -> None:
    assert set(quality.PLAIN_WORDS) == set(quality.SEVERITY) == set(Flag)


def test_a_draft_with_a_flag_is_worse_than_an_unsure_one_without() -> None:
    assert quality.penalty([Flag.LOOP], -0.1) > quality.penalty([], -2.0)
