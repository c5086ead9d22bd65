"""The notices that follow a contract: UK7, its copy, and UK9 to UK12 (P8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from domain.change_notice import never_made, notice_needed
from domain.changes import made
from domain.competition import Contract
from domain.convertible import governed
from domain.deadlines import Calendar
from domain.effects import VaryContract
from domain.messages import Context
from domain.owing import Owed, due_from, notifiable, owed, published
from domain.procurement import Procurement
from domain.public_notices import AS_SOON, FROM_THE_END
from domain.thresholds import below_threshold, estimate
from domain.values import months_later
from domain.wording import lettered, short_day

COPIED = Decimal(5_000_000)
"""Pounds with VAT and every option, above which a copy of the contract is published."""
# General knowledge: from when section 71 is in force.
PERFORMANCE_SINCE = date(2026, 1, 1)
TERMINATION = "termination"
"""What a performance notice is about where the contract was ended for a breach."""


def after_the_contract(procurement: Procurement, context: Context) -> Iterator[Owed]:
    """In the order of their numbers.

    Below the threshold there are the contract details only, until a change lifts it there.
    """
    contract = procurement.contract
    if contract is None:
        return
    if below_threshold(procurement):
        if notifiable(procurement):
            yield _details_of_a_small_one(procurement, contract)
    else:
        yield from _details(procurement, contract, context.calendar)
    public = governed(procurement)
    if public:
        yield from _performance(procurement, contract, context)
    yield from _changed(procurement, contract, context.day)
    if public:
        yield from _ended(procurement, contract, context)


def _details_of_a_small_one(p: Procurement, contract: Contract) -> Owed:
    one = owed("UK7", "a contract of £30,000 or more was made", p)
    return replace(one, since=contract.signed.read_as, by=AS_SOON)


def _details(p: Procurement, contract: Contract, calendar: Calendar) -> Iterator[Owed]:
    signed = contract.signed.read_as
    light = " (light touch)" if p.subject == "light-touch" else ""
    yield _due(owed("UK7", f"a public contract was made{light}", p), signed, p, calendar)
    term = contract.term
    whole = estimate(contract.original, term.months, term.extensions)
    if whole is None or whole > COPIED:
        why = "it is worth more than £5,000,000 with VAT and every option"
        if whole is None:
            why = "a value that is not known, or not for everybody, counts as above £5,000,000"
        yield _due(owed("UK7-copy", f"{why}{light}", p), signed, p, calendar)


def _due(one: Owed, since: date, p: Procurement, calendar: Calendar) -> Owed:
    """With the last day of its period, and how it was counted."""
    notice = one.notice
    light = notice.light_touch if p.subject == "light-touch" else None
    due, count = due_from(since, light or notice.period, calendar) or (None, None)
    if light and notice.period:
        by = notice.due.replace(f"{notice.period.number} days", f"{light.number} days")
        one = replace(one, by=by)
    return replace(one, since=since, due=due, count=count)


def _performance(p: Procurement, contract: Contract, context: Context) -> Iterator[Owed]:
    """Once for every twelve months of the contract, those that have begun and the next (s. 71)."""
    number, first = 1, contract.term.starts
    indicators = p.indicators.named if p.indicators else ()
    while indicators and first <= contract.ends:
        last = months_later(contract.term.starts, 12 * number) - timedelta(days=1)
        due, why = last, f"indicators were set: the twelve months from {short_day(first)}"
        if contract.ends <= last:
            due, why = contract.ends, "indicators were set: the last assessment of the contract"
        if due >= PERFORMANCE_SINCE:
            one = owed("UK9", why, p, str(number))
            yield replace(one, what=f"year {number}", since=first, opens=first, due=due)
        if first > context.day:
            break
        number, first = number + 1, last + timedelta(days=1)
    yield from _ended_for_breach(p, contract, context.calendar)
    yield from _breaches(p)


def _ended_for_breach(p: Procurement, contract: Contract, calendar: Calendar) -> Iterator[Owed]:
    if contract.ended and contract.ended.how == "breach" and p.subject != "light-touch":
        since = contract.ends
        one = owed("UK9", "the contract was ended for a breach by the supplier", p, TERMINATION)
        one = replace(one, what="the breach", opens=since, by=FROM_THE_END)
        yield _due(one, since, p, calendar)


def _breaches(p: Procurement) -> Iterator[Owed]:
    """Of each breach with consequences there may be one: nobody can know of it but who says so."""
    if p.subject == "light-touch":
        return
    told = [one for one in p.noticed if one.about.startswith("breach ")]
    for number in range(1, len(told) + 2):
        one = owed("UK9", "a breach had consequences, or did not improve", p, f"breach {number}")
        by = "within 30 days beginning with the day on which that was so"
        yield replace(one, what=f"breach {number}", by=by, optional=not one.done)


def _changed(p: Procurement, contract: Contract, day: date) -> Iterator[Owed]:
    for decision, one, change in p.resolved(VaryContract):
        if needed := notice_needed(decision.id, one.label, change, p):
            found = owed("UK10", needed.because, p, f"{decision.id} {one.label}")
            gone = "the contract was changed" if made(decision.id, one.label, contract) else ""
            if found.done or not never_made(decision.id, one.label, change, contract, day):
                yield replace(found, what=f"the change {lettered(one.label)}", late_for=gone)


def _ended(p: Procurement, contract: Contract, context: Context) -> Iterator[Owed]:
    ends = contract.ends
    one = owed("UK11", f"the contract ends on {short_day(ends)}", p)
    yield _due(replace(one, opens=ends), ends, p, context.calendar)


def given_up(procurement: Procurement) -> Iterator[Owed]:
    """A procurement that ends without a contract after it was announced (s. 55)."""
    announced = published("UK4", procurement) or published("UK5", procurement)
    if procurement.abandoned and announced and not below_threshold(procurement):
        told = announced.code
        one = owed("UK12", f"it was given up after its {told} was published", procurement)
        yield replace(one, since=procurement.abandoned_on)
