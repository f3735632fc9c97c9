"""Compare this search with SQLite FTS5, Tantivy and a plain scan on the same texts and queries.

    python -m tests.benchmarks.search CORPUS.jsonl.gz [--paragraphs 5000] [--times 1 4 16]

English is the dictionary's, so that no model is needed. Every engine answers the same 300 queries
(Chinese of one to eight characters, one to three English words) with the number of hits and twenty
highlighted paragraphs. Ours also groups by article and counts facets; the others do not. Copies of
the corpus beyond the first have one character in fifteen changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sqlite3
import statistics
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from indexer import fold, store
from indexer.index import Index, records
from indexer.query import Text
from indexer.search import Filters, search
from indexer.search.snippets import Highlighter, snippet_en, snippet_zh
from tests.search.library import Library
from translations.gloss import dictionary

QUERIES = 300
SHOWN = 20
LENGTH = 3
"""Characters of English for one of Chinese."""


class Row(NamedTuple):
    id: int
    zh: str
    folded: str
    en: str


class Asked(NamedTuple):
    """Ask for a piece of Chinese, or for English words."""

    text: str
    chinese: bool

    @property
    def key(self) -> str:
        return fold.key(self.text)


class Engine(ABC):
    """Index rows, and answer with the number of hits and the ids of the best."""

    name: str

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder / self.name.split()[0].lower()
        self.folder.mkdir()
        self.library = library

    @abstractmethod
    def build(self, rows: Sequence[Row]) -> None: ...

    @abstractmethod
    def find(self, asked: Asked) -> tuple[int, list[int]]: ...

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())

    def answer(self, asked: Asked) -> int:
        """Answer as a page of results would; return the number of hits."""
        count, ids = self.find(asked)
        marker = Highlighter({Text(asked.text): {"zh"} if asked.chinese else {"en"}})
        for zh, en in self.library.connection.execute(
            "SELECT text, en FROM paragraph JOIN translation ON paragraph_id = id"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids[:SHOWN]),),
        ):
            snippet_zh(zh, marker.zh(zh))
            snippet_en(en, marker.en(en))
        return count


class Ours(Engine):
    name = "Whoosh with array postings (this project)"

    def __init__(self, folder: Path, library: Library) -> None:
        super().__init__(folder, library)
        self.index = Index.open(self.folder)

    def build(self, rows: Sequence[Row]) -> None:
        english = {row.zh: row.en for row in rows}
        self.index.rebuild(records(self.library.connection, gloss=lambda zh: english.get(zh, "")))

    def find(self, asked: Asked) -> tuple[int, list[int]]:
        raise NotImplementedError

    def answer(self, asked: Asked) -> int:
        text = f'"{asked.text}"' if asked.chinese else asked.text
        filters = Filters(language="zh" if asked.chinese else "")
        return search(
            self.library.connection, self.index, text, size=SHOWN, paragraphs=1, filters=filters
        ).paragraphs


class Fts5(Engine):
    """Full-text tables of SQLite; how Chinese is cut is up to the subclass."""

    tokenizer: str

    def build(self, rows: Sequence[Row]) -> None:
        self.database = sqlite3.connect(self.folder / "fts.db", isolation_level=None)
        self.database.execute(
            f"CREATE VIRTUAL TABLE zh USING fts5(x, content='', tokenize='{self.tokenizer}')"
        )
        self.database.execute(
            "CREATE VIRTUAL TABLE en USING fts5(x, content='', tokenize='porter')"
        )
        self.database.execute("BEGIN")
        chinese = ((row.id, self.cut(row.folded)) for row in rows)
        self.database.executemany("INSERT INTO zh (rowid, x) VALUES (?, ?)", chinese)
        english = ((row.id, row.en) for row in rows)
        self.database.executemany("INSERT INTO en (rowid, x) VALUES (?, ?)", english)
        self.database.execute("COMMIT")

    def find(self, asked: Asked) -> tuple[int, list[int]]:
        words = [f'"{word}"' for word in asked.text.split()]
        match = f'"{self.cut(asked.key)}"' if asked.chinese else " ".join(words)
        table = "zh" if asked.chinese else "en"
        rows = self.database.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rank", (match,)
        ).fetchall()
        return len(rows), [row[0] for row in rows]

    def cut(self, folded: str) -> str:
        return folded


class Trigram(Fts5):
    name = "FTS5-trigram"
    tokenizer = "trigram"


class Spaced(Fts5):
    name = "FTS5-characters, spaced"
    tokenizer = "unicode61"

    def cut(self, folded: str) -> str:
        return " ".join(folded)


class Tantivy(Engine):
    name = "Tantivy with our pairs"

    def build(self, rows: Sequence[Row]) -> None:
        import tantivy

        self.tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        for field in ("ones", "pairs"):
            builder.add_text_field(field, tokenizer_name="plain", index_option="position")
        builder.add_text_field("en", tokenizer_name="en_stem")
        self.index = tantivy.Index(builder.build(), path=str(self.folder))
        plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("plain", plain)
        writer = self.index.writer(heap_size=200_000_000, num_threads=1)
        for row in rows:
            pairs = " ".join(map("".join, pairwise(row.folded)))
            ones = " ".join(row.folded)
            writer.add_document(tantivy.Document(id=row.id, ones=ones, pairs=pairs, en=row.en))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def find(self, asked: Asked) -> tuple[int, list[int]]:
        query = self._chinese(asked.key) if asked.chinese else self._english(asked.text)
        found: Any = self.searcher.search(query, SHOWN)
        return found.count, [self.searcher.doc(hit[1])["id"][0] for hit in found.hits]

    def _chinese(self, key: str) -> Any:
        query, schema = self.tantivy.Query, self.index.schema
        if len(key) == 1:
            return query.term_query(schema, "ones", key)
        pairs = list(map("".join, pairwise(key)))
        if len(pairs) == 1:
            return query.term_query(schema, "pairs", pairs[0])
        return query.phrase_query(schema, "pairs", pairs)

    def _english(self, text: str) -> Any:
        return self.index.parse_query(" AND ".join(text.split()), ["en"])


class Scan(Engine):
    name = "Scan in Python"

    def build(self, rows: Sequence[Row]) -> None:
        self.rows = [(row.id, row.folded, f" {row.en} ".lower()) for row in rows]

    def find(self, asked: Asked) -> tuple[int, list[int]]:
        if asked.chinese:
            ids = [id for id, folded, _ in self.rows if asked.key in folded]
        else:
            words = [f" {word} " for word in asked.text.lower().split()]
            ids = [id for id, _, en in self.rows if all(word in en for word in words)]
        return len(ids), ids


ENGINES = (Ours, Trigram, Spaced, Tantivy, Scan)


def main() -> None:
    """Print a table for each size of corpus."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--paragraphs", type=int, default=5000, help="of the corpus, 0 for all")
    parser.add_argument("--times", type=int, nargs="+", default=[1])
    options = parser.parse_args()
    articles = list(read(options.corpus, options.paragraphs))
    glosses = {zh: english(zh) for _, texts in articles for zh in texts}
    for times in options.times:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), articles, glosses, times)


def english(zh: str) -> str:
    """Return dictionary English, as long as a translation would be."""
    return dictionary().gloss(zh)[: LENGTH * len(zh)].rpartition(" ")[0]


def read(corpus: Path, most: int) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Give articles, metadata and texts, until there are enough paragraphs."""
    count = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            yield article, [article["title"], *article["paragraphs"]]
            count += len(article["paragraphs"])
            if most and count >= most:
                return


def measure(
    folder: Path,
    articles: Sequence[tuple[dict[str, str], list[str]]],
    glosses: dict[str, str],
    times: int,
) -> None:
    """Fill a store with the corpus some times over, then build and ask each engine."""
    connection = store.connect(folder / "archive.db")
    store.migrate(connection, folder / "backup.db")
    connection.execute("PRAGMA synchronous = OFF")
    library = Library(connection, Index.open(folder / "unused"))
    how = random.Random(7)
    alphabet = "".join(text for _, texts in articles[:200] for text in texts)
    with store.transaction(connection):
        for copy in range(times):
            for article, texts in articles:
                pairs = [(altered(zh, copy, how, alphabet), glosses[zh]) for zh in texts]
                library.add(
                    *pairs[1:],
                    headline=pairs[0],
                    publication=article["publication"],
                    date=article["date"],
                )
    rows = [
        Row(*row)
        for row in connection.execute(
            "SELECT id, text, folded, en FROM paragraph JOIN translation ON paragraph_id = id"
        )
    ]
    queries = list(asked(rows, random.Random(11)))
    truth = [
        sum(query.key in row.folded for row in rows) if query.chinese else -1 for query in queries
    ]
    print(f"\n{len(rows):,} paragraphs ({times}x), {QUERIES} queries, one process\n")
    print("| engine | build | paragraphs/s | size | p50 | p95 | p99 | ratio | Chinese complete |")
    print("|---|---|---|---|---|---|---|---|---|")
    base = 0.0
    for kind in ENGINES:
        engine = kind(folder, library)
        began = time.perf_counter()
        engine.build(rows)
        built = time.perf_counter() - began
        counts, seconds = ask(engine, queries)
        p50, p95, p99 = (1000 * statistics.quantiles(seconds, n=100)[p - 1] for p in (50, 95, 99))
        base = base or p50
        right = sum(count == want for count, want in zip(counts, truth, strict=True) if want >= 0)
        print(
            f"| {engine.name} | {built:.1f} s | {len(rows) / built:,.0f} "
            f"| {engine.size_bytes() / 1e6:.1f} MB | {p50:.1f} ms | {p95:.1f} | {p99:.1f} "
            f"| {p50 / base:.2f} | {right} of {sum(want >= 0 for want in truth)} |",
            flush=True,
        )
    connection.close()


def ask(engine: Engine, queries: Sequence[Asked]) -> tuple[list[int], list[float]]:
    counts, seconds = [], []
    engine.answer(queries[0])
    for query in queries:
        began = time.perf_counter()
        counts.append(engine.answer(query))
        seconds.append(time.perf_counter() - began)
    return counts, seconds


def altered(text: str, copy: int, how: random.Random, alphabet: str) -> str:
    """Return the text as it is in the first copy, else with some characters of others."""
    if not copy:
        return text
    return "".join(how.choice(alphabet) if how.random() < 1 / 15 else c for c in text)


def asked(rows: Sequence[Row], how: random.Random) -> Iterator[Asked]:
    """Give the queries: two in three pieces of the texts, the others words of their English."""
    for number in range(QUERIES):
        row = how.choice(rows)
        if number % 3:
            size = how.choice([1, 2, 2, 2, 3, 4, 4, 6, 8])
            start = how.randrange(max(1, len(row.folded) - size))
            yield Asked(fold.key(row.folded[start : start + size]) or "的", True)
        else:
            words = sorted({word for word in row.en.split() if word.isalpha()}) or ["china"]
            yield Asked(" ".join(how.sample(words, min(len(words), how.randint(1, 3)))), False)


if __name__ == "__main__":
    main()
