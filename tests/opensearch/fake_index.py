"""One index of the fake cluster: documents analysed as the mapping says, seen after a refresh."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

Json = dict[str, Any]
GAP = 100


class Refused(Exception):
    """Answer a request with an error."""

    def __init__(self, reason: str, status: int = 400, kind: str = "illegal_argument_exception"):
        super().__init__(reason)
        self.status = status
        self.kind = kind


class FakeIndex:
    """Hold what was written, and what searches see."""

    def __init__(self, settings: Json, mappings: Json) -> None:
        self.settings = settings["index"]
        self.fields = _flattened(mappings["properties"])
        for name, field in self.fields.items():
            if field["type"] == "text":
                self.tokens(name, "")
        self._written: dict[int, Json] = {}
        self.seen = Seen(self)

    def put(self, id: str, document: Json) -> None:
        if unknown := [name for name in document if name not in self.fields]:
            raise Refused(f"mapping set to strict, dynamic introduction of {unknown} not allowed")
        self._written[int(id)] = document

    def delete(self, id: str) -> bool:
        return self._written.pop(int(id), None) is not None

    def refresh(self) -> None:
        if self._written != self.seen.documents:
            self.seen = Seen(self, self._written)

    def field(self, name: str) -> Json:
        """Return a field of the mapping. Unlike a cluster, take no name that is not mapped."""
        if name not in self.fields:
            raise Refused(f"[{name}] is not mapped")
        return self.fields[name]

    def tokens(self, name: str, text: str) -> list[str]:
        """Analyse a text as a field says."""
        analyzer = self.field(name)["analyzer"]
        if analyzer == "whitespace":
            return [part[at : at + 255] for part in text.split() for at in range(0, len(part), 255)]
        analysis = self.settings["analysis"]
        tokenizer = analysis["tokenizer"][analysis["analyzer"][analyzer]["tokenizer"]]
        size = tokenizer["min_gram"]
        assert size == tokenizer["max_gram"]
        return [text[at : at + size] for at in range(len(text) - size + 1)]


class Seen:
    """Hold postings: by field and term, the documents and the positions in each."""

    def __init__(self, index: FakeIndex, documents: dict[int, Json] | None = None) -> None:
        self.documents = dict(documents or {})
        self.postings: dict[str, dict[Any, dict[int, list[int]]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(list))
        )
        self.lengths: dict[str, dict[int, int]] = defaultdict(dict)
        self.numbers: dict[str, dict[int, int]] = defaultdict(dict)
        for id, document in self.documents.items():
            for name, value in document.items():
                values = value if isinstance(value, list) else [value]
                for path in (name, *(f for f in index.fields if f == f"{name}.character")):
                    self._add(index, id, path, values)

    def _add(self, index: FakeIndex, id: int, name: str, values: list[Any]) -> None:
        field, place = index.fields[name], 0
        for value in values:
            if field["type"] in ("integer", "long"):
                if not isinstance(value, int) or len(values) > 1:
                    raise Refused(f"failed to parse field [{name}]")
                self.numbers[name][id] = value
                tokens: list[Any] = [value]
            elif not isinstance(value, str):
                raise Refused(f"failed to parse field [{name}]")
            else:
                tokens = [value] if field["type"] == "keyword" else index.tokens(name, value)
            for token in tokens:
                self.postings[name][token][id].append(place)
                place += 1
            place += field.get("position_increment_gap", GAP)
            self.lengths[name][id] = self.lengths[name].get(id, 0) + len(tokens)

    @cached_property
    def averages(self) -> dict[str, float]:
        return {name: sum(held.values()) / len(held) for name, held in self.lengths.items()}


def _flattened(properties: Json, prefix: str = "") -> Json:
    found: Json = {}
    for name, about in properties.items():
        if about.get("type", "object") == "object":
            found |= _flattened(about["properties"], f"{prefix}{name}.")
        else:
            found[prefix + name] = about
            found |= _flattened(about.get("fields", {}), f"{prefix}{name}.")
    return found
