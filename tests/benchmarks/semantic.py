"""Measure how fast search by meaning is: embedding, opening and asking.

    python -m tests.benchmarks.semantic [CORPUS.jsonl.gz] [--sizes 26019 1000000] [--embed 200]

Embedding is of real paragraphs, by the real model; opening and asking of made-up vectors in a real
store, for time does not depend on what vectors say. Asking is all that vectors add to a search: the
check of the store, the query's vector, the cosines with damping, and the best hundred.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

import numpy as np

from indexer import store
from indexer.semantic import Embedder, load, vectors
from indexer.semantic.embedding import BATCH
from indexer.semantic.search import NEAREST, best

DIMENSIONS = 384
QUESTIONS = [f"retail licence renewal in district {n}" for n in range(40)]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[26_019, 1_000_000])
    parser.add_argument("--embed", type=int, default=200, help="paragraphs of the corpus")
    options = parser.parse_args()
    model = load()
    if options.corpus:
        print(embedding(model, options.corpus, options.embed))
    print("| paragraphs | database | opened in | memory | query's vector | query p50 | p95 |")
    print("|---|---|---|---|---|---|---|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(asked(model, Path(folder) / "archive.db", size), flush=True)


def embedding(model: Embedder, corpus: Path, count: int) -> str:
    """Return how fast paragraphs of news are embedded under their headlines.

    By the clock, and by a core's own time, which other work on the machine does not lengthen.
    """
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        articles = map(json.loads, lines)
        texts = [f"{a['title']}\n{p}" for a in islice(articles, count) for p in a["paragraphs"]]
    texts = texts[:count]
    model.passages(texts[:1])
    began, own = time.perf_counter(), time.process_time()
    for start in range(0, count, BATCH):
        model.passages(texts[start : start + BATCH])
    took, own = time.perf_counter() - began, time.process_time() - own
    return (
        f"embedding {count} of {sum(map(len, texts)) / count:.0f} characters: {count / took:.1f} "
        f"paragraphs/s, {count / own:.1f} a second of one core's own time\n"
    )


def asked(model: Embedder, database: Path, size: int) -> str:
    """Return a line of the table for so many paragraphs."""
    fill(database, size)
    connection = store.connect(database)
    began = time.perf_counter()
    held = vectors.newest(connection, "made up")
    opened = time.perf_counter() - began
    reader: Any = SimpleNamespace(generation="1", paragraphs=np.arange(1, size + 1))
    allowed, embedded, times = np.ones(size, bool), [], []
    for question in QUESTIONS:
        began = time.perf_counter()
        vector = model.query(question)
        embedded.append(time.perf_counter() - began)
        held = vectors.newest(connection, "made up")
        best(held.nearness(vector, reader), allowed, NEAREST)
        times.append(time.perf_counter() - began)
    connection.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {size:,} | {database.stat().st_size / 1e6:,.0f} MB | {opened:.2f} s | {memory:,.0f} MB "
        f"| {median(embedded) * 1e3:.0f} ms | {median(times) * 1e3:.0f} ms "
        f"| {quantiles(times, n=20)[-1] * 1e3:.0f} ms |"
    )


def fill(database: Path, size: int) -> None:
    """Make a database of so many paragraphs of nothing with vectors of chance."""
    connection = store.connect(database)
    store.migrate(connection, database.with_suffix(".backup"))
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DROP TRIGGER paragraph_added")
    with store.transaction(connection):
        connection.executemany(
            "INSERT INTO paragraph (article_id, ordinal, anchor, kind, text, folded, spans)"
            " VALUES (?, 1, 1, 'paragraph', '', '段', '[]')",
            ((n,) for n in range(size)),
        )
        insert(connection, size)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def insert(connection: sqlite3.Connection, size: int) -> None:
    """Give the paragraphs their vectors."""
    connection.executemany(
        "INSERT INTO vector (paragraph_id, model, vector) VALUES (?, 'made up', ?)",
        enumerate(chance(size), 1),
    )


def chance(size: int) -> Iterator[bytes]:
    """Give stored vectors of chance, each of length 1."""
    random = np.random.default_rng(1)
    for start in range(0, size, 4096):
        some = random.standard_normal((min(4096, size - start), DIMENSIONS), np.float32)
        some /= np.linalg.norm(some, axis=1, keepdims=True)
        yield from map(vectors.to_blob, some)


if __name__ == "__main__":
    main()
