"""What can be wrong with an archive, and what makes it good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Name what is wrong."""

    DATABASE = "database"
    LINK = "link"
    ORIGINAL_MISSING = "original missing"
    ORIGINAL_DAMAGED = "original damaged"
    LEFTOVER = "leftover"
    FOLDED = "folded text"
    TITLE = "title"
    TEXT = "text"
    LOST_TEXT = "lost text"
    TRANSLATION = "translation"
    MEMORY = "memory"
    UNINDEXED = "not indexed"
    INDEX = "index"


_ORIGINAL_REMEDY = "run archive repair --from BACKUP, or --from FOLDER that holds the file"
_BACKUP_REMEDY = "it cannot be repaired; bring the archive back with archive restore-backup"

REMEDIES = {
    Fault.DATABASE: "run archive repair; if that does not help, archive restore-backup",
    Fault.LINK: _BACKUP_REMEDY,
    Fault.ORIGINAL_MISSING: _ORIGINAL_REMEDY,
    Fault.ORIGINAL_DAMAGED: _ORIGINAL_REMEDY,
    Fault.LEFTOVER: "it does no harm; archive repair removes it",
    Fault.FOLDED: "run archive repair",
    Fault.TITLE: "run archive repair",
    Fault.TEXT: _BACKUP_REMEDY,
    Fault.LOST_TEXT: _BACKUP_REMEDY,
    Fault.TRANSLATION: "run archive repair, then archive translate",
    Fault.MEMORY: "run archive repair",
    Fault.UNINDEXED: "run archive index",
    Fault.INDEX: "run archive repair",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold one thing that is wrong: where, what, and the remedy.

    ``subject`` is the row id or the SHA-256 that the repair needs; empty where there is none.
    """

    fault: Fault
    where: str
    what: str
    subject: int | str = ""

    @property
    def remedy(self) -> str:
        """Say what makes it good."""
        return REMEDIES[self.fault]

    @property
    def sentence(self) -> str:
        """Say all of it in one sentence."""
        return f"{self.where} {self.what}: {self.remedy}."
