"""Measure relevance on the judged queries: each field alone, all together, and other engines.

    python -m tests.relevance.report CORPUS.jsonl.gz [--for-test]

Recall@10, MRR and nDCG@10 of paragraphs over the queries of each kind. The English is made by the
best translation package at hand; SQLite FTS5 and Tantivy get the same terms and field weights.
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import numpy as np

from indexer import fold, query, translating
from indexer.index import records, words
from indexer.search import Weights
from indexer.search.match import TUNED
from indexer.search.select import select
from tests.relevance.judged import Judged, fill, queries
from tests.search.library import Library, library
from translations import argos
from translations.gloss import dictionary
from translations.packages import Packages
from translations.terms import Glossary

AT = 10
SEED = Path(__file__).parents[2] / "seeds" / "000_5b91e9659b16fe81.txt"
NOTHING = Weights(zh=0, en=0, correction=0, gloss=0, chinese=0, title=0)
FIELDS = {
    "Chinese text": replace(NOTHING, zh=TUNED.zh),
    "translation": replace(NOTHING, en=TUNED.en),
    "gloss": replace(NOTHING, gloss=TUNED.gloss),
    "names and numbers": replace(NOTHING, chinese=TUNED.chinese),
    "all but the headline": replace(TUNED, title=0),
    "all but the gloss": replace(TUNED, gloss=0),
    "all": TUNED,
}

Ranked = Callable[[str], Sequence[int]]
"""Returns the row ids of the paragraphs that a query finds, the best first."""


class Scores(NamedTuple):
    recall: float
    mrr: float
    ndcg: float


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--for-test", action="store_true", help="the half kept for testing")
    parser.add_argument("--folder", type=Path, help="keep what is translated here")
    options = parser.parse_args()
    chosen = [judged for judged in queries() if judged.for_test == options.for_test]
    with tempfile.TemporaryDirectory() as temporary:
        shelf, ids, name = translated(options.folder or Path(temporary), options.corpus)
        print(f"{len(ids)} paragraphs, {len(chosen)} queries, English by {name}\n")
        kinds = list(dict.fromkeys(judged.kind for judged in chosen))
        print("| fields or engine |" + "".join(f" {kind}: R@10 MRR nDCG |" for kind in kinds))
        print("|---|" + "---|" * len(kinds))
        ways = {name: ours(shelf, weights) for name, weights in FIELDS.items()}
        ways |= {"SQLite FTS5": fts5(shelf), "Tantivy": tantivy(shelf)}
        for name, ranked in ways.items():
            print(row(name, ranked, chosen, ids, kinds), flush=True)


def translated(folder: Path, corpus: Path) -> tuple[Library, dict[str, int], str]:
    """Return a library of the judged articles in English, each paragraph's id, and the engine."""
    engine = argos.load(Packages())
    names = folder / "names.json"
    if names.exists():
        shelf = library(folder)
        ids: dict[str, int] = json.loads(names.read_text())
    else:
        folder.mkdir(exist_ok=True)
        shelf = library(folder)
        ids = fill(shelf, corpus, SEED.read_text(encoding="utf-8"))
        translating.translate(shelf.connection, engine, list(ids.values()), Glossary())
        names.write_text(json.dumps(ids))
    rebuilt = records(shelf.connection, gloss=dictionary().gloss)
    shelf.index.rebuild(rebuilt)
    return shelf, ids, engine.name


def row(
    name: str,
    ranked: Ranked,
    chosen: Iterable[Judged],
    ids: dict[str, int],
    kinds: Sequence[str],
) -> str:
    """Return a line of the table."""
    every = [(judged.kind, score(ranked(judged.query), judged, ids)) for judged in chosen]
    cells = [f"| {name} "]
    for kind in kinds:
        found = Scores(*map(mean, zip(*(s for k, s in every if k == kind), strict=True)))
        cells.append(f"| {found.recall:.2f} {found.mrr:.2f} {found.ndcg:.2f} ")
    return "".join(cells) + "|"


def score(ranked: Sequence[int], judged: Judged, ids: dict[str, int]) -> Scores:
    """Score one ranking against the judgements."""
    grades = {ids[name]: grade for name, grade in judged.grades.items()}
    best = list(ranked[:AT])
    recall = sum(id in grades for id in best) / min(len(grades), AT)
    first = next((place for place, id in enumerate(ranked, 1) if id in grades), 0)
    gain = _gain(grades.get(id, 0) for id in best)
    ideal = _gain(sorted(grades.values(), reverse=True)[:AT])
    return Scores(recall, 1 / first if first else 0.0, gain / ideal)


def _gain(grades: Iterable[int]) -> float:
    return math.fsum((2**g - 1) / math.log2(place + 1) for place, g in enumerate(grades, 1))


def ours(shelf: Library, weights: Weights = TUNED) -> Ranked:
    """Rank as search does."""

    def ranked(text: str) -> list[int]:
        found = select(shelf.connection, shelf.index, text, weights=weights, closest=True)
        docs = np.flatnonzero(found.mask)
        order = docs[np.lexsort((docs, -found.score[docs]))]
        return [int(id) for id in found.reader.paragraphs[order]]

    return ranked


class Row(NamedTuple):
    """Hold a paragraph's terms by field, stemmed, each safe as a word for any engine."""

    id: int
    zh: str
    en: str
    gloss: str
    chinese: str


def analysed(shelf: Library) -> list[Row]:
    """Return all paragraphs as our own analysis has them."""
    return [
        Row(
            record.paragraph_id,
            " ".join(record.folded),
            plain(words.analysed(record.en).terms),
            plain(words.analysed(record.gloss).terms),
            plain([*words.terms_of_chinese(record.zh, record.folded), *record.names]),
        )
        for record in records(shelf.connection, gloss=dictionary().gloss)
    ]


def plain(terms: Iterable[str]) -> str:
    """Return terms as one text of stems, without signs that an engine would cut at."""
    signs = {ord("#"): "num", ord("."): "dot", ord("%"): "pct", ord("‰"): "pml"}
    return " ".join(words.stem(term).translate(signs) for term in terms)


def leaves(text: str) -> list[query.Text]:
    """Return the texts of a query that are all to be found."""
    found = list(query.parse(text).texts())
    return [leaf for leaf in found if leaf.text.lower() not in words.STOP_WORDS] or found


def fts5(shelf: Library) -> Ranked:
    """Rank with SQLite's BM25 over the same terms."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(zh, en, gloss, chinese)")
    rows = [(row.id, *row[1:]) for row in analysed(shelf)]
    database.executemany("INSERT INTO t (rowid, zh, en, gloss, chinese) VALUES (?,?,?,?,?)", rows)
    weights = f"{TUNED.zh}, {TUNED.en}, {TUNED.gloss}, {TUNED.chinese}"

    def match(leaf: query.Text) -> str:
        piece = f'zh : "{" ".join(fold.key(leaf.text))}"'
        if leaf.is_chinese:
            return piece
        phrase = plain(words.analysed(leaf.text).sequence)
        return f'({piece} OR {{en gloss chinese}} : "{phrase}")'

    def ranked(text: str) -> list[int]:
        found = database.execute(
            f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, {weights})",
            (" AND ".join(map(match, leaves(text))),),
        )
        return [row[0] for row in found]

    return ranked


def tantivy(shelf: Library) -> Ranked:
    """Rank with Tantivy's BM25 over the same terms."""
    import tantivy as library_

    engine: Any = library_
    builder = engine.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    fields = {name: getattr(TUNED, name) for name in Row._fields[1:]}
    for name in fields:
        builder.add_text_field(name, tokenizer_name="plain", index_option="position")
    index = engine.Index(builder.build())
    plain_words = engine.TextAnalyzerBuilder(engine.Tokenizer.whitespace()).build()
    index.register_tokenizer("plain", plain_words)
    writer = index.writer()
    for row_ in analysed(shelf):
        writer.add_document(engine.Document(**row_._asdict()))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, ask, must = index.searcher(), engine.Query, engine.Occur.Must

    def phrase(field: str, terms: Sequence[str]) -> Any:
        if len(terms) == 1:
            found = ask.term_query(index.schema, field, terms[0])
        else:
            found = ask.phrase_query(index.schema, field, list(terms))
        return ask.boost_query(found, fields[field])

    def match(leaf: query.Text) -> Any:
        either = [phrase("zh", fold.key(leaf.text))]
        if not leaf.is_chinese:
            terms = plain(words.analysed(leaf.text).sequence).split()
            either += [phrase(field, terms) for field in ("en", "gloss", "chinese")]
        return ask.boolean_query([(engine.Occur.Should, part) for part in either])

    def ranked(text: str) -> list[int]:
        found = searcher.search(
            ask.boolean_query([(must, match(leaf)) for leaf in leaves(text)]), 1000
        )
        return [searcher.doc(hit[1])["id"][0] for hit in found.hits]

    return ranked


if __name__ == "__main__":
    main()
