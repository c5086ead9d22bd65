"""Reports in facts: what each asks for, its papers, who was heard, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.clearance_rule import name_of
from domain.clearances import clearances_of
from domain.messages import Context
from domain.procurement import Procurement
from domain.reported import Consulted, Report
from domain.wording import amount, lettered, listed, short_day, when
from projections.effects_told import effect_told
from projections.fact import Fact, first_up, sentences
from projections.phrases import ANSWERS, CLEARINGS, VIEWS

HOW = {"consultation": "in consultation with", "agreement": "with the agreement of"}
STATES = {"open": "waits for a decision", "decided": "decided", "withdrawn": "withdrawn"}


def reports(p: Procurement, context: Context) -> Iterator[Fact]:
    """Every version of every report."""
    for report in p.reports.values():
        yield from _report(report, p, context)


def _report(report: Report, p: Procurement, context: Context) -> Iterator[Fact]:
    title, of = context.offices.title, f"{report.title}, version {report.version}"

    def fact(key: str, name: str, says: str) -> Fact:
        return Fact("Reports and papers", f"{report.id} {key}", name, says, of)

    sent = f"from {title(report.author.post)} to {title(report.to)}, {when(report.on)}"
    together = f"for all of it together {amount(report.together)}" if report.together else ""
    yield fact("report", "Put up", sentences(sent, together))
    yield fact("state", "What became of it", STATES[report.state])
    yield fact("published", "Publication", _published(report))
    for one in report.recommendations:
        about = f" (about {one.about})" if one.about else ""
        says = sentences(f"{one.text}{about}", effect_told(one.effect, context))
        yield fact(f"asks {one.label}", f"Recommendation {lettered(one.label)}", says)
    for n, paper in enumerate(report.documents, 1):
        yield fact(f"paper {n}", f"Paper {n}", f"{paper.title} (SHA-256 {paper.digest[:12]})")
    for n, closed in enumerate(report.closed, 1):
        paragraph = closed.exemption.paragraph
        why = f"exempt under paragraph {paragraph}" if paragraph else "no paragraph is named"
        says = f"{closed.title}, closed: {why}: {closed.exemption.reason}"
        yield fact(f"closed {n}", f"Part 2, paper {n}", says)
    for consultee in report.consultees:
        heard = report.consulted.get(consultee.post)
        says = f"{HOW[consultee.how]} {title(consultee.post)}: {_answer(heard)}"
        yield fact(f"consults {consultee.post}", "Consultation", says)
    for body, advised in report.advised.items():
        said = listed([f"{lettered(one.label)} {VIEWS[one.view]}" for one in advised.advice])
        says = sentences(f"{title(body)}, {when(advised.on)}: {said}", advised.reasons)
        yield fact(f"advised {body}", "Recommended", says)
    for given in clearances_of(report, p, context):
        kind = first_up(name_of(given.kind))
        done = given.given
        says = (
            f"{CLEARINGS[done.outcome]}, {title(done.by.post)}, {when(done.on)}: {done.comment}"
            if done
            else "awaited"
        )
        yield fact(f"clearance {given.kind}", kind, says)
    for n, over in enumerate(report.handed_over, 1):
        says = f"by {title(over.by.post)}, {when(over.on)}, because of an interest: {over.interest}"
        yield fact(f"handed over {n}", "Handed over", says)
    if urgent := report.urgency:
        says = f"{title(urgent.agreed_by)}, {when(urgent.on)}: {urgent.because}"
        yield fact("urgent", "Agreed not to wait for call-in", says)


def _published(report: Report) -> str:
    if report.published is None:
        return "not published yet"
    basis = f" ({report.published.basis})" if report.published.basis else ""
    return f"published {when(report.published)}{basis}"


def _answer(heard: Consulted | None) -> str:
    if heard is None:
        return "not asked yet"
    answer = f"asked on {short_day(heard.asked)}, no answer yet"
    if heard.view and heard.answered:
        deputy = ", by a deputy" if heard.by and heard.by.deputising else ""
        answer = f"{ANSWERS[heard.view]}, {short_day(heard.answered)}{deputy}"
    elif heard.aside:
        answer = ""
    aside = f"{heard.aside}: {heard.aside_because}" if heard.aside else ""
    interest = f"interest declared: {heard.interests_note}" if heard.interests_note else ""
    return sentences(aside, answer, heard.comment, interest)
