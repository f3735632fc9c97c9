from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translations.sentences import LONGEST, halves, split


def cut(text: str, longest: int = LONGEST) -> list[str]:
    return [text[start:end] for start, end in split(text, longest)]


NEWSPAPER = st.text(
    alphabet="青岛高新区。！？；…，、”“（）《》0123456789.,万 \nAEONx", max_size=400
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(NEWSPAPER, st.text(max_size=200)), st.integers(2, 60))
def test_the_sentences_cover_the_paragraph_in_order(text: str, longest: int) -> None:
    spans = split(text, longest)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]


@settings(max_examples=200, deadline=None)
@given(NEWSPAPER, st.integers(16, 60))
def test_a_number_is_never_cut(text: str, longest: int) -> None:
    places = {end for _, end in split(text, longest)}
    for match in re.finditer(r"\d+", text):
        if len(match.group()) < longest // 2:
            assert not places & set(range(match.start() + 1, match.end()))


@settings(max_examples=200, deadline=None)
@given(NEWSPAPER, st.integers(8, 60))
def test_no_sentence_is_longer_than_asked_for(text: str, longest: int) -> None:
    assert all(len(piece.strip()) <= longest for piece in cut(text, longest))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("青岛很美。哈尔滨很冷！真的？", ["青岛很美。", "哈尔滨很冷！", "真的？"]),
        ("他说：“支持是全方位的。”王毅感慨道。", ["他说：“支持是全方位的。”", "王毅感慨道。"]),
        ("他喊“再出发！”，大家笑了。", ["他喊“再出发！”，大家笑了。"]),
        ("以“向新而行！”为主题的大会。", ["以“向新而行！”为主题的大会。"]),
        ("一是创新；二是服务。", ["一是创新；", "二是服务。"]),
        ("（记者张三；李四）本报讯。", ["（记者张三；李四）本报讯。"]),
        ("看《你好，李焕英！》的人很多。", ["看《你好，李焕英！》的人很多。"]),
        ("增长39.5%。达102 亿元。 后来", ["增长39.5%。", "达102 亿元。 ", "后来"]),
        ("等等……后来呢？！", ["等等……", "后来呢？！"]),
        ("床前明月光\n疑是地上霜", ["床前明月光\n", "疑是地上霜"]),
        ("", []),
        ("无标点", ["无标点"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_a_long_sentence_is_cut_at_its_commas() -> None:
    text = "，".join(["青岛高新区构建起一个培育生态系统"] * 12) + "。"
    pieces = cut(text)
    assert len(pieces) > 1
    assert all(piece.endswith(("，", "。")) for piece in pieces)


def test_a_thousands_comma_is_not_a_place_to_cut() -> None:
    pieces = cut("投资总额已经达到了1,234,567,890元人民币，比去年增长", 16)
    assert any("1,234,567,890" in piece for piece in pieces)


def test_halves_part_a_sentence_at_the_comma_nearest_its_middle() -> None:
    assert halves("这里很好，那里也很好。") == ["这里很好，", "那里也很好。"]
    assert halves("没有逗号的一句话") == ["没有逗号的一句话"]


def test_a_line_of_a_million_characters_is_cut_in_good_time() -> None:
    started = time.monotonic()
    spans = split("青岛高新区一二三四五" * 100_000)
    assert len(spans) >= 1_000_000 // LONGEST
    assert time.monotonic() - started < 10
