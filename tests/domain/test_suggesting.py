from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.closed import Exemption
from domain.constitution import Gateway
from domain.effects import AwardContract, ExtendContract, ReleasePhase
from domain.reported import Recommendation, Report
from domain.suggesting import suggest, version_before
from domain.values import Term
from domain.withdrawing import WithdrawReport
from tests.domain import varying
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_REPORT,
    AWARD_REPORT_ID,
    AWARD_TO_ALPHA,
    EVALUATED,
    OPEN,
    PHASE_2,
    PHASE_REPORT,
    RELEASED,
    REPORT,
    REPORT_ID,
    SIGNED,
    TOO_DEAR,
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
from tests.scenario import CASE, DAY, OFFICER, step

PROCUREMENT, AWARD, PHASE, VARIATION = leeds().constitution.gateways
EXTENSION = wyvern().constitution.gateways[-1]
WITHDRAW = step(WithdrawReport(CASE, REPORT_ID, "Too early"))


def draft(gateway: Gateway, *steps: step, on: date = DAY) -> tuple[Recommendation, ...]:
    return suggest(gateway, given(*steps).procurement(), OPEN.at(on).context())


def test_a_first_report_has_nothing_to_go_by() -> None:
    assert draft(PROCUREMENT, OPEN) == draft(AWARD, *AUTHORISED) == draft(PHASE, *SIGNED) == ()


def before(gateway: Gateway, *steps: step) -> Report | None:
    return version_before(gateway, given(*steps).procurement())


def test_a_new_version_starts_from_the_latest_report_once_that_is_out_of_the_way() -> None:
    earlier = but(REPORT, recommendations=(asks(AUTHORISE),))
    assert before(PROCUREMENT, OPEN) is None
    assert before(PROCUREMENT, OPEN, earlier) is None
    found = before(PROCUREMENT, OPEN, earlier, WITHDRAW)
    assert found
    assert (found.state, found.recommendations) == ("withdrawn", (asks(AUTHORISE),))
    again = but(REPORT, report=UUID(int=99), title="Again")
    assert before(PROCUREMENT, OPEN, earlier, WITHDRAW, again) == found


def test_what_was_agreed_before_the_market_may_be_asked_for_again_and_no_award_is() -> None:
    assert before(PROCUREMENT, *AUTHORISED)
    assert before(PHASE, *RELEASED) is None
    withdrawn = step(WithdrawReport(CASE, AWARD_REPORT_ID, "Too early"), on=date(2022, 12, 12))
    found = before(AWARD, *EVALUATED, AWARD_REPORT, withdrawn)
    assert found
    assert found.recommendations == (asks(AWARD_TO_ALPHA),)


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


def test_the_next_phase_is_suggested_for_release() -> None:
    (found,) = draft(PHASE, *UNDER_WAY)
    assert (found.text, found.effect) == ("Release phase 2: design the service", ReleasePhase(2))


def test_after_the_last_phase_nothing_is_suggested() -> None:
    assert draft(PHASE, *RELEASED, PHASE_2) == ()


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
    assert suggested(*EXTENDED_TWICE) == ()
    assert suggested(WYVERN_OPEN) == ()


def test_a_report_on_a_change_goes_on_from_the_last_one_only_where_that_was_not_agreed() -> None:
    asked, refused = varying.report(varying.MORE), but(varying.decision(), answers=(TOO_DEAR,))
    gateway = wyvern().constitution.gateway("variation")
    assert gateway

    def before(*steps: step) -> Report | None:
        return version_before(gateway, varying.case(*varying.contract(), *steps))

    assert before() is before(asked) is before(asked, varying.decision()) is None
    again = before(asked, refused)
    assert again
    assert again.recommendations == (asks(varying.MORE),)
