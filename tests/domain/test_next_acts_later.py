"""What may happen next once a contract or a promise waits: figures, reports back, options."""

from datetime import date

import pytest

from domain.acts import Act
from domain.authority import Rules
from tests.domain import cases
from tests.domain.cases import (
    DECISION_ID,
    but,
)
from tests.domain.test_exempt import EXEMPT_BUDGET, enter
from tests.domain.test_extension import (
    DECIDED,
    EXTENDED,
    EXTENDED_TWICE,
    LAST_DAY,
    SPRING,
    report,
    with_notice,
)
from tests.domain.test_undertakings import DISCHARGE, DUE, ONE, REQUIRED, REQUIRED_ID, UNDERTAKE
from tests.domain.wyvern import (
    CLERK,
    DELEGATE,
    OPEN,
    REFERENCE,
    WITH_OPTIONS,
    wyvern,
)
from tests.scenario import DAY, step


def acts(*steps: step, on: date = DAY, rules_: Rules | None = None) -> dict[str, Act]:
    return cases.acts(*steps, on=on, rules_=rules_, reference=REFERENCE)


def without(duty: str) -> Rules:
    return wyvern(duties=tuple(one for one in wyvern().constitution.duties if one.act != duty))


def test_an_exempt_figure_waits_until_it_is_entered() -> None:
    offered = acts(*EXEMPT_BUDGET)
    entry = offered[f"enter-exempt-figure {DECISION_ID} d"]
    assert (entry.title, entry.posts) == ("Enter the exempt figure of (d)", (CLERK.post,))
    assert f"enter-exempt-figure {DECISION_ID} b" not in offered
    assert f"enter-exempt-figure {DECISION_ID} d" not in acts(*EXEMPT_BUDGET, enter("d"))


def test_a_report_required_waits_for_who_owes_it_until_it_has_come_back() -> None:
    back = acts(*REQUIRED)[f"discharge-undertaking {REQUIRED_ID}"]
    assert back.title == "Report back: how the service is used, once a year has passed"
    assert back.posts == (DELEGATE, CLERK.post)
    assert (back.due, back.due_because) == (None, "it is owed to Cabinet")
    done = but(DISCHARGE, undertaking=REQUIRED_ID)
    assert f"discharge-undertaking {REQUIRED_ID}" not in acts(*REQUIRED, done)


def test_an_undertaking_is_due_on_the_last_day_that_is_meant() -> None:
    back = acts(OPEN, UNDERTAKE, on=date(2023, 1, 1))[f"discharge-undertaking {ONE}"]
    assert back.title == "Report back: Come back with the option"
    assert (back.due, back.since) == (DUE.read_as, DAY)
    rules_ = without("discharge-undertaking")
    back = acts(OPEN, UNDERTAKE, rules_=rules_)[f"discharge-undertaking {ONE}"]
    assert (back.posts, back.whose) == ((DELEGATE,), "")


def test_an_undertaking_may_be_put_on_record_where_that_is_somebodys_duty() -> None:
    assert not acts(OPEN)["record-undertaking"].awaited
    assert "record-undertaking" not in acts(OPEN, rules_=without("record-undertaking"))


def test_the_next_option_is_reported_on_decided_and_taken_up() -> None:
    put_up = acts(*WITH_OPTIONS, on=SPRING)["put-up-report extension"]
    assert (put_up.title, put_up.awaited) == ("Put up the report on option 1 to extend", False)
    assert "extend-contract 1" not in acts(*WITH_OPTIONS, on=SPRING)
    assert "put-up-report extension" not in acts(*WITH_OPTIONS, report(1), on=SPRING)
    take_up = acts(*DECIDED, on=SPRING)["extend-contract 1"]
    assert take_up.title == "Extend the contract by option 1"
    assert (take_up.since, take_up.due) == (SPRING, LAST_DAY)
    assert take_up.due_because == "it ends without it"
    assert "put-up-report extension" in acts(*EXTENDED, on=SPRING)


def test_an_option_is_due_on_the_last_day_that_its_notice_leaves() -> None:
    put_up = acts(*with_notice(), on=date(2025, 9, 1))["put-up-report extension"]
    assert put_up.due == date(2025, 9, 30)
    assert put_up.due_because == "it takes 6 months before the contract ends on 31 March 2026"
    asked = acts(*with_notice(), report(1, date(2025, 9, 1)), on=date(2025, 9, 1))
    (decide,) = [one for one in asked.values() if one.do == "take-decision"]
    assert decide.due == date(2025, 9, 30)
    assert decide.due_because == "option 1 can be taken up until then"


def test_a_council_without_a_gateway_for_it_is_offered_no_change_of_the_contract() -> None:
    gateways = tuple(one for one in wyvern().constitution.gateways if one.id != "variation")
    assert "put-up-report variation" in acts(*WITH_OPTIONS, on=SPRING)
    rules_ = wyvern(gateways=gateways)
    assert "put-up-report variation" not in acts(*WITH_OPTIONS, on=SPRING, rules_=rules_)


@pytest.mark.parametrize(
    ("steps", "on"), [(EXTENDED_TWICE, date(2028, 3, 1)), (WITH_OPTIONS, date(2026, 4, 1))]
)
def test_without_an_option_left_or_a_contract_that_runs_none_is_offered(
    steps: tuple[step, ...], on: date
) -> None:
    offered = acts(*steps, on=on)
    assert not [one for one in offered if "extend" in one or "extension" in one]
