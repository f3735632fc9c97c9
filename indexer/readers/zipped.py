"""Read the members of a ZIP file, whatever each of them is.

Nothing is written under a member's name, so that no name can lead out of a folder. A member that
cannot be read is reported, and the others are read.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from indexer.errors import Unreadable
from indexer.metadata import SIDECAR, Sidecar, parse_sidecar
from indexer.model import Document
from indexer.readers import content, encoding
from indexer.readers.base import Problem, ReadOptions, Report, Source, Unsafe

# What unpacking a broken, encrypted or strangely packed member raises.
BROKEN = (
    BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError,
    ValueError,
)  # fmt: skip
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_PASSED_OVER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", SIDECAR}


def documents(source: Source, options: ReadOptions, report: Report) -> Iterator[Document]:
    """Yield the documents of each member, in the order of the ZIP file."""
    with ZipFile(source.stream) as archive:
        members = [
            (_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")
        ]
        if len(members) > options.max_members:
            raise source.refuse(
                f"has {len(members)} members, more than {options.max_members}", "split it"
            )
        sidecars = {
            _folder(name): _sidecar(unpack(source, archive, info, name))
            for name, info in members
            if PurePosixPath(name).name == SIDECAR
        }
        for name, info in members:
            if set(PurePosixPath(name).parts) & _PASSED_OVER:
                continue
            try:
                found = _read(unpack(source, archive, info, name), options, report)
                about = sidecars.get(_folder(name), Sidecar()).about(name)
            except Unsafe:
                raise
            except Unreadable as error:
                report(Problem(source.inside(name), str(error)))
            else:
                for document in found:
                    yield replace(document, metadata=document.metadata.over(about))


def _read(member: Source, options: ReadOptions, report: Report) -> list[Document]:
    """Return all documents of a member, so that none comes when one of them is broken."""
    with member.stream:
        return list(content.documents(member, options, report))


def _sidecar(member: Source) -> Sidecar:
    with member.stream as stream:
        return parse_sidecar(stream.read(), member.place)


def _folder(name: str) -> str:
    return str(PurePosixPath(name).parent)


def _name(info: ZipInfo) -> str:
    """Return a member's name in its own encoding, and without a way out of the archive."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        # zipfile reads old names as code page 437; Chinese Windows wrote them in GBK or Big5.
        raw = name.encode("cp437", "replace")
        name = raw.decode(encoding.detect(raw) or "cp437", "replace")
    parts = PurePosixPath(encoding.clean(name).replace("\n", " ").replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..")) or "unnamed"


def unpack(source: Source, archive: ZipFile, info: ZipInfo, name: str) -> Source:
    """Return a member, unpacked and checked; raises Unreadable."""
    place = f"{source.place} › {name}"
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable(f"{place} is encrypted; unpack it with its password and add it again.")
    try:
        with archive.open(info) as packed:
            return source.unpack(cast(BinaryIO, packed), name)
    except BROKEN:
        raise Unreadable(f"{place} is broken or cut; get a whole copy of it.") from None
