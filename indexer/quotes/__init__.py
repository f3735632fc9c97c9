"""Quotations: found in the text, with who said them, and checked against it."""

from indexer.quotes.find import quotations
from indexer.quotes.model import Kind, Quotation
from indexer.quotes.names import pinyin

__all__ = ["Kind", "Quotation", "pinyin", "quotations"]
