"""Know a verb of saying, and the forms in which it leads to what is said."""

from __future__ import annotations

import re

from indexer.quotes import lexicon

# 称 is a verb of saying where it is not part of another word: 号称, 被称, 统称.
_SAY = rf"{lexicon.SAY}|(?<![号自简统俗人堪誉被合并别全又也职名宣声])称"

SAY = re.compile(_SAY)

# 全会提出，…，并要求: somebody else spoke in this sentence; not so 从提出…到要求….
OTHER_SUBJECT = re.compile(rf"[^从到并，、](?:{_SAY})")

# 王毅表示，…; with words in marks after it, only the verbs that never lead to a term.
_SURE = "表示|指出|强调|说|称|认为|介绍|透露|坦言|解释"
REPORT = re.compile(
    rf"(?:{_SURE}|补充道|告诉[^，“]{{0,12}}|重申|呼吁|回忆)[，：](?=[^“「，])|(?:{_SURE})，(?=[“「])"
)

# 写下了这样一段话：“…”; 希望科技工作者“…”; 强调，要“…”.
BEFORE_MARK = re.compile(
    rf"(?P<verb>{_SAY})(?:了|过|着|到|道)?"
    r"(?P<whom>(?<=[冀望嘱咐励语诉醒求])[^，。；：“”]{1,10})?"
    r"(?:这样|如此|如下)?(?:一?[段句席番]?话|的是|的?那样)?"
    r"(?P<link>[，：:,]?\s*要?(?:以|用|把)?\s*)$"
)


def before_verb(sentence: str) -> str:
    """Return what stands before the first verb of saying, the whole where there is none."""
    match = SAY.search(sentence)
    return sentence[: match.start()] if match else sentence
