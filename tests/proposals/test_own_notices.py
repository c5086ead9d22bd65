"""A proposal that hands the notices to another post: whose queue the council's own would be in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from projections.findings import Waiting
from tests.proposals.proposing import TODAY, each, on_record, proposal, run
from tests.scenario import LAWYER, OFFICER


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2025, 3, 3), []),
        (date(2025, 3, 4), ["UK1"]),
        (date(2026, 7, 14), ["UK1", "UK8", "UK17"]),
    ],
)
def test_the_councils_own_would_wait_for_others_once_their_time_is_near(
    tmp_path: Path, today: date, codes: list[str]
) -> None:
    others = each("leeds", "duties", {"act": "send-award-notices"}, posts=(LAWYER.post,))
    with on_record(tmp_path / "c.db", "leeds") as house:
        house.clocks.forward("leeds", (today - TODAY).days)
        found = {one.post: one for one in run(house, others).queues}
    gained = found[LAWYER.post].gains if codes else ()
    assert sorted(one.act.partition("(")[2].partition(")")[0] for one in gained) == sorted(codes)
    assert (OFFICER.post in found) == bool(codes)
    if codes:
        assert found[OFFICER.post].loses == gained
        act = "Publish the pipeline notice (UK1) for the financial year from 1 April 2025"
        assert gained[0] == Waiting("leeds", act)


def test_rules_that_hand_them_to_nobody_take_them_out_of_the_queue(tmp_path: Path) -> None:
    duties = proposal("leeds").duties
    nobody = proposal(
        "leeds", duties=tuple(one for one in duties if one.act != "send-award-notices")
    )
    with on_record(tmp_path / "c.db", "leeds") as house:
        house.clocks.forward("leeds", (date(2026, 7, 14) - TODAY).days)
        found = {one.post: one for one in run(house, nobody).queues}
    assert len(found[OFFICER.post].loses) == 3
    assert LAWYER.post not in found
