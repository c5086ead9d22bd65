"""All that a procurement's page shows of how it stands, in facts, in the order of a case."""

from __future__ import annotations

from domain.acts import next_acts
from domain.messages import Context
from domain.procurement import Procurement
from domain.wording import listed, short_day
from projections.fact import Fact, Telling, sentences
from projections.facts_of_contract import contract, notices, standstill
from projections.facts_of_decisions import decisions, delegated, undertaken
from projections.facts_of_market import market
from projections.facts_of_reports import reports
from projections.facts_of_terms import announced, sources, terms
from projections.standing import stage

PARTS: tuple[Telling, ...] = (
    terms,
    announced,
    reports,
    decisions,
    delegated,
    undertaken,
    market,
    standstill,
    contract,
    notices,
    sources,
)


def facts(p: Procurement, context: Context) -> tuple[Fact, ...]:
    """How a case stands; nothing of one that nothing has happened to."""
    if not p.version:
        return ()
    stands = Fact("Where it stands", "stage", "Stage", stage(p))
    told = (one for part in PARTS for one in part(p, context))
    return stands, *_waiting(p, context), *told


def _waiting(p: Procurement, context: Context) -> list[Fact]:
    """What somebody waits for, and for whom it is."""
    return [
        Fact(
            "What waits",
            f"{one.do} {one.subject}",
            one.title,
            sentences(
                f"for {listed([context.offices.title(post) for post in one.posts], 'or')}"
                if one.posts
                else "no rule says for whom",
                f"due {short_day(one.due)} ({one.due_because})" if one.due else "",
                f"waits for {one.waits_for}" if one.waits_for else "",
                f"not before {short_day(one.opens)}"
                if one.opens
                else "not yet possible"
                if one.refusals and not one.waits_for
                else "",
            ),
        )
        for one in next_acts(p, context)
        if one.awaited
    ]
