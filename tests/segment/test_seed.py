"""The real page that ships with the project must come out exactly right."""

from __future__ import annotations

import pytest

from indexer.model import Block, Kind, Page
from indexer.segment import segment


@pytest.fixture(scope="module")
def page(seed_text: str) -> Page:
    return segment(seed_text)


def of(page: Page, article: int, kind: Kind) -> list[str]:
    return [block.text for block in page.articles[article].blocks if block.kind is kind]


def test_the_page_holds_two_articles_and_nothing_outside_them(page: Page) -> None:
    assert [article.headline for article in page.articles] == [
        "青岛高新区：创新为帆 向“新”而行",
        "哈尔滨新区“无感审批”迈入 3.0 时代",
    ]
    assert page.furniture == ()


def test_bylines_are_found_before_and_after_the_body(page: Page) -> None:
    assert [article.byline for article in page.articles] == ["李媛 肖玲玲", "薛婧"]
    assert page.articles[0].blocks[1].kind is Kind.BYLINE
    assert page.articles[1].blocks[6].kind is Kind.BYLINE


def test_the_first_article_has_its_three_section_headings(page: Page) -> None:
    assert of(page, 0, Kind.HEADING) == [
        "集群发展 构建现代化产业体系",
        "源头创新 提升区域发展能级",
        "优化“软”环境 构建“硬”支撑",
    ]
    assert of(page, 1, Kind.HEADING) == []


def test_captions_and_the_credit_are_kinds_of_their_own(page: Page) -> None:
    assert of(page, 1, Kind.CAPTION) == [
        "上图：哈尔滨新区政务服务大厅",
        "下图：企业享受高效便捷服务一次拿到“四证”",
    ]
    assert of(page, 1, Kind.CREDIT) == ["哈尔滨新区供图"]


@pytest.mark.parametrize(
    "mended",
    [
        "青岛海尔生物医疗科技有限公司",
        "“一个 1000 万元的项目，发货就要垫资 500 万元",
        "深耕这片发展的沃土。",
        "导致到期未换证问题",
        "守法诚信经营主体的充分信任与大力支持",
    ],
)
def test_each_torn_paragraph_is_whole_again(page: Page, mended: str) -> None:
    [block] = [block for block in blocks(page) if mended in block.text]
    assert block.kind is Kind.PARAGRAPH
    assert len(block.spans) == 2


def test_no_other_paragraph_was_joined(page: Page) -> None:
    assert sum(len(block.spans) > 1 for block in blocks(page)) == 5
    assert [len(of(page, n, Kind.PARAGRAPH)) for n in (0, 1)] == [18, 5]


def test_nothing_else_is_on_the_page(page: Page) -> None:
    assert len(page.articles[0].blocks) == 1 + 1 + 3 + 18
    assert len(page.articles[1].blocks) == 1 + 5 + 1 + 2 + 1


def blocks(page: Page) -> list[Block]:
    return [block for article in page.articles for block in article.blocks]
