"""Until when records are kept: of decisions, background papers, procurements (D8, E3)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from domain.effects import AwardContract
from domain.messages import Context
from domain.officer_decisions import OF_2012, OF_2014, function_of, officer_record
from domain.procurement import Procurement
from domain.record import Decision
from domain.values import When, months_later

What = Literal["record-and-report", "background-papers", "procurement-records"]
MONTHS: dict[What, int] = {
    "record-and-report": 72,
    "background-papers": 48,
    "procurement-records": 36,
}
"""Six, four and three years."""


class Kept(Struct, frozen=True):
    """What is kept, and until which London day: None where what it runs from is not known."""

    what: What
    until: date | None
    law: str


def kept_of_decision(decision: Decision, context: Context) -> tuple[Kept, ...]:
    """Record and report, for six years from the decision; background papers, for four."""
    made, law = decision.made or _latest(decision.on), _law(decision, context)
    whats: tuple[What, What] = ("record-and-report", "background-papers")
    return tuple(Kept(one, _until(one, made), law) for one in whats)


def kept_of_procurement(p: Procurement) -> Kept | None:
    """Records of a procurement under the Act: three years from the contract, or from the award.

    None where the law is another one, or nothing is awarded yet.
    """
    awarded = [
        decision.made or _latest(decision.on) for decision, _, _ in p.resolved(AwardContract)
    ]
    if p.regime != "pa2023" or not (awarded or p.contract):
        return None
    since = _latest(p.contract.signed) if p.contract else awarded[-1]
    what: What = "procurement-records"
    return Kept(what, _until(what, since), "section 98 of the Procurement Act 2023")


def _until(what: What, since: date | None) -> date | None:
    """The same day of the month so many years on; of 29 February, where there is none, the 28th."""
    return months_later(since, MONTHS[what]) if since else None


def _latest(on: When) -> date | None:
    """The latest day that is meant: what is kept until after that is not thrown away too early."""
    return None if on.precision in ("after", "unknown") else on.read_as


def _law(decision: Decision, context: Context) -> str:
    """Which law sets the periods: they are the same in each."""
    match function_of(decision, context), officer_record(decision, context) is not None:
        case "executive", _:
            return f"regulation 21 of {OF_2012}"
        case "non-executive", True:
            return f"regulation 8 of {OF_2014}"
        case "non-executive", False:
            return "sections 100C and 100D of the Local Government Act 1972"
        case _:
            return f"regulation 21 of {OF_2012}, if it is executive, and otherwise as long"
