from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import pairwise

import pytest

from translations.argos import ArgosEngine
from translations.driver import ParagraphTranslation, Passage, Progress, translate_paragraphs
from translations.engines import Draft
from translations.gloss import GlossEngine
from translations.memory import Memory
from translations.quality import Flag


class Recorder:
    """An engine that says what it is given, and can be told to answer something else."""

    name = "recorder 1"
    label = "recorder"

    def __init__(self, answers: dict[str, str] | None = None, careful: Recorder | None = None):
        self.asked: list[list[str]] = []
        self._answers = answers or {}
        self._careful = careful

    def careful(self) -> Recorder | None:
        return self._careful

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        self.asked.append(list(sentences))
        return [Draft(self._answers.get(zh, english(zh)), -0.1) for zh in sentences]

    @property
    def sentences(self) -> list[str]:
        return [zh for batch in self.asked for zh in batch]


class CarefulRecorder(Recorder):
    name = "recorder 1 careful"


def english(zh: str) -> str:
    """Return English of a fitting length, different for each sentence, with its numbers."""
    return " ".join(char if char.isdigit() else _letters(char) for char in zh[::2]) + "."


def _letters(char: str) -> str:
    return "".join(chr(97 + int(digit, 16)) for digit in f"{ord(char):x}")


def run(
    texts: list[str], engine: Recorder | ArgosEngine | GlossEngine, memory: Memory, **options: int
) -> list[ParagraphTranslation]:
    return list(translate_paragraphs(enumerate(texts), engine, memory, **options))


def test_each_sentence_keeps_its_place_in_the_paragraph(memory: Memory) -> None:
    text = "青岛很美。 哈尔滨很冷！"
    [made] = run([text], Recorder(), memory)
    first, second = made.sentences
    assert text[first.start : first.end] == "青岛很美。 "
    assert text[second.start : second.end] == "哈尔滨很冷！"
    assert made.en == f"{first.en} {second.en}"
    assert (made.paragraph_id, made.engine) == (0, "recorder 1")


def test_a_sentence_that_comes_twice_is_translated_once(memory: Memory) -> None:
    engine = Recorder()
    first, second = run(["今天很好。", "今天很好。昨天不好。"], engine, memory)
    assert sorted(engine.sentences) == ["今天很好。", "昨天不好。"]
    assert first.en == second.sentences[0].en


def test_what_the_memory_holds_is_not_made_again(memory: Memory) -> None:
    run(["今天很好。"], Recorder(), memory)
    again = Recorder()
    [made] = run(["今天很好。明天更好。"], again, memory)
    assert again.sentences == ["明天更好。"]
    assert made.sentences[0].en == english("今天很好。").capitalize()


def test_traditional_and_loosely_spaced_text_is_the_same_sentence(memory: Memory) -> None:
    engine = Recorder()
    run(["全球 160 多個國家。", "全球160多个国家。"], engine, memory)
    assert engine.sentences == ["全球160多个国家。"]


def test_a_killed_run_goes_on_where_it_was(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translations.driver._BATCH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    class Killed(Recorder):
        def translate(self, sentences: Sequence[str]) -> list[Draft]:
            if len(self.asked) == 2:
                raise KeyboardInterrupt
            return super().translate(sentences)

    texts = ["第一句话。", "第二句话呢。", "第三句话在这。"]
    killed = Killed()
    with pytest.raises(KeyboardInterrupt):
        run(texts, killed, memory)
    after = Recorder()
    run(texts, after, memory)
    assert sorted(killed.sentences + after.sentences) == sorted(texts)


def test_long_sentences_come_first_and_batches_are_bounded(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translations.driver._BATCH", 10)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    engine = Recorder()
    run(["一二三。", "一二三四五六七。", "一二三四五。"], engine, memory)
    assert engine.asked == [["一二三四五六七。", "一二三四五。"], ["一二三。"]]


def test_text_without_chinese_never_reaches_the_engine(memory: Memory) -> None:
    engine = Recorder()
    made = run(["AEON 3.0", "——", ""], engine, memory)
    assert [m.en for m in made] == ["AEON 3.0", "——", ""]
    assert engine.sentences == []


def test_windows_bound_what_is_held_and_keep_the_order(memory: Memory) -> None:
    texts = [f"这是第{n}句话。" for n in range(20)]
    made = run(texts, Recorder(), memory, window=10)
    assert [m.paragraph_id for m in made] == list(range(20))


def test_lines_of_verse_stay_lines(memory: Memory) -> None:
    [made] = run(["床前明月光\n疑是地上霜"], Recorder(), memory)
    assert len(made.en.split("\n")) == 2


def test_progress_ends_at_the_total(memory: Memory) -> None:
    texts = ["今天很好。", "今天很好。", "abc"]
    seen: list[Progress] = []
    total = sum(map(len, texts))
    list(
        translate_paragraphs(
            enumerate(texts), Recorder(), memory, total=total, progress=seen.append
        )
    )
    assert seen[-1].done == total
    assert seen[-1].remaining == 0
    assert all(a.done <= b.done for a, b in pairwise(seen))


def test_a_flagged_sentence_is_tried_again_and_the_better_english_kept(memory: Memory) -> None:
    zh = "这里的天气是有温度的。"
    careful = CarefulRecorder({zh: "The weather here has warmth."})
    engine = Recorder({zh: "two two two two two two"}, careful)
    [made] = run([zh], engine, memory)
    assert made.en == "The weather here has warmth."
    assert made.flags == ()
    assert (made.engine, made.sentences[0].engine) == ("recorder 1", "recorder 1 careful")


def test_the_first_english_stays_where_the_second_is_no_better(memory: Memory) -> None:
    zh = "这里的天气是有温度的。"
    engine = Recorder({zh: "two two two two two two"}, CarefulRecorder({zh: "这里的天气"}))
    [made] = run([zh], engine, memory)
    assert made.flags == (Flag.LOOP,)
    assert made.sentences[0].engine == "recorder 1"


def test_a_number_that_slipped_is_put_right_and_marked(memory: Memory) -> None:
    zh = "今年的营业收入是102亿元。"
    engine = Recorder({zh: "Revenue this year is 102 billion yuan."})
    [made] = run([zh], engine, memory)
    assert made.en == "Revenue this year is 10.2 billion yuan."
    assert made.flags == (Flag.REPAIRED,)


def test_a_number_that_is_lost_is_flagged(memory: Memory) -> None:
    zh = "今年来了628家企业。"
    [made] = run([zh], Recorder({zh: "Many enterprises came this year."}), memory)
    assert made.flags == (Flag.NUMBER,)


def test_the_real_model_translates_the_real_page(
    seed_text: str, draft_engine: ArgosEngine, memory: Memory, connection: sqlite3.Connection
) -> None:
    texts = [text for text in seed_text.split("\n\n") if text.strip()][-8:]
    made = run(texts, draft_engine, memory)
    assert len(made) == len(texts)
    assert all(m.en for m in made)
    assert "Harbin" in " ".join(m.en for m in made)
    remembered = connection.execute("SELECT count(*) FROM memory").fetchone()[0]
    run(texts, draft_engine, memory)
    assert connection.execute("SELECT count(*) FROM memory").fetchone()[0] == remembered


def test_plain_tuples_and_passages_are_taken_alike(memory: Memory) -> None:
    passages = [Passage(7, "今天很好。", article=1), Passage(9, "明天更好。", article=1)]
    made = translate_paragraphs(passages, GlossEngine(), memory)
    assert [m.paragraph_id for m in made] == [7, 9]


def test_a_byline_is_written_by_rule(memory: Memory) -> None:
    engine = Recorder()
    passages = [Passage(1, "李媛 肖玲玲", kind="byline"), Passage(2, "李媛 肖玲玲")]
    byline, other = translate_paragraphs(passages, engine, memory)
    assert byline.en == "Li Yuan, Xiao Lingling"
    assert (byline.engine, byline.sentences[0].engine) == ("recorder 1", "names pinyin")
    assert other.sentences[0].engine == "recorder 1"


def test_paragraphs_of_no_article_share_no_names(memory: Memory) -> None:
    first = "青岛海尔生物医疗科技有限公司（以下简称“海尔生物”）落户。"
    alone, together = Recorder(), Recorder()
    list(translate_paragraphs([(1, first), (2, "他在海尔生物。")], alone, memory))
    passage = Passage(3, "他在海尔生物。", article=1)
    list(translate_paragraphs([passage], together, memory, article_text=lambda _: [first]))
    protected = "他在北京。"
    assert protected not in alone.sentences
    assert protected in together.sentences
