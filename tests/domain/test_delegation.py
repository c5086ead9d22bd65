from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.call_in import CloseCallIn, RecordCallIn
from domain.delegating import RevokeAuthority
from domain.delegation import AuthorityDelegated, AuthorityExercised, AuthorityRevoked, Drawn
from domain.effects import Consultee, DelegateAuthority
from domain.notices import PublishKeyDecisionNotice
from domain.record import Under
from domain.values import Amount, Closed, procurement_id
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    REPORT_ID,
    SECOND_ID,
    UNHEARD_OF,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    AWARDED,
    BOARD,
    BUDGET,
    CABINET,
    CASE,
    CLERK,
    DELEGATE,
    DEPUTY_DIRECTOR,
    DIRECT,
    DIRECTOR,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    OPEN,
    OPEN_OTHER,
    OTHER_REFERENCE,
    PLAN,
    REFERENCE,
    RESOLVED,
    STARTED,
    STRATEGY,
    TERMS,
    UNDER,
    WITHIN_THE_BUDGET,
    awarding,
    deciding,
    delegation,
    granted,
    plan,
    reported,
    wyvern,
)
from tests.scenario import DAY, step

REVOKE = step(RevokeAuthority(CASE, DECISION_ID, "c", "The service is run in house"), CLERK)
LAST_DAY = date(2022, 12, 31)
EXPIRING = granted(replace(ALONE, expires=LAST_DAY))
EXEMPT = Amount("exempt")
SEVERAL = granted(replace(ALONE, awards="several"))
SECOND_REPORT, SECOND_AWARD = UNHEARD_OF, SECOND_ID
AGAIN = but(AWARD_REPORT, report=SECOND_REPORT, title="Award to Beta")
BETA = replace(DIRECT, supplier="Beta", amount=exactly("100000"))
TO_BETA = but(AGAIN, recommendations=(asks(BETA),))
AWARD_BETA = but(AWARD, report=SECOND_REPORT, decision=SECOND_AWARD)


def drawn(pounds: str, reference: str = REFERENCE) -> Drawn:
    return Drawn(reference, exactly(pounds), 36)


# Granted by a resolution.


def test_a_resolution_that_delegates_begins_the_delegated_authority() -> None:
    _, authority = given(*GRANTED[:2]).when(GRANTED[2]).outcome()
    assert authority == AuthorityDelegated("wyvern", (REFERENCE,), DECISION_ID, "c", TERMS)


def test_a_resolution_that_is_not_agreed_delegates_nothing() -> None:
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), Answer("c", "not-agreed", "Too soon"))
    refused = step(deciding(REPORT_ID, DECISION_ID, answers=answers), CLERK)
    record = given(*GRANTED[:2], refused).when(AWARD_REPORT)
    assert record.reason("C1") == "There is no such delegated authority"


def test_authority_is_delegated_as_it_was_amended() -> None:
    less = replace(TERMS, cap=up_to("200000"))
    amended = Answer("c", "agreed-as-amended", "Less at first", "Delegate up to £200,000", less)
    answers = (Answer("a", "agreed"), Answer("b", "agreed"), amended)
    steps = (*GRANTED[:2], step(deciding(REPORT_ID, DECISION_ID, answers=answers), CLERK))
    assert delegation(given(*steps)).terms == less


@pytest.mark.parametrize(
    ("terms", "rule", "says"),
    [
        (
            replace(TERMS, delegate="wyvern/nobody"),
            "C1",
            "There is no post “wyvern/nobody”: authority is delegated to a post",
        ),
        (
            replace(TERMS, consultees=(Consultee("wyvern/nobody"),)),
            "C1",
            "There is no post “wyvern/nobody”: authority is delegated to a post",
        ),
        (
            replace(TERMS, consultees=(Consultee(HEALTH), Consultee(HEALTH, "agreement"))),
            "C2",
            "A consultee is there twice",
        ),
        (
            replace(TERMS, consultees=(Consultee(DELEGATE),)),
            "G2",
            "Nobody is consulted on their own decision",
        ),
        (
            replace(TERMS, delegate=BOARD),
            "G1",
            "Authority is delegated to an officer or member, not to a body",
        ),
        (
            replace(TERMS, expires=date(2022, 11, 13)),
            "G1",
            "The authority would have ended on 13 November 2022",
        ),
    ],
)
def test_authority_that_could_not_be_exercised_is_not_delegated(
    terms: DelegateAuthority, rule: str, says: str
) -> None:
    assert given(OPEN).when(plan(terms)).reason(rule) == says


def test_authority_may_end_on_the_day_on_which_it_is_given() -> None:
    given(OPEN).when(plan(replace(TERMS, expires=DAY))).outcome()


# Reports under it.


def test_a_report_under_delegated_authority_goes_to_the_delegate() -> None:
    reason = given(*GRANTED).when(but(AWARD_REPORT, to=CABINET)).reason("G1")
    assert reason == "This goes to Director of Public Health"
    given(*GRANTED).when(AWARD_REPORT).outcome()


def test_no_route_is_needed_where_authority_was_delegated() -> None:
    dear = given(*granted(ALONE), rules_=wyvern(routes=wyvern().constitution.routes[:4]))
    dear.when(AWARD_REPORT).outcome()
    dear.when(but(AWARD_REPORT, under=None)).then_refused("G1")


def test_the_delegate_decides_personally() -> None:
    (refusal,) = (
        given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD._replace(by=CLERK)).then_refused("G1")
    )
    assert (
        refusal.reason == "This is for Director of Public Health to do, not for Democratic Services"
    )
    assert refusal.provenance == "resolution (c) in wyvern-2022-1 delegates it"


def test_who_deputises_for_the_delegate_does_not_decide_their_own_report() -> None:
    reason = (
        given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD._replace(by=DEPUTY_DIRECTOR)).reason("G6")
    )
    assert reason == "The author of a report may not decide it"


def test_delegated_authority_is_not_passed_on() -> None:
    asked = (asks(PLAN), asks(ALONE, "b"))
    on = but(AWARD_REPORT, gateway="options", decision_class="cabinet", recommendations=asked)
    reason = given(*GRANTED_ALONE).when(on).reason("G1")
    assert reason == "Delegated authority is exercised by its delegate, not passed on"


def test_authority_that_was_never_delegated_is_not_exercised() -> None:
    record = given(*STARTED).when(AWARD_REPORT)
    assert record.reason("C1") == "There is no such delegated authority"
    elsewhere = but(AWARD_REPORT, under=Under("wyvern-2022-7", DECISION_ID, "c"))
    given(*GRANTED_ALONE).when(elsewhere).then_refused("C1")


def test_a_decision_names_the_authority_that_its_report_is_put_up_under() -> None:
    record = given(*GRANTED_ALONE, AWARD_REPORT)
    wanted = "Name the delegated authority that the report is put up under"
    assert record.when(but(AWARD, under=None)).reason("C1") == wanted
    assert record.when(but(AWARD, under=Under(REFERENCE, AWARD_ID, "c"))).reason("C1") == wanted


def test_authority_is_about_the_procurement_in_which_it_was_given() -> None:
    waived = given(
        *GRANTED_ALONE,
        OPEN_OTHER,
        but(STRATEGY, procurement=procurement_id(OTHER_REFERENCE)),
        but(RESOLVED, procurement=procurement_id(OTHER_REFERENCE), decision=UNHEARD_OF),
    )
    reason = waived.when(but(AWARD_REPORT, procurement=procurement_id(OTHER_REFERENCE))).reason(
        "G1"
    )
    wanted = "The authority is not about this procurement, but award the service for young people"
    assert reason == wanted


def test_authority_covers_procurements_that_carry_out_the_plan() -> None:
    other = procurement_id(OTHER_REFERENCE)
    part = but(OPEN_OTHER, part_of=REFERENCE)
    strategy = but(STRATEGY, procurement=other, report=SECOND_REPORT)
    resolved = step(deciding(SECOND_REPORT, SECOND_ID, "a", "b"), CLERK)
    steps = (*GRANTED_ALONE, part, strategy, but(resolved, procurement=other))
    award, report = but(AWARD, procurement=other), but(AWARD_REPORT, procurement=other)
    _, exercised = given(*steps, report).when(award).outcome()
    assert exercised == AuthorityExercised(AWARD_ID, None, (drawn("300000", OTHER_REFERENCE),))


# The balance.


def test_an_award_draws_its_price_from_the_balance() -> None:
    _, exercised = given(*GRANTED_ALONE, AWARD_REPORT).when(AWARD).outcome()
    assert exercised == AuthorityExercised(AWARD_ID, None, (drawn("300000"),))
    assert delegation(given(*AWARDED)).drawn == Decimal(300000)


def test_a_decision_that_awards_nothing_draws_nothing() -> None:
    no = but(AWARD, answers=(Answer("a", "not-agreed", "Too dear"),))
    record = given(*GRANTED_ALONE, AWARD_REPORT)
    assert len(record.when(no).outcome()) == 1


@pytest.mark.parametrize("over", ["300000.01", "300001"])
def test_an_award_above_the_cap_is_refused(over: str) -> None:
    record = given(*GRANTED_ALONE, reported(awarding(over)))
    reason = record.when(AWARD).reason("G1")
    says = {"300000.01": "£300,000.01", "300001": "£300,001"}[over]
    assert reason == (
        f"{says} in all is more than was delegated, £300,000: "
        "it takes a new report to who delegated it"
    )


def test_several_awards_share_one_balance() -> None:
    first = reported(awarding("200000"))
    steps = (*SEVERAL, first, AWARD, TO_BETA)
    _, exercised = given(*steps).when(AWARD_BETA).outcome()
    assert exercised == AuthorityExercised(SECOND_AWARD, None, (drawn("100000"),))
    dearer = but(AGAIN, recommendations=(asks(replace(BETA, amount=exactly("100001"))),))
    reason = given(*steps[:-1], dearer).when(AWARD_BETA).reason("G1")
    assert reason.startswith("£300,001 in all is more than was delegated, £300,000")


def test_authority_for_one_award_is_used_up_by_it() -> None:
    steps = (*GRANTED_ALONE, reported(awarding("200000")), AWARD, TO_BETA)
    reason = given(*steps).when(AWARD_BETA).reason("G1")
    assert reason == "The authority is to award one contract, and no more than one"


def test_two_awards_in_one_decision_are_two() -> None:
    both = but(AWARD_REPORT, recommendations=(asks(awarding("100000")), asks(BETA, "b")))
    decide = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", "b", under=UNDER), DIRECTOR)
    given(*GRANTED_ALONE, both).when(decide).then_refused("G1")
    _, exercised = given(*SEVERAL, both).when(decide).outcome()
    assert exercised == AuthorityExercised(AWARD_ID, None, (drawn("100000"), drawn("100000")))


def test_a_yearly_price_draws_what_it_comes_to_over_the_term() -> None:
    yearly = awarding(Amount("exact", Decimal(100_000), per="year"))
    record = given(*GRANTED_ALONE, reported(yearly), AWARD)
    assert delegation(record).drawn == Decimal(300_000)
    dearer = awarding(Amount("exact", Decimal("100000.34"), per="year"))
    given(*GRANTED_ALONE, reported(dearer)).when(AWARD).then_refused("G1")


def test_within_the_budget_means_the_budget_that_has_effect() -> None:
    steps = granted(WITHIN_THE_BUDGET, BUDGET)
    given(*steps, AWARD_REPORT).when(AWARD).outcome()
    # What is above the budget is above it twice: as an award, and as a use of the authority.
    first, second = (
        given(*steps, AWARD_REPORT)
        .when(
            but(
                AWARD,
                answers=(Answer("a", "agreed-as-amended", "Dearer", "More", awarding("300001")),),
            )
        )
        .then_refused("P7", "G1")
    )
    assert first.reason == (
        "£300,001 is more than the budget, £300,000: it takes a separate report"
    )
    assert second.reason.startswith("£300,001 in all is more than was delegated, £300,000")


def test_without_a_budget_nothing_is_within_it() -> None:
    steps = granted(WITHIN_THE_BUDGET)
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The authority is within the budget, and no budget has been set"


def test_a_cap_that_is_exempt_and_not_known_here_shows_nothing_to_be_kept() -> None:
    steps = granted(replace(ALONE, cap=EXEMPT))
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The figure of the cap is not on record here: enter it first"
    budget = granted(WITHIN_THE_BUDGET, replace(BUDGET, amount=EXEMPT))
    reason = given(*budget, AWARD_REPORT).when(AWARD).reason("G1")
    assert reason == "The figure of the budget is not on record here: enter it first"


def test_what_is_above_an_exempt_cap_is_said_without_the_figures() -> None:
    steps = granted(replace(ALONE, cap=Amount("exempt", closed=Closed("299999"))))
    reason = given(*steps, AWARD_REPORT).when(AWARD).reason("G1")
    closed = "an exempt amount"
    assert reason.startswith(f"{closed} in all is more than was delegated, {closed}")
    assert "299" not in reason


def test_an_amount_that_is_not_known_keeps_to_no_cap() -> None:
    unknown = reported(awarding(Amount("unknown")))._replace(source="the minutes")
    record = given(*GRANTED_ALONE, unknown)
    _, cap = record.when(AWARD).then_refused("L2", "G1")
    assert cap.reason == "An amount is not known: nothing shows that the cap is kept"
    taken = AWARD._replace(source="the minutes")
    later = given(*SEVERAL, unknown, taken, TO_BETA)
    assert delegation(later).drawn is None
    assert later.when(AWARD_BETA).reason("G1") == cap.reason


# Term and options.


def test_an_award_runs_no_longer_than_was_delegated() -> None:
    shorter = granted(replace(ALONE, months=24))
    reason = given(*shorter, AWARD_REPORT).when(AWARD).reason("T1")
    assert reason == "The authority is for a contract of 24 months at most"
    given(*granted(replace(ALONE, months=None)), AWARD_REPORT).when(AWARD).outcome()


@pytest.mark.parametrize("options", [(), (24,), (24, 24)])
def test_an_award_may_give_the_options_that_were_delegated(options: tuple[int, ...]) -> None:
    given(*GRANTED_ALONE, reported(replace(DIRECT, extensions=options))).when(AWARD).outcome()


def test_an_award_gives_no_other_options_than_were_delegated() -> None:
    one = granted(replace(ALONE, extensions=(24,)))
    both = reported(replace(DIRECT, extensions=(24, 24)))
    reason = given(*one, both).when(AWARD).reason("T1")
    assert reason == "The authority does not cover these options to extend"


# Whether it is live.


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


# Call-in: of the resolution that delegates, and of a decision under delegated authority.

KEY_PLAN = plan(ALONE, decision_class="key", class_reason="It changes care in two wards")
NOTICE = step(PublishKeyDecisionNotice(CASE, "strategy"), CLERK)
DECIDED_ON = date(2022, 12, 13)
CALLABLE = wyvern(
    routes=tuple(replace(one, recommended_by=()) for one in wyvern().constitution.routes)
)
KEY_GRANTED = (OPEN, NOTICE, KEY_PLAN, GRANTED_ALONE[2].at(DECIDED_ON))
CALL_IN = step(
    RecordCallIn(CASE, DECISION_ID, ("m1", "m2", "m3"), "Schools were not asked"),
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


# Officers' decisions here are open to call-in, so that one under delegated authority is.
OPEN_TO_CALL_IN = wyvern(
    classes=tuple(
        replace(one, call_in=one.id == "officer") for one in wyvern().constitution.classes
    )
)
TWO = but(AWARD_REPORT, recommendations=(asks(awarding("100000")), asks(BETA, "b")))
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
    assert delegation(record).exercised == {SECOND_ID: (drawn("100000"),)}


def test_what_was_not_called_in_stays_drawn() -> None:
    cheaper = Answer("a", "agreed-as-amended", "Scrutiny is right", "Less", awarding("80000"))
    record = given(*AWARDS_CALLED_IN, rules_=OPEN_TO_CALL_IN)
    _, exercised = record.when(but(RECONSIDERED, answers=(cheaper,))).outcome()
    assert exercised == AuthorityExercised(SECOND_ID, AWARD_ID, (drawn("80000"), drawn("100000")))


def test_the_balance_counts_a_reconsidered_award_once_and_what_stands_beside_it() -> None:
    record = given(*AWARDS_CALLED_IN, rules_=OPEN_TO_CALL_IN)
    most = Answer("a", "agreed-as-amended", "It costs more", "More", awarding("200000"))
    record.when(but(RECONSIDERED, answers=(most,))).outcome()
    more = replace(most, effect=awarding("200001"))
    reason = record.when(but(RECONSIDERED, answers=(more,))).reason("G1")
    assert reason.startswith("£300,001 in all is more than was delegated, £300,000")


def test_a_reconsidered_decision_that_withdraws_the_only_award_draws_nothing() -> None:
    back = but(CALL_IN.at(date(2022, 11, 15)), decision=AWARD_ID)
    steps = (*GRANTED_ALONE, AWARD_REPORT, AWARD, back, but(REFERRED_BACK, decision=AWARD_ID))
    refused = but(RECONSIDERED, answers=(Answer("a", "not-agreed", "Scrutiny is right"),))
    _, exercised = given(*steps, rules_=OPEN_TO_CALL_IN).when(refused).outcome()
    assert exercised == AuthorityExercised(SECOND_ID, AWARD_ID, ())
