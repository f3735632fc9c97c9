"""A better segmenter runs over old pages: what is the same stays, and no link breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.model import Article, Block, Kind, Page

Resegment = Callable[[Page], int]

TEXT = "甲标题\n\n第一段第一句。第一段第二句。\n\n乙标题\n\n第二段。\n"


def block(kind: Kind, text: str) -> Block:
    start = TEXT.index(text)
    return Block(kind, text, ((start, start + len(text)),))


HEADLINE = block(Kind.HEADLINE, "甲标题")
BODY = block(Kind.PARAGRAPH, "第一段第一句。第一段第二句。")
SECOND = block(Kind.HEADLINE, "乙标题")
LAST = block(Kind.PARAGRAPH, "第二段。")
TWO = Page((Article((HEADLINE, BODY)), Article((SECOND, LAST))))
ONE = Page((Article((HEADLINE, BODY, block(Kind.HEADING, "乙标题"), LAST)),))
FINER = Page(
    (
        Article(
            (
                HEADLINE,
                block(Kind.PARAGRAPH, "第一段第一句。"),
                block(Kind.PARAGRAPH, "第一段第二句。"),
            )
        ),
        Article((SECOND, LAST)),
    )
)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Return an archive of one page, segmented as TWO."""
    (tmp_path / "page.txt").write_text(TEXT)
    monkeypatch.setattr("indexer.intake.segment", lambda text: TWO)
    with Archive.create(tmp_path / "archive") as archive:
        list(archive.add([tmp_path / "page.txt"]))
        yield archive


@pytest.fixture
def segmented_as(monkeypatch: pytest.MonkeyPatch, archive: Archive) -> Resegment:
    def use(page: Page) -> int:
        monkeypatch.setattr("indexer.resegmenting.segment", lambda text: page)
        return sum(page.changed for page in archive.resegment())

    return use


def articles(archive: Archive) -> dict[str, list[tuple[int, str]]]:
    (issue,) = archive.issues()
    return {
        a.key: [(p.anchor, p.zh) for p in archive.article(a.key).paragraphs]
        for a in archive.issue(issue.key).articles
    }


def test_the_same_segmentation_changes_nothing(archive: Archive, segmented_as: Resegment) -> None:
    before = articles(archive)
    assert segmented_as(TWO) == 0
    assert articles(archive) == before


def test_articles_joined_keep_their_paragraphs_and_links(
    archive: Archive, segmented_as: Resegment
) -> None:
    first, second = articles(archive)
    ids = [p.id for key in (first, second) for p in archive.article(key).paragraphs]
    assert segmented_as(ONE) > 0
    assert list(articles(archive)) == [first]
    assert [p.id for p in archive.article(first).paragraphs] == ids
    assert archive.article(second).key == first


def test_articles_parted_again_come_back_under_their_key(
    archive: Archive, segmented_as: Resegment
) -> None:
    before = list(articles(archive))
    segmented_as(ONE)
    segmented_as(TWO)
    assert list(articles(archive)) == before


def test_a_paragraph_cut_in_two_leads_from_its_link_to_its_beginning(
    archive: Archive,
    segmented_as: Resegment,
) -> None:
    first, _ = articles(archive)
    segmented_as(FINER)
    assert articles(archive)[first] == [(1, "甲标题"), (3, "第一段第一句。"), (4, "第一段第二句。")]
    (moved,) = archive.article(first).moved
    assert (moved.anchor, moved.article_anchor) == (2, 3)


def test_a_correction_stays_in_the_history(archive: Archive, segmented_as: Resegment) -> None:
    first, _ = articles(archive)
    archive.correct(archive.article(first).paragraphs[1].id, "First paragraph.", "ann")
    segmented_as(FINER)
    new = archive.article(first).paragraphs[1]
    assert [change.after for change in archive.corrections(new.id)] == ["First paragraph."]
    assert new.en == ""


def test_a_page_that_a_person_edited_is_left_alone(
    archive: Archive, segmented_as: Resegment
) -> None:
    first, _ = articles(archive)
    archive.edit(first, archive.markup(first).replace("[paragraph #2]", "[caption #2]"), "ann")
    assert segmented_as(ONE) == 0


def test_a_dry_run_tells_and_changes_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = articles(archive)
    monkeypatch.setattr("indexer.resegmenting.segment", lambda text: ONE)
    assert [page.name for page in archive.resegment(dry_run=True)] == ["page.txt"]
    assert articles(archive) == before
