"""Requests under watch: each has an id, is logged when it has been answered, and is measured."""

from __future__ import annotations

import logging
import re
from time import perf_counter
from uuid import uuid4

from opentelemetry.trace import SpanKind
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from adapters.metrics import Metrics

logger = logging.getLogger("countersign.requests")
HEADER = "X-Request-ID"
SANE = re.compile(rb"[A-Za-z0-9_-]{8,64}")
QUIET = ("/health/live", "/health/ready")
"""Asked for every few seconds."""
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


def watched(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """The application, with an id on every answer. Addresses are told by their route only."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request_id, began = _id_of(scope), perf_counter()
        status, taken = 500, None

        async def named(message: Message) -> None:
            nonlocal status, taken
            if message["type"] == "http.response.start":
                status, taken = message["status"], perf_counter() - began
                header = (HEADER.lower().encode(), request_id.encode())
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        with (
            bound_contextvars(request_id=request_id),
            metrics.span("request", SpanKind.SERVER, _trace_of(scope)) as span,
        ):
            try:
                await app(scope, receive, named)
            finally:
                taken = perf_counter() - began if taken is None else taken
                method = scope["method"] if scope["method"] in METHODS else "other"
                route = _route_of(scope)
                metrics.requests.labels(method, route, status).observe(taken)
                told = {"method": method, "route": route, "status": status}
                span.update_name(f"{method} {route}")
                span.set_attributes({"http.route": route, "http.response.status_code": status})
                span.set_attribute("countersign.request_id", request_id)
                level = logging.DEBUG if route in QUIET else logging.INFO
                logger.log(level, "request", extra={**told, "seconds": round(taken, 4)})

    return answer


def _id_of(scope: Scope) -> str:
    """The one that the sender gave, where it is a plain word; else a new one."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    return given.decode() if SANE.fullmatch(given) else uuid4().hex


def _trace_of(scope: Scope) -> str:
    """The trace that the request belongs to, as its sender says."""
    return str(dict(scope["headers"]).get(b"traceparent", b"").decode("latin-1"))


def _route_of(scope: Scope) -> str:
    """Of what is not among the routes nothing is told: people can write there what they like."""
    return str(getattr(scope.get("route"), "path", None) or "none")
