"""What stands against a recommendation or resolution, by what it would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import singledispatch

from domain.conditioned import why_not_conditions
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    Criterion,
    DelegateAuthority,
    Effect,
    ExtendContract,
    ReleasePhase,
    RequireReport,
    total,
)
from domain.extension import why_not_extend
from domain.messages import Context
from domain.opening import why_not_framework
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Amount
from domain.wording import above, counted, figure, short_day


@singledispatch
def why_not_effect(
    effect: Effect, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Whatever a resolution would do must be lawful on the day that it is asked for or made."""
    raise NotImplementedError(type(effect).__name__)


@why_not_effect.register
def _(
    effect: AuthoriseProcurement, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if effect.criteria:
        yield from why_not_weights(effect.criteria)
    yield from why_not_conditions(effect.conditions, context)
    yield from _why_not_social_value(effect, context)
    yield from why_not_framework(procurement.framework, context)
    yield from _why_not_above_value(effect.up_to, procurement)


@why_not_effect.register
def _(
    effect: AwardByLaterDecision, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if context.constitution.decision_class(effect.decision_class) is None:
        yield Refusal("C1", f"There is no decision class “{effect.decision_class}”")


@why_not_effect.register
def _(
    effect: AwardContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    yield from why_not_framework(procurement.framework, context)
    yield from why_not_conditions(effect.conditions, context)
    if any(one.when == "before-award" for one in effect.conditions):
        yield Refusal("L3", "What an award is subject to is met before the signature")
    yield from _why_not_above_value(effect.amount, procurement)
    yield from _why_not_above_budget(effect, procurement, context)
    if effect.amount.figure is None:
        yield Refusal("L2", "An award names its amount")
    if procurement.term and effect.months > procurement.term.months:
        yield Refusal("T1", f"The term is {counted(procurement.term.months, 'month')} at most")
    if procurement.term:
        options = procurement.term.extensions[: len(effect.extensions)]
        if effect.extensions != options:
            yield Refusal("T1", "These are not the options to extend that the term has")
    if procurement.contract:
        yield Refusal("C2", "The contract is signed")
    if effect.direct:
        if not effect.ground:
            yield Refusal("L2", "An award without competition names its legal ground")
        return
    yield from _why_not_instrument(effect, decision_class, procurement, context)
    if procurement.evaluation is None:
        yield Refusal("E1", "No tenders have been evaluated")
        return
    first = procurement.evaluation.ranking[0]
    asked, offered = effect.amount.in_total(effect.months), first.offer.figure
    yield from why_not_erased(first.offer, "price that was offered")
    if effect.supplier not in (first.tenderer, first.name):
        yield Refusal("E1", f"{first.tenderer} scored highest, not {effect.supplier}")
    elif asked is None or (offered is not None and asked > offered):
        most = figure(offered, first.offer) if offered is not None else "an amount not on record"
        yield Refusal("E1", f"{first.tenderer} offered {most}")


@why_not_effect.register
def _(
    effect: ReleasePhase, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if not 1 < effect.phase <= len(procurement.phases):
        number = counted(len(procurement.phases), "phase")
        yield Refusal("C1", f"There is no phase {effect.phase} to release: there are {number}")
    elif effect.phase - 1 not in procurement.started:
        yield Refusal("T3", f"Phase {effect.phase - 1} has not started")


@why_not_effect.register
def _(
    effect: ApprovePlan, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    return ()


@why_not_effect.register
def _(
    effect: ApproveBudget, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    if effect.amount.basis == "unknown":
        yield Refusal("L2", "A budget names its amount")


@why_not_effect.register
def _(
    effect: DelegateAuthority, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    consulted = [one.post for one in effect.consultees]
    posts = [one.id for one in context.offices.posts]
    for post in (effect.delegate, *consulted):
        if post not in posts:
            yield Refusal("C1", f"There is no post “{post}”: authority is delegated to a post")
    if len(set(consulted)) < len(consulted):
        yield Refusal("C2", "A consultee is there twice")
    if consulted and context.constitution.duty("ask-consultees") is None:
        reason = f"No rule of {context.constitution.title} says who asks consultees"
        yield Refusal("G2", f"{reason}: name none, or add the duty first")
    if effect.delegate in consulted:
        yield Refusal("G2", "Nobody is consulted on their own decision")
    if context.offices.is_body(effect.delegate):
        yield Refusal("G1", "Authority is delegated to an officer or member, not to a body")
    yield from why_not_conditions(effect.conditions, context)
    if effect.budget_by and effect.budget_by not in posts:
        yield Refusal("C1", f"There is no post “{effect.budget_by}”: a post sets the budget")
    if effect.budget_by and effect.cap:
        yield Refusal("G1", "The authority has a cap of its own, and no budget is set for it")
    if effect.above_for_first and effect.cap is None:
        yield Refusal("G1", "A share above the cap takes a cap: nothing goes above the budget")
    if effect.expires and effect.expires < context.day:
        yield Refusal("G1", f"The authority would have ended on {short_day(effect.expires)}")


@why_not_effect.register
def _(
    effect: RequireReport, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    posts = [one.id for one in context.offices.posts]
    for post in effect.by, effect.to:
        if post not in posts:
            yield Refusal("C1", f"There is no post “{post}”")


@why_not_effect.register
def _(
    effect: ExtendContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    return why_not_extend(effect.option, procurement, context)


def why_not_weights(criteria: tuple[Criterion, ...]) -> Iterable[Refusal]:
    """The weights of the criteria make up the whole, each criterion once (E1)."""
    together = total(criteria)
    if together != 100:
        yield Refusal("E1", f"The weights come to {together.normalize():f} %, not to 100 %")
    if len({one.name for one in criteria}) < len(criteria):
        yield Refusal("C2", "A criterion is there twice")


def _why_not_social_value(asked: AuthoriseProcurement, context: Context) -> Iterable[Refusal]:
    """What the council's own policy gives social value at least (E2)."""
    policy, given = context.constitution.social_value, asked.social_value or Decimal(0)
    if policy and given < policy.least:
        least = f"Social value counts for {policy.least.normalize():f} % of the overall score"
        reason = f"{least} at least, and the report gives it {given.normalize():f} %"
        yield Refusal("E2", reason, provenance=policy.provenance)


def _why_not_above_value(amount: Amount, procurement: Procurement) -> Iterable[Refusal]:
    months = procurement.term.months if procurement.term else None
    asked, value = amount.in_total(months), procurement.pounds
    if asked is not None and value is not None and asked > value:
        limit = "the procurement's value", value, procurement.value
        yield Refusal("P7", above(asked, [amount], *limit))


def why_not_over_budget(
    awards: Sequence[AwardContract], procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """Several awards of one decision keep to the budget together (P7)."""
    budget = procurement.in_effect(ApproveBudget, context.day)
    if budget is None or len(awards) < 2:
        return
    asked = [one.amount.in_total(one.months) or Decimal(0) for one in awards]
    most = budget.amount.in_total(max(one.months for one in awards))
    if most is not None and sum(asked) > most >= max(asked):
        amounts, together = [one.amount for one in awards], sum(asked, Decimal(0))
        reason = above(together, amounts, "the budget for all awards", most, budget.amount)
        yield Refusal("P7", f"{reason}: it takes a separate report")


def why_not_erased(limit: Amount, what: str) -> Iterable[Refusal]:
    """A limit whose figure was erased limits nothing any more: it has to be set again (P7)."""
    if limit.erased:
        yield Refusal("P7", f"The figure of the {what} was erased: it has to be set again")


def _why_not_above_budget(
    award: AwardContract, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """What is above the budget that was approved takes a report of its own (P7)."""
    budget = procurement.in_effect(ApproveBudget, context.day)
    if budget:
        yield from why_not_erased(budget.amount, "budget")
    asked = award.amount.in_total(award.months)
    most = budget.amount.in_total(award.months) if budget else None
    if budget and asked is not None and most is not None and asked > most:
        reason = above(asked, [award.amount], "the budget", most, budget.amount)
        yield Refusal("P7", f"{reason}: it takes a separate report")


def _why_not_instrument(
    award: AwardContract, decision_class: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A competition was authorised, and the award is of the class that was resolved (G1)."""
    authorised = procurement.in_effect(AuthoriseProcurement, context.day)
    asked = award.amount.in_total(award.months) or Decimal(0)
    if authorised:
        yield from why_not_erased(authorised.up_to, "amount that was authorised")
    if authorised is None:
        yield Refusal("L1", "No decision in effect authorises this procurement")
    elif (cap := authorised.up_to.in_total(award.months)) is not None and asked > cap:
        limit = "was authorised", cap, authorised.up_to
        yield Refusal("P7", above(asked, [award.amount], *limit))
    later = procurement.in_effect(AwardByLaterDecision, context.day)
    if later and later.decision_class != decision_class:
        kind = context.constitution.decision_class(later.decision_class)
        name = kind.title if kind else later.decision_class
        yield Refusal("G1", f"The award was resolved to be made by another class: {name}")
