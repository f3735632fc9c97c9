"""Gather parallel text for training, and keep out of it what tests and development sets hold.

    python -m translations.training.corpus OUT --own FILE --shared FOLDER --seeds FOLDER

writes ``OUT/NAME.tsv`` for each corpus, ``OUT/dev/NAME.tsv`` for the development sets, and
``OUT/sentencepiece.model``, the tokenizer that lies with the general corpora. ``--dev BASE ...``
adds development sets, each of two files BASE.zh and BASE.en.
"""

from __future__ import annotations

import argparse
import gzip
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from indexer import fold
from indexer.errors import ArchiveError
from translations import sentences

ARCHIVE = "general.tar.xz"
GENERAL = (
    "newsdev2017", "newstest2018", "newstest2019enzh", "newstest2020enzh", "names", "numbers",
)  # fmt: skip
TOKENIZER = "sentencepiece.model"
DOMAIN_DEV = 300  # pairs, the last ones of domain
NEWS_DEV = 500  # pairs, the first ones of newstest2018

_ENDS = ("。", "！", "？")
_WINDOW = 8  # folded characters in common from which on a text counts as kept out


class BadCorpus(ArchiveError):
    """Say why a corpus cannot be read."""


class Pair(NamedTuple):
    """Hold a text and its English."""

    zh: str
    en: str


Corpora = dict[str, list[Pair]]


class KeptOut:
    """Know texts that training must not see, compared by their folded form."""

    def __init__(self, texts: Iterable[str]) -> None:
        keys = {fold.key(text) for text in texts} - {""}
        self._all = "\n".join(sorted(keys))
        self._short = {key for key in keys if len(key) < _WINDOW}
        self._begun: dict[str, list[str]] = {}
        for key in keys - self._short:
            self._begun.setdefault(key[:_WINDOW], []).append(key)

    def holds(self, text: str) -> bool:
        """Tell whether a text is one of them, is part of one, or has one in it.

        Texts of fewer than eight characters, such as 本报记者, must be the same in full.
        """
        key = fold.key(text)
        if len(key) < _WINDOW:
            return key in self._short
        return key in self._all or any(
            key.startswith(whole, at)
            for at in range(len(key) - _WINDOW + 1)
            for whole in self._begun.get(key[at : at + _WINDOW], ())
        )


def gather(
    own: Path, shared: Path, seeds: Path, further: Iterable[Path] = ()
) -> tuple[Corpora, Corpora]:
    """Return the corpora to train on, and the development sets, by their names.

    ``own`` is a table of kind, Chinese and English; ``shared`` holds ``general.tar.xz`` and
    ``domain.zh`` and ``.en``; ``seeds`` holds the texts that are for tests alone; ``further``
    names development sets beside those two, each by its two files without ``.zh`` and ``.en``.
    Raises BadCorpus.
    """
    general = read_general(shared / ARCHIVE, GENERAL)
    development = {
        "domain": read_parallel(shared / "domain")[-DOMAIN_DEV:],
        "newstest2018": general["newstest2018"][:NEWS_DEV],
        **{base.name: read_parallel(base) for base in further},
    }
    kept_out = KeptOut([
        *(pair.zh for pairs in development.values() for pair in pairs),
        *_sentences(seeds),
    ])  # fmt: skip
    corpora = {
        name: [pair for pair in pairs if not kept_out.holds(pair.zh)]
        for name, pairs in (read_own(own) | general).items()
    }
    return corpora | {"joined": joined(corpora.get("news", []))}, development


def joined(pairs: Sequence[Pair]) -> list[Pair]:
    """Return whole sentences that follow each other as one text, two by two.

    So that texts as long as the longest sentences of print are not rare in training.
    """
    return [
        Pair(one.zh + two.zh, f"{one.en} {two.en}")
        for one, two in zip(pairs[::2], pairs[1::2], strict=False)
        if one.zh.endswith(_ENDS) and two.zh.endswith(_ENDS)
    ]


def read_own(path: Path) -> Corpora:
    """Read the project's own pairs by their kind from a packed table. Raises BadCorpus."""
    corpora: Corpora = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                kind, zh, en = line.rstrip("\n").split("\t")
                corpora.setdefault(kind, []).append(Pair(zh, en))
    except (OSError, EOFError, ValueError) as error:
        raise BadCorpus(f"{path} is no packed table of kind, Chinese, English: {error}.") from error
    return corpora


def read_general(path: Path, names: Iterable[str]) -> Corpora:
    """Read corpora from an archive of NAME.zh and NAME.en. Raises BadCorpus."""
    names = list(names)
    files = _members(path, [f"{name}.{side}" for name in names for side in ("zh", "en")])
    try:
        texts = [content.decode("utf-8") for content in files]
    except UnicodeError as error:
        raise BadCorpus(f"{path} holds a corpus that is not UTF-8: {error}.") from error
    sides = zip(names, texts[::2], texts[1::2], strict=True)
    return {name: _paired(zh, en, name) for name, zh, en in sides}


def read_tokenizer(path: Path) -> bytes:
    """Read the SentencePiece model from an archive of corpora. Raises BadCorpus."""
    return _members(path, [TOKENIZER])[0]


def read_parallel(base: Path) -> list[Pair]:
    """Read the two files BASE.zh and BASE.en of as many lines. Raises BadCorpus."""
    zh, en = base.with_suffix(".zh"), base.with_suffix(".en")
    try:
        return _paired(zh.read_text("utf-8"), en.read_text("utf-8"), str(base))
    except (OSError, UnicodeError) as error:
        raise BadCorpus(f"{base} cannot be read: {error}.") from error


def write(path: Path, pairs: Iterable[Pair]) -> None:
    """Write pairs, one a line, parted by a tab."""
    text = "".join(f"{zh}\t{en}\n" for zh, en in pairs)
    path.write_text(text, encoding="utf-8", newline="\n")


def read(path: Path) -> list[Pair]:
    """Read what ``write`` wrote. Raises BadCorpus."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        return [Pair(*line.split("\t")) for line in lines]
    except (OSError, UnicodeError, TypeError) as error:
        raise BadCorpus(f"{path} is no table of Chinese and English: {error}.") from error


def _members(path: Path, names: list[str]) -> list[bytes]:
    """Read files of an archive in one pass, for it is packed as a whole."""
    try:
        with tarfile.open(path) as archive:
            found = {
                member.name: file.read()
                for member in archive
                if member.name in names and (file := archive.extractfile(member))
            }
        return [found[name] for name in names]
    except (OSError, tarfile.TarError) as error:
        raise BadCorpus(f"{path} cannot be read: {error}.") from error
    except KeyError as error:
        raise BadCorpus(f"{path} has no file {error}.") from error


def _paired(zh: str, en: str, name: str) -> list[Pair]:
    sides = [[line.replace("\t", " ") for line in text.split("\n")[:-1]] for text in (zh, en)]
    if len(sides[0]) != len(sides[1]):
        raise BadCorpus(f"{name} has {len(sides[0])} lines of Chinese, {len(sides[1])} of English.")
    return [Pair(*pair) for pair in zip(*sides, strict=True)]


def _sentences(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.txt")):
        yield from sentences.of_lines(path.read_text(encoding="utf-8"))


def main() -> None:
    """Gather, write, and print how many pairs there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--own", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--seeds", type=Path, required=True)
    parser.add_argument("--dev", type=Path, nargs="*", default=[], help="a further set's BASE")
    options = parser.parse_args()
    training, development = gather(options.own, options.shared, options.seeds, options.dev)
    (options.out / "dev").mkdir(parents=True, exist_ok=True)
    tokenizer = read_tokenizer(options.shared / ARCHIVE)
    (options.out / TOKENIZER).write_bytes(tokenizer)
    for folder, corpora in ((options.out, training), (options.out / "dev", development)):
        for name, pairs in corpora.items():
            write(folder / f"{name}.tsv", pairs)
            print(f"{folder / name}: {len(pairs)} pairs")


if __name__ == "__main__":
    main()
