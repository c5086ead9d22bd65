"""Reports, recommendations, consultation, decisions: an own reading, without the domain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.engine import asks
from tests.engine.asks import Seat
from tests.engine.council import BODIES, GATEWAYS, KEY_ABOVE, KINDS, MEMBERS
from tests.engine.effects import why_not_effect
from tests.engine.judge_authority import fits, live, way, within
from tests.engine.ledger import AGREED
from tests.engine.model import Model
from tests.engine.state import Report
from tests.engine.who import duty, on_behalf, seated


def put_up(ask: asks.PutUp, model: Model) -> Iterator[str]:
    gateway = GATEWAYS[ask.gateway]
    if any(one not in gateway.may_combine for one in ask.combines):
        yield "the gateways cannot be passed together"
    for ref in ask.refs:
        if model.open_report(ref):
            yield f"a report waits in {ref}"
        for name in (ask.gateway, *ask.combines):
            for earlier in GATEWAYS[name].after:
                part = earlier == "plan" and model.cases[ref].opened.part_of
                if (
                    earlier not in ask.combines
                    and earlier not in model.cases[ref].waived
                    and not part
                ):
                    since = model.passed(ref, earlier, GATEWAYS[earlier].asks[0])
                    if not any(day and day <= model.day for day in since):
                        yield f"{earlier} comes first"
    if ask.report in model.reports:
        yield "the report was put up before"
    labels = [one.label for one in ask.recs]
    if not labels or len(set(labels)) < len(labels):
        yield "each recommendation has a letter of its own"
    kinds = [type(one.effect).__name__ for one in ask.recs]
    allowed = {one for name in (ask.gateway, *ask.combines) for one in GATEWAYS[name].asks}
    if not allowed.issuperset(kinds):
        yield "it asks for what the gateway is not there for"
    for ref in ask.refs:
        mine = {type(one.effect).__name__ for one in ask.recs if one.about in (None, ref)}
        if any(GATEWAYS[name].asks[0] not in mine for name in ask.combines):
            yield "it does not ask for what the other gateway is there for"
    for one in ask.recs:
        if one.about and one.about not in ask.refs:
            yield "a recommendation is about another procurement"
        for ref in ask.refs:
            if one.about in (None, ref):
                yield from why_not_effect(one.effect, ask.kind, model.cases[ref], model)
    yield from way(ask, model)
    spend, key = model.pence(ask.refs), KINDS[ask.kind].key
    if spend is None:
        spends = (asks.Authorise, asks.Award, asks.Budget)
        asked = [one.effect.pence for one in ask.recs if isinstance(one.effect, spends)]
        spend = max(asked, default=None)
    if spend is not None and key != (spend > KEY_ABOVE) and not ask.reason:
        yield "it needs a reason to be key or not"


def about_report(ask: asks.AboutReport, model: Model) -> Iterator[str]:
    report = model.reports.get(ask.report)
    if report is None or set(report.put_up.refs) != set(ask.refs):
        yield "the report does not concern just these procurements"
        return
    if report.state != "open" and not isinstance(ask, asks.PublishReport):
        yield f"the report is {report.state}"
    match ask:
        case asks.Withdraw():
            yield from duty(ask, model)
            if report.decisions and not (put_up := report.put_up).under:
                yield "it was decided and referred back"
            elif report.decisions and put_up.under and not [*live(put_up.under, (), model)]:
                yield "who has the authority decides it again"
        case asks.PublishReport():
            yield from duty(ask, model)
            if report.published or report.state == "withdrawn":
                yield "it was published or withdrawn"
        case asks.Recommend():
            yield from _recommend(ask, report, model)
        case asks.AskConsultees():
            yield from duty(ask, model)
            if any(one not in report.consultees or one in report.heard for one in ask.posts):
                yield "somebody was asked before or is not to be asked"
            if all(one in report.heard for one in report.consultees):
                yield "nobody is left to be asked"
        case asks.Reply() | asks.Aside():
            yield from _consulted(ask, report, model)
        case asks.Decide():
            yield from _decide(ask, report, model)


def _recommend(ask: asks.Recommend, report: Report, model: Model) -> Iterator[str]:
    yield from on_behalf(ask.body, ask, model)
    route = model.route(report)
    bodies = list(route.recommenders) if route else []
    if ask.body not in bodies or ask.body in report.advised:
        yield "nothing is asked of this body, or no longer"
    elif any(one not in report.advised for one in bodies[: bodies.index(ask.body)]):
        yield "another body comes first"
    if sorted(ask.labels) != sorted(one.label for one in report.put_up.recs):
        yield "not every recommendation is answered once"


def _consulted(ask: asks.Reply | asks.Aside, report: Report, model: Model) -> Iterator[str]:
    if ask.post not in report.heard or report.heard[ask.post].view:
        yield "the post was not asked, or has answered"
        return
    heard = report.heard[ask.post]
    if isinstance(ask, asks.Reply):
        yield from seated(ask.by, model)
        if ask.by.post != ask.post:
            yield "only the post answers for itself"
        if model.council.holds(Seat(ask.by.person, report.put_up.to), model.day):
            yield "who decides is not consulted"
        if ask.by.person == report.put_up.by.person:
            yield "who wrote the report is not consulted"
        if heard.aside == "conflicted" and model.council.holds(ask.by, model.day):
            yield "who has an interest leaves it to a deputy"
        if ask.view == "objects" and not ask.comment:
            yield "an objection says why"
        return
    if heard.aside:
        yield "that is on record"
    yield from seated(ask.by, model) if ask.by.post == ask.post else duty(ask, model)


def _decide(ask: asks.Decide, report: Report, model: Model) -> Iterator[str]:
    yield from _by_decider(ask, report, model)
    if not report.decisions:
        yield from _ripe(report, model)
    if ask.decision in model.decisions:
        yield "it was decided before"
    asked = {one.label: one for one in report.put_up.recs}
    if sorted(model.labels(report)) != sorted(one.label for one in ask.answers):
        yield "not every recommendation is answered once"
    for one in ask.answers:
        rec = asked.get(one.label)
        effect = one.effect or (rec and rec.effect)
        if one.effect and (
            one.outcome != "agreed-as-amended" or not rec or type(effect) is not type(rec.effect)
        ):
            yield "an amendment keeps to what was asked for"
        elif rec and effect and one.outcome in AGREED:
            for ref in ask.refs:
                if rec.about in (None, ref):
                    case = model.cases[ref]
                    yield from why_not_effect(effect, report.put_up.kind, case, model)
        before = rec and rec.effect
        if report.consultees and isinstance(before, asks.Award) and one.effect:
            after = one.effect
            if not isinstance(after, asks.Award) or (
                after.pence > before.pence
                or after.months > before.months
                or (after.options, after.supplier) != (before.options, before.supplier)
            ):
                yield "the consultees were asked about another award"
    for ref in ask.refs:
        yield from _held_together(ask, report, ref, model)
    agreed = any(one.outcome in AGREED for one in ask.answers)
    for post, how in report.consultees.items() if agreed else ():
        heard = report.heard.get(post)
        if heard and heard.view == "objects" and how == "agreement":
            yield f"{post} does not agree"
    if agreed and not ask.departing and any(h.view == "objects" for h in report.heard.values()):
        yield "it departs from an answer without saying why"
    if not ask.complete or ask.interests == "not-in-the-record":
        yield "the record of the decision is not complete"
    if ask.interests == "declared" and ask.by.post in MEMBERS:
        yield "a member with an interest decides nothing alone"
    if ask.under != report.put_up.under:
        yield "the authority is not the report's"
    elif ask.under:
        yield from live(ask.under, ask.refs, model)
        if model.authority(ask.under):
            yield from within(ask, ask.under, report, model)
    yield from fits(ask, report, model)


def _held_together(ask: asks.Decide, report: Report, ref: str, model: Model) -> Iterator[str]:
    """In one procurement: gateways that one report passes, and awards within one budget."""
    agreed = [
        effect
        for outcome, effect, about in model.outcomes(ask).values()
        if outcome in AGREED and about in (None, ref)
    ]

    def agrees(gateway: str) -> bool:
        kind = GATEWAYS[gateway].asks[0]
        stands = any(one.report is report for one, _, _ in model.resolved(ref, kind))
        return stands or kind in [type(one).__name__ for one in agreed]

    if agrees(report.put_up.gateway):
        for name in report.put_up.combines:
            if name not in model.cases[ref].waived and not agrees(name):
                yield "the earlier gateway of the same report is not agreed"
    awards = [one.pence for one in agreed if isinstance(one, asks.Award)]
    budget = model.effective(ref, "Budget")
    most = budget.pence if isinstance(budget, asks.Budget) else sum(awards)
    if len(awards) > 1 and sum(awards) > most >= max(awards):
        yield "the awards come to more than the budget"


def _by_decider(ask: asks.Decide, report: Report, model: Model) -> Iterator[str]:
    route = model.route(report)
    assert route, "what was put up had a route, and the rules stay"
    if (ask.body or route.decider) != route.decider:
        yield "another post or body decides"
    yield from on_behalf(route.decider, ask, model)
    if route.decider in BODIES:
        return
    if report.put_up.by.person == ask.by.person and not model.council.author_decides:
        yield "the author does not decide"
    evaluators = [model.cases[ref].evaluator for ref in ask.refs]
    if any(one and one.person == ask.by.person for one in evaluators):
        yield "who evaluated does not decide"


def _ripe(report: Report, model: Model) -> Iterator[str]:
    """Notice, recommendations and consultation come before a first decision."""
    put_up, route = report.put_up, model.route(report)
    for ref in put_up.refs:
        earliest = model.cases[ref].notices.get(put_up.gateway, date.max)
        if KINDS[put_up.kind].key and model.day < earliest:
            yield "a key decision has 28 clear days' notice"
    if route and any(one not in report.advised for one in route.recommenders):
        yield "a recommendation is missing"
    for post in report.consultees:
        heard = report.heard.get(post)
        if heard is None or not heard.view:
            yield f"{post} has not answered"
