"""Bring Chinese into the one form that models read and the memory is keyed by."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)} | {0xFF05: "%", 0x3000: " "}
_QUOTES = str.maketrans("「」『』﹁﹂", "“”‘’“”")
_CJK = rf"[{HAN}\u3001-\u303f\uff01-\uff65“”‘’…—]"
_LOOSE_SPACE = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_SPACE = re.compile(r"\s+")


def has_han(text: str) -> bool:
    """Tell whether a text holds at least one Chinese character."""
    return _HAN.search(text) is not None


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(_HAN.findall(text))


@functools.cache
def _converter() -> tuple[Any, frozenset[str]]:
    from opencc import OpenCC

    converter = OpenCC("t2s")
    every = [chr(code) for code in range(0x3400, 0xA000)]
    changed = frozenset(char for char in every if converter.convert(char) != char)
    return converter, changed


def simplified(text: str) -> str:
    """Turn Traditional characters into Simplified, phrase by phrase (乾隆 stays 乾隆)."""
    converter, changed = _converter()
    return str(converter.convert(text)) if not changed.isdisjoint(text) else text


def prepare(sentence: str) -> str:
    """Return the sentence as a model reads it best.

    Traditional becomes Simplified, wide digits and letters plain, corner quotes curved; spaces
    beside Chinese characters go: ``全球 160 多个國家`` is ``全球160多个国家``.
    """
    text = sentence.translate(_WIDE).translate(_QUOTES)
    text = _LOOSE_SPACE.sub("", simplified(text))
    return _SPACE.sub(" ", text).strip()


def key(sentence: str) -> str:
    """Return the memory key of a sentence: prepared, and punctuation folded to one width.

    Light on purpose: a changed number or mark is another sentence.
    """
    return unicodedata.normalize("NFKC", prepare(sentence))
