"""Where a report's way through a gateway stands: on record, or still to be planned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.constitution import Gateway
from domain.effects import Effect, Kind
from domain.gateways import passes
from domain.outline import Outline
from domain.procurement import Procurement
from domain.reported import Report
from domain.routes import Way, way_of
from domain.schedule import Days, Node


def reports_at(gateway: Gateway, p: Procurement) -> list[Report]:
    """The reports at a gateway, and those that pass it together with a later one."""
    return [one for one in p.reports.values() if gateway.id in (one.gateway, *one.combines)]


class Passage:
    """A report's way through a gateway, as far as it is on record and from there on.

    ``after`` are the steps that it waits for. Where one gateway is passed several times, ``effect``
    says for what, and ``key`` is what its steps are called by.
    """

    def __init__(
        self,
        o: Outline,
        gateway: Gateway,
        after: Iterable[str],
        *,
        effect: Effect | None = None,
        key: str = "",
    ) -> None:
        self.o, self.gateway, self.after, self.key = o, gateway, tuple(after), key or gateway.id
        reports, decisions = reports_at(gateway, o.p), o.p.decisions.values()
        seen = [
            one for one in reports if effect in (None, *(r.effect for r in one.recommendations))
        ]
        waits = bool(seen) and seen[-1].state == "open"
        agreed = [d.id for d, _, e in o.p.resolved(Kind) if effect in (None, e)]
        passed = [] if waits else [d for d in decisions if passes(d, gateway, o.p)]
        passed = [one for one in passed if one.id in agreed]
        self.decision = passed[-1] if passed else None
        self.report = seen[-1] if waits else None
        if self.decision:
            self.report = o.p.reports[self.decision.report]
        self.again = waits and any(one.report == seen[-1].id for one in decisions)
        delegated = o.delegated if gateway.asks_for == "award-contract" else None
        self.consultees = delegated.consultees if delegated else ()
        if self.report:
            self.kind = o.rules.decision_class(self.report.decision_class)
            self.way = way_of(self.report, o.p, o.context)
            self.consultees = self.report.consultees
        else:
            self.kind = o.decision_class(gateway, delegated=delegated is not None)
            self.way = Way(delegated.delegate) if delegated else o.way(gateway, self.kind)

    @property
    def open_to_call_in(self) -> bool:
        if self.decision:
            return self.decision.open_to_call_in
        open_ = bool(self.kind and self.kind.call_in and self.o.rules.call_in)
        return open_ and not self.again and not self.o.takes("without-call-in")

    @property
    def ends(self) -> str:
        """The step from which on the decision has effect."""
        return self.id("effect" if self.open_to_call_in else "decision")

    def id(self, step: str) -> str:
        return f"{self.key} {step}"

    def node(self, step: str, title: str, rule: str, why: str, **more: Any) -> Node:
        days: Days = more.pop("days", self.o.working)
        return Node(self.id(step), self.gateway.title, title, rule, why, days, **more)

    def acts(self, do: str, about: str = "") -> tuple[tuple[str, str], ...]:
        return ((do, f"{self.report.id} {about}".strip()),) if self.report else ()
