"""A contract that ends before its term is over, and what may still happen to it (T1 to T3, P8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.ending import ContractEnded, EndContract
from domain.wording import long_day
from tests.domain import cases, wyvern
from tests.domain.cases import acts, but, given
from tests.domain.owing import owed_by
from tests.domain.test_owed_before import AUTHORISED, DECIDED
from tests.domain.varying import (
    LATER,
    MORE,
    announce,
    contract,
    decided,
    make,
    of,
    report,
    to,
)
from tests.scenario import CASE, LAWYER, step

REF, ENDS = wyvern.REFERENCE, date(2029, 3, 31)
END = step(
    EndContract(wyvern.CASE, date(2026, 9, 30), "agreement", "The clinic has closed"),
    wyvern.LAWYER,
    LATER,
)


def test_one_that_is_ended_early_is_announced_from_its_last_day() -> None:
    event = ContractEnded(date(2026, 9, 30), "agreement", "The clinic has closed")
    given(*contract()).when(END).then(event)
    steps = (*contract(), END)
    one = owed_by(*steps, on=LATER, reference=REF)["UK11"]
    assert (one.opens, one.due) == (date(2026, 9, 30), date(2026, 10, 29))
    found = given(*steps).procurement(REF)
    assert found.contract
    assert found.contract.ends == date(2026, 9, 30)


def test_ended_for_a_breach_it_takes_a_performance_notice_too() -> None:
    steps = (*contract(), but(END, how="breach"))
    one = owed_by(*steps, on=LATER, reference=REF)["UK9 termination"]
    assert (one.what, one.due) == ("the breach", date(2026, 10, 29))
    light = (*contract(subject="light-touch"), but(END, how="breach"))
    assert "UK9 termination" not in owed_by(*light, on=LATER, reference=REF)
    assert "UK9 termination" not in owed_by(*contract(), END, on=LATER, reference=REF)


def test_it_is_ended_after_it_was_signed_and_before_its_term_is_over() -> None:
    unsigned = but(END, procurement=CASE)._replace(by=LAWYER, on=DECIDED)
    given(*AUTHORISED).when(unsigned).then_refused("C1")
    record = given(*contract())
    before = but(END, last_day=date(2026, 3, 1))
    reason = "The contract was signed on Monday 2 March 2026: not before"
    assert record.when(before).reason("T1") == reason
    anyway = but(END, last_day=ENDS)
    assert record.when(anyway).reason("T1") == "The contract ends on Saturday 31 March 2029 anyway"
    assert record.when(anyway.at(date(2029, 4, 1))).reason("T1") == (
        "The contract ended on Saturday 31 March 2029 anyway"
    )
    record.when(but(END, last_day=date(1900, 1, 1))).then_refused("C1", "T1")
    record.when(END._replace(by=wyvern.MANAGER)).then_refused("G1")


def test_an_earlier_end_that_comes_to_light_later_replaces_the_first() -> None:
    breach = but(END.at(date(2026, 9, 8)), last_day=date(2026, 9, 9), how="breach")
    steps = (*contract(), END, breach)
    found = given(*steps).procurement(REF).contract
    assert found
    assert found.ended
    assert (found.ends, found.ended.how) == (date(2026, 9, 9), "breach")
    assert owed_by(*steps, on=LATER, reference=REF)["UK11"].opens == date(2026, 9, 9)
    for same_or_later in (END, but(END, last_day=date(2026, 10, 1))):
        assert given(*contract(), END).when(same_or_later).reason("C2") == (
            "The contract was ended early, on Wednesday 30 September 2026: only an earlier day "
            "replaces that"
        )
    offered = acts(*contract(), END, on=LATER, reference=REF)["end-contract"]
    assert (offered.title, offered.queued) == ("Record an earlier end of the contract", False)


def test_that_it_ended_early_can_come_to_light_after_its_term() -> None:
    told = but(END.at(date(2029, 4, 2)), last_day=date(2029, 3, 1), how="breach")
    given(*contract()).when(told).outcome()
    found = owed_by(*contract(), told, on=date(2029, 4, 2), reference=REF)
    assert found["UK11"].due == found["UK9 termination"].due == date(2029, 3, 30)
    offered = acts(*contract(), on=date(2029, 4, 1), reference=REF)["end-contract"]
    assert (offered.title, offered.queued) == ("Record that the contract ended early", False)
    assert acts(*contract(), on=ENDS, reference=REF)["end-contract"].title == (
        "End the contract early"
    )


LAST = date(2026, 9, 30)


def test_it_is_changed_until_its_last_day_and_no_more_after_that() -> None:
    before = (*contract(), *decided(to("1050000")), END)
    given(*before).when(make(on=LAST)).outcome()
    assert given(*before).when(make(on=date(2026, 10, 1))).reason("T1") == (
        "The contract ended on Wednesday 30 September 2026: it can no longer be changed"
    )
    longer = report(replace(MORE, ground="unforeseeable", months=3), 1, LAST)
    assert given(*contract(), END).when(longer).reason("T1") == (
        "The contract is ended early, on Wednesday 30 September 2026: its term stays as it is"
    )


def test_a_change_that_took_place_before_its_end_is_put_on_record_after_it() -> None:
    steps = (*contract(), END)
    retrospective = report(to("1050000", since=LAST), 1, date(2026, 10, 1))
    given(*steps).when(retrospective).outcome()
    after = report(to("1050000", since=date(2026, 10, 1)), 1, date(2026, 10, 1))
    given(*steps).when(after).then_refused("T1")
    offered = acts(*steps, on=date(2026, 10, 1), reference=REF)["put-up-report variation"]
    assert not offered.queued
    assert "put-up-report extension" not in acts(*steps, on=LATER, reference=REF)


@pytest.mark.parametrize(("ended", "last"), [((END,), LAST), ((), ENDS)])
def test_a_change_that_was_not_made_when_it_ended_is_not_announced(
    ended: tuple[step, ...], last: date
) -> None:
    steps, key = (*contract(), *decided(to("1500000")), *ended), f"UK10 {of(1)} a"
    act, after = f"publish-change-notice {of(1)} a", last + timedelta(days=1)
    assert owed_by(*steps, on=last, reference=REF)[key].waits
    assert acts(*steps, on=last, reference=REF)[act].queued
    assert key not in owed_by(*steps, on=after, reference=REF)
    assert act not in acts(*steps, on=after, reference=REF)
    assert given(*steps).when(announce(on=after)).reason("T1") == (
        f"The contract ended on {long_day(last)}: the change is made no more"
    )
    announced = (*steps, announce(on=last))
    assert owed_by(*announced, on=after, reference=REF)[key].done
    made = (*steps, make()._replace(on=last, source="the contract"))
    assert key in owed_by(*made, on=after, reference=REF)
    given(*made).when(announce(on=after)).outcome()


def test_its_phases_start_until_its_last_day() -> None:
    ended = but(END, procurement=CASE, last_day=date(2023, 12, 31))
    steps = (*cases.RELEASED, ended._replace(by=LAWYER, on=cases.PHASE_2.on))
    given(*steps).when(cases.PHASE_2.at(date(2023, 12, 31))).outcome()
    assert given(*steps).when(cases.PHASE_2.at(date(2024, 1, 1))).reason("T1") == (
        "The contract ended early, on Sunday 31 December 2023: no phase starts"
    )
    under_way = (*cases.UNDER_WAY, steps[-1])
    assert acts(*under_way, on=date(2023, 12, 31))["put-up-report phase"].queued
    assert "put-up-report phase" not in acts(*under_way, on=date(2024, 1, 1))
    assert "put-up-report phase" not in acts(*cases.UNDER_WAY, on=date(2025, 1, 2))
