"""Clocks: London days, and for a demo council a clock of its own that moves by whole days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from adapters.clock import LONDON, london_day, shifted
from adapters.house import House


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2022-07-01T22:59:59+00:00", date(2022, 7, 1)),
        ("2022-07-01T23:30:00+00:00", date(2022, 7, 2)),
        ("2022-12-01T23:30:00+00:00", date(2022, 12, 1)),
        ("2022-12-02T00:30:00+01:00", date(2022, 12, 1)),
        ("2026-03-30T23:15:00+00:00", date(2026, 3, 31)),
    ],
)
def test_a_day_is_a_london_day(moment: str, day: date) -> None:
    assert london_day(datetime.fromisoformat(moment)) == day


@pytest.mark.parametrize("season", [date(2026, 1, 15), date(2026, 7, 15)])
@pytest.mark.parametrize("days", [-1300, -180, -1, 0, 1, 7, 180, 3660])
def test_a_shift_is_of_london_days_at_any_hour_in_any_season(season: date, days: int) -> None:
    for hour in range(24):
        moment = datetime.combine(season, time(hour, 30), UTC)
        found = shifted(moment, days)
        assert london_day(found) == london_day(moment) + timedelta(days)
        assert found.astimezone(LONDON).time() == moment.astimezone(LONDON).time()
        assert found.tzinfo is UTC


def test_a_demo_council_starts_on_its_day_and_keeps_the_time_of_day(house: House) -> None:
    house.clocks.start("leeds", date(2022, 11, 11))
    before = datetime.now(UTC)
    now = house.clocks.now("leeds")
    days = (london_day(now) - london_day(before)).days
    assert house.clocks.is_demo("leeds")
    assert house.clocks.today("leeds") == date(2022, 11, 11)
    assert shifted(before, days) <= now <= shifted(datetime.now(UTC), days)


def test_a_clock_that_was_set_is_not_set_again(house: House) -> None:
    house.clocks.start("leeds", date(2022, 11, 11))
    house.clocks.forward("leeds", 3)
    house.clocks.start("leeds", date(2022, 11, 11))
    assert house.clocks.today("leeds") == date(2022, 11, 14)


def test_clocks_move_on_apart_and_stay_where_they_were_moved(house: House) -> None:
    house.clocks.start("leeds", date(2022, 11, 11))
    house.clocks.start("herefordshire", date(2017, 12, 22))
    house.clocks.forward("leeds", 1)
    house.clocks.forward("leeds", 7)
    again = House(house.database.file)
    assert again.clocks.today("leeds") == date(2022, 11, 19)
    assert again.clocks.today("herefordshire") == date(2017, 12, 22)
    again.close()


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_a_demo_clock_moves_forward_by_ten_years_at_most(house: House, days: int) -> None:
    house.clocks.start("leeds", date(2022, 11, 11))
    with pytest.raises(ValueError, match="forward"):
        house.clocks.forward("leeds", days)
    assert house.clocks.today("leeds") == date(2022, 11, 11)


def test_every_other_council_goes_by_the_real_time(house: House) -> None:
    house.clocks.forward("southwark", 5)
    before = datetime.now(UTC)
    assert before <= house.clocks.now("southwark") <= datetime.now(UTC)
    assert not house.clocks.is_demo("southwark")
