"""What the rules let through as an exception: gateways waived, direct awards, no standstill."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from domain.decided import DecisionTaken
from domain.effects import AwardContract
from domain.gateways import GatewayWaived
from domain.short_notice import GeneralExceptionNotified, SpecialUrgencyAgreed
from domain.urgency import UrgencyAgreed
from domain.wording import lettered
from projections.question import Case, Found, Question, Step, found_at


def waived(case: Case) -> Iterator[Found]:
    for step in case.steps:
        if told := _of_event(step, case):
            yield found_at(step, case, *told)
        if isinstance(step.event, DecisionTaken):
            yield from _direct_awards(step, step.event, case)


def _of_event(step: Step, case: Case) -> tuple[str, str] | None:
    offices = case.rules(step).offices
    match step.event:
        case GatewayWaived(gateway=gateway, reason=reason):
            return f"Gateway “{gateway}” was waived: {reason.rstrip('.')}.", "L1"
        case UrgencyAgreed(agreed_by=by, because=because):
            says = f"{offices.title(by)} agreed that the decision cannot wait for call-in"
            return f"{says}: {because.rstrip('.')}.", "D10"
        case SpecialUrgencyAgreed(agreed_by=by, reasons=reasons):
            says = f"{offices.title(by)} agreed that the key decision is specially urgent"
            return f"{says}: {reasons.rstrip('.')}.", "D4"
        case GeneralExceptionNotified(reasons=reasons):
            says = "The key decision was announced under the general exception"
            return f"{says}: {reasons.rstrip('.')}.", "D3"
    return None


def _direct_awards(step: Step, event: DecisionTaken, case: Case) -> Iterator[Found]:
    for one in event.resolutions:
        award = one.effect
        if one.agreed and isinstance(award, AwardContract) and award.direct:
            ground = f"on this ground: {award.ground.rstrip('.')}" if award.ground else ""
            says = f"Resolution {lettered(one.label)} awards the contract to {award.supplier} "
            says += f"without competition, {ground or 'and names no legal ground'}."
            lacks = any(noted.rule == "L2" for noted in step.recorded.stamp.irregularities)
            yield replace(found_at(step, case, says, "L2"), irregular=lacks and not award.ground)


QUESTION = Question(
    "waivers",
    "Exceptions and waivers",
    "Gateways that were waived, contracts awarded without competition, key decisions at short "
    "notice, and decisions that did not wait for call-in.",
    "every waiver of a gateway, every resolution that awards a contract, and every agreement that "
    "something was urgent",
    waived,
)
