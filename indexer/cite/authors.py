"""Read the authors out of a byline: 本报记者 李媛 通讯员 肖玲玲 are 李媛 and 肖玲玲."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.quotes import names
from translations import surnames
from translations.names import person

# What bylines say beside the names. Who only edited or took the pictures is no author.
_CREDITS = re.compile(
    r"[（(]?(?:本报|本网|本刊|新华社|中新社|人民日报)?(?:首席|特约|驻[一-鿿]{2,6}|见习|实习|全媒体)?"
    r"(?:记者|通讯员|撰稿人?|作者|评论员)[：:\s]*|[（）()]|(?:^|(?<=\s))文[/／：:]"
)
_OTHERS = re.compile(
    r"(?:责任编辑|责编|编辑|版式|校对|摄影|供图|图片|制图|策划|主持人|[^一-鿿]图[/／：:]).*"
)
_SHORT = re.compile("[一-鿿]{2,3}$")
_BETWEEN = re.compile(r"[\s、，,;；/／]+|(?<=[一-鿿])和(?=[一-鿿])")
_PLACE_AND_AGENCY = re.compile(r"(?:新华社|中新社|本报)[一-鿿]{0,8}\d{0,2}月?\d{0,2}日?电")


@dataclass(frozen=True, slots=True)
class Author:
    """Hold a name as printed; ``family`` and ``given`` are empty for one that is not Chinese."""

    name: str
    family: str = ""
    given: str = ""

    @property
    def pinyin(self) -> str:
        """Return the name in pinyin, family name first: Li Yuan."""
        return person(self.name, self.family)


def authors(byline: str) -> tuple[Author, ...]:
    """Return the people who wrote an article, in the order of the byline.

    Words that are built like no name (本报评论员, 综合消息) are no people: better no author than a
    wrong one.
    """
    text = _OTHERS.sub("", _PLACE_AND_AGENCY.sub(" ", byline))
    words = _BETWEEN.split(_CREDITS.sub(" ", text).strip())
    found = (_author(word) for word in _close(words))
    return tuple(dict.fromkeys(author for author in found if author))


def _close(words: list[str]) -> list[str]:
    """Join what typesetters spread: 薛 婧 is 薛婧."""
    joined: list[str] = []
    for word in words:
        if len(word) == 1 and joined and len(joined[-1]) == 1:
            joined[-1] += word
        elif word:
            joined.append(word)
    return joined


def _author(word: str) -> Author | None:
    if not names.is_word(word) and (names.chinese_name(word, len(word)) or _SHORT.match(word)):
        family = surnames.of(word) or word[:1]  # a rare surname is one all the same in a byline
        return Author(word, family, word[len(family) :])
    if "·" in word and names.foreign_name(word):
        return Author(word)
    return None
