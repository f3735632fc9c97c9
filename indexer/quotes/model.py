"""What is found: words that somebody said, and who said them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["direct", "reported"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Hold what somebody is quoted with in one paragraph.

    ``start``/``end`` are offsets into that paragraph, without the marks, and ``text`` is what
    stands there. ``kind`` is "direct" (in marks) or "reported" (王毅表示，…, to the end of the
    sentence). ``speaker`` is a personal name, ``role`` what the text calls the speaker, each None
    where the text does not say. ``continued`` is True where the speech began in an earlier
    paragraph.
    """

    paragraph_index: int
    start: int
    end: int
    text: str
    speaker: str | None = None
    role: str | None = None
    verb: str | None = None
    kind: Kind = "direct"
    continued: bool = False
