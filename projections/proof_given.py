"""The delegated authority in a proof: the resolution that gave it, and its balance."""

from __future__ import annotations

from decimal import Decimal

from domain.decided import DecisionTaken
from domain.delegation import Delegation
from domain.drawing import against
from domain.limit import cap_of, counting
from domain.margin import limit_in_words
from domain.messages import Context
from domain.part_of_authority import part_of
from domain.procurement import Procurement
from domain.values import Amount, Closed
from domain.wording import amount, pounds, when
from projections.balances import left
from projections.proof import Figure, Given, Ledger, Passed, Step
from projections.proof_then import Behind, Then

AWARDS = {"none": "no award", "one": "one award", "several": "several awards"}


def given(behind: Behind, context: Context) -> Given | None:
    """The resolution, as it stood by then; None where nothing of it was on record."""
    delegation, source = behind.delegation.after, behind.source.before
    decision = source.decisions.get(behind.under.decision)
    if decision is None or not delegation.version:
        return None
    label, title = behind.under.label, context.offices.title
    resolution = next(one for one in decision.resolutions if one.label == label)
    return Given(
        granted_in=behind.under.granted_in,
        decision=decision.id,
        label=label,
        wording=resolution.wording,
        purpose=delegation.terms.purpose,
        by=decision.decided_by,
        by_title=title(decision.decided_by),
        on_text=when(decision.on),
        effective=decision.effective_on(label),
        at_once=decision.at_once,
        limit=limit_in_words(delegation.terms),
        awards=AWARDS[delegation.terms.awards],
        expires=delegation.terms.expires,
        source=behind.taken.stamp.source if behind.taken else None,
        taken=Step(source.reference, behind.taken.version) if behind.taken else None,
        part=_passed(behind.under.part, delegation, context),
    )


def _passed(number: int, delegation: Delegation, context: Context) -> Passed | None:
    part = part_of(number, delegation)
    if part is None:
        return None
    to = context.offices.title(part.to)
    return Passed(number, to, figure_of(part.up_to), part.on, part.reason)


def ledger(then: Then) -> Ledger | None:
    """What the step took from the balance, where it is a decision that could."""
    behind, event = then.behind, then.event
    if (
        behind is None
        or not isinstance(event, DecisionTaken)
        or not behind.delegation.before.version
    ):
        return None
    was, now = behind.delegation
    cap = cap_of(was, behind.source.before, then.context)
    drawn = now.exercised.get(event.decision, ()) if behind.drawn_now else ()
    every = [one.amount for one in behind.counts] + ([cap] if cap else [])
    exempt = any(one.basis == "exempt" for one in every)
    measure = cap or Amount("unknown")
    before = counting(was, behind.source.before, then.context)
    after = counting(now, behind.source.after, then.context)

    def said(value: Decimal | None) -> Figure:
        return _sum(value, measure, exempt=exempt)

    return Ledger(
        limit=figure_of(cap) if cap else Figure("within the budget, and none counted yet"),
        drawn_before=said(against(measure, before)),
        draws=said(against(measure, drawn)),
        drawn_after=said(against(measure, after)),
        left_before=said(_left(cap, was, behind.source.before, behind, then.context, after=False)),
        left_after=said(_left(cap, now, behind.source.after, behind, then.context, after=True)),
        erased=any(one.erased for one in every),
    )


def _left(
    cap: Amount | None,
    delegation: Delegation,
    source: Procurement,
    behind: Behind,
    context: Context,
    *,
    after: bool,
) -> Decimal | None:
    """What is left of it, as the page of the authority says it; None where that is not known."""
    if cap is None:
        return None
    shared = None if delegation.terms.cap or source.part_of else behind.budget[after]
    return left(cap, counting(delegation, source, context), source, shared, context)


def figure_of(one: Amount) -> Figure:
    """An amount as the rest of the product says it."""
    if one.closed is None:
        return Figure(amount(one))
    known = one.figure
    return Figure(amount(one), Closed(None if known is None else pounds(known)))


def _sum(value: Decimal | None, measure: Amount, *, exempt: bool) -> Figure:
    yearly = " a year" if measure.per == "year" else ""
    if exempt:
        closed = Closed(f"{_signed(value)}{yearly}") if value is not None else None
        return Figure("exempt from publication", closed)
    return Figure("not known" if value is None else f"{_signed(value)}{yearly}")


def _signed(value: Decimal) -> str:
    return pounds(value) if value >= 0 else f"{pounds(-value)} too much"
