"""Traces, where OpenTelemetry's own environment asks for them and the extra ``otel`` is there."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from adapters.metrics import Metrics

ASKED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
FLUSH_SECONDS = 2
"""How long the last spans may take to be sent when the process ends."""

logger = logging.getLogger("countersign.traces")


@contextmanager
def tracing(metrics: Metrics) -> Iterator[None]:
    """Sends the spans of this process away meanwhile; without the extra or an address nothing."""
    if not any(os.environ.get(one) for one in ASKED):
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        logger.warning("traces are asked for, but countersign[otel] is not installed")
        yield
        return
    name = os.environ.get("OTEL_SERVICE_NAME", "countersign")
    about = Resource.create({"service.name": name})
    provider = TracerProvider(resource=about, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    # Not for the whole process: FastAPI would send addresses as they were typed.
    metrics.tracer = provider.get_tracer("countersign")
    try:
        yield
    finally:
        sending = threading.Thread(target=provider.shutdown, daemon=True)
        sending.start()
        sending.join(FLUSH_SECONDS)
