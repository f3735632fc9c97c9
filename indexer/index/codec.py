"""A Whoosh codec for postings in arrays: written in bulk, read whole.

Whoosh keeps the index: its schema, its generations, its segments, what is deleted, how terms are
walked and matched. Its own codec writes and reads posting by posting in Python, which is ten
times slower than the arrays here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.fields import KEYWORD, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.index import arrays, postings, segments
from indexer.index.arrays import Array
from indexer.index.keys import Keys, WordKeys

EXTENSION = ".arrays"
_AFTER_ALL = b"\xff"  # a byte that no UTF-8 has: a prefix and this come after every term with it
SCHEMA = Schema(**{name: KEYWORD() for name in (segments.GRAMS, *segments.WORDS, *segments.VALUES)})


class Segment(base.Segment):  # type: ignore[misc]
    """Stand for one file of arrays in Whoosh's table of contents."""

    def __init__(self, indexname: str, size: int) -> None:
        super().__init__(indexname)
        self._size = size
        self._deleted: frozenset[int] = frozenset()

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self._size

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def without(self, docs: Iterable[int]) -> Segment:
        """Return this segment with more of its documents deleted."""
        other = Segment(self.indexname, self._size)
        other.segid = self.segid
        other._deleted = self._deleted.union(docs)
        return other

    def path(self, folder: Path) -> Path:
        """Return the file of this segment."""
        return folder / str(self.make_filename(EXTENSION))


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Open segments; they are written by ``segments`` and ``arrays``, never through Whoosh."""

    def terms_reader(self, storage: FileStorage, segment: Segment) -> Terms:
        return Terms(arrays.read(segment.path(Path(storage.folder))))

    def per_document_reader(self, storage: FileStorage, segment: Segment) -> Documents:
        return Documents(segment)


class Terms(base.TermsReader):  # type: ignore[misc]
    """Read the terms and postings of one segment."""

    def __init__(self, data: dict[str, Array]) -> None:
        self.arrays = data
        self._keys: dict[str, Keys] = {}

    def keys(self, field: str) -> Keys:
        """Return the term dictionary of a field."""
        if field not in self._keys:
            self._keys[field] = segments.keys(self.arrays, field)
        return self._keys[field]

    @cached_property
    def _stems(self) -> dict[str, WordKeys]:
        return {field: segments.stems(self.arrays, field) for field in segments.WORDS}

    def number(self, field: str, term: bytes) -> int | None:
        """Return the number of a term, None when the segment has it not."""
        return _find(self.keys(field), term)

    def forms(self, field: str, stem: bytes) -> list[int]:
        """Return the numbers of all terms that share a stem."""
        number = _find(self._stems[field], stem)
        if number is None:
            return []
        first, end = self.arrays[f"{field}.form_starts"][number : number + 2]
        return [int(n) for n in self.arrays[f"{field}.forms"][first:end]]

    def postings(self, field: str, number: int) -> tuple[Array, Array]:
        """Return the documents that hold a term, and how often."""
        first, end = self.arrays[f"{field}.offsets"][number : number + 2]
        return postings.decode(self.arrays[f"{field}.postings"][int(first) : int(end)])

    def starting_with(self, field: str, prefix: bytes) -> tuple[Array, Array]:
        """Return the documents that hold a term with a prefix, and how often they hold any."""
        keys = self.keys(field)
        first, end = keys.first_from(prefix), keys.first_from(prefix + _AFTER_ALL)
        offsets = self.arrays[f"{field}.offsets"][first : end + 1].astype(np.int64)
        data = self.arrays[f"{field}.postings"][offsets[0] : offsets[-1]]
        _, docs, counts = postings.decode_all(data, offsets - offsets[0])
        totals = np.bincount(docs, counts).astype(np.int64)
        held = np.flatnonzero(totals)
        return held, totals[held]

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        keys = self.keys(fieldname)
        for number in range(keys.first_from(prefix), len(keys)):
            yield fieldname, keys.term(number)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self.number(fieldname, text)
        if number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        docs, counts = self.postings(fieldname, number)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if (fieldname, text) not in self:
            return 0
        return int(self.term_info(fieldname, text).doc_frequency())

    def matcher(self, fieldname: str, text: bytes, format_: Format, scorer: Any = None) -> Any:
        number = self.number(fieldname, text)
        if number is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        docs, counts = self.postings(fieldname, number)
        weights = [float(count) for count in counts]
        info = self.term_info(fieldname, text)
        return ListMatcher(
            docs.tolist(),
            weights,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=info,
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        return Cursor(self, fieldname)

    def indexed_field_names(self) -> list[str]:
        return [segments.GRAMS, *segments.WORDS, *segments.VALUES]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.number(*term) is not None


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walk the terms of one field, as Whoosh's fuzzy search does."""

    def __init__(self, terms: Terms, field: str) -> None:
        self._keys = terms.keys(field)
        self._number = 0

    def first(self) -> str | None:
        self._number = 0
        return self.text()

    def find(self, term: str) -> str | None:
        self._number = self._keys.first_from(term.encode())
        return self.text()

    def next(self) -> str | None:
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """Return the term under the cursor, None after the last."""
        return self._keys.term(self._number).decode() if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._number < len(self._keys)


class Documents(base.PerDocumentReader):  # type: ignore[misc]
    """Tell Whoosh how many documents a segment has and which are deleted."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()


def _find(keys: Keys, term: bytes) -> int | None:
    number = keys.first_from(term)
    return number if number < len(keys) and keys.term(number) == term else None
