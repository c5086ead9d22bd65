"""A contract below the Act's threshold is changed freely, unless the change lifts it there (T2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.effects import VaryContract
from domain.values import Amount, Closed
from tests.domain.cases import exactly, given
from tests.domain.owing import in_wyvern, owed_by, publish
from tests.domain.test_change_notice import NOTICE, acts
from tests.domain.varying import (
    ASSESSED,
    LATER,
    MORE,
    announce,
    contract,
    decided,
    make,
    of,
    report,
    to,
    varied,
)
from tests.domain.wyvern import REFERENCE

# With VAT on top and options of 48 months after 36, £74,185.71 comes to £207,720: the threshold.
SMALL, MOST, LEAST = "50000", "74185.71", "74185.72"
FREE = replace(MORE, ground="none-needed")


def small(amount: Amount | str = SMALL) -> tuple[Any, ...]:
    return contract(amount=amount)


@pytest.mark.parametrize(
    "change",
    [
        to(MOST, FREE),
        to(MOST),
        to(MOST, replace(MORE, ground="below-threshold", alters=("scope",))),
        to("10000", FREE, alters=("character",)),
        replace(FREE, months=3),
    ],
)
def test_below_the_threshold_a_change_needs_no_ground_and_no_notice(change: VaryContract) -> None:
    before = (*small(), *decided(change))
    given(*before).when(make()).outcome()
    assert NOTICE not in acts(*before)
    assert NOTICE not in acts(*before, make())


def test_what_lifts_a_contract_to_the_threshold_follows_the_act() -> None:
    reason = given(*small()).when(report(to(LEAST, FREE))).reason("T2")
    lifted = "the change lifts the contract to the threshold of £207,720"
    assert reason == f"A ground of the Act is needed: {lifted}"
    reason = given(*small()).when(report(to("75000.01"))).reason("T2")
    assert reason == (
        "The change comes to £25,000.01, more than 50 % of the original amount, £50,000: £25,000 "
        f"at most; {lifted}"
    )
    before = (*small(), *decided(to(LEAST)))
    reason = given(*before).when(make()).reason("P8")
    assert reason == (
        f"The contract change notice (UK10) goes first: {lifted}, and the value moves by "
        "£24,185.72, more than 10 %"
    )
    assert NOTICE in acts(*before)
    given(*before, announce()).when(make()).outcome()


def test_what_a_change_lifts_there_owes_the_notices_of_the_act() -> None:
    before, ends = (*small(), *decided(to(LEAST))), date(2029, 3, 31)
    change = f"UK10 {of(1)} a"
    assert list(owed_by(*small(), on=LATER, reference=REFERENCE)) == ["UK7"]
    owed = owed_by(*before, on=LATER, reference=REFERENCE)
    assert list(owed) == ["UK7", change]
    assert owed[change].waits
    lifted = (*before, announce(), make())
    owed = owed_by(*lifted, on=LATER, reference=REFERENCE)
    assert list(owed) == ["UK7", "UK9 breach 1", change, "UK11"]
    assert owed["UK7"].because == "a contract of £30,000 or more was made"
    assert owed[change].done
    assert owed["UK11"].opens == ends
    uk11 = in_wyvern(publish("UK11", ends))
    given(*lifted).when(uk11).outcome()
    assert given(*small()).when(uk11).reason("C1") == (
        "Nothing here asks for the contract termination notice (UK11)"
    )


def test_conflicts_are_assessed_before_the_notice_of_a_change_that_lifts_it() -> None:
    before = tuple(one for one in (*small(), *decided(to(LEAST))) if one != ASSESSED)
    assert given(*before).when(announce()).reason("G5") == (
        "Before the contract change notice (UK10) it is assessed who could have a conflict of "
        "interest: record the conflicts assessment first"
    )
    assert acts(*before)["record-conflicts-assessment"].queued
    assert not acts(*before[:-2])["record-conflicts-assessment"].queued
    given(*before, ASSESSED.at(LATER)).when(announce()).outcome()


def test_changes_below_it_that_reach_it_together_follow_the_act_from_then_on() -> None:
    before = (*small(), *decided(to(MOST, FREE)), make())
    given(*before).when(report(to(LEAST, FREE), 2)).then_refused("T2")
    given(*before).when(report(to("74000", FREE), 2)).outcome()
    converted = (*small(), *varied(to(LEAST)))
    reason = given(*converted).when(report(to("74000", FREE), 2)).reason("T2")
    assert reason == "A ground of the Act is needed: the contract is not below the threshold"


def test_a_longer_term_counts_as_well() -> None:
    yearly = replace(exactly("16600"), per="year")
    longer = replace(FREE, months=7)
    given(*small(yearly)).when(report(replace(FREE, months=6))).outcome()
    given(*small(replace(exactly("24700"), per="year"))).when(report(longer)).then_refused("T2")


@pytest.mark.parametrize(
    "amount", [Amount("exempt", closed=Closed("50000")), "1000000"], ids=["exempt", "above"]
)
def test_what_is_above_or_cannot_be_shown_to_be_below_follows_the_act(amount: Amount | str) -> None:
    reason = given(*small(amount)).when(report(replace(FREE, scope="Evenings"))).reason("T2")
    assert reason == "A ground of the Act is needed: the contract is not below the threshold"


def test_a_new_amount_that_is_closed_is_not_shown_to_stay_below() -> None:
    closed = Amount("exempt", closed=Closed("60000"))
    given(*small()).when(report(to(closed, FREE))).then_refused("T2")


@pytest.mark.parametrize("regime", ["pcr2015", "psr2023"])
def test_no_other_law_knows_that_no_ground_is_needed(regime: Any) -> None:
    reason = given(*contract(regime, amount=SMALL)).when(report(FREE)).reason("T2")
    assert reason.startswith("none-needed is no ground of the")
