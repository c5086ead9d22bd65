"""Who read which closed paper: lines are added, and stay."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from adapters.house import House
from tests.houses import tamper
from tests.scenario import OFFICER

REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)

AT, REPORT = datetime(2022, 1, 27, 9, 30, tzinfo=UTC), UUID(int=11)


def test_the_latest_are_read_first_and_for_one_council(house: House) -> None:
    for n in range(1, 4):
        house.closed_reads.add(AT, OFFICER, "leeds-2022-1", REPORT, f"Appendix {n}")
    house.closed_reads.add(AT, OFFICER, "nottingham-2017-1", REPORT, "Another")
    first = house.closed_reads.latest("leeds", 2)
    assert [one.what for one in first] == ["Appendix 3", "Appendix 2"]
    assert {(one.at, one.person, one.post) for one in first} == {
        (AT.replace(tzinfo=None), OFFICER.person, OFFICER.post)
    }
    (last,) = house.closed_reads.latest("leeds", 2, first[-1].number)
    assert (last.what, last.reference, last.report) == ("Appendix 1", "leeds-2022-1", REPORT)


@pytest.mark.parametrize(
    "change", ["UPDATE closed_reads SET what = ''", "DELETE FROM closed_reads"]
)
def test_no_line_is_changed_or_taken_out(house: House, change: str) -> None:
    house.closed_reads.add(AT, OFFICER, "leeds-2022-1", REPORT, "Appendix 1")
    with pytest.raises(REFUSED, match="stays on the list"):
        tamper(house, change)
    assert [one.what for one in house.closed_reads.latest("leeds", 9)] == ["Appendix 1"]
