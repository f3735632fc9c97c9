"""Print the versions installed here of all that the project needs, as a pip constraints file.

Run it in an environment in which the tests pass: python tools/constraints.py > constraints.txt
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


def needed() -> dict[str, set[str]]:
    """Return all that the project and its extras name: a distribution and its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    found: dict[str, set[str]] = {}
    waiting = [Requirement(line) for group in groups for line in group]
    while waiting:
        requirement = waiting.pop()
        name = normal(requirement.name)
        if name in found and requirement.extras <= found[name]:
            continue
        extras = found.setdefault(name, set())
        extras |= requirement.extras
        for line in _requires(name):
            below = Requirement(line)
            if below.marker is None or any(
                below.marker.evaluate({"extra": extra}) for extra in {"", *extras}
            ):
                waiting.append(below)
    return found


def normal(name: str) -> str:
    """Return a distribution's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _requires(name: str) -> list[str]:
    try:
        return distribution(name).requires or []
    except PackageNotFoundError:
        return []


def main() -> None:
    print("# The versions that the tests ran with; made by tools/constraints.py.")
    for name in sorted(needed()):
        try:
            print(f"{name}=={distribution(name).version}")
        except PackageNotFoundError:
            print(f"# {name}: not installed where this was made")


if __name__ == "__main__":
    main()
