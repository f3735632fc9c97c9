"""Print the fault table: python -m tests.durability.report [FAULT…] [--tries 20] [--files 500]."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.durability import faults
from tests.durability.faults import Truth

NEED_MOUNT = (faults.fill_the_disk, faults.write_protect_the_disk)
FAULTS = (
    faults.kill_an_add,
    faults.stop_an_add,
    faults.kill_a_backup,
    faults.kill_a_restore,
    faults.kill_a_migration,
    faults.truncate_the_log,
    faults.spoil_the_log,
    faults.tear_an_original,
    faults.fill_the_disk,
    faults.limit_the_files,
    faults.write_protect_the_disk,
    faults.write_from_two_sides,
    faults.open_a_newer_archive,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    names = [fault.__name__ for fault in FAULTS]
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=f"of {', '.join(names)}")
    parser.add_argument("--tries", type=int, default=20, help="how often each fault is tried")
    parser.add_argument("--files", type=int, default=500, help="pages in each archive")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        truth = faults.undisturbed(place / "peace", options.files)
        mounts = faults.can_mount(place / "mount")
        print(f"{options.files} files, undisturbed in {truth.seconds:.1f} s\n")
        print(f"{'fault':24}{'tried':>6}{'lost':>6}")
        for fault in FAULTS:
            if options.faults and fault.__name__ not in options.faults:
                continue
            if fault in NEED_MOUNT and not mounts:
                print(f"{fault.__name__:24}  needs the right to mount")
                continue
            chance = random.Random(fault.__name__)
            lost = sum(_try(fault, place, truth, chance) for _ in range(options.tries))
            print(f"{fault.__name__:24}{options.tries:>6}{lost:>6}", flush=True)


def _try(
    fault: Callable[[Path, Truth, random.Random], int],
    place: Path,
    truth: Truth,
    chance: random.Random,
) -> int:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        return fault(Path(folder), truth, chance)


if __name__ == "__main__":
    main()
