"""The list of notices that a council and its procurements owe, by due day (P8)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from adapters.house import House
from countersign.case_script import read_case
from countersign.docs import run_example
from domain.authority import Authority
from domain.noticed import Noticed
from domain.procurement import Procurement
from domain.terms import Framework
from domain.values import Amount, Term, When, procurement_id
from projections.authority_notices import in_pipeline, lines
from tests.architecture.sources import ROOT
from tests.cli.conftest import Run
from tests.domain import laws
from tests.domain.cases import exactly, given
from tests.domain.test_authority import ADOPTED, authority
from tests.domain.test_owed_after import UNDER_THE_ACT
from tests.domain.test_own_notices import NO_PAYMENTS, PAYMENTS, PIPELINE
from tests.scenario import REFERENCE, rules

EXAMPLES = ROOT / "docs" / "examples"


LEEDS = authority(*ADOPTED)


def own(today: date, mine: Authority = LEEDS) -> list[tuple[str, str, date | None, str]]:
    """What the council itself owes, and how it stands."""
    found = lines([], mine, rules("leeds"), today)
    return [(one.code, one.about, one.due, one.state) for one in found]


def test_the_councils_own_are_listed_from_the_first_that_the_act_asks_for() -> None:
    assert own(date(2026, 5, 27)) == [
        ("UK1", "the financial year from 1 April 2025", date(2025, 5, 26), "366 days late"),
        ("UK17", "1 October 2025 to 31 March 2026", date(2026, 4, 29), "28 days late"),
        ("UK8", "1 April 2026 to 30 June 2026", date(2026, 7, 29), "from 1 July 2026"),
    ]
    assert own(date(2026, 7, 1))[2][3] == "not published yet"


def test_what_was_published_comes_last_and_the_next_one_is_listed() -> None:
    mine = authority(*ADOPTED, PIPELINE, PAYMENTS, NO_PAYMENTS)
    found = own(date(2026, 11, 26), mine)
    assert [(code, about) for code, about, _, _ in found[:3]] == [
        ("UK17", "1 October 2025 to 31 March 2026"),
        ("UK1", "the financial year from 1 April 2026"),
        ("UK8", "1 October 2026 to 31 December 2026"),
    ]
    assert [(code, state) for code, _, _, state in found[3:]] == [
        ("UK8", "not published: No payment above £30,000"),
        ("UK8", "published 30 July 2026, 1 day late"),
        ("UK1", "published 2 April 2025"),
    ]


CASE = given(*laws.authorised("pa2023")).procurement()
PLANNED = replace(CASE, value=exactly("1666666.67"), term=Term(date(2027, 2, 1), 24))


@pytest.mark.parametrize(
    ("fields", "there"),
    [
        ({}, True),
        ({"value": exactly("1666666.66")}, False),
        ({"value": exactly("833333.34"), "term": Term(date(2027, 2, 1), 24, (24,))}, True),
        ({"value": Amount("exempt"), "term": None}, True),
        ({"regime": "pcr2015"}, False),
        ({"abandoned": "No money"}, False),
        ({"framework": Framework("F", "F", "1", date(2026, 1, 1), date(2028, 1, 1))}, False),
        ({"noticed": (Noticed("UK5", When(date(2026, 10, 1))),)}, False),
        ({"tender": given(*laws.evaluated("pa2023")).procurement().tender}, False),
    ],
)
def test_the_pipeline_names_what_is_to_come_and_worth_more_than_2_million(
    fields: Any, there: bool
) -> None:
    case = replace(PLANNED, **fields)
    assert list(in_pipeline([case])) == ([REFERENCE] if there else [])


LATER = authority(*[one.at(date(2026, 11, 26)) for one in ADOPTED])
"""A council that took up Countersign when the Act had long been in force."""


def test_cases_and_council_are_listed_by_due_day_and_what_has_none_comes_last() -> None:
    signed: Procurement = given(*UNDER_THE_ACT).procurement()
    waiting = replace(CASE, reference="leeds-2026-8")
    found = lines([waiting, signed], LATER, rules("leeds"), date(2027, 1, 4))
    assert [(one.due, one.reference, one.code) for one in found] == [
        (date(2027, 1, 1), REFERENCE, "UK7"),
        (date(2027, 1, 29), "", "UK8"),
        (date(2027, 4, 29), "", "UK17"),
        (date(2027, 5, 26), "", "UK1"),
        (date(2029, 3, 1), REFERENCE, "UK11"),
        (None, "leeds-2026-8", "UK4"),
    ]
    assert found[0].state == "3 days late"


def test_the_list_is_printed_and_goes_to_programs(run: Run, demo: House) -> None:
    run_example(demo, read_case(EXAMPLES / "claimed.toml"))
    demo.clocks.forward("leeds", 40)
    told = run("notices", "leeds")
    assert (told.code, told.err) == (0, "")
    assert "15 August 2026: notices of the Procurement Act 2023" in told.out
    assert "4 August 2026  leeds-2026-903  UK7 Contract details notice\n" in told.out
    assert (
        "    a public contract was made; within 30 days beginning with the day of the " in told.out
    )
    assert "; 11 days late\n" in told.out
    council = "29 April 2026  the council  UK17 Payments compliance notice: 1 October 2025 to 31 "
    assert council in told.out
    assert "; 108 days late\n" in told.out
    found = run("notices", "leeds", "--json").json
    first = next(one for one in found if one["reference"])
    assert (first["due"], first["code"], first["reference"]) == (
        "2026-08-04",
        "UK7",
        "leeds-2026-903",
    )
    assert first["days"]["days"][0] == {"date": "2026-07-06", "counted": True, "why": "day 1"}


def test_what_the_council_published_is_listed_with_what_the_platform_calls_it(
    run: Run, demo: House
) -> None:
    demo.clocks.forward("leeds", (date(2026, 7, 14) - demo.clocks.today("leeds")).days)
    demo.execute(PAYMENTS.command, PAYMENTS.by, uuid4())
    told = run("notices", "leeds").out
    assert "UK8 Contract payment notice: 1 July 2026 to 30 September 2026\n" in told
    *_, about, state = told.splitlines()
    assert about.endswith("the council  UK8 Contract payment notice: 1 April 2026 to 30 June 2026")
    assert state.endswith("; published 14 July 2026, 2026/S 000-020001")
    last = run("notices", "leeds", "--json").json[-1]
    assert (last["standing"], last["identifier"]) == ("published", "2026/S 000-020001")
    assert "Published the contract payment notice (UK8)" in demo.views.trail("leeds")[-1].sentence


def test_the_queue_names_them_when_their_time_is_near(run: Run, demo: House) -> None:
    post = "leeds/commissioning-officer"
    demo.clocks.forward("leeds", (date(2025, 3, 3) - demo.clocks.today("leeds")).days)
    assert "UK1" not in run("queue", "--as", post).out
    demo.clocks.forward("leeds", 1)
    told = run("queue", "--as", post).out
    act = "leeds  Publish the pipeline notice (UK1) for the financial year from 1 April 2025\n"
    assert act in told
    assert "    not before 1 April 2025: The period that it is about comes first\n" in told


def test_a_case_in_the_pipeline_is_named(run: Run, demo: House) -> None:
    script = read_case(EXAMPLES / "claimed.toml")
    opened, *_ = script.steps
    for value, named in ("450000", False), ("3000000", True):
        reference = f"leeds-2026-{value}"
        large = replace(
            opened.command,
            procurement=procurement_id(reference),
            reference=reference,
            value=exactly(value),
        )
        steps = (opened._replace(command=large),)
        run_example(demo, script._replace(reference=reference, steps=steps))
        demo.catch_up()
        assert (f"    it would name {reference}\n" in run("notices", "leeds").out) == named


@pytest.mark.usefixtures("unchanged")
def test_what_is_no_council_gets_a_sentence(run: Run) -> None:
    answer = run("notices", "nowhere")
    assert (answer.code, answer.out) == (2, "")
    assert "There are no rules of “nowhere”; there are" in answer.err


def test_show_has_every_notice_of_a_case(run: Run, demo: House) -> None:
    run_example(demo, read_case(EXAMPLES / "announced.toml"))
    found = {
        f"{one['code']} {one['about']}".strip(): one
        for one in run("show", "leeds-2026-906", "--json").json["notices_owed"]
    }
    assert list(found) == [
        "UK3",
        "UK4",
        "UK6",
        "UK7",
        "UK9 year 1",
        "UK9 year 2",
        "UK9 the breach",
        "UK11",
    ]
    assert {one["standing"] for one in found.values()} == {"published"}
    assert found["UK7"]["identifier"] == "2026/S 000-019404"
    assert (found["UK7"]["due"], found["UK7"]["days"]["last_day"]) == ("2026-06-16", "2026-06-16")


def test_the_five_real_cases_owe_none_of_them(demo: House) -> None:
    for one in demo.views.procurements():
        council = rules(one.authority)
        own_only = lines([demo.procurement(one.reference)], LEEDS, council, date(2026, 11, 26))
        assert {line.reference for line in own_only} == {""}
