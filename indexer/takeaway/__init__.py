"""Articles and issues to take away: Markdown, TMX 1.4 and EPUB 3, made from what pages show."""

from indexer.takeaway.epub import epub
from indexer.takeaway.markdown import markdown, markdown_issue
from indexer.takeaway.tmx import tmx

__all__ = ["epub", "markdown", "markdown_issue", "tmx"]
