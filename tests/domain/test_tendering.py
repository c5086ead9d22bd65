"""The least time to tender under the Procurement Act 2023, section 54 (P8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.market import TendersInvited
from domain.tendering import LeastTime, least_time
from tests.domain import laws
from tests.domain.cases import AUTHORISE, CRITERIA, RM6187, TENDER, asks, but, given, up_to
from tests.domain.owing import publish
from tests.domain.timetables import days, of
from tests.scenario import step

INVITED = date(2026, 9, 14)
URGENT = "Care runs out in October, and the provider has given notice"
NEWER = replace(RM6187, since=date(2025, 3, 1), until=date(2028, 1, 1))


def authorised(tender_days: int = 0, **fields: Any) -> tuple[step, ...]:
    """Under the Act, by a decision that leaves the time to the law."""
    first, report, *others = laws.authorised("pa2023")
    terms = replace(AUTHORISE, tender_days=tender_days)
    if value := fields.get("value"):
        terms = replace(terms, up_to=value)
    asked = report.command.recommendations[1:]  # type: ignore[attr-defined]
    report = but(report, recommendations=(asks(terms), *asked))
    return (but(first, **fields), report, *others)


def invite(after: int, on: date = INVITED, **fields: Any) -> step:
    return but(TENDER.at(on), closes=on + timedelta(days=after), **fields)


def test_tenderers_get_twenty_five_days() -> None:
    refused = given(*authorised()).when(invite(24)).reason("P8")
    assert refused == (
        "Tenderers get 25 days at least, until Friday 9 October 2026: the least under the "
        "Procurement Act 2023; in a state of urgency 10 are enough, with the reasons on record"
    )
    closes = date(2026, 10, 9)
    given(*authorised()).when(invite(25)).then(TendersInvited(closes, CRITERIA))


def test_ten_are_enough_in_a_state_of_urgency_and_the_reasons_are_on_record() -> None:
    closes = date(2026, 9, 24)
    told = TendersInvited(closes, CRITERIA, urgent=URGENT)
    given(*authorised()).when(invite(10, urgent=URGENT)).then(told)
    refused = given(*authorised()).when(invite(9, urgent=URGENT)).reason("P8")
    assert refused == (
        "Tenderers get 10 days at least, until Thursday 24 September 2026: the least under the "
        "Procurement Act 2023"
    )


def test_ten_are_enough_after_a_planned_procurement_notice_in_good_time() -> None:
    announced = (*authorised(), publish("UK3", INVITED))
    for later, least in (39, 25), (40, 10):
        day = INVITED + timedelta(days=later)
        given(*announced).when(invite(least - 1, day)).then_refused("P8")
        assert given(*announced).when(invite(least, day)).outcome()


def test_the_decision_may_give_more_and_not_less() -> None:
    given(*authorised(tender_days=30)).when(invite(25)).then_refused("P7")
    given(*authorised(tender_days=10)).when(invite(10)).then_refused("P8")
    given(*authorised(tender_days=30)).when(invite(20)).then_refused("P7", "P8")


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "light-touch"},
        {"framework": NEWER},
        {"value": up_to("150000"), "phases": ()},
    ],
    ids=["light touch", "call-off", "below the threshold"],
)
def test_none_is_set_for_others(fields: dict[str, Any]) -> None:
    assert given(*authorised(**fields)).when(invite(5)).outcome()


@pytest.mark.parametrize("regime", ["pcr2015", "psr2023"])
def test_other_laws_set_none_in_days(regime: Any) -> None:
    case = given(*laws.authorised(regime)).procurement()
    assert least_time(case, INVITED) == LeastTime()


@pytest.mark.parametrize(
    ("fields", "least"), [({}, 25), ({"value": up_to("150000"), "phases": ()}, 5)]
)
def test_a_timetable_gives_what_the_law_gives(fields: dict[str, Any], least: int) -> None:
    found = days(of(*authorised(tender_days=5, **fields), day=INVITED))
    assert (found["closed"] - found["invited"]).days == least
