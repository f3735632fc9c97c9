"""What an archivist changes by hand: kept with its history, and no link ever breaks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer import editing, markup
from indexer.archive import Archive
from indexer.errors import ArchiveError, NotFound
from indexer.markup import MarkedBlock
from indexer.model import Kind, Metadata
from tests.store.conftest import a_page, a_source, add, keys


@pytest.fixture
def key(archive: Archive) -> str:
    add(archive, a_source(layout=a_page("第一段，很长。", "第二段。", "第三段。")))
    return keys(archive)[0]


def edited(archive: Archive, key: str, *changes: tuple[str, str]) -> bool:
    text = editing.as_markup(archive.connection, key)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return editing.edit(archive.connection, key, text, "ann")


def blocks(archive: Archive, key: str) -> list[tuple[str, int, str]]:
    return [(p.kind.value, p.anchor, p.zh) for p in archive.article(key).paragraphs]


class TestMarkedUpText:
    LINES = st.text("青岛 ab#[]\\\n", min_size=1).filter(lambda t: t.strip() == t)

    @example([MarkedBlock(Kind.PARAGRAPH, "a\n[a]\n\\[b #1]\n[paragraph]")])
    @given(
        st.lists(st.builds(MarkedBlock, st.sampled_from(Kind), LINES), max_size=5),
    )
    def test_reads_back_what_it_wrote(self, blocks: list[MarkedBlock]) -> None:
        numbered = [MarkedBlock(b.kind, b.text, n) for n, b in enumerate(blocks)]
        assert markup.parse(markup.render(numbered)) == numbered

    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("no header", "Line 1: text before"),
            ("[story #1]\ntext", "Line 1: .story. is no kind of block; use one of headline"),
            ("[paragraph #1]\ntext\n[paragraph]\n\n", "Line 3: a .paragraph. block is empty"),
            ("[paragraph #1]\ntext\n[caption #1]\ntext", "#1 stands twice"),
        ],
    )
    def test_that_is_wrong_is_refused_with_the_line_and_the_remedy(
        self, text: str, hint: str
    ) -> None:
        with pytest.raises(ArchiveError, match=hint):
            markup.parse(text)


class TestAnEdit:
    def test_that_changes_nothing_says_so_and_leaves_no_history(
        self, archive: Archive, key: str
    ) -> None:
        assert not edited(archive, key)
        assert editing.history(archive.connection, key) == []

    def test_changes_kind_and_text_and_keeps_the_text_before(
        self, archive: Archive, key: str
    ) -> None:
        assert edited(archive, key, ("[paragraph #3]\n第二段。", "[caption #3]\n第2段。"))
        assert ("caption", 3, "第2段。") in blocks(archive, key)
        (change,) = editing.history(archive.connection, key)
        assert "第二段。" in change.before
        assert change.author == "ann"

    def test_of_the_headline_is_the_article_s_headline(self, archive: Archive, key: str) -> None:
        edited(archive, key, ("标题", "新标题"))
        assert archive.article(key).headline == "新标题"

    def test_splits_a_paragraph_under_a_new_anchor(self, archive: Archive, key: str) -> None:
        edited(archive, key, ("第一段，很长。", "第一段，\n\n[paragraph]\n很长。"))
        assert blocks(archive, key)[1:3] == [
            ("paragraph", 2, "第一段，"),
            ("paragraph", 5, "很长。"),
        ]

    def test_joins_paragraphs_and_the_old_link_leads_to_the_whole(
        self, archive: Archive, key: str
    ) -> None:
        edited(archive, key, ("第一段，很长。\n\n[paragraph #3]\n", "第一段，很长。"))
        assert ("paragraph", 2, "第一段，很长。第二段。") in blocks(archive, key)
        (moved,) = archive.article(key).moved
        assert (moved.anchor, moved.article_key, moved.article_anchor) == (3, key, 2)

    def test_never_gives_an_anchor_away_twice(self, archive: Archive, key: str) -> None:
        edited(archive, key, ("第二段。\n\n[paragraph #4]\n", "第二段。"))
        edited(archive, key, ("第一段，很长。", "第一段，\n\n[paragraph]\n很长。"))
        assert [anchor for _, anchor, _ in blocks(archive, key)] == [1, 2, 5, 3]

    def test_may_not_lose_a_paragraph(self, archive: Archive, key: str) -> None:
        with pytest.raises(ArchiveError, match="Block #3 is missing"):
            edited(archive, key, ("[paragraph #3]\n第二段。\n", ""))
        assert len(blocks(archive, key)) == 4

    def test_of_the_text_drops_the_english_that_no_longer_fits(
        self, archive: Archive, key: str
    ) -> None:
        for paragraph in archive.article(key).paragraphs:
            archive.connection.execute(
                "INSERT INTO translation VALUES (?, 'test', 'English', '[]', '[]', 'now')",
                (paragraph.id,),
            )
        edited(archive, key, ("第二段。", "第2段。"))
        machines = [p.engine for p in archive.article(key).paragraphs]
        assert machines == ["test", "test", "", "test"]


class TestSplitting:
    def test_makes_a_second_article_and_old_links_lead_on(self, archive: Archive, key: str) -> None:
        new = editing.split(archive.connection, key, 3, "ann")
        assert blocks(archive, key) == [("headline", 1, "标题"), ("paragraph", 2, "第一段，很长。")]
        assert blocks(archive, new) == [("headline", 3, "第二段。"), ("paragraph", 4, "第三段。")]
        assert archive.article(new).headline == "第二段。"
        assert [(m.anchor, m.article_key) for m in archive.article(key).moved] == [
            (3, new),
            (4, new),
        ]
        assert keys(archive) == [key, new]

    @pytest.mark.parametrize("anchor", [1, 99])
    def test_at_a_place_that_is_none_is_refused(
        self, archive: Archive, key: str, anchor: int
    ) -> None:
        with pytest.raises(NotFound, match="cannot be split"):
            editing.split(archive.connection, key, anchor, "ann")


class TestJoining:
    def test_undoes_a_split_and_the_key_of_the_second_leads_to_the_first(
        self, archive: Archive, key: str
    ) -> None:
        new = editing.split(archive.connection, key, 3, "ann")
        editing.join(archive.connection, key, new, "ann")
        assert [text for _, _, text in blocks(archive, key)] == [
            "标题",
            "第一段，很长。",
            "第二段。",
            "第三段。",
        ]
        assert archive.article(new).key == key
        assert {m.anchor: m.article_anchor for m in archive.article(key).moved} == {3: 5, 4: 6}

    def test_an_article_to_itself_is_refused(self, archive: Archive, key: str) -> None:
        with pytest.raises(ArchiveError, match="joined to itself"):
            editing.join(archive.connection, key, key, "ann")


class TestMoving:
    def test_gives_an_article_its_date_and_leaves_the_rest_unknown(
        self, archive: Archive, key: str
    ) -> None:
        editing.move(archive.connection, key, Metadata(date="2025-10-01"))
        article = archive.article(key)
        assert (article.date, article.publication) == ("2025-10-01", None)
        assert [issue.date for issue in archive.issues()] == ["2025-10-01"]


class TestRemoving:
    def test_hides_an_issue_and_restoring_brings_it_back(self, archive: Archive, key: str) -> None:
        issue = archive.article(key).issue_key
        assert editing.remove(archive.connection, issue)
        assert not editing.remove(archive.connection, issue)
        with pytest.raises(NotFound):
            archive.article(key)
        assert archive.status().articles == 0
        assert editing.restore(archive.connection, issue)
        assert not editing.restore(archive.connection, issue)
        assert archive.article(key).headline == "标题"

    def test_lets_no_page_be_added_out_of_sight(self, archive: Archive) -> None:
        known = {"publication": "青岛日报", "date": "2025-10-01"}
        add(archive, a_source("01" * 32, **known))
        editing.remove(archive.connection, archive.issues()[0].key)
        with pytest.raises(ArchiveError, match="archive restore"):
            add(archive, a_source("02" * 32, **known))


class TestAReprint:
    LONG = "青岛高新区深谙筑巢引凤之道，以服务创新为犁，深耕这片发展的沃土。" * 2

    def story(self, text: str) -> str:
        return "".join(f"{n}{text[n:]}{text[:n]}" for n in range(12))

    def test_is_kept_and_linked_both_ways(self, archive: Archive) -> None:
        text = self.story(self.LONG)
        add(archive, a_source("01" * 32, a_page(text)))
        add(archive, a_source("02" * 32, a_page(text.replace("犁", "桨", 2))))
        one, two = keys(archive)
        assert [a.key for a in archive.article(one).also_printed_in] == [two]
        assert [a.key for a in archive.article(two).also_printed_in] == [one]

    def test_is_not_seen_in_another_story(self, archive: Archive) -> None:
        add(archive, a_source("01" * 32, a_page(self.story(self.LONG))))
        other = "时代浪潮奔涌，总有先行者勇立潮头。十四五期间，不负高新之名，乘风破浪前行。" * 2
        add(archive, a_source("02" * 32, a_page(self.story(other))))
        assert [archive.article(key).also_printed_in for key in keys(archive)] == [(), ()]
