"""What one request holds: the archive it reads, opened on first use and closed at the end."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g

from indexer.archive import Archive


def archive() -> Archive:
    """Return this request's archive, opened on first use."""
    if "archive" not in g:
        config = current_app.config
        g.archive = Archive.open(config["ARCHIVE_DIR"], config["SEARCH_URL"])
    return cast(Archive, g.archive)


def changed_at() -> datetime:
    """Return when the archive was last written to, or this program last changed."""
    folder: Path = current_app.config["ARCHIVE_DIR"]
    times = [current_app.extensions["program_time"]]
    for name in ("archive.db", "archive.db-wal"):
        with contextlib.suppress(FileNotFoundError):
            times.append((folder / name).stat().st_mtime)
    return datetime.fromtimestamp(max(times), UTC)


def init_app(app: Flask) -> None:
    """Close the archive when a request ends."""
    parts = Path(__file__).parent.rglob("*.*")
    app.extensions["program_time"] = max(part.stat().st_mtime for part in parts)

    @app.teardown_appcontext
    def close(error: BaseException | None) -> None:
        opened = g.pop("archive", None)
        if opened is not None:
            opened.close()
