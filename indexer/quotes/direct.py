"""Tell words that somebody said from terms, titles and scare quotes, and find who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.quotes import lexicon
from indexer.quotes.model import Quotation
from indexer.quotes.places import Place, places
from indexer.quotes.speakers import (
    Cast,
    Speaker,
    is_about_him,
    is_continuation,
    last_clause,
    subject,
)
from indexer.quotes.verbs import BEFORE_MARK, OTHER_SUBJECT, REPORT, SAY, before_verb

_LEAST = 4  # characters of speech that stands alone or after a verb
_LEAST_CLAUSE = 8  # where it might as well be a term
_MEMORY = 4  # sentences that 他 may look back
_REACH = 60  # characters in which the verb after the marks stands
_GAP = re.compile(r"[，、；,;]?(?:和|与|及|以及|并|也|又|更|还|要|到|再到|从)?")
_CLAUSE_END = re.compile(r"[；：“「]")
_NOBODY = Speaker(None)

Said = tuple[str, Speaker]
"""The verb of saying, empty where there is none, and who spoke."""


def direct(paragraphs: Sequence[str], cast: Cast) -> Iterator[Quotation]:
    """Yield what stands in marks and was said, a quotation for each paragraph it runs over."""
    last: Quotation | None = None
    for place in places(paragraphs):
        said = _said(place, cast, last)
        if said is None:
            continue
        verb, speaker = said
        for number, (index, start, end) in enumerate(place.mark.pieces):
            last = Quotation(
                paragraph_index=index,
                start=start,
                end=end,
                text=paragraphs[index][start:end],
                speaker=speaker.name,
                role=speaker.role,
                verb=verb,
                continued=number > 0,
            )
            yield last


def _said(place: Place, cast: Cast, last: Quotation | None) -> Said | None:
    if place.size < 2 or not (place.mark.closed or place.follows_colon):
        return None
    return (
        _introduced(place, cast, last)
        or _goes_on(place, last)
        or _within_report(place, cast)
        or _attributed(place, cast)
    )


def _introduced(place: Place, cast: Cast, last: Quotation | None) -> Said | None:
    """Find a verb of saying before the marks: 王毅说：“…”, 强调“…”."""
    match = BEFORE_MARK.search(place.before)
    if match is None:
        return None
    verb = match["verb"]
    if not place.is_sentence and not place.follows_colon:
        if place.names_a_thing or not place.ends_clause:
            return None
        doubtful = verb in lexicon.WEAK or match["whom"]
        least = _LEAST_CLAUSE if doubtful else _LEAST
        if place.size < least and not place.has_clauses:
            return None
    return verb, _speaker_before(place.before[: match.start()], place, cast, last)


def _speaker_before(text: str, place: Place, cast: Cast, last: Quotation | None) -> Speaker:
    """Return who is named before the verb; for 他说 who was the subject before that."""
    if speaker := subject(text, cast):
        return speaker
    clause = last_clause(text)
    if last and _follows(place, last) and is_continuation(clause):
        return Speaker(last.speaker, last.role)
    about_him = is_about_him(clause)
    if about_him or (is_continuation(clause) and not OTHER_SUBJECT.search(text)):
        for sentence in reversed(place.earlier[-_MEMORY:]):
            if speaker := subject(before_verb(sentence), cast, named=True):
                return speaker
    if last and about_him and place.paragraph - last.paragraph_index <= 1:
        return Speaker(last.speaker, last.role)
    return _NOBODY


def _goes_on(place: Place, last: Quotation | None) -> Said | None:
    """Find a second quotation in the same breath: “…”，“…”; “…”，要“…”."""
    if last is None or not _follows(place, last) or not _GAP.fullmatch(place.gap or ""):
        return None
    if not place.ends_clause or (place.size < _LEAST_CLAUSE and not place.is_sentence):
        return None
    return last.verb or "", Speaker(last.speaker, last.role)


def _follows(place: Place, last: Quotation) -> bool:
    """Say whether the pair of marks before this one, in the same sentence, was a quotation."""
    if place.gap is None:
        return False
    index, start, _ = place.mark.pieces[0]
    return (last.paragraph_index, last.end + 1) == (index, start - 1 - len(place.gap))


def _within_report(place: Place, cast: Cast) -> Said | None:
    """Find a clause in marks in what somebody is reported to say: 王毅指出，…，“…”."""
    ends = not place.after or place.after[0] in "，。；！？"
    if place.size < _LEAST_CLAUSE or not place.before.endswith("，") or not ends:
        return None
    for report in REPORT.finditer(place.before[:-1]):
        if speaker := subject(place.before[: report.start()], cast, near=True):
            return report.group().rstrip("，："), speaker
    return None


def _attributed(place: Place, cast: Cast) -> Said | None:
    """Find words that stand as a sentence, and the verb of saying after them, if there is one."""
    if place.follows_colon and (speaker := subject(last_clause(place.before[:-1]), cast)):
        return "", speaker
    starts = not place.before.strip() or place.follows_colon
    comma = place.after.startswith(("，", ",")) or place.inside.endswith(("，", ","))
    alone = not place.before.strip() and not place.after.strip()
    if not starts or place.size < _LEAST or not (place.is_sentence or comma or alone):
        return None
    if found := _verb_after(place, cast):
        return found
    sentence = place.is_sentence or (alone and place.closes)
    if sentence and place.size >= _LEAST_CLAUSE and not place.names_a_thing:
        return "", _NOBODY
    return None


def _verb_after(place: Place, cast: Cast) -> Said | None:
    """Find who spoke right after the marks: “…。”财务经理徐凯回忆起…."""
    clause = _CLAUSE_END.split(place.after.lstrip("，,"), maxsplit=1)[0]
    for verb in SAY.finditer(clause[:_REACH]):
        head = clause[: verb.start()]
        if len(last_clause(head)) < len(head):
            return None
        speaker = subject(head, cast)
        if speaker or is_continuation(head):
            return verb.group(), speaker or _NOBODY
    return None
