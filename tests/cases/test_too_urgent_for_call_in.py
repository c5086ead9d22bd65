"""Bromley and Nottingham: what cannot wait for call-in, and whose agreement that takes (D10)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.effects import ApproveBudget
from domain.passed_over import NotThere
from domain.undertakings import outstanding
from domain.urgency import AgreeUrgency
from tests.cases.bromley import BROMLEY, CLERK, Bromley
from tests.cases.nottingham import CASE, COMMITTEE, Nottingham, exempt
from tests.cases.nottingham import CLERK as NOTTINGHAMS_CLERK
from tests.cases.walk import rules
from tests.scenario import holder

WHY = "The present contract ends before the window would close"
PDS_CHAIR = holder("bromley/chair-of-adult-care-and-health-pds")
CHAIR, VICE, CHIEF = (
    f"nottingham/{one}"
    for one in (
        "chair-of-overview-and-scrutiny",
        "vice-chair-of-overview-and-scrutiny",
        "chief-executive",
    )
)


def test_at_bromley_the_chair_of_the_committee_agrees_and_the_executive_resolves(
    demo: House,
) -> None:
    bromley = Bromley(demo).on(date(2021, 3, 31))
    urgent = replace(bromley.decision(), urgent=WHY)
    (refusal,) = bromley.refused(urgent, CLERK)
    assert refusal.rule == "D10"
    assert refusal.reason == (
        "Urgency takes the agreement of Chair of the Adult Care and Health PDS Committee, and none "
        "is on record"
    )
    assert refusal.provenance.startswith("inferred: decisions of about early 2017")
    bromley.do(AgreeUrgency(BROMLEY, bromley.open_report.id, PDS_CHAIR.post, WHY), PDS_CHAIR)
    found = bromley.do(urgent, CLERK).case.decisions[urgent.decision]
    assert (found.open_to_call_in, found.effective) == (False, date(2021, 3, 31))
    told = [one for one in outstanding(bromley.case) if one.to == "bromley/council"]
    assert [one.by for one in told] == [CLERK.post]


@pytest.fixture
def nottingham(demo: House) -> Nottingham:
    """A report on more money waits for the committee."""
    case = Nottingham(demo).publish().on(date(2017, 7, 3))
    return case.put_up("budget", ApproveBudget(exempt("40000000")))


@pytest.mark.parametrize("agrees", [CHAIR, VICE, CHIEF])
def test_at_nottingham_three_posts_agree_in_their_order(
    nottingham: Nottingham, agrees: str
) -> None:
    order = [CHAIR, VICE, CHIEF]
    before = tuple(NotThere(one, "absent", "Away") for one in order[: order.index(agrees)])
    agreed = AgreeUrgency(CASE, nottingham.report.id, agrees, WHY, before)
    if before:
        unsaid = nottingham.refused(replace(agreed, passed_over=()), NOTTINGHAMS_CLERK)
        assert set(rules(unsaid)) == {"D10"}
    nottingham.do(agreed, NOTTINGHAMS_CLERK)
    decision = replace(nottingham.decision(COMMITTEE), urgent=WHY)
    nottingham.do(decision, NOTTINGHAMS_CLERK)
    assert nottingham.case.decisions[decision.decision].effective == date(2017, 7, 3)
    assert "nottingham/council" in [one.to for one in outstanding(nottingham.case)]
