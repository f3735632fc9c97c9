"""Chinese as it is shown."""

from __future__ import annotations

import pytest

from webui.hanzi import either_tag, language_tag, shown


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("青岛高新区", "zh-Hans"),
        ("青島高新區", "zh-Hant"),
        ("国民党当局說", "zh-Hans"),  # one stray sign does not make a text Traditional
        ("人口", "zh-Hans"),  # the same in both
        ("", "zh-Hans"),
    ],
)
def test_the_script_of_a_text_is_told_by_its_signs(text: str, tag: str) -> None:
    assert language_tag(text) == tag


def test_a_query_may_be_english() -> None:
    assert either_tag("hot pot") == "en"
    assert either_tag("hot 火锅") == "zh-Hans"


def test_display_converts_and_printed_does_not() -> None:
    assert shown("头发发展", "hant") == "頭髮發展"
    assert shown("頭髮", "hans") == "头发"
    assert shown("頭髮发", "printed") == "頭髮发"
