"""What a resolution does when it takes effect, on one line; what is exempt is not in it."""

from __future__ import annotations

from functools import singledispatch

from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    DelegateAuthority,
    Effect,
    ExtendContract,
    Kind,
    ReleasePhase,
    RequireReport,
    VaryContract,
)
from domain.messages import Context
from domain.wording import amount, counted, listed, short_day, when
from projections.fact import sentences

AWARDS = {"none": "no award", "one": "one award", "several": "several awards"}


def effect_told(effect: Effect, context: Context) -> str:
    """With the conditions that it is subject to."""
    conditions = [one.words for one in getattr(effect, "conditions", ())]
    subject = f"subject to: {listed(conditions)}" if conditions else ""
    return sentences(_told(effect, context), subject)


@singledispatch
def _told(effect: Kind, context: Context) -> str:
    raise NotImplementedError(f"{type(effect).__name__} is not told")


@_told.register
def _(effect: ApprovePlan, context: Context) -> str:
    sounded = "the market may be sounded" if effect.market_engagement else ""
    return sentences(f"the plan is approved: {effect.plan}", sounded)


@_told.register
def _(effect: ApproveBudget, context: Context) -> str:
    anew = "for what is still to be bought" if effect.anew else ""
    return sentences(f"the budget is {amount(effect.amount)}", anew)


@_told.register
def _(effect: AuthoriseProcurement, context: Context) -> str:
    weights = [f"{one.name} {one.weight.normalize():f} %" for one in effect.criteria]
    return sentences(
        f"a competition may be held, {amount(effect.up_to)}",
        f"tenders are scored on {listed(weights)}" if weights else "",
        f"tenderers get at least {counted(effect.tender_days, 'day')}"
        if effect.tender_days
        else "",
    )


@_told.register
def _(effect: AwardByLaterDecision, context: Context) -> str:
    kind = context.constitution.decision_class(effect.decision_class)
    named = kind.title if kind else effect.decision_class
    return f"the award is a later decision, of the kind “{named}”, in favour of {effect.to}"


@_told.register
def _(effect: AwardContract, context: Context) -> str:
    ground = effect.ground or "no legal ground is named"
    return sentences(
        f"the contract goes to {effect.supplier}, {amount(effect.amount)}",
        f"from {short_day(effect.starts)} for {counted(effect.months, 'month')}",
        f"without competition: {ground}" if effect.direct else "",
    )


@_told.register
def _(effect: DelegateAuthority, context: Context) -> str:
    title = context.offices.title
    far = amount(effect.cap) if effect.cap else "within the budget"
    heard = [f"{title(one.post)}" for one in effect.consultees]
    return sentences(
        f"{title(effect.delegate)} may decide {effect.purpose}",
        f"{far}, {AWARDS[effect.awards]}",
        f"{listed(heard)} {'is' if len(heard) == 1 else 'are'} consulted" if heard else "",
        f"until {short_day(effect.expires)}" if effect.expires else "",
    )


@_told.register
def _(effect: RequireReport, context: Context) -> str:
    title = context.offices.title
    due = f"due {when(effect.due)}" if effect.due else ""
    once = f"once {effect.once}" if effect.once else ""
    said = f"{title(effect.by)} reports back to {title(effect.to)}: {effect.what}"
    return sentences(said, due, once)


@_told.register
def _(effect: ExtendContract, context: Context) -> str:
    return f"option {effect.option} to extend the contract is taken up"


@_told.register
def _(effect: ReleasePhase, context: Context) -> str:
    return f"phase {effect.phase} may be started and paid for"


@_told.register
def _(effect: VaryContract, context: Context) -> str:
    worth = f"the whole contract is then worth {amount(effect.amount)}" if effect.amount else ""
    late = f"in retrospect, from {short_day(effect.since)}" if effect.since else ""
    return sentences(f"the contract is changed: {effect.scope}", worth, late)
