"""An article that breaks off on page 1 is found again on page 3."""

from __future__ import annotations

import pytest

from indexer.model import Article, Kind
from indexer.segment import continuations, segment
from indexer.segment.continuations import page_key

STORY = "这里的政务服务是有速度的，让投资者随时随地都能开启事业。"


def articles(page: str | None, text: str) -> list[tuple[str | None, Article]]:
    return [(page, article) for article in segment(text).articles]


def front(*notes: str) -> str:
    heads = ["青岛高新区向新而行", "哈尔滨新区无感审批", "两地携手"]
    return "\n\n".join(
        f"{head}\n\n本报记者 张三\n\n{STORY}今年以来{note}"
        for head, note in zip(heads, notes, strict=False)
    )


def test_the_note_is_a_block_of_its_own_and_ends_its_paragraph() -> None:
    [(_, article)] = articles("1", front("（下转第三版）"))
    assert [block.kind for block in article.blocks[-2:]] == [Kind.PARAGRAPH, Kind.CONTINUATION]
    assert article.blocks[-2].text.endswith("今年以来")


def test_the_two_halves_of_an_article_are_paired() -> None:
    issue = articles("1", front("（下转第三版）")) + articles(
        "3", f"（上接第1版）营收增长。\n\n{STORY}"
    )
    assert continuations(issue) == [(0, 1)]


def test_the_headline_decides_where_two_articles_go_to_one_page() -> None:
    inner = (
        f"无感审批\n\n（上接第一版《哈尔滨新区无感审批》）营收增长。\n\n{STORY}\n\n"
        f"向新而行\n\n（上接第一版）营收增长。\n\n{STORY}"
    )
    issue = articles("01", front("（下转第2版）", "（下转第2版）")) + articles("2", inner)
    assert continuations(issue) == [(0, 3), (1, 2)]


def test_pages_that_disagree_are_not_paired() -> None:
    issue = articles("1", front("（下转第3版）")) + articles("4", f"（上接第1版）增长。\n\n{STORY}")
    assert continuations(issue) == []


def test_unknown_pages_are_paired_by_what_the_notes_say() -> None:
    issue = articles(None, front("（下转A2版）")) + articles(None, f"（上接A1版）增长。\n\n{STORY}")
    assert continuations(issue) == [(0, 1)]


def test_an_issue_without_notes_has_no_pairs() -> None:
    assert continuations(articles("1", f"无感审批\n\n{STORY}")) == []
    assert continuations([]) == []


@pytest.mark.parametrize(
    ("page", "key"),
    [
        ("A03", "A3"),
        ("第三版", "3"),
        ("１２", "12"),
        ("十一", "11"),
        ("二十", "20"),
        ("", ""),
        ("要闻", ""),
    ],
)
def test_pages_are_compared_by_number(page: str, key: str) -> None:
    assert page_key(page) == key
