"""Make a model's raw English fit to print, without touching what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKS = str.maketrans(
    {"，": ", ", "。": ". ", "、": ", ", "；": "; ", "：": ": ", "？": "? ", "！": "! "}
    | {"（": " (", "）": ") ", "“": '"', "”": '"', "《": ' "', "》": '" ', "‘": "'", "’": "'"}
    | {"【": " [", "】": "] ", "　": " ", "％": "%", "…": "...", "⁇": " "}
)
_BEFORE_MARK = re.compile(r"\s+([,.;:?!)\]%])(?!\d)")
_AFTER_OPENING = re.compile(r"([(\[])\s+")
_SPACE = re.compile(r"\s+")
_DOUBLED = re.compile(r"([,;:?!])(?:\s*\1)+")
_TERMINAL = re.compile(r"[。！？!?][”’」』）)\"]*\s*$")


def tidy(en: str, zh: str) -> str:
    """Put ASCII punctuation and single spaces, and begin a whole sentence with a capital."""
    text = _SPACE.sub(" ", en.translate(_MARKS)).strip()
    text = _DOUBLED.sub(r"\1", _AFTER_OPENING.sub(r"\1", _BEFORE_MARK.sub(r"\1", text)))
    if _TERMINAL.search(zh):
        text = re.sub(r"\s*,$", ".", capitalized(text))
    return text


def joined(sentences: Iterable[tuple[str, str]]) -> str:
    """Return a paragraph's English from its sentences, each Chinese with its English.

    One space parts them, and a line break where the Chinese has one: lines of verse stay lines.
    """
    parts = (en + ("\n" if "\n" in zh else " ") for zh, en in sentences if en)
    return "".join(parts).strip()


def capitalized(en: str) -> str:
    """Begin a text with a capital, whatever quotes stand before it."""
    return re.sub(r"^(\W*)([a-z])", lambda m: m.group(1) + m.group(2).upper(), en)
