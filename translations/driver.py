"""The one way from Chinese paragraphs to English ones, for every engine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from translations import names, numbers, quality, terms
from translations.chinese import has_han, prepare
from translations.engines import Draft, Engine
from translations.memory import Memory
from translations.polish import capitalized, joined, tidy
from translations.protect import Protected, ways
from translations.quality import Flag
from translations.sentences import Span, halves, split
from translations.terms import Glossary

WINDOW = 60_000
"""Characters held at once: enough to sort by length well, little enough for any machine."""

_BATCH = 8_000  # characters to one core before the memory is written
_NOT_FOR_CARE = {Flag.REPAIRED, Flag.GLOSSARY, Flag.SCORE}  # slower options seldom mend these
_WORTH_HALVING = 24  # characters; a shorter sentence has no halves to speak of


class Passage(NamedTuple):
    """Hold a paragraph to translate.

    ``article`` groups paragraphs that share abbreviations and names; a ``kind`` of ``byline`` says
    that the text is names.
    """

    id: int
    text: str
    article: int | None = None
    kind: str = ""


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
    glossary: Glossary | None = None,
    article_text: Callable[[int], Sequence[str]] | None = None,
    total: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    retry: bool = True,
    window: int = WINDOW,
) -> Iterator[ParagraphTranslation]:
    """Translate paragraphs in order, each sentence once.

    What the memory holds is not made again, and what is made goes into the memory batch by batch,
    so that a killed run goes on where it was. ``total`` is the length of all paragraphs together
    in characters, for the time left. ``glossary`` is the archive's; the bundled one by default.
    ``article_text`` gives all paragraphs of an article, for the names that it defines, where only
    some of them are translated.
    Flagged sentences are tried again with slower options, and
    the better English is kept, unless ``retry`` is off.
    """
    meter = _Meter(total, progress)
    run = _Run(engine, memory, glossary or terms.bundled(), article_text, retry, meter)
    for passages in _windows((Passage(*item) for item in paragraphs), window):
        yield from run.translate(passages)


class _Sentence(NamedTuple):
    """Hold a prepared Chinese sentence and the terms of its article."""

    zh: str
    glossary: Glossary


class _Plan(NamedTuple):
    """Hold a passage, its sentences' places, and its article's glossary."""

    passage: Passage
    spans: list[Span]
    glossary: Glossary

    def sentences(self) -> Iterator[_Sentence]:
        for start, end in self.spans:
            zh = self.passage.text[start:end]
            if has_han(zh):
                yield _Sentence(prepare(zh), self.glossary)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Hold one possible English of a sentence, before repair too, and what the engine was given."""

    en: str
    raw: str
    engine: str
    flags: tuple[Flag, ...]
    penalty: float
    given: Protected


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Hold another way to translate a sentence: what to give to which engine."""

    sentence: _Sentence
    engine: Engine
    pieces: tuple[str, ...]
    given: Protected


class _Run:
    def __init__(
        self,
        engine: Engine,
        memory: Memory,
        glossary: Glossary,
        article_text: Callable[[int], Sequence[str]] | None,
        retry: bool,
        meter: _Meter,
    ) -> None:
        self._engine = engine
        self._careful = engine.careful()
        self._memory = memory
        self._glossary = glossary
        self._article_text = article_text
        self._retry = retry
        self._meter = meter

    def translate(self, passages: list[Passage]) -> Iterator[ParagraphTranslation]:
        plans = [
            _Plan(passage, [] if _is_byline(passage) else split(passage.text), glossary)
            for passage, glossary in zip(passages, self._glossaries(passages), strict=True)
        ]
        best = self._first({sentence for plan in plans for sentence in plan.sentences()})
        if self._retry:
            self._improve(best, self._with_terms)
            self._improve(best, self._with_care)
        for plan in plans:
            if _is_byline(plan.passage):
                yield self._byline(plan.passage)
            else:
                yield self._assemble(plan, best)
        self._meter.finish(sum(len(passage.text) for passage in passages))

    def _glossaries(self, passages: list[Passage]) -> list[Glossary]:
        """Return for each passage the archive's glossary with what its article defines."""
        texts: dict[int, list[str]] = {}
        for passage in passages:
            if passage.article is not None:
                texts.setdefault(passage.article, []).append(passage.text)
        of_article = {
            article: self._glossary.of_article(self._whole(article, some))
            for article, some in texts.items()
        }
        return [
            self._glossary.of_article([passage.text])
            if passage.article is None
            else of_article[passage.article]
            for passage in passages
        ]

    def _whole(self, article: int, some: Sequence[str]) -> Sequence[str]:
        return self._article_text(article) if self._article_text else some

    def _first(self, wanted: set[_Sentence]) -> dict[_Sentence, _Candidate]:
        drafts = self._drafts(self._engine, {sentence.zh for sentence in wanted}, counted=True)
        return {s: self._candidate(s, drafts[s.zh], self._engine, Protected(s.zh)) for s in wanted}

    def _improve(
        self,
        best: dict[_Sentence, _Candidate],
        ways_of: Callable[[_Sentence, _Candidate], Iterator[_Attempt]],
    ) -> None:
        """Try doubtful sentences in other ways, and keep the better English."""
        attempts = [a for sentence, held in best.items() for a in ways_of(sentence, held)]
        for engine in {attempt.engine.name: attempt.engine for attempt in attempts}.values():
            ours = [attempt for attempt in attempts if attempt.engine.name == engine.name]
            drafts = self._drafts(engine, {piece for attempt in ours for piece in attempt.pieces})
            for attempt in ours:
                draft = _joined([drafts[piece] for piece in attempt.pieces])
                made = self._candidate(attempt.sentence, draft, engine, attempt.given)
                held = best[attempt.sentence]
                best[attempt.sentence] = min(held, made, key=lambda c: c.penalty)

    def _with_terms(self, sentence: _Sentence, held: _Candidate) -> Iterator[_Attempt]:
        """Carry the terms that the model lost through it under another name."""
        zh, glossary = sentence
        if Flag.GLOSSARY in held.flags or Flag.REPAIRED in held.flags:
            missing = glossary.missing(zh, held.raw)
            for given in ways(zh, glossary.find(zh), missing):
                yield _Attempt(sentence, self._engine, (given.zh,), given)

    def _with_care(self, sentence: _Sentence, held: _Candidate) -> Iterator[_Attempt]:
        """Ask the slower engine for what went wrong, whole and by halves."""
        if self._careful is None or not set(held.flags) - _NOT_FOR_CARE:
            return
        zh = held.given.zh
        yield _Attempt(sentence, self._careful, (zh,), held.given)
        pieces = halves(zh) if len(zh) > _WORTH_HALVING else []
        if len(pieces) > 1:
            yield _Attempt(sentence, self._careful, tuple(pieces), held.given)

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

    def _candidate(
        self, sentence: _Sentence, draft: Draft, engine: Engine, given: Protected
    ) -> _Candidate:
        """Finish a draft: swap terms back, put sure slips right, say what stays doubtful."""
        zh, glossary = sentence
        raw = given.restore(tidy(draft.text, zh))
        en = numbers.correct(zh, glossary.repair(zh, raw))
        missing = glossary.missing(zh, en)
        flags = quality.examine(zh, en, draft.score)
        if not numbers.compare(zh, en).agrees:
            flags.append(Flag.NUMBER)
        if missing:
            flags.append(Flag.GLOSSARY)
        if en != raw:
            flags.append(Flag.REPAIRED)
        penalty = quality.penalty(flags, draft.score, len(missing))
        return _Candidate(en, raw, engine.name, quality.union([flags]), penalty, given)

    def _assemble(self, plan: _Plan, best: dict[_Sentence, _Candidate]) -> ParagraphTranslation:
        passage, spans, glossary = plan
        sentences: list[SentenceTranslation] = []
        for start, end in spans:
            zh = passage.text[start:end]
            made = best.get(_Sentence(prepare(zh), glossary))
            en = made.en if made else tidy(zh, zh)
            sentences.append(
                SentenceTranslation(
                    start,
                    end,
                    en if sentences else capitalized(en),
                    made.engine if made else self._engine.name,
                    made.flags if made else (),
                )
            )
        en = joined((passage.text[s.start : s.end], s.en) for s in sentences)
        flags = quality.union(sentence.flags for sentence in sentences)
        return ParagraphTranslation(passage.id, self._engine.name, en, tuple(sentences), flags)

    def _byline(self, passage: Passage) -> ParagraphTranslation:
        """Write a line of names by rule: no model is needed, and none knows them better."""
        en = names.byline(passage.text) or ""
        sentence = SentenceTranslation(0, len(passage.text), en, names.ENGINE)
        return ParagraphTranslation(passage.id, self._engine.name, en, (sentence,), ())


def _is_byline(passage: Passage) -> bool:
    return passage.kind == "byline" and names.byline(passage.text) is not None


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
