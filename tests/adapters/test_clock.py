"""Clocks: London days, and for a demo council a day that ends when somebody moves it on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.clock import LONDON, demo_clocks, london_day, within
from adapters.house import House
from tests.houses import again as reopened


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


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 3, 29), date(2026, 7, 15)])
def test_a_demo_day_opens_at_nine_and_goes_on_to_its_last_moment(day: date) -> None:
    for hours in -1, 0, 6, 14, 15, 24, 2400:
        found = within(day, timedelta(hours=hours))
        assert found.tzinfo is UTC
        assert london_day(found) == day
        assert found.astimezone(LONDON).hour == min(9 + max(hours, 0), 23)


def test_a_demo_day_lasts_until_somebody_moves_it_on(house: House) -> None:
    house.clocks.start("leeds", date(2022, 11, 11))
    first = house.clocks.now("leeds")
    assert house.clocks.is_demo("leeds")
    assert timedelta() <= first - datetime(2022, 11, 11, 9, tzinfo=UTC) < timedelta(hours=1)
    for days_ago, hour in (0.25, 15), (1, 23), (400, 23):
        since = datetime.now(UTC).replace(tzinfo=None) - timedelta(days_ago)
        with house.database.write() as db:
            db.execute(demo_clocks.update().values(since=since))
        now = house.clocks.now("leeds")
        assert (london_day(now), now.hour) == (date(2022, 11, 11), hour)
    house.clocks.forward("leeds", 1)
    next_day = house.clocks.now("leeds")
    assert timedelta() <= next_day - datetime(2022, 11, 12, 9, tzinfo=UTC) < timedelta(hours=1)


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
    again = reopened(house)
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
