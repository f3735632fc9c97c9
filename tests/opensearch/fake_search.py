"""Searches of the fake cluster: the query language evaluated on its postings, set by set."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from tests.opensearch.fake_index import FakeIndex, Json, Refused

MOST_CLAUSES = 1024
MOST_TERMS = 65_536
Scores = dict[int, float]


def answered(index: FakeIndex, body: Json) -> Json:
    """Answer one search."""
    first, size = body.get("from", 0), body.get("size", 10)
    if first + size > int(index.settings.get("max_result_window", 10_000)):
        raise Refused("Result window is too large")
    search = Search(index)
    every = dict.fromkeys(index.seen.documents, 1.0)
    found = search.run(body["query"]) if "query" in body else every
    answer: Json = {
        "took": 1,
        "timed_out": False,
        "_shards": {"total": 1, "successful": 1, "skipped": 0, "failed": 0},
        "hits": _hits(search, body, found),
    }
    if "aggs" in body:
        answer["aggregations"] = {n: search.aggregated(a, found) for n, a in body["aggs"].items()}
    if "suggest" in body:
        answer["suggest"] = {n: _suggested(index, s) for n, s in body["suggest"].items()}
    return answer


def _hits(search: Search, body: Json, found: Scores) -> Json:
    ordered = search.sorted(found, body.get("sort", [{"_score": {"order": "desc"}}]))
    total = {"value": len(found), "relation": "eq"}
    best = max(found.values(), default=None)
    shown = ordered
    if collapse := body.get("collapse"):
        codes = search.numbers(collapse["field"])
        first_of: dict[int, int] = {}
        for doc in ordered:
            first_of.setdefault(codes[doc], doc)
        shown = list(first_of.values())
    first = body.get("from", 0)
    hits = [search.hit(doc, found) for doc in shown[first : first + body.get("size", 10)]]
    if collapse:
        members: dict[int, Scores] = defaultdict(dict)
        for doc in ordered:
            members[codes[doc]][doc] = found[doc]
        for hit in hits:
            code = codes[int(hit["_id"])]
            inner = collapse["inner_hits"]
            hit["fields"] = {collapse["field"]: [code]}
            hit["inner_hits"] = {inner["name"]: {"hits": _hits(search, inner, members[code])}}
    return {"total": total, "max_score": best, "hits": hits}


class Search:
    """Evaluate clauses; ``names`` has for each named one the documents that it finds."""

    def __init__(self, index: FakeIndex) -> None:
        self.index = index
        self.seen = index.seen
        self.names: dict[str, set[int]] = {}
        self.clauses = 0
        default = index.settings["similarity"]["default"]
        self.k1, self.b = default["k1"], default["b"]

    def run(self, clause: Json) -> Scores:
        ((kind, about),) = clause.items()
        if kind not in ("bool", "constant_score"):
            self.clauses += 1
            if self.clauses > MOST_CLAUSES:
                raise Refused("maxClauseCount is set to 1024", 400, "too_many_nested_clauses")
        found: Scores = getattr(self, f"_{kind}")(about)
        return found

    # Whole clauses

    def _bool(self, about: Json) -> Scores:
        listed = {
            name: [self.run(c) for c in ([part] if isinstance(part, dict) else part)]
            for name, part in about.items()
            if name in ("must", "filter", "should", "must_not")
        }
        must, should = listed.get("must", []), listed.get("should", [])
        needed = [*must, *listed.get("filter", [])]
        least = about.get("minimum_should_match", 0 if needed or not should else 1)
        docs = set(self.seen.documents)
        for part in needed:
            docs &= part.keys()
        for part in listed.get("must_not", []):
            docs -= part.keys()
        met = Counter(doc for part in should for doc in part)
        boost = about.get("boost", 1.0)
        found = {
            doc: boost * sum(part.get(doc, 0.0) for part in (*must, *should))
            for doc in docs
            if met[doc] >= least
        }
        return self._named(about, found)

    def _constant_score(self, about: Json) -> Scores:
        return dict.fromkeys(self.run(about["filter"]), about.get("boost", 1.0))

    def _match_none(self, about: Json) -> Scores:
        return {}

    def _named(self, about: Json, found: Scores) -> Scores:
        if "_name" in about:
            self.names[about["_name"]] = set(found)
        return found

    # Terms

    def _term(self, about: Json) -> Scores:
        ((field, wanted),) = about.items()
        self.index.field(field)
        value = wanted["value"] if isinstance(wanted, dict) else wanted
        return self._scored(field, [(value, self._places(field, value))])

    def _terms(self, about: Json) -> Scores:
        ((field, values),) = about.items()
        self.index.field(field)
        if len(values) > MOST_TERMS:
            raise Refused("The number of terms exceeds the maximum")
        return dict.fromkeys((d for v in values for d in self._places(field, v)), 1.0)

    def _prefix(self, about: Json) -> Scores:
        ((field, wanted),) = about.items()
        held = self._held(field)
        terms = [term for term in held if term.startswith(wanted["value"])]
        return dict.fromkeys((doc for term in terms for doc in held[term]), 1.0)

    def _fuzzy(self, about: Json) -> Scores:
        ((field, wanted),) = about.items()
        assert wanted["transpositions"] is False
        word, kept = wanted["value"], wanted["prefix_length"]
        held = self._held(field)
        near = [
            term
            for term in held
            if term[:kept] == word[:kept]
            and (term == word or distance(term, word) < min(len(term), len(word)))
            and distance(term, word) <= wanted["fuzziness"]
        ]
        near.sort(key=lambda term: distance(term, word))
        return self._scored(field, [(t, held[t]) for t in near[: wanted["max_expansions"]]])

    def _range(self, about: Json) -> Scores:
        ((field, wanted),) = about.items()
        low, high = wanted.get("gte", -math.inf), wanted.get("lte", math.inf)
        assert wanted.keys() <= {"gte", "lte"}
        return {doc: 1.0 for doc, n in self.numbers(field).items() if low <= n <= high}

    # Positions

    def _match_phrase(self, about: Json) -> Scores:
        ((field, wanted),) = about.items()
        tokens = self.index.tokens(field, wanted["query"])
        if not tokens:
            return {}
        if len(tokens) == 1:
            return self._scored(field, [(tokens[0], self._places(field, tokens[0]))])
        places = self._positions(field, tokens)
        docs = set.intersection(*(set(held) for held in places))
        together = {}
        for doc in docs:
            starts = set(places[0][doc])
            for shift, held in enumerate(places):
                starts &= {place - shift for place in held[doc]}
            if starts:
                together[doc] = sorted(starts)
        rarity = sum(self._rarity(len(held)) for held in places)
        return self._weighed(field, together, rarity)

    def _intervals(self, about: Json) -> Scores:
        ((field, rule),) = about.items()
        wanted = rule["match"]
        assert not wanted.get("ordered", False)
        tokens = self.index.tokens(field, wanted["query"])
        places = self._positions(field, tokens)
        docs = set.intersection(*(set(held) for held in places)) if places else set()
        found = {}
        for doc in docs:
            held = zip(tokens, places, strict=True)
            words = sorted({(place, token) for token, docs_ in held for place in docs_[doc]})
            if _closest(words, tokens) <= len(tokens) + wanted["max_gaps"]:
                found[doc] = 1.0
        return found

    def _positions(self, field: str, tokens: Iterable[str]) -> list[dict[int, list[int]]]:
        if self.index.field(field).get("index_options", "positions") != "positions":
            raise Refused(f"field:[{field}] was indexed without position data")
        return [self._places(field, token) for token in tokens]

    # Scores

    def _held(self, field: str) -> dict[Any, dict[int, list[int]]]:
        self.index.field(field)
        return self.seen.postings.get(field, {})

    def _places(self, field: str, term: Any) -> dict[int, list[int]]:
        return self._held(field).get(term, {})

    def _scored(self, field: str, terms: Iterable[tuple[Any, dict[int, list[int]]]]) -> Scores:
        found: Scores = defaultdict(float)
        for _, held in terms:
            for doc, score in self._weighed(field, held, self._rarity(len(held))).items():
                found[doc] += score
        return dict(found)

    def _weighed(self, field: str, held: dict[int, list[int]], rarity: float) -> Scores:
        lengths, average = (
            self.seen.lengths.get(field, {}),
            self.seen.averages.get(field, 1.0) or 1.0,
        )
        return {
            doc: rarity
            * len(places)
            / (len(places) + self.k1 * (1 - self.b + self.b * lengths[doc] / average))
            for doc, places in held.items()
        }

    def _rarity(self, documents: int) -> float:
        return math.log1p((len(self.seen.documents) - documents + 0.5) / (documents + 0.5))

    # Hits

    def numbers(self, field: str) -> dict[int, int]:
        if self.index.field(field)["type"] not in ("integer", "long"):
            raise Refused(f"[{field}] is no number")
        return self.seen.numbers[field]

    def hit(self, doc: int, found: Scores) -> Json:
        named = sorted(name for name, docs in self.names.items() if doc in docs)
        hit: Json = {"_index": "fake", "_id": str(doc), "_score": found[doc]}
        return hit | ({"matched_queries": named} if named else {})

    def sorted(self, found: Scores, keys: list[Json]) -> list[int]:
        docs = sorted(found)
        for key in reversed(keys):
            ((name, how),) = key.items()
            values = found if name == "_score" else self.numbers(name)
            known = [doc for doc in docs if doc in values]
            known.sort(key=values.__getitem__, reverse=how["order"] == "desc")
            unknown = [doc for doc in docs if doc not in values]
            assert not unknown or how["missing"] == "_last"
            docs = known + unknown
        return docs

    # Aggregations

    def aggregated(self, agg: Json, found: Scores) -> Json:
        ((kind, about),) = agg.items()
        counted: Callable[[Json, Scores], Json] = getattr(self, f"_agg_{kind}")
        return counted(about, found)

    def _agg_filters(self, about: Json, found: Scores) -> Json:
        kept = {name: Search(self.index).run(clause) for name, clause in about["filters"].items()}
        return {
            "buckets": {
                n: {"doc_count": len(docs.keys() & found.keys())} for n, docs in kept.items()
            }
        }

    def _agg_terms(self, about: Json, found: Scores) -> Json:
        if self.index.field(about["field"])["type"] != "keyword":
            raise Refused("Text fields are not optimised for aggregations")
        held = self.seen.postings[about["field"]]
        counts = [(len(docs.keys() & found.keys()), term) for term, docs in held.items()]
        ordered = sorted((-n, term) for n, term in counts if n)[: about["size"]]
        return {"buckets": [{"key": term, "doc_count": -n} for n, term in ordered]}

    def _agg_cardinality(self, about: Json, found: Scores) -> Json:
        assert about["precision_threshold"] <= 40_000
        return {"value": len({self.numbers(about["field"])[doc] for doc in found})}

    def _agg_histogram(self, about: Json, found: Scores) -> Json:
        step, values = about["interval"], self.numbers(about["field"])
        counts = Counter(values[doc] // step * step for doc in found if doc in values)
        assert about["min_doc_count"] == 1
        return {"buckets": [{"key": float(k), "doc_count": n} for k, n in sorted(counts.items())]}

    def _agg_missing(self, about: Json, found: Scores) -> Json:
        return {"doc_count": len(found.keys() - self.numbers(about["field"]).keys())}


def _suggested(index: FakeIndex, suggester: Json) -> list[Json]:
    term, word = suggester["term"], suggester["text"]
    index.field(term["field"])
    assert term["suggest_mode"] == "always"
    options = [
        {"text": other, "score": 1 - distance(other, word) / len(word), "freq": len(docs)}
        for other, docs in index.seen.postings[term["field"]].items()
        if other != word
        and other[: term["prefix_length"]] == word[: term["prefix_length"]]
        and distance(other, word) <= term["max_edits"]
    ]
    options.sort(key=lambda option: (-option["score"], -option["freq"], option["text"]))
    enough = len(word) >= term["min_word_length"]
    return [{"text": word, "options": options[: term["size"]] if enough else []}]


def _closest(words: list[tuple[int, str]], tokens: list[str]) -> float:
    """Return the width of the narrowest stretch that holds all tokens, each as often as wanted."""
    wanted, best = Counter(tokens), math.inf
    for first in range(len(words)):
        missing = wanted.copy()
        for at, word in words[first:]:
            missing -= Counter([word])
            if not missing:
                best = min(best, at - words[first][0] + 1)
                break
    return best


def distance(one: str, other: str) -> int:
    """Return the least number of insertions, deletions and replacements."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
