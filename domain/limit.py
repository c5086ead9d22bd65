"""The limit of delegated authority: its own cap, or a budget that somebody else has set (G1)."""

from __future__ import annotations

from datetime import date

from domain.delegation import Delegation
from domain.effects import ApproveBudget
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
    return next((one for by, one in reversed(made) if by.decided_by in count), None)


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


def _in_effect(granting: Procurement, day: date) -> list[tuple[Decision, Amount]]:
    return [
        (decision, budget.amount)
        for decision, one, budget in granting.resolved(ApproveBudget)
        if (since := decision.effective_on(one.label)) and since <= day
    ]
