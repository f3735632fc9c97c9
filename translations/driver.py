"""The one way from Chinese paragraphs to English ones, for every engine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from translations import numbers, quality
from translations.chinese import has_han, prepare
from translations.engines import Draft, Engine
from translations.memory import Memory
from translations.polish import tidy
from translations.quality import Flag
from translations.sentences import Span, halves, split

WINDOW = 60_000
"""Characters held at once: enough to sort by length well, little enough for any machine."""

_BATCH = 4_000  # characters to one core before the memory is written
_WORTH_HALVING = 24  # characters; a shorter sentence has no halves to speak of


class Passage(NamedTuple):
    """Hold a paragraph to translate; ``article`` groups paragraphs that share abbreviations."""

    id: int
    text: str
    article: int | None = None


@dataclass(frozen=True, slots=True)
class SentenceTranslation:
    """Hold one sentence: offsets into the paragraph, its English, who made it, what is doubtful."""

    start: int
    end: int
    en: str
    engine: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class ParagraphTranslation:
    """Hold the English of one paragraph, sentence by sentence."""

    paragraph_id: int
    engine: str
    en: str
    sentences: tuple[SentenceTranslation, ...]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold how far a run is, in Chinese characters; ``total`` is None where it is not known."""

    done: int
    total: int | None
    rate: float

    @property
    def remaining(self) -> float | None:
        """Return the seconds still to go."""
        return (self.total - self.done) / self.rate if self.total and self.rate else None


def translate_paragraphs(
    paragraphs: Iterable[Passage | tuple[int, str]],
    engine: Engine,
    memory: Memory,
    *,
    total: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    retry: bool = True,
    window: int = WINDOW,
) -> Iterator[ParagraphTranslation]:
    """Translate paragraphs in order, each sentence once.

    What the memory holds is not made again, and what is made goes into the memory batch by batch,
    so that a killed run goes on where it was. ``total`` is the length of all paragraphs together
    in characters, for the time left. Flagged sentences are tried again with slower options, and
    the better English is kept, unless ``retry`` is off.
    """
    run = _Run(engine, memory, retry, _Meter(total, progress))
    for passages in _windows((Passage(*item) for item in paragraphs), window):
        yield from run.translate(passages)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Hold one possible English of a sentence."""

    en: str
    engine: str
    flags: tuple[Flag, ...]
    score: float | None

    @property
    def penalty(self) -> float:
        return quality.penalty(self.flags, self.score)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Hold another way to translate a sentence: what to give to which engine."""

    sentence: str
    engine: Engine
    pieces: tuple[str, ...]


class _Run:
    def __init__(self, engine: Engine, memory: Memory, retry: bool, meter: _Meter) -> None:
        self._engine = engine
        self._careful = engine.careful()
        self._memory = memory
        self._retry = retry
        self._meter = meter

    def translate(self, passages: list[Passage]) -> Iterator[ParagraphTranslation]:
        cut = [(passage, split(passage.text)) for passage in passages]
        wanted = {
            prepare(passage.text[start:end])
            for passage, spans in cut
            for start, end in spans
            if has_han(passage.text[start:end])
        }
        best = self._first(wanted)
        if self._retry:
            self._improve(best)
        for passage, spans in cut:
            yield self._assemble(passage, spans, best)
        self._meter.finish(sum(len(passage.text) for passage in passages))

    def _first(self, wanted: set[str]) -> dict[str, _Candidate]:
        drafts = self._drafts(self._engine, wanted, counted=True)
        return {zh: self._candidate(zh, drafts[zh], self._engine) for zh in wanted}

    def _improve(self, best: dict[str, _Candidate]) -> None:
        """Try flagged sentences in other ways, and keep the better English."""
        attempts = [a for zh, found in best.items() for a in self._attempts(zh, found.flags)]
        for engine in {attempt.engine.name: attempt.engine for attempt in attempts}.values():
            ours = [attempt for attempt in attempts if attempt.engine.name == engine.name]
            drafts = self._drafts(engine, {piece for attempt in ours for piece in attempt.pieces})
            for attempt in ours:
                draft = _joined([drafts[piece] for piece in attempt.pieces])
                candidate = self._candidate(attempt.sentence, draft, engine)
                if candidate.penalty < best[attempt.sentence].penalty:
                    best[attempt.sentence] = candidate

    def _attempts(self, zh: str, flags: Sequence[Flag]) -> Iterator[_Attempt]:
        if self._careful is None or not set(flags) - {Flag.REPAIRED}:
            return
        yield _Attempt(zh, self._careful, (zh,))
        pieces = halves(zh) if len(zh) > _WORTH_HALVING else [zh]
        if len(pieces) > 1:
            yield _Attempt(zh, self._careful, tuple(pieces))

    def _drafts(
        self, engine: Engine, sentences: set[str], counted: bool = False
    ) -> dict[str, Draft]:
        """Return a draft of each sentence, from the memory or made now."""
        drafts = self._memory.look_up(sentences, engine.name)
        if counted:
            self._meter.advance(sum(map(len, drafts)))
        missing = sorted(sentences - drafts.keys(), key=lambda zh: (len(zh), zh), reverse=True)
        for batch in _batches(missing, _BATCH * (os.cpu_count() or 1)):
            made = dict(zip(batch, engine.translate(batch), strict=True))
            self._memory.add(made, engine.name)
            drafts |= made
            if counted:
                self._meter.advance(sum(map(len, made)))
        return drafts

    def _candidate(self, zh: str, draft: Draft, engine: Engine) -> _Candidate:
        drafted = tidy(draft.text, zh)
        en = numbers.correct(zh, drafted)
        flags = quality.examine(zh, en, draft.score)
        if not numbers.compare(zh, en).agrees:
            flags.append(Flag.NUMBER)
        if en != drafted:
            flags.append(Flag.REPAIRED)
        return _Candidate(en, engine.name, quality.union([flags]), draft.score)

    def _assemble(
        self, passage: Passage, spans: list[Span], best: dict[str, _Candidate]
    ) -> ParagraphTranslation:
        sentences = []
        for start, end in spans:
            zh = passage.text[start:end]
            made = best.get(prepare(zh)) or _Candidate(tidy(zh, zh), self._engine.name, (), None)
            sentences.append(SentenceTranslation(start, end, made.en, made.engine, made.flags))
        en = "".join(_spaced(passage.text, sentence) for sentence in sentences).strip()
        flags = quality.union(sentence.flags for sentence in sentences)
        return ParagraphTranslation(passage.id, self._engine.name, en, tuple(sentences), flags)


class _Meter:
    """Count characters and tell who asked."""

    def __init__(self, total: int | None, tell: Callable[[Progress], None] | None) -> None:
        self._total = total
        self._tell = tell
        self._started = time.monotonic()
        self._settled = 0
        self._running = 0

    def advance(self, characters: int) -> None:
        """Count unique sentences as they are made; an estimate until the window is settled."""
        self._running += characters
        self._report()

    def finish(self, characters: int) -> None:
        """Settle a window by its true length: repeated sentences count as done too."""
        self._settled += characters
        self._running = 0
        self._report()

    def _report(self) -> None:
        if self._tell:
            done = self._settled + self._running
            seconds = max(time.monotonic() - self._started, 1e-6)
            self._tell(Progress(done, self._total, done / seconds))


def _windows(passages: Iterable[Passage], size: int) -> Iterator[list[Passage]]:
    """Group passages to about ``size`` characters; an article is kept whole where it fits."""
    window: list[Passage] = []
    length = 0
    for passage in passages:
        new_article = not window or passage.article is None or passage.article != window[-1].article
        if window and length >= (size if new_article else 2 * size):
            yield window
            window, length = [], 0
        window.append(passage)
        length += len(passage.text)
    if window:
        yield window


def _batches(sentences: list[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    length = 0
    for sentence in sentences:
        batch.append(sentence)
        length += len(sentence)
        if length >= size:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _joined(drafts: list[Draft]) -> Draft:
    scores = [draft.score for draft in drafts if draft.score is not None]
    mean = sum(scores) / len(scores) if scores else None
    return Draft(" ".join(draft.text for draft in drafts), mean)


def _spaced(text: str, sentence: SentenceTranslation) -> str:
    """Return a sentence's English with what parts it from the next: lines of verse stay lines."""
    broken = "\n" in text[sentence.start : sentence.end]
    return sentence.en + ("\n" if broken else " ") if sentence.en else ""
