"""The terms of a case in facts: what is bought, on what terms, and what was said of it before."""

from __future__ import annotations

from collections.abc import Iterator

from domain.governing import commencement, threshold_in_words
from domain.messages import Context
from domain.procurement import Procurement
from domain.terms import ExistingContract
from domain.values import Term
from domain.wording import amount, counted, listed, pounds, short_day, when
from projections.fact import Fact, first_up, sentences
from projections.phrases import SENDERS

LAWS = {
    "pcr2015": "Public Contracts Regulations 2015",
    "pa2023": "Procurement Act 2023",
    "psr2023": "Provider Selection Regime",
}
KINDS = {
    "contradiction": "Contradiction",
    "silence": "Silent or unclear",
    "inference": "Read as",
}


def terms(p: Procurement, context: Context) -> Iterator[Fact]:
    """What the page lists beside the case."""

    def fact(key: str, name: str, says: str) -> Fact:
        return Fact("Facts", key, name, says)

    yield fact("title", "Title", p.title)
    yield fact("purpose", "What for", p.purpose)
    yield fact("category", "Category", p.category)
    yield fact("subject", "What is bought", _plainly(p.subject))
    yield fact("value", "Value", amount(p.value))
    yield fact("law", "Law", LAWS[p.regime])
    yield fact("began", "Began", commencement(p))
    if p.council_reference:
        yield fact("council", "Council’s reference", p.council_reference)
    if said := threshold_in_words(p):
        yield fact("threshold", "Threshold", said)
    if p.term:
        yield fact("term", "Term", of_term(p.term))
    if p.part_of:
        yield fact("part", "Part of", p.part_of)
    if p.mixed:
        rest = "could" if p.mixed.separable else "could not"
        worth = f"health care {pounds(p.mixed.health_care)}, the rest {pounds(p.mixed.rest)}"
        apart = f"the rest {rest} reasonably be supplied under a separate contract"
        yield fact("mixed", "Bought with", sentences(worth, apart))
    if p.framework:
        one = p.framework
        until = f"until {short_day(one.until)}"
        yield fact(
            "framework", "Framework", sentences(f"{one.reference}, {one.title}", one.lot, until)
        )
    for n, existing in enumerate(p.existing, 1):
        yield fact(f"replaces {n}", "Replaces", _existing(existing))
    for n, phase in enumerate(p.phases, 1):
        started = f"started {when(p.started[n])}" if n in p.started else ""
        says = sentences(f"{amount(phase.amount)}: {phase.purpose}", phase.condition, started)
        yield fact(f"phase {n}", f"Phase {n}", says)
    for n, party in enumerate(p.parties, 1):
        says = sentences(party.name, party.note)
        yield fact(f"party {n}", _plainly(party.part), says)
    for gateway, why in p.waived.items():
        yield fact(f"waived {gateway}", f"Gateway waived: {gateway}", why)
    if p.abandoned:
        yield fact("abandoned", "Abandoned", p.abandoned)


def announced(p: Procurement, context: Context) -> Iterator[Fact]:
    """What was announced before a decision, and why there was less notice."""
    part, title = "Notice of decisions and meetings", context.offices.title
    for gateway, day in p.notices.items():
        says = f"may be decided from {short_day(day)}"
        yield Fact(part, f"key {gateway}", f"Notice of a key decision: {gateway}", says)
    for gateway, day in p.exceptions.items():
        says = f"may be decided from {short_day(day)}"
        yield Fact(part, f"exception {gateway}", f"General exception: {gateway}", says)
    for n, urgent in enumerate(p.urgencies, 1):
        told = f"reported to the council {when(urgent.reported)}" if urgent.reported else ""
        used = "decided since" if urgent.decision else ""
        says = sentences(f"agreed by {title(urgent.agreed_by)}: {urgent.reasons}", used, told)
        yield Fact(part, f"urgent {n}", f"Special urgency: {urgent.gateway}", says)
    for one in p.private_meetings:
        key, name = f"private {one.body} {one.day}", f"{title(one.body)}, {short_day(one.day)}"
        urgent_ = f"{title(one.agreed_by)} agreed that it is urgent: {one.urgent}"
        says = sentences(
            f"to be held in private: {one.reasons}",
            f"notice given {when(one.announced)}" if one.announced else "",
            f"second notice {when(one.again)}" if one.again else "",
            urgent_ if one.urgent else "",
        )
        yield Fact(part, key, name, says)
        for n, heard in enumerate(one.representations, 1):
            answer = f"response: {heard.response}" if heard.response else "no response yet"
            yield Fact(
                part,
                f"{key} {n}",
                f"{name}: from {SENDERS[heard.sender]}",
                sentences(heard.says, answer),
            )


def sources(p: Procurement, context: Context) -> Iterator[Fact]:
    """What is irregular in the record, and how its sources were read."""
    for n, noted in enumerate(p.irregularities, 1):
        rule, says = noted.irregularity.rule, noted.irregularity.reason
        yield Fact("Irregular", f"{n}", f"Event {noted.version}, rule {rule}", says)
    for n, note in enumerate(p.notes, 1):
        used = f"used: {note.readings[note.used - 1].says}" if note.used else ""
        says = sentences(note.about, used, note.because)
        yield Fact("About the source", f"{n}", KINDS[note.kind], says)


def of_term(term: Term) -> str:
    options = f", with options of {listed([str(one) for one in term.extensions])} months"
    run = f"{short_day(term.starts)} to {short_day(term.ends)}"
    return f"{counted(term.months, 'month')}, {run}{options if term.extensions else ''}"


def _existing(one: ExistingContract) -> str:
    taken = f"{counted(one.extended, 'option')} to extend taken up" if one.extended else ""
    worth = amount(one.value) if one.value.basis != "unknown" else ""
    run = of_term(one.term) if one.term else ""
    return sentences(one.what, one.supplier, worth, run, taken, f"ends {when(one.ends)}")


def _plainly(word: str) -> str:
    return first_up(word.replace("-", " "))
