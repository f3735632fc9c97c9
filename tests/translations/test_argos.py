from __future__ import annotations

from translations.argos import ArgosEngine


def test_the_draft_translates_plain_sentences(draft_engine: ArgosEngine) -> None:
    drafts = draft_engine.translate(["我们今天很高兴。", "他是中国人。"])
    assert "We are very" in drafts[0].text
    assert "Chinese" in drafts[1].text
    assert all(draft.score is not None and -1 < draft.score <= 0 for draft in drafts)


def test_drafts_come_in_the_order_of_the_sentences(draft_engine: ArgosEngine) -> None:
    sentences = ["北京。", "上海市是一个很大的城市，有很多人。", "北京。", ""]
    together = draft_engine.translate(sentences)
    assert [d.text for d in together] == [draft_engine.translate([s])[0].text for s in sentences]
    assert together[3].text == ""


def test_a_very_long_input_is_never_cut_off(draft_engine: ArgosEngine) -> None:
    first, last = "他今天去了北京，", "我明天要去日本。"
    clauses = [f"今年的经济增长了{n}%，" for n in range(100, 160)]
    [draft] = draft_engine.translate([first + "".join(clauses) + last])
    assert "Beijing" in draft.text
    assert "Japan" in draft.text
    assert len(draft.text.split()) > 100


def test_the_name_tells_package_version_and_options(draft_engine: ArgosEngine) -> None:
    assert draft_engine.name.startswith("argos zh-en 1.0 85090092 beam ")
    careful = draft_engine.careful()
    assert careful is not None
    assert careful.name != draft_engine.name
    assert careful.careful() is None
