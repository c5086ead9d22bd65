"""The example of a contract that is changed twice, as the record tells it everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from adapters.house import House
from countersign.case_script import read_case
from countersign.docs import DOCS, run_example
from projections.case_file import case_file

REFERENCE = "leeds-2026-905"


@pytest.fixture
def varied(demo: House) -> House:
    run_example(demo, read_case(Path(DOCS, "examples", "varied.toml")))
    demo.catch_up()
    return demo


def test_it_is_lawful_throughout(varied: House) -> None:
    assert varied.procurement(REFERENCE).irregularities == ()


def test_the_trail_says_what_each_change_comes_to_and_what_came_afterwards(varied: House) -> None:
    said = [one.sentence for one in varied.views.trail(REFERENCE)][-5:]
    assert said[0].startswith("Published the notice of the change (a)")
    assert said[1] == (
        "Changed the contract (additional goods, services or works): from £280,000 to £385,000, "
        "£105,000 more (37.5 %). A second clinic, on the same terms."
    )
    assert said[2] == (
        "Put up the report “Falls clinic: evenings, already open”, with 1 recommendation. "
        "In retrospect: (a) from 4 January 2027."
    )
    assert said[3].endswith("It takes effect at once. In retrospect: (a) from 4 January 2027.")
    assert said[4] == "Changed the contract (below the threshold): from £385,000 to £405,000, " + (
        "£20,000 more (7.14 %); since it was signed for £280,000, £125,000 more (44.64 %). "
        "In retrospect: it was changed from 4 January 2027. Two evenings a week."
    )


def test_the_register_shows_the_contract_as_it_is_now_and_how_far_it_moved(varied: House) -> None:
    (row,) = [one for one in varied.views.procurements() if one.reference == REFERENCE]
    assert (row.value, row.stage) == ("£405,000", "Contract signed, changed 2 times")
    assert row.changed == (
        "signed for £280,000, now £125,000 more (44.64 %), by 2 changes, 1 of them in retrospect"
    )
    assert row.ends == date(2028, 5, 31)


def test_json_has_the_original_every_change_worked_out_and_the_last_day_of_options(
    varied: House,
) -> None:
    plain = case_file(varied.procurement(REFERENCE), varied.rules("leeds"), date(2027, 3, 8))
    contract = plain["contract"]
    assert (contract["original"]["pounds"], contract["amount"]["pounds"]) == ("280000", "405000")
    assert [
        (one["difference"], one["percent"], one["cumulative"], one["cumulative_percent"])
        for one in contract["variations"]
    ] == [("105000.00", "37.50", "105000.00", "37.50"), ("20000.00", "7.14", "125000.00", "44.64")]
    assert [one["retrospective"] for one in contract["variations"]] == [False, True]
    assert contract["options"] == [
        {"option": 1, "months": 12, "taken_up": False, "last_day": "2027-11-30"}
    ]
    late = [r["retrospective"] for one in plain["decisions"] for r in one["resolutions"]]
    assert late == [False, False, False, True]
    assert [one["retrospective"] for one in plain["reports"]] == late
