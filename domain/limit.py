"""The limit of delegated authority: its own cap, or a budget that somebody else has set (G1)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.delegation import Delegation
from domain.drawing import Drawings
from domain.effects import ApproveBudget, DelegateAuthority
from domain.messages import Context
from domain.procurement import Procurement
from domain.record import Decision
from domain.refusals import Refusal
from domain.values import Amount
from domain.wording import listed


def cap_of(
    delegation: Delegation, granting: Procurement, context: Context, day: date | None = None
) -> Amount | None:
    """What may be spent under it on a day: its own cap, or the budget that counts; or None.

    A budget counts that was approved by who gave the authority, or by whom they or the constitution
    name for it. Whoever holds the authority sets no budget for it, unless the resolution says so.
    """
    if delegation.terms.cap:
        return delegation.terms.cap
    count = setters(delegation, granting, context)
    made = _in_effect(granting, day or context.day)
    return next((one.amount for by, one in reversed(made) if by.decided_by in count), None)


def counting(
    delegation: Delegation, granting: Procurement, context: Context, without: UUID | None = None
) -> Drawings:
    """What counts against the limit of an authority, but for what one decision drew.

    Against a budget that was approved anew by who sets it, only what was drawn since.
    """
    count = setters(delegation, granting, context)
    made = () if delegation.terms.cap else _in_effect(granting, context.day)
    anew = [by.on.read_as for by, one in made if one.anew and by.decided_by in count]
    return tuple(
        one
        for decision, drawn in delegation.exercised.items()
        if decision != without and (not anew or delegation.days[decision] >= anew[-1])
        for one in drawn
    )


def approved_anew(plan: Procurement, context: Context) -> date | None:
    """The day on which a budget was last approved for what is still to be bought.

    By a body, by whom the constitution or an authority given there names, or by who approved the
    budget that it follows: what anybody else approves binds, but what was drawn before counts.
    """
    authorities = list(plan.resolved(DelegateAuthority))
    held, scheme = {terms.delegate for _, _, terms in authorities}, context.constitution
    posts = scheme.budget_setting.posts if scheme.budget_setting else ()
    count = {one for one in posts if one not in held}
    count |= {terms.budget_by for _, _, terms in authorities if terms.budget_by}
    count |= {decision.decided_by for decision, _, _ in authorities}
    found, before = None, None
    for by, one in _in_effect(plan, context.day):
        may = by.decided_by in count or context.offices.is_body(by.decided_by)
        if one.anew and (may or by.decided_by == before):
            found = by.on.read_as
        before = by.decided_by
    return found


def setters(delegation: Delegation, granting: Procurement, context: Context) -> tuple[str, ...]:
    """The posts and bodies whose budget counts for an authority."""
    given = granting.decisions.get(delegation.decision)
    terms, scheme = delegation.terms, context.constitution.budget_setting
    held = {terms.delegate, *(one.to for one in delegation.passed_on)}
    named = [given.decided_by] if given else []
    named += [terms.budget_by] if terms.budget_by else []
    named += [one for one in (scheme.posts if scheme else ()) if one not in held]
    return tuple(dict.fromkeys(named))


def without_budget(delegation: Delegation, granting: Procurement, context: Context) -> Refusal:
    """Why an authority within the budget has no limit to be within yet."""
    made = _in_effect(granting, context.day)
    if not made:
        return Refusal("G1", "The authority is within the budget, and no budget has been set")
    offices = context.offices
    by = offices.title(made[-1][0].decided_by)
    names = listed([offices.title(one) for one in setters(delegation, granting, context)], "or")
    reason = f"The authority is within the budget, and the one in effect was approved by {by}"
    scheme = context.constitution.budget_setting
    provenance = scheme.provenance if scheme else ""
    return Refusal("G1", f"{reason}: for this it is set by {names}", provenance=provenance)


def _in_effect(granting: Procurement, day: date) -> list[tuple[Decision, ApproveBudget]]:
    return [
        (decision, budget)
        for decision, one, budget in granting.resolved(ApproveBudget)
        if (since := decision.effective_on(one.label)) and since <= day
    ]
