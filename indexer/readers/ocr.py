"""Read the text of a scanned page by OCR, where the extra is installed.

RapidOCR carries its Chinese models inside, so that nothing is fetched.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from indexer.errors import Unreadable
from indexer.readers import layout
from indexer.readers.base import ReadOptions
from indexer.readers.layout import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = "pip install 'bilingual-news-archive[ocr]'"
_LEAST_SCORE = 0.5


def engine_for(place: str, options: ReadOptions) -> Any:
    """Return the OCR engine; raises Unreadable where OCR is not wanted or not installed."""
    if not options.ocr:
        raise Unreadable(f"{place} is a scan without text, and OCR is off; switch it on.")
    engine = _engine()
    if engine is None:
        raise Unreadable(f"{place} is a scan without text; install OCR with {INSTALL}.")
    return engine


def text_of(engine: Any, picture: Image) -> str:
    """Return the text of a colour picture in reading order; empty when there is none."""
    found = engine(picture, text_score=_LEAST_SCORE)
    if found.boxes is None:
        return ""
    return layout.read(
        [_piece(box, text) for box, text in zip(found.boxes, found.txts, strict=True)]
    )


def _piece(box: Any, text: str) -> Piece:
    across, down = [float(x) for x, _ in box], [float(y) for _, y in box]
    return Piece(text, min(across), min(down), max(across), max(down))


@cache
def _engine() -> Any:
    """Return the OCR engine, or None where the extra is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})
