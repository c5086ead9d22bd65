"""Answers to the recommendations of a report, and the resolutions that they make."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from domain.award import why_not_effect, why_not_over_budget
from domain.conditions import why_not_award_yet
from domain.constitution import Gateway
from domain.effects import AwardContract, Effect, ExtendContract, Kind, VaryContract
from domain.gateways import FITTING
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Outcome, Resolution
from domain.refusals import Refusal
from domain.reported import Report
from domain.values import Text
from domain.wording import lettered, listed


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What the decision maker answers to one recommendation, named by its letter.

    ``wording`` and ``effect`` are given where it is agreed as amended.
    """

    label: Text
    outcome: Outcome
    reason: str = ""
    wording: str = ""
    effect: Effect | None = None


def why_not_answers(
    answers: tuple[Answer, ...], report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Each recommendation is answered once, with what its answer takes (D8)."""
    asked, answered = labels(report, procurement), [one.label for one in answers]
    if sorted(asked) != sorted(answered):
        yield Refusal("C1", f"Answer each recommendation once: {listed(asked)}")
    for one in answers:
        if one.outcome == "agreed-as-amended" and not one.wording:
            yield Refusal("D8", f"({one.label}) Give the wording as amended")
        if one.outcome not in ("agreed", "noted") and not one.reason:
            yield Refusal("D8", f"({one.label}) Give a reason: it is not agreed as it stands")
        if one.outcome != "agreed-as-amended" and (one.wording or one.effect):
            yield Refusal("C1", f"({one.label}) Only what is amended has another wording")
        yield from _why_not_effect(one, report, procurement, context)
    yield from _why_not_together(answers, report, procurement, context)
    agreed = [one for one in resolutions(answers, report) if one.agreed]
    mine = [one.effect for one in agreed if one.about in (None, procurement.reference)]
    awards = [one for one in mine if isinstance(one, AwardContract)]
    yield from why_not_over_budget(awards, procurement, context)
    if awards:
        yield from why_not_award_yet(procurement)


def _why_not_together(
    answers: tuple[Answer, ...], report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A later gateway is not passed where the earlier one in the same report is not (L1)."""

    def agreed(gateway: Gateway) -> bool:
        return _agrees(FITTING[gateway.asks_for][0], answers, report, procurement)

    rules = context.constitution
    last = rules.gateway(report.gateway)
    if last is None or not agreed(last):
        return
    for earlier in filter(None, map(rules.gateway, report.combines)):
        if earlier.id not in procurement.waived and not agreed(earlier):
            reason = f"The same report passes “{earlier.title}”: agree to it too, or to neither"
            yield Refusal("L1", reason, provenance=earlier.provenance)


def _agrees(
    kind: type[Kind], answers: tuple[Answer, ...], report: Report, procurement: Procurement
) -> bool:
    """Whether an effect of a kind is agreed for this procurement, now or before a call-in."""
    now = any(
        one.agreed and one.about in (None, procurement.reference) and isinstance(one.effect, kind)
        for one in resolutions(answers, report)
    )
    return now or any(d.report == report.id for d, _, _ in procurement.resolved(kind))


def why_not_amended(answers: tuple[Answer, ...], report: Report) -> Iterable[Refusal]:
    """Consultees were asked about the award as put up: nothing beyond it is agreed (G2)."""
    asked = {one.label: one.effect for one in report.recommendations}
    for one in answers if report.consultees else ():
        before, after = asked.get(one.label), one.effect
        if isinstance(before, AwardContract) and isinstance(after, AwardContract):
            spend = before.amount.in_total(before.months), after.amount.in_total(after.months)
            more = None in spend or (spend[1] or 0) > (spend[0] or 0)
            longer = after.months > before.months or after.extensions != before.extensions
            if more or longer or after.supplier != before.supplier:
                reason = f"{lettered(one.label)} The consultees were asked about another award"
                yield Refusal("G2", f"{reason}: put it up again, and ask them again")
        elif isinstance(after, VaryContract | ExtendContract) and after != before:
            reason = f"{lettered(one.label)} The consultees were asked about another change"
            yield Refusal("G2", f"{reason}: put it up again, and ask them again")


def labels(report: Report, procurement: Procurement) -> list[str]:
    """The letters to answer: all, or after a call-in those that were referred back (D10)."""
    every = [one.label for one in report.recommendations]
    earlier = procurement.decided(report.id)
    call = earlier[-1].called_in if earlier else None
    return [one for one in every if one in call.resolutions] if call else every


def _why_not_effect(
    answer: Answer, report: Report, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What is agreed must be lawful today, as it stands or as it was amended."""
    found = next((one for one in report.recommendations if one.label == answer.label), None)
    mine = found is not None and found.about in (None, procurement.reference)
    asked = found.effect if found else None
    effect = answer.effect or asked
    if effect and type(effect) is not type(asked):
        yield Refusal("C1", f"({answer.label}) An amendment keeps to what was asked for")
    elif effect and answer.outcome.startswith("agreed") and mine:
        yield from why_not_effect(effect, report.decision_class, procurement, context)


def resolutions(answers: tuple[Answer, ...], report: Report) -> list[Resolution]:
    """What was resolved on each recommendation that is answered."""
    given = {one.label: one for one in answers}
    return [
        Resolution(
            asked.label,
            given[asked.label].outcome,
            given[asked.label].wording or asked.text,
            given[asked.label].effect or asked.effect,
            given[asked.label].reason,
            asked.about,
        )
        for asked in report.recommendations
        if asked.label in given
    ]
