"""All that a procurement's page shows of how it stands, in facts, in the order of a case."""

from __future__ import annotations

from collections.abc import Iterator

from domain.acts import Act, next_acts
from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refused
from domain.wording import listed, short_day
from projections.fact import Fact, Telling, sentences
from projections.facts_of_contract import contract, notices, standstill
from projections.facts_of_decisions import decisions, delegated, undertaken
from projections.facts_of_market import market
from projections.facts_of_reports import reports
from projections.facts_of_terms import announced, sources, terms
from projections.standing import stage


def facts(p: Procurement, context: Context) -> tuple[Fact, ...]:
    """How a case stands; nothing of one that nothing has happened to."""
    if not p.version:
        return ()
    stands = Fact("Where it stands", "stage", "Stage", stage(p))
    return stands, *(one for part in PARTS for one in _as_far_as_it_goes(part, p, context))


def _as_far_as_it_goes(part: Telling, p: Procurement, context: Context) -> list[Fact]:
    """What the rules of then have no answer to, such as a year without a calendar, is said."""
    try:
        return list(part(p, context))
    except Refused as refused:
        reasons = sentences(*(one.reason for one in refused.refusals))
        return [Fact("Not worked out", str(part.__doc__), "By the rules of then", reasons)]


def waiting(p: Procurement, context: Context) -> Iterator[Fact]:
    """What somebody waits for, and for whom it is."""
    for one in next_acts(p, context):
        if one.awaited:
            yield Fact("What waits", f"{one.do} {one.subject}", one.title, _whose(one, context))


def _whose(act: Act, context: Context) -> str:
    titles = [context.offices.title(post) for post in act.posts]
    opens = f"not before {short_day(act.opens)}" if act.opens else ""
    return sentences(
        f"for {listed(titles, 'or')}" if titles else "no rule says for whom",
        f"due {short_day(act.due)} ({act.due_because})" if act.due else "",
        f"waits for {act.waits_for}" if act.waits_for else "",
        opens or ("not yet possible" if act.refusals and not act.waits_for else ""),
    )


PARTS: tuple[Telling, ...] = (
    waiting,
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
