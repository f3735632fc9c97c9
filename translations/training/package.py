"""Make an Argos package, int8, of trained weights.

python -m translations.training.package WEIGHTS SENTENCEPIECE VERSION OUT.argosmodel
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from translations.training import weights

_README = "Chinese to English for newspaper text.\n"
_STAMP = (1980, 1, 1, 0, 0, 0)  # the same weights make the same file


def package(
    dims: weights.Dims, values: weights.Weights, sentencepiece: Path, version: str, out: Path
) -> None:
    """Write weights and tokenizer as a package for Argos Translate, int8."""
    spec = _spec(dims, values, _pieces(sentencepiece, dims.vocabulary))
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / f"translate-zh_en-{version.replace('.', '_')}"
        (root / "model").mkdir(parents=True)
        spec.save(str(root / "model"))
        shutil.copy(sentencepiece, root / "sentencepiece.model")
        (root / "metadata.json").write_text(json.dumps(_metadata(version), indent=1))
        (root / "README.md").write_text(_README)
        _zip(root, out)


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give the one folder of a package, unpacked for as long as the block runs."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(scratch)
        yield next(Path(scratch).iterdir())


def _spec(dims: weights.Dims, values: weights.Weights, vocabulary: list[str]) -> Any:
    from ctranslate2.specs import transformer_spec

    spec = transformer_spec.TransformerSpec.from_config(
        (dims.encoder, dims.decoder), dims.heads, pre_norm=True
    )
    own = {name: value.copy() for name, value in values.items()}  # optimize changes them in place
    for name, value in own.items():
        *parts, last = weights.theirs(name).split("/")
        setattr(_at(spec, parts), last, value)
    embeddings = own["decoder.embeddings.weight"]
    spec.encoder.embeddings[0].weight = spec.decoder.projection.weight = embeddings
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = weights.positions(dims.width)
        side.scale_embeddings = True
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def _at(spec: Any, parts: list[str]) -> Any:
    """Follow names such as ``layer_0``, an item of the list ``layer``, down a specification."""
    for part in parts:
        name, _, number = part.rpartition("_")
        if name and number.isdigit() and not hasattr(spec, part):
            spec = getattr(spec, name)[int(number)]
        else:
            spec = getattr(spec, part)
    return spec


def _pieces(sentencepiece: Path, size: int) -> list[str]:
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(sentencepiece))
    return [processor.id_to_piece(number) for number in range(size)]


def _metadata(version: str) -> dict[str, object]:
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": "zh",
        "from_name": "Chinese",
        "to_code": "en",
        "to_name": "English",
        "links": [],
    }


def _zip(root: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(str(path.relative_to(root.parent)), _STAMP)
            archive.writestr(member, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main() -> None:
    """Make the package and print its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("sentencepiece", type=Path)
    parser.add_argument("version")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    dims, values = weights.load(options.weights)
    package(dims, values, options.sentencepiece, options.version, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
