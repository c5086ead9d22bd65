from datetime import date

import pytest

from domain.claims import ClaimEnded, ClaimNotified, warning
from domain.regimes import Regime
from projections.standing import stage
from tests.domain.cases import but, given
from tests.domain.laws import CLAIM, OVER, SIGNATURE, awarded, evaluated, told

UK6, EIGHTH_DAY = date(2026, 11, 19), date(2026, 12, 1)
ONE_DAY_LATE = date(2026, 12, 2)


def test_a_claim_is_recorded_with_its_days() -> None:
    given(*told("pa2023", UK6)).when(CLAIM.at(EIGHTH_DAY)).then(
        ClaimNotified("Beta", EIGHTH_DAY, EIGHTH_DAY)
    )


def test_a_claim_suspends_until_the_court_lifts_it() -> None:
    record = given(*told("pa2023", UK6), CLAIM.at(EIGHTH_DAY))
    reason = record.when(SIGNATURE.at(date(2026, 12, 10))).reason("P6")
    assert reason == (
        "The claim of Beta, notified on Tuesday 1 December 2026, suspends the award, "
        "until the court lifts that or the claim is over"
    )
    assert stage(record.procurement()) == "Suspended by a claim"
    lifted = OVER.at(date(2026, 12, 9))
    record.when(lifted).then(ClaimEnded("Beta", "lifted-by-the-court"))
    given(*told("pa2023", UK6), CLAIM.at(EIGHTH_DAY), lifted).when(
        SIGNATURE.at(date(2026, 12, 10))
    ).outcome()


def test_a_claim_that_was_issued_in_time_and_notified_late_bars_nothing_under_the_act() -> None:
    late = but(CLAIM.at(ONE_DAY_LATE), issued=EIGHTH_DAY, notified=ONE_DAY_LATE)
    found = given(*told("pa2023", UK6), late)
    found.when(SIGNATURE.at(ONE_DAY_LATE)).outcome()
    (claim,) = found.procurement().claims
    assert warning(claim, found.procurement()) == (
        "The claim of Beta does not by itself bar the signature: "
        "take legal advice before anything is signed"
    )


def test_what_suspends_and_what_is_over_needs_no_warning() -> None:
    suspended = given(*told("pa2023", UK6), CLAIM.at(EIGHTH_DAY)).procurement()
    assert warning(suspended.claims[0], suspended) == ""
    over = given(*told("pa2023", UK6), CLAIM.at(EIGHTH_DAY), OVER.at(EIGHTH_DAY)).procurement()
    assert warning(over.claims[0], over) == ""


def test_the_provider_selection_regime_knows_no_bar() -> None:
    steps = (*told("psr2023", UK6), CLAIM.at(EIGHTH_DAY))
    given(*steps).when(SIGNATURE.at(date(2026, 12, 10))).outcome()


@pytest.mark.parametrize(
    ("issued", "notified", "on", "rule"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), date(2026, 12, 2), "P6"),
        (date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 2), "C1"),
    ],
)
def test_a_claim_has_days_that_make_sense(
    issued: date, notified: date, on: date, rule: str
) -> None:
    wrong = but(CLAIM.at(on), issued=issued, notified=notified)
    given(*told("pa2023", UK6)).when(wrong).then_refused(rule)


def test_a_year_outside_the_calendar_is_refused() -> None:
    wrong = but(CLAIM.at(EIGHTH_DAY), issued=date(2009, 1, 1))
    given(*told("pa2023", UK6)).when(wrong).then_refused("C1")


def test_there_is_something_to_claim_against() -> None:
    given(*evaluated("pa2023")).when(CLAIM.at(EIGHTH_DAY)).then_refused("C1")
    given(*awarded("pa2023")).when(CLAIM.at(EIGHTH_DAY)).outcome()


def test_a_claim_begins_and_ends_once_and_may_come_again() -> None:
    steps = (*told("pa2023", UK6), CLAIM.at(EIGHTH_DAY))
    given(*steps).when(CLAIM.at(EIGHTH_DAY)).then_refused("C2")
    over = (*steps, OVER.at(EIGHTH_DAY))
    given(*over).when(OVER.at(EIGHTH_DAY)).then_refused("C2")
    again = given(*over, CLAIM.at(EIGHTH_DAY), OVER.at(EIGHTH_DAY)).procurement()
    assert [one.ended for one in again.claims] == [EIGHTH_DAY, EIGHTH_DAY]
    given(*told("pa2023", UK6)).when(OVER.at(EIGHTH_DAY)).then_refused("C1")


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015"])
def test_before_any_notice_a_claim_suspends_only_under_the_law_of_2015(regime: Regime) -> None:
    record = given(*awarded(regime), CLAIM.at(EIGHTH_DAY))
    outcome = record.when(SIGNATURE.at(EIGHTH_DAY))
    law = {"pa2023": ("P3",), "pcr2015": ("P4", "P6")}[regime]
    outcome.then_refused(*law)
