"""Files are taken in when they have landed, not while they are written."""

from __future__ import annotations

from pathlib import Path

from indexer.watch import Watch


def test_a_file_is_taken_once_it_stands_still(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text("half")
    assert watch.look() == []
    page.write_text("half and whole")
    assert watch.look() == []
    assert watch.look() == [page]
    assert watch.look() == []


def test_a_file_that_is_changed_later_is_taken_again(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text("one")
    watch.look()
    watch.look()
    page.write_text("two!")
    assert watch.look() == []
    assert watch.look() == [page]


def test_a_file_that_goes_away_is_no_error(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text("one")
    watch.look()
    page.unlink()
    assert watch.look() == []
