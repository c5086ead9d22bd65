from datetime import date

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from domain.authority import (
    NOTHING_ADOPTED,
    AdoptCalendar,
    AdoptConstitution,
    AdoptOffices,
    Authority,
    CalendarAdopted,
    ConstitutionAdopted,
    OfficesAdopted,
)
from domain.messages import Actor
from domain.refusals import Refused
from domain.values import authority_id
from projections.standing import versions_of
from tests import scenario
from tests.domain.cases import OPEN, given
from tests.scenario import AUDITOR, DEMO, holder, rules, step

MONITOR = holder("leeds/monitoring-officer")
TEXT = (DEMO / "leeds" / "constitution.toml").read_text("utf-8")
POSTS = (DEMO / "leeds" / "offices.toml").read_text("utf-8")
CONSTITUTION = step(AdoptConstitution("leeds", TEXT), by=MONITOR)
OFFICES = step(AdoptOffices("leeds", POSTS), by=MONITOR)
CALENDAR = step(AdoptCalendar("leeds", calendar()), by=MONITOR)
ADOPTED = (CONSTITUTION, OFFICES, CALENDAR)


def amended(version: str, in_force: str, text: str = TEXT) -> step:
    """The constitution with another version and day."""
    again = text.replace('"leeds-2022"', f'"{version}"').replace("2022-01-01", in_force)
    return step(AdoptConstitution("leeds", again), by=MONITOR)


def authority(*steps: step) -> Authority:
    found: Authority = given(*steps).record[authority_id("leeds")]
    return found


def test_the_whole_text_of_a_constitution_is_adopted() -> None:
    adopted = ConstitutionAdopted("leeds", "leeds-2022", date(2022, 1, 1), TEXT)
    given().when(CONSTITUTION).then(adopted)


def test_the_whole_text_of_the_offices_is_adopted() -> None:
    given().when(OFFICES).then(
        OfficesAdopted("leeds", "leeds-offices-2022", date(2022, 1, 1), POSTS)
    )


def test_a_calendar_is_adopted() -> None:
    given().when(CALENDAR).then(CalendarAdopted("leeds", calendar()))


def test_an_authority_goes_by_what_it_adopted() -> None:
    found = authority(*ADOPTED)
    assert (found.name, found.complete) == ("leeds", True)
    assert found.rules(date(2022, 11, 14)) == rules("leeds")


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2022, 12, 31), "leeds-2022"), (date(2023, 1, 1), "leeds-2023"), (date(2024, 1, 1), "b")],
)
def test_rules_are_looked_up_as_they_were_on_the_day(day: date, version: str) -> None:
    later = (amended("b", "2024-01-01"), amended("leeds-2023", "2023-01-01"))
    assert authority(*ADOPTED, *later).rules(day).constitution.version == version


def test_of_two_versions_from_the_same_day_the_later_one_counts() -> None:
    found = authority(*ADOPTED, amended("corrected", "2022-01-01"))
    assert found.rules(date(2022, 11, 14)).constitution.version == "corrected"


def test_of_calendars_the_latest_counts_for_every_day() -> None:
    longer = step(AdoptCalendar("leeds", calendar(2010, 2045)), by=MONITOR)
    newer = replace(calendar(2010, 2045), version="corrected")
    found = authority(*ADOPTED, step(AdoptCalendar("leeds", newer), by=MONITOR))
    assert found.rules(date(2022, 11, 14)).calendar == newer
    given(*ADOPTED).when(longer).then_refused("C2")


@pytest.mark.parametrize(
    ("adopted", "lacks"),
    [
        ((), "No constitution of this authority was adopted"),
        ((CONSTITUTION,), "No offices of this authority was adopted"),
        ((CONSTITUTION, OFFICES), "No calendar of bank holidays has been adopted"),
    ],
)
def test_an_authority_without_rules_says_which(adopted: tuple[step, ...], lacks: str) -> None:
    found = authority(*adopted) if adopted else Authority()
    assert not found.complete
    with pytest.raises(Refused, match=lacks):
        found.rules(date(2022, 11, 14))


def test_before_the_first_version_there_are_no_rules() -> None:
    wanted = "No constitution was in force on 31 December 2021: from 1 January 2022"
    with pytest.raises(Refused, match=wanted):
        authority(*ADOPTED).rules(date(2021, 12, 31))


def test_every_mistake_in_a_text_is_a_refusal() -> None:
    wrong = amended("new", "2023-01-01", TEXT.replace("members = 4", 'members = "four"\nsize = 1'))
    size, members = given(*ADOPTED).when(wrong).then_refused("C1", "C1")[::-1]
    assert members.reason == "call_in.members: should be int, not str"
    assert size.reason.startswith("call_in.size: is not known here; there are closes_at, ")


def test_a_text_that_is_no_toml_is_refused_with_its_line() -> None:
    broken = step(AdoptOffices("leeds", 'authority = "leeds\n'), by=MONITOR)
    reason = given().when(broken).reason("C1")
    assert reason.startswith("line 1, column")


def test_a_text_is_of_the_authority_that_adopts_it() -> None:
    foreign = step(AdoptConstitution("leeds", TEXT.replace('"leeds"', '"bradford"')), by=MONITOR)
    assert given().when(foreign).reason("C1") == "The text is of bradford, not of leeds"


@pytest.mark.parametrize("one", ADOPTED)
def test_a_change_is_a_new_version(one: step) -> None:
    given(*ADOPTED).when(one).then_refused("C2")


def test_once_there_are_rules_they_say_who_may_change_them() -> None:
    change = amended("leeds-2023", "2023-01-01")
    given(*ADOPTED).when(change._replace(by=AUDITOR)).then_refused("G1")
    given(*ADOPTED).when(change).outcome()


@pytest.mark.parametrize("one", ADOPTED)
def test_the_first_rules_are_adopted_before_any_rule_says_by_whom(one: step) -> None:
    nobody = one._replace(by=Actor(None, "countersign/setting-up"))
    scenario.given(rules_=NOTHING_ADOPTED).when(nobody).outcome()


def test_before_anything_is_adopted_nothing_else_is_done() -> None:
    refused = given(rules_=NOTHING_ADOPTED).when(OPEN).then_refused("C1", "G1", "C1", "C1")
    own, duty, post, calendar = refused
    assert "outside the calendar" in calendar.reason
    assert own.reason == "A reference of this authority starts with none-"
    assert duty.reason == "No rule of an authority without a constitution says who may do this"
    assert post.reason.endswith("there are nothing")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"holidays": {"scotland": {}}},
            "The calendar says nothing of england-and-wales and northern-ireland",
        ),
        ({"first": 2030, "last": 2029}, "The calendar covers no year"),
    ],
)
def test_a_calendar_is_whole(fields: dict[str, object], says: str) -> None:
    odd = step(AdoptCalendar("leeds", replace(calendar(), **fields)), by=MONITOR)
    assert given().when(odd).reason("C1") == says


def test_a_calendar_may_cover_one_year() -> None:
    given().when(step(AdoptCalendar("leeds", calendar(2022, 2022)), by=MONITOR)).outcome()


def test_versions_stand_in_the_order_of_their_coming_into_force() -> None:
    later = (amended("b", "2024-01-01"), amended("leeds-2023", "2023-01-01"))
    found = authority(*ADOPTED, *later).versions
    assert [one.version for one in found] == ["leeds-2022", "leeds-2023", "b"]


def test_what_an_event_relied_on_stays_whatever_is_adopted_since() -> None:
    newer = step(AdoptCalendar("leeds", replace(calendar(), version="corrected")), by=MONITOR)
    found = authority(*ADOPTED, amended("b", "2022-01-01"), newer)
    relied_on = versions_of(rules("leeds"))
    assert found.relied_on(relied_on) == rules("leeds")
    with pytest.raises(KeyError):
        found.relied_on(replace(relied_on, constitution="never"))
