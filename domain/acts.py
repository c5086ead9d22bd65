"""What may happen next in a procurement, whose it is, and every reason why not yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from domain.award import FITTING
from domain.call_in import why_not_call_in, why_not_close_call_in
from domain.constitution import Gateway
from domain.contract import why_not_publish_contract, why_not_sign, why_not_start_phase
from domain.decisions import why_not_decide
from domain.effects import AuthoriseProcurement, AwardContract, ReleasePhase
from domain.market import why_not_evaluate, why_not_invite
from domain.messages import Context
from domain.notices import why_not_notice
from domain.opening import why_not_abandon
from domain.plans import asked, first_milestone, in_effect_since, missing_authority, planned
from domain.procurement import Procurement
from domain.publication import why_not_publish_decision
from domain.record import Report
from domain.refusals import ABSOLUTE, Refusal
from domain.reports import (
    route_of,
    why_not_gateway,
    why_not_publish_report,
    why_not_withdraw,
)
from domain.standstill import last_day_to_send, why_not_send_notices

NOTICE = "publish-key-decision-notice"


class Act(Struct, frozen=True):
    """Something that may be done: its command, whose it is and why, and what stands against it.

    ``subject`` says which report, decision, gateway or phase. ``awaited`` is false for what may be
    done but nobody waits for. ``since`` and ``due`` are London days.
    """

    do: str
    title: str
    posts: tuple[str, ...]
    whose: str
    since: date
    subject: str = ""
    refusals: tuple[Refusal, ...] = ()
    awaited: bool = True
    due: date | None = None
    due_because: str = ""

    @property
    def opens(self) -> date | None:
        """The day from which time alone will have removed every reason against it."""
        days = [one.cured_on for one in self.refusals if one.cured_on]
        return max(days) if days and len(days) == len(self.refusals) else None

    @property
    def waits_for_time_only(self) -> bool:
        return not self.refusals or self.opens is not None


def next_acts(procurement: Procurement, context: Context) -> list[Act]:
    """Everything that could be done next, in the order of a case; nobody's post is asked for."""
    if not procurement.version or procurement.abandoned:
        return []
    candidates = _Candidates(procurement, context)
    return [
        one
        for one in candidates.all()
        if not any(refusal.rule in ABSOLUTE for refusal in one.refusals)
    ]


class _Candidates:
    """Acts that some state of a case knows, whether or not this case is in it."""

    def __init__(self, procurement: Procurement, context: Context) -> None:
        self.p, self.context = procurement, context
        self.now = procurement.last_on or context.day

    def all(self) -> Iterator[Act]:
        yield from self.reports()
        yield from self.decisions()
        yield from self.market()
        yield from self.award()
        yield from self.again()
        yield from self.contract()
        yield from self.papers()
        refusals = why_not_abandon(self.p)
        yield self.act("abandon-procurement", "Abandon the procurement", refusals, awaited=False)

    def act(
        self,
        do: str,
        title: str,
        refusals: Iterable[Refusal],
        subject: object = "",
        *,
        since: date | None = None,
        awaited: bool = True,
        due: tuple[date | None, str] = (None, ""),
    ) -> Act:
        duty = self.context.constitution.duty(do)
        posts, whose = (duty.posts, duty.provenance) if duty else ((), "")
        why, begun = tuple(refusals), since or self.now
        return Act(do, title, posts, whose, begun, str(subject), why, awaited, *due)

    def reports(self) -> Iterator[Act]:
        if report := self.p.open_report:
            refusals = why_not_decide(report.id, self.p, self.context)
            title, since = f"Decide the report “{report.title}”", report.on.read_as
            decide = self.act("take-decision", title, refusals, report.id, since=since)
            day, because = first_milestone(report)
            route = route_of(report.gateway, report.decision_class, self.p, self.context)
            posts = (route.decided_by,) if route else ()
            whose = route.provenance if route else ""
            yield replace(decide, posts=posts, whose=whose, due=day, due_because=because)
            kind = self.context.constitution.decision_class(report.decision_class)
            if kind and kind.key:
                refusals = why_not_notice(report.gateway, self.p, self.context)
                title = "Publish the notice of a key decision"
                yield self.act(NOTICE, title, refusals, report.gateway, since=since)
            refusals = why_not_withdraw(report.id, self.p)
            title = "Withdraw the report"
            yield self.act(
                "withdraw-report", title, refusals, report.id, since=since, awaited=False
            )

    def papers(self) -> Iterator[Act]:
        for one in self.p.reports.values():
            refusals, title = why_not_publish_report(one.id, self.p), f"Publish “{one.title}”"
            since = one.on.read_as
            yield self.act("publish-report", title, refusals, one.id, since=since, awaited=False)

    def decisions(self) -> Iterator[Act]:
        for one in self.p.decisions.values():
            if one.replaced:
                continue
            since = one.on.read_as
            refusals = why_not_publish_decision(one.id, self.p)
            title = f"Publish the decision on “{self.p.reports[one.report].title}”"
            yield self.act("publish-decision", title, refusals, one.id, since=since)
            refusals = why_not_close_call_in(one.id, self.p)
            title = "Record what became of the call-in"
            since = one.called_in.on if one.called_in else since
            yield self.act("close-call-in", title, refusals, one.id, since=since)
            if not (calls := list(why_not_call_in(one.id, self.p, self.context))):
                due = (one.window.last_day if one.window else None, "the window closes")
                title = "Record a call-in"
                yield self.act("record-call-in", title, calls, one.id, awaited=False, due=due)

    def market(self) -> Iterator[Act]:
        authorised = list(self.p.resolved(AuthoriseProcurement))
        if authorised:
            decision, resolution, _ = authorised[-1]
            since = in_effect_since(decision, resolution)
            refusals = why_not_invite(self.p, self.context)
            title, due = "Record the invitation to tender", planned("invite-tenders", self.p)
            yield self.act("invite-tenders", title, refusals, since=since, due=due)
        if self.p.tender:
            since = self.p.tender.closes + timedelta(days=1)
            refusals = why_not_evaluate(self.p, self.context)
            title = "Record the evaluation of tenders"
            yield self.act("record-evaluation", title, refusals, since=since)
        if self.p.evaluation:
            due = self._last_notice()
            refusals = why_not_send_notices(self.p, self.context)
            title, since = "Record the award notices", self.p.evaluation.on
            yield self.act("send-award-notices", title, refusals, since=since, due=due)

    def _last_notice(self) -> tuple[date | None, str]:
        if self.p.term is None:
            return None, ""
        day = last_day_to_send(self.p.term.starts, "electronic", self.context.calendar)
        return day, "after later notices the standstill outlasts the planned start"

    def award(self) -> Iterator[Act]:
        if self.p.evaluation and not asked(AwardContract, self.p):
            gateway = self.context.constitution.gateway_for("award-contract")
            title = "Put up the report on the award"
            yield from self.put_up(gateway, title, self.p.evaluation.on)

    def again(self) -> Iterator[Act]:
        """A report that was withdrawn or not agreed may come back in a new version."""
        for gateway in self.context.constitution.gateways:
            seen = [one for one in self.p.reports.values() if one.gateway == gateway.id]
            if not seen or seen[-1].state == "open":
                continue
            if seen[-1].state == "withdrawn" or not self.agreed(gateway, seen[-1]):
                title = f"Put up a new version of “{seen[-1].title}”"
                yield from self.put_up(gateway, title, self.now)

    def agreed(self, gateway: Gateway, report: Report) -> bool:
        """Whether what the gateway is there for was agreed on a report, and is enough."""
        agreed = [
            one.effect
            for d in self.p.decisions.values()
            for one in d.resolutions
            if d.report == report.id and not d.replaced and one.agreed
        ]
        enough = gateway.asks_for != "authorise-procurement" or not missing_authority(self.p)
        return enough and any(isinstance(one, FITTING[gateway.asks_for][0]) for one in agreed)

    def put_up(self, gateway: Gateway | None, title: str, since: date) -> Iterator[Act]:
        if gateway:
            refusals = why_not_gateway(gateway.id, self.p, self.context)
            yield self.act("put-up-report", title, refusals, gateway.id, since=since)

    def contract(self) -> Iterator[Act]:
        awards = list(self.p.resolved(AwardContract))
        if awards or self.p.evaluation:
            since = in_effect_since(awards[-1][0], awards[-1][1]) if awards else self.now
            due = (awards[-1][2].starts, "the contract should start") if awards else (None, "")
            refusals = why_not_sign(self.p, self.context)
            yield self.act("sign-contract", "Sign the contract", refusals, since=since, due=due)
        if self.p.contract is None:
            return
        signed, starts = self.p.contract.signed.read_as, self.p.contract.term.starts
        refusals = why_not_publish_contract(self.p)
        yield self.act("publish-contract", "Publish the contract", refusals, since=signed)
        for phase in range(1, len(self.p.phases) + 1):
            refusals = why_not_start_phase(phase, self.p, self.context)
            since = max([starts, *(d.on.read_as for d in self.p.decisions.values())])
            yield self.act("start-phase", f"Start phase {phase}", refusals, phase, since=since)
            if phase - 1 in self.p.started and ReleasePhase(phase) not in asked(
                ReleasePhase, self.p
            ):
                gateway = self.context.constitution.gateway_for("release-phase")
                title = f"Put up the report on the release of phase {phase}"
                yield from self.put_up(gateway, title, self.p.started[phase - 1].read_as)
