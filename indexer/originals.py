"""The files as the archivist gave them, kept byte for byte under the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 20


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Originals:
    """Keep originals in a folder, one file each, named by content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Return where the original with this SHA-256 is kept."""
        return self.folder / digest[:2] / digest

    def keep(self, file: Path) -> str:
        """Copy a file in, safe on disk before this returns; return its SHA-256.

        The copy is written beside and renamed, so that a kill never leaves a torn original.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix="incoming-")
        try:
            digest = hashlib.sha256()
            with os.fdopen(handle, "wb") as copy, file.open("rb") as source:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            target = self.path(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        return digest.hexdigest()

    def is_whole(self, digest: str) -> bool:
        """Tell whether the original is here, and is still what was given."""
        path = self.path(digest)
        return path.is_file() and sha256(path) == digest

    def stored(self) -> Iterator[str]:
        """Yield the SHA-256 names of all originals kept, in order."""
        for file in sorted(self.folder.glob("??/*")):
            yield file.name

    def export(self, digest: str, target: Path) -> None:
        """Write the original to ``target``, byte for byte."""
        shutil.copyfile(self.path(digest), target)

    def clear_torn(self) -> None:
        """Remove copies that a kill left unfinished; call it with the archive locked."""
        for file in self.folder.glob("incoming-*"):
            file.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
