"""Places and well-known people, taken from CC-CEDICT."""

from __future__ import annotations

import re
from functools import lru_cache

from translations.gloss import dictionary

_WORD = r"[A-Z][\w'’.-]+"
_NAME = rf"(?:the )?({_WORD}(?: (?:{_WORD}|of|the|and))*?)"
_ADJECTIVE = (
    r"(?:(?:the|a|an|large|major|inner|sub-?provincial|prefecture[- ]level|prefectural"
    r"|county[- ]level|autonomous|suburban|former|port|capital|Chinese|US|special)"
    r" )*"
)
_TYPE = (
    r"(?:city|county|district|province|prefecture|township|town|banner|region|municipality|capital"
    r"|islands?|river|lake|mountains?|country|state|village)"
)
_PLACE = re.compile(rf"{_NAME}(?: or {_WORD}(?: {_WORD})*)?(?: \(|,? )(?i:{_ADJECTIVE}{_TYPE}\b)")
_PERSON = re.compile(rf"({_WORD}(?: {_WORD})+) \((?:c\. |born |around )?-?\d{{2,4}}")
_SUFFIX = re.compile(r"[市县区省州镇乡旗盟岛河江湖山村]$")
_BODY = re.compile(r"Ministry|Department|PRC|Party")
_CHINESE = re.compile(
    "Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan"
    "|Jiangsu|Jiangxi|Jilin|Liaoning|Mongolia|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Tibet"
    "|Xinjiang|Yunnan|Zhejiang|China|Beijing|Shanghai|Tianjin|Chongqing|Taiwan"
)
_MINOR = re.compile(r"\b(?:county|district|township|town|banner|village|suburban)\b", re.I)


@lru_cache(maxsize=20_000)
def place(word: str) -> str | None:
    """Return the English of a place name (Simplified or Traditional), or None.

    A word that also means something else is no place here, nor is a county without its suffix
    (石棉 is asbestos more often than Shimian), nor one of two characters outside China, which may
    be a piece of a longer name (尼斯 in 汗尤尼斯).
    """
    entries = dictionary().entries(word)
    if not entries or len(word) < 2:
        return None
    names = [_place_name(entry.senses[0]) if entry.is_name else None for entry in entries]
    if not all(names):
        return None
    if len(word) == 2 and not any(_CHINESE.search(entry.senses[0]) for entry in entries):
        return None
    is_minor = any(_MINOR.search(entry.senses[0].split(" in ")[0]) for entry in entries)
    if is_minor and not _SUFFIX.search(word):
        return None
    return names[0]


@lru_cache(maxsize=20_000)
def person(word: str) -> str | None:
    """Return the English of a person known to the dictionary (王毅: Wang Yi), or None."""
    for entry in dictionary().entries(word) if len(word) > 1 else ():
        if entry.is_name and (match := _PERSON.match(entry.senses[0])):
            return match.group(1)
    return None


def _place_name(sense: str) -> str | None:
    match = _PLACE.match(sense)
    if not match or _BODY.search(match.group(1)):
        return None
    return match.group(1).replace("’", "'")
