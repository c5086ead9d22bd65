"""What delegated authority covers, and what is left of it: an own reading, without the domain."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine import asks
from tests.engine.ledger import AGREED
from tests.engine.model import Model
from tests.engine.state import Report


def way(ask: asks.PutUp, model: Model) -> Iterator[str]:
    if ask.under is None:
        route = model.council.route(ask.gateway, ask.kind, model.pence(ask.refs))
        if route is None or route.decider != ask.to:
            yield "the route goes elsewhere"
        return
    yield from live(ask.under, ask.refs, model)
    found = model.authority(ask.under)
    if found and found.terms.delegate != ask.to:
        yield "it was delegated to another post"
    if {type(one.effect) for one in ask.recs} != {asks.Award}:
        yield "the authority is to award, and to decide nothing else"


def live(under: asks.Under, refs: tuple[str, ...], model: Model) -> Iterator[str]:
    """The authority was given, has effect today and is about these procurements."""
    found = model.authority(under)
    if found is None:
        yield "there is no such authority"
        return
    since = [
        decision.since(label)
        for decision, label, _ in model.resolved(under.granted_in, "Delegate")
        if (decision.id, label) == under[1:]
    ]
    if not any(day and day <= model.day for day in since):
        yield "the resolution that delegates has no effect"
    if under.granted_in in model.cases and model.cases[under.granted_in].abandoned:
        yield "what it was given for was abandoned"
    if found.revoked:
        yield "the authority was revoked"
    if found.terms.expires and model.day > found.terms.expires:
        yield "the authority has expired"
    for ref in refs:
        if ref not in found.refs and model.cases[ref].opened.part_of not in found.refs:
            yield f"the authority is not about {ref}"


def within(ask: asks.Decide, under: asks.Under, report: Report, model: Model) -> Iterator[str]:
    """What is awarded keeps to the number, the term and the balance that were delegated."""
    authority = model.authorities[under[1:]]
    terms, draws = authority.terms, model.draws(ask)
    awards = [
        effect
        for outcome, effect, _ in model.outcomes(ask).values()
        if outcome in AGREED and isinstance(effect, asks.Award)
    ]
    if not awards:
        return
    others = [d for one, d in authority.drawn.items() if one not in report.decisions]
    if not terms.several and sum(map(len, others)) + len(draws) > 1:
        yield "it is for one award"
    for one in awards:
        if terms.months and one.months > terms.months:
            yield "the term is longer than was delegated"
        if one.options != terms.options[: len(one.options)]:
            yield "the options are not those that were delegated"
    cap = model.cap(under)
    if cap is None:
        yield "there is no budget to be within"
    elif sum(sum(one.values()) for one in others) + sum(draws.values()) > cap:
        yield "it is more than is left"


def fits(ask: asks.Decide, report: Report, model: Model) -> Iterator[str]:
    """What is awarded keeps to the budget of each plan, with all that is awarded there."""
    draws = model.draws(ask)
    for plan in {model.plan(ref) for ref, _ in draws}:
        mine: dict[str, int] = {}
        for (ref, _), pence in draws.items():
            if model.plan(ref) == plan:
                mine[ref] = mine.get(ref, 0) + pence
        every = [mine, *model.committed(plan, report.decisions[-1] if report.decisions else None)]
        refs = {ref for one in every for ref in one}
        budget = model.effective(plan, "Budget")
        if not isinstance(budget, asks.Budget) or refs == {plan}:
            continue
        # In one procurement one contract is signed: the dearest decision on it.
        if sum(max(one.get(ref, 0) for one in every) for ref in refs) > budget.pence:
            yield "it is more than the budget of the plan leaves"


def exercised(ref: str, model: Model) -> Iterator[str]:
    """The authority for the award in effect was good until the award took effect."""
    found = None
    for decision, label, _ in model.resolved(ref, "Award"):
        since = decision.since(label)
        if since and since <= model.day:
            found = decision, since
    if found is None or (under := found[0].report.put_up.under) is None:
        return
    award, since = found
    authority = model.authorities[under[1:]]
    begins = [
        decision.since(label)
        for decision, label, _ in model.resolved(under.granted_in, "Delegate")
        if (decision.id, label) == under[1:]
    ]
    if not any(day and day <= award.on for day in begins):
        yield "the authority had no effect when it was used"
    if authority.revoked and authority.revoked < since:
        yield "the authority was revoked before the award took effect"
    if authority.terms.expires and authority.terms.expires < since:
        yield "the authority expired before the award took effect"
    cap, drawn = model.cap(under, since), authority.drawn.get(award.id, {})
    if cap is not None and sum(drawn.values()) > cap:
        yield "more was awarded than was delegated"
