"""Quotations: found in the text, with who said them, and checked against it."""

from indexer.quotes.check import Checker, Finding, Match, Part, Verdict, check
from indexer.quotes.find import quotations
from indexer.quotes.model import Kind, Quotation
from indexer.quotes.names import pinyin
from indexer.quotes.reading import decode, read_quotes
from indexer.quotes.table import as_csv

__all__ = [
    "Checker",
    "Finding",
    "Kind",
    "Match",
    "Part",
    "Quotation",
    "Verdict",
    "as_csv",
    "check",
    "decode",
    "pinyin",
    "quotations",
    "read_quotes",
]
