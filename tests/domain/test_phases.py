from datetime import date

import pytest
from msgspec.structs import replace

from domain.contract import PhaseStarted
from domain.terms import Phase
from domain.values import When
from tests.domain.cases import (
    AWARDED,
    CALL_IN,
    OPEN,
    PHASE_1,
    PHASE_2,
    PHASE_REPORT,
    PHASES,
    RELEASE,
    RELEASE_ID,
    RELEASED,
    SIGNED,
    TOO_DEAR,
    UNDER_WAY,
    but,
    given,
    leeds,
    up_to,
)

STARTS, ENDS = date(2023, 1, 2), date(2025, 1, 1)
CLASSES = leeds().constitution.classes
OPEN_TO_CALL_IN = leeds(
    classes=tuple(
        replace(one, call_in=True) if one.id == "administrative" else one for one in CLASSES
    )
)


def test_the_first_phase_starts_with_the_contract() -> None:
    given(*SIGNED).when(PHASE_1).then(PhaseStarted(1))
    (refusal,) = given(*SIGNED).when(PHASE_1.at(date(2023, 1, 1))).then_refused("T1")
    assert refusal.reason == "The contract starts on Monday 2 January 2023"
    assert refusal.cured_on == STARTS


def test_a_phase_starts_while_the_contract_runs() -> None:
    given(*SIGNED).when(PHASE_1.at(ENDS)).outcome()
    reason = given(*SIGNED).when(PHASE_1.at(date(2025, 1, 2))).reason("T1")
    assert reason == "The contract ended on Wednesday 1 January 2025: no phase starts"


def test_a_phase_starts_under_a_contract() -> None:
    assert given(*AWARDED).when(PHASE_1).reason("C1") == "No contract is signed"


@pytest.mark.parametrize("phase", [0, 3, -1])
def test_a_phase_is_one_of_the_procurement(phase: int) -> None:
    reason = given(*SIGNED).when(but(PHASE_1, phase=phase)).reason("C1")
    assert reason == f"There is no phase {phase}"


def test_a_phase_starts_once() -> None:
    given(*UNDER_WAY).when(PHASE_1).then_refused("C2")


def test_phase_2_waits_for_a_decision_to_release_it() -> None:
    reason = given(*UNDER_WAY).when(PHASE_2).reason("T3")
    assert reason == (
        "Phase 2 waits for a decision to release it: only if phase 1 shows that it is viable"
    )
    given(*UNDER_WAY, PHASE_REPORT).when(PHASE_2).then_refused("T3")


def test_a_phase_without_a_condition_waits_all_the_same() -> None:
    free = but(OPEN, phases=(PHASES[0], replace(PHASES[1], condition="")))
    reason = given(free, *UNDER_WAY[1:]).when(PHASE_2).reason("T3")
    assert reason == "Phase 2 waits for a decision to release it"


def test_phase_2_comes_after_phase_1() -> None:
    first, _ = given(*SIGNED).when(PHASE_2).then_refused("T3", "T3")
    assert first.reason == "Phase 1 comes first"


def test_a_phase_that_was_released_starts() -> None:
    given(*RELEASED).when(PHASE_2).then(PhaseStarted(2))
    found = given(*RELEASED, PHASE_2).procurement().started
    assert found == {1: When(STARTS), 2: When(date(2023, 6, 6))}


def test_the_release_of_one_phase_releases_no_other() -> None:
    three = but(OPEN, value=up_to("450000"), phases=(*PHASES, Phase("roll out", up_to("50000"))))
    second = given(three, *RELEASED[1:], PHASE_2)
    second.when(but(PHASE_2, phase=3)).then_refused("T3")


def test_a_release_opens_nothing_until_it_takes_effect() -> None:
    released = given(*RELEASED, rules_=OPEN_TO_CALL_IN)
    effective = date(2023, 6, 13)
    (refusal,) = released.when(PHASE_2).then_refused("T3")
    assert refusal.reason == (
        "The decision that releases phase 2 takes effect on Tuesday 13 June 2023"
    )
    assert refusal.cured_on == effective
    released.when(PHASE_2.at(effective)).outcome()


def test_a_release_that_was_called_in_opens_nothing() -> None:
    called = but(CALL_IN.at(date(2023, 6, 12)), decision=RELEASE_ID)
    waiting = given(*RELEASED, called, rules_=OPEN_TO_CALL_IN)
    reason = waiting.when(PHASE_2.at(date(2023, 6, 13))).reason("T3")
    assert reason == "The decision that releases phase 2 has no effect yet"


def test_a_release_that_was_not_agreed_opens_nothing() -> None:
    refused = but(RELEASE, answers=(TOO_DEAR,))
    given(*UNDER_WAY, PHASE_REPORT, refused).when(PHASE_2).then_refused("T3")
