"""Acts about an open report and about decisions: recommend, consult, decide, publish, call in."""

from __future__ import annotations

from collections.abc import Iterator

from domain.clearances import refused, why_not_cleared
from domain.completing import PUBLISH, why_not_complete
from domain.consultation import (
    why_not_answer,
    why_not_ask,
    why_not_consulted,
    why_not_stand_aside,
)
from domain.deciding import why_not_decide
from domain.delegating import live
from domain.exempt import amount_of, why_not_enter
from domain.handing_over import why_not_hand_over
from domain.next_authority import authority
from domain.next_call_in import called_in, decided_again_by, urgency
from domain.next_notices import sooner
from domain.notices import why_not_notice
from domain.offering import Act, Offering
from domain.plans import first_milestone
from domain.publication import why_not_publish_decision
from domain.recommending import why_not_recommend
from domain.record import Decision
from domain.refusals import Refusal
from domain.reported import Report
from domain.routes import Way, recorded_by, way_of, whose_decision
from domain.withdrawing import why_not_withdraw
from domain.wording import lettered, listed

NOTICE = "publish-key-decision-notice"


def open_report(case: Offering) -> Iterator[Act]:
    """The report that waits: its recommendations, its decision, its notice."""
    if (report := case.p.open_report) is None:
        return
    since, due = report.on, decided_again_by(report, case) or first_milestone(report, case.p)
    way = way_of(report, case.p, case.context)
    if way:
        yield from _recommended(report, way, case)
    late = ", retrospectively" if report.retrospective else ""
    title = f"Decide the report “{report.title}”{late}"
    if way and case.context.offices.is_body(way.decided_by):
        body = case.context.offices.title(way.decided_by)
        title = f"Record what the {body} decides on “{report.title}”{late}"
    posts = whose_decision(report, case.p, case.context)
    against = list(why_not_decide(report.id, case.p, case.context))
    waits_for = _waits_for(report, against, case)
    yield case.act(
        "take-decision",
        title,
        against,
        report.id,
        posts=posts,
        since=since,
        due=due,
        waits_for=waits_for,
    )
    if way and case.context.offices.is_member(way.decided_by):
        refusals = why_not_hand_over(report.id, case.p, case.context)
        title = f"Hand over “{report.title}” because of an interest"
        yield case.act(
            "hand-over-report",
            title,
            refusals,
            report.id,
            posts=posts,
            since=since,
            awaited=False,
        )
    yield from urgency(report, case)
    kind = case.rules.decision_class(report.decision_class)
    if kind and kind.key:
        refusals = why_not_notice(report.gateway, case.p, case.context)
        title = "Publish the notice of a key decision"
        yield case.act(NOTICE, title, refusals, report.gateway, since=since)
        yield from sooner(report, case)
    refusals, title = why_not_withdraw(report.id, case.p), "Withdraw the report"
    stuck = refused(report) and not case.p.decided(report.id)
    yield case.act("withdraw-report", title, refusals, report.id, since=since, awaited=stuck)


def _waits_for(report: Report, against: list[Refusal], case: Offering) -> str:
    """Whose answers it waits for, where nothing else than time stands against it besides."""
    rest = {
        "clearances": () if refused(report) else why_not_cleared(report, case.p, case.context),
        "consultees": why_not_consulted(report, case.context),
    }
    missing = {who: list(why) for who, why in rest.items()}
    answers = [one for why in missing.values() for one in why]
    only = all(one.cured_on or one in answers for one in against)
    who = [one for one, why in missing.items() if any(each in against for each in why)]
    return listed(who) if only and who else ""


def _recommended(report: Report, way: Way, case: Offering) -> Iterator[Act]:
    for body in way.recommended_by:
        refusals = why_not_recommend(report.id, body, case.p, case.context)
        name, about = case.context.offices.title(body), f"{report.id} {body}"
        title = f"Record what the {name} recommends on “{report.title}”"
        posts = recorded_by(body, "recommend", case.context, way.provenance)
        since = report.on
        yield case.act("recommend", title, refusals, about, posts=posts, since=since)


def consultation(case: Offering) -> Iterator[Act]:
    """Who has to be asked about the report that waits, and who has to answer."""
    if (report := case.p.open_report) is None:
        return
    since, title = report.on, f"Ask the consultees about “{report.title}”"
    refusals = why_not_ask(report.id, case.p)
    yield case.act("ask-consultees", title, refusals, report.id, since=since)
    for one in report.consultees:
        yield from _answers(report, one.post, case)


def _answers(report: Report, post: str, case: Offering) -> Iterator[Act]:
    heard, about = report.consulted.get(post), f"{report.id} {post}"
    since, name = heard.asked if heard else None, case.context.offices.title(post)
    refusals = why_not_answer(report.id, post, case.p, case.context)
    title = f"Answer the consultation on “{report.title}”"
    yield case.act("answer-consultation", title, refusals, about, posts=((post,), ""), since=since)
    refusals = why_not_stand_aside(report.id, post, case.p, case.context)
    duty = case.rules.duty("stand-aside")
    posts = (post, *duty.posts) if duty else (post,)
    whose = (posts, duty.provenance if duty else "")
    title = f"Record that {name} is absent or has an interest"
    yield case.act("stand-aside", title, refusals, about, posts=whose, since=since, awaited=False)


def decisions(case: Offering) -> Iterator[Act]:
    """What follows a decision: publication, call-in, exempt figures; authority taken back."""
    for one in case.p.decisions.values():
        if not one.replaced:
            yield from _after(one, case)
    for decision, r in live(case.p):
        posts = recorded_by(decision.decided_by, "take-decision", case.context)
        title = f"Revoke the authority delegated by resolution {lettered(r.label)}"
        about = f"{decision.id} {r.label}"
        yield case.act("revoke-authority", title, (), about, posts=posts, awaited=False)
    yield from authority(case)


def _after(one: Decision, case: Offering) -> Iterator[Act]:
    since = one.on
    about = case.p.reports[one.report].title
    refusals, title = why_not_complete(one.id, case.p, case.context), "Complete the record"
    yield case.act(
        "complete-decision-record",
        f"{title} of the decision on “{about}”",
        refusals,
        one.id,
        posts=case.whose(PUBLISH),
        since=since,
        awaited=not one.published,
    )
    refusals = why_not_publish_decision(one.id, case.p, case.context)
    title = f"Publish the decision on “{about}”"
    yield case.act(PUBLISH, title, refusals, one.id, since=since)
    yield from called_in(one, case)
    for r in one.resolutions:
        if r.agreed and amount_of(r.effect):
            refusals = why_not_enter(one.id, r.label, case.p)
            title, about = f"Enter the exempt figure of {lettered(r.label)}", f"{one.id} {r.label}"
            yield case.act("enter-exempt-figure", title, refusals, about, since=since)
