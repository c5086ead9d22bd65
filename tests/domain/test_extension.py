from datetime import date
from uuid import UUID

from msgspec.structs import replace

from domain.answers import Answer
from domain.effects import ExtendContract
from domain.extension import ContractExtended, TakeUpOption
from domain.notices import PublishKeyDecisionNotice
from domain.record import Outcome
from domain.values import Term
from tests.domain.cases import asks, but, given
from tests.domain.wyvern import (
    AWARD_REPORT,
    AWARDED,
    CASE,
    CLERK,
    DIRECTOR,
    MANAGER,
    REFERENCE,
    START,
    WITH_OPTIONS,
    deciding,
    wyvern,
)
from tests.scenario import step

SPRING, LAST_DAY = date(2026, 3, 2), date(2026, 3, 31)
SECOND_SPRING, SECOND_LAST_DAY = date(2028, 3, 1), date(2028, 3, 31)


def report(option: int, on: date = SPRING) -> step:
    return but(
        AWARD_REPORT.at(on),
        report=UUID(int=60 + option),
        gateway="extension",
        title=f"Two more years, option {option}",
        recommendations=(asks(ExtendContract(option)),),
        under=None,
    )


def decision(option: int, on: date = SPRING, outcome: Outcome = "agreed") -> step:
    answer = Answer("a", outcome, "" if outcome == "agreed" else "It works badly")
    ids = UUID(int=60 + option), UUID(int=70 + option)
    return step(deciding(*ids, answers=(answer,)), DIRECTOR, on)


def take_up(option: int, on: date = SPRING) -> step:
    return step(TakeUpOption(CASE, option), MANAGER, on)


DECIDED = (*WITH_OPTIONS, report(1), decision(1))
EXTENDED = (*DECIDED, take_up(1))
EXTENDED_TWICE = (
    *EXTENDED,
    report(2, SECOND_SPRING),
    decision(2, SECOND_SPRING),
    take_up(2, SECOND_SPRING),
)


def ends(*steps: step) -> date:
    contract = given(*steps).procurement(REFERENCE).contract
    assert contract
    return contract.ends


def test_options_that_are_taken_up_move_the_end_of_the_contract() -> None:
    given(*DECIDED).when(take_up(1)).then(ContractExtended(1))
    assert ends(*WITH_OPTIONS) == LAST_DAY
    assert ends(*EXTENDED) == SECOND_LAST_DAY
    assert ends(*EXTENDED_TWICE) == date(2030, 3, 31)


def test_the_contract_has_the_options_of_its_award() -> None:
    contract = given(*WITH_OPTIONS).procurement(REFERENCE).contract
    assert contract
    assert contract.term == Term(START, 36, (24, 24))


def test_without_a_contract_nothing_is_extended() -> None:
    reasons = given(*AWARDED).when(take_up(1)).then_refused("C1", "T1")
    assert reasons[0].reason == "No contract is signed"
    assert given(*AWARDED).when(report(1)).reason("C1") == "No contract is signed"


def test_an_option_is_taken_up_by_a_decision() -> None:
    assert given(*WITH_OPTIONS).when(take_up(1)).reason("T1") == "No decision takes up option 1"
    refused = (report(1), decision(1, outcome="not-agreed"))
    assert given(*WITH_OPTIONS, *refused).when(take_up(1)).reason("T1").startswith("No decision")


def test_a_decision_on_one_option_takes_up_no_other() -> None:
    later = take_up(2, SECOND_SPRING)
    assert given(*EXTENDED).when(later).reason("T1") == "No decision takes up option 2"


def test_an_option_is_taken_up_once_the_decision_has_effect() -> None:
    *earlier, way = wyvern().constitution.routes
    key = wyvern(routes=(*earlier, replace(way, decision_class="key")))
    notice = step(PublishKeyDecisionNotice(CASE, "extension"), CLERK, date(2026, 1, 12))
    asked = but(report(1), decision_class="key", class_reason="It changes care in two wards")
    record = given(*WITH_OPTIONS, notice, asked, decision(1), rules_=key)
    (refusal,) = record.when(take_up(1)).then_refused("D10")
    wanted = "The decision to extend takes effect on Tuesday 10 March 2026"
    assert (refusal.reason, refusal.cured_on) == (wanted, date(2026, 3, 10))


def test_options_are_taken_up_in_their_order_and_once() -> None:
    assert given(*WITH_OPTIONS).when(report(2)).reason("T1") == "Option 1 comes first"
    reason = given(*EXTENDED).when(take_up(1)).reason("C2")
    assert reason == "Option 1 has been taken up"


def test_there_are_no_more_options_than_the_contract_has() -> None:
    reason = given(*EXTENDED_TWICE).when(report(3, SECOND_SPRING)).reason("T1")
    assert reason == "There is no option 3: the contract has 2 options to extend"


def test_a_contract_is_extended_while_it_runs() -> None:
    late = date(2026, 4, 1)
    given(*DECIDED).when(take_up(1, LAST_DAY)).outcome()
    reason = given(*DECIDED).when(take_up(1, late)).reason("T1")
    ended = "The contract ended on Tuesday 31 March 2026: it can no longer be extended"
    assert reason == ended
    assert given(*WITH_OPTIONS).when(report(1, late)).reason("T1") == ended


def test_whose_duty_it_is_takes_an_option_up() -> None:
    given(*DECIDED).when(take_up(1)._replace(by=DIRECTOR)).then_refused("G1")


def with_notice() -> tuple[step, ...]:
    """The same contract, whose options take six months' notice."""
    opened, *rest = WITH_OPTIONS
    return (but(opened, term=Term(START, 36, (24, 24), 6)), *rest)


def test_an_option_that_takes_notice_has_its_last_day_before_the_contract_ends() -> None:
    last, late = date(2025, 9, 30), date(2025, 10, 1)
    before = (*with_notice(), report(1, last), decision(1, last))
    given(*before).when(take_up(1, last)).then(ContractExtended(1))
    missed = "Option 1 could be taken up until Tuesday 30 September 2025: it takes 6 months "
    missed += "before the contract ends"
    assert given(*before).when(take_up(1, late)).reason("T1") == missed
    assert given(*with_notice()).when(report(1, late)).reason("T1") == missed
    extended = given(*before, take_up(1, last)).procurement(REFERENCE).contract
    assert extended
    assert extended.last_day_for(2) == date(2027, 9, 30)


def test_without_notice_the_last_day_of_the_contract_is_the_last_for_its_option() -> None:
    contract = given(*WITH_OPTIONS).procurement(REFERENCE).contract
    assert contract
    assert (contract.last_day_for(1), contract.last_day_for(2)) == (LAST_DAY, SECOND_LAST_DAY)
