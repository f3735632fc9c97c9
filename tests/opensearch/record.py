"""Record the contract: python -m tests.opensearch.record SPEC > tests/opensearch/contract.json

SPEC is the folder ``spec`` of opensearch-api-specification, the interface as its makers describe
it (Apache License 2.0). What is not asked of a cluster is left out, and what is left is closed: a
property that the interface has not, or that is not used here, is an error.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

KEPT = {
    "SearchRequestBody": "query from size _source track_total_hits track_scores sort collapse aggs"
    " suggest",
    "QueryContainer": "bool constant_score fuzzy intervals match_none match_phrase prefix range"
    " term terms",
    "IntervalsQuery": "match boost _name",
    "IntervalsMatch": "query max_gaps ordered",
    "InnerHits": "name size from sort _source track_scores",
    "FieldCollapse": "field inner_hits max_concurrent_group_searches",
    "FieldSuggester": "text term",
    "SortOptions": "_score",
    "FieldSort": "order missing",
    "TypeMapping": "dynamic _source properties",
    "TextProperty": "type analyzer fields index_options position_increment_gap norms properties",
    "KeywordProperty": "type index_options norms doc_values fields properties",
    "IndexSettings": "index refresh_interval max_result_window similarity analysis",
    "IndexSettingsAnalysis": "analyzer tokenizer",
    "ActionAdd": "index alias",
    "TermsAggregationFields": "field size", "HistogramAggregationFields":
    "field interval min_doc_count", "MissingAggregationFields": "field",
    "CardinalityAggregation": "field precision_threshold", "FiltersAggregationFields": "filters",
}  # fmt: skip
AGGREGATIONS = {
    "cardinality": "CardinalityAggregation",
    "filters": "FiltersAggregationFields",
    "histogram": "HistogramAggregationFields",
    "missing": "MissingAggregationFields",
    "terms": "TermsAggregationFields",
}
CHOICES = {
    "Property": ["KeywordProperty", "TextProperty", "IntegerNumberProperty", "LongNumberProperty",
                 "ObjectProperty"],
    "RangeQuery": ["NumberRangeQuery"],
    "Analyzer": ["CustomAnalyzer"], "TokenizerDefinition": ["NGramTokenizer"],
}  # fmt: skip
NAMED = {
    "BucketsQueryContainer": "_common.query_dsl.yaml#/components/schemas/QueryContainer",
    "IndexSettingsSimilarity": "#/components/schemas/IndexSettingsSimilarityBm25",
}
"""Objects whose keys are any names; the specification says so of the first in a roundabout way,
and lists a few names for the second."""
QUIET = ("description", "title", "format", "deprecated", "default", "discriminator")


class Recorder:
    """Gather the definitions that a body leads to."""

    def __init__(self, spec: Path) -> None:
        self.spec = spec
        self.defs: dict[str, Any] = {}

    @cache  # noqa: B019
    def file(self, name: str) -> Any:
        return yaml.safe_load((self.spec / name).read_text())

    def body(self, namespace: str, operation: str, name: str) -> dict[str, Any]:
        file = f"namespaces/{namespace}.yaml"
        content = self.file(file)["components"]["requestBodies"][operation]["content"]
        return self.only(content["application/json"]["schema"], file, name)

    def reference(self, link: str, file: str) -> dict[str, str]:
        where, _, name = link.partition("#")
        file = f"schemas/{Path(where).name}" if where else file
        name = name.rpartition("/")[2]
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self.definition(name, file)
        return {"$ref": f"#/$defs/{name}"}

    def definition(self, name: str, file: str) -> Any:
        if name == "AggregationContainer":
            parts = {kind: self.reference(f"#/{part}", file) for kind, part in AGGREGATIONS.items()}
            return {"type": "object", "properties": parts, "additionalProperties": False,
                    "minProperties": 1, "maxProperties": 1}  # fmt: skip
        if name in NAMED:
            return {"type": "object", "additionalProperties": self.reference(NAMED[name], file)}
        if name in CHOICES:
            return {"anyOf": [self.reference(f"#/{choice}", file) for choice in CHOICES[name]]}
        return self.only(self.file(file)["components"]["schemas"][name], file, name)

    def only(self, schema: Any, file: str, name: str) -> Any:
        kept = KEPT[name].split() if name in KEPT else None
        found = self.closed(schema, file, kept)
        missing = set(kept or ()) - found.get("properties", {}).keys()
        assert not missing, (name, missing)
        return found | {"additionalProperties": False} if kept else found

    def closed(self, schema: Any, file: str, kept: list[str] | None = None) -> Any:
        """Return a schema that allows nothing but what it names, and of that only ``kept``."""
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return self.reference(schema["$ref"], file)
        if "allOf" in schema:
            return self.merged([self.opened(part, file, kept) for part in schema["allOf"]])
        result: dict[str, Any] = {}
        for key, value in schema.items():
            if key in ("oneOf", "anyOf"):
                result["anyOf"] = [self.closed(part, file) for part in value]
            elif key == "properties":
                names = [name for name in value if kept is None or name in kept]
                result[key] = {name: self.closed(value[name], file) for name in names}
            elif key in ("items", "additionalProperties", "propertyNames"):
                result[key] = self.closed(value, file)
            elif key not in QUIET and not key.startswith("x-"):
                result[key] = value
        if "properties" in result:
            result.setdefault("additionalProperties", False)
        return result

    def opened(self, schema: Any, file: str, kept: list[str] | None) -> Any:
        """Return a part of a whole, its own definition in place of the reference."""
        if "$ref" not in schema:
            return self.closed(schema, file, kept)
        where, _, name = schema["$ref"].partition("#")
        file = f"schemas/{Path(where).name}" if where else file
        part = self.file(file)["components"]["schemas"][name.rpartition("/")[2]]
        return self.closed(part, file, kept)

    @staticmethod
    def merged(parts: list[Any]) -> Any:
        whole: dict[str, Any] = {}
        for part in [one for item in parts for one in item.get("anyOf", [item])]:
            for key, value in part.items():
                if key == "properties":
                    whole.setdefault(key, {}).update(value)
                elif key == "required":
                    whole[key] = whole.get(key, []) + value
                elif key not in ("minProperties", "maxProperties"):  # these count the part alone
                    whole[key] = value
        return whole


def main() -> None:
    recorder = Recorder(Path(sys.argv[1]))
    bodies = {
        "search": recorder.body("_core", "search", "SearchRequestBody"),
        "create": recorder.body("indices", "indices.create", ""),
        "aliases": recorder.body("indices", "indices.update_aliases", ""),
    }
    json.dump({"bodies": bodies, "$defs": recorder.defs}, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
