"""Nobody learns from a dry run what they may not see: it is not worked out for them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.keys import stream_keys
from adapters.sealing import Unopened
from projections.findings import Barred, DryRun, Elsewhere, Timed
from tests.cases.nottingham import DIRECTOR, MANAGER, REFERENCE, UNDER, Nottingham
from tests.proposals.proposing import but, each, pounds, run, sentences, unlike

PRICE, BUDGET = "700000.17", "710000.83"


def to_the_award(house: House, price: str) -> House:
    """The report on an award at an exempt price, which waits for the Director of Public Health."""
    walk = Nottingham(house).to_evaluation("Umber Lapwing Trust", price).enter(BUDGET)
    command = walk.putting_up("award", "officer", DIRECTOR.post, walk.award(), UNDER)
    walk.do(replace(command, class_reason=""), MANAGER)
    return house


@pytest.fixture
def exempt(demo: House) -> House:
    return to_the_award(demo, PRICE)


def told(house: House, threshold: int, *, opened: bool) -> DryRun:
    return run(house, but("nottingham", "key_threshold", above=pounds(threshold)), opened=opened)


def test_an_exempt_figure_decides_for_who_may_see_it(exempt: House) -> None:
    (barred,) = unlike(told(exempt, 700_000, opened=True), Barred)
    assert isinstance(barred, Barred)
    assert barred.rule == "D1"
    assert not unlike(told(exempt, 700_001, opened=True), Barred)
    assert told(exempt, 700_000, opened=True).findings[0].place.closed
    assert told(exempt, 700_000, opened=True).withheld == ()


def test_for_who_may_not_no_threshold_can_be_tried_until_it_gives_the_figure_away(
    exempt: House,
) -> None:
    found = told(exempt, 700_000, opened=False)
    assert (found.findings, found.queues, found.withheld) == ((), (), (REFERENCE,))
    for threshold in 0, 1, 699_999, 700_001, 10_000_000:
        assert told(exempt, threshold, opened=False) == found


def test_nor_a_route_that_ends_at_a_value(
    exempt: House,
) -> None:
    everything = each("nottingham", "routes", {}, up_to=pounds(700_000), decided_by=DIRECTOR.post)
    found = run(exempt, everything, opened=False)
    assert not unlike(found, Elsewhere)
    assert found.withheld == (REFERENCE,)
    assert "700,000" not in " ".join(sentences(exempt, found))


def test_what_no_figure_decides_is_told_to_everybody(exempt: House) -> None:
    longer = but("nottingham", "call_in", working_days=20)
    found = run(exempt, longer, opened=False)
    assert len(unlike(found, Timed)) == 1
    assert found.findings[0].place.closed
    assert len(unlike(run(exempt, longer, opened=True), Timed)) == 1


def test_before_anything_closed_is_on_record_nothing_is_withheld(demo: House) -> None:
    board = each("nottingham", "routes", {}, decided_by=DIRECTOR.post)
    found = run(demo, board, opened=False)
    assert found.withheld == ()
    assert unlike(found, Elsewhere)
    assert found == run(demo, board, opened=True)


def test_a_queue_that_a_figure_may_fill_is_not_compared(exempt: House) -> None:
    duty = each("nottingham", "duties", {"act": "ask-consultees"}, posts=(DIRECTOR.post,))
    assert [one.post for one in run(exempt, duty, opened=True).queues]
    assert run(exempt, duty, opened=False).queues == ()


def test_what_is_sealed_is_not_even_unsealed_for_who_may_not_see_it(exempt: House) -> None:
    with exempt.database.write() as db:
        db.execute(stream_keys.update().values(wrapped=bytes(60)))
    assert told(exempt, 700_000, opened=False).withheld == (REFERENCE,)
    with pytest.raises(Unopened):
        told(exempt, 700_000, opened=True)
