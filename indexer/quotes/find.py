"""Tell words that somebody said from terms, titles and scare quotes, and find who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.quotes import lexicon
from indexer.quotes.marks import Marked, marked
from indexer.quotes.model import Quotation
from indexer.quotes.script import simplified
from indexer.quotes.speakers import (
    Cast,
    Speaker,
    is_about_him,
    is_continuation,
    last_clause,
    plain,
    subject,
)

# 称 is a verb of saying where it is not part of another word: 号称, 被称, 统称.
_SAY = rf"{lexicon.SAY}|(?<![号自简统俗人堪誉被合并别全又也职名宣声])称"
_VERB = re.compile(_SAY)
# 全会提出，…，并要求: somebody else spoke in this sentence; not so 从提出…到要求….
_HAS_SUBJECT = re.compile(rf"[^从到并，、](?:{_SAY})")
_REPORT = re.compile(
    r"(?:表示|指出|强调|说|称|认为|介绍|透露|坦言|解释|补充道|告诉[^，“]{0,12}|重申|呼吁|回忆)(?:，|：)(?=[^“「，])"
    r"|(?:表示|指出|强调|说|称|认为|介绍|透露|坦言|解释)，(?=[“「])"
)
_BEFORE_MARK = re.compile(
    rf"(?P<verb>{_SAY})(?:了|过|着|到|道)?(?P<whom>(?<=[冀望嘱咐励语诉醒求])[^，。；：“”]{{1,10}})?(?:这样|如此|如下)?(?:一?[段句席番]?话|的是|的?那样)?"
    r"(?P<link>[，：:,]?\s*要?(?:以|用|把)?\s*)$"
)
_STOP = re.compile(r"[。！？!?…](?:[”」’』）)])*")
_SENTENCE = re.compile(r"[^。！？!?…]+")
_TERMINAL = re.compile(r"[。！？!?…][’』]?$")
_INNER_CLAUSE = re.compile(r"[，。！？；：,!?;]")
_MARKED = re.compile("“[^“”]*”|「[^「」]*」")
_HAN = re.compile(r"[㐀-鿿A-Za-z0-9]")
_NAMES_A_THING = re.compile(
    r"^(?:的|等|号|型|式|之|这一|这个|这样的|为主题|为题|为目标|精神|理念|原则|方针|理论|工程|行动|计划|活动|主题|战略|品牌|项目|系列|五项|三|二|两|四|六|八|十|\d)"
)
_GAP = re.compile(r"^[，、；,;]?(?:和|与|及|以及|并|也|又|更|还|要|到|再到|从)?$")
_LEAST_CLAUSE = 8
_LEAST = 4
_MEMORY = 4  # sentences that 他 may look back


@dataclass(slots=True)
class _Place:
    """Hold one pair of marks with the text around it."""

    mark: Marked
    inside: str
    before: str  # of the same sentence, without brackets
    after: str  # up to the end of the sentence
    gap: str  # since the mark before, in the same sentence
    earlier: list[str]  # the sentences of the paragraph before this one
    closes: bool  # a full stop follows the marks at once


def quotations(paragraphs: Sequence[str]) -> list[Quotation]:
    """Return what people are quoted with in one article, in reading order.

    Direct speech stands in marks (“…”, 「…」) and is told from terms and titles (“无感审批”,
    “十四五”) by its verb, its place and its punctuation. Reported speech is 王毅表示，… with a
    person before the verb; only its first sentence is sure, so it ends there. Speaker, role and
    verb are in Simplified characters, so that one person is one speaker.
    """
    texts = [simplified(text) for text in paragraphs]
    cast = Cast.of(texts)
    direct = list(_direct(texts, cast))
    reported = [
        quotation
        for quotation in _reported(texts, cast)
        if not any(_is_most_of(other, quotation) for other in direct)
    ]
    return [
        replace(q, text=paragraphs[q.paragraph_index][q.start : q.end])
        for q in sorted(direct + reported, key=lambda q: (q.paragraph_index, q.start, -q.end))
    ]


def _is_most_of(direct: Quotation, reported: Quotation) -> bool:
    """Say whether reported words are direct speech in truth: 强调，要“…”。"""
    if direct.paragraph_index != reported.paragraph_index:
        return False
    shared = min(direct.end, reported.end) - max(direct.start, reported.start)
    return direct.start - reported.start <= 2 and shared > 0.3 * len(reported.text)


def _direct(paragraphs: Sequence[str], cast: Cast) -> Iterator[Quotation]:
    last: Quotation | None = None
    for place in _places(paragraphs):
        said = _said(place, cast, last)
        if said is None:
            continue
        verb, speaker = said
        for number, (index, start, end) in enumerate(place.mark.pieces):
            last = Quotation(
                index,
                start,
                end,
                paragraphs[index][start:end],
                speaker.name,
                speaker.role,
                verb,
                continued=number > 0,
            )
            yield last


def _places(paragraphs: Sequence[str]) -> Iterator[_Place]:
    ended = (-1, -1)
    for mark in marked(paragraphs):
        first, start, _ = mark.pieces[0]
        last, _, end = mark.pieces[-1]
        text, closing = paragraphs[first], paragraphs[last]
        opened = start - 1
        head = text[:opened]
        begin = max((m.end() for m in _STOP.finditer(head)), default=0)
        tail = closing[end + 1 :]
        stop = re.search(r"[。！？!?]", tail)
        inside = "".join(paragraphs[i][s:e] for i, s, e in mark.pieces)
        same = ended[0] == first and ended[1] >= begin
        yield _Place(
            mark,
            inside,
            _unmarked(plain(head[begin:])),
            plain(tail[: stop.start()] if stop else tail),
            text[ended[1] : opened] if same else "\n",
            _SENTENCE.findall(plain(head[:begin])),
            stop is not None and stop.start() == 0,
        )
        ended = (last, end + 1)


def _unmarked(text: str) -> str:
    """Return a text without what stands in marks, so that no word of a quotation is a verb."""
    return _MARKED.sub("", text)


def _said(place: _Place, cast: Cast, last: Quotation | None) -> tuple[str, Speaker] | None:
    """Return verb and speaker of words that somebody said, None for a term or a title."""
    inside, size = place.inside, len(_HAN.findall(place.inside))
    whole = _TERMINAL.search(inside) is not None
    if size < 2 or not (place.mark.closed or place.before.endswith(("：", ":"))):
        return None
    if found := _introduced(place, cast, last, size, whole):
        return found
    if found := _goes_on(place, last, size, whole):
        return found
    if found := _within_report(place, cast, size):
        return found
    return _attributed(place, cast, size, whole)


def _introduced(
    place: _Place, cast: Cast, last: Quotation | None, size: int, whole: bool
) -> tuple[str, Speaker] | None:
    """Find a verb of saying before the marks: 王毅说：“…”, 强调“…”."""
    match = _BEFORE_MARK.search(place.before)
    if match is None:
        return None
    verb, colon = match["verb"], "：" in match["link"] or ":" in match["link"]
    if not colon and not whole:
        clause = _INNER_CLAUSE.search(place.inside) is not None
        if _NAMES_A_THING.match(place.after) or not _stands_alone(place.after):
            return None
        if (
            size < (_LEAST_CLAUSE if verb in lexicon.WEAK or match["whom"] else _LEAST)
            and not clause
        ):
            return None
    return verb, _speaker_before(place.before[: match.start()], place, cast, last)


def _stands_alone(after: str) -> bool:
    """Say whether the marks end a clause, so that no noun follows which they would qualify."""
    return not after or after[0] in "，。；、！？：,;“到”》）" or after.startswith("再到")


def _speaker_before(text: str, place: _Place, cast: Cast, last: Quotation | None) -> Speaker:
    """Return who is named before the verb; for 他说 who was the subject before that."""
    if speaker := subject(text, cast):
        return speaker
    clause = last_clause(text)
    if last and _follows(place, last) and is_continuation(clause):
        return Speaker(last.speaker, last.role)
    if is_about_him(clause) or (is_continuation(clause) and not _HAS_SUBJECT.search(text)):
        for sentence in reversed(place.earlier[-_MEMORY:]):
            if speaker := subject(_before_verb(sentence), cast, named=True):
                return speaker
        near = last and place.mark.pieces[0][0] - last.paragraph_index <= 1
        if last and near and is_about_him(clause):
            return Speaker(last.speaker, last.role)
    return Speaker(None)


def _before_verb(sentence: str) -> str:
    match = _VERB.search(sentence)
    return sentence[: match.start()] if match else sentence


def _follows(place: _Place, last: Quotation) -> bool:
    """Say whether the pair of marks before this one, in the same sentence, was a quotation."""
    index, start, _ = place.mark.pieces[0]
    ended = start - 1 - len(place.gap)
    return place.gap != "\n" and (last.paragraph_index, last.end + 1) == (index, ended)


def _goes_on(
    place: _Place, last: Quotation | None, size: int, whole: bool
) -> tuple[str, Speaker] | None:
    """Find a second quotation in the same breath: “…”，“…”; “…”，要“…”."""
    if last is None or not _follows(place, last) or not _GAP.match(place.gap):
        return None
    if (size < _LEAST_CLAUSE and not whole) or not _stands_alone(place.after):
        return None
    return last.verb or "", Speaker(last.speaker, last.role)


def _within_report(place: _Place, cast: Cast, size: int) -> tuple[str, Speaker] | None:
    """Find a clause in marks in what somebody is reported to say: 王毅指出，…，“…”."""
    if size < _LEAST_CLAUSE or not place.before.endswith("，") or not _ends(place.after):
        return None
    for report in _REPORT.finditer(place.before[:-1]):
        head = place.before[: report.start()]
        if speaker := subject(head, cast, near=True):
            return report.group().rstrip("，："), speaker
    return None


def _ends(after: str) -> bool:
    return not after or after[0] in "，。；！？"


def _attributed(place: _Place, cast: Cast, size: int, whole: bool) -> tuple[str, Speaker] | None:
    """Find words that stand as a sentence, and the verb of saying after them, if there is one."""
    comma = place.after.startswith(("，", ",")) or place.inside.endswith(("，", ","))
    colon = place.before.endswith(("：", ":"))
    if colon and (speaker := subject(last_clause(place.before[:-1]), cast)):
        return "", speaker
    alone = not place.before.strip() and not place.after.strip()
    if (place.before.strip() and not colon) or size < _LEAST or not (whole or comma or alone):
        return None
    clause = re.split(r"[；：“「]", place.after.lstrip("，,"), maxsplit=1)[0]
    for verb in _VERB.finditer(clause[:60]):
        head = clause[: verb.start()]
        if len(last_clause(head)) < len(head):
            break
        speaker = subject(head, cast)
        if speaker or is_continuation(head):
            return verb.group(), speaker or Speaker(None)
    if (
        (whole or (alone and place.closes))
        and size >= _LEAST_CLAUSE
        and not _NAMES_A_THING.match(place.after)
    ):
        return "", Speaker(None)
    return None


def _reported(paragraphs: Sequence[str], cast: Cast) -> Iterator[Quotation]:
    inside = _inside(paragraphs)
    for index, text in enumerate(paragraphs):
        previous: Speaker | None = None
        position = 0
        while position < len(text):
            stop = _sentence_end(text, position, inside[index])
            found = _report(text, position, stop, cast, previous, inside[index])
            if found:
                quotation, previous = found
                yield Quotation(
                    index,
                    quotation[0],
                    quotation[1],
                    text[quotation[0] : quotation[1]],
                    previous.name,
                    previous.role,
                    quotation[2],
                    kind="reported",
                )
            position = stop


def _report(
    text: str,
    begin: int,
    stop: int,
    cast: Cast,
    previous: Speaker | None,
    inside: list[tuple[int, int]],
) -> tuple[tuple[int, int, str], Speaker] | None:
    for match in _REPORT.finditer(text, begin, stop):
        if any(start <= match.start() < end for start, end in inside):
            continue
        head = plain(text[begin : match.start()])
        if match.group().startswith("介绍") and "听" in last_clause(head):  # 听取…介绍，
            continue
        speaker = subject(head, cast, near=True)
        if speaker is None and is_continuation(head.rstrip("，")) and head.startswith(("他", "她")):
            speaker = previous
        if speaker is None or stop - match.end() < _LEAST_CLAUSE:
            continue
        end = _report_end(text, match.end(), stop)
        return (match.end(), end, match.group().rstrip("，：")), speaker
    return None


def _report_end(text: str, start: int, stop: int) -> int:
    """End at a semicolon where somebody speaks again after it, else with the sentence."""
    semicolon = text.find("；", start, stop)
    if semicolon >= 0 and _VERB.search(text, semicolon, stop):
        return semicolon + 1
    return stop


def _sentence_end(text: str, position: int, inside: list[tuple[int, int]]) -> int:
    for match in _STOP.finditer(text, position):
        if not any(start <= match.start() < end - 1 for start, end in inside):
            return match.end()
    return len(text)


def _inside(paragraphs: Sequence[str]) -> list[list[tuple[int, int]]]:
    spans: list[list[tuple[int, int]]] = [[] for _ in paragraphs]
    for mark in marked(paragraphs):
        for index, start, end in mark.pieces:
            spans[index].append((start, end))
    return spans
