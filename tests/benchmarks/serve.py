"""Load the real server on loopback: python -m tests.benchmarks.serve ARCHIVE [--clients 64].

Mixed searches, articles and JSON by many clients for a bounded time, while pages are added.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from indexer.archive import Archive

QUERIES = (
    "粮食", "新质生产力", "習近平", "高质量发展", "青岛", "的", "grain", "qingdao",
    '"一带一路"', "农业 -粮食", "date:2024-05..2024-07 经济", "kind:quote 表示", "gdp growth",
)  # fmt: skip
PAGE = (
    "今日第{n}号要闻\n\n记者 张三\n\n这是第{n}篇新写的报道，讲述创新与发展。\n\n第二段也在这里。\n"
)


@dataclass
class Tally:
    """Gather what clients saw: seconds and statuses."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with Archive.open(options.archive) as archive:
        some = archive.issues()[:20]
        keys = [a.key for issue in some for a in archive.issue(issue.key).articles]
    command = [sys.executable, "-c", "from indexer.cli import main; main()"]
    environment = {**os.environ, "ARCHIVE_DIR": str(options.archive)}
    server = subprocess.Popen(
        [*command, "serve", "--port", "0", "--no-log"],
        env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout
        port = int(server.stdout.readline().rsplit(":", 1)[1])
        _ask(port, "/search?q=a")
        before = _memory(server.pid)
        with TemporaryDirectory() as folder:
            stop = time.monotonic() + options.seconds
            adder = threading.Thread(target=_add, args=(command, environment, Path(folder), stop))
            adder.start()
            tally = _load(port, keys, options.clients, stop)
            adder.join()
        _report(tally, options.seconds, before, _memory(server.pid))
    finally:
        server.terminate()
        server.wait(30)


def _load(port: int, keys: list[str], clients: int, stop: float) -> Tally:
    tallies = [Tally() for _ in range(clients)]
    threads = [
        threading.Thread(target=_client, args=(port, keys, random.Random(n), stop, tally))
        for n, tally in enumerate(tallies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Tally()
    for tally in tallies:
        whole.seconds += tally.seconds
        whole.statuses += tally.statuses
    return whole


def _client(port: int, keys: list[str], chance: random.Random, stop: float, tally: Tally) -> None:
    while time.monotonic() < stop:
        twin = chance.choice(("", ".json"))
        path = chance.choice(
            (
                f"/search{twin}?q={quote(chance.choice(QUERIES))}",
                f"/a/{chance.choice(keys)}{twin}",
            )
        )
        began = time.perf_counter()
        try:
            status = _ask(port, path)
        except OSError:
            status = 0
        tally.seconds.append(time.perf_counter() - began)
        tally.statuses[status] += 1


def _ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _add(command: list[str], environment: dict[str, str], folder: Path, stop: float) -> None:
    number = 0
    while time.monotonic() < stop:
        (folder / f"{number}.txt").write_text(PAGE.format(n=f"{time.time():.0f}-{number}"))
        subprocess.run(
            [*command, "add", str(folder / f"{number}.txt"), "--no-translate"],
            env=environment, capture_output=True, check=True,
        )  # fmt: skip
        number += 1
        time.sleep(1)


def _memory(pid: int) -> int:
    """Return the resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def _report(tally: Tally, seconds: float, before: int, after: int) -> None:
    cuts = statistics.quantiles(tally.seconds, n=100)
    print(f"{'answers':12}{len(tally.seconds):>10,}   {len(tally.seconds) / seconds:,.0f}/s")
    for status, count in sorted(tally.statuses.items()):
        print(f"{'status ' + str(status):12}{count:>10,}")
    for name, at in (("p50", 50), ("p95", 95), ("p99", 99)):
        print(f"{name:12}{cuts[at - 1] * 1000:>10,.0f} ms")
    print(f"{'memory':12}{before:>10,} MB before, {after:,} MB after")


if __name__ == "__main__":
    main()
