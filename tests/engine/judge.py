"""Whether a command must be refused, and why: an own reading of the rules, without the domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.engine import asks
from tests.engine.asks import Ask
from tests.engine.council import (
    CALENDAR_ENDS,
    DAY,
    GATEWAYS,
    OLD_LAW_ENDS,
)
from tests.engine.effects import why_not_option
from tests.engine.judge_authority import exercised
from tests.engine.judge_reports import about_report, put_up
from tests.engine.model import Model
from tests.engine.state import Case, Contract
from tests.engine.who import duty, on_behalf, seated

WEIGHTS = 100


def why_not(ask: Ask, model: Model) -> list[str]:
    """Every reason to refuse; nothing where it must be accepted."""
    return list(_why_not(ask, model))


def _why_not(ask: Ask, model: Model) -> Iterator[str]:
    if isinstance(ask, asks.Open):
        yield from duty(ask, model)
        yield from _open(ask, model)
        return
    if len(set(ask.refs)) < len(ask.refs):
        yield "a procurement is named twice"
    for ref in ask.refs:
        if ref not in model.cases:
            yield f"{ref} was never opened"
            return
        # What follows a shared report or decision goes on beside a case that was given up.
        if model.cases[ref].abandoned and (ref == ask.refs[0] or isinstance(ask, asks.PutUp)):
            yield f"{ref} was abandoned"
    match ask:
        case asks.PutUp():
            yield from duty(ask, model)
            yield from put_up(ask, model)
        case asks.AboutReport():
            yield from about_report(ask, model)
        case asks.AboutDecision():
            yield from _about_decision(ask, model)
        case asks.Waive():
            yield from _waive(ask, model)
        case _:
            yield from duty(ask, model)
            yield from _case(ask, model.cases[ask.refs[0]], model)


def _open(ask: asks.Open, model: Model) -> Iterator[str]:
    ref = ask.refs[0]
    if ref in model.cases:
        yield "it is open already"
    if not ref.startswith(model.council.name):
        yield "the reference is another council's"
    if ask.part_of:
        plan = model.cases.get(ask.part_of)
        if plan is None or plan.opened.part_of:
            yield "it is part of no plan"
        elif "plan" not in plan.waived:
            since = [
                decision.since(label) for decision, label, _ in model.resolved(plan.ref, "Plan")
            ]
            if not any(day and day <= model.day for day in since):
                yield "the plan has not been approved"
    if (ask.regime == "pcr2015") != (model.day < OLD_LAW_ENDS):
        yield "the regime does not fit the day"
    if ask.pence is not None and sum(ask.phases) > ask.pence:
        yield "the phases cost more than the whole"
    if ask.starts.year > CALENDAR_ENDS:
        yield "nobody knows the bank holidays of that year"


def _about_decision(ask: asks.AboutDecision, model: Model) -> Iterator[str]:
    decision = model.decisions.get(ask.decision)
    if isinstance(ask, asks.Revoke):
        yield from _revoke(ask, model)
        return
    yield from duty(ask, model)
    if decision is None or set(decision.report.put_up.refs) != set(ask.refs):
        yield "the decision does not concern just these procurements"
        return
    match ask:
        case asks.Publish() if decision.published:
            yield "it was published"
        case asks.CallIn():
            if decision.call or not decision.callable:
                yield "it is not open to call-in, or no longer"
            elif decision.window is None or model.day > decision.window:
                yield "the window is not open"
            if ask.members < model.council.members:
                yield "too few members ask"
            if not set(ask.labels) <= decision.outcomes.keys():
                yield "there is no such resolution"
        case asks.CloseCallIn() if decision.call is None or decision.call.outcome:
            yield "no call-in waits for its outcome"
        case asks.CloseCallIn() if ask.outcome == "lapsed":
            days, call = model.council.scrutiny_days, decision.call
            if not days or call is None or model.day <= call.on + days * DAY:
                yield "nothing lapses, or not yet"


def _revoke(ask: asks.Revoke, model: Model) -> Iterator[str]:
    found = model.authorities.get((ask.decision, ask.label))
    if found is None or set(ask.refs) != set(found.refs):
        yield "no such authority was given in just these"
        return
    yield from on_behalf(model.decisions[ask.decision].decider, _as_decision(ask), model)
    if found.revoked:
        yield "it was revoked"


def _as_decision(ask: asks.Revoke) -> asks.Decide:
    """Who records what a body decides also records that it takes authority back."""
    return asks.Decide(by=ask.by, refs=ask.refs, report=0, decision=0, answers=())


def _waive(ask: asks.Waive, model: Model) -> Iterator[str]:
    yield from seated(ask.by, model)
    gateway, ref = GATEWAYS[ask.gateway], ask.refs[0]
    if ask.by.post not in gateway.waived_by:
        yield "the post may not waive it"
    if ask.gateway in model.cases[ref].waived or model.passed(ref, ask.gateway, gateway.asks[0]):
        yield "it was waived or passed"


def _case(ask: Ask, case: Case, model: Model) -> Iterable[str]:
    match ask:
        case asks.Abandon():
            report = model.open_report(case.ref)
            if case.contract or (report and len(report.put_up.refs) > 1):
                yield "the contract is signed, or a report concerns others too"
        case asks.Notice() if ask.gateway in case.notices:
            yield "a notice was given"
        case asks.Assess():
            if not set(model.interests(case).values()) <= set(ask.posts):
                yield "an interest on record is not dealt with"
        case asks.Invite():
            yield from _invite(ask, case, model)
            if case.opened.regime == "pcr2015" and model.day >= OLD_LAW_ENDS and not case.tender:
                yield "it would commence under another law"
            began = case.invited or model.day
            if model.unassessed(case, began) or model.outdated(case, began):
                yield "conflicts have not been assessed, or not since"
        case asks.Evaluate():
            if case.tender is None or case.ranking or model.day <= case.tender.closes:
                yield "there is nothing to evaluate, or not yet, or no longer"
            names, scores = [one[0] for one in ask.tenders], [one[2] for one in ask.tenders]
            if len(set(names)) < len(names) or scores.count(max(scores)) > 1:
                yield "a tenderer is there twice, or two have the best score"
        case asks.Summarise():
            small = model.is_small(case)
            if case.opened.regime != "pa2023" or not case.ranking or case.summarised or small:
                yield "there is nothing to summarise, or no longer"
        case asks.SendNotices():
            awards = [one for *_, one in model.resolved(case.ref, "Award")]
            direct = any(isinstance(one, asks.Award) and one.direct for one in awards)
            if not (case.ranking or direct) or case.notified or case.contract:
                yield "there is nothing to tell tenderers, or no longer"
            if model.is_out(case):
                yield "others may still tender"
            if model.outdated(case) or (model.unassessed(case) and not case.ranking):
                yield "conflicts have not been assessed, or not since"
            if case.opened.regime == "pa2023":
                if case.ranking and not case.summarised and not model.is_small(case):
                    yield "summaries go first"
                if model.is_direct(case) and not model.is_small(case):
                    yield "the transparency notice goes first, and nobody publishes one here"
                if not ask.electronic:
                    yield "notices are published"
        case asks.Sign():
            yield from _sign(ask, case, model)
        case asks.PublishContract():
            if case.contract is None or case.contract.published:
                yield "no contract waits to be published"
        case asks.StartPhase():
            if case.contract is None:
                yield "no contract is signed"
            else:
                yield from _start(ask.phase, case, case.contract, model)
        case asks.TakeUp():
            yield from why_not_option(ask.option, case, model)
            decided = [
                decision.since(label)
                for decision, label, effect in model.resolved(case.ref, "Extend")
                if isinstance(effect, asks.Extend) and effect.option == ask.option
            ]
            if not any(day and day <= model.day for day in decided):
                yield "no decision takes up the option"


def _invite(ask: asks.Invite, case: Case, model: Model) -> Iterator[str]:
    terms = model.effective(case.ref, "Authorise")
    if case.tender or case.contract or not isinstance(terms, asks.Authorise):
        yield "no competition may be opened, or no longer"
        return
    if model.given_up(case):
        yield "it was awarded without competition since one was authorised"
    if sum(ask.weights) != WEIGHTS or terms.weights not in ((), ask.weights):
        yield "the weights are not what they have to be"
    if ask.closes < model.day + terms.tender_days * DAY:
        yield "tenderers get too little time"
    if ask.closes < model.day + model.least_to_tender(case) * DAY:
        yield "the Act gives tenderers more time"


def _sign(ask: asks.Sign, case: Case, model: Model) -> Iterator[str]:
    if case.contract:
        yield "the contract is signed"
    deciders = [decision.by.person for decision, _, _ in model.resolved(case.ref, "Award")]
    if ask.by.person in deciders:
        yield "who decided does not sign"
    award = model.effective(case.ref, "Award")
    if not isinstance(award, asks.Award):
        yield "no award has effect"
        return
    if model.is_out(case):
        yield "others may still tender"
    if case.standstill and model.day <= case.standstill:
        yield "the standstill goes on"
    if not case.notified and (not model.exempt(case) or model.stands_freely(case)):
        yield "the standstill has not begun"
    if ask.supplier != award.supplier or ask.pence > award.pence or ask.months > award.months:
        yield "it is not what was awarded"
    yield from exercised(case.ref, model)
    if ask.starts != max(award.starts, model.day):
        yield "it does not start when it should"


def _start(phase: int, case: Case, contract: Contract, model: Model) -> Iterator[str]:
    if not 1 <= phase <= len(case.opened.phases) or phase in case.started:
        yield "there is no such phase, or it has started"
    if not contract.starts <= model.day <= contract.ends:
        yield "the contract does not run today"
    if phase > 1:
        released = [
            decision.since(label)
            for decision, label, effect in model.resolved(case.ref, "Release")
            if isinstance(effect, asks.Release) and effect.phase == phase
        ]
        if phase - 1 not in case.started or not any(d and d <= model.day for d in released):
            yield "the phase before has not started, or nobody has released it"
