"""Southwark is data only: its windows, and a procurement through its gateways 1, 2 and 3."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.holidays import calendar
from countersign import councils
from domain.answers import Answer
from domain.call_in import RecordCallIn
from domain.changes import changes
from domain.closing_call_in import CloseCallIn
from domain.contract import SignContract
from domain.deadlines import ONE
from domain.decisions import TakeDecision
from domain.effects import AuthoriseProcurement, AwardContract, Effect, VaryContract
from domain.market import InviteTenders, RecordEvaluation
from domain.messages import Command
from domain.notices import PublishKeyDecisionNotice
from domain.opening import OpenProcurement
from domain.publication import PublishDecision
from domain.reports import PutUpReport
from domain.standstill import SendAwardNotices
from domain.values import Term, procurement_id
from domain.variation import ChangeContract
from tests.cli.conftest import Run, run
from tests.domain.cases import ALPHA as SCORED
from tests.domain.cases import CRITERIA, PAPERS, REJECTED, asks, exactly, given, members, up_to
from tests.scenario import holder, rules, step

__all__ = ["run"]

REFERENCE = "southwark-2018-1"
CASE = procurement_id(REFERENCE)
OFFICER, CLERK, LAWYER = (
    holder(f"southwark/{one}")
    for one in ("commissioning-officer", "democratic-services", "legal-services")
)
CABINET, APRIL = "southwark/cabinet", date(2024, 4, 1)
AUTHORISE = AuthoriseProcurement(up_to("900000"), CRITERIA, 30, standstill="voluntary")
AWARD = AwardContract("Alpha", exactly("800000"), date(2018, 8, 1), 36)
VARIED = VaryContract(
    "A third site", "additional", "Only the supplier knows the first two", exactly("900000")
)
OFFERED = replace(SCORED, price=Decimal(800_000))
THREE = members("12", "31", "44", as_="scrutiny")


def gateway(n: int, effect: Effect, on: date, decided: date) -> tuple[step, ...]:
    """A key decision of the Cabinet at a gateway: its notice, its report, the decision, and it is
    published the next day."""
    report, decision, name = UUID(int=10 + n), UUID(int=20 + n), f"gateway-{n}"
    why = "The spend is above £500,000"
    asked, agreed = (asks(effect),), (Answer("a", "agreed"),)
    up = PutUpReport(CASE, report, name, "key", name, CABINET, asked, PAPERS, class_reason=why)
    taken = TakeDecision(
        CASE, report, decision, agreed, why, REJECTED, interests="none-declared", body=CABINET
    )
    published = PublishDecision(CASE, decision)
    return (
        by_clerk(PublishKeyDecisionNotice(CASE, name), on),
        step(up, OFFICER, on),
        by_clerk(taken, decided),
        by_clerk(published, decided + ONE),
    )


def by_clerk(command: Command, on: date) -> step:
    return step(command, CLERK, on)


OPENED = step(
    OpenProcurement(
        CASE,
        REFERENCE,
        "Homes for young people",
        "Homes with support",
        "Housing",
        "pcr2015",
        value=up_to("900000"),
        term=Term(date(2018, 8, 1), 36),
    ),
    OFFICER,
    date(2018, 1, 5),
)
TO_TENDER = (
    OPENED,
    *gateway(1, AUTHORISE, date(2018, 1, 8), date(2018, 2, 6)),
    step(InviteTenders(CASE, date(2018, 3, 20), CRITERIA), OFFICER, date(2018, 2, 15)),
    step(RecordEvaluation(CASE, (OFFERED,), ("The team",)), OFFICER, date(2018, 3, 21)),
)
AWARDED = (*TO_TENDER, *gateway(2, AWARD, date(2018, 3, 22), date(2018, 4, 24)))
CALL = by_clerk(RecordCallIn(CASE, UUID(int=22), THREE, "Too dear"), date(2018, 5, 2))


def test_from_gateway_1_through_a_call_in_to_a_variation_at_gateway_3() -> None:
    found = given(*AWARDED, CALL).procurement(REFERENCE).decisions[UUID(int=22)]
    assert found.window
    assert (found.window.last_day, found.effective) == (date(2018, 5, 2), date(2018, 5, 3))
    assert found.called_in
    assert found.called_in.meets_by
    assert found.called_in.meets_by.last_day == date(2018, 5, 16)
    heard = by_clerk(CloseCallIn(CASE, UUID(int=22), "no-further-action"), date(2018, 5, 15))
    told = step(SendAwardNotices(CASE, "electronic"), OFFICER, date(2018, 5, 15))
    sign = SignContract(CASE, "Alpha", exactly("800000"), date(2018, 8, 1), 36)
    given(*AWARDED, CALL, told).when(step(sign, LAWYER, date(2018, 5, 29))).then_refused("P7")
    signed = step(sign, LAWYER, date(2018, 5, 29))
    varied = gateway(3, VARIED, date(2019, 1, 7), date(2019, 2, 12))
    change = step(ChangeContract(CASE, UUID(int=23), "a"), OFFICER, date(2019, 2, 21))
    record = given(*AWARDED, CALL, heard, told, signed, *varied)
    early = change.at(date(2019, 2, 20))
    assert "takes effect on Thursday 21 February 2019" in record.when(early).raised()[0].reason
    contract = given(*AWARDED, CALL, heard, told, signed, *varied, change)
    made = contract.procurement(REFERENCE).contract
    assert made
    ((_, came_to),) = changes(made)
    assert came_to.difference == 100_000


def test_who_calls_in_changed_on_1_april_2024() -> None:
    five = replace(rules("southwark"), constitution=councils.rules_of("southwark", APRIL))
    any_five = members("1", "2", "3", "4", "5")
    record = given(*AWARDED)
    wrong = step(replace(CALL.command, members=any_five), CLERK, CALL.on)
    (refusal,) = record.when(wrong).then_refused("D10")
    assert refusal.reason == "A call-in needs 3 members of the scrutiny committee, not 0"
    assert refusal.provenance.startswith("sourced: ")
    given(*AWARDED).under(five).when(wrong).outcome()
    few = given(*AWARDED).under(five).when(CALL).then_refused("D10")
    assert few[0].reason == "A call-in needs 5 different members, not 3"


@pytest.mark.parametrize("council", councils.KNOWN)
def test_every_rule_says_where_it_comes_from(council: str) -> None:
    found = rules(council).constitution
    assert found.call_in
    assert found.call_in.standing == "sourced"
    assert all(one.where for one in (*found.gateways, *found.classes, *found.routes))


ROWS = [
    ("southwark", "2021-03-31", "2021-04-10"),
    ("southwark", "2021-05-25", "2021-06-03"),
    ("nottingham", "2015-06-17", "2015-06-25"),
    *(
        ("herefordshire", published, effective)
        for published, effective in (
            ("2018-03-06", "2018-03-13"),
            ("2018-09-21", "2018-09-28"),
            ("2019-03-04", "2019-03-09"),
            ("2020-06-25", "2020-07-02"),
            ("2021-01-12", "2021-01-19"),
            ("2021-08-06", "2021-08-13"),
            ("2022-07-22", "2022-07-29"),
            ("2022-07-28", "2022-08-04"),
            ("2023-02-23", "2023-03-02"),
            ("2023-03-03", "2023-03-10"),
            ("2023-03-21", "2023-03-28"),
            ("2024-04-22", "2024-04-27"),
            ("2024-04-29", "2024-05-04"),
        )
    ),
]
MISFITS = [("2023-02-24", "2023-03-04"), ("2017-08-18", "2017-08-26")]


def effective(council: str, published: str) -> str:
    rule = rules(council).constitution.call_in
    assert rule
    return rule.window(date.fromisoformat(published), calendar()).effective.isoformat()


@pytest.mark.parametrize(("council", "published", "said"), ROWS)
def test_published_rows_fit_the_count(council: str, published: str, said: str) -> None:
    assert effective(council, published) == said


@pytest.mark.parametrize(("published", "said"), MISFITS)
def test_two_rows_of_herefordshire_do_not_fit(published: str, said: str) -> None:
    assert effective("herefordshire", published) != said


@pytest.mark.parametrize(
    ("council", "published", "last", "takes_effect", "by"),
    [
        ("southwark", "2021-03-31", "2021-04-09", "2021-04-10", "3 members of the scrutiny"),
        ("southwark", "2024-04-02", "2024-04-09", "2024-04-10", "5 different members"),
        ("greenwich", "2024-06-03", "2024-06-07", "2024-06-08", "2 different members"),
        ("gloucestershire", "2021-03-31", "2021-04-09", "2021-04-10", "5 different members"),
    ],
)
def test_the_command_line_knows_them(
    run: Run, council: str, published: str, last: str, takes_effect: str, by: str
) -> None:
    days = ("--decided", published, "--published", published, "--json")
    found = run("deadline", "call-in", "--constitution", council, *days).json
    assert (found["last_day"], found["effective"]) == (last, takes_effect)
    assert (found["by"].startswith(by), found["rule"][:9]) == (True, "sourced: ")
    shown = run("constitution", "show", council)
    assert (shown.code, f'authority = "{council}"' in shown.out) == (0, True)


def test_before_their_first_version_nothing_is_known(run: Run) -> None:
    days = ("--decided", "2016-01-04", "--published", "2016-01-04")
    said = run("deadline", "call-in", "--constitution", "southwark", *days)
    assert (said.code, said.out) == (2, "")
    assert "The rules of southwark are known from Tuesday 1 August 2017 on" in said.err
