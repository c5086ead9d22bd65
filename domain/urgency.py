"""Urgency: a decision that cannot wait for call-in, and whose agreement that takes (D10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from msgspec.structs import replace

from domain.acting import not_yours, why_not_in_post
from domain.call_in_rule import Urgency
from domain.case_command import SharedCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.passed_over import NotThere, out_of_order, why_not_passed_over
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.reported import AgreedUrgency, Report
from domain.terms import Undertaking
from domain.values import PostId, Text
from domain.wording import listed

PREJUDICE = "delay would seriously prejudice the council or the public"


class UrgencyAgreed(Event, frozen=True, tag="urgency-agreed/1"):
    report: UUID
    agreed_by: PostId
    because: Text
    passed_over: tuple[NotThere, ...]
    reported_by: PostId | None
    reported_to: PostId | None


def clause(context: Context) -> Urgency | None:
    """The council's rule on urgency, where it has one."""
    rule = context.constitution.call_in
    return rule.urgency if rule else None


def why_not_urgent(report: Report, procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Only what is open to call-in can be exempt from it, and only where the rules know that."""
    kind, rule = (
        context.constitution.decision_class(report.decision_class),
        context.constitution.call_in,
    )
    if not kind or not kind.call_in or procurement.decided(report.id):
        said = "The decision is not open to call-in: there is nothing that it has to be exempt from"
        yield Refusal("D10", said, provenance=rule.provenance if rule else "")
    elif clause(context) is None:
        said = "No rule here exempts an urgent decision from call-in"
        yield Refusal("D10", said, provenance=rule.provenance if rule else "")


def why_not_agree_urgency(
    report: UUID, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A report that waits is agreed to be urgent once."""
    if (found := procurement.reports.get(report)) is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}")
    elif found.urgency:
        yield Refusal("C2", "That it is urgent has been agreed")
    else:
        yield from why_not_urgent(found, procurement, context)


def why_not_agreed(
    urgent: str, report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What is decided as urgent is exempt by rule, and with the agreement that it takes."""
    if not urgent:
        return
    refusals = list(why_not_urgent(report, procurement, context))
    yield from refusals
    rule = clause(context)
    if not refusals and rule and report.urgency is None:
        first, *others = [context.offices.title(one) for one in rule.agreed_by]
        then = f" ({listed(others, 'or')} only where that post cannot)" if others else ""
        reason = f"Urgency takes the agreement of {first}{then}, and none is on record"
        yield Refusal("D10", reason, provenance=rule.provenance)


class AgreeUrgency(SharedCommand, frozen=True, tag="agree-urgency"):
    """Agree that a decision cannot wait for call-in, before it is taken.

    ``because`` says why delay would seriously prejudice the council or the public. Whoever comes
    before ``agreed_by`` in the constitution's order is in ``passed_over``, absent or vacant.
    """

    report: UUID
    agreed_by: PostId
    because: Text
    passed_over: tuple[NotThere, ...] = ()

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_in_post(context)
        duty = context.constitution.duty(self.act())
        posts = (self.agreed_by, *(duty.posts if duty else ()))
        if context.stamp.by.post not in posts:
            yield not_yours(posts, context, duty.provenance if duty else "")

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_agree_urgency(self.report, procurement, context)
        if found := procurement.reports.get(self.report):
            yield from self.why_not_all(found.procurements)
        if rule := clause(context):
            yield from self._why_not_in_order(rule, context)

    def _why_not_in_order(self, rule: Urgency, context: Context) -> Iterable[Refusal]:
        title = context.offices.title
        if self.agreed_by not in rule.agreed_by:
            names = listed([title(one) for one in rule.agreed_by], "or")
            reason = f"{title(self.agreed_by)} does not agree to urgency here: {names} does"
            yield Refusal("D10", reason, provenance=rule.provenance)
            return
        order = (self.agreed_by, rule.agreed_by, self.passed_over, context)
        yield from why_not_passed_over(*order)
        for reason in out_of_order(*order):
            yield Refusal("D10", reason, provenance=rule.provenance)

    def event(self, procurement: Procurement, context: Context) -> Event:
        rule = clause(context)
        told = (rule.reported_by, rule.reported_to) if rule else (None, None)
        return UrgencyAgreed(self.report, self.agreed_by, self.because, self.passed_over, *told)


def to_be_told(procurement: Procurement) -> Iterator[Undertaking]:
    """Whoever has to hear afterwards of decisions that were exempt from call-in."""
    for decision in procurement.decisions.values():
        report = procurement.reports[decision.report]
        agreed = report.urgency
        if decision.urgent and agreed and agreed.reported_by and agreed.reported_to:
            what = f"that “{report.title}” was decided without call-in, and why"
            told = agreed.reported_by, agreed.reported_to
            yield Undertaking(f"{decision.id} urgency", what, *told, decision.on, None, "")


@evolve.register
def _(event: UrgencyAgreed, procurement: Procurement, stamp: Stamp) -> Procurement:
    agreed = AgreedUrgency(
        stamp.on,
        event.agreed_by,
        event.because,
        event.passed_over,
        event.reported_by,
        event.reported_to,
    )
    return with_report(procurement, replace(procurement.reports[event.report], urgency=agreed))
