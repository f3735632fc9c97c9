"""One writer at a time: a lock on the archive that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import Busy, Unwritable

PAUSE_S = 0.1


@contextlib.contextmanager
def write_lock(path: Path, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock file at ``path``; wait up to ``wait_s`` seconds for another holder.

    The kernel lets go of it however the holder ends, so a crash never leaves it locked.
    Raises Busy, naming the other process, and Unwritable.
    """
    try:
        opened = path.open("a+")
    except OSError as error:
        raise Unwritable(
            f"{path.parent} cannot be written ({error.strerror}): look at who may write there, or"
            " copy it to another disk."
        ) from error
    with opened as file:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy(_who(path)) from None
                time.sleep(PAUSE_S)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _who(path: Path) -> str:
    holder = path.read_text().strip() or "another process"
    return (
        f"Another command (process {holder}) is writing to {path.parent}: "
        "wait for it to end, or try again with --wait SECONDS."
    )
