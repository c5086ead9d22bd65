"""A proposed constitution over everything on record: what would have been otherwise.

Each step is asked twice, on its own day, with its own offices and calendar: by the rules that it
relied on, and by the proposal. What came before it is as recorded, but that decisions before it
have effect from the day that either gives them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from domain.authority import Authority
from domain.constitution import Constitution
from domain.procurement import Procurement
from projections.findings import DryRun, Finding
from projections.queues_compared import queues
from projections.replay import Case, Key, Replay


def dry_run(
    cases: Iterable[Case],
    authority: Authority,
    proposal: Constitution,
    today: date,
    since: date | None = None,
) -> DryRun:
    """What would have been otherwise since a London day, and whose queue would differ today."""
    found: dict[Key, Finding] = {}
    procurements: list[Procurement] = []
    withheld: list[str] = []
    asked = 0
    for case in cases:
        replay = Replay(case, authority, proposal, since)
        for key, one in replay.findings.items():
            found[key] = _shared(found[key], one) if key in found else one
        asked += replay.asked
        procurements.append(replay.recorded)
        withheld += [replay.recorded.reference] * case.withheld
    rules = authority.rules(today)
    known = {one.id for one in rules.offices.posts}
    named = posts_that_act(proposal) | set(proposal.closed.posts if proposal.closed else ())
    shown = [one for one in procurements if one.reference not in withheld]
    return DryRun(
        authority=authority.name,
        version=proposal.version,
        in_force=proposal.in_force,
        since=since,
        today=today,
        procurements=len(procurements),
        asked=asked,
        findings=tuple(sorted(found.values(), key=_place)),
        queues=queues(shown, authority, rules, proposal, today),
        no_such_posts=tuple(sorted(named - known)),
        withheld=tuple(sorted(withheld)),
    )


def _place(one: Finding) -> tuple[str, int]:
    return one.place.references[0], one.place.version


def _shared(first: Finding, other: Finding) -> Finding:
    """One finding of a decision that several procurements have on record."""
    references = (*first.place.references, *other.place.references)
    closed = first.place.closed or other.place.closed
    return replace(first, place=replace(first.place, references=references, closed=closed))


def posts_that_act(rules: Constitution) -> set[str]:
    """Every post that does something by these rules: who only reads is none of them."""
    lists = [one.posts for one in rules.duties]
    lists += [one.waived_by for one in rules.gateways]
    lists += [(one.decided_by, *one.recommended_by) for one in rules.routes]
    lists += [(one.hands_over_to,) for one in rules.routes if one.hands_over_to]
    return {post for each in lists for post in each}
