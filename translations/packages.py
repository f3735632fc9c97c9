"""Find, install and remove Argos packages, the built-in one among them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from packaging.version import InvalidVersion, Version

from indexer.errors import ArchiveError, NotFound

BUILT_IN = "translate-zh_en-1_0.argosmodel"
BUILT_IN_SHA256 = "85090092bb70b49456a28fe4971de4d593fb9d0ad8623757fb3c03768f4a3816"
_FORMER = {"translate-zh_en-0_1.argosmodel", "translate-zh_en-0_2.argosmodel"}
"""Packages that came with earlier versions: one that is still unpacked somewhere is passed over."""

LARGEST = 4 << 30
"""Bytes that a package may take unpacked; the official ones take 0.1 to 0.5 GB."""

_RECORD = "installed.json"
_STALE = 3600  # seconds after which a half-made folder has no owner any more
_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


class BadPackage(ArchiveError):
    """Refuse a file that is no Argos package from Chinese to English, or not a safe one."""


class NoDownload(ArchiveError):
    """Say that a package could not be fetched from the Argos index."""


@dataclass(frozen=True, slots=True)
class Installed:
    """Hold what is known of an installed package; ``sha256`` is that of the file it came from."""

    name: str
    version: str
    from_code: str
    to_code: str
    sha256: str
    source: str
    folder: Path

    @property
    def built_in(self) -> bool:
        """Tell whether this is the package that comes with the project."""
        return self.sha256 == BUILT_IN_SHA256

    @property
    def label(self) -> str:
        """Return what a reader is told about the package."""
        kind = "built-in" if self.built_in else "Argos"
        return f"{kind} {self.from_code}-{self.to_code} {self.version}"


def default_folder() -> Path:
    """Return the models folder: ``ARCHIVE_MODELS``, else the user's data folder."""
    if chosen := os.environ.get("ARCHIVE_MODELS"):
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "bilingual-news-archive" / "models"


class Packages:
    """Keep Argos packages in one folder, each in a folder of its own with its SHA-256."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()
        self._ready = self.folder / "packages"
        self._partial = self.folder / "partial"

    def installed(self) -> list[Installed]:
        """Return the packages installed here, the best first."""
        if not self._ready.is_dir():
            return []
        folders = [f for f in self._ready.iterdir() if (f / _RECORD).is_file()]
        return sorted((_read_record(folder) for folder in folders), key=_rank, reverse=True)

    def best(self) -> Installed:
        """Return the best package; the built-in one is unpacked where there is no other."""
        came_with = {BUILT_IN, *_FORMER}
        current = [p for p in self.installed() if p.built_in or p.source not in came_with]
        return current[0] if current else self._unpack_built_in()

    def find(self, name: str) -> Installed:
        """Return the installed package of this name, or raise NotFound."""
        for package in self.installed():
            if package.name == name:
                return package
        known = ", ".join(package.name for package in self.installed()) or "none"
        raise NotFound(f"No package {name!r} is installed here (there are: {known}).")

    def install(self, path: Path, expected_sha256: str | None = None) -> Installed:
        """Install a package file (``.argosmodel``) and remember its SHA-256.

        The file is unpacked beside and renamed, so that no half package is ever seen, even by
        another process that installs the same one. Raises BadPackage.
        """
        sha256 = _sha256(path)
        if expected_sha256 and sha256 != expected_sha256:
            raise BadPackage(
                f"{path} is damaged: its SHA-256 is {sha256}, not {expected_sha256}; "
                "fetch the file again."
            )
        root = _check(path)
        self._sweep()
        self._partial.mkdir(parents=True, exist_ok=True)
        self._ready.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._partial, prefix=f"{root}-") as staging:
            with _strange_home(), _argos_in(Path(staging)) as package:
                package.install_from_path(path)  # imports the rest of argostranslate
            made = Path(staging) / root
            record = _describe(made, path.name, sha256)
            target = self._ready / record.name
            fields = asdict(record)
            fields.pop("folder")
            (made / _RECORD).write_text(json.dumps(fields, indent=1), encoding="utf-8")
            _move(made, target)
        return _read_record(target)

    def download(self, from_code: str, to_code: str) -> Installed:
        """Fetch the newest package of a language pair from the Argos index and install it.

        The only place that uses the network. Raises NoDownload, BadPackage.
        """
        self._partial.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._partial, prefix="download-") as staging:
            with _argos_in(Path(staging)) as package:
                found = [
                    available
                    for available in _index(package, Path(staging))
                    if (available.from_code, available.to_code) == (from_code, to_code)
                ]
                if not found:
                    raise NoDownload(f"The Argos index has no package {from_code}-{to_code}.")
                newest = max(found, key=lambda a: _version(a.package_version))
                try:
                    file = Path(newest.download())
                except Exception as error:
                    raise NoDownload(
                        f"The package {from_code}-{to_code} could not be fetched ({error}); "
                        "try again, or install a file you have: archive models install FILE."
                    ) from error
            return self.install(file)

    def remove(self, name: str) -> None:
        """Remove an installed package; the built-in one comes back when it is needed."""
        package = self.find(name)
        self._partial.mkdir(parents=True, exist_ok=True)
        grave = Path(tempfile.mkdtemp(dir=self._partial, prefix="removed-"))
        package.folder.rename(grave / package.folder.name)
        shutil.rmtree(grave)

    def _unpack_built_in(self) -> Installed:
        with as_file(files("translations.models") / BUILT_IN) as path:
            return self.install(path, BUILT_IN_SHA256)

    def _sweep(self) -> None:
        """Remove what killed installs left behind."""
        if not self._partial.is_dir():
            return
        for folder in self._partial.iterdir():
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)


def _rank(package: Installed) -> tuple[bool, Version, str]:
    return not package.built_in, _version(package.version), package.name


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadPackage(f"{path} cannot be read: {error.strerror}.") from error


def _check(path: Path) -> str:
    """Check that a package file is safe to unpack, and return the name of its one folder."""
    if not zipfile.is_zipfile(path):
        raise BadPackage(f"{path} is not an Argos package (.argosmodel, a zip archive).")
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if not parts or parts[0] in ("/", "..") or ".." in parts or ":" in parts[0]:
            raise BadPackage(f"{path} holds a path outside its folder ({member.filename!r}).")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise BadPackage(f"{path} holds a link ({member.filename!r}), which is not safe.")
    size = sum(member.file_size for member in members)
    if size > LARGEST:
        raise BadPackage(f"{path} takes {size:,} bytes unpacked; at most {LARGEST:,} are allowed.")
    names = {PurePosixPath(member.filename).parts[0] for member in members}
    if len(names) != 1 or not any(m.filename.endswith("/metadata.json") for m in members):
        raise BadPackage(f"{path} is not an Argos package: one folder with metadata.json is due.")
    return names.pop()


def _describe(folder: Path, source: str, sha256: str) -> Installed:
    """Read the metadata of an unpacked package; it must lead from Chinese to English."""
    try:
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        pair = metadata["from_code"], metadata["to_code"]
        version = str(metadata["package_version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadPackage(f"{source} has no readable metadata.json.") from error
    if pair != ("zh", "en"):
        raise BadPackage(f"{source} translates {pair[0]} to {pair[1]}; zh to en is needed.")
    tokenizers = ("sentencepiece.model", "bpe.model")
    if not (folder / "model" / "model.bin").is_file() or not any(
        (folder / name).is_file() for name in tokenizers
    ):
        raise BadPackage(f"{source} lacks its model or its tokenizer; fetch the file again.")
    name = f"{pair[0]}-{pair[1]}-{version}-{sha256[:8]}"
    return Installed(name, version, *pair, sha256, source, folder)


def _read_record(folder: Path) -> Installed:
    record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    return Installed(**record, folder=folder)


def _move(made: Path, target: Path) -> None:
    """Rename a finished folder into place; where another process was first, keep its folder."""
    try:
        made.rename(target)
    except OSError:
        if not (target / _RECORD).is_file():
            raise


def _index(package: ModuleType, folder: Path) -> list[Any]:
    """Return the packages of the Argos index, fetched anew.

    Without a network ``get_available_packages`` calls itself for ever, so it is asked only once
    the index is on disk.
    """
    package.update_package_index()
    if not (folder / "index.json").is_file():
        raise NoDownload(
            "The Argos index cannot be reached; install a package file you have instead: "
            "archive models install FILE."
        )
    return list(package.get_available_packages())


@cache
def argos_package() -> ModuleType:
    """Return ``argostranslate.package``, whose import creates folders in the user's home."""
    with _strange_home():
        import argostranslate.package

    module: ModuleType = argostranslate.package
    return module


@contextmanager
def _argos_in(folder: Path) -> Iterator[ModuleType]:
    """Let argostranslate install into and download to one folder while the block runs."""
    package = argos_package()
    settings = package.settings
    ours = {
        "package_data_dir": folder,
        "package_dirs": [folder],
        "downloads_dir": folder,
        "local_package_index": folder / "index.json",
    }
    before = {name: getattr(settings, name) for name in ours}
    for name, value in ours.items():
        setattr(settings, name, value)
    try:
        yield package
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


@contextmanager
def _strange_home() -> Iterator[None]:
    """Let what argostranslate and its libraries create at import go into a temporary place."""
    before = {name: os.environ.get(name) for name in _HOMES}
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.update(dict.fromkeys(_HOMES, scratch))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
