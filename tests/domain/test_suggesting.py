from datetime import date
from decimal import Decimal

import pytest

from domain.closed import Exemption
from domain.constitution import Gateway
from domain.effects import AwardContract, ExtendContract, ReleasePhase
from domain.record import Recommendation
from domain.suggesting import suggest
from domain.values import Term
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_REPORT,
    AWARD_TO_ALPHA,
    EVALUATED,
    OPEN,
    PHASE_2,
    PHASE_REPORT,
    RELEASED,
    REPORT,
    SIGNED,
    UNDER_WAY,
    asks,
    but,
    closed_to_all_but,
    exactly,
    given,
    leeds,
)
from tests.domain.test_extension import EXTENDED, EXTENDED_TWICE, SPRING
from tests.domain.wyvern import OPEN as WYVERN_OPEN
from tests.domain.wyvern import REFERENCE, WITH_OPTIONS, wyvern
from tests.scenario import DAY, OFFICER, step

PROCUREMENT, AWARD, PHASE = leeds().constitution.gateways
EXTENSION = wyvern().constitution.gateways[-1]


def draft(gateway: Gateway, *steps: step, on: date = DAY) -> tuple[Recommendation, ...]:
    return suggest(gateway, given(*steps).procurement(), OPEN.at(on).context())


def test_a_first_report_has_nothing_to_go_by() -> None:
    assert draft(PROCUREMENT, OPEN) == draft(AWARD, *AUTHORISED) == draft(PHASE, *SIGNED) == ()


def test_a_new_version_starts_from_the_latest_one() -> None:
    earlier = but(REPORT, recommendations=(asks(AUTHORISE),))
    assert draft(PROCUREMENT, OPEN, earlier) == (asks(AUTHORISE),)


@pytest.mark.parametrize(
    ("day", "starts"),
    [(date(2022, 12, 12), date(2023, 1, 2)), (date(2023, 1, 9), date(2023, 1, 9))],
)
def test_an_award_is_suggested_to_the_highest_score(day: date, starts: date) -> None:
    (found,) = draft(AWARD, *EVALUATED, on=day)
    assert found.text == "Award the contract to Alpha, who scored highest, for £380,000"
    assert found.effect == AwardContract("Alpha", exactly("380000"), starts, 24)


def test_what_is_suggested_may_be_put_up() -> None:
    report = but(AWARD_REPORT, recommendations=draft(AWARD, *EVALUATED))
    given(*EVALUATED).when(report).outcome()
    release = but(PHASE_REPORT, recommendations=draft(PHASE, *UNDER_WAY))
    given(*UNDER_WAY).when(release).outcome()


def test_without_a_planned_term_no_award_is_suggested() -> None:
    open_ended = (but(OPEN, term=None), *EVALUATED[1:])
    assert draft(AWARD, *open_ended) == ()
    assert draft(AWARD, *open_ended, AWARD_REPORT) == (asks(AWARD_TO_ALPHA),)


def test_the_next_phase_is_suggested_for_release() -> None:
    (found,) = draft(PHASE, *UNDER_WAY)
    assert (found.text, found.effect) == ("Release phase 2: design the service", ReleasePhase(2))


def test_after_the_last_phase_the_latest_report_is_all_there_is() -> None:
    assert draft(PHASE, *RELEASED, PHASE_2) == (asks(ReleasePhase(2)),)


def test_a_closed_price_is_suggested_without_saying_it() -> None:
    exempt = but(EVALUATED[-1], exemption=Exemption("The tenderers' prices", 3))
    (found,) = draft(AWARD, *EVALUATED[:-1], exempt)
    says = "Award the contract to Tenderer 1, who scored highest, for a price that is exempt"
    assert found.text == says
    assert isinstance(found.effect, AwardContract)
    assert (found.effect.supplier, found.effect.amount.figure) == (
        "Tenderer 1",
        Decimal(380_000),
    )
    report = but(AWARD_REPORT, recommendations=(found,))
    seen = leeds(closed=closed_to_all_but(OFFICER.post))
    given(*EVALUATED[:-1], exempt, rules_=seen).when(report).outcome()


def test_an_award_is_suggested_with_the_options_of_the_term() -> None:
    planned = but(OPEN, term=Term(date(2023, 1, 2), 24, (12, 12)))
    (found,) = draft(AWARD, planned, *EVALUATED[1:])
    assert isinstance(found.effect, AwardContract)
    assert found.effect.extensions == (12, 12)


def test_the_next_option_is_suggested_until_none_is_left() -> None:
    def suggested(*steps: step) -> tuple[Recommendation, ...]:
        found = given(*steps).procurement(REFERENCE)
        return suggest(EXTENSION, found, WYVERN_OPEN.at(SPRING).context())

    (first,) = suggested(*WITH_OPTIONS)
    assert first.text == "Take up option 1 and extend the contract by 24 months"
    assert first.effect == ExtendContract(1)
    (second,) = suggested(*EXTENDED)
    assert second.effect == ExtendContract(2)
    assert suggested(*EXTENDED_TWICE) == (asks(ExtendContract(2)),)
    assert suggested(WYVERN_OPEN) == ()
