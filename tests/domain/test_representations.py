from datetime import date

import pytest

from domain.representations import RepresentationReceived, RepresentationReviewed
from domain.standstill import AwardNoticesSent
from tests.domain.cases import NOTICES, but, given
from tests.domain.laws import REPRESENTED, REVIEWED, SIGNATURE, told

NOTICE, LAST_DAY = date(2026, 12, 14), date(2026, 12, 29)
OPEN_ROUND = (*told("psr2023", NOTICE), REPRESENTED.at(LAST_DAY))


def test_a_representation_keeps_the_standstill_open_until_it_is_reviewed() -> None:
    given(*told("psr2023", NOTICE)).when(REPRESENTED.at(LAST_DAY)).then(
        RepresentationReceived("Beta", "The scores of quality")
    )
    reason = given(*OPEN_ROUND).when(SIGNATURE.at(date(2027, 1, 20))).reason("P5")
    assert reason == "The standstill is kept open: what Beta represented is reviewed"


def test_after_the_review_it_lasts_five_working_days_more() -> None:
    reviewed = REVIEWED.at(date(2027, 1, 6))
    (event,) = given(*OPEN_ROUND).when(reviewed).outcome()
    assert isinstance(event, RepresentationReviewed)
    assert event.count
    assert event.count.last_day == date(2027, 1, 13)
    record = given(*OPEN_ROUND, reviewed)
    record.when(SIGNATURE.at(date(2027, 1, 13))).then_refused("P5")
    record.when(SIGNATURE.at(date(2027, 1, 14))).outcome()


def test_an_early_review_makes_no_standstill_shorter() -> None:
    early = (*told("psr2023", NOTICE), REPRESENTED.at(NOTICE), REVIEWED.at(NOTICE))
    stood = given(*early).procurement().standstill
    assert stood
    assert stood.count
    assert stood.count.last_day == LAST_DAY


def test_an_award_that_goes_back_is_notified_again() -> None:
    back = but(REVIEWED.at(date(2027, 1, 6)), outcome="goes-back")
    record = given(*OPEN_ROUND, back)
    reason = record.when(SIGNATURE.at(date(2027, 1, 20))).reason("P5")
    assert reason == "A review sent the award back to an earlier step: notify it again"
    again = NOTICES.at(date(2027, 1, 7))
    (event,) = record.when(again).outcome()
    assert isinstance(event, AwardNoticesSent)
    assert event.count
    anew = given(*OPEN_ROUND, back, again)
    anew.when(SIGNATURE.at(event.count.last_day)).then_refused("P5")
    anew.when(SIGNATURE.at(event.count.day_after)).outcome()
    anew.when(again).then_refused("C2")
    record.when(REPRESENTED.at(date(2027, 1, 7))).then_refused("C1")


def test_it_is_too_late_when_the_standstill_is_over() -> None:
    reason = given(*told("psr2023", NOTICE)).when(REPRESENTED.at(date(2026, 12, 30))).reason("P5")
    assert reason == "Representations were possible until the end of Tuesday 29 December 2026"


def test_one_review_for_each_representation() -> None:
    given(*OPEN_ROUND).when(REPRESENTED.at(LAST_DAY)).then_refused("C2")
    other = but(REPRESENTED.at(LAST_DAY), provider="Gamma")
    both = given(*OPEN_ROUND, other, REVIEWED.at(date(2027, 1, 6)))
    both.when(SIGNATURE.at(date(2027, 1, 20))).then_refused("P5")
    both.when(REVIEWED.at(date(2027, 1, 6))).then_refused("C1")


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015"])
def test_only_the_provider_selection_regime_knows_them(regime: str) -> None:
    record = given(*told(regime, NOTICE))  # type: ignore[arg-type]
    record.when(REPRESENTED.at(NOTICE)).then_refused("C1")


def test_nothing_is_reviewed_that_was_not_represented() -> None:
    given(*told("psr2023", NOTICE)).when(REVIEWED.at(NOTICE)).then_refused("C1")
