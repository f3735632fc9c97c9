from __future__ import annotations

import sys
from pathlib import Path

import pytest

from translations import evaluate
from translations.evaluate import CannotEvaluate
from translations.quality import Flag

LINES = ["The weather is very good today.", "He went to the big school in Qingdao."]


def test_the_reference_itself_scores_a_hundred() -> None:
    pytest.importorskip("sacrebleu")
    score = evaluate.score(LINES, LINES, [[Flag.LOOP], [Flag.LOOP, Flag.NUMBER]])
    assert score.bleu == pytest.approx(100)
    assert score.chrf == pytest.approx(100)
    assert score.flags == {Flag.LOOP: 2, Flag.NUMBER: 1}
    assert "tok:13a" in score.bleu_signature
    assert "nc:6" in score.chrf_signature


def test_worse_english_scores_less() -> None:
    pytest.importorskip("sacrebleu")
    score = evaluate.score(["The weather is good.", "He went to a school."], LINES)
    assert 0 < score.bleu < 60


def test_files_of_different_length_are_refused() -> None:
    pytest.importorskip("sacrebleu")
    with pytest.raises(CannotEvaluate, match="2 and 1"):
        evaluate.score(LINES, LINES[:1])


def test_without_sacrebleu_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.bleu", None)
    with pytest.raises(CannotEvaluate, match="pip install"):
        evaluate.score(LINES, LINES)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一\n二\n", "utf-8")
    assert evaluate.read_lines(tmp_path / "a.txt") == ["一", "二"]
    with pytest.raises(CannotEvaluate, match="cannot be read"):
        evaluate.read_lines(tmp_path / "b.txt")
