"""Quotations kept beside their paragraphs: found again after every change, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import store
from indexer.archive import Archive
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.quotes.store import by_speaker, extract, of_article, speakers
from indexer.store import Source

PARAGRAPHS = (
    "外交部长王毅表示：“中方愿同各方合作。”会见在北京举行。",
    "“贷款门槛很高。”财务经理徐凯回忆道。",
    "推进“无感审批”改革。",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    blocks = [Block(Kind.HEADLINE, "标题", ((0, 2),))]
    blocks += [Block(Kind.PARAGRAPH, text, ((9, 10),)) for text in PARAGRAPHS]
    page = Page((Article(tuple(blocks)),))
    known = Metadata(publication="青岛日报", date="2025-10-01")
    source = Source("ab" * 32, "page.txt", 9, (Document("text", known),), (page,))
    with Archive.create(tmp_path / "archive") as archive:
        with store.transaction(archive.connection):
            store.insert_source(archive.connection, source)
        yield archive


def only_key(archive: Archive) -> str:
    return str(archive.connection.execute("SELECT key FROM article").fetchone()[0])


def unindexed(archive: Archive) -> list[int]:
    rows = archive.connection.execute("SELECT paragraph_id FROM unindexed ORDER BY 1")
    return [row[0] for row in rows]


def test_new_articles_are_searched_for_quotations_once(archive: Archive) -> None:
    assert extract(archive.connection) == 2
    assert extract(archive.connection) == 0


def test_paragraphs_with_new_quotations_are_indexed_again_and_no_others(archive: Archive) -> None:
    archive.connection.execute("DELETE FROM unindexed")
    extract(archive.connection)
    assert unindexed(archive) == [2, 3]
    archive.connection.execute("DELETE FROM unindexed")
    extract(archive.connection, [1])
    assert unindexed(archive) == []


def test_a_changed_paragraph_loses_what_it_no_longer_says(archive: Archive) -> None:
    extract(archive.connection)
    archive.connection.execute("UPDATE paragraph SET text = '会见在北京举行。' WHERE id = 2")
    assert extract(archive.connection) == 1
    assert [q.speaker for q in of_article(archive.connection, only_key(archive))] == ["徐凯"]


def test_a_quotation_is_shown_with_its_place_and_the_english_of_its_sentence(
    archive: Archive,
) -> None:
    archive.connection.execute(
        "INSERT INTO translation (paragraph_id, engine, en, sentences, made_at) VALUES"
        " (2, 'test', 'China will cooperate. They met.', ?, 'now')",
        (
            '[{"start": 0, "end": 20, "en": "China will cooperate.", "flags": []},'
            ' {"start": 20, "end": 28, "en": "They met.", "flags": []}]',
        ),
    )
    extract(archive.connection)
    first, _ = of_article(archive.connection, only_key(archive))
    assert (first.zh, first.en) == ("中方愿同各方合作。", "China will cooperate.")
    assert (first.anchor, first.speaker, first.role) == (2, "王毅", "外交部长")
    assert (first.publication, first.date) == ("青岛日报", "2025-10-01")


@pytest.mark.parametrize("name", ["王毅", "Wang Yi", "wangyi", "wáng yì"])
def test_a_speaker_is_found_by_characters_and_by_pinyin(archive: Archive, name: str) -> None:
    extract(archive.connection)
    assert [q.zh for q in by_speaker(archive.connection, name)] == ["中方愿同各方合作。"]


@pytest.mark.parametrize("name", ["Lyu Jinlyu", "Lu Jinlu", "lü jinlü", "lv jinlv"])
def test_a_speaker_called_lyu_is_found_as_lu_too(archive: Archive, name: str) -> None:
    archive.connection.execute(
        "UPDATE paragraph SET text = '外交部长吕金绿表示，中方愿同各方合作。' WHERE id = 2"
    )
    extract(archive.connection)
    assert [q.zh for q in by_speaker(archive.connection, name)] == ["中方愿同各方合作。"]


def test_speakers_are_listed_with_roles_and_counts(archive: Archive) -> None:
    extract(archive.connection)
    listed = {s.name: s for s in speakers(archive.connection)}
    assert listed["徐凯"].pinyin == "Xu Kai"
    assert listed["徐凯"].roles == ("财务经理",)
    assert (listed["王毅"].quotations, listed["王毅"].first) == (1, "2025-10-01")


def test_a_removed_issue_speaks_no_more(archive: Archive) -> None:
    extract(archive.connection)
    archive.connection.execute("UPDATE issue SET removed_at = 'now'")
    assert speakers(archive.connection) == []
