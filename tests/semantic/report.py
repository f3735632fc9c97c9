"""Measure search by meaning on the judged queries: words, vectors, and both.

    python -m tests.semantic.report CORPUS.jsonl.gz [--for-test] [--more N] [--variants]

Recall@10, MRR and nDCG@10 of paragraphs by kind of query, as in tests.relevance.report.
``--more`` puts so many paragraphs between that nobody judged; they count as not relevant.
``--variants`` also tries vectors of other texts: the paragraph alone, its English, the mean of two.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer import query, translating
from indexer.index.arrays import Array
from indexer.search.select import Selection, select
from indexer.semantic import Embedder, load, vectors
from indexer.semantic import select as select_both
from indexer.semantic.embedding import MEANINGLESS, embed, passage, waiting
from indexer.semantic.fusion import fuse
from indexer.semantic.search import NEAREST, WORDS, best
from tests.relevance.judged import articles, queries
from tests.relevance.report import Ranked, row, translated
from tests.search.library import Library
from translations import argos
from translations.packages import Packages
from translations.terms import Glossary

TEXTS = """
SELECT paragraph.id, kind, text, headline, coalesce(en, '') AS en, length(folded) AS length
FROM paragraph JOIN article ON article.id = article_id
LEFT JOIN translation ON translation.paragraph_id = paragraph.id
WHERE kind NOT IN (SELECT value FROM json_each(json_array(?, ?, ?, ?, ?))) ORDER BY paragraph.id
"""


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--for-test", action="store_true", help="the half kept for testing")
    parser.add_argument("--folder", type=Path, help="keep what is translated and embedded here")
    parser.add_argument("--more", type=int, default=0, metavar="N")
    parser.add_argument("--variants", action="store_true")
    options = parser.parse_args()
    chosen = [judged for judged in queries() if judged.for_test == options.for_test]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        shelf, ids, name = translated(folder, options.corpus)
        stir_in(shelf, options.corpus, len(ids) + options.more)
        model = load()
        embed(shelf.connection, model, waiting(shelf.connection, model.name))
        (count,) = shelf.connection.execute("SELECT count(*) FROM paragraph").fetchone()
        print(f"{count} paragraphs, {len(chosen)} queries, English by {name}, {model.name}\n")
        kinds = list(dict.fromkeys(judged.kind for judged in chosen))
        print("| |" + "".join(f" {kind}: R@10 MRR nDCG |" for kind in kinds))
        print("|---|" + "---|" * len(kinds))
        for title, ranked in ways(shelf, model):
            print(row(title, ranked, chosen, ids, kinds), flush=True)
        for title, ranked in variants(shelf, model, folder) if options.variants else ():
            print(row(title, ranked, chosen, ids, kinds), flush=True)


def stir_in(shelf: Library, corpus: Path, wanted: int) -> None:
    """Add articles that nobody judged, translated and indexed, up to so many paragraphs."""
    (count,) = shelf.connection.execute("SELECT count(*) FROM paragraph").fetchone()
    judged, added = set(articles()), list[int]()
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        others = [a for a in map(json.loads, lines) if f"{a['date']}/{a['ordinal']}" not in judged]
    random.Random(1).shuffle(others)
    while count + len(added) < wanted:
        one = others.pop()
        added += shelf.add(*one["paragraphs"], headline=(one["title"], ""), date=one["date"])
    if added:
        translating.translate(shelf.connection, argos.load(Packages()), added, Glossary())
        shelf.refresh()


def ways(shelf: Library, model: Embedder) -> Iterator[tuple[str, Ranked]]:
    """Give the ways to rank that the search is made of, each with its name."""
    held = vectors.newest(shelf.connection, model.name)
    plain = replace(held, damping=held.damping * 0)
    yield "words", lambda text: words(shelf, text)
    yield "vectors", lambda text: by_vectors(shelf, model, plain, text)
    yield "vectors, short ones damped", lambda text: by_vectors(shelf, model, held, text)
    yield (
        "**words and vectors**",
        lambda text: ordered(select_both(shelf.connection, shelf.index, model, text)),
    )


def by_vectors(shelf: Library, model: Embedder, held: vectors.Vectors, text: str) -> list[int]:
    """Rank by vectors alone."""
    reader = shelf.index.reader()
    nearness = held.nearness(model.query(meaning(text)), reader)
    return [int(id) for id in reader.paragraphs[best(nearness, reader.alive, NEAREST)]]


def meaning(text: str) -> str:
    """Return what a query looks for without its signs."""
    return " ".join(leaf.text for leaf in query.parse(text).texts())


def variants(shelf: Library, model: Embedder, folder: Path) -> Iterator[tuple[str, Ranked]]:
    """Give ways to rank by vectors of other texts, alone and with the words."""
    rows = shelf.connection.execute(TEXTS, MEANINGLESS).fetchall()
    ids = np.array([row["id"] for row in rows])
    damping = vectors.damping(np.array([row["length"] for row in rows]))
    made = {
        "text": embedded(model, folder / "text.npy", [row["text"] for row in rows]),
        "headline and text": embedded(model, folder / "under.npy", [passage(row) for row in rows]),
        "English": embedded(model, folder / "en.npy", [row["en"] or row["text"] for row in rows]),
    }
    for one in ("text", "headline and text"):
        mean = made[one] + made["English"]
        made[f"{one} and English"] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    for title, matrix in made.items():
        for how, less in (("", damping * 0), (", damped", damping)):
            near = nearest(model, ids, matrix, less)
            yield f"vectors: {title}{how}", near
            yield f"words and vectors: {title}{how}", joined(shelf, near)


def words(shelf: Library, text: str) -> list[int]:
    """Rank by words alone."""
    return ordered(select(shelf.connection, shelf.index, text, closest=True))


def ordered(found: Selection) -> list[int]:
    """Return the paragraphs of a selection, the best first."""
    docs = np.flatnonzero(found.mask)
    order = docs[np.lexsort((docs, -found.score[docs]))]
    return [int(id) for id in found.reader.paragraphs[order]]


def embedded(model: Embedder, file: Path, texts: Sequence[str]) -> Array:
    """Return vectors of texts, kept in a file."""
    if not file.exists():
        parts = [model.passages(texts[n : n + 32]) for n in range(0, len(texts), 32)]
        np.save(file, np.concatenate(parts))
    made: Array = np.load(file)
    return made


def nearest(model: Embedder, ids: Array, matrix: Array, damping: Array) -> Ranked:
    """Rank by vectors alone."""

    def ranked(text: str) -> list[int]:
        near = matrix @ model.query(meaning(text)) - damping
        return [int(id) for id in ids[np.argsort(-near, kind="stable")[:NEAREST]]]

    return ranked


def joined(shelf: Library, near: Ranked) -> Ranked:
    """Rank by words and by vectors of any kind, quotations by words alone, as the search does."""

    def ranked(text: str) -> list[int]:
        by_words = words(shelf, text)
        if all(leaf.exact for leaf in query.parse(text).texts()):
            return by_words
        rankings = [(WORDS, np.array(by_words, np.int64)), (1.0, np.array(near(text)))]
        score = fuse(int(max(map(max, (r for _, r in rankings if len(r))))) + 1, rankings)
        docs = np.flatnonzero(score)
        return [int(id) for id in docs[np.argsort(-score[docs], kind="stable")]]

    return ranked


if __name__ == "__main__":
    main()
