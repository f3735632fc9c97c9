"""What a query means beyond its signs, the same for every engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeGuard

from indexer import fold, query
from indexer.index import names, words


def without_stop_words(nodes: Sequence[query.Node]) -> Sequence[query.Node]:
    """Return the nodes of an AND but those that a translation may not have, if any text is left."""
    kept = [node for node in nodes if not _is_stop_word(node)]
    return kept if any(isinstance(node, query.Text) for node in kept) else nodes


def is_word(node: query.Node) -> TypeGuard[query.Text]:
    """Tell whether a node is an English word that is looked for in any form."""
    return isinstance(node, query.Text) and not node.is_chinese and not node.exact


def _is_stop_word(node: query.Node) -> bool:
    return (
        isinstance(node, query.Text)
        and not (node.exact or node.prefix or node.edits)
        and node.text.lower() in words.STOP_WORDS
    )


def joined_names(nodes: Sequence[query.Node]) -> list[tuple[int, query.Text]]:
    """Return where two words may be one Chinese name, with the word they make."""
    found = []
    for place, (one, two) in enumerate(pairwise(nodes)):
        if _may_be_name(one) and _may_be_name(two):
            found.append((place, query.Text(fold.key(one.text + two.text), exact=True)))
    return found


def _may_be_name(node: query.Node) -> TypeGuard[query.Text]:
    return (
        isinstance(node, query.Text)
        and not (node.exact or node.prefix or node.edits)
        and names.is_pinyin(fold.key(node.text))
    )
