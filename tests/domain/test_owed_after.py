"""The notices that follow a contract: UK7, its copy, and UK9 to UK12 (P8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.contract import ContractPublished
from domain.indicators import SetPerformanceIndicators
from domain.noticed import Noticed
from domain.owed import all_owed
from domain.publishing import NoticePublished
from domain.regimes import Subject
from domain.values import Amount, Closed, When
from tests.domain import laws, wyvern
from tests.domain.cases import AWARD_LATER, REGISTER, acts, but, exactly, given
from tests.domain.owing import in_wyvern, owed_by, publish, said
from tests.domain.test_indicators import NAMED
from tests.domain.test_owed_before import (
    AUTHORISED,
    DECIDED,
    INVITE,
    SMALL,
    direct,
    opened,
)
from tests.domain.test_standstill_by_law import FREE, SMALL_SIGNED, small
from tests.domain.varying import LATER, SIGNED, announce, contract, decided, make, to
from tests.scenario import CASE, DIRECTOR, step

SIGNED_ON = date(2026, 12, 3)
UNDER_THE_ACT = (*laws.told("pa2023", date(2026, 11, 19)), laws.SIGNATURE.at(SIGNED_ON))
"""Signed on 3 December 2026 for 24 months from 1 February 2027."""
REF = wyvern.REFERENCE


def at_wyvern(*steps: step, on: date) -> dict[str, str]:
    return said(*steps, on=on, reference=REF)


def test_the_contract_details_are_published_within_thirty_days_of_the_signature() -> None:
    one = owed_by(*UNDER_THE_ACT, on=SIGNED_ON)["UK7"]
    assert (one.since, one.due) == (SIGNED_ON, date(2027, 1, 1))
    assert one.count
    assert [day.why for day in one.count.days][:2] == ["day 1", "day 2"]
    act = acts(*UNDER_THE_ACT, on=SIGNED_ON)["publish-contract"]
    because = "UK7 is due within 30 days beginning with the day of the signature"
    assert (act.due, act.due_because) == (date(2027, 1, 1), because)
    assert "publish-notice UK7" not in acts(*UNDER_THE_ACT, on=SIGNED_ON)


def test_they_are_late_from_the_day_after_and_stay_so_when_they_are_published() -> None:
    assert said(*UNDER_THE_ACT, on=date(2027, 1, 1))["UK7"] == "not published yet"
    assert said(*UNDER_THE_ACT, on=date(2027, 1, 2))["UK7"] == "1 day late"
    published = but(REGISTER.at(date(2027, 1, 11)), identifier="2027/S 000-000007")
    given(*UNDER_THE_ACT).when(published).then(ContractPublished("2027/S 000-000007"))
    steps = (*UNDER_THE_ACT, published)
    assert said(*steps, on=LATER)["UK7"] == "published 11 January 2027, 10 days late"
    assert owed_by(*steps, on=LATER)["UK7"].done == Noticed(
        "UK7", When(date(2027, 1, 11)), "", "2027/S 000-000007"
    )


@pytest.mark.parametrize(
    ("subject", "details", "copy"),
    [
        ("services", date(2026, 3, 31), date(2026, 5, 30)),
        ("light-touch", date(2026, 6, 29), date(2026, 8, 28)),
    ],
)
def test_light_touch_contracts_have_longer_and_large_ones_are_copied(
    subject: Subject, details: date, copy: date
) -> None:
    steps = contract(subject=subject, amount="9000000")
    found = owed_by(*steps, on=SIGNED, reference=REF)
    assert (found["UK7"].due, found["UK7-copy"].due) == (details, copy)
    days = 120 if subject == "light-touch" else 30
    assert found["UK7"].due_by == f"within {days} days beginning with the day of the signature"
    waiting = acts(*steps, on=SIGNED, reference=REF)["publish-notice UK7-copy"]
    assert (waiting.title, waiting.due) == (
        "Publish the copy of the contract (UK7 copy)",
        copy,
    )


@pytest.mark.parametrize(
    ("amount", "because"),
    [
        ("1785714.28", ""),
        ("1785714.29", "it is worth more than £5,000,000 with VAT and every option"),
        (
            Amount("exempt", closed=Closed("9000000")),
            "a value that is not known, or not for everybody, counts as above £5,000,000",
        ),
    ],
)
def test_a_contract_is_copied_above_5_million_with_vat_and_every_option(
    amount: Any, because: str
) -> None:
    steps = contract(amount=amount)
    if isinstance(amount, Amount):
        steps = tuple(one._replace(source="the minutes") for one in steps)
    found = owed_by(*steps, on=SIGNED, reference=REF)
    assert (found["UK7-copy"].because if "UK7-copy" in found else "") == because


def test_the_copy_is_published_once() -> None:
    steps, copied = contract(amount="9000000"), in_wyvern(publish("UK7-copy", LATER))
    given(*steps).when(copied).then(NoticePublished("UK7-copy", "", ""))
    assert given(*steps, copied).when(copied).reason("C2") == (
        "The copy of the contract (UK7 copy) has been published"
    )
    late = at_wyvern(*steps, copied, on=LATER)
    assert late["UK7 copy"] == "published 7 September 2026, 100 days late"


def test_below_the_threshold_the_contract_details_follow_as_soon_as_they_can() -> None:
    steps = (*small(FREE, AWARD_LATER), SMALL_SIGNED.at(SIGNED_ON))
    found = owed_by(*steps, on=SIGNED_ON)
    assert list(found) == ["UK4", "UK7"]
    assert (found["UK7"].because, found["UK7"].due_by, found["UK7"].due) == (
        "a contract of £30,000 or more was made",
        "as soon as reasonably practicable",
        None,
    )
    assert acts(*steps, on=SIGNED_ON)["publish-contract"].due is None


def test_below_30_000_there_is_none() -> None:
    found = given(*small(FREE, AWARD_LATER), SMALL_SIGNED.at(SIGNED_ON)).procurement()
    assert found.contract
    cheap = replace(found, contract=replace(found.contract, amount=exactly("24999.99")))
    assert all_owed(cheap, SMALL_SIGNED.context()) == []


INDICATED = step(SetPerformanceIndicators(wyvern.CASE, NAMED), wyvern.MANAGER, date(2026, 3, 2))
*_AWARDED, _SIGNATURE = contract(amount="9000000")
JUDGED = (*_AWARDED, INDICATED, _SIGNATURE)
"""Signed on 2 March 2026 for 36 months from 1 April, with indicators."""
YEAR = in_wyvern(publish("UK9", LATER, "1"))


def test_performance_is_published_for_every_twelve_months_and_at_the_end() -> None:
    found = owed_by(*JUDGED, on=date(2030, 1, 1), reference=REF)
    years = {key: one.due for key, one in found.items() if key.startswith("UK9 ")}
    assert years == {
        "UK9 1": date(2027, 3, 31),
        "UK9 2": date(2028, 3, 31),
        "UK9 3": date(2029, 3, 31),
        "UK9 breach 1": None,
    }
    because = "indicators were set: the twelve months from 1 April 2027"
    assert found["UK9 2"].because == because
    assert found["UK9 3"].because == "indicators were set: the last assessment of the contract"
    assert "UK9 1" not in owed_by(*contract(amount="9000000"), on=LATER, reference=REF)


def test_one_year_waits_at_a_time_and_the_next_from_its_first_day() -> None:
    waiting = acts(*JUDGED, on=SIGNED, reference=REF)
    first = waiting["publish-notice UK9 1"]
    assert (first.opens, first.due) == (date(2026, 4, 1), date(2027, 3, 31))
    assert first.title == "Publish the contract performance notice (UK9): year 1"
    reason = given(*JUDGED).when(YEAR.at(date(2026, 3, 31))).reason("P8")
    assert reason == "Year 1 of the contract begins on Wednesday 1 April 2026"
    later = acts(*JUDGED, on=date(2027, 5, 1), reference=REF)
    assert (later["publish-notice UK9 1"].awaited, later["publish-notice UK9 2"].awaited) == (
        True,
        False,
    )
    done = acts(*JUDGED, YEAR, on=date(2027, 5, 1), reference=REF)
    assert "publish-notice UK9 1" not in done
    assert done["publish-notice UK9 2"].queued


def test_a_year_that_ended_before_2026_owes_none() -> None:
    found = given(*JUDGED).procurement(REF)
    assert found.contract
    term = replace(found.contract.term, starts=date(2024, 12, 1))
    early = replace(found, contract=replace(found.contract, term=term))
    owed = all_owed(early, JUDGED[-1].at(LATER).context())
    assert [one.about for one in owed if one.notice.code == "UK9"] == ["2", "3", "breach 1"]


def test_a_year_from_29_february_ends_on_27_february() -> None:
    found = given(*JUDGED).procurement(REF)
    assert found.contract
    term = replace(found.contract.term, starts=date(2028, 2, 29))
    leap = replace(found, contract=replace(found.contract, term=term))
    owed = all_owed(leap, JUDGED[-1].at(date(2028, 3, 1)).context())
    assert [one.due for one in owed if one.about == "1"] == [date(2029, 2, 27)]


def test_of_each_breach_there_may_be_one() -> None:
    breach = in_wyvern(publish("UK9", LATER, "breach 1"))
    steps = (*JUDGED, breach)
    assert not acts(*JUDGED, on=LATER, reference=REF)["publish-notice UK9 breach 1"].awaited
    assert at_wyvern(*steps, on=LATER)["UK9 breach 1"] == "published 7 September 2026"
    given(*steps).when(breach).then_refused("C2")
    given(*steps).when(in_wyvern(publish("UK9", LATER, "breach 2"))).outcome()
    light = contract(subject="light-touch", amount="9000000")
    assert "UK9 breach 1" not in owed_by(*light, on=LATER, reference=REF)


def test_a_change_that_is_large_has_its_row() -> None:
    steps = (*contract(), *decided(to("1500000")))
    change = "UK10 the change (a)"
    assert at_wyvern(*steps, on=LATER)[change] == "not published yet"
    assert at_wyvern(*steps, announce(), make(), on=LATER)[change] == "published 7 September 2026"
    imported = make()._replace(source="the contract")
    assert at_wyvern(*steps, imported, on=LATER)[change] == "not in the record"
    small_one = (*contract(), *decided(to("1050000")))
    assert change not in at_wyvern(*small_one, on=LATER)


ENDS = date(2029, 3, 31)


def test_a_contract_that_expires_is_announced_within_thirty_days() -> None:
    one = owed_by(*contract(), on=LATER, reference=REF)["UK11"]
    assert (one.opens, one.due) == (ENDS, date(2029, 4, 29))
    assert at_wyvern(*contract(), on=LATER)["UK11"] == "from 31 March 2029"
    waiting = acts(*contract(), on=LATER, reference=REF)["publish-notice UK11"]
    assert (waiting.queued, waiting.opens, waiting.due) == (True, ENDS, date(2029, 4, 29))
    early = given(*contract()).when(in_wyvern(publish("UK11", LATER)))
    assert early.reason("P8") == "The contract ends on Saturday 31 March 2029: its notice follows"
    given(*contract()).when(in_wyvern(publish("UK11", ENDS))).outcome()
    assert at_wyvern(*contract(), on=date(2029, 4, 30))["UK11"] == "1 day late"


GIVE_UP = step(AbandonProcurement(CASE, "No money"), DIRECTOR, DECIDED)
UK12 = publish("UK12", DECIDED, identifier="2026/S 000-000012")


def test_a_procurement_given_up_after_its_tender_notice_is_announced_as_that() -> None:
    steps = (*AUTHORISED, INVITE, GIVE_UP)
    waiting = acts(*steps, on=DECIDED)
    assert list(waiting) == ["publish-notice UK12"]
    assert waiting["publish-notice UK12"].queued
    assert owed_by(*steps, on=DECIDED)["UK12"].because == (
        "it was given up after its UK4 was published"
    )
    given(*steps).when(UK12).then(NoticePublished("UK12", "", "2026/S 000-000012"))
    assert acts(*steps, UK12, on=DECIDED) == {}
    found = said(*steps, UK12, on=DECIDED)
    assert found == {"UK4": "published 14 September 2026", "UK12": "published 13 October 2026"}
    given(*steps, UK12).when(UK12).then_refused("C2")


def test_or_after_its_transparency_notice() -> None:
    steps = (*direct(), publish("UK5", DECIDED), GIVE_UP)
    assert owed_by(*steps, on=DECIDED)["UK12"].because == (
        "it was given up after its UK5 was published"
    )


def test_nothing_else_happens_there_and_what_nobody_heard_of_is_not_announced() -> None:
    steps = (*AUTHORISED, INVITE, GIVE_UP)
    given(*steps).when(publish("UK3", DECIDED)).then_refused("C2", "C1")
    quiet = (*AUTHORISED, GIVE_UP)
    assert acts(*quiet, on=DECIDED) == {}
    given(*quiet).when(UK12).then_refused("C1")
    little = (*opened(**SMALL), INVITE, GIVE_UP)
    given(*little).when(UK12).then_refused("C1")
    given(*AUTHORISED, INVITE).when(UK12).then_refused("C1")
    given().when(UK12).then_refused("C1")


def test_what_an_imported_past_owed_is_not_in_the_record_and_nobody_waits_for_it() -> None:
    told = [one._replace(source="the file") for one in UNDER_THE_ACT]
    later = but(laws.CLAIM, issued=date(2027, 3, 1), notified=date(2027, 3, 1))
    steps = (*told, later.at(date(2027, 3, 1))._replace(source="the file"))
    found = said(*steps, on=date(2027, 3, 2))
    assert found["UK7"] == "not in the record"
    assert found["UK11"] == "from 31 January 2029"
    assert acts(*steps, on=date(2027, 3, 2))["publish-contract"].due is None
