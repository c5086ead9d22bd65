"""The council's own rules by which somebody could take a step, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from domain.constitution import Route
from domain.consultation import AnswerConsultation, ConsultationAnswered
from domain.contract import ContractSigned, SignContract
from domain.decided import DecisionTaken
from domain.messages import Context, tag_of
from domain.procurement import Procurement
from domain.provenance import Provenance
from domain.reported import Report
from domain.routes import together
from domain.values import Amount
from domain.wording import listed, pounds
from projections.proof import Ground
from projections.proof_then import Then


def grounds(then: Then) -> Iterator[Ground]:
    """Routes and duties; a delegating resolution is no rule and is told apart from them."""
    event, context = then.event, then.context
    if isinstance(event, DecisionTaken):
        yield from _route(then.before.reports[event.report], then.before, context)
        if context.offices.is_body(event.decided_by):
            yield from _duty("take-decision", "record what a body resolves", context.acting)
    elif isinstance(event, ConsultationAnswered):
        yield from _duty(tag_of(AnswerConsultation), "answer consultations", context)
    elif isinstance(event, ContractSigned):
        yield from _duty(tag_of(SignContract), "sign contracts", context)


def _route(report: Report, before: Procurement, context: Context) -> Iterator[Ground]:
    """Who decides at the gateway; under delegated authority what kind of decision that can be."""
    kind = context.constitution.decision_class(report.decision_class)
    if report.under:
        if kind and kind.under_delegation:
            yield _ground(f"{kind.title}: what is decided under delegated authority", kind)
        return
    value = report.together or together([before], report.recommendations)
    route = context.constitution.route(report.gateway, report.decision_class, value.figure)
    gateway = context.constitution.gateway(report.gateway)
    if route and gateway and kind:
        decides = f"{context.offices.title(route.decided_by)} decides"
        where = f"{gateway.title}, {kind.title.lower()}{_band(route, value)}"
        yield _ground(f"{where}: {decides}{_others(route, context)}", route)


def _band(route: Route, value: Amount) -> str:
    """Between which values the route lies; not said of a value that is exempt."""
    if value.basis == "exempt":
        return ""
    above = f" above {pounds(route.above)}" if route.above else ""
    up_to = f" up to {pounds(route.up_to)}" if route.up_to is not None else ""
    return f",{above}{up_to}" if above or up_to else ""


def _others(route: Route, context: Context) -> str:
    title = context.offices.title
    first = listed([title(one) for one in route.recommended_by])
    after = f", after a recommendation of {first}" if route.recommended_by else ""
    to = (
        f"; a member with an interest hands over to {title(route.hands_over_to)}"
        if (route.hands_over_to)
        else ""
    )
    return f"{after}{to}"


def _duty(act: str, what: str, context: Context) -> Iterator[Ground]:
    if duty := context.constitution.duty(act):
        posts = listed([context.offices.title(one) for one in duty.posts], "or")
        yield _ground(f"{posts} may {what}", duty)


def _ground(says: str, one: Provenance) -> Ground:
    return Ground(says, one.standing, one.where)
