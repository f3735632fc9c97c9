"""What a cluster is told of a paragraph: the mapping, and the document that fills it.

All analysis is done here, by the code that the built-in index uses, and the cluster is sent the
tokens: folding, pinyin names, values of numbers and stems are this program's own, and an analyzer
that came close would still find other paragraphs. The cluster only parts words at spaces and cuts
folded Chinese into characters and pairs of characters at consecutive positions. So a phrase of
pairs is a substring of the folded text, exactly, and NOT, facets and counts can be left to the
cluster: nothing needs to be verified after it.

Each paragraph also has its article's headlines and byline, in the same fields, for ``title:``,
``byline:`` and ranking; where one of them changes, its article is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from indexer import fold
from indexer.index import Record, names, segments, words
from indexer.model import Kind
from indexer.search.match import HEADLINES, TUNED

VERSION: Final = 1
"""Raised with every change of fields, folding or analysis. It is part of each index's name."""

DEEPEST: Final = 100_000
"""Articles of one search that can be paged through."""

NAMED: Final = ("publication", "section", "engine", "flag", "speaker")
"""Fields whose values a query finds by a piece of them."""

PHRASED: Final = ("en", "correction")
"""Fields of English whose words are kept in order."""

Json = dict[str, Any]

_GAP = 1000
"""Positions between two texts of one field: more than the most words of ``"a b"~999``."""


def _grams(size: int) -> Json:
    """Return the tokenizer of all runs of ``size`` characters, whatever the characters are."""
    return {"type": "ngram", "min_gram": size, "max_gram": size, "token_chars": []}


_BM25: Json = {"type": "BM25", "k1": TUNED.k1, "b": TUNED.b, "discount_overlaps": True}

SETTINGS: Final[Json] = {
    "index": {
        # What is written is seen when it is all written: after a refresh, which the writer asks.
        "refresh_interval": "-1",
        "max_result_window": DEEPEST,
        "similarity": {"default": _BM25},
        "analysis": {
            "tokenizer": {
                "character": _grams(1),
                "pair": _grams(2),
            },
            "analyzer": {
                "characters": {"type": "custom", "tokenizer": "character"},
                "pairs": {"type": "custom", "tokenizer": "pair"},
            },
        },
    }
}

_PIECES: Json = {
    "type": "text",
    "analyzer": "pairs",
    "position_increment_gap": _GAP,
    "fields": {"character": {"type": "text", "analyzer": "characters", "index_options": "freqs"}},
}
_TERMS: Json = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_SEQUENCE: Json = {"type": "text", "analyzer": "whitespace", "position_increment_gap": _GAP}
_KEYWORD: Json = {"type": "keyword"}
_INTEGER: Json = {"type": "integer"}


def _words(name: str) -> Json:
    fields = {"term": _TERMS, "stem": _TERMS}
    if name in PHRASED:
        fields |= {"word": _SEQUENCE, "word_stem": _SEQUENCE}
    return {"properties": fields}


_TEXTS: Json = {"zh": _PIECES} | {name: _words(name) for name in words.FIELDS}

MAPPINGS: Final[Json] = {
    "dynamic": "strict",
    "_source": {"enabled": False},  # the store has the texts
    "properties": {
        "paragraph": {"type": "long"},
        "article": {"type": "long"},
        "day": _INTEGER,
        "last_day": _INTEGER,
        **dict.fromkeys(segments.VALUES, _KEYWORD),
        "speaker_pinyin": _KEYWORD,
        "named": {"properties": dict.fromkeys(NAMED, _PIECES)},
        **_TEXTS,
        "title": {"properties": _TEXTS},
        "byline": {"properties": _TEXTS},
    },
}


def documents(article: Sequence[Record]) -> Iterator[tuple[int, Json]]:
    """Give the id and the document of each paragraph of one whole article.

    Keys are paths, ``title.en.stem``; a text that an article has several of has several values.
    """
    texts = {record.paragraph_id: _analysed(record) for record in article}
    title = [texts[record.paragraph_id] for record in article if record.kind in HEADLINES]
    byline = [texts[record.paragraph_id] for record in article if record.kind == Kind.BYLINE]
    about = _values("title.", title) | _values("byline.", byline)
    for record in article:
        own = _values("", [texts[record.paragraph_id]])
        yield record.paragraph_id, own | about | _known(record)


def _known(record: Record) -> Json:
    speakers = list(filter(None, record.speakers))
    values = {
        "publication": [record.publication or ""],
        "section": [record.section or ""],
        "kind": [record.kind, "quote"] if record.speakers else [record.kind],
        "engine": [record.engine],
        "flag": list(record.flags),
        "speaker": speakers,
        "speaker_pinyin": [names.pinyin(speaker) for speaker in speakers],
    }
    values |= {f"named.{name}": [fold.key(v) for v in values[name]] for name in NAMED}
    known: Json = {name: kept for name, v in values.items() if (kept := list(filter(None, v)))}
    known |= {"paragraph": record.paragraph_id, "article": record.article_id}
    if record.day:
        known |= {"day": record.day, "last_day": last_day(record.day)}
    return known


def last_day(day: int) -> int:
    """Return the last day that a date yyyymmdd can be, zeros standing for what is unknown."""
    if day % 10000 == 0:
        return day + 1231
    return day + 31 if day % 100 == 0 else day


def _analysed(record: Record) -> dict[str, str]:
    """Return the texts of one paragraph as tokens with spaces between, by field."""
    english = words.analysed(record.en)
    texts = {"zh": record.folded}
    fields = (*words.FIELDS, *segments.VALUES)
    for name, terms in zip(fields, segments.terms_of(record, english.terms), strict=True):
        if name in words.FIELDS:
            texts[f"{name}.term"] = " ".join(terms)
            texts[f"{name}.stem"] = " ".join(map(words.stem, terms))
    shown = "correction" if record.corrected else "en"
    texts[f"{shown}.word"] = " ".join(english.sequence)
    texts[f"{shown}.word_stem"] = " ".join(map(words.stem, english.sequence))
    return texts


def _values(prefix: str, every: Iterable[Mapping[str, str]]) -> Json:
    """Return several texts as fields of one document, empty ones left out."""
    found: Json = {}
    for texts in every:
        for name, tokens in texts.items():
            if tokens:
                found.setdefault(prefix + name, []).append(tokens)
    return found
