"""The notices that are a council's own: one after the other, each once and not too early (P8)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.authority import Authority
from domain.noticed import Code
from domain.own_notices import (
    AuthorityNoticePublished,
    PublishAuthorityNotice,
    own_owed,
    own_published,
)
from tests.domain.cases import given
from tests.domain.test_authority import ADOPTED, CONSTITUTION, TEXT, amended, authority
from tests.domain.test_standstill import CALENDAR
from tests.scenario import LAWYER, OFFICER, days_on, holder, rules, step

APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)
NUMBER = "2026/S 000-020001"


def publish(
    code: Code, begins: date, on: date, identifier: str = NUMBER, nothing: str = ""
) -> step:
    return step(PublishAuthorityNotice("leeds", code, begins, identifier, nothing), OFFICER, on)


PIPELINE = publish("UK1", date(2025, 4, 1), date(2025, 4, 2))
PAYMENTS = publish("UK8", APRIL, date(2026, 7, 30))
NO_PAYMENTS = publish("UK8", JULY, date(2026, 10, 1), "", "No payment above £30,000")
COMPLIANCE = publish("UK17", date(2025, 10, 1), date(2026, 4, 1))


def owed(mine: Authority) -> dict[Code, str]:
    return {one.notice.code: one.about for one in own_owed(mine, CALENDAR)}


def test_each_is_owed_from_the_first_period_that_the_act_asks_about() -> None:
    found = {one.notice.code: one for one in own_owed(authority(*ADOPTED), CALENDAR)}
    assert {code: (one.about, one.opens, one.due) for code, one in found.items()} == {
        "UK1": ("2025-04-01", date(2025, 4, 1), date(2025, 5, 26)),
        "UK8": ("2026-04-01", date(2026, 7, 1), date(2026, 7, 29)),
        "UK17": ("2025-10-01", date(2026, 4, 1), date(2026, 4, 29)),
    }
    assert all(one.count and one.count.last_day == one.due for one in found.values())
    assert [one.what for one in found.values()] == [
        "the financial year from 1 April 2025",
        "1 April 2026 to 30 June 2026",
        "1 October 2025 to 31 March 2026",
    ]


@pytest.mark.parametrize(
    ("adopted", "first"),
    [
        (date(2026, 3, 31), {"UK1": "2026-04-01", "UK8": "2026-04-01", "UK17": "2025-10-01"}),
        (date(2026, 4, 1), {"UK1": "2026-04-01", "UK8": "2026-04-01", "UK17": "2026-04-01"}),
        (date(2026, 4, 2), {"UK1": "2027-04-01", "UK8": "2026-04-01", "UK17": "2026-04-01"}),
        (date(2026, 6, 30), {"UK1": "2027-04-01", "UK8": "2026-04-01", "UK17": "2026-04-01"}),
        (date(2026, 7, 1), {"UK1": "2027-04-01", "UK8": "2026-07-01", "UK17": "2026-04-01"}),
    ],
)
def test_what_was_due_before_the_council_had_its_rules_here_is_asked_of_nobody(
    adopted: date, first: dict[str, str]
) -> None:
    assert owed(authority(*[one.at(adopted) for one in ADOPTED])) == first


def test_rules_that_are_yet_to_come_into_force_count_from_then_and_only_the_first_do() -> None:
    ahead = amended("leeds-2026", "2026-07-01").at(date(2026, 6, 1))
    again = amended("leeds-2028", "2028-07-01").at(date(2026, 6, 2))
    assert owed(authority(ahead))["UK8"] == "2026-07-01"
    assert owed(authority(ahead, again))["UK8"] == "2026-07-01"


def test_without_rules_nothing_is_owed_nor_beyond_the_calendar() -> None:
    assert owed(Authority()) == {}
    assert list(own_owed(authority(*ADOPTED), calendar(2010, 2024))) == []
    one, _ = own_owed(authority(*ADOPTED), calendar(2010, 2025))
    assert (one.notice.code, one.due, one.count) == ("UK1", None, None)


def test_one_that_was_published_is_on_record_and_the_next_one_follows() -> None:
    event = AuthorityNoticePublished("leeds", "UK8", APRIL, NUMBER, "")
    given(*ADOPTED).when(PAYMENTS).then(event)
    mine = authority(*ADOPTED, PAYMENTS)
    assert owed(mine) == {"UK1": "2025-04-01", "UK8": "2026-07-01", "UK17": "2025-10-01"}
    (one,) = own_published(mine, CALENDAR)
    assert one.done
    assert (one.done.identifier, one.late(date(2027, 1, 1))) == (NUMBER, 1)


def test_that_there_was_nothing_to_publish_is_on_record_with_why() -> None:
    mine = authority(*ADOPTED, PAYMENTS, NO_PAYMENTS)
    assert owed(mine)["UK8"] == "2026-10-01"
    *_, one = own_published(mine, CALENDAR)
    assert (one.done, one.instead) == (None, "No payment above £30,000")


@pytest.mark.parametrize(
    ("one", "opens"),
    [(PIPELINE, date(2025, 4, 1)), (COMPLIANCE, date(2026, 4, 1)), (PAYMENTS, JULY)],
)
def test_it_is_recorded_from_its_first_day_on(one: step, opens: date) -> None:
    given(*ADOPTED).when(one.at(opens)).outcome()
    (refusal,) = given(*ADOPTED).when(one.at(days_on(opens, -1))).then_refused("P8")
    assert refusal.cured_on == opens
    assert "is published from" in refusal.reason


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            publish("UK7", APRIL, JULY),
            "The contract details notice (UK7) is not the council's own, but that of a procurement",
        ),
        (
            publish("UK13", APRIL, JULY),
            "The dynamic market notice: intention (UK13) is not the council's own, "
            "but that of a dynamic market",
        ),
        (
            publish("UK8", JULY, date(2026, 10, 1)),
            "The next contract payment notice (UK8) to record is that for "
            "1 April 2026 to 30 June 2026",
        ),
        (
            publish("UK8", date(2026, 4, 2), JULY),
            "The next contract payment notice (UK8) to record is that for "
            "1 April 2026 to 30 June 2026",
        ),
        (
            publish("UK8", date.min, JULY),
            "The next contract payment notice (UK8) to record is that for "
            "1 April 2026 to 30 June 2026",
        ),
        (
            publish("UK8", APRIL, JULY, nothing="None"),
            "Either it was published, or there was nothing to publish: say which",
        ),
    ],
)
def test_what_is_none_of_them_is_refused(wrong: step, says: str) -> None:
    (refusal,) = given(*ADOPTED).when(wrong).then_refused("C1")
    assert refusal.reason == says
    given(*ADOPTED).when(wrong._replace(source="the platform")).then_refused("C1")


def test_it_is_not_recorded_twice() -> None:
    again = PAYMENTS.at(date(2026, 8, 1))
    (refusal,) = given(*ADOPTED, PAYMENTS).when(again).then_refused("C2")
    said = "The contract payment notice (UK8) for 1 April 2026 to 30 June 2026 is on record"
    assert refusal.reason == said


def test_where_the_calendar_ends_a_newer_one_comes_first() -> None:
    short = replace(rules("leeds"), calendar=calendar(2010, 2024))
    (refusal,) = given(*ADOPTED, rules_=short).when(PAYMENTS).then_refused("C1")
    assert "The calendar covers no further contract payment notice (UK8)" in refusal.reason


def test_who_publishes_award_notices_records_them_unless_the_rules_name_others() -> None:
    given(*ADOPTED).when(PAYMENTS._replace(by=LAWYER)).then_refused("G1")
    duty = """
[[duties]]
act = "publish-notice"
posts = ["leeds/legal-services"]
standing = "illustrative"
where = "the test"
"""
    named = amended("named", "2022-01-01", TEXT + duty)
    theirs = authority(CONSTITUTION, named, *ADOPTED[1:]).rules(JULY)
    record = given(*ADOPTED, rules_=theirs)
    record.when(PAYMENTS).then_refused("G1")
    record.when(PAYMENTS._replace(by=LAWYER)).outcome()


def test_another_councils_are_its_own_affair() -> None:
    stranger = holder("bromley/commissioning-team")
    (refusal,) = given(*ADOPTED).when(PAYMENTS._replace(by=stranger)).then_refused("C1")
    assert "publishes its notices" in refusal.reason


def test_one_that_is_imported_too_early_is_recorded_as_irregular() -> None:
    early = PAYMENTS.at(date(2026, 6, 29))._replace(source="the platform")
    assert given(*ADOPTED).when(early).irregularities() == ["P8"]
