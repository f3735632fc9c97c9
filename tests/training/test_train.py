"""What needs PyTorch; it is not in the environment of the other tests."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.training.conftest import BUILT_IN, TINY
from translations.training import weights
from translations.training.batches import Batch, Batches
from translations.training.corpus import Pair
from translations.training.encode import EOS, encode

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

from translations.training import train  # noqa: E402
from translations.training.loss import smoothed  # noqa: E402
from translations.training.model import Transformer, greedy  # noqa: E402

SENTENCES = [
    "韩正表示，习近平主席高度重视国际中文教育。",
    "各地群众乐享中秋假期",
    "2027年绿色保险服务体系初步建立",
    "他说，公司去年的收入增长了39.5%。",
    "记者从会议上了解到，该项目总投资102亿元，计划明年建成投产，届时将带动当地就业。",
]


def test_a_restored_model_translates_as_ctranslate2_does(built_in: Path, pieces: Any) -> None:
    import ctranslate2

    model = train.restored(*weights.read_ctranslate2(built_in / "model" / "model.bin")).eval()
    tokens = [pieces.encode(sentence) for sentence in SENTENCES]
    found = greedy(model, [[*row, EOS] for row in tokens])
    translator = ctranslate2.Translator(str(built_in / "model"), compute_type="float32")
    results = translator.translate_batch(
        [pieces.encode(sentence, out_type=str) for sentence in SENTENCES], beam_size=1
    )
    due = [[pieces.piece_to_id(piece) for piece in result.hypotheses[0]] for result in results]
    assert found == due


def test_the_loss_in_chunks_is_the_usual_one_with_its_gradients() -> None:
    torch.manual_seed(1)
    states, weight, bias = torch.randn(600, 8), torch.randn(50, 8), torch.randn(50)
    targets = torch.randint(50, (600,))
    ours, usual = ([x.clone().requires_grad_() for x in (states, weight, bias)] for _ in "ab")
    loss = smoothed(*ours, targets, 0.1, torch.float32)
    due = torch.nn.functional.cross_entropy(
        torch.nn.functional.linear(*usual), targets, label_smoothing=0.1
    )
    (loss * 2).backward()
    (due * 2).backward()
    assert torch.allclose(loss, due)
    for a, b in zip(ours, usual, strict=True):
        assert torch.allclose(a.grad, b.grad, atol=1e-6)


class TestTraining:
    settings = train.Settings(steps=24, rate=0.02, warmup=4, dropout=0.0, averaged=2)

    @pytest.fixture
    def batches(self, pieces: Any) -> Batches:
        pairs = [Pair(sentence, "The news of today.") for sentence in SENTENCES]
        return Batches({"own": encode(pairs, pieces, 1)}, {"own": 8}, 600, seed=1)

    def trained(self, folder: Path, batches: Any, said: list[str]) -> weights.Weights:
        torch.manual_seed(1)
        model = Transformer(TINY, self.settings.dropout)
        dev = next(iter(batches.endless()))
        return train.Trainer(model, folder, self.settings, said.append).run(batches, dev)

    def test_learns(self, batches: Batches, tmp_path: Path) -> None:
        said: list[str] = []
        found = self.trained(tmp_path, batches, said)
        losses = [float(line.split("dev ")[1].split(",")[0]) for line in said]
        assert losses[-1] < losses[0] < 9.7  # ln 16,000: knowing nothing
        assert {name: values.shape for name, values in found.items()} == {
            name: tuple(values.shape) for name, values in Transformer(TINY).state_dict().items()
        }

    def test_goes_on_where_it_was_stopped(
        self, batches: Batches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(train, "_SAVE", 0)
        folders = tmp_path / "whole", tmp_path / "stopped"
        for folder in folders:
            folder.mkdir()
        whole = self.trained(folders[0], batches, [])
        with pytest.raises(RuntimeError, match="stopped"):
            self.trained(folders[1], Stopped(batches, after=22), [])
        said: list[str] = []
        again = self.trained(folders[1], batches, said)
        assert said[0] == "goes on from step 22"
        for name, values in whole.items():
            assert np.allclose(values, again[name], atol=1e-5), name


class Stopped:
    """Stand for batches in whose midst the run ends."""

    def __init__(self, batches: Batches, after: int) -> None:
        self._batches, self._after = batches, after

    def endless(self) -> Iterator[Batch]:
        yield from itertools.islice(self._batches.endless(), self._after)
        raise RuntimeError("stopped")


def test_a_package_is_trained_on_from_the_command_line(
    pieces: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dev").mkdir()
    for path in (tmp_path / "own.npz", tmp_path / "dev" / "domain.npz"):
        encode([Pair(SENTENCES[0], "News.")], pieces, 1).save(path)
    arguments = f"train {tmp_path} {tmp_path / 'out'} --mix own=1 --steps 1 --from {BUILT_IN}"
    monkeypatch.setattr("sys.argv", arguments.split())
    train.main()
    dims, found = weights.load(tmp_path / "out" / "weights.npz")
    assert dims == weights.Dims()
    assert all(np.isfinite(values).all() for values in found.values())
    assert "steps=1" in (tmp_path / "out" / "log").read_text()
