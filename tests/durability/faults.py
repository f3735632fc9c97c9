"""Faults done to real archives by the real command, each compared with an undisturbed run.

A trial returns how many lines of the store's export are missing or other than they should be:
zero when nothing was lost.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from indexer import export, store
from indexer.archive import Archive
from indexer.durability import Fault, verify
from indexer.model import Document, Metadata
from indexer.segment import segment

ROOT = Path(__file__).resolve().parents[2]
CLI = (sys.executable, "-c", "from indexer.cli import main; main()")
KNOWN = ("--publication", "青岛日报", "--date", "2025-10-01", "--no-translate", "--no-index")

Result = subprocess.CompletedProcess[str]


def command(*words: str | Path) -> list[str]:
    """Return the words that run ``archive`` as a process of its own."""
    return [*CLI, *map(str, words)]


def start(*words: str | Path, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def archive(*words: str | Path, before: Callable[[], None] | None = None) -> Result:
    """Run ``archive`` to its end."""
    process = start(*words, before=before)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def add(folder: Path, given: Path, **options: Callable[[], None]) -> Result:
    return archive("add", given, "--archive", folder, *KNOWN, **options)


def write_pages(folder: Path, count: int) -> Path:
    """Write pages that differ from each other, each of two articles."""
    folder.mkdir(parents=True)
    seed = (ROOT / "seeds" / "000_5b91e9659b16fe81.txt").read_text(encoding="utf-8")
    sentences = [line for line in seed.split("\n") if line.endswith("。") and len(line) > 40]
    chance = random.Random(1)
    for number in range(count):
        articles = []
        for place in (1, 2):
            body = "\n\n".join(chance.sample(sentences, 3))
            articles.append(f"第{number}号港口新闻之{place}\n\n李媛 肖玲玲\n\n{body}")
        page = folder / f"page{number}.txt"
        page.write_text("\n\n".join(articles), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Truth:
    """Hold what is given, and what an undisturbed run makes of it."""

    given: Path
    lines: Counter[str]
    seconds: float


def undisturbed(place: Path, count: int) -> Truth:
    """Add pages in peace."""
    given = write_pages(place / "given", count)
    archive("init", place / "undisturbed")
    began = time.monotonic()
    result = add(place / "undisturbed", given)
    assert result.returncode == 0, result.stderr
    return Truth(given, lines(place / "undisturbed"), time.monotonic() - began)


def lines(folder: Path) -> Counter[str]:
    with Archive.open(folder) as opened:
        return Counter(export.export_jsonl(opened.connection))


def lost(folder: Path, truth: Truth) -> int:
    """Count the lines in which an archive differs from the truth, and what else is wrong."""
    found = lines(folder)
    different = (found - truth.lines) + (truth.lines - found)
    with Archive.open(folder) as opened:
        wrong = [p for p in verify(opened) if p.fault is not Fault.UNINDEXED]
    return different.total() + len(wrong)


def readable(folder: Path, truth: Truth) -> int:
    """Count what is wrong with an archive that is not finished: its articles must be whole."""
    found = lines(folder)
    articles = Counter({line: n for line, n in found.items() if '"type": "article"' in line})
    with Archive.open(folder) as opened:
        wrong = [p for p in verify(opened) if p.fault not in (Fault.UNINDEXED, Fault.LEFTOVER)]
    return (articles - truth.lines).total() + len(wrong)


def kill_an_add(place: Path, truth: Truth, chance: random.Random) -> int:
    """Kill -9 an add at a random moment, then give the same command again."""
    folder = place / "archive"
    archive("init", folder)
    process = start("add", truth.given, "--archive", folder, *KNOWN)
    time.sleep(chance.uniform(0.1, truth.seconds))
    process.kill()
    process.communicate()
    wrong = readable(folder, truth)
    again = add(folder, truth.given)
    assert again.returncode == 0, again.stderr
    return wrong + lost(folder, truth)


def stop_an_add(place: Path, truth: Truth, chance: random.Random) -> int:
    """Press Ctrl-C during an add, then give the same command again."""
    folder = place / "archive"
    archive("init", folder)
    process = start("add", truth.given, "--archive", folder, *KNOWN)
    time.sleep(chance.uniform(0.6 * truth.seconds, truth.seconds))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert "Traceback" not in err, err
    wrong = readable(folder, truth)
    again = add(folder, truth.given)
    assert again.returncode == 0, again.stderr
    return wrong + lost(folder, truth)


def kill_a_backup(place: Path, truth: Truth, chance: random.Random) -> int:
    """Kill -9 a backup that replaces another: the old or the new one is there, whole."""
    folder, file = place / "archive", place / "backup.zip"
    shutil.copytree(truth.given.parent / "undisturbed", folder)
    assert archive("backup", file, "--archive", folder).returncode == 0
    process = start("backup", file, "--archive", folder)
    time.sleep(chance.uniform(0.1, 1.5))
    process.kill()
    process.communicate()
    assert archive("restore-backup", file, place / "first", "--no-index").returncode == 0
    wrong = lost(place / "first", truth)
    again = archive("backup", file, "--archive", folder)
    assert again.returncode == 0, again.stderr
    return wrong + len(list(place.glob(".*")))


def kill_a_restore(place: Path, truth: Truth, chance: random.Random) -> int:
    """Kill -9 the bringing back of a backup, then give the same command again."""
    file, folder = place / "backup.zip", place / "archive"
    undisturbed_folder = truth.given.parent / "undisturbed"
    assert archive("backup", file, "--archive", undisturbed_folder).returncode == 0
    process = start("restore-backup", file, folder, "--no-index")
    time.sleep(chance.uniform(0.1, 1.5))
    process.kill()
    process.communicate()
    if not (folder / "archive.db").exists():
        again = archive("restore-backup", file, folder, "--no-index")
        assert again.returncode == 0, again.stderr
    return lost(folder, truth)


def truncate_the_log(place: Path, truth: Truth, chance: random.Random) -> int:
    """Cut the write-ahead log at a random byte, as a power cut may; then add again."""
    return _damage_the_log(place, truth, lambda log, at: log[:at], chance)


def spoil_the_log(place: Path, truth: Truth, chance: random.Random) -> int:
    """Overwrite a run of the write-ahead log with zeros; then add again."""
    return _damage_the_log(
        place, truth, lambda log, at: log[:at] + bytes(4096) + log[at + 4096 :], chance
    )


def _damage_the_log(
    place: Path, truth: Truth, damage: Callable[[bytes, int], bytes], chance: random.Random
) -> int:
    with Archive.create(place / "whole") as whole:
        whole.connection.execute("PRAGMA wal_autocheckpoint = 0")
        with whole.writing():
            assert all(not added.problems for added in whole.add(sorted(truth.given.iterdir())))
        shutil.copytree(place / "whole", place / "archive")
    log = place / "archive" / "archive.db-wal"
    data = log.read_bytes()
    log.write_bytes(damage(data, chance.randrange(len(data))))
    (place / "archive" / "archive.db-shm").unlink(missing_ok=True)
    peace = Truth(truth.given, lines(place / "whole"), 0)
    wrong = readable(place / "archive", peace)
    with Archive.open(place / "archive") as again, again.writing():
        list(again.add(sorted(truth.given.iterdir())))
    return wrong + lost(place / "archive", peace)


def tear_an_original(place: Path, truth: Truth, chance: random.Random) -> int:
    """Cut an original short: it is found, and taken again from what was given."""
    folder = place / "archive"
    shutil.copytree(truth.given.parent / "undisturbed", folder)
    victim = chance.choice(sorted((folder / "originals").glob("??/*")))
    victim.write_bytes(victim.read_bytes()[: chance.randrange(victim.stat().st_size)])
    found = archive("verify", "--archive", folder)
    assert found.returncode == 1
    assert victim.name[:12] in found.stdout, found.stdout
    archive("repair", "--from", truth.given, "--archive", folder)
    return lost(folder, truth)


def fill_the_disk(place: Path, truth: Truth, chance: random.Random) -> int:
    """Begin on a disk that is too small, give it room, and give the same commands again."""
    whole = truth.given.parent / "undisturbed"
    needed = sum(file.stat().st_size for file in whole.rglob("*")) // 1024
    with small_disk(place / "disk", kilobytes=chance.randrange(50, needed * 4 // 5)) as disk:
        folder, wrong = disk / "archive", 0
        made = archive("init", folder)
        if made.returncode:
            _failed_in_a_sentence(made)
        else:
            _failed_in_a_sentence(add(folder, truth.given))
            wrong = readable(folder, truth)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        archive("init", folder)
        again = add(folder, truth.given)
        assert again.returncode == 0, again.stderr
        return wrong + lost(folder, truth)


def limit_the_files(place: Path, truth: Truth, chance: random.Random) -> int:
    """Let no file grow past a limit during an add, then give the same command again."""
    folder, limit = place / "archive", chance.randrange(200_000, 600_000)
    archive("init", folder)

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    _failed_in_a_sentence(add(folder, truth.given, before=before))
    wrong = readable(folder, truth)
    again = add(folder, truth.given)
    assert again.returncode == 0, again.stderr
    return wrong + lost(folder, truth)


def write_protect_the_disk(place: Path, truth: Truth, chance: random.Random) -> int:
    """Use an archive on a disk that cannot be written: it is read, and refuses to write."""
    with small_disk(place / "disk", kilobytes=64 << 10) as disk:
        shutil.copytree(truth.given.parent / "undisturbed", disk / "archive")
        assert archive("index", "--archive", disk / "archive").returncode == 0
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        _failed_in_a_sentence(add(disk / "archive", truth.given))
        status = archive("status", "--archive", disk / "archive")
        assert status.returncode == 0, status.stderr
        found = archive("search", "港口新闻", "--archive", disk / "archive")
        assert found.returncode == 0, found.stderr
        checked = archive("verify", "--archive", disk / "archive")
        wrong = readable(disk / "archive", truth)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        return wrong + lost(disk / "archive", truth)


def write_from_two_sides(place: Path, truth: Truth, chance: random.Random) -> int:
    """Add the same pages twice at once: one waits, or says that the other is writing."""
    folder = place / "archive"
    archive("init", folder)
    both = [
        start("add", truth.given, "--archive", folder, "--wait", wait, *KNOWN)
        for wait in ("60", chance.choice(["0", "60"]))
    ]
    for process in both:
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0 or "is writing to" in err, err
    if any(process.returncode for process in both):
        add(folder, truth.given)
    return lost(folder, truth)


def open_a_newer_archive(place: Path, truth: Truth, chance: random.Random) -> int:
    """Open an archive that a newer version has written: it is refused and left as it is."""
    folder = place / "archive"
    shutil.copytree(truth.given.parent / "undisturbed", folder)
    with Archive.open(folder) as opened:
        opened.connection.execute("INSERT INTO migration VALUES ('9999_future.sql', 'later')")
    for words in (["status"], ["verify"], ["add", truth.given]):
        refused = archive(*words, "--archive", folder)
        assert refused.returncode == 2, refused.stderr
        assert "newer version" in refused.stderr, refused.stderr
    with closing(store.connect(folder / "archive.db")) as connection:
        connection.execute("DELETE FROM migration WHERE name = '9999_future.sql'")
    return lost(folder, truth)


def kill_a_migration(place: Path, truth: Truth, chance: random.Random) -> int:
    """Kill -9 the first command after an upgrade, then run it again: a copy was made before."""
    folder = place / "archive"
    first = dict(list(store.migrations().items())[:1])
    with mock.patch.object(store, "migrations", return_value=first):
        older = Archive.create(folder)
    with older:
        for page in sorted(truth.given.iterdir()):
            _store_plainly(older, page)
    process = start("status", "--archive", folder)
    time.sleep(chance.uniform(0.1, 1.0))
    process.kill()
    process.communicate()
    again = archive("status", "--archive", folder)
    assert again.returncode == 0, again.stderr
    with closing(sqlite3.connect(min(folder.glob("archive-*.backup.db")))) as copy:
        (kept,) = copy.execute("SELECT count(*) FROM source").fetchone()
    wrong = len(list(truth.given.iterdir())) - kept
    return wrong + lost(folder, truth)


def _store_plainly(opened: Archive, page: Path) -> None:
    """Store a page in tables that every version has."""
    text = page.read_text(encoding="utf-8")
    digest = opened.originals.keep(page)
    document = Document(text, Metadata(publication="青岛日报", date="2025-10-01"))
    with store.transaction(opened.connection):
        source = store.Source(digest, page.name, len(text.encode()), (document,), (segment(text),))
        store.insert_source(opened.connection, source)


def _failed_in_a_sentence(result: Result) -> None:
    assert result.returncode == 1, (result.returncode, result.stdout, result.stderr)
    assert "Traceback" not in result.stderr, result.stderr
    assert result.stderr.strip()


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a disk in memory; needs the right to mount."""
    folder.mkdir(parents=True)
    size = f"size={kilobytes}k"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def can_mount(folder: Path) -> bool:
    """Tell whether this process may mount."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    try:
        with small_disk(folder / "try", 64):
            return True
    except subprocess.CalledProcessError:
        return False
