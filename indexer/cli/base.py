"""What all commands share: the archive they work on, their errors, how they print records."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from indexer.archive import Archive
from indexer.errors import ArchiveError, NotAnArchive

SEARCH_URL = "ARCHIVE_SEARCH_URL"

F = TypeVar("F", bound=Callable[..., Any])


class Failed(click.ClickException):
    """End a command with one sentence and exit code 1."""


class WrongUse(click.ClickException):
    """End a command with one sentence and exit code 2."""

    exit_code = 2


class Commands(click.Group):
    """Turn the library's errors into one sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NotAnArchive as error:
            raise WrongUse(str(error)) from error
        except ArchiveError as error:
            raise Failed(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            where = f"{error.filename}: " if error.filename else ""
            raise Failed(f"{where}{error.strerror or error}.") from error
        except KeyboardInterrupt:
            raise Failed(
                "Stopped. All that was reported is kept; the same command goes on from here."
            ) from None


def archive_option(command: F) -> F:
    """Let a command take ``--archive`` too, after its name; the parameter is ``folder``."""
    return click.option(
        "--archive",
        "folder",
        type=click.Path(path_type=Path),
        callback=_folder,
        help="The folder of the archive.  [env var: ARCHIVE_DIR; default: archive]",
    )(command)


def _folder(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path:
    return value or Path(ctx.find_root().params["folder"])


def engine_options(command: F) -> F:
    """Let a command take ``--engine`` and ``--url``; the parameter is ``search_url``."""
    command = click.option(
        "--url",
        "search_url",
        envvar=SEARCH_URL,
        show_envvar=True,
        callback=_search_url,
        help="The search server, as http://host:9200/index.",
    )(command)
    return click.option(
        "--engine",
        "search_engine",
        type=click.Choice(["built-in", "opensearch"]),
        is_eager=True,
        expose_value=False,
        callback=_engine,
        help="What searches: the archive's own index, or a server, as where there is a --url.",
    )(command)


def _engine(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    ctx.meta["engine"] = value
    return value


def _search_url(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if ctx.meta["engine"] == "built-in":
        return ""
    if ctx.meta["engine"] == "opensearch" and not value:
        raise click.UsageError("--engine opensearch needs --url http://host:9200/index.")
    return value or ""


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0,
    metavar="SECONDS",
    help="Wait so long for another command that is writing.",
)


def opened(folder: Path, search_url: str | None = None) -> Archive:
    """Open the archive that a command works on; None is the search server of the environment."""
    return Archive.open(
        folder, os.environ.get(SEARCH_URL, "") if search_url is None else search_url
    )


def print_json(record: Any) -> None:
    """Print a record, or a list of records, as JSON."""
    click.echo(json.dumps(record, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return str(value)
