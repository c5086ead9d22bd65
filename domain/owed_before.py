"""The notices that come before a contract: UK2 to UK6 (P8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from domain.effects import AuthoriseProcurement, AwardContract
from domain.noticed import Noticed
from domain.owing import Owed, notifiable, owed, published
from domain.plans import in_effect_since
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.thresholds import below_threshold
from domain.values import When, months_later

AHEAD, AT_MOST = timedelta(days=40), 12
"""How long before the tender notice a planned procurement notice qualifies: days, and months."""


def before_the_contract(procurement: Procurement) -> Iterator[Owed]:
    """In the order in which they come. A call-off under a framework owes its award notice only."""
    small = below_threshold(procurement)
    if procurement.framework is None:
        if not small:
            yield from _engaged(procurement)
            yield from _planned(procurement)
        if notifiable(procurement):
            yield from _invited(procurement, small=small)
        if not small:
            yield from _direct(procurement)
    if not small:
        yield from _awarded(procurement)


def _engaged(p: Procurement) -> Iterator[Owed]:
    if p.engagement is None or (direct_award(p) and not p.tender):
        return
    one = replace(owed("UK2", "the market was engaged", p), since=p.engagement.opened)
    if p.tender:
        why = p.tender.no_engagement_notice
        one = replace(one, instead=why, late_for="" if why else "tenders were invited")
    yield one


def _planned(p: Procurement) -> Iterator[Owed]:
    """Nobody has to publish one; it is there while it can be of use, or where it was published."""
    found = published("UK3", p)
    if p.tender is None and found is None and direct_award(p) is None and p.contract is None:
        yield replace(owed("UK3", "it may shorten the time to tender", p), optional=True)
    elif found:
        yield owed("UK3", _of_use(found, p), p)


def _of_use(notice: Noticed, p: Procurement) -> str:
    if p.tender is None:
        first, last = planned_for(notice.on)
        return f"it allows 10 days to tender from {first:%-d %B %Y} to {last:%-d %B %Y}"
    if qualifies(notice.on, p.tender.opened):
        return "it was published 40 days to 12 months ahead: 10 days to tender were enough"
    return "it was not published 40 days to 12 months ahead: it shortened nothing"


def planned_for(published_on: When) -> tuple[date, date]:
    """The first and the last London day of a tender notice for which an earlier one qualifies."""
    day = published_on.read_as
    return day + AHEAD, months_later(day, AT_MOST)


def qualifies(published_on: When, invited: date) -> bool:
    """Whether a planned procurement notice shortens the time to tender (section 15)."""
    first, last = planned_for(published_on)
    return first <= invited <= last


def announced_early(p: Procurement, day: date) -> bool:
    """Whether such a notice is on record that qualifies, for tenders invited then or on a day."""
    found = published("UK3", p)
    return found is not None and qualifies(found.on, p.tender.opened if p.tender else day)


def _invited(p: Procurement, *, small: bool) -> Iterator[Owed]:
    authorised = list(p.resolved(AuthoriseProcurement))
    if p.tender and not p.tender.advertised:
        return
    if p.tender or (authorised and direct_award(p) is None and p.contract is None):
        since = in_effect_since(*authorised[-1][:2]) if authorised else None
        day = since.read_as if isinstance(since, When) else since
        why = "tenders are invited, if by advertisement" if small else "tenders are invited"
        yield replace(owed("UK4", why, p), since=day)


def direct_award(p: Procurement) -> AwardContract | None:
    """The award without competition that is on its way: asked for, or resolved last."""
    report = p.open_report
    asked = [
        one.effect
        for one in (report.recommendations if report else ())
        if isinstance(one.effect, AwardContract) and one.about in (None, p.reference)
    ]
    meant = [*(effect for _, _, effect in p.resolved(AwardContract)), *asked]
    return meant[-1] if meant and meant[-1].direct else None


def _direct(p: Procurement) -> Iterator[Owed]:
    if direct_award(p):
        one = owed("UK5", "the contract is awarded without competition", p)
        told = "the award was announced" if published("UK6", p) else ""
        yield replace(one, late_for="the contract was signed" if p.contract else told)


def _awarded(p: Procurement) -> Iterator[Owed]:
    resolved = list(p.resolved(AwardContract))
    if p.evaluation or resolved or p.contract:
        one = owed("UK6", "the contract is a public contract", p)
        yield replace(one, late_for="the contract was signed" if p.contract else "")


def _missing(code: str, p: Procurement) -> bool:
    found = before_the_contract(p) if p.regime == "pa2023" else ()
    return any(one.notice.code == code and not one.done for one in found)


def why_not_unannounced(procurement: Procurement, reasons: str) -> Iterable[Refusal]:
    """Who engaged the market says so before the tender notice, or why not in that (s. 17)."""
    if _missing("UK2", procurement) and not reasons:
        reason = "The preliminary market engagement notice (UK2) goes first: publish it, or say "
        yield Refusal("P8", f"{reason}why the tender notice does without")


def why_not_transparent(procurement: Procurement) -> Iterable[Refusal]:
    """A direct award is announced before it is made (s. 44)."""
    if _missing("UK5", procurement):
        reason = "The transparency notice (UK5) goes first: the award is without competition"
        yield Refusal("P8", reason)
