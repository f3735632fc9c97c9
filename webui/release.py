"""Which release of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """Return the version, ``0`` where the program runs without being installed."""
    try:
        return version("bilingual-news-archive")
    except PackageNotFoundError:
        return "0"
