"""Sends text packed to readers who can unpack it: an article travels in a fifth of its size."""

from __future__ import annotations

import gzip

from flask import Response, request

PACKED = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
LEAST = 1_000  # bytes; less is not worth it


def pack(response: Response) -> None:
    """Pack a whole answer with gzip where the reader accepts it.

    Call before the ETag is made: packed and plain are two representations. The same text packs
    to the same bytes.
    """
    if not (response.mimetype or "").startswith(PACKED):
        return
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or response.status_code != 200:
        return
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= LEAST:
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
