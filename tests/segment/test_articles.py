"""How lines become paragraphs, and paragraphs articles: one behaviour, one page."""

from __future__ import annotations

import textwrap

from indexer.model import Kind
from indexer.segment import segment

FIRST = "青岛高新区以创新为帆，向着世界一流高科技园区破浪前行，企业总数同比增长一成多。"
SECOND = "哈尔滨新区持续深化改革，平均办理时间由二十天缩短到一天半，企业切身感受到了便利。"


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for a in segment(text).articles for block in a.blocks]


def headlines(text: str) -> list[str]:
    return [article.headline for article in segment(text).articles]


def test_a_caption_is_never_merged_into_the_body() -> None:
    page = f"无感审批提速\n\n本报讯 {SECOND[:15]}\n\n图为大厅。\n\n张三摄\n\n{SECOND[15:]}"
    assert blocks(page) == [
        (Kind.HEADLINE, "无感审批提速"),
        (Kind.PARAGRAPH, f"本报讯 {SECOND}"),
        (Kind.CAPTION, "图为大厅。"),
        (Kind.CREDIT, "张三摄"),
    ]


def test_a_page_header_within_a_paragraph_does_not_end_the_article() -> None:
    page = f"无感审批提速\n\n薛婧\n\n{SECOND[:20]}\n\n第3版\n\n{SECOND[20:]}\n\n更上层楼\n\n{FIRST}"
    assert headlines(page) == ["无感审批提速"]
    assert (Kind.PARAGRAPH, SECOND) in blocks(page)


def test_a_heading_without_byline_or_dateline_is_a_section() -> None:
    page = f"向新而行\n\n李媛\n\n{FIRST}\n\n集群发展 构建体系\n\n{SECOND}"
    assert headlines(page) == ["向新而行"]
    assert (Kind.HEADING, "集群发展 构建体系") in blocks(page)


def test_a_heading_with_a_byline_or_dateline_is_the_next_headline() -> None:
    bylines = ("李媛\n\n", "本报记者 李媛\n\n")
    for start in (*bylines, "本报讯 ", "（上接第1版）", "新华社北京10月1日电 "):
        assert headlines(f"向新而行\n\n{FIRST}\n\n无感审批提速\n\n{start}{SECOND}") == [
            "向新而行",
            "无感审批提速",
        ]


def test_a_heading_after_a_signature_is_the_next_headline() -> None:
    for end in ("\n\n薛婧", "（薛婧）", "\n\n责编：张三", "（下转第2版）", "\n\n（记者 张三）"):
        assert headlines(f"向新而行\n\n{FIRST}{end}\n\n无感审批提速\n\n{SECOND}") == [
            "向新而行",
            "无感审批提速",
        ]


def test_a_short_quotation_is_a_paragraph_and_not_a_heading() -> None:
    page = f"我只是个修表的\n\n周雨彤\n\n“太久了。”\n\n{FIRST}\n\n“好！”\n\n{SECOND}"
    assert [kind for kind, _ in blocks(page)][2:] == [Kind.PARAGRAPH] * 4


def test_a_signature_below_a_notice_is_no_heading() -> None:
    page = f"关于印发方案的通知\n\n{FIRST}\n\n青岛高新区管理委员会\n\n2024年5月17日"
    assert [kind for kind, _ in blocks(page)] == [Kind.HEADLINE] + [Kind.PARAGRAPH] * 3


def test_a_title_and_its_paragraphs_stay_one_article() -> None:
    paragraphs = [FIRST, "我国多地出现雨雪天气", SECOND, "北京", FIRST]
    for gap in ("\n", "\n\n", "\n　　"):
        page = gap.join(["国内联播快讯", *paragraphs])
        assert headlines(page) == ["国内联播快讯"]
        assert [text for _, text in blocks(page)[1:]] == paragraphs


def test_hard_wrapped_lines_are_joined_by_indent() -> None:
    body = [f"　　{text}" for text in (FIRST + SECOND, SECOND, FIRST)]
    lines = [line for text in body for line in textwrap.wrap(text, 14, drop_whitespace=False)]
    page = "\n".join(["向新而行", *lines])
    assert [text for _, text in blocks(page)[1:]] == [FIRST + SECOND, SECOND, FIRST]


def test_no_space_is_put_between_han_characters_and_one_between_latin_words() -> None:
    page = f"大标题在此\n\n{FIRST[:-1]}，使用 Open\n\nSource 软件，{SECOND}"
    [(_, _), (kind, text)] = blocks(page)
    assert kind is Kind.PARAGRAPH
    assert "使用 Open Source 软件" in text


def test_verse_and_tables_keep_their_lines() -> None:
    verse = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。"
    table = "项目\t数量\t同比\n营收\t102\t39.5%"
    page = f"静夜思\n\n李白\n\n{verse}\n\n{FIRST}\n\n{table}"
    assert (Kind.VERSE, verse) in blocks(page)
    assert (Kind.TABLE, table) in blocks(page)


def test_a_page_of_headlines_has_one_article() -> None:
    assert blocks("历史性突破！\n嫦娥六号带回月背土壤") == [
        (Kind.HEADLINE, "历史性突破！"),
        (Kind.HEADLINE, "嫦娥六号带回月背土壤"),
    ]


def test_a_text_without_headline_has_an_article_without_headline() -> None:
    assert blocks(FIRST) == [(Kind.PARAGRAPH, FIRST)]
    assert headlines(FIRST) == [""]


def test_furniture_is_kept_outside_of_the_articles() -> None:
    page = segment(f"青岛日报\n第3版：要闻\n\n向新而行\n\n{FIRST}\n\n— 3 —")
    assert [block.text for block in page.furniture] == ["青岛日报", "第3版：要闻", "— 3 —"]
    assert [article.headline for article in page.articles] == ["向新而行"]


def test_paragraphs_without_final_stops_are_not_torn() -> None:
    paragraphs = [FIRST[:-1], SECOND[:-1], FIRST[:-1]]
    assert [text for _, text in blocks("\n\n".join(["新", *paragraphs]))[1:]] == paragraphs
