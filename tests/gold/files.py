"""Gold pages as files: ``NAME.txt`` is the page, ``NAME.gold`` the truth.

A truth file has a line ``kind: text`` for each block (``\\n`` for a line break in it), a blank line
between articles, and the furniture after a line ``====``. To set the generated pages anew:
``python -m tests.gold.files CORPUS``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from indexer.model import Kind
from tests.gold.generator import Gold, Item, generate

HERE = Path(__file__).resolve().parent


def read(group: str) -> Iterator[Gold]:
    """Yield the gold pages of the folder ``group``, by name."""
    for path in sorted((HERE / group).glob("*.txt")):
        truth = path.with_suffix(".gold").read_text(encoding="utf-8")
        body, _, outside = truth.partition("====\n")
        articles = [
            [_item(line) for line in part.splitlines()] for part in body.strip().split("\n\n")
        ]
        text = path.read_bytes().decode("utf-8")
        yield Gold(path.stem, text, [a for a in articles if a], outside.splitlines())


def write(gold: Gold, folder: Path) -> None:
    """Write one page and its truth into ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / f"{gold.name}.txt").write_bytes(gold.text.encode("utf-8"))
    articles = ("".join(map(_line, items)) for items in gold.articles)
    truth = "\n".join(articles) + "====\n" + "".join(f"{line}\n" for line in gold.furniture)
    (folder / f"{gold.name}.gold").write_text(truth, encoding="utf-8")


def _line(item: Item) -> str:
    return f"{item[0]}: {item[1]}\n".replace("\n", "\\n")[:-2] + "\n"


def _item(line: str) -> Item:
    kind, _, text = line.partition(": ")
    return Kind(kind), text.replace("\\n", "\n")


if __name__ == "__main__":
    for page in generate(Path(sys.argv[1])):
        write(page, HERE / "generated")
