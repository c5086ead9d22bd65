"""Notices of changes to a contract: which change needs one, and whether it comes first (P8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.assessing_conflicts import CHANGE, why_not_confirmed
from domain.case_command import ProcurementCommand
from domain.changes import Change, change_of, changes, made, too_late
from domain.competition import Contract, Variation
from domain.convertible import why_converted, why_outside
from domain.effects import VaryContract
from domain.grounds import GROUNDS
from domain.measuring import (
    PSR_POUNDS,
    TENTH,
    before_it,
    moved,
    tenth,
    with_earlier,
)
from domain.messages import Context, Event, Stamp, evolve
from domain.noticed import Identifier
from domain.owing import with_notice
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import Text
from domain.wording import figure, long_day

NAME = "The contract change notice (UK10)"
PSR_DAYS = timedelta(days=30)


class ChangeNoticePublished(Event, frozen=True, tag="change-notice-published/1"):
    decision: UUID
    label: Text
    identifier: Identifier = ""


class Needed(Struct, frozen=True):
    """Why a notice is needed, whether it goes before the change, and else by when it is due."""

    because: str
    first: bool = False
    due: date | None = None


def notice_needed(
    decision: UUID, label: str, change: VaryContract, procurement: Procurement
) -> Needed | None:
    """The notice that the law asks for a change that was resolved, made already or not."""
    contract = procurement.contract
    assert contract
    done = made(decision, label, contract)
    figures = change_of(change, contract)
    if done:
        figures = next(each for one, each in changes(contract) if one == done)
    match procurement.regime:
        case "pa2023":
            return _under_the_act(change, figures, done, contract, procurement)
        case "pcr2015" if change.ground in ("additional", "unforeseeable"):
            return Needed(f"regulation 72(3) asks for one on this ground ({change.ground})")
        case "psr2023":
            return _under_the_regime(change, figures, done)
    return None


def _under_the_act(
    change: VaryContract,
    figures: Change,
    done: Variation | None,
    contract: Contract,
    procurement: Procurement,
) -> Needed | None:
    """Section 75: before the change, unless what it changes is small or the contract light touch.

    As the section says, it is enough that either the value or the term moves by little. A contract
    below the threshold needs none, unless the change lifts it there.
    """
    if procurement.subject == "light-touch" or why_outside(change, procurement, done):
        return None
    converted = why_converted(change, procurement, done)
    also = f"{converted}, and " if converted else ""
    limits = GROUNDS["pa2023"].get(change.ground)
    earlier = before_it(contract, done)
    group = with_earlier(change, figures, earlier, limits) if limits else [(change, figures)]
    pounds, most = moved(group), tenth(procurement)
    months = sum(abs(one.months) for one, _ in group)
    share = pounds * 100 / figures.original.figure if pounds and figures.original.figure else None
    if share is not None and share <= most:
        return None
    if 0 < months * 10 <= contract.term.most:
        return None
    if pounds:
        moved_by = figure(pounds, figures.original, figures.before, figures.after)
        return Needed(f"{also}the value moves by {moved_by}, more than {most} %", first=True)
    if months:
        return Needed(f"{also}the term moves by more than {TENTH} %", first=True)
    return Needed(
        f"{also}section 75 lets only small changes of value or term go without", first=True
    )


def _under_the_regime(
    change: VaryContract, figures: Change, done: Variation | None
) -> Needed | None:
    """Regulation 13(4): within 30 days, where all changes together reach £500,000."""
    total = figures.cumulative
    if change.ground == "external-factors" or (total is not None and abs(total) < PSR_POUNDS):
        return None
    day = (change.since or done.on.read_as) + PSR_DAYS if done else None
    return Needed(f"all changes together come to {figure(PSR_POUNDS)} or more", due=day)


def never_made(
    decision: UUID, label: str, change: VaryContract, contract: Contract, day: date
) -> bool:
    """Whether the contract ended before a change that was resolved was made: none is announced."""
    return not made(decision, label, contract) and too_late(change, contract, day)


def why_not_publish_change_notice(
    decision: UUID, label: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A resolution that stands changes the contract, or did, and was not announced yet."""
    standing = {(one.id, r.label): effect for one, r, effect in procurement.resolved(VaryContract)}
    contract, change = procurement.contract, standing.get((decision, label))
    if contract is None or change is None:
        yield Refusal("C1", "There is no such resolution to change the contract")
    elif f"{decision} {label}" in contract.change_notices:
        yield Refusal("C2", "The notice of this change has been published")
    elif never_made(decision, label, change, contract, context.day):
        ended = f"The contract ended on {long_day(contract.ends)}"
        yield Refusal("T1", f"{ended}: the change is made no more")
    yield from why_not_confirmed(procurement, CHANGE)


class PublishChangeNotice(ProcurementCommand, frozen=True, tag="publish-change-notice"):
    """Record that the notice of a change to the contract was published today (P8).

    ``identifier`` is what the central platform calls it.
    """

    decision: UUID
    label: Text
    identifier: Identifier = ""

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        return why_not_publish_change_notice(self.decision, self.label, procurement, context)

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ChangeNoticePublished(self.decision, self.label, self.identifier)


@evolve.register
def _(event: ChangeNoticePublished, procurement: Procurement, stamp: Stamp) -> Procurement:
    assert procurement.contract
    notices = procurement.contract.change_notices
    about = f"{event.decision} {event.label}"
    contract = replace(procurement.contract, change_notices={**notices, about: stamp.on})
    changed = replace(procurement, contract=contract)
    return with_notice(changed, "UK10", stamp, event.identifier, about)
