"""A piece of Chinese finds exactly the paragraphs in which a reader sees it."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer import fold
from indexer.search import Filters
from tests.search.library import Library

TRADITIONAL = OpenCC("s2t")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) not in '"'}
CHINESE = Filters(language="zh")
SIGNS = "，。、：；“”（）《》 \n　—…"


def scan(library: Library, text: str) -> set[int]:
    """Find by reading every paragraph: the truth."""
    key = fold.key(text)
    rows = library.connection.execute("SELECT id, folded FROM paragraph")
    return {row["id"] for row in rows if key in row["folded"]}


def retyped(text: str, how: random.Random) -> str:
    """Type a text as another person might: in other characters, widths, signs and lines."""
    traditional = TRADITIONAL.convert(text)
    mixed = "".join(how.choice(pair) for pair in zip(text, traditional, strict=False))
    text = how.choice([text, traditional, mixed if len(text) == len(traditional) else text])
    if how.random() < 0.3:
        text = text.translate(WIDE)
    if how.random() < 0.3:
        text = "".join(c for c in text if c not in SIGNS)
    if how.random() < 0.4:
        place = how.randint(0, len(text))
        number = place and text[place - 1 : place + 1].isdigit()
        text = text if number else text[:place] + how.choice(SIGNS) + text[place:]
    return text.replace('"', "")


class TestAPieceOfChinese:
    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_finds_what_a_scan_finds(self, sample: Library, data: st.DataObject) -> None:
        self.check(sample, data.draw(st.integers(0, 10**9)))

    @pytest.mark.slow
    def test_finds_what_a_scan_finds_thousands_of_times(self, sample: Library) -> None:
        for seed in range(5000):
            self.check(sample, seed)

    def check(self, library: Library, seed: int) -> None:
        how = random.Random(seed)
        rows = library.connection.execute("SELECT text FROM paragraph").fetchall()
        text = how.choice(rows)["text"]
        size = how.choice([1, 1, 2, 2, 3, 4, 6, 10, 30])
        start = how.randint(0, max(0, len(text) - size))
        typed = retyped(text[start : start + size], how)
        if fold.key(typed):
            assert library.found(f'"{typed}"', filters=CHINESE) == scan(library, typed), typed

    def test_needs_no_quotes(self, sample: Library) -> None:
        for typed in ("新质生产力", "北京", "的", "AI", "2024年", "改革开放，", "（记者"):
            assert sample.found(typed, filters=CHINESE) == scan(sample, typed)
