"""Notices of changes: before them under the 2023 Act, within 30 days in health care (P8, T2)."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.acts import Act
from domain.change_notice import ChangeNoticePublished
from domain.effects import VaryContract
from domain.grounds import Ground
from domain.regimes import Subject
from domain.values import Amount, Closed
from tests.domain import cases
from tests.domain.cases import given
from tests.domain.varying import (
    LATER,
    MORE,
    announce,
    case,
    contract,
    decided,
    make,
    of,
    report,
    to,
    varied,
)
from tests.domain.wyvern import DIRECTOR, MANAGER, REFERENCE
from tests.scenario import step

NOTICE, CHANGE = f"publish-change-notice {of(1)} a", f"vary-contract {of(1)} a"
FIRST = "The contract change notice (UK10) goes first: "


def acts(*steps: step, on: date = LATER) -> dict[str, Act]:
    return cases.acts(*steps, on=on, reference=REFERENCE)


def test_a_change_under_the_act_waits_for_its_notice() -> None:
    before = (*contract(), *decided(to("1500000")))
    reason = given(*before).when(make()).reason("P8")
    assert reason == f"{FIRST}the value moves by £500,000, more than 10 %"
    given(*before).when(announce()).then(ChangeNoticePublished(of(1), "a"))
    found = case(*before, announce()).contract
    assert found
    assert found.change_notices[f"{of(1)} a"].day == LATER
    given(*before, announce()).when(make()).outcome()


def test_a_notice_is_of_a_change_that_was_resolved_and_goes_out_once() -> None:
    assert given(*contract()).when(announce()).reason("C1") == (
        "There is no such resolution to change the contract"
    )
    before = (*contract(), *decided(to("1500000")), announce())
    reason = given(*before).when(announce()).reason("C2")
    assert reason == "The notice of this change has been published"
    before = (*contract(), *decided(to("1500000")))
    given(*before).when(announce()._replace(by=DIRECTOR)).then_refused("G1")


WORTH: dict[Subject, str] = {
    "services": "1000000",
    "light-touch": "1000000",
    "works": "10000000",
}
"""What a contract is signed for: above the threshold of each."""
LONGER = replace(MORE, ground="not-substantial", months=8)
NOT_FIRST: list[tuple[Subject, VaryContract]] = [
    ("services", to("1100000")),
    ("services", to("900000")),
    ("works", to("11500000")),
    ("services", LONGER),
    ("services", to("1500000", months=8)),
    ("services", to("1100000", months=24)),
    ("light-touch", to("9000000", replace(MORE, ground="light-touch"))),
]


@pytest.mark.parametrize(("subject", "change"), NOT_FIRST)
def test_small_changes_and_light_touch_go_without(subject: Subject, change: VaryContract) -> None:
    before = (*contract(subject=subject, amount=WORTH[subject]), *decided(change))
    given(*before).when(make()).outcome()
    assert NOTICE not in acts(*before)


@pytest.mark.parametrize(
    ("subject", "change", "because"),
    [
        ("services", to("1100000.01"), "the value moves by £100,000.01, more than 10 %"),
        ("works", to("11600000"), "the value moves by £1,600,000, more than 15 %"),
        ("services", replace(MORE, months=9), "the term moves by more than 10 %"),
        ("services", MORE, "section 75 lets only small changes of value or term go without"),
    ],
)
def test_other_changes_are_announced_first(
    subject: Subject, change: VaryContract, because: str
) -> None:
    before = (*contract(subject=subject, amount=WORTH[subject]), *decided(change))
    assert given(*before).when(make()).reason("P8") == FIRST + because


def test_small_changes_on_one_ground_that_are_large_together_are_announced() -> None:
    before = (*contract(), *varied(to("1080000")))
    given(*before, *decided(to("1160000"), 2)).when(make(2)).then_refused("P8")
    given(*before, *decided(to("1160000", apart="Later"), 2)).when(make(2)).outcome()


def test_a_notice_does_not_give_an_exempt_amount_away() -> None:
    secret = Amount("exempt", closed=Closed("1000000"))
    before = tuple(one._replace(source="the minutes") for one in contract(amount=secret))
    more = to(Amount("exempt", closed=Closed("1500000")))
    reason = given(*before, *decided(more)).when(make()).reason("P8")
    assert reason.startswith(f"{FIRST}the value moves by an exempt amount, more than 10 %")


def test_an_imported_change_without_its_notice_is_irregular() -> None:
    before = (*contract(), *decided(to("1500000")))
    imported = make()._replace(source="the contract")
    assert given(*before).when(imported).irregularities() == ["P8"]
    assert NOTICE in acts(*before, imported)
    assert NOTICE not in acts(*before, imported, announce())


@pytest.mark.parametrize(
    ("ground", "needed"),
    [("additional", True), ("unforeseeable", True), ("provided-for", False)],
)
def test_the_2015_regulations_ask_for_one_on_two_grounds_and_not_before(
    ground: Ground, needed: bool
) -> None:
    before = (*contract("pcr2015"), *decided(replace(MORE, ground=ground)))
    given(*before).when(make()).outcome()
    assert (NOTICE in acts(*before)) == needed


OWN = replace(MORE, ground="own-decision")


def health(change: VaryContract) -> tuple[step, ...]:
    return (*contract("psr2023", "health-care", "4000000"), *decided(change))


def test_health_care_changes_of_500_000_are_announced_within_30_days() -> None:
    waiting = acts(*health(to("4500000", OWN)))[NOTICE]
    assert (waiting.due, waiting.due_because) == (None, "")
    made = acts(*health(to("4500000", OWN)), make())[NOTICE]
    assert made.due == date(2026, 10, 7)
    assert made.due_because == "all changes together come to £500,000 or more"
    assert NOTICE not in acts(*health(to("4499999.99", OWN)), make())
    external = replace(OWN, ground="external-factors")
    assert NOTICE not in acts(*health(to("4500000", external)), make())


def test_of_a_change_that_was_made_before_its_decision_the_days_run_from_then() -> None:
    earlier = to("4500000", OWN, since=date(2026, 6, 1))
    assert acts(*health(earlier), make())[NOTICE].due == date(2026, 7, 1)


def test_where_no_amount_is_known_a_notice_is_due() -> None:
    unknown = contract("psr2023", amount=Amount("exempt"))
    imported = tuple(one._replace(source="the minutes") for one in unknown)
    provided = to("5000", replace(MORE, ground="provided-for"))
    assert NOTICE in acts(*imported, *decided(provided))


def test_a_change_is_offered_from_its_report_to_its_making() -> None:
    put_up = acts(*contract())["put-up-report variation"]
    assert put_up.title == "Put up a report on a change of the contract"
    assert (put_up.awaited, put_up.posts) == (False, (MANAGER.post,))
    assert "put-up-report variation" not in acts(*contract(), report(MORE))
    before = (*contract(), *decided(to("1500000")))
    waiting = acts(*before)
    assert waiting[NOTICE].title == "Publish the notice of the change (a) of the contract"
    assert waiting[CHANGE].title == "Make the change (a) of the contract"
    assert [one.rule for one in waiting[CHANGE].refusals] == ["P8"]
    assert acts(*before, announce())[CHANGE].refusals == ()
    after = acts(*before, announce(), make())
    assert CHANGE not in after
    assert "put-up-report variation" in after


def test_a_retrospective_change_is_called_so_wherever_it_waits() -> None:
    since = replace(MORE, since=date(2026, 6, 1))
    asked = acts(*contract(), report(since))
    decide = asked[f"take-decision {UUID(int=81)}"]
    assert decide.title == "Record what the Cabinet decides on “Award to Alpha”, retrospectively"
    waiting = acts(*contract(), *decided(since))
    assert waiting[CHANGE].title == "Make the retrospective change (a) of the contract"
