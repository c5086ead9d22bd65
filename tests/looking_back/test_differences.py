"""What two points differ in, and how late something was recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.messages import Actor, Recorded, Stamp, Versions
from domain.opening import SourceNoteMade
from domain.values import Precision, When
from projections.fact import Fact
from projections.looking_back import Changed, difference, known_later, lateness

STAMP = Stamp(
    Actor(None, "leeds/commissioning-officer"),
    When(date(2022, 11, 14)),
    datetime(2022, 11, 20, 9, tzinfo=UTC),
    UUID(int=1),
    Versions("c", "o", "k"),
)
VALUE = Fact("Facts", "value", "Value", "not known")


def stamped(on: date, precision: Precision = "day", **fields: object) -> Stamp:
    return replace(STAMP, on=When(on, precision), **fields)


def test_a_fact_that_says_something_else_is_changed_and_not_new() -> None:
    told = replace(VALUE, says="up to £400,000")
    stage = Fact("Where it stands", "stage", "Stage", "Open")
    found = difference([VALUE, stage], [told, replace(stage, key="other")])
    assert found.changed == (Changed("Facts", "Value", "not known", "up to £400,000"),)
    assert found.added == (replace(stage, key="other"),)
    assert found.removed == (stage,)
    assert not found.nothing
    assert difference([VALUE], [VALUE]).nothing


@pytest.mark.parametrize(
    ("on", "precision", "late"),
    [
        (date(2022, 11, 20), "day", ""),
        (date(2022, 11, 21), "day", ""),
        (date(2022, 11, 19), "day", "recorded 1 day after it happened"),
        (date(2022, 11, 7), "week", "recorded 7 days after it happened, at least"),
        (date(2022, 10, 1), "month", "recorded 20 days after it happened, at least"),
        (date(2022, 11, 11), "before", "recorded 10 days after it happened, at least"),
        (date(2022, 11, 9), "after", "recorded 10 days after it happened, at most"),
        (
            date(2022, 11, 1),
            "unknown",
            "by how much is not known: on which day it happened is not on record",
        ),
    ],
)
def test_how_late_it_was_recorded_is_said_as_exactly_as_its_day_is_known(
    on: date, precision: Precision, late: str
) -> None:
    assert lateness(stamped(on, precision)) == late


def test_a_day_is_over_by_londons_clocks() -> None:
    """At half past eleven in the evening UTC it is the next day there in summer."""
    night = datetime(2022, 7, 1, 23, 30, tzinfo=UTC)
    assert lateness(stamped(date(2022, 7, 2), now=night)) == ""
    assert lateness(stamped(date(2022, 7, 1), now=night)) == "recorded 1 day after it happened"


def test_what_came_after_a_day_was_not_known_too_late() -> None:
    event = SourceNoteMade("silence", "When", (), None, "Not said")
    days = (date(2022, 11, 13), date(2022, 11, 14), date(2022, 11, 15), date(2022, 11, 20))
    later = [Recorded(UUID(int=2), n, stamped(on), event) for n, on in enumerate(days, 1)]
    assert [one.version for one in known_later(later, date(2022, 11, 14))] == [1, 2]
    assert [one.version for one in known_later(later, date(2022, 11, 20))] == [1, 2, 3]
