"""What is interesting about what was asked: to be sure that runs come to deep places."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine import asks
from tests.engine.asks import Ask
from tests.engine.ledger import AGREED
from tests.engine.model import Model

INTERESTING = {
    "exercise accepted",
    "exercise accepted: nothing is left",
    "exercise accepted: within the budget",
    "exercise accepted: a second one",
    "exercise accepted: on the last day",
    "exercise accepted: departs from an objection",
    "exercise accepted: over several procurements",
    "exercise reconsidered",
    "exercise reconsidered in part",
    "exercise refused: it is more than is left",
    "exercise refused: there is no budget to be within",
    "exercise refused: it is for one award",
    "exercise refused: the authority was revoked",
    "exercise refused: the authority has expired",
    "exercise refused: what it was given for was abandoned",
    "exercise refused: treasurer does not agree",
    "exercise refused: treasurer has not answered",
    "not awarded, as a veto wants it",
    "exercise refused: it departs from an answer without saying why",
    "a deputy answered for who has an interest",
    "refused: who has an interest leaves it to a deputy",
    "revoked",
    "called in",
    "referred back",
    "reconsidered",
    "shared decision",
    "recommended by two bodies and decided",
    "refused: a key decision has 28 clear days' notice",
    "refused: a recommendation is missing",
    "refused: the window is not open",
    "refused: plan comes first",
    "refused: the standstill goes on",
    "refused: conflicts have not been assessed, or not since",
    "waived",
    "two gateways passed together",
    "evaluated and awarded",
    "signed",
    "phase released and started",
    "option extended",
    "abandoned",
    "given back: abandoned",
    "given back: withdrawn",
    "awarded in a part beside another award on the same budget",
    "refused: it is more than the budget of the plan leaves",
    "refused: who has the authority decides it again",
    "sent again",
    "stale",
    "overtaken",
    "overtaken in the balance only",
    "overtaken in the budget only",
    "two at once would have overdrawn",
    "rebuilt",
}
BETWEEN = {
    "nothing": {"exercise accepted: nothing is left", "exercise refused: it is for one award"},
    "call-in": {"exercise reconsidered", "exercise reconsidered in part"},
    "objection": {
        "exercise accepted: departs from an objection",
        "exercise refused: it departs from an answer without saying why",
    },
    "veto": {
        "exercise refused: treasurer does not agree",
        "not awarded, as a veto wants it",
    },
    "silence": {"exercise refused: treasurer has not answered"},
    "interest": {"a deputy answered for who has an interest"},
    "revocation": {"exercise refused: the authority was revoked"},
    "abandonment": {"exercise refused: what it was given for was abandoned"},
    "end": {"exercise refused: the authority has expired", "exercise accepted: on the last day"},
    "budget": {
        "exercise accepted: within the budget",
        "exercise refused: there is no budget to be within",
    },
    "signed too late": set[str](),
    "too late to decide again": {
        "given back: withdrawn",
        "refused: who has the authority decides it again",
    },
    "given up": {"given back: abandoned"},
}
"""What may happen while an authority is exercised, and what interesting that leads to."""


def happenings(ask: Ask, reasons: list[str], model: Model) -> set[str]:
    """Before it happens: what is worth counting; a refusal only where it has one reason."""
    if reasons:
        under = isinstance(ask, asks.Decide) and ask.under
        only = set(reasons)
        start = "exercise refused: " if under else "refused: "
        return {start + only.pop(), "refused"} if len(only) == 1 else {"refused"}
    return {"accepted", *_accepted(ask, model)}


def _accepted(ask: Ask, model: Model) -> Iterator[str]:
    match ask:
        case asks.Decide():
            yield from _decided(ask, model)
            if ask.under and model.draws(ask):
                yield from _exercised(ask, ask.under, model)
        case asks.Reply() if model.reports[ask.report].heard[ask.post].aside == "conflicted":
            yield "a deputy answered for who has an interest"
        case asks.Revoke():
            yield "revoked"
        case asks.CallIn():
            yield "called in"
        case asks.CloseCallIn() if ask.outcome == "referred-back":
            yield "referred back"
        case asks.Waive():
            yield "waived"
        case asks.Sign():
            yield "signed"
        case asks.StartPhase() if ask.phase > 1:
            yield "phase released and started"
        case asks.TakeUp():
            yield "option extended"
        case asks.Abandon():
            yield "abandoned"
            drawn = [one for each in model.authorities.values() for one in each.drawn.values()]
            if any(ref == ask.refs[0] for one in drawn for ref, _ in one):
                yield "given back: abandoned"
        case asks.Withdraw() if model.reports[ask.report].decisions:
            yield "given back: withdrawn"


def _decided(ask: asks.Decide, model: Model) -> Iterator[str]:
    report, agreed = model.reports[ask.report], [a for a in ask.answers if a.outcome in AGREED]
    if report.decisions:
        yield "reconsidered"
    if len(ask.refs) > 1:
        yield "shared decision"
    vetoed = [
        post
        for post, how in report.consultees.items()
        if how == "agreement" and report.heard[post].view == "objects"
    ]
    if vetoed and not agreed:
        yield "not awarded, as a veto wants it"
    if len(report.advised) == 2:
        yield "recommended by two bodies and decided"
    if agreed and report.put_up.combines:
        yield "two gateways passed together"
    for outcome, effect, _ in model.outcomes(ask).values():
        if outcome in AGREED and isinstance(effect, asks.Award) and not effect.direct:
            yield "evaluated and awarded"
    for ref, _ in model.draws(ask):
        others = [one for each in model.committed(model.plan(ref)) for one in each if one != ref]
        if model.plan(ref) != ref and model.effective(model.plan(ref), "Budget") and others:
            yield "awarded in a part beside another award on the same budget"


def _exercised(ask: asks.Decide, under: asks.Under, model: Model) -> Iterator[str]:
    authority, report = model.authorities[under[1:]], model.reports[ask.report]
    yield "exercise accepted"
    others = sum(sum(d.values()) for n, d in authority.drawn.items() if n not in report.decisions)
    if others + sum(model.draws(ask).values()) == model.cap(under):
        yield "exercise accepted: nothing is left"
    if authority.terms.cap is None:
        yield "exercise accepted: within the budget"
    if others:
        yield "exercise accepted: a second one"
    if authority.terms.expires == model.day:
        yield "exercise accepted: on the last day"
    if any(one.view == "objects" for one in report.heard.values()):
        yield "exercise accepted: departs from an objection"
    if len(ask.refs) > 1:
        yield "exercise accepted: over several procurements"
    if report.decisions:
        yield "exercise reconsidered"
        if len(model.draws(ask)) > len(ask.answers):
            yield "exercise reconsidered in part"
