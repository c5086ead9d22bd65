from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.effects import ApproveBudget
from domain.report_acts import PublishReport, ReportPublished
from domain.reported import Document, Milestone
from domain.reports import PutUpReport, ReportPutUp
from domain.routes import most_asked
from domain.values import Amount, When
from domain.withdrawing import ReportWithdrawn, WithdrawReport
from tests.domain.cases import (
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    AWARD_REPORT,
    AWARD_REPORT_ID,
    CALL_IN,
    DECISION,
    EVALUATED,
    KEY_DECIDED,
    KEY_REPORT,
    OPEN,
    PHASE_REPORT,
    REPORT,
    REPORT_ID,
    TOO_DEAR,
    UNHEARD_OF,
    WITHOUT_COMPETITION,
    asks,
    but,
    exactly,
    given,
    leeds,
    up_to,
)
from tests.scenario import CASE, CLERK, DAY, OFFICER, REFERENCE, step

DIRECT = but(AWARD_REPORT.at(date(2022, 12, 20)), recommendations=(asks(WITHOUT_COMPETITION),))
PUBLISH = step(PublishReport(CASE, REPORT_ID), by=CLERK)
WITHDRAW = step(WithdrawReport(CASE, REPORT_ID, "The money is not certain"))
WAYS = leeds().constitution.routes


def test_a_report_goes_up_to_the_decision_maker_of_its_route() -> None:
    asked = REPORT.command
    assert isinstance(asked, PutUpReport)
    expected = ReportPutUp(
        REPORT_ID,
        "procurement",
        "significant-operational",
        "",
        "Authority to procure",
        "leeds/director-of-adults-and-health",
        1,
        asked.recommendations,
        asked.documents,
        (),
        "",
        (),
        procurements=(REFERENCE,),
    )
    given(OPEN).when(REPORT).then(expected)


def test_a_report_is_kept_with_its_author_its_day_and_its_timetable() -> None:
    plan = (Milestone("tender", When(date(2022, 11, 14), "week"), "invite-tenders"),)
    found = given(OPEN, but(REPORT, timetable=plan)).procurement().open_report
    assert found
    assert (found.author, found.on, found.timetable) == (OFFICER, When(DAY), plan)


def test_one_report_waits_at_a_time() -> None:
    second = but(REPORT, report=UNHEARD_OF)
    reason = given(OPEN, REPORT).when(second).reason("C2")
    assert reason == "The report “Authority to procure” waits: decide or withdraw it first"


def test_a_gateway_is_one_of_the_constitution() -> None:
    reason, route = given(OPEN).when(but(REPORT, gateway="gateway-3")).then_refused("C1", "G1")
    assert (
        reason.reason
        == "There is no gateway “gateway-3”; there are procurement, award, phase and variation"
    )
    assert route.reason.startswith("No route through this gateway")


def test_gateways_are_passed_in_order() -> None:
    (refusal,) = given(OPEN).when(DIRECT).then_refused("L1")
    assert refusal.reason == "“Authority to procure” comes first, and is not decided"
    assert refusal.provenance.startswith("inferred: the report of 11 November 2022")


def test_a_gateway_opens_when_the_decision_before_it_has_effect() -> None:
    (refusal,) = given(*KEY_DECIDED).when(DIRECT).then_refused("D10")
    wanted = "The decision at “Authority to procure” takes effect on Wednesday 21 December 2022"
    assert (refusal.reason, refusal.cured_on) == (wanted, date(2022, 12, 21))
    assert refusal.provenance.startswith("inferred: the report of 11 November 2022")
    given(*KEY_DECIDED).when(DIRECT.at(date(2022, 12, 21))).outcome()


def test_a_gateway_stays_shut_while_the_decision_before_it_is_called_in() -> None:
    (refusal,) = given(*KEY_DECIDED, CALL_IN).when(DIRECT).then_refused("D10")
    assert refusal.reason == "The decision at “Authority to procure” has no effect yet"
    assert refusal.provenance.startswith("inferred: the report of 11 November 2022")


def test_a_gateway_stays_shut_when_nothing_was_agreed_before_it() -> None:
    refused = but(DECISION, answers=(TOO_DEAR, Answer("b", "noted")))
    given(OPEN, REPORT, refused).when(DIRECT).then_refused("L1")


def test_a_decision_at_one_gateway_passes_no_other() -> None:
    first, _ = given(*AUTHORISED).when(PHASE_REPORT).then_refused("L1", "T3")
    assert first.reason == "“Award” comes first, and is not decided"


def test_versions_are_counted_at_each_gateway() -> None:
    found = given(*EVALUATED, AWARD_REPORT).procurement().reports
    assert [one.version for one in found.values()] == [1, 1]


def test_a_gateway_that_was_abolished_still_comes_first_by_its_id() -> None:
    award = leeds().constitution.gateways[1]
    reason = given(OPEN).under(leeds(gateways=(award,))).when(DIRECT).reason("L1")
    assert reason == "“procurement” comes first, and is not decided"


def test_a_report_that_was_put_up_is_not_put_up_again() -> None:
    given(*AUTHORISED).when(REPORT).then_refused("C2")


@pytest.mark.parametrize("lacks", ["recommendations", "documents"])
def test_a_report_has_a_recommendation_and_a_paper(lacks: str) -> None:
    given(OPEN).when(but(REPORT, **{lacks: ()})).then_refused("L2")


def test_recommendations_have_letters_of_their_own() -> None:
    twice = (asks(AUTHORISE), asks(AUTHORISE))
    given(OPEN).when(but(REPORT, recommendations=twice)).then_refused("C2")


def test_a_decision_class_is_one_of_the_constitution() -> None:
    reason = given(OPEN).when(but(REPORT, decision_class="urgent")).reason("C1")
    assert reason.startswith("There is no decision class “urgent”: key, significant-operational")


def test_a_class_of_decision_has_a_route_through_the_gateway() -> None:
    reason = given(OPEN).when(but(REPORT, decision_class="administrative")).reason("G1")
    assert reason == "No route through this gateway is for this class: Administrative decision"


def test_a_value_that_is_not_known_is_above_every_band() -> None:
    unknown = but(OPEN, value=Amount("unknown"))
    given(unknown).when(REPORT).then_refused("G1")


def test_a_yearly_value_takes_the_route_of_its_whole_term() -> None:
    yearly = Amount("up-to", Decimal(250000), per="year")
    given(but(OPEN, value=yearly)).when(REPORT).outcome()
    dearer = Amount("up-to", Decimal("250000.01"), per="year")
    given(but(OPEN, value=dearer)).when(REPORT).then_refused("G1", "D1")
    given(but(OPEN, value=yearly, term=None)).when(REPORT).then_refused("G1")


def test_a_report_goes_to_nobody_but_the_one_whom_the_route_names() -> None:
    wrong = but(REPORT, to="leeds/deputy-director-integrated-commissioning")
    (refusal,) = given(OPEN).when(wrong).then_refused("G1")
    assert refusal.reason == "This goes to Director of Adults and Health"
    assert refusal.provenance.startswith("inferred: decisions of 2022")


def test_a_decision_of_600_000_that_is_not_key_needs_a_reason() -> None:
    wide = leeds(routes=(replace(WAYS[0], up_to=None),))
    costly = given(but(OPEN, value=exactly("600000")), rules_=wide)
    (refusal,) = costly.when(REPORT).then_refused("D1")
    assert refusal.reason == "Above £500,000 a decision is key, unless a reason is given"
    assert refusal.provenance.startswith("sourced: the council's list")
    costly.when(but(REPORT, class_reason="The money was agreed in the budget")).outcome()


def test_a_decision_at_the_threshold_is_not_above_it() -> None:
    given(but(OPEN, value=exactly("500000"))).when(REPORT).outcome()


def test_a_decision_of_154_203_is_key_where_a_reason_says_so() -> None:
    small = given(but(OPEN, value=exactly("154203"), phases=(), framework=None))
    modest = but(KEY_REPORT, recommendations=(asks(replace(AUTHORISE, up_to=up_to("154203"))),))
    small.when(modest).outcome()
    (refusal,) = small.when(but(modest, class_reason="")).then_refused("D1")
    assert refusal.reason == "It is not above £500,000: say why the decision is key"
    assert refusal.provenance.startswith("sourced: the council's list")


def test_a_key_decision_above_the_threshold_speaks_for_itself() -> None:
    costly = given(but(OPEN, value=exactly("600000")))
    costly.when(but(KEY_REPORT, class_reason="")).outcome()


def test_a_report_is_published_once() -> None:
    given(OPEN, REPORT).when(PUBLISH).then(ReportPublished(REPORT_ID))
    published = given(OPEN, REPORT, PUBLISH)
    assert published.procurement().reports[REPORT_ID].published == When(DAY)
    published.when(PUBLISH).then_refused("C2")


def test_a_report_that_was_withdrawn_is_not_published() -> None:
    assert given(OPEN, REPORT, WITHDRAW).when(PUBLISH).reason("C2") == "The report is withdrawn"


def test_a_report_is_withdrawn_while_it_waits() -> None:
    withdrawn = ReportWithdrawn(REPORT_ID, "The money is not certain")
    given(OPEN, REPORT).when(WITHDRAW).then(withdrawn)


@pytest.mark.parametrize(
    ("before", "state"), [((REPORT, DECISION), "decided"), ((REPORT, WITHDRAW), "withdrawn")]
)
def test_a_report_that_does_not_wait_is_not_withdrawn(before: tuple[step, ...], state: str) -> None:
    assert given(OPEN, *before).when(WITHDRAW).reason("C2") == f"The report is {state}"


@pytest.mark.parametrize("one", [PUBLISH, WITHDRAW])
def test_a_report_must_be_on_record(one: step) -> None:
    assert given(OPEN).when(one).reason("C1") == "There is no such report"


def test_a_report_that_was_withdrawn_comes_back_as_a_new_version() -> None:
    again = but(REPORT, report=AWARD_REPORT_ID, documents=(Document("Second", "1" * 64),))
    found = given(OPEN, REPORT, WITHDRAW, again).procurement().reports
    assert [(one.version, one.state) for one in found.values()] == [(1, "withdrawn"), (2, "open")]


def test_where_the_value_is_not_known_what_is_asked_for_says_whether_it_is_key() -> None:
    unknown = but(OPEN, value=Amount("unknown"), phases=())
    million = replace(AUTHORISE, up_to=Amount("up-to", Decimal(1_000_000)))
    less = ApproveBudget(Amount("approved", Decimal(200_000)))
    asked = (asks(million), asks(AWARD_LATER, "b"), asks(less, "c"))
    free = tuple(replace(one, up_to=None) for one in leeds().constitution.routes)
    record = given(unknown).under(leeds(routes=free))
    reason = record.when(but(REPORT, recommendations=asked)).reason("D1")
    assert reason.startswith("Above £500,000 a decision is key")


def test_the_most_that_a_report_asks_for_is_known_where_any_of_it_is() -> None:
    award = replace(WITHOUT_COMPETITION, amount=Amount("exact", Decimal(1000), per="year"))
    assert most_asked((asks(award), asks(AWARD_LATER, "b"))).figure == Decimal(2000)
    assert most_asked((asks(replace(award, amount=Amount("unknown"))),)).figure is None
