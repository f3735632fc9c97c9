"""Did you mean: words of the archive that are spelt like one that was not found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer import fold, query
from indexer.index import Reader, words
from indexer.search.match import Leaf

MOST = 3
SHORTEST = 4


def suggestions(reader: Reader, text: str, leaves: Sequence[Leaf]) -> tuple[str, ...]:
    """Return the query with its unknown English words replaced by near ones, likeliest first."""
    unknown = [leaf.text for leaf in leaves if not leaf.fields and is_spelt(leaf.text)]
    return replaced(text, unknown, lambda word: _nearest(reader, word))


def replaced(
    text: str, unknown: Sequence[query.Text], nearest: Callable[[str], Sequence[str]]
) -> tuple[str, ...]:
    """Return a query with its unknown words replaced; ``nearest`` gives the known ones for each."""
    found = [text]
    for wanted in unknown:
        others = nearest(fold.key(wanted.text))
        found = [option.replace(wanted.text, word) for option in found for word in others] or found
    return tuple(option for option in dict.fromkeys(found) if option != text)[:MOST]


def is_spelt(text: query.Text) -> bool:
    """Tell whether a text is one English word, long enough to be mistyped."""
    key = fold.key(text.text)
    return key.isascii() and key.isalpha() and len(key) >= SHORTEST and not text.prefix


def _nearest(reader: Reader, word: str) -> list[str]:
    for edits in (1, 2):
        found = {term for field in words.FIELDS for term in reader.near(field, word, edits)}
        if found:
            return sorted(found, key=lambda term: -_frequency(reader, term))[:MOST]
    return []


def _frequency(reader: Reader, term: str) -> int:
    return sum(reader.frequency(field, term) for field in words.FIELDS)
