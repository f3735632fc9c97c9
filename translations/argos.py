"""Drive an Argos package's CTranslate2 model directly, in large batches.

``argostranslate.translate`` sends about one sentence at a time, cuts silently at 256 tokens and has
no guard against loops; the same package driven here is more than ten times faster.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from indexer.errors import ArchiveError
from translations import sentences as splitter
from translations.engines import Draft
from translations.packages import Installed, Packages, argos_package

BEAM = 3
_NO_REPEAT = 4
_BATCH_TOKENS = 768
_LONGEST_OUTPUT = 512
_LONGEST_INPUT = 128  # tokens; models have seen few longer sentences and lose their way


class NoModel(ArchiveError):
    """Say that a translation model cannot be loaded."""


class ArgosEngine:
    """Translate with one Argos package on all cores."""

    def __init__(
        self,
        package: Installed,
        beam: int = BEAM,
        no_repeat: int = _NO_REPEAT,
        model: _Model | None = None,
    ) -> None:
        self._package = package
        self._beam = beam
        self._no_repeat = no_repeat
        self._model = model or _Model(package)

    @property
    def name(self) -> str:
        """Return the identity, as ``argos zh-en 1.0 85090092 beam 3``."""
        p = self._package
        name = f"argos {p.from_code}-{p.to_code} {p.version} {p.sha256[:8]} beam {self._beam}"
        return name if self._no_repeat == _NO_REPEAT else f"{name} no-repeat {self._no_repeat}"

    @property
    def label(self) -> str:
        """Return the package's label."""
        return self._package.label

    def careful(self) -> ArgosEngine | None:
        """Return this engine with a wider beam and a stricter guard against loops."""
        if self._no_repeat != _NO_REPEAT:
            return None
        return ArgosEngine(self._package, self._beam + 3, self._no_repeat - 1, self._model)

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        """Translate sentences; one too long for the model goes in pieces and is never cut off."""
        pieces = [self._model.pieces(sentence) for sentence in sentences]
        flat = [tokens for group in pieces for tokens in group]
        drafts = iter(self._model.translate(flat, self._beam, self._no_repeat))
        return [_join([next(drafts) for _ in group]) for group in pieces]


def load(packages: Packages, name: str | None = None, beam: int = BEAM) -> ArgosEngine:
    """Load the named package, or the best there is. Raises NoModel, NotFound."""
    return ArgosEngine(packages.find(name) if name else packages.best(), beam)


class _Model:
    """Hold the loaded weights and the tokenizer of one package."""

    def __init__(self, package: Installed) -> None:
        import ctranslate2

        argos = argos_package().Package(package.folder)
        self._tokenizer = argos.tokenizer
        self._prefix: str = argos.target_prefix
        try:
            self._translator = ctranslate2.Translator(
                str(package.folder / "model"),
                device="cpu",
                compute_type="int8",
                inter_threads=_cores(),
                intra_threads=1,
            )
            self._tokenizer.encode("")
        except (RuntimeError, ValueError, OSError) as error:
            raise NoModel(
                f"The model in {package.folder} cannot be loaded ({error}); remove it with: "
                f"archive models remove {package.name}"
            ) from error

    def pieces(self, sentence: str) -> list[list[str]]:
        """Return the tokens of a sentence, in several lists where it is too long for one."""
        tokens: list[str] = self._tokenizer.encode(sentence)
        if len(tokens) <= _LONGEST_INPUT or len(sentence) < 2:
            return [tokens]
        half = len(sentence) // 2 + 1
        spans = splitter.split(sentence, half)
        return [tokens for start, end in spans for tokens in self.pieces(sentence[start:end])]

    def translate(self, tokens: list[list[str]], beam: int, no_repeat: int) -> list[Draft]:
        results: list[Any] = self._translator.translate_batch(
            tokens,
            target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
            beam_size=beam,
            no_repeat_ngram_size=no_repeat,
            max_batch_size=_BATCH_TOKENS,
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=_LONGEST_OUTPUT,
            replace_unknowns=True,
            return_scores=True,
        )
        return [Draft(self._text(r.hypotheses[0]), r.scores[0]) for r in results]

    def _text(self, tokens: list[str]) -> str:
        text = str(self._tokenizer.decode(tokens))
        return text.removeprefix(self._prefix).strip()


def _join(drafts: list[Draft]) -> Draft:
    if len(drafts) == 1:
        return drafts[0]
    scores = [draft.score for draft in drafts if draft.score is not None]
    return Draft(" ".join(draft.text for draft in drafts), min(scores, default=None))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
