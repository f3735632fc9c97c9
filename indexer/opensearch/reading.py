"""One search: the request for a page of articles with its facets, and what its answer means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from indexer import fold, query
from indexer.index import words
from indexer.opensearch.dsl import Leaf, Near, overlap, unscored
from indexer.opensearch.schema import Json
from indexer.search.facets import periods
from indexer.search.match import FOUND_BY
from indexer.search.page import Best, Chosen
from indexer.search.results import Count, Facets, WordFound
from indexer.search.select import VALUES, Filters, Sort
from indexer.search.snippets import within
from indexer.search.suggest import MOST, SHORTEST

MOST_VALUES = 10_000
"""Values of a facet that are counted."""
_EXACT_ARTICLES = 40_000
"""The most that a cluster counts without estimating."""
_TERMS_AT_ONCE = 60_000
_NEAR = 20
"""Words spelt like another that are looked at, of each field."""
_ORDERS: dict[Sort, list[Json]] = {
    "relevance": [],
    "newest": [{"day": {"order": "desc", "missing": "_last"}}],
    "oldest": [{"day": {"order": "asc", "missing": "_last"}}],
}
_BEST_FIRST = {"_score": {"order": "desc"}}


def kept(
    filters: Filters, dates: query.Dates | None, removed: Sequence[int]
) -> Callable[[Json], Json]:
    """Return what puts a scored clause within filters; no article of ``removed`` is found."""
    values = {name: list(getattr(filters, name)) for name in VALUES}
    within: list[Json] = [{"terms": {name: wanted}} for name, wanted in values.items() if wanted]
    within += overlap(dates.first, dates.last) if dates else []
    parts = [removed[n : n + _TERMS_AT_ONCE] for n in range(0, len(removed), _TERMS_AT_ONCE)]
    without = [{"terms": {"article": part}} for part in parts]
    return lambda clause: {"bool": {"must": [clause], "filter": within, "must_not": without}}


def page(
    clause: Json, leaves: Sequence[Leaf], sort: Sort, first: int, size: int, paragraphs: int
) -> Json:
    """Return the request for ``size`` articles from number ``first`` on, counted from 0."""
    return {
        "query": clause,
        "from": first,
        "size": size,
        "_source": False,
        "track_total_hits": True,
        "track_scores": True,
        "sort": [*_ORDERS[sort], _BEST_FIRST, {"article": {"order": "asc"}}],
        "collapse": {
            "field": "article",
            "inner_hits": {
                "name": "best",
                "size": paragraphs,
                "_source": False,
                "track_scores": True,
                "sort": [_BEST_FIRST, {"paragraph": {"order": "asc"}}],
            },
        },
        "aggs": _facets() | (_words(leaves) if leaves else {}),
    }


def nearness(near: Near) -> Json:
    """Return the clause whose score is how many loose words a paragraph has."""
    ones = [{"constant_score": {"filter": clause, "boost": 1.0}} for clause in near.loose]
    return {"bool": {"should": ones, "minimum_should_match": 1, "filter": near.strict}}


def most(clause: Json) -> Json:
    """Return the request for the highest score."""
    return {"query": clause, "size": 1, "_source": False}


def nearest(near: Near, had: int, leaves: Sequence[Leaf]) -> Json:
    """Return the clause of the paragraphs with ``had`` loose words, scored by all texts."""
    enough = {"bool": {"should": near.loose, "minimum_should_match": had, "filter": near.strict}}
    return {"bool": {"must": [unscored(enough)], "should": [leaf.scored for leaf in leaves]}}


def _facets() -> Json:
    values = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in VALUES}
    return values | {
        "articles": {"cardinality": {"field": "article", "precision_threshold": _EXACT_ARTICLES}},
        "months": {"histogram": {"field": "day", "interval": 100, "min_doc_count": 1}},
        "undated": {"missing": {"field": "day"}},
    }


def _words(leaves: Sequence[Leaf]) -> Json:
    """Return the count of each text, in any field by its number, and in each field."""
    filters = {}
    for leaf in leaves:
        filters[str(leaf.number)] = leaf.anywhere
        filters |= {f"{leaf.number}.{name}": clause for name, clause in leaf.fields.items()}
    return {"words": {"filters": {"filters": filters}}}


# The answer


def chosen(answer: Json, leaves: Sequence[Leaf]) -> list[Chosen]:
    """Return the articles of a page."""
    found = []
    for hit in answer["hits"]["hits"]:
        best = hit["inner_hits"]["best"]["hits"]
        found.append(
            Chosen(
                int(hit["fields"]["article"][0]),
                best["total"]["value"],
                [
                    Best(int(one["_id"]), float(one["_score"]), _found_by(one, leaves))
                    for one in best["hits"]
                ],
            )
        )
    return found


def facets(answer: Json) -> Facets:
    """Return the counts of what was found."""
    aggs = answer["aggregations"]
    months = aggs["months"]["buckets"]
    days = np.array([int(bucket["key"]) for bucket in months], np.int64)
    return Facets(
        **{name: _counts(aggs[name]["buckets"]) for name in VALUES},
        periods=periods(days, np.array([bucket["doc_count"] for bucket in months])),
        undated=aggs["undated"]["doc_count"],
    )


def words_found(answer: Json, leaves: Sequence[Leaf]) -> tuple[WordFound, ...]:
    """Return how many paragraphs have each text, and by what."""
    if not leaves:
        return ()
    counts = {n: b["doc_count"] for n, b in answer["aggregations"]["words"]["buckets"].items()}
    return tuple(
        WordFound(
            leaf.text.text,
            counts[str(leaf.number)],
            {FOUND_BY[name]: n for name in leaf.fields if (n := counts[f"{leaf.number}.{name}"])},
        )
        for leaf in leaves
    )


def _found_by(hit: Json, leaves: Sequence[Leaf]) -> Mapping[query.Text, set[str]]:
    """Return the fields in which a paragraph has each text, ``title`` where no other has it."""
    names = [name.split(".") for name in hit.get("matched_queries", ())]
    found: dict[query.Text, set[str]] = {leaf.text: set() for leaf in leaves}
    for number, name in names:
        found[leaves[int(number)].text].add(name)
    return {text: fields - {"title"} or fields for text, fields in found.items()}


def _counts(buckets: Iterable[Any]) -> tuple[Count, ...]:
    found = [Count(bucket["key"], bucket["doc_count"]) for bucket in buckets]
    return tuple(sorted(found, key=lambda count: (-count.count, count.value)))


# Did you mean


def spelling(unknown: Sequence[Leaf]) -> Json:
    """Return the request for words spelt like those not found, and whether they are anywhere."""
    suggest = {
        f"{leaf.number}.{name}": {
            "text": fold.key(leaf.text.text),
            "term": {
                "field": f"{name}.term",
                "suggest_mode": "always",
                "max_edits": 2,
                "prefix_length": 1,
                "min_word_length": SHORTEST,
                "size": _NEAR,
            },
        }
        for leaf in unknown
        for name in words.FIELDS
    }
    return {"size": 0, "suggest": suggest, "aggs": _words(unknown)}


def near_words(answer: Json, leaf: Leaf) -> list[str]:
    """Return the nearest words to one that no paragraph has, the most frequent first."""
    counts: Counter[str] = Counter()
    for name in words.FIELDS:
        for entry in answer["suggest"][f"{leaf.number}.{name}"]:
            for option in entry["options"]:
                counts[option["text"]] += option["freq"]
    word = fold.key(leaf.text.text)
    for edits in (1, 2):
        if found := [other for other in counts if within(other, word, edits)]:
            return sorted(found, key=lambda other: (-counts[other], other))[:MOST]
    return []
