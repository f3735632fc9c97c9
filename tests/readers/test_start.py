"""The readers start without the libraries of the formats."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_no_format_library_is_loaded_before_its_format_comes(seed_file: Path) -> None:
    heavy = "{'pypdfium2', 'selectolax', 'PIL', 'rapidocr', 'numpy', 'xml.etree.ElementTree'}"
    code = (
        "import sys; from pathlib import Path; from indexer.readers import read;"
        f"assert list(read(Path({str(seed_file)!r}))); print({heavy} & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=seed_file.parent.parent, capture_output=True, text=True
    )
    assert result.stdout.strip() == "set()", result.stderr
