"""Moments as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.moments import end_of, read_moment


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2022, 11, 14), datetime(2022, 11, 14, 23, 59, 59, 999999, UTC)),
        (date(2022, 7, 1), datetime(2022, 7, 1, 22, 59, 59, 999999, UTC)),
    ],
)
def test_a_day_ends_by_londons_clocks(day: date, ends: datetime) -> None:
    assert end_of(day) == read_moment(day.isoformat()) == ends


@pytest.mark.parametrize(
    ("text", "clock", "moment"),
    [
        ("2022-11-14T12:00Z", "", datetime(2022, 11, 14, 12, tzinfo=UTC)),
        ("2022-07-01T12:00+01:00", "", datetime(2022, 7, 1, 11, tzinfo=UTC)),
        ("2022-07-01", "12:00", datetime(2022, 7, 1, 11, tzinfo=UTC)),
        ("2022-11-14", "12:00:30", datetime(2022, 11, 14, 12, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_its_zone_and_a_time_of_day_by_londons_clocks(
    text: str, clock: str, moment: datetime
) -> None:
    found = read_moment(text, clock)
    assert (found, found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize(
    ("text", "clock", "said"),
    [
        ("2022-11-14T12:00", "", "has no time zone; write 2022-11-14T12:00Z for UTC"),
        ("2022-02-30", "", "is no moment that exists; write 2022-11-14 or"),
        ("yesterday", "", "is no moment that exists"),
        ("0001-01-01", "", "is no moment that exists"),
        ("2022-11-14", "noon", "“2022-11-14 noon” is no moment that exists; write 2022-11-14 and"),
        ("2022-11-14", "12:00Z", "is no moment that exists"),
        ("2022-11-14T12:00Z", "12:00", "is no moment that exists"),
        ("0001-01-01T00:00+14:00", "", "is no moment that exists"),
        ("2022-03-27", "01:30", "“2022-03-27 01:30” is no moment that exists"),
    ],
)
def test_what_is_no_moment_is_told_how_it_is_written(text: str, clock: str, said: str) -> None:
    with pytest.raises(ValueError, match="write") as raised:
        read_moment(text, clock)
    assert said in str(raised.value)
