"""The command that serves the pages."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from indexer.cli.base import Failed, archive_option, engine_options, opened


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any."
)
@click.option(
    "--threads", type=click.IntRange(min=1), default=8, show_default=True, help="Answers at once."
)
@engine_options
@click.option("--log/--no-log", default=True, help="A line on standard error per answer.")
def serve(folder: Path, host: str, port: int, threads: int, search_url: str, log: bool) -> None:
    """Serve the archive as web pages, until Ctrl-C.

    \b
    Example:
      archive serve --port 8080
    """
    from webui.serve import serve as run

    if log:
        logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
        logging.getLogger("opensearch").setLevel(logging.WARNING)
    opened(folder, search_url).close()
    try:
        run(
            folder,
            host,
            port,
            threads,
            ready=lambda url: click.echo(f"Serving {folder} at {url}"),
            SEARCH_URL=search_url,
        )
    except OSError as error:
        raise Failed(
            f"{host}:{port} cannot be listened on ({error.strerror}): choose another --port."
        ) from error


COMMANDS = (serve,)
