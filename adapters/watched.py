"""The engine under watch: each command is counted and logged, with its id and never its content."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from opentelemetry.trace import SpanKind, get_current_span
from structlog.contextvars import bound_contextvars

from adapters.database import Unavailable
from adapters.engine import Engine
from adapters.log import Log
from adapters.metrics import Metrics
from domain.messages import Command, Context, tag_of
from domain.refusals import Refused, Stale

logger = logging.getLogger("countersign.commands")
Asked = Sequence[tuple[Command, Context]]


class WatchedEngine(Engine):
    def __init__(self, log: Log, woken: Callable[[], None], metrics: Metrics) -> None:
        super().__init__(log, woken)
        self._metrics = metrics

    def execute_all(self, asked: Asked, seen: Mapping[UUID, int] | None = None) -> bool:
        """As the engine does. Of several commands that are refused, one is to blame."""
        ids = dict.fromkeys(str(context.stamp.command_id) for _, context in asked)
        with (
            bound_contextvars(command_id=" ".join(ids)),
            self._metrics.span("command", SpanKind.INTERNAL) as span,
        ):
            span.set_attribute("countersign.command_id", [*ids])
            try:
                news = super().execute_all(asked, seen)
            except Refused as refused:
                blamed = [one for one in asked if one[0] is refused.command]
                self._told(blamed or asked, "refused", [one.rule for one in refused.refusals])
                raise
            except Exception as error:
                self._told(asked, OUTCOMES.get(type(error), "failed"))
                raise
            self._told(asked, "recorded" if news else "repeated")
            return news

    def _told(self, asked: Asked, outcome: str, rules: Sequence[str] = ()) -> None:
        for rule in rules:
            self._metrics.refusals.labels(rule).inc()
        for command, context in asked:
            kind = tag_of(type(command))
            get_current_span().set_attributes(
                {"countersign.kind": kind, "countersign.outcome": outcome}
            )
            self._metrics.commands.labels(kind, outcome).inc()
            told = {"kind": kind, "outcome": outcome, "rules": [*rules]}
            with bound_contextvars(command_id=str(context.stamp.command_id)):
                logger.info("command", extra=told)


OUTCOMES: dict[type[Exception], str] = {Stale: "stale", Unavailable: "unavailable"}
