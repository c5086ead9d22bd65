"""What authority to extend or to change is subject to is met before that is done (P7)."""

from __future__ import annotations

from msgspec.structs import replace

from domain.acts import next_acts
from domain.conditioned import Condition
from domain.conditions import RecordConditionMet
from domain.effects import ExtendContract
from domain.extension import TakeUpOption
from tests.domain import test_extending_under as extending
from tests.domain import test_partly_called_in as both
from tests.domain import test_variation_under as changing
from tests.domain.cases import AWARD_ID, DECISION_ID, asks, but, given
from tests.domain.test_extension import SPRING, take_up
from tests.domain.varying import to
from tests.domain.wyvern import (
    AWARD_REPORT,
    CASE,
    CLERK,
    DIRECTOR,
    MANAGER,
    OTHER,
    REFERENCE,
    UNDER,
    deciding,
)
from tests.scenario import step

BOND, GRANT = "the supplier lodges a bond", "the grant is confirmed"
CONDITIONS = Condition(BOND, "before-signature"), Condition(GRANT, "before-signature")
KEPT = Condition("on the best terms achievable", "in-every-award")
ONE, TWO = 1, 2


def unmet(label: str, where: str = "") -> list[str]:
    both = enumerate((BOND, GRANT), 1)
    return [
        f"Condition {n} of resolution ({label}){where} is not met yet: “{one}”" for n, one in both
    ]


def refusals(record: given, asked: step) -> list[str]:
    return [one.reason for one in record.when(asked).then_refused("P7", "P7")]


def test_an_option_is_not_taken_up_before_and_all_are_told_at_once() -> None:
    terms = replace(extending.ALONE, conditions=(*CONDITIONS, KEPT))
    steps = (*extending.signed(terms), extending.report(), extending.decision())
    record = given(*steps)
    assert refusals(record, take_up(1)) == unmet("b")
    offered = next_acts(record.procurement(REFERENCE), take_up(1).context())
    (act,) = [one for one in offered if one.do == "extend-contract"]
    assert [one.reason for one in act.refusals] == unmet("b")
    met = [
        step(RecordConditionMet(CASE, AWARD_ID, "b", n, "Letter"), CLERK, SPRING)
        for n in (ONE, TWO)
    ]
    assert given(*steps, met[0]).when(take_up(1)).reason("P7") == unmet("b")[1]
    given(*steps, *met).when(take_up(1)).outcome()


def test_nor_is_a_change_made() -> None:
    terms = replace(changing.CHANGING, conditions=CONDITIONS)
    signed = (one._replace(source="the file") for one in changing.signed(terms))
    steps = (*signed, changing.report(to("290000")), changing.decision())
    assert refusals(given(*steps), changing.make()) == unmet("c")
    met = [
        step(RecordConditionMet(CASE, DECISION_ID, "c", n, "Letter"), CLERK, changing.ON)
        for n in (ONE, TWO)
    ]
    given(*steps, *met).when(changing.make()).outcome()


def test_nor_where_the_authority_was_given_in_another_procurement() -> None:
    terms = replace(both.TERMS, conditions=CONDITIONS)
    signed = (one._replace(source="the file") for one in both.signed(terms))
    fields = {"report": both.PUT_UP, "recommendations": (asks(ExtendContract(1)),)}
    report = but(AWARD_REPORT.at(both.ON), procurement=OTHER, gateway="extension", **fields)
    taken = step(deciding(both.PUT_UP, both.TAKEN, "a", under=UNDER), DIRECTOR, both.ON)
    steps = (*signed, report, but(taken, procurement=OTHER))
    option = step(TakeUpOption(OTHER, 1), MANAGER, both.ON)
    assert refusals(given(*steps), option) == unmet("c", " in wyvern-2022-1")
    met = [
        step(RecordConditionMet(CASE, DECISION_ID, "c", n, "Letter"), CLERK, both.ON)
        for n in (ONE, TWO)
    ]
    given(*steps, *met).when(option).outcome()
