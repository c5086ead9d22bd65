"""What delegated authority covers, and what is left of it: an own reading, without the domain."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine import asks
from tests.engine.model import AGREED, Model
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
    kinds = {type(one.effect) for one in ask.recs}
    if asks.Delegate in kinds:
        yield "delegated authority is not passed on"
    if found and asks.Budget in kinds and found.terms.cap is None and {*ask.refs} & {*found.refs}:
        yield "nobody sets the budget that their own authority is within"


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
