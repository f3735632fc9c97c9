"""What the server tells of itself: counters for Prometheus at /metrics, and a line per answer."""

from __future__ import annotations

import logging
import time

from flask import Blueprint, Flask, Response, current_app, g, make_response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import generate_latest

blueprint = Blueprint("metrics", __name__)

log = logging.getLogger("webui.access")

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Count the answers of one application by endpoint, method and status, and time them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "archive_http_answers", "Answers given.", ["endpoint", "method", "status"],
            registry=self.registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "archive_http_seconds", "Seconds to an answer.", ["endpoint"],
            buckets=BUCKETS_S, registry=self.registry,
        )  # fmt: skip


def init_app(app: Flask) -> None:
    """Count every answer, and log it as common web servers do."""
    metrics = app.extensions["metrics"] = Metrics()

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        # By endpoint, not by address: addresses have no end, and hold what people look for.
        endpoint = request.endpoint or "none"
        metrics.answers.labels(endpoint, request.method, response.status_code).inc()
        metrics.seconds.labels(endpoint).observe(seconds)
        log.info(
            '%s "%s %s" %s %s %.3f', request.remote_addr, request.method,
            request.full_path.rstrip("?").encode("unicode_escape").decode(),
            response.status_code, response.content_length or 0, seconds,
        )  # fmt: skip
        return response


@blueprint.get("/metrics")
def show() -> Response:
    """Give the counters in Prometheus' text format."""
    metrics: Metrics = current_app.extensions["metrics"]
    response = make_response(generate_latest(metrics.registry))
    response.headers["Content-Type"] = CONTENT_TYPE_LATEST
    return response
