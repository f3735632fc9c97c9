"""Archives made for the tests of pages."""

from __future__ import annotations

from pathlib import Path

from indexer.archive import Archive
from indexer.intake import AddOptions
from indexer.model import Metadata


def add_page(archive: Archive, text: str, name: str = "page.txt", **known: str) -> None:
    """Add one page's text. Its English comes with ``finish``."""
    file = archive.path / "incoming" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    with archive.writing():
        (added,) = archive.add([Path(file)], AddOptions(given=Metadata(**known)), processes=1)
    assert added.articles, added


def finish(archive: Archive) -> None:
    """Put everything into English by the dictionary, and index it."""
    with archive.writing():
        archive.translate("gloss")
        archive.index()
