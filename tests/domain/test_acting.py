"""Who may act: the same rule stands before every command."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.closing_call_in import CloseCallIn
from domain.messages import Actor
from domain.opening import NoteOnSource
from domain.publication import PublishDecision
from domain.report_acts import PublishReport
from domain.withdrawing import WithdrawReport
from tests import scenario
from tests.domain.cases import (
    AUTHORISED,
    AWARDED,
    CALL_IN,
    DECISION,
    DECISION_ID,
    EVALUATED,
    EVALUATION,
    KEY_DECIDED,
    NOTICE,
    NOTICES,
    OPEN,
    PHASE_1,
    REGISTER,
    REPORT,
    REPORT_ID,
    SIGNATURE,
    SIGNED,
    TENDER,
    given,
    leeds,
)
from tests.scenario import AUDITOR, CASE, DEPUTY_DIRECTOR, DIRECTOR, LAWYER, rules, step

CALLED_IN = (*KEY_DECIDED, CALL_IN)
EVERYTHING = [
    ((), OPEN),
    ((OPEN,), step(AbandonProcurement(CASE, "No money"))),
    ((OPEN,), step(NoteOnSource(CASE, "silence", "Interests", "Not said"))),
    ((OPEN,), NOTICE),
    ((OPEN,), REPORT),
    ((OPEN, REPORT), step(PublishReport(CASE, REPORT_ID))),
    ((OPEN, REPORT), step(WithdrawReport(CASE, REPORT_ID, "Too early"))),
    ((OPEN, REPORT), DECISION),
    (AUTHORISED, step(PublishDecision(CASE, DECISION_ID))),
    (KEY_DECIDED, CALL_IN),
    (CALLED_IN, step(CloseCallIn(CASE, DECISION_ID, "no-further-action"))),
    (AUTHORISED, TENDER),
    ((*AUTHORISED, TENDER), EVALUATION),
    (EVALUATED, NOTICES),
    (AWARDED, SIGNATURE),
    (SIGNED, REGISTER),
    (SIGNED, PHASE_1),
]


@pytest.mark.parametrize(("before", "one"), EVERYTHING)
def test_the_visiting_auditor_reads_everything_and_does_nothing(
    before: tuple[step, ...], one: step
) -> None:
    reason = given(*before).when(one._replace(by=AUDITOR)).reason("G1")
    assert reason.startswith("This is for ")
    assert reason.endswith(" to do, not for Visiting Auditor")


def test_a_refusal_says_whose_it_is_and_where_that_is_written() -> None:
    (refusal,) = given(OPEN).when(NOTICE._replace(by=DIRECTOR)).then_refused("G1")
    wanted = "This is for Democratic Services to do, not for Director of Adults and Health"
    assert refusal.reason == wanted
    assert refusal.provenance == "illustrative: democratic services keep the forward plan"


def test_what_no_duty_names_nobody_may_do() -> None:
    reason = given(rules_=leeds(duties=())).when(OPEN).reason("G1")
    assert reason == "No rule of Leeds City Council says who may do this"


def test_a_post_is_one_of_the_authority() -> None:
    by = Actor(UUID(int=1), "leeds/chief-whip")
    _, refusal = given().when(OPEN._replace(by=by)).then_refused("G1", "C1")
    assert refusal.reason.startswith("There is no post “leeds/chief-whip”; there are leeds/")


def test_nobody_acts_without_signing_in() -> None:
    nobody = OPEN._replace(by=Actor(None, OPEN.by.post))
    (refusal,) = scenario.given().when(nobody).then_refused("G1")
    assert refusal.reason == "Nobody acts: sign in first"


def test_an_imported_record_may_name_only_the_post() -> None:
    nobody = OPEN._replace(by=Actor(None, OPEN.by.post), source="the minutes")
    assert given().when(nobody).irregularities() == []


def test_a_person_acts_in_a_post_that_is_theirs_that_day() -> None:
    stranger = OPEN._replace(by=Actor(LAWYER.person, OPEN.by.post))
    reason = given().when(stranger).reason("G1")
    assert reason == (
        "On 14 November 2022 this person neither holds nor deputises for "
        "Commissioning Officer, Adults and Health"
    )


def test_offices_are_looked_up_as_they_were_on_the_day() -> None:
    offices = rules("leeds").offices
    gone = tuple(replace(one, until=date(2022, 11, 13)) for one in offices.holders)
    given(rules_=replace(rules("leeds"), offices=replace(offices, holders=gone))).when(
        OPEN
    ).then_refused("G1")


def test_a_deputy_acts_in_the_post_of_the_one_deputised_for() -> None:
    by = Actor(DEPUTY_DIRECTOR.person, DIRECTOR.post, deputising=True)
    given(OPEN, REPORT).when(DECISION._replace(by=by)).outcome()
