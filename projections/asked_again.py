"""What rules say against a step that is on record: its guards, asked again under any rules.

Asked is what a constitution may answer otherwise, or the day on which an earlier decision takes
effect. Who decides, and who may do what, are compared by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import TypeVar

from domain.award import why_not_effect
from domain.call_in import DecisionCalledIn, RecordCallIn
from domain.case_command import ProcurementCommand
from domain.contract import ContractSigned, PhaseStarted, SignContract, why_not_start_phase
from domain.decided import DecisionTaken
from domain.engagement import MarketEngagementOpened, why_not_engage
from domain.extension import ContractExtended, why_not_take_up
from domain.gateways import GatewayWaived, WaiveGateway
from domain.in_private import why_not_in_private
from domain.market import TendersInvited, why_not_invite
from domain.meeting import why_not_on_agenda
from domain.messages import Context, Event
from domain.procurement import Procurement, others
from domain.recommending import RecommendationMade
from domain.refusals import Refusal
from domain.reports import PutUpReport, ReportPutUp
from domain.routes import why_not_delegated
from domain.signing import why_not_sign
from domain.values import procurement_id

C = TypeVar("C", bound=ProcurementCommand)


@singledispatch
def refusals(event: Event, before: Procurement, context: Context) -> Iterable[Refusal]:
    """Nothing, for a step of which a constitution says no more than whose duty it is."""
    return ()


@refusals.register
def _(event: ReportPutUp, before: Procurement, context: Context) -> Iterable[Refusal]:
    yield from _command(PutUpReport, event, before).why_not_here(before, context)
    if event.under:
        yield from why_not_delegated(event.decision_class, context)


@refusals.register
def _(event: DecisionTaken, before: Procurement, context: Context) -> Iterable[Refusal]:
    report = before.reports[event.report]
    if not event.replaces:
        yield from why_not_on_agenda(report, event.decided_by, context)
    yield from why_not_in_private(report, event.decided_by, before, context)
    for one in event.resolutions:
        if one.agreed and one.about in (None, before.reference):
            yield from why_not_effect(one.effect, event.decision_class, before, context)


@refusals.register
def _(event: RecommendationMade, before: Procurement, context: Context) -> Iterable[Refusal]:
    return why_not_on_agenda(before.reports[event.report], event.body, context)


@refusals.register
def _(event: DecisionCalledIn, before: Procurement, context: Context) -> Iterable[Refusal]:
    return _command(RecordCallIn, event, before).why_not_here(before, context)


@refusals.register
def _(event: GatewayWaived, before: Procurement, context: Context) -> Iterable[Refusal]:
    command = _command(WaiveGateway, event, before)
    return (*command.why_not_actor(before, context), *command.why_not_here(before, context))


@refusals.register
def _(event: MarketEngagementOpened, before: Procurement, context: Context) -> Iterable[Refusal]:
    return why_not_engage(before, context)


@refusals.register
def _(event: TendersInvited, before: Procurement, context: Context) -> Iterable[Refusal]:
    return why_not_invite(before, context)


@refusals.register
def _(event: ContractSigned, before: Procurement, context: Context) -> Iterable[Refusal]:
    term = event.term
    command = SignContract(
        procurement_id(before.reference), event.supplier, event.amount, term.starts, term.months
    )
    separated = [one for one in command.why_not_actor(before, context) if one.rule == "G6"]
    return (*separated, *why_not_sign(before, context))


@refusals.register
def _(event: ContractExtended, before: Procurement, context: Context) -> Iterable[Refusal]:
    return why_not_take_up(event.option, before, context)


@refusals.register
def _(event: PhaseStarted, before: Procurement, context: Context) -> Iterable[Refusal]:
    return why_not_start_phase(event.phase, before, context)


def _command(kind: type[C], event: Event, before: Procurement) -> C:
    """The command that the event answers, made of what they have in common."""
    shared = set(kind.__struct_fields__) & set(event.__struct_fields__)
    fields = {name: getattr(event, name) for name in shared}
    fields["procurement"] = procurement_id(before.reference)
    if "also" in kind.__struct_fields__:
        fields["also"] = others(_concerned(event, before), before)
    return kind(**fields)


def _concerned(event: Event, before: Procurement) -> Iterable[str]:
    if isinstance(event, ReportPutUp):
        return event.procurements
    decision = before.decisions.get(getattr(event, "decision", None))  # type: ignore[arg-type]
    return decision.procurements if decision else ()
