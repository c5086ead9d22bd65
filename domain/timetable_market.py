"""The steps after a procurement is authorised: tender, evaluation, notices, signature, phases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from domain.deadlines import Count, Period
from domain.effects import ReleasePhase
from domain.outline import REGIME_RULE, Outline
from domain.owing import published
from domain.passages import Passage
from domain.regimes import Notices, standstill
from domain.schedule import Link, Node, at_once, within
from domain.tendering import earliest_close
from domain.timetable_reports import nodes as through
from domain.wording import counted

TENDER, AWARDED, CONTRACT = "Competition", "Award notices", "Contract"
START = "start"
BEFORE_TENDER = Period(40, "days")
"""How long before the tender notice a planned procurement notice is published (P8)."""


def node(id: str, group: str, title: str, rule: str, why: str, **more: Any) -> Node:
    return Node(id, group, title, rule, why, **more)


def competition(o: Outline, authorised: Iterable[str]) -> Iterator[Node]:
    """Tenders are invited, come in, and are evaluated: the last step is ``evaluated``."""
    tender, links = o.p.tender, [Link(one, at_once) for one in authorised]
    if o.takes("planned-notice") and o.announced and not o.p.framework:
        why = "published 40 days to 12 months before the tender notice, it allows 10 days to tender"
        title = "Planned procurement notice (UK3)"
        found = published("UK3", o.p)
        at = found.on.read_as if found else None
        yield node("planned", TENDER, title, "P8", why, days=o.working, at=at)
        links.append(Link("planned", within(BEFORE_TENDER, o.calendar)))
    yield node(
        "invited",
        TENDER,
        "Tenders invited",
        "L1",
        "a decision that authorises the procurement has effect first",
        days=o.working,
        after=tuple(links),
        at=tender.opened if tender else None,
        acts=(("invite-tenders", ""),),
    )
    time = o.time_to_tender

    def closing(day: date) -> tuple[date, Count | None]:
        if time.period:
            return within(time.period, o.calendar)(day)
        return earliest_close(day, time.days), None

    said = time.why if time.period else f"{counted(time.days, 'day')} to tender: {time.why}"
    yield node(
        "closed",
        TENDER,
        "Tenders close",
        time.rule,
        "it is on record" if tender else said,
        days=o.any,
        after=(Link("invited", closing),),
        at=tender.closes if tender else None,
        assumed=time.assumed,
    )
    period, assumed = o.period("evaluate")
    yield node(
        "evaluated",
        TENDER,
        "Tenders evaluated",
        "E1",
        "tenders are opened after the closing day",
        days=o.working,
        after=(Link("closed", within(period or Period(1, "days"), o.calendar)),),
        at=o.p.evaluation.on if o.p.evaluation else None,
        acts=(("record-evaluation", ""),),
        assumed=(assumed,),
    )


def notices(o: Outline, award: Passage | None, before: Iterable[str]) -> Iterator[Node]:
    """Who tendered is told, and the standstill runs: as far as the law or the decision asks."""
    after = tuple(before)
    if award and o.takes("alongside-call-in"):
        after = (award.id("decision"),)
    if o.announced and not o.direct:
        yield node(
            "summaries",
            AWARDED,
            "Assessment summaries sent",
            "P3",
            "everyone who was assessed has one before the award is announced",
            days=o.any,
            after=tuple(Link(one, at_once) for one in after),
            at=o.p.summaries,
            acts=(("send-assessment-summaries", ""),),
        )
        after = ("summaries",)
    stood = o.p.standstill if o.p.standstill and not o.p.standstill.goes_back else None
    if not (stood or o.stands_still or o.announced):
        return
    why = "they tell of the award, once it has effect"
    if award and o.takes("alongside-call-in"):
        why = "they tell of the award on the day of the decision, subject to call-in"
    law = REGIME_RULE[o.p.regime]
    yield node(
        "notices",
        AWARDED,
        "Award notices sent",
        law,
        why,
        days=o.any,
        after=tuple(Link(one, at_once) for one in after),
        at=stood.sent if stood else None,
        acts=(("send-award-notices", ""),),
    )
    if stood.count is None if stood else not o.stands_still:
        return

    def over(day: date) -> tuple[date, Count]:
        count = standstill(o.p.regime, Notices(day), o.calendar)
        return count.day_after, count

    kept = stood.count if stood else None
    why = f"it is voluntary: {o.exempt} needs none by law" if o.voluntary else "the law asks for it"
    yield node(
        "stood",
        AWARDED,
        "Standstill over",
        law,
        why,
        days=o.any,
        after=(Link("notices", over),),
        at=kept.day_after if kept else None,
        counting=kept,
    )


def contract(o: Outline, before: Iterable[str]) -> Iterator[Node]:
    """The signature and the start of the contract, which is the end of the timetable."""
    signed = o.p.contract
    yield node(
        "signed",
        CONTRACT,
        "Contract signed",
        "P7",
        "the award has effect and no standstill runs any more; it may be any day",
        days=o.any,
        after=tuple(Link(one, at_once) for one in before),
        at=signed.signed.read_as if signed else None,
        acts=(("sign-contract", ""),),
    )
    period, assumed = o.period("mobilise")
    yield node(
        START,
        CONTRACT,
        "Contract starts",
        "P7",
        "it starts when it is signed, or later",
        days=o.any,
        after=(Link("signed", within(period, o.calendar)),),
        at=signed.term.starts if signed else None,
        assumed=(assumed,),
    )


def phases(o: Outline) -> Iterator[Node]:
    """What comes after the start: each later phase waits for a decision of its own (T3)."""
    gateway, before = o.rules.gateway_for("release-phase"), START
    begun = "Phase 1 begins with the contract. How long a phase takes is not planned"
    for n in range(2, len(o.p.phases) + 1):
        if gateway:
            at = Passage(o, gateway, (before,), effect=ReleasePhase(n), key=f"phase-{n}")
            yield from through(at)
            before = at.ends
        yield node(
            f"phase {n}",
            CONTRACT,
            f"Phase {n} starts",
            "T3",
            "a decision of its own releases it",
            days=o.any,
            after=(Link(before, at_once),),
            at=o.p.started[n].read_as if n in o.p.started else None,
            assumed=(begun,),
        )
        before = f"phase {n}"
