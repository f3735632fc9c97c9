"""What can go wrong, each with one sentence that names the remedy."""

from __future__ import annotations


class ArchiveError(Exception):
    """Say in one sentence what is wrong, where, and what to do."""


class Unreadable(ArchiveError):
    """Refuse one input file, or one place in it; the rest of the batch goes on."""


class NotAnArchive(ArchiveError):
    """Refuse a folder that holds no archive, or one that this version cannot open."""


class Busy(ArchiveError):
    """Refuse to write while another command writes to the same archive."""


class Unwritable(ArchiveError):
    """Say that the disk is full or write-protected; nothing is half written."""


class NotFound(ArchiveError):
    """Say that no article, issue or model has the name asked for."""


class NotPossible(ArchiveError):
    """Say that this archive cannot do that as it is set up, and what it lacks."""


class ServerAway(ArchiveError):
    """Say that the search server does not answer."""
