"""What is counted and measured, in the form that Prometheus reads, and traced: of one process."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from opentelemetry.propagate import extract
from opentelemetry.trace import NoOpTracer, Span, SpanKind, Tracer
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool

from adapters.database import Unavailable
from adapters.house import House
from adapters.lag import lags


class Metrics:
    """Counters of one process. Labels are of the product's own making, never what people write."""

    def __init__(self) -> None:
        self.tracer: Tracer = NoOpTracer()
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.commands = Counter(
            "countersign_commands",
            "Commands asked for, by what became of them.",
            ["kind", "outcome"],
            registry=self.registry,
        )
        self.refusals = Counter(
            "countersign_refusals",
            "Reasons why a command was refused, by the rule that each rests on.",
            ["rule"],
            registry=self.registry,
        )
        self.requests = Histogram(
            "countersign_request_seconds",
            "From the start of a request to the start of its answer.",
            ["method", "route", "status"],
            registry=self.registry,
        )

    def tell_of(self, house: House) -> None:
        """Read models and connections are looked at whenever somebody asks."""
        self.registry.register(Standing(house))

    @contextmanager
    def span(self, name: str, kind: SpanKind, traceparent: str = "") -> Iterator[Span]:
        """A span of a trace. Exceptions are not kept in it: they may quote people."""
        within = extract({"traceparent": traceparent}) if traceparent else None
        with self.tracer.start_as_current_span(
            name, within, kind, record_exception=False, set_status_on_exception=False
        ) as found:
            yield found

    def text(self) -> bytes:
        return generate_latest(self.registry)


class Standing(Collector):
    """How far the read models are behind, what is parked, and how the pool is used."""

    def __init__(self, house: House) -> None:
        self._house = house

    def describe(self) -> list[Metric]:
        """Nothing: registering asks the database nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield self._connections()
        try:
            found = list(self._read_models())
        except Unavailable:
            found = []
        yield _gauge("database_up", "Whether the database can be read.", bool(found))
        yield from found

    def _read_models(self) -> Iterator[Metric]:
        behind = lags(self._house)
        events = _by_name("projection_lag_events", "Events that a read model has not seen.")
        seconds = _by_name("projection_lag_seconds", "Age of the oldest of them.")
        parked = _by_name("parked_streams", "Streams of which an event could not be applied.")
        for name, lag in behind.items():
            events.add_metric([name], lag.events)
            seconds.add_metric([name], lag.seconds)
            parked.add_metric([name], len(self._waiting(name)))
        yield from (events, seconds, parked)
        latest = self._house.seals.latest()
        unsealed = self._house.log.last_position() - (latest.size if latest else 0)
        yield _gauge("unsealed_events", "Events that no checkpoint is about yet.", unsealed)
        found = self._house.deliveries.backlog()
        yield _gauge("deliveries_waiting", "Deliveries that were not taken yet.", found.waiting)
        yield _gauge("deliveries_parked_lanes", "Lanes that wait for somebody.", found.parked)
        yield _gauge("deliveries_oldest_seconds", "Age of the oldest that waits.", found.seconds)
        yield _gauge("endpoints_failing", "Endpoints that took nothing lately.", found.failing)

    def _waiting(self, name: str) -> Collection[UUID]:
        house = self._house
        return house.outbox.unread() if name == "outbox" else house.runners[name].parked()

    def _connections(self) -> Metric:
        found = _by_name("pool_connections", "Connections to the database.", "state")
        pool = self._house.database.engine.pool
        if isinstance(pool, QueuePool):
            found.add_metric(["in_use"], pool.checkedout())
            found.add_metric(["idle"], pool.checkedin())
        return found


def _by_name(name: str, about: str, label: str = "projection") -> GaugeMetricFamily:
    return GaugeMetricFamily(f"countersign_{name}", about, labels=[label])


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"countersign_{name}", about, value=value)
