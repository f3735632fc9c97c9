"""Set what two packages make of the same sentences side by side, for reading.

python -m translations.training.compare TEXT OLD NEW [--sentences 30]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from translations import chinese
from translations import sentences as splitter
from translations.argos import ArgosEngine
from translations.packages import Packages

_SHORTEST = 8  # characters of a sentence worth reading


def compare(packages: Iterable[Path], sentences: Sequence[str]) -> str:
    """Return Markdown: each sentence and below it the English of each package."""
    made = [list(_english(package, sentences)) for package in packages]
    blocks = (
        f"{number}. {sentence}\n" + "".join(f"    - {text}\n" for text in texts)
        for number, (sentence, *texts) in enumerate(zip(sentences, *made, strict=True), 1)
    )
    return "".join(blocks)


def chosen(text: str, count: int) -> list[str]:
    """Return sentences from all over a text, none very short and none twice."""
    stripped = (sentence.strip() for sentence in splitter.of_lines(text))
    known = list(dict.fromkeys(one for one in stripped if len(one) >= _SHORTEST))
    count = min(count, len(known))
    return [known[number * len(known) // count] for number in range(count)]


def _english(package: Path, sentences: Sequence[str]) -> Iterator[str]:
    with TemporaryDirectory() as scratch:
        installed = Packages(Path(scratch)).install(package)
        for draft in ArgosEngine(installed).translate([chinese.prepare(s) for s in sentences]):
            yield f"{installed.version}: {draft.text}"


def main() -> None:
    """Print sentences of a text, each with the English of the packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--sentences", type=int, default=30)
    options = parser.parse_args()
    text = options.text.read_text(encoding="utf-8")
    print(compare(options.packages, chosen(text, options.sentences)))


if __name__ == "__main__":
    main()
