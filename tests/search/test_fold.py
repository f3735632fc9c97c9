"""What is one and the same text to a reader has one key."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer import fold

TRICKY = "12.,%３．０ 。\n人体体AéßＡ㎡"
TEXTS = st.text(st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=40)


class TestOneText:
    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("無感審批", "无感审批"),
            ("瞭解", "了解"),
            ("答覆", "答复"),
            ("這裡", "这里"),
            ("這裏", "这里"),
            ("著作", "着作"),
            ("乾隆", "干隆"),
            ("後台", "后臺"),
            ("ＡＥＯＮ人形", "aeon人形"),
            ("到期未换证", "到期，未\n\n换证"),
            ("“到期未换证”", "到期未换证"),
            ("1,000", "1000"),
            ("３９．５％", "39.5%"),
            ("39.5 %", "39.5%"),
            ("二○二四", "二〇二四"),
            ("Qīngdǎo", "qingdao"),
            ("cafe\u0301", "café"),
            ("100㎡", "100m2"),
            ("习近平·著", "习近平着"),
        ],
    )
    def test_its_forms_share_a_key(self, typed: str, printed: str) -> None:
        assert fold.key(typed) == fold.key(printed)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("3.5亿", "35亿"), ("39.5%", "39.5"), ("½", "12"), ("画", "划"), ("末", "未")],
    )
    def test_what_differs_in_meaning_differs(self, one: str, other: str) -> None:
        assert fold.key(one) != fold.key(other)

    def test_a_full_stop_after_a_number_is_punctuation(self) -> None:
        assert fold.key("in 2024. 本报讯") == "in2024本报讯"
        assert fold.key("3.0.") == "3.0"

    def test_punctuation_alone_has_no_key(self) -> None:
        assert fold.key(" ，。…—《》!?*~\n　") == ""


class TestAPieceOfText:
    @settings(deadline=None)
    @given(TEXTS, TEXTS, TEXTS)
    def test_folds_to_a_piece_of_the_key(self, before: str, piece: str, after: str) -> None:
        assert fold.key(piece) in fold.key(before + piece + after)

    @settings(deadline=None)
    @given(TEXTS)
    def test_folding_again_changes_nothing(self, text: str) -> None:
        assert fold.key(fold.key(text)) == fold.key(text)

    @settings(deadline=None)
    @given(TEXTS)
    def test_each_folded_character_knows_its_origin(self, text: str) -> None:
        folded, origin = fold.fold_map(text)
        assert folded == fold.key(text)
        assert len(origin) == len(folded)
        assert origin == sorted(origin)
        for character, index in zip(folded, origin, strict=True):
            assert character in fold.key(f"1{text[index]}1")


def test_traditional_text_made_by_opencc_has_the_key_of_its_source(corpus_file: Path) -> None:
    converters = [OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]
    with gzip.open(corpus_file, "rt", encoding="utf-8") as lines:
        articles = random.Random(5).sample([json.loads(line) for line in lines], 25)
    for article in articles:
        for text in article["paragraphs"]:
            for converter in converters:
                assert fold.key(converter.convert(text)) == fold.key(text)
