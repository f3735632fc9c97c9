"""The engine: the store's paragraphs written to the cluster, and its answers made results."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from opensearchpy import OpenSearch

from indexer import fold, indexing, query
from indexer.index import Record
from indexer.opensearch import dsl, reading, schema, server, writing
from indexer.opensearch.schema import Json
from indexer.opensearch.server import Address, asked
from indexer.search.engine import Report
from indexer.search.fetch import removed_articles
from indexer.search.page import article_hits
from indexer.search.results import Results
from indexer.search.select import EVERYTHING, Filters, Sort, days
from indexer.search.suggest import is_spelt, replaced

MOST_CLAUSES = 1000
"""Clauses of one query: a cluster takes 1,024 unless it is told otherwise."""
_ARTICLES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class OpenSearchEngine:
    """Answer from an index of a cluster; raises ServerAway where the cluster does not answer."""

    connection: sqlite3.Connection
    address: Address

    @classmethod
    def at(cls, url: str, connection: sqlite3.Connection) -> OpenSearchEngine:
        """Return the engine at an address such as ``http://host:9200/news``."""
        return cls(connection, Address.parse(url))

    @property
    def name(self) -> str:
        return f"opensearch {self.address.place}"

    def needs_rebuild(self) -> bool:
        with asked(self.address):
            return not writing.exists(self._client, self.address)

    def update(self, ids: Sequence[int], report: Report | None = None) -> None:
        index = writing.alias(self.address)
        written: set[int] = set()

        def documents() -> Iterator[tuple[int, Json]]:
            for id, body in self._documents(self._articles_of(ids), len(ids), report):
                written.add(id)
                yield id, body

        with asked(self.address):
            writing.write(self._client, index, documents())
            writing.remove(self._client, index, (id for id in ids if id not in written))
            writing.publish(self._client, index)

    def rebuild(self, report: Report | None = None) -> int:
        (total,) = self.connection.execute("SELECT count(*) FROM paragraph").fetchone()
        articles = [row[0] for row in self.connection.execute("SELECT id FROM article ORDER BY id")]
        with asked(self.address):
            server.check_version(self.address, self._client.info())
            documents = self._documents(articles, total, report)
            return writing.replace(self._client, self.address, documents)

    def search(
        self,
        text: str,
        *,
        page: int = 1,
        size: int = 20,
        paragraphs: int = 3,
        sort: Sort = "relevance",
        filters: Filters = EVERYTHING,
    ) -> Results:
        began = time.perf_counter()
        parsed = query.parse(text)
        problems = list(parsed.problems)
        translator = dsl.Translator(filters.language)
        wanted = translator.match(parsed.root) if parsed.root else dsl.NOTHING
        first = (page - 1) * size
        leaves = translator.leaves
        if problem := _out_of_reach(wanted, first, size):
            problems.append(problem)
            wanted, first, leaves = dsl.NOTHING, 0, []
        kept = reading.kept(filters, days(filters, problems), removed_articles(self.connection))

        def ask(clause: Json) -> Json:
            return self._ask(reading.page(kept(clause), leaves, sort, first, size, paragraphs))

        answer = ask(wanted)
        if parsed.root and wanted is not dsl.NOTHING and not answer["hits"]["total"]["value"]:
            near = translator.closest(parsed.root)
            if near and (had := self._most(kept(reading.nearness(near)))):
                answer = ask(reading.nearest(near, had, leaves))
                problems.append(
                    f"No paragraph has all {len(near.loose)} words: these have {had} of them."
                )
        return Results(
            query=text,
            page=page,
            size=size,
            articles=answer["aggregations"]["articles"]["value"],
            paragraphs=answer["hits"]["total"]["value"],
            hits=article_hits(self.connection, reading.chosen(answer, leaves)),
            facets=reading.facets(answer),
            words=reading.words_found(answer, leaves),
            problems=tuple(problems),
            suggestions=self._suggestions(text, answer, leaves),
            seconds=time.perf_counter() - began,
        )

    def _most(self, clause: Json) -> int:
        """Return the highest score of a clause; 0 where it finds nothing."""
        return round(self._ask(reading.most(clause))["hits"]["max_score"] or 0)

    def _suggestions(self, text: str, answer: Json, leaves: Sequence[dsl.Leaf]) -> tuple[str, ...]:
        """Return other spellings of the words that are in no paragraph, filters apart."""
        unknown = [leaf for leaf in _missing(answer, leaves) if is_spelt(leaf.text)]
        if not unknown:
            return ()
        spelling = self._ask(reading.spelling(unknown))
        unknown = _missing(spelling, unknown)
        near = {fold.key(leaf.text.text): reading.near_words(spelling, leaf) for leaf in unknown}
        return replaced(text, [leaf.text for leaf in unknown], near.__getitem__)

    def _ask(self, body: Json) -> Json:
        with asked(self.address):
            answer: Json = self._client.search(
                index=writing.alias(self.address),
                body=body,
                params={"allow_partial_search_results": "false"},
            )
        return answer

    @property
    def _client(self) -> OpenSearch:
        return server.client(self.address)

    def _articles_of(self, ids: Sequence[int]) -> list[int]:
        rows = self.connection.execute(
            "SELECT DISTINCT article_id FROM paragraph"
            " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY 1",
            (json.dumps(list(ids)),),
        )
        return [row[0] for row in rows]

    def _documents(
        self, articles: Sequence[int], total: int, report: Report | None
    ) -> Iterator[tuple[int, Json]]:
        """Give the documents of whole articles; ``total`` is how many they are about."""
        for _, article in groupby(
            indexing.told(self._records(articles), total, report), lambda r: r.article_id
        ):
            yield from schema.documents(list(article))

    def _records(self, articles: Sequence[int]) -> Iterator[Record]:
        """Give the records of whole articles, those of an article together."""
        for start in range(0, len(articles), _ARTICLES_AT_ONCE):
            rows = self.connection.execute(
                "SELECT id FROM paragraph WHERE article_id IN (SELECT value FROM json_each(?))",
                (json.dumps(articles[start : start + _ARTICLES_AT_ONCE]),),
            )
            found: Iterable[Record] = indexing.read(self.connection, [row[0] for row in rows])
            yield from sorted(found, key=lambda record: record.article_id)


def _out_of_reach(clause: Json, first: int, size: int) -> str:
    """Return why a cluster would not answer, empty when it will."""
    if dsl.parts(clause) > MOST_CLAUSES:
        return "The query has too many words for the search server: use fewer."
    if not 0 <= first <= schema.DEEPEST - size:
        return (
            f"Only the first {schema.DEEPEST:,} articles can be looked through: add a word or a "
            "filter."
        )
    return ""


def _missing(answer: Json, leaves: Sequence[dsl.Leaf]) -> list[dsl.Leaf]:
    found = reading.words_found(answer, leaves)
    return [leaf for leaf, word in zip(leaves, found, strict=True) if not word.paragraphs]
