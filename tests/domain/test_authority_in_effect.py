"""Whether delegated authority is live: from its effect to its end, and after a call-in."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from domain.answers import Answer
from domain.call_in import RecordCallIn
from domain.closing_call_in import CloseCallIn
from domain.delegating import RevokeAuthority
from domain.delegation import AuthorityExercised, AuthorityRevoked
from domain.notices import PublishKeyDecisionNotice
from domain.values import procurement_id
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    given,
    members,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    CASE,
    CLERK,
    DIRECTOR,
    GRANTED_ALONE,
    OPEN,
    OPEN_OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    SEVERAL,
    STARTED,
    TO_BETA,
    UNDER,
    awarding,
    deciding,
    delegation,
    drawn,
    granted,
    plan,
    wyvern,
)
from tests.scenario import step

REVOKE = step(RevokeAuthority(CASE, DECISION_ID, "c", "The service is run in house"), CLERK)
LAST_DAY = date(2022, 12, 31)
EXPIRING = granted(replace(ALONE, expires=LAST_DAY))


def test_authority_is_exercised_until_the_end_of_its_last_day() -> None:
    given(*EXPIRING, AWARD_REPORT).when(AWARD.at(LAST_DAY)).outcome()
    reason = given(*EXPIRING, AWARD_REPORT).when(AWARD.at(date(2023, 1, 1))).reason("G1")
    assert reason == "The delegated authority ended on 31 December 2022"


def test_who_delegated_revokes() -> None:
    event = AuthorityRevoked(DECISION_ID, "c", "The service is run in house")
    given(*GRANTED_ALONE).when(REVOKE).then(event, event)
    record = given(*GRANTED_ALONE, REVOKE)
    assert record.procurement(REFERENCE).revoked == ((DECISION_ID, "c"),)
    reason = record.when(AWARD_REPORT).reason("G1")
    assert reason == "The delegated authority was revoked: The service is run in house"
    assert record.when(REVOKE).reason("C2") == "The delegated authority has been revoked"


def test_nobody_else_revokes() -> None:
    (refusal,) = given(*GRANTED_ALONE).when(REVOKE._replace(by=DIRECTOR)).then_refused("G1")
    says = "This is for Democratic Services to do, not for Director of Public Health"
    assert refusal.reason == says


def test_what_was_not_delegated_is_not_revoked() -> None:
    assert given(*STARTED).when(REVOKE).reason("C1") == "There is no such delegated authority"
    given(*STARTED).when(but(REVOKE, decision=UNHEARD_OF)).then_refused("C1")


def test_authority_is_revoked_in_the_procurement_in_which_it_was_given() -> None:
    elsewhere = but(REVOKE, procurement=procurement_id(OTHER_REFERENCE))
    reason = given(*GRANTED_ALONE, OPEN_OTHER).when(elsewhere).reason("C1")
    assert reason == "The authority was not delegated in this procurement"


# Call-in of the resolution that delegates.

KEY_PLAN = plan(ALONE, decision_class="key", class_reason="It changes care in two wards")
NOTICE = step(PublishKeyDecisionNotice(CASE, "strategy"), CLERK)
DECIDED_ON = date(2022, 12, 13)
CALLABLE = wyvern(
    routes=tuple(replace(one, recommended_by=()) for one in wyvern().constitution.routes)
)
KEY_GRANTED = (OPEN, NOTICE, KEY_PLAN, GRANTED_ALONE[2].at(DECIDED_ON))
CALL_IN = step(
    RecordCallIn(CASE, DECISION_ID, members("m1", "m2", "m3"), "Schools were not asked"),
    CLERK,
    date(2022, 12, 14),
)
CLOSED = date(2023, 1, 5)
REFERRED_BACK = step(CloseCallIn(CASE, DECISION_ID, "referred-back"), CLERK, CLOSED)


def test_authority_is_exercised_when_the_decision_that_delegates_has_effect() -> None:
    record = given(*KEY_GRANTED, rules_=CALLABLE)
    gateway, authority = record.when(AWARD_REPORT.at(DECIDED_ON)).then_refused("D10", "D10")
    wanted = "Resolution (c), which delegates this, takes effect on Wednesday 21 December 2022"
    assert (authority.reason, authority.cured_on) == (wanted, date(2022, 12, 21))
    assert gateway.cured_on == date(2022, 12, 21)
    record.when(AWARD_REPORT.at(date(2022, 12, 21))).outcome()


def test_authority_that_was_called_in_waits_and_may_be_decided_anew() -> None:
    record = given(*KEY_GRANTED, CALL_IN, rules_=CALLABLE)
    reasons = [
        one.reason for one in record.when(AWARD_REPORT.at(CLOSED)).then_refused("D10", "D10")
    ]
    assert "Resolution (c), which delegates this, has no effect yet" in reasons
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), Answer("c", "not-agreed", "Too soon"))
    anew = step(deciding(REPORT_ID, SECOND_ID, answers=answers), CLERK, CLOSED)
    record = given(*KEY_GRANTED, CALL_IN, REFERRED_BACK, anew, rules_=CALLABLE)
    reason = record.when(AWARD_REPORT.at(CLOSED)).reason("G1")
    assert reason == "The resolution that delegates this no longer stands"


# Call-in of a decision under delegated authority.

# Officers' decisions here are open to call-in, so that one under delegated authority is.
OPEN_TO_CALL_IN = wyvern(
    classes=tuple(
        replace(one, call_in=one.id == "officer") for one in wyvern().constitution.classes
    )
)
TWO = but(AWARD_REPORT, recommendations=(asks(awarding("100000")), asks(TO_BETA, "b")))
AWARD_BOTH = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b", under=UNDER), DIRECTOR)
AWARDS_CALLED_IN = (
    *SEVERAL,
    TWO,
    AWARD_BOTH,
    but(CALL_IN.at(date(2022, 11, 15)), decision=AWARD_ID, resolutions=("a",)),
    but(REFERRED_BACK, decision=AWARD_ID),
)
RECONSIDERED = step(deciding(AWARD_REPORT_ID, SECOND_ID, "a", under=UNDER), DIRECTOR, CLOSED)


def test_a_decision_that_is_reconsidered_gives_back_what_it_drew() -> None:
    refused = but(RECONSIDERED, answers=(Answer("a", "not-agreed", "Scrutiny is right"),))
    record = given(*AWARDS_CALLED_IN, refused, rules_=OPEN_TO_CALL_IN)
    assert delegation(record).drawn == Decimal(100_000)
    assert delegation(record).exercised == {SECOND_ID: (drawn("100000", label="b"),)}


def test_what_was_not_called_in_stays_drawn() -> None:
    cheaper = Answer("a", "agreed-as-amended", "Scrutiny is right", "Less", awarding("80000"))
    record = given(*AWARDS_CALLED_IN, rules_=OPEN_TO_CALL_IN)
    _, exercised = record.when(but(RECONSIDERED, answers=(cheaper,))).outcome()
    assert exercised == AuthorityExercised(
        SECOND_ID, AWARD_ID, (drawn("80000"), drawn("100000", label="b"))
    )
    again = but(RECONSIDERED, answers=(cheaper,))
    after = delegation(given(*AWARDS_CALLED_IN, again, rules_=OPEN_TO_CALL_IN))
    assert after.exercised == {SECOND_ID: (drawn("80000"), drawn("100000", label="b"))}
    assert after.given_back == {AWARD_ID: (drawn("100000"),)}


def test_the_balance_counts_a_reconsidered_award_once_and_what_stands_beside_it() -> None:
    record = given(*AWARDS_CALLED_IN, rules_=OPEN_TO_CALL_IN)
    most = Answer("a", "agreed-as-amended", "It costs more", "More", awarding("200000"))
    record.when(but(RECONSIDERED, answers=(most,))).outcome()
    more = replace(most, effect=awarding("200001"))
    reason = record.when(but(RECONSIDERED, answers=(more,))).reason("G1")
    assert reason.startswith("£300,001 is more than was delegated in all, £300,000")


def test_a_reconsidered_decision_that_withdraws_the_only_award_draws_nothing() -> None:
    back = but(CALL_IN.at(date(2022, 11, 15)), decision=AWARD_ID)
    steps = (*GRANTED_ALONE, AWARD_REPORT, AWARD, back, but(REFERRED_BACK, decision=AWARD_ID))
    refused = but(RECONSIDERED, answers=(Answer("a", "not-agreed", "Scrutiny is right"),))
    _, exercised = given(*steps, rules_=OPEN_TO_CALL_IN).when(refused).outcome()
    assert exercised == AuthorityExercised(SECOND_ID, AWARD_ID, ())
