"""A report through a gateway: put up, announced, recommended on, decided, in effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from domain.deadlines import Count, Period
from domain.effective import call_in_window, effective_after
from domain.gateways import FITTING
from domain.notices import CLEAR_DAYS
from domain.passages import Passage
from domain.schedule import Link, Node, at_once, clear, within
from domain.short_notice import exception_period
from domain.wording import counted, listed


def nodes(at: Passage) -> Iterator[Node]:
    """The steps through a gateway, in order."""
    yield from _report(at)
    if at.decision:
        day = at.decision.on.read_as
        yield from _recommended(at)
        yield at.node("decision", "Decided", "L1", "it is on record", at=day)
    else:
        yield from _out(at)
        before = [*_notice(at), *_recommended(at), *_consulted(at)]
        yield from before
        yield _decided(at, [one.id for one in before])
    yield from _published(at)
    if at.open_to_call_in:
        yield _effect(at)


def _report(at: Passage) -> Iterator[Node]:
    if at.report:
        day = at.report.on.read_as
        yield at.node("report", "Report put up", "L1", "it is on record", at=day)
        return
    period, assumed = at.o.period("write-report")
    begins, why = at.after, "it is written once what comes before it has happened"
    if not begins:
        begins, why = (at.id("begin"),), "nothing comes before it: it can be written now"
        yield at.node("begin", "Work on the report begins", "L1", "nothing comes before it")
    links = tuple(Link(one, within(period, at.o.calendar)) for one in begins)
    acts = (("put-up-report", at.gateway.id),)
    yield at.node("report", "Report put up", "L1", why, after=links, acts=acts, assumed=(assumed,))


def _notice(at: Passage) -> Iterator[Node]:
    """The notice of a key decision, with which a decision that is taken again has no business."""
    if not (at.kind and at.kind.key) or at.again or at.o.takes("special-urgency"):
        return
    if at.o.p.urgent(at.gateway.id):
        return
    earliest, sooner = at.o.p.notices.get(at.gateway.id), at.o.p.exceptions.get(at.gateway.id)
    title = "Notice under the general exception"
    if sooner:
        day = exception_period(at.o.rules).last_start(sooner, at.o.calendar)
        yield at.node("notice", title, "D3", "it is on record", at=day)
    elif at.o.takes("general-exception"):
        why = "5 clear days, under the general exception, lie between it and the decision"
        acts = (("notify-general-exception", at.gateway.id),)
        yield at.node("notice", title, "D3", why, acts=acts)
    elif earliest:
        day = CLEAR_DAYS["forward-plan"].last_start(earliest, at.o.calendar)
        yield at.node("notice", "Notice of the key decision", "D2", "it is on record", at=day)
    else:
        why = "28 clear days lie between it and the decision; it can be given at any time"
        acts = (("publish-key-decision-notice", at.gateway.id),)
        yield at.node("notice", "Notice of the key decision", "D2", why, acts=acts)


def _recommended(at: Passage) -> Iterator[Node]:
    """The bodies that recommend, in their order, each on a day on which it meets."""
    advised = at.report.advised if at.report else {}
    bodies = () if at.again or not at.way else at.way.recommended_by
    for n, body in enumerate(tuple(advised) if at.decision else bodies):
        title = f"{at.o.context.offices.title(body)} recommends"
        if body in advised:
            day = advised[body].on.read_as
            yield at.node(f"advice {n}", title, "L3", "it is on record", at=day)
            continue
        days, assumed = at.o.sittings(body)
        before = (Link(at.id(f"advice {n - 1}"), at_once),) if n else ()
        ahead = counted(_days_of_agenda(at).number, "clear day")
        why = f"it comes before the decision, and agenda and report {ahead} before it"
        yield at.node(
            f"advice {n}",
            title,
            "L3",
            why,
            days=days,
            after=(_agenda(at, body), *before),
            acts=at.acts("recommend", body),
            assumed=(assumed,),
        )


def _out(at: Passage) -> Iterator[Node]:
    """The report is published, where a rule of the council's counts from there to a meeting."""
    posts = (at.way.decided_by, *at.way.recommended_by) if at.way else ()
    bodies = [one for one in posts if at.o.context.offices.is_body(one)]
    if at.again or not bodies or not at.o.rules.agenda:
        return
    if at.report and at.report.published:
        day = at.report.published.read_as
        yield at.node("out", "Report published", "D6", "it is on record", at=day)
        return
    links, acts = (Link(at.id("report"), at_once),), at.acts("publish-report")
    why = "it can be published once it is put up"
    yield at.node("out", "Report published", "D6", why, after=links, acts=acts)


def _days_of_agenda(at: Passage) -> Period:
    rule = at.o.rules.agenda
    return rule.period if rule else CLEAR_DAYS["agenda"]


def _agenda(at: Passage, post: str) -> Link:
    """A report is with a body's agenda some clear days before it meets, five by law (D6).

    What was referred back has been published in time already.
    """
    if not at.o.context.offices.is_body(post):
        return Link(at.id("report"), at_once)
    since = "out" if at.o.rules.agenda and not at.again else "report"
    return Link(at.id(since), clear(_days_of_agenda(at), at.o.calendar))


def _consulted(at: Passage) -> Iterator[Node]:
    """The consultees who have to be heard, unless all have been (G2)."""
    heard = at.report.consulted if at.report else {}
    waiting = [
        one.post
        for one in at.consultees
        if not ((found := heard.get(one.post)) and (found.view or found.aside))
    ]
    if waiting:
        period, assumed = at.o.period("consult")
        names = listed([at.o.context.offices.title(one) for one in waiting])
        acts = at.acts("ask-consultees")
        acts += tuple(one for post in waiting for one in at.acts("answer-consultation", post))
        yield at.node(
            "consulted",
            "Consultees have answered",
            "G2",
            f"{names} are heard before the decision",
            after=(Link(at.id("report"), within(period, at.o.calendar)),),
            acts=acts,
            assumed=(assumed,),
        )


def _decided(at: Passage, before: Iterable[str]) -> Node:
    title, days, rule = "Decision", at.o.working, "L1"
    assumed = "No route of the constitution says who decides: any working day is assumed"
    why, agenda = "it is decided on a working day", Link(at.id("report"), at_once)
    if at.way:
        post = at.way.decided_by
        title = f"{at.o.context.offices.title(post)} decides"
        (days, assumed), agenda = at.o.sittings(post), _agenda(at, post)
        if at.o.context.offices.is_body(post):
            ahead = counted(_days_of_agenda(at).number, "clear day")
            rule, why = "D6", f"agenda and report are published {ahead} before a body meets"
    notice = at.id("notice")
    urgent = at.o.takes("general-exception") or at.gateway.id in at.o.p.exceptions
    period = exception_period(at.o.rules) if urgent else CLEAR_DAYS["forward-plan"]
    links = [
        Link(one, clear(period, at.o.calendar) if one == notice else at_once) for one in before
    ]
    if notice in before:
        rule, days_ = ("D3", 5) if urgent else ("D2", 28)
        why = f"it is key: {days_} clear days lie between its notice and it; {why}"
    return at.node(
        "decision",
        title,
        rule,
        why,
        days=days,
        after=(agenda, *links),
        acts=at.acts("take-decision"),
        assumed=(assumed,),
    )


def _published(at: Passage) -> Iterator[Node]:
    found = at.decision
    if found and found.published:
        day = found.published.read_as
        yield at.node("published", "Decision published", "D8", "it is on record", at=day)
        return
    period, assumed = at.o.period("publish-decision")
    yield at.node(
        "published",
        "Decision published",
        "D8",
        "a decision is published with its reasons",
        after=(Link(at.id("decision"), within(period, at.o.calendar)),),
        acts=(("publish-decision", str(found.id)),) if found else (),
        assumed=(assumed,),
    )


def _effect(at: Passage) -> Node:
    title, any_, decision = "Takes effect", at.o.any, at.decision
    if decision:
        main = FITTING[at.gateway.asks_for][0]
        mine = [r for d, r, _ in at.o.p.resolved(main) if d.id == decision.id]
        days = [day for one in mine if (day := decision.effective_on(one.label))]
        if days:
            why, count = "on the day after the call-in window", decision.window
            return at.node("effect", title, "D11", why, days=any_, at=min(days), counting=count)
        if decision.called_in:
            why = "it was called in and waits for the outcome: today is the earliest"
            return at.node("effect", title, "D10", why, days=any_)
    rule = at.o.rules.call_in
    assert rule
    from_ = at.id("decision" if rule.counted_from == "decision" else "published")

    def wait(day: date) -> tuple[date, Count | None]:
        window = call_in_window(rule.counted_from, day, at.o.context)
        return effective_after(True, window, day) or day, window

    why = "when nobody has called it in by the end of the window"
    said = f"How the call-in window is counted is {rule.provenance}"
    links = (Link(from_, wait),)
    return at.node("effect", title, "D11", why, days=any_, after=links, assumed=(said,))
