"""What makes an archive fit to be relied on: checks, repairs, backups."""

from indexer.durability.backups import BackupReport, backup, read_manifest, restore_backup
from indexer.durability.checks import verify
from indexer.durability.problems import Fault, Problem
from indexer.durability.repair import RepairReport, repair

__all__ = [
    "BackupReport",
    "Fault",
    "Problem",
    "RepairReport",
    "backup",
    "read_manifest",
    "repair",
    "restore_backup",
    "verify",
]
