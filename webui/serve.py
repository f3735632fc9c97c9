"""Serve an archive to browsers, until asked to stop."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from waitress import wasyncore
from waitress.server import create_server

from indexer.errors import ArchiveError
from webui import create_app

GRACE_S = 10.0
_TICK_S = 0.5


def serve(
    archive_dir: str | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 8,
    ready: Callable[[str], None] | None = None,
    **config: Any,
) -> None:
    """Serve the archive until SIGTERM or Ctrl-C; answers under way are finished first.

    ``ready`` is called with the address once it can be opened; port 0 takes any free port.
    Raises ArchiveError when it cannot listen there.
    """
    app = create_app(archive_dir, **config)
    # It warns of every request that waits a moment for a thread.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    try:
        server = create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            clear_untrusted_proxy_headers=True,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        )
    except OSError as error:
        raise ArchiveError(
            f"Cannot listen on {host}, port {port} ({error.strerror}): choose another with --port."
        ) from error
    stop = threading.Event()
    with _signals(stop):
        if ready:
            ready(_address(server))
        while not stop.is_set():
            wasyncore.loop(timeout=_TICK_S, map=sockets, count=1)
    _finish(server, sockets)


@contextlib.contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set ``stop``; only the main thread can, others go without."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _finish(server: Any, sockets: dict[int, Any]) -> None:
    """Take no new connection, finish the answers under way within ``GRACE_S``, close."""
    for listener in [part for part in sockets.values() if getattr(part, "accepting", False)]:
        wasyncore.dispatcher.close(listener)
    deadline = time.monotonic() + GRACE_S
    while time.monotonic() < deadline and any(map(_is_busy, list(sockets.values()))):
        wasyncore.loop(timeout=0.05, map=sockets, count=1)
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets)


def _is_busy(part: Any) -> bool:
    return bool(getattr(part, "requests", None) or getattr(part, "total_outbufs_len", 0))


def _address(server: Any) -> str:
    """Return the address that the server answers at."""
    listening = getattr(server, "effective_listen", None)
    host, port = listening[0] if listening else (server.effective_host, server.effective_port)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
