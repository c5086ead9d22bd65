"""Metrics and health on a port of their own, for who keeps the processes running."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST

from adapters.database import Unavailable
from adapters.house import House
from adapters.metrics import Metrics
from adapters.readiness import missing

JSON = "application/json"


class Probes(ThreadingHTTPServer):
    """Answers /metrics, /health/live and /health/ready."""

    def __init__(self, address: tuple[str, int], house: House, metrics: Metrics) -> None:
        self.house, self.metrics = house, metrics
        try:
            super().__init__(address, Asked)
        except OSError as error:
            where = f"port {address[1]} for metrics"
            raise Unavailable(f"{where} cannot be listened on: {error.strerror}") from None

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, kind and body."""
        if path == "/metrics":
            return 200, CONTENT_TYPE_LATEST, self.metrics.text()
        if path == "/health/live":
            return 200, JSON, b'{"live":true}'
        if path == "/health/ready":
            found = missing(self.house)
            body = json.dumps({"ready": not found, "missing": found}, separators=(",", ":"))
            return (503 if found else 200), JSON, body.encode()
        return 404, "text/plain", b"There is /metrics, /health/live and /health/ready here.\n"


class Asked(BaseHTTPRequestHandler):
    server: Probes

    def do_GET(self) -> None:
        status, kind, body = self.server.answer(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Asked every few seconds: not logged."""


@contextmanager
def listening(host: str, port: int | None, house: House, metrics: Metrics) -> Iterator[None]:
    """Answers meanwhile, in threads of its own; without a port nothing listens."""
    if port is None:
        yield
        return
    with Probes((host, port), house, metrics) as found:
        threading.Thread(target=found.serve_forever, name="probes", daemon=True).start()
        try:
            yield
        finally:
            found.shutdown()
