"""Files of named arrays, mapped into memory: opened at once, read only where they are touched."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_ALIGNMENT = 8


def write(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write one-dimensional arrays to a new file, and see that it is on the disk."""
    places: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, offset, array.size)
        offset += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    header = json.dumps(places).encode()
    header += b" " * (-(len(header) + 8) % _ALIGNMENT)
    with path.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data)
            file.write(b"\0" * (-array.nbytes % _ALIGNMENT))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> dict[str, Array]:
    """Map the arrays of a file that ``write`` made; they outlive the file's name."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(data[:8], "little")
    places: dict[str, tuple[str, int, int]] = json.loads(data[8:start])
    return {
        name: np.frombuffer(data, dtype, count, start + offset) if count else np.zeros(0, dtype)
        for name, (dtype, offset, count) in places.items()
    }
