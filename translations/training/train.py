"""Train a model on encoded corpora, on a GPU where there is one, else on the processor.

    python -m translations.training.train FOLDER OUT --mix news=1 newsdev2017=0.5 --steps 1000

FOLDER holds what ``encode`` made. Weights begin by chance, or with ``--from`` as those of a
package. OUT gets ``weights.npz``, a log, and a checkpoint from which a run that was stopped goes
on. How far a run is counts in steps, never in time, so that it may be held up without harm.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path

import torch
from torch import Tensor

from translations.training import weights
from translations.training.batches import Batch, Batches
from translations.training.encode import Encoded
from translations.training.loss import smoothed
from translations.training.model import BOS, EOS, PAD, Transformer, pad
from translations.training.package import unpacked

_SMOOTHING = 0.1
_REPORT = 10  # steps
_SAVE = 300  # seconds
_DEV_TOKENS = 3000


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold how to train.

    The rate rises for ``warmup`` steps to its peak and falls in a straight line to 0 at ``steps``;
    the weights that are kept are the mean of ``averaged`` ones, evenly from the last fifth.
    """

    steps: int
    rate: float = 3e-4
    warmup: int = 100
    dropout: float = 0.1
    averaged: int = 8
    seed: int = 1


class Trainer:
    """Train a model and keep checkpoints in a folder; an earlier one there is gone on from."""

    def __init__(
        self, model: Transformer, folder: Path, settings: Settings, report: Callable[[str], None]
    ) -> None:
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._multiple = 8 if self._device.type == "cuda" else 1  # what its kernels like
        self._model = model.to(self._device)
        self._settings = settings
        self._report = report
        self._checkpoint = folder / "checkpoint.pt"
        self._optimizer = torch.optim.AdamW(
            model.parameters(), betas=(0.9, 0.98), eps=1e-9, weight_decay=0.01, fused=True
        )
        self._step = 0
        self._sum: dict[str, Tensor] = {}
        self._summed = 0
        if self._checkpoint.exists():
            self._resume()

    def run(self, batches: Batches, dev: Batch) -> weights.Weights:
        """Train to the last step and return the averaged weights."""
        torch.manual_seed(self._settings.seed + self._step)
        left = itertools.islice(batches.endless(), self._step, self._settings.steps)
        saved = began = time.monotonic()
        pairs, losses = 0, []
        for batch in left:
            losses.append(self._learn(batch))
            pairs += len(batch.sources)
            self._gather()
            if self._step % _REPORT == 0:
                seconds = time.monotonic() - began
                self._report(
                    f"step {self._step} of {self._settings.steps}: "
                    f"loss {sum(losses) / len(losses):.3f}, dev {self.dev_loss(dev):.3f}, "
                    f"{pairs / seconds:.1f} pairs/s"
                )
                began, pairs, losses = time.monotonic(), 0, []
            if time.monotonic() - saved > _SAVE:
                self._save()
                saved = time.monotonic()
        self._save()
        return {name: (value / self._summed).cpu().numpy() for name, value in self._sum.items()}

    def dev_loss(self, batch: Batch) -> float:
        """Return the mean loss of a token, without smoothing or dropout."""
        self._model.eval()
        with torch.no_grad():
            loss = float(self._loss(batch, 0.0))
        self._model.train()
        return loss

    def _learn(self, batch: Batch) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate()
        loss = self._loss(batch, _SMOOTHING)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimizer.step()
        self._step += 1
        return float(loss.detach())

    def _loss(self, batch: Batch, smoothing: float) -> Tensor:
        source = pad(batch.sources, self._multiple).to(self._device)
        targets = [[BOS, *row, EOS] for row in batch.targets]
        target = pad(targets, self._multiple).to(self._device)
        with torch.autocast(self._device.type, torch.bfloat16):
            states = self._model(source, target[:, :-1])
        due = target[:, 1:]
        real = due != PAD
        decoder = self._model.decoder
        return smoothed(
            states[real],
            decoder.embeddings.weight,
            decoder.projection.bias,
            due[real],
            smoothing,
            torch.bfloat16,
        )

    def _rate(self) -> float:
        settings = self._settings
        rise = (self._step + 1) / settings.warmup
        fall = (settings.steps - self._step) / max(1, settings.steps - settings.warmup)
        return settings.rate * min(rise, fall)

    def _gather(self) -> None:
        """Add to the average, at even distances in the last fifth."""
        every = max(1, self._settings.steps // 5 // self._settings.averaged)
        left = self._settings.steps - self._step
        if left % every or left >= every * self._settings.averaged:
            return
        for name, value in self._model.state_dict().items():
            self._sum[name] = self._sum[name] + value if name in self._sum else value.clone()
        self._summed += 1

    def _save(self) -> None:
        beside = self._checkpoint.with_suffix(".new")
        state = {
            "step": self._step,
            "model": self._model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "sum": self._sum,
            "summed": self._summed,
        }
        torch.save(state, beside)
        beside.replace(self._checkpoint)

    def _resume(self) -> None:
        state = torch.load(self._checkpoint, map_location=self._device, weights_only=True)
        self._model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._step, self._sum, self._summed = state["step"], state["sum"], state["summed"]
        self._report(f"goes on from step {self._step}")


def restored(dims: weights.Dims, values: weights.Weights, dropout: float = 0.1) -> Transformer:
    """Return a model with the given weights."""
    model = Transformer(dims, dropout)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in values.items()})
    return model


def _model(options: argparse.Namespace) -> Transformer:
    torch.manual_seed(options.seed)
    if options.package is None:
        return Transformer(weights.Dims(*options.dims), options.dropout)
    with unpacked(options.package) as folder:
        return restored(*weights.read_ctranslate2(folder / "model" / "model.bin"), options.dropout)


def _dev_batch(folder: Path) -> Batch:
    corpora = {"domain": Encoded.load(folder / "dev" / "domain.npz")}
    return next(Batches(corpora, {"domain": 1}, _DEV_TOKENS, seed=0).epoch(0))


def _weight(text: str) -> tuple[str, float]:
    name, _, weight = text.partition("=")
    return name, float(weight)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mix", type=_weight, nargs="+", required=True)
    parser.add_argument("--from", type=Path, dest="package", help="a package to begin with")
    parser.add_argument("--dims", type=int, nargs=6, default=list(asdict(weights.Dims()).values()))
    parser.add_argument("--tokens", type=int, default=3000, help="in a batch")
    for field in fields(Settings):
        required = field.default is MISSING
        kind = int if required else type(field.default)
        parser.add_argument(f"--{field.name}", type=kind, default=field.default, required=required)
    options = parser.parse_args()
    torch.backends.cuda.enable_cudnn_sdp(False)  # it plans anew for every shape
    options.out.mkdir(parents=True, exist_ok=True)
    mix = dict(options.mix)
    corpora = {name: Encoded.load(options.folder / f"{name}.npz") for name in mix}
    batches = Batches(corpora, mix, options.tokens, options.seed)
    settings = Settings(**{field.name: getattr(options, field.name) for field in fields(Settings)})
    with (options.out / "log").open("a", encoding="utf-8") as log:

        def report(line: str) -> None:
            stamped = f"{time.strftime('%H:%M:%S')} {line}"
            print(stamped, flush=True)
            print(stamped, file=log, flush=True)

        report(f"{mix} {settings}")
        model = _model(options)
        trained = Trainer(model, options.out, settings, report).run(
            batches, _dev_batch(options.folder)
        )
    weights.save(options.out / "weights.npz", model.dims, trained)


if __name__ == "__main__":
    main()
