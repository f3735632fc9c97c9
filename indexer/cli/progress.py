"""Progress on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

LINE_EVERY_S = 10

Update = Callable[[int, int], None]
"""Say how many are done, of how many."""


@contextmanager
def progress(label: str, unit: str) -> Iterator[Update]:
    """Show how far long work has come, with its rate and the time left."""
    if sys.stderr.isatty():
        with _bar(unit) as bar:
            bar.add_task(label, total=None, rate="")
            yield lambda done, total: _move(bar, done, total)
    else:
        yield _Lines(label, unit).update


def _bar(unit: str) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{unit} {{task.fields[rate]}}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def _move(bar: Progress, done: int, total: int) -> None:
    task = bar.tasks[0]
    rate = f"{task.speed:,.0f}/s" if task.speed else ""
    bar.update(task.id, completed=done, total=total, rate=rate)


class _Lines:
    def __init__(self, label: str, unit: str) -> None:
        self.label, self.unit = label, unit
        self.began = self.last = time.monotonic()

    def update(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last < LINE_EVERY_S:
            return
        self.last = now
        rate = done / (now - self.began)
        left = f", {(total - done) / rate:,.0f} s left" if rate else ""
        click.echo(
            f"{self.label}: {done:,} of {total:,} {self.unit}, {rate:,.1f}/s{left}", err=True
        )
