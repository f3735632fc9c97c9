"""Citations of newspaper articles, in four styles and three formats for reference managers.

Written by hand after the manuals, for citation processors get Chinese names wrong. What is not
known is left out or said to be unknown; nothing is guessed.
"""

from indexer.cite.formats import bibtex, csl_json, ris
from indexer.cite.styles import Citation, Style, cite

__all__ = ["Citation", "Style", "bibtex", "cite", "csl_json", "ris"]
