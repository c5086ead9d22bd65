"""What may happen next in a procurement, whose it is, and every reason why not yet."""

from __future__ import annotations

from collections.abc import Iterator

from domain.abandoning import why_not_abandon
from domain.messages import Context
from domain.next_clearances import clearances
from domain.next_conditions import conditions
from domain.next_conflicts import conflicts
from domain.next_contract import contract, undertaken
from domain.next_decisions import consultation, decisions, open_report
from domain.next_market import appraisal, award, market, parts
from domain.next_notices import urgencies
from domain.next_private import private_meetings
from domain.next_public import public_notices
from domain.next_reports import again, first, papers
from domain.next_scrutiny import scrutinised
from domain.next_standstill import standing_still
from domain.offering import Act, Offering
from domain.procurement import Procurement
from domain.refusals import ABSOLUTE

__all__ = ["Act", "next_acts"]

IN_ORDER = (
    open_report,
    private_meetings,
    clearances,
    consultation,
    decisions,
    conditions,
    urgencies,
    scrutinised,
    appraisal,
    first,
    conflicts,
    market,
    standing_still,
    award,
    again,
    contract,
    public_notices,
    parts,
    undertaken,
    papers,
)
"""Where acts are looked for, in the order of a case."""


def next_acts(procurement: Procurement, context: Context) -> list[Act]:
    """Everything that could be done next, in the order of a case; nobody's post is asked for."""
    if not procurement.version:
        return []
    return [
        one
        for one in _candidates(Offering(procurement, context))
        if not any(refusal.rule in ABSOLUTE for refusal in one.refusals)
    ]


def _candidates(case: Offering) -> Iterator[Act]:
    """Acts that some state of a case knows, whether or not this case is in it."""
    if case.p.abandoned:
        yield from public_notices(case)
        return
    for look in IN_ORDER:
        yield from look(case)
    refusals = why_not_abandon(case.p)
    yield case.act("abandon-procurement", "Abandon the procurement", refusals, awaited=False)
