"""New files as they land in a folder."""

from __future__ import annotations

from pathlib import Path

from indexer.intake import find_files

Stamp = tuple[int, int]
"""Size and time of change: as long as they move, the file is still being written."""


class Watch:
    """Tell which files of a folder have landed since the last look.

    By looking, not by the kernel's events: these are lost on network folders and on overflow.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: dict[Path, Stamp] = {}
        self._landed: dict[Path, Stamp] = {}

    def look(self) -> list[Path]:
        """Return files, new or changed, that stood still from the last look to this one."""
        now = {path: stamp for path in find_files([self.folder]) if (stamp := _stamp(path))}
        still = [
            path
            for path, stamp in now.items()
            if self._last.get(path) == stamp and self._landed.get(path) != stamp
        ]
        self._landed |= {path: now[path] for path in still}
        self._last = now
        return still


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
