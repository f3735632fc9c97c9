from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.training.conftest import BUILT_IN, TINY
from translations.argos import ArgosEngine
from translations.packages import Packages
from translations.training import compare, evaluate, weights
from translations.training.corpus import Pair
from translations.training.package import package, unpacked
from translations.training.weights import BadModel


@pytest.fixture(scope="module")
def packed(
    tmp_path_factory: pytest.TempPathFactory, tiny: weights.Weights, tokenizer: Path
) -> Path:
    out = tmp_path_factory.mktemp("packed") / "tiny.argosmodel"
    package(TINY, tiny, tokenizer, "7.1", out)
    return out


class TestAPackage:
    def test_of_any_weights_installs_and_translates(self, packed: Path, tmp_path: Path) -> None:
        installed = Packages(tmp_path).install(packed)
        assert (installed.version, installed.from_code) == ("7.1", "zh")
        (draft,) = ArgosEngine(installed, beam=1).translate(["今天天气很好。"])
        assert draft.text
        assert draft.score is not None

    def test_holds_the_weights_but_for_rounding(self, packed: Path, tiny: weights.Weights) -> None:
        with unpacked(packed) as folder:
            dims, found = weights.read_ctranslate2(folder / "model" / "model.bin")
        assert dims == TINY
        assert found.keys() == tiny.keys()
        for name, values in tiny.items():
            step = np.abs(values).max(-1, keepdims=True) / 127 if values.ndim == 2 else 0
            assert np.all(np.abs(found[name] - values) <= step * 0.5001), name

    def test_is_the_same_file_for_the_same_weights(
        self, packed: Path, tiny: weights.Weights, tokenizer: Path, tmp_path: Path
    ) -> None:
        package(TINY, tiny, tokenizer, "7.1", tmp_path / "again.argosmodel")
        assert (tmp_path / "again.argosmodel").read_bytes() == packed.read_bytes()


class TestWeights:
    def test_of_the_built_in_package_have_the_sizes_it_is_known_for(self, built_in: Path) -> None:
        dims, found = weights.read_ctranslate2(built_in / "model" / "model.bin")
        assert dims == weights.Dims()
        assert sum(values.size for values in found.values()) == 39_736_448
        assert all(name == weights.ours(weights.theirs(name)) for name in found)

    def test_come_back_from_a_file(self, tiny: weights.Weights, tmp_path: Path) -> None:
        weights.save(tmp_path / "w.npz", TINY, tiny)
        dims, found = weights.load(tmp_path / "w.npz")
        assert dims == TINY
        assert all(np.array_equal(found[name], values) for name, values in tiny.items())

    def test_that_are_none_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "model.bin"
        for content in (b"", b"\x05\0\0\0\x02\0x\0", b"\x06\0\0\0\xff\xff"):
            path.write_bytes(content)
            with pytest.raises(BadModel, match="cannot be read"):
                weights.read_ctranslate2(path)
        with pytest.raises(BadModel, match="no weights"):
            weights.load(path)


def test_a_package_is_measured_on_every_set_with_every_beam(version: str) -> None:
    pytest.importorskip("sacrebleu", reason="sacrebleu is not installed")
    pairs = [Pair("今天天气很好。", "The weather is good today."), Pair("他去了青岛。", "He left.")]
    rows = list(evaluate.evaluate(BUILT_IN, {"a": pairs, "b": pairs[:1]}, beams=[1, 2]))
    assert [(row.version, row.beam, row.name) for row in rows] == [
        (version, beam, name) for beam in (1, 2) for name in "ab"
    ]
    assert all(row.speed > 0 and row.score.chrf > 0 for row in rows)
    lines = evaluate.table(rows).splitlines()
    assert len(lines) == 4
    assert lines[2].startswith(f"| {version} | 1 | ")
    assert {line.count("|") for line in lines} == {9}


def test_packages_are_set_side_by_side(packed: Path, version: str) -> None:
    twice = "今天的天气特别好，学生们去公园。" * 2
    text = f"中国青年报客户端青岛电。\n记者李明。\n{twice}\n"
    sentences = compare.chosen(text, 30)
    assert sentences == ["中国青年报客户端青岛电。", "今天的天气特别好，学生们去公园。"]
    lines = compare.compare([BUILT_IN, packed], sentences).splitlines()
    assert lines[0] == "1. 中国青年报客户端青岛电。"
    assert lines[1].startswith(f"    - {version}: ")
    assert lines[2].startswith("    - 7.1: ")
    assert len(lines) == 6
