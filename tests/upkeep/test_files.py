"""The files around the code agree with it."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
UNITS = sorted((ROOT / "contrib" / "systemd").glob("archive*"))


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    "line",
    [*PROJECT["dependencies"], *(d for e in PROJECT["optional-dependencies"].values() for d in e)],
)
def test_a_tested_version_of_each_dependency_is_named_and_allowed(line: str) -> None:
    requirement = Requirement(line)
    normal = runpy.run_path(str(ROOT / "tools" / "constraints.py"))["normal"]
    version = constraints().get(normal(requirement.name))
    assert version, "run python tools/constraints.py > constraints.txt"
    assert requirement.specifier.contains(version)


def test_torch_is_not_among_them() -> None:
    assert "torch" not in constraints()


def test_the_changelog_knows_this_version_or_says_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {PROJECT['version']}" in text or "## Unreleased" in text


def test_the_image_is_built_of_all_packages_and_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for package in ("indexer", "translations", "webui"):
        assert f"COPY {package} {package}" in lines
        assert f"!{package}" in allowed
    assert lines.index("USER archive") < next(
        n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT")
    )


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_accepts(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not at hand")
    for other in UNITS:
        text = re.sub(r"/opt/archive/bin/archive", "/bin/true", other.read_text(encoding="utf-8"))
        (tmp_path / other.name).write_text(text, encoding="utf-8")
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_hooks_are_local_alone() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (\S+)", text)) == {"local"}
