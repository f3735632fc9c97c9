"""Chinese as it is shown: which script a text is in, and the other script for display."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from opencc import OpenCC

Script = Literal["printed", "hans", "hant"]
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SCRIPTS: tuple[Script, ...] = ("printed", "hans", "hant")


@lru_cache(maxsize=8_192)
def shown(text: str, script: Script) -> str:
    """Return Chinese ``text`` in ``script``; for display only, offsets may shift."""
    if script == "printed" or not text:
        return text
    return str(_converter("t2s" if script == "hans" else "s2t").convert(text))


@lru_cache(maxsize=8_192)
def language_tag(text: str) -> str:
    """Return the BCP 47 tag of Chinese ``text``: zh-Hant, or zh-Hans, which both alike is too."""
    simplified = shown(text, "hans")
    if text == simplified:
        return "zh-Hans"
    traditional_signs = _differences(text, simplified)
    return "zh-Hant" if traditional_signs >= _differences(text, shown(text, "hant")) else "zh-Hans"


def either_tag(text: str) -> str:
    """Return the tag of a text that may be English: ``en`` where it holds no Chinese."""
    return language_tag(text) if _HAN.search(text) else "en"


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
