"""Read scanned pages: PNG, JPEG, TIFF of many pages, BMP, GIF, WebP."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from indexer.errors import Unreadable
from indexer.model import Document, Metadata
from indexer.readers import ocr
from indexer.readers.base import ReadOptions, Report, Source
from indexer.readers.encoding import clean

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP")


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield a document for each picture in the file."""
    engine = ocr.engine_for(source.place, options)
    # Only here, because the library comes with the engine.
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limit on pixels is our own, and faults are raised
        try:
            image = Image.open(source.stream, formats=_FORMATS)
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        except Exception:
            raise _broken(source) from None
    if count > options.max_pages:
        raise source.refuse(f"has {count} pages, more than {options.max_pages}", "split it")
    for number in range(count):
        text = clean(ocr.text_of(engine, _picture(source, image, number, options)))
        if count == 1:
            yield Document(text, name=source.name)
        else:
            name = source.inside(f"page {number + 1}")
            yield Document(text, Metadata(page=str(number + 1)), name)


def _picture(source: Source, image: ImageFile, number: int, options: ReadOptions) -> Image:
    """Return one picture, upright and in colour; refuse one that is broken or huge."""
    from PIL import ImageOps

    picture = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image.seek(number)
            width, height = image.size
            if width * height <= options.max_pixels:
                picture = ImageOps.exif_transpose(image).convert("RGB")
        except Exception:  # the library raises whatever a broken file makes it trip over
            raise _broken(source) from None
    if picture is None:
        raise source.refuse(
            f"is a picture of {width} × {height} pixels, more than is safe", "scan it smaller"
        )
    return picture


def _broken(source: Source) -> Unreadable:
    return source.refuse("is a broken or cut picture", "get a whole copy of it, or scan it anew")
