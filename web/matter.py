"""What a report is decided on: all that the page says of it, worked out from the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from adapters.asof import TheRecord
from domain.closed import owned
from domain.deciding import why_not_agree, why_not_by_decider, why_not_weigh
from domain.delegation import stream_of
from domain.messages import Actor, Aggregate, Context
from domain.procurement import Procurement, granting
from domain.refusals import Refusal
from domain.reported import Report
from domain.routes import way_of, whose_decision
from domain.values import procurement_id
from projections.standing import NOBODY
from web.balance import Balance, balance_of, budgets_of, why_not_all
from web.routes.procurements import asked_by


class Matter(NamedTuple):
    """``context`` is of whoever decides, or records what a body decided."""

    p: Procurement
    report: Report
    context: Context
    seat: Actor
    body: str | None
    closed: bool
    """Whether closed figures and names are shown in it."""
    balance: Balance | None
    barred: Sequence[Refusal]
    """Why they decide nothing here, whatever the report asks for."""
    against_all: Sequence[Refusal]
    against: Mapping[str, Sequence[Refusal]]
    """What stands against agreeing to each recommendation, by its letter."""
    rests_on: Mapping[UUID, Aggregate]
    """Everything that it was worked out from, by its stream."""

    def closed_streams(self) -> Iterator[UUID]:
        """Whose closed values are among what it was worked out from."""
        return (stream for stream, there in self._closed() if there)

    def erased_streams(self) -> Iterator[UUID]:
        """Whose closed values would be, but were erased or never sealed."""
        return (stream for stream, there in self._closed() if not there)

    def _closed(self) -> Iterator[tuple[UUID, bool]]:
        for stream, aggregate in self.rests_on.items():
            for value, owner in owned(aggregate):
                yield procurement_id(owner) if owner else stream, value.value is not None


def matter_of(
    record: TheRecord,
    p: Procurement,
    report: Report,
    context: Context,
    seat: Actor | None,
    *,
    closed: bool,
) -> Matter:
    """Without a seat it is of somebody who only reads. ``closed`` says what may be shown."""
    body = body_of(report, p, context)
    acting = asked_by(seat, context) if seat else context
    balance = balance_of(record, report.under, context, closed=closed) if report.under else None
    behind = budgets_of(record, report, p)
    rests_on: dict[UUID, Aggregate] = {procurement_id(p.reference): p, **behind}
    if report.under and balance:
        rests_on[granting(report.under)] = balance.source
        rests_on[stream_of(report.under)] = balance.one
    by_rule = list(why_not_by_decider(report.id, p, acting, body)) if seat else []
    unseen = list(why_not_weigh(report, rests_on.values(), acting))
    return Matter(
        p=p,
        report=report,
        context=acting,
        seat=seat or NOBODY,
        body=body,
        closed=closed,
        balance=balance,
        barred=by_rule or unseen,
        against_all=[] if unseen else why_not_all(report, p, balance, behind, context),
        against={} if unseen else why_not_agree(report, p, context),
        rests_on=rests_on,
    )


def body_of(report: Report, p: Procurement, context: Context) -> str | None:
    """The body whose resolution is recorded, where one decides."""
    way = way_of(report, p, context)
    return way.decided_by if way and context.offices.is_body(way.decided_by) else None


def deciding_posts(report: Report, p: Procurement, context: Context) -> tuple[str, ...]:
    """Who decides it, or records what a body decides."""
    return whose_decision(report, p, context)[0]
