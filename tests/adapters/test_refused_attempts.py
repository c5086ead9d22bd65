"""What was refused: noted once, counted in its minute, kept, and never without bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from adapters.house import House
from adapters.refused_attempts import MOST, Attempt
from tests.adapters.test_closed_reads import REFUSED
from tests.houses import tamper
from tests.scenario import CLERK, OFFICER

AT = datetime(2022, 11, 14, 9, 30, 5, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def attempt(**other: Any) -> Attempt:
    assert OFFICER.person
    given = Attempt("leeds", OFFICER.person, OFFICER.post, False, "sign-contract", "leeds-2022-1")
    return given._replace(**{"rules": "G1 P7", **other})


def told(house: House) -> list[tuple[str, int]]:
    return [(one.what, one.times) for one in house.refused_attempts.latest("leeds", 1000)]


def test_the_same_within_a_minute_is_counted_and_in_the_next_noted_again(house: House) -> None:
    for later in 0, 1, 54:
        house.refused_attempts.add(AT + later * SECOND, attempt())
    assert told(house) == [("sign-contract", 3)]
    (row,) = house.refused_attempts.latest("leeds", 9)
    assert (row.at, row.last) == (
        AT.replace(tzinfo=None),
        (AT + 54 * SECOND).replace(tzinfo=None),
    )
    assert (row.person, row.post, row.rules) == (OFFICER.person, OFFICER.post, "G1 P7")
    house.refused_attempts.add(AT + 55 * SECOND, attempt())
    assert told(house) == [("sign-contract", 1), ("sign-contract", 3)]


@pytest.mark.parametrize(
    "other",
    [
        {"person": CLERK.person},
        {"post": CLERK.post},
        {"what": "start-phase"},
        {"reference": "leeds-2022-2"},
        {"rules": "G1"},
    ],
)
def test_what_differs_is_noted_by_itself(house: House, other: dict[str, Any]) -> None:
    house.refused_attempts.add(AT, attempt())
    house.refused_attempts.add(AT, attempt(**other))
    assert [times for _, times in told(house)] == [1, 1]


def test_one_council_is_not_told_what_was_refused_in_another(house: House) -> None:
    house.refused_attempts.add(AT, attempt(authority="nottingham"))
    assert told(house) == []


def test_pages_follow_one_another(house: House) -> None:
    for n in range(3):
        house.refused_attempts.add(AT, attempt(what=f"act-{n}"))
    first = house.refused_attempts.latest("leeds", 2)
    rest = house.refused_attempts.latest("leeds", 2, first[-1].number)
    assert [one.what for one in (*first, *rest)] == ["act-2", "act-1", "act-0"]


def test_a_flood_adds_no_more_than_so_many_lines_in_an_hour(house: House) -> None:
    for n in range(MOST + 40):
        house.refused_attempts.add(AT, attempt(reference=f"leeds-2022-{n}"))
    house.refused_attempts.add(AT, attempt(reference="leeds-2022-0"))
    rows = house.refused_attempts.latest("leeds", 1000)
    assert len(rows) == MOST + 1
    assert (rows[0].what, rows[0].times, rows[0].post) == ("others", 40, "")
    assert rows[-1].times == 2
    house.refused_attempts.add(AT, attempt(person=UUID(int=5)))
    assert len(house.refused_attempts.latest("leeds", 1000)) == MOST + 2
    house.refused_attempts.add(AT + 61 * MINUTE, attempt())
    assert told(house)[0] == ("sign-contract", 1)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM refused_attempts",
        "UPDATE refused_attempts SET what = 'another'",
        "UPDATE refused_attempts SET rules = '', times = times + 1",
        "UPDATE refused_attempts SET times = times - 1",
        "UPDATE refused_attempts SET times = times + 1, last = '2001-01-01 00:00:00'",
    ],
)
def test_no_line_is_changed_or_taken_out(house: House, change: str) -> None:
    house.refused_attempts.add(AT, attempt())
    with pytest.raises(REFUSED, match="stays on the list"):
        tamper(house, change)
    assert told(house) == [("sign-contract", 1)]
