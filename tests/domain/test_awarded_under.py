"""Signing what was awarded under delegated authority, which was good until then (P7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.values import Amount, Closed
from tests import scenario
from tests.domain.cases import (
    DECISION_ID,
    REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    but,
    exactly,
    given,
)
from tests.domain.test_authority_in_effect import (
    AWARDS_CALLED_IN,
    CALLABLE,
    CLOSED,
    DECIDED_ON,
    KEY_GRANTED,
    OPEN_TO_CALL_IN,
    REVOKE,
)
from tests.domain.test_trying_figures import everybody, reading
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    AWARDED,
    CABINET,
    CLERK,
    GRANTED_ALONE,
    SIGNATURE,
    awarding,
    deciding,
    granted,
    reported,
)
from tests.scenario import DAY, step

CALL_IN, REFERRED_BACK = AWARDS_CALLED_IN[-2:]
MADE_AGAIN = ": the award has to be made again"
EFFECT, BEFORE = date(2022, 11, 22), date(2022, 11, 21)
"""The day on which an award of 14 November takes effect where it is open to call-in."""
AFTERWARDS = SIGNATURE.at(date(2023, 1, 9))


def later(*steps: step) -> given:
    return given(*steps, rules_=OPEN_TO_CALL_IN).when(AFTERWARDS)


def test_authority_that_ended_after_the_award_took_effect_undoes_nothing() -> None:
    given(*AWARDED, REVOKE.at(DAY)).when(SIGNATURE).outcome()
    later(*AWARDED, REVOKE.at(EFFECT)).outcome()
    until_then = granted(replace(ALONE, expires=EFFECT))
    later(*until_then, AWARD_REPORT, AWARD).outcome()
    last_day = granted(replace(ALONE, expires=DAY))
    given(*last_day, AWARD_REPORT, AWARD).when(AFTERWARDS).outcome()


def test_authority_revoked_before_the_award_took_effect_awards_nothing() -> None:
    reason = later(*AWARDED, REVOKE.at(BEFORE)).reason("P7")
    assert reason == (
        "The authority for it was revoked on 21 November 2022, and the award took effect on "
        f"22 November 2022{MADE_AGAIN}"
    )


def test_authority_that_ran_out_before_the_award_took_effect_awards_nothing() -> None:
    steps = granted(replace(ALONE, expires=BEFORE))
    assert later(*steps, AWARD_REPORT, AWARD).reason("P7") == (
        "The authority for it ended on 21 November 2022, and the award took effect on "
        f"22 November 2022{MADE_AGAIN}"
    )


def test_a_call_in_that_comes_to_nothing_puts_off_the_day_until_which_it_has_to_be_good() -> None:
    called_in = but(CALL_IN, resolutions=())
    closed = but(REFERRED_BACK, outcome="no-further-action")
    for_long = granted(replace(ALONE, expires=CLOSED))
    later(*for_long, AWARD_REPORT, AWARD, called_in, closed).outcome()
    short = granted(replace(ALONE, expires=date(2023, 1, 4)))
    reason = later(*short, AWARD_REPORT, AWARD, called_in, closed).reason("P7")
    assert "ended on 4 January 2023, and the award took effect on 5 January 2023" in reason


# What was imported against the rules is not signed here as if it had kept to them.


def imported(*steps: step) -> tuple[step, ...]:
    return tuple(one._replace(source="the minutes") for one in steps)


def test_an_award_from_before_the_authority_had_effect_is_not_signed() -> None:
    early = imported(AWARD_REPORT.at(DECIDED_ON), AWARD.at(DECIDED_ON))
    record = given(*KEY_GRANTED, *early, rules_=CALLABLE)
    reason = record.when(AFTERWARDS).reason("P7")
    assert reason == (
        "The award was made before resolution (c) in wyvern-2022-1, which delegates it, had "
        f"effect{MADE_AGAIN}"
    )
    effective = date(2022, 12, 21)
    good = AWARD_REPORT.at(effective), AWARD.at(effective)
    given(*KEY_GRANTED, *good, rules_=CALLABLE).when(AFTERWARDS).outcome()


def test_an_award_under_a_resolution_that_no_longer_stands_is_not_signed() -> None:
    early = imported(AWARD_REPORT.at(DECIDED_ON), AWARD.at(DECIDED_ON))
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), Answer("c", "not-agreed", "Too soon"))
    anew = step(deciding(REPORT_ID, SECOND_ID, answers=answers), CLERK, CLOSED)
    back = but(CALL_IN.at(date(2022, 12, 14)), decision=DECISION_ID, resolutions=())
    referred = but(REFERRED_BACK, decision=DECISION_ID)
    record = given(*KEY_GRANTED, *early, back, referred, anew, rules_=CALLABLE)
    assert "which delegates it, had effect" in record.when(AFTERWARDS).reason("P7")


def test_an_award_above_what_was_delegated_is_not_signed() -> None:
    small = granted(replace(ALONE, cap=exactly("299999")))
    over = (*small, AWARD_REPORT, *imported(AWARD))
    assert later(*over).reason("P7") == (
        f"£300,000 is more than was delegated, £299,999{MADE_AGAIN}"
    )
    closed = granted(replace(ALONE, cap=Amount("exempt", closed=Closed("299999"))))
    steps = (*closed, AWARD_REPORT, *imported(AWARD))
    readers = reading(AFTERWARDS, *everybody(AFTERWARDS)).constitution.closed
    may_see = replace(OPEN_TO_CALL_IN.constitution, closed=readers)
    record = given(*steps, rules_=replace(OPEN_TO_CALL_IN, constitution=may_see))
    scenario.given.then_refused(later(*steps), "D9")
    reason = record.when(AFTERWARDS).reason("P7")
    exempt = "What is asked for is more than was delegated, which is exempt from publication"
    assert reason == f"{exempt}{MADE_AGAIN}"


@pytest.mark.parametrize("terms", [replace(ALONE, cap=Amount("exempt")), replace(ALONE, cap=None)])
def test_a_limit_that_is_not_on_record_is_not_known_to_be_exceeded(terms: Any) -> None:
    later(*granted(terms), AWARD_REPORT, *imported(AWARD)).outcome()


def test_an_award_of_an_unknown_amount_is_not_known_to_exceed_it() -> None:
    unknown = imported(reported(awarding(Amount("unknown"))), AWARD)
    later(*GRANTED_ALONE, *unknown).outcome()


def test_what_was_awarded_again_without_delegated_authority_is_signed() -> None:
    again = but(AWARD_REPORT, report=UNHEARD_OF, decision_class="cabinet", to=CABINET, under=None)
    taken = step(deciding(UNHEARD_OF, SECOND_ID, "a"), CLERK, EFFECT)
    steps = (*AWARDED, REVOKE.at(BEFORE), again.at(EFFECT), taken)
    later(*AWARDED, REVOKE.at(BEFORE)).then_refused("P7")
    later(*steps).outcome()
