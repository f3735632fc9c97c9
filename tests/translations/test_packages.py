from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from indexer.errors import NotFound
from translations import engines, packages
from translations.packages import BUILT_IN, BUILT_IN_SHA256, BadPackage, Packages

BUILT_IN_FILE = Path(packages.__file__).parent / "models" / BUILT_IN


def make_package(path: Path, version: str = "1.9", **changes: str) -> Path:
    """Write a package file of the right form; its model is no model."""
    metadata = {"package_version": version, "from_code": "zh", "to_code": "en", **changes}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("translate-zh_en/metadata.json", json.dumps(metadata))
        archive.writestr("translate-zh_en/model/model.bin", b"weights")
        archive.writestr("translate-zh_en/sentencepiece.model", b"pieces")
    return path


def test_the_built_in_package_is_unpacked_on_first_use(tmp_path: Path) -> None:
    folder = Packages(tmp_path)
    assert folder.installed() == []
    best = folder.best()
    assert best.built_in
    assert best.sha256 == BUILT_IN_SHA256
    assert best.label == "built-in zh-en 1.0"
    assert folder.installed() == [best]
    assert list((tmp_path / "partial").iterdir()) == []


def test_a_damaged_built_in_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "BUILT_IN_SHA256", "0" * 64)
    with pytest.raises(BadPackage, match="damaged"):
        Packages(tmp_path).best()
    assert Packages(tmp_path).installed() == []


def test_an_installed_package_beats_the_built_in_one_and_a_newer_an_older(tmp_path: Path) -> None:
    folder = Packages(tmp_path / "models")
    folder.best()
    folder.install(make_package(tmp_path / "new.argosmodel", "1.10"))
    folder.install(make_package(tmp_path / "old.argosmodel", "1.9"))
    assert [p.version for p in folder.installed()] == ["1.10", "1.9", "1.0"]
    assert folder.best().version == "1.10"
    folder.remove(folder.best().name)
    assert folder.best().version == "1.9"


def test_the_hash_of_an_installed_file_is_remembered(tmp_path: Path) -> None:
    path = make_package(tmp_path / "a.argosmodel")
    installed = Packages(tmp_path / "models").install(path)
    assert installed.sha256 == packages._sha256(path)
    assert Packages(tmp_path / "models").find(installed.name) == installed


def test_installing_a_package_twice_keeps_one(tmp_path: Path) -> None:
    path = make_package(tmp_path / "a.argosmodel")
    folder = Packages(tmp_path / "models")
    assert folder.install(path) == folder.install(path)
    assert len(folder.installed()) == 1


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/evil.txt", "a/../../evil", "..\\evil", "C:/evil"]
)
def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    path = make_package(tmp_path / "a.argosmodel")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "evil")
    with pytest.raises(BadPackage, match="outside"):
        Packages(tmp_path / "models").install(path)
    assert not (tmp_path / "models" / "packages").exists()


def test_a_link_in_a_package_is_refused(tmp_path: Path) -> None:
    path = make_package(tmp_path / "a.argosmodel")
    link = zipfile.ZipInfo("translate-zh_en/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(BadPackage, match="link"):
        Packages(tmp_path / "models").install(path)


def test_a_package_that_would_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "LARGEST", 20)
    with pytest.raises(BadPackage, match="bytes unpacked"):
        Packages(tmp_path / "models").install(make_package(tmp_path / "a.argosmodel"))


def test_a_package_for_other_languages_is_refused(tmp_path: Path) -> None:
    path = make_package(tmp_path / "a.argosmodel", from_code="de")
    with pytest.raises(BadPackage, match="translates de to en"):
        Packages(tmp_path / "models").install(path)


def test_a_file_that_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.argosmodel").write_text("hello")
    with pytest.raises(BadPackage, match="not an Argos package"):
        Packages(tmp_path / "models").install(tmp_path / "a.argosmodel")
    with pytest.raises(BadPackage, match="cannot be read"):
        Packages(tmp_path / "models").install(tmp_path / "missing.argosmodel")


def test_removing_an_unknown_package_names_the_known_ones(tmp_path: Path) -> None:
    folder = Packages(tmp_path)
    known = folder.best().name
    with pytest.raises(NotFound, match=known):
        folder.remove("zh-en-9")


def test_two_processes_may_unpack_the_built_in_package_at_once(tmp_path: Path) -> None:
    code = "from translations.packages import Packages; print(Packages().best().name)"
    root = Path(packages.__file__).parent.parent
    env = {**os.environ, "ARCHIVE_MODELS": str(tmp_path), "PYTHONPATH": str(root)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    names = {process.communicate()[0] for process in started}
    assert [process.returncode for process in started] == [0, 0]
    assert len(names) == 1
    assert len(Packages(tmp_path).installed()) == 1


def test_nothing_is_left_in_the_home_folder(tmp_path: Path) -> None:
    code = "from translations import engines; engines.load().translate(['你好'])"
    root = Path(packages.__file__).parent.parent
    home = tmp_path / "home"
    home.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    env |= {"ARCHIVE_MODELS": str(tmp_path / "m"), "PYTHONPATH": str(root), "HOME": str(home)}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert list(home.iterdir()) == []


def test_the_models_folder_may_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_MODELS", str(tmp_path))
    assert Packages().folder == tmp_path
    monkeypatch.delenv("ARCHIVE_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert Packages().folder == Path("/data/bilingual-news-archive/models")


def test_a_model_that_cannot_be_loaded_gives_way_to_the_dictionary(tmp_path: Path) -> None:
    Packages(tmp_path / "models").install(make_package(tmp_path / "a.argosmodel"))
    engine = engines.load("best", models=tmp_path / "models")
    assert engine.name.startswith("gloss cc-cedict")
    with pytest.raises(NotFound, match="choose"):
        engines.load("deepl")
