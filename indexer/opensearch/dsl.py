"""A query in the cluster's language: each node of the AST becomes one clause, its logic the same.

Every text is looked for in each field by itself, by a clause with a name, so that the cluster says
of each hit and of all hits what was found where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer import fold, query
from indexer.index import words
from indexer.opensearch.schema import NAMED, PHRASED, Json
from indexer.search.match import TUNED
from indexer.search.nodes import is_word, joined_names, without_stop_words

NOTHING: Json = {"match_none": {}}

_SINGLE = {"term", "terms", "match_phrase", "prefix", "fuzzy", "intervals", "range", "match_none"}
_MOST_TERMS = 1000
"""Terms that one word with wrong letters is widened to."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Hold one text of the query by its number, and the clause that finds it in each field."""

    number: int
    text: query.Text
    fields: dict[str, Json]

    @property
    def anywhere(self) -> Json:
        """Return the clause that finds the text in any field."""
        return either(self.fields.values())

    @property
    def scored(self) -> Json:
        """Return the same, each field with its name and its weight."""
        return either(
            _weighed(clause, _weight(name, self.text), f"{self.number}.{name}")
            for name, clause in self.fields.items()
        )


@dataclass(frozen=True, slots=True)
class Near:
    """Hold the clauses of a query's loose words, and those that must be met all the same."""

    loose: list[Json]
    strict: list[Json]


@dataclass(slots=True)
class Translator:
    """Translate queries, noting their texts.

    ``language`` is ``zh`` to look at the Chinese alone, ``en`` at the English alone, else both.
    """

    language: str = ""
    leaves: list[Leaf] = field(default_factory=list)

    def match(self, node: query.Node) -> Json:
        """Return the scored clause that finds what a node means."""
        match node:
            case query.Text():
                own, title = self._text(node)
                return {"bool": {"must": [own], "should": [title]}}
            case query.In(name, text):
                return unscored(self._in(name, text))
            case query.Dates(first, last):
                return unscored(*overlap(first, last))
            case query.Not(child):
                return {"bool": {"must_not": [self._unseen(child)]}}
            case query.Or(nodes):
                return either(self.match(child) for child in nodes)
            case query.And(nodes):
                return self._all(nodes)

    def closest(self, node: query.Node) -> Near | None:
        """Return what to meet as much of as can be; None when there are not two loose words."""
        nodes = without_stop_words(node.nodes) if isinstance(node, query.And) else ()
        loose = [self._unseen(child) for child in nodes if is_word(child)]
        strict = [self._unseen(child) for child in nodes if not is_word(child)]
        return Near(loose, strict) if len(loose) > 1 else None

    def _all(self, nodes: Sequence[query.Node]) -> Json:
        """Match all nodes; a word of English may also stand in the headline over the paragraph."""
        nodes = without_stop_words(nodes)
        found = [self._text(n) if is_word(n) else (self.match(n), NOTHING) for n in nodes]
        for place, joined in joined_names(nodes):
            (one, one_titled), (two, two_titled) = found[place : place + 2]
            whole, titled = self._text(joined)
            both = either([every([one, two]), whole])
            found[place : place + 2] = [
                (both, either([every([one_titled, two_titled]), titled]))
            ] * 2
        parts = {id(part): part for part in found}.values()  # a joined name is two parts in one
        wide = [own if title is NOTHING else either([own, title]) for own, title in parts]
        texts = [node for node in nodes if isinstance(node, query.Text | query.Or | query.And)]
        if texts and all(map(is_word, texts)):
            own = [own for own, title in parts if title is not NOTHING]
            wide.append(unscored(_nameless(either(own))))  # one of them stands in the paragraph
        return every(wide)

    def _unseen(self, node: query.Node) -> Json:
        """Translate without noting texts: what is excluded is no word that was found."""
        return _nameless(Translator(self.language).match(node))

    # Texts

    def _text(self, text: query.Text) -> tuple[Json, Json]:
        """Return the clause that finds a text in a paragraph, and in the headline over it."""
        leaf = Leaf(len(self.leaves), text, self._fields(text, ""))
        self.leaves.append(leaf)
        title = either(self._fields(text, "title.").values())
        return leaf.scored, _weighed(title, TUNED.title, f"{leaf.number}.title")

    def _fields(self, text: query.Text, prefix: str) -> dict[str, Json]:
        fields: dict[str, Json] = {}
        if (self.language != "en" or text.is_chinese) and not (
            text.edits or text.within is not None
        ):
            fields["zh"] = piece(f"{prefix}zh", fold.key(text.text))
        if not text.is_chinese and self.language != "zh":
            sequence = words.analysed(text.text).sequence
            if len(sequence) > 1:
                fields |= {name: _phrase(prefix + name, text, sequence) for name in PHRASED}
            elif sequence:
                fields |= {n: _word(prefix + n, text, sequence[0]) for n in words.FIELDS}
        return fields

    # Fields

    def _in(self, name: str, text: query.Text) -> Json:
        key = fold.key(text.text)
        if name in ("title", "byline"):
            return either(self._fields(text, f"{name}.").values())
        if name == "speaker":
            return either([piece("named.speaker", key), {"term": {"speaker_pinyin": key}}])
        return piece(f"named.{name}", key) if name in NAMED else {"term": {name: key}}


def piece(field: str, key: str) -> Json:
    """Return the clause that finds a folded text in a folded field, by substring."""
    if len(key) == 1:
        return {"term": {f"{field}.character": {"value": key}}}
    return {"match_phrase": {field: {"query": key}}}


def overlap(first: int, last: int) -> list[Json]:
    """Return the clauses that keep dates which can lie in a range of days."""
    return [{"range": {"last_day": {"gte": first}}}, {"range": {"day": {"lte": last}}}]


def every(clauses: Iterable[Json]) -> Json:
    """Return the clause that all of some clauses make."""
    return {"bool": {"must": list(clauses)}}


def either(clauses: Iterable[Json]) -> Json:
    """Return the clause that any of some clauses makes."""
    found = list(clauses)
    return {"bool": {"should": found, "minimum_should_match": 1}} if found else NOTHING


def unscored(*clauses: Json) -> Json:
    """Return the clause that all of some clauses make, worth nothing in the order."""
    return {"bool": {"filter": list(clauses)}}


def _word(field: str, text: query.Text, word: str) -> Json:
    if text.prefix:
        return {"prefix": {f"{field}.term": {"value": word}}}
    if text.edits:
        fuzzy = {
            "value": word,
            "fuzziness": text.edits,
            "prefix_length": 1,
            "max_expansions": _MOST_TERMS,
            "transpositions": False,
        }
        return {"fuzzy": {f"{field}.term": fuzzy}}
    if text.exact:
        return {"term": {f"{field}.term": {"value": word}}}
    return {"term": {f"{field}.stem": {"value": words.stem(word)}}}


def _phrase(field: str, text: query.Text, sequence: Sequence[str]) -> Json:
    """Find words side by side, or near each other; a compound also written as one word."""
    if text.within is not None:
        near = {"query": " ".join(sequence), "max_gaps": text.within, "ordered": False}
        return {"intervals": {f"{field}.word": {"match": near}}}
    if text.exact:
        return {"match_phrase": {f"{field}.word": {"query": " ".join(sequence)}}}
    stems = " ".join(map(words.stem, sequence))
    apart = {"match_phrase": {f"{field}.word_stem": {"query": stems}}}
    return either([apart, _word(field, text, words.joined(text.text))])


def _weight(name: str, text: query.Text) -> float:
    weight: float = getattr(TUNED, name)
    return weight * (0.3 if name == "zh" and not text.is_chinese else 1)


def _weighed(clause: Json, boost: float, name: str) -> Json:
    return {"bool": {"must": [clause], "boost": boost, "_name": name}}


def _nameless(clause: Json) -> Json:
    """Return a clause without the names of its parts."""

    def stripped(value: object) -> object:
        if isinstance(value, dict):
            return {key: stripped(v) for key, v in value.items() if key != "_name"}
        return [stripped(v) for v in value] if isinstance(value, list) else value

    result = stripped(clause)
    assert isinstance(result, dict)
    return result


def parts(clause: object) -> int:
    """Count the single clauses that a clause is made of; a cluster takes 1,024."""
    if isinstance(clause, dict):
        return sum(1 if name in _SINGLE else parts(part) for name, part in clause.items())
    return sum(map(parts, clause)) if isinstance(clause, list) else 0
