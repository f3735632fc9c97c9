"""The English of the archive: made once, upgraded by a better engine, a person's for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from indexer.archive import Archive
from indexer.model import Kind
from indexer.translating import Only
from translations.engines import Draft

PAGE = """青岛高新区：创新为帆

李媛 肖玲玲

时代浪潮奔涌，总有先行者勇立潮头。小树成长，最需要的是阳光与雨露。

一流的产业离不开优质的营商环境。
"""


class Engine:
    """An engine that counts what it is asked, and says who it is."""

    def __init__(self, name: str) -> None:
        self.name = self.label = name
        self.asked: list[str] = []

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        self.asked += sentences
        return [Draft(f"It is said by {self.name}: {len(s)} signs of old text.") for s in sentences]

    def careful(self) -> None:
        return None


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    (tmp_path / "page.txt").write_text(PAGE)
    with Archive.create(tmp_path / "archive") as archive:
        list(archive.add([tmp_path / "page.txt"]))
        yield archive


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    return use(monkeypatch, "one")


def use(monkeypatch: pytest.MonkeyPatch, name: str) -> Engine:
    engine = Engine(name)
    monkeypatch.setattr("translations.engines.load", lambda *_: engine)
    return engine


def paragraphs(archive: Archive) -> dict[str, str]:
    (issue,) = archive.issues()
    (article,) = archive.issue(issue.key).articles
    return {p.zh: p.en for p in archive.article(article.key).paragraphs}


def engines(archive: Archive) -> set[str]:
    return set(archive.status().engines)


def test_nothing_is_translated_twice(archive: Archive, engine: Engine) -> None:
    assert archive.translate() == 4
    asked = len(engine.asked)
    assert archive.translate() == 0
    assert len(engine.asked) == asked


def test_a_killed_run_goes_on_from_the_memory(archive: Archive, engine: Engine) -> None:
    archive.translate()
    asked = len(engine.asked)
    archive.connection.execute("DELETE FROM translation")
    assert archive.translate() == 4
    assert len(engine.asked) == asked


def test_another_engine_upgrades_what_is_there(
    archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.translate()
    use(monkeypatch, "two")
    assert archive.translate(only=Only.MISSING) == 0
    assert archive.translate() == 4
    assert engines(archive) == {"two"}


def test_the_dictionary_replaces_nothing(
    archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.translate()
    monkeypatch.undo()
    assert archive.translate("gloss") == 0
    assert engines(archive) == {"one"}


def test_a_limit_leaves_the_rest_for_later(archive: Archive, engine: Engine) -> None:
    assert archive.translate(limit=1) == 1
    assert len(archive.untranslated()) == 3


def test_what_a_person_corrected_survives_another_engine_and_a_rebuilt_index(
    archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.translate()
    archive.index()
    (issue,) = archive.issues()
    (article,) = archive.issue(issue.key).articles
    paragraph = archive.article(article.key).paragraphs[2]
    archive.correct(paragraph.id, "Pioneers ride the zephyr.", "ann")
    archive.index()
    assert archive.search("zephyr").paragraphs == 1
    use(monkeypatch, "two")
    archive.translate()
    archive.index(rebuild=True)
    (hit,) = archive.search("zephyr").hits
    assert hit.paragraphs[0].corrected
    assert paragraphs(archive)[paragraph.zh] == "Pioneers ride the zephyr."


def test_bylines_headlines_and_paragraphs_all_have_english(
    archive: Archive, engine: Engine
) -> None:
    archive.translate()
    assert all(paragraphs(archive).values())
    (issue,) = archive.issues()
    assert archive.issue(issue.key).articles[0].headline_en
    kinds = {p.kind for p in archive.article(archive.issue(issue.key).articles[0].key).paragraphs}
    assert kinds == {Kind.HEADLINE, Kind.BYLINE, Kind.PARAGRAPH}


class TestTheArchivesGlossary:
    def write(self, archive: Archive, english: str) -> None:
        (archive.path / "glossary.csv").write_text(f"zh,en,also,kind\n营商环境,{english},,term\n")

    def test_touches_the_paragraphs_that_have_the_term_alone(
        self, archive: Archive, engine: Engine
    ) -> None:
        archive.translate()
        self.write(archive, "doing-business climate")
        touched = archive.untranslated()
        texts = [
            row[0]
            for id in touched
            for row in archive.connection.execute("SELECT text FROM paragraph WHERE id = ?", (id,))
        ]
        assert texts == ["一流的产业离不开优质的营商环境。"]

    def test_is_applied_once(self, archive: Archive, engine: Engine) -> None:
        archive.translate()
        self.write(archive, "doing-business climate")
        assert archive.translate() == 1
        assert archive.translate() == 0
        self.write(archive, "climate for business")
        assert archive.translate() == 1
