"""Sub-delegation: a part of an authority is passed on, drawn on the whole, and taken back (G1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.about_authority import AboutAuthority
from domain.constitution import SubDelegation
from domain.delegating import RevokeAuthority
from domain.delegation import Delegation
from domain.part_of_authority import drawn_under, left_of_part
from domain.passing_on import (
    AuthorityPassedOn,
    AuthorityTakenBack,
    PassOnAuthority,
    TakeBackAuthority,
)
from domain.reported import Under
from domain.values import Amount, Closed
from domain.withdrawing import WithdrawReport
from projections.sentences import sentence
from tests.domain.cases import (
    AWARD_REPORT_ID,
    DECISION_ID,
    acts,
    asks,
    but,
    exactly,
    given,
    up_to,
)
from tests.domain.test_authority_in_effect import AWARDS_CALLED_IN, OPEN_TO_CALL_IN
from tests.domain.test_balance import AGAIN, AWARD_BETA
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    BUDGET,
    BUYER,
    CABINET,
    CASE,
    CLERK,
    DELEGATE,
    DIRECTOR,
    GRANTED,
    GRANTED_ALONE,
    HEALTH,
    LAWYER,
    MANAGER,
    REFERENCE,
    SIGNATURE,
    STARTED,
    TERMS,
    TO_BETA,
    WITHIN_THE_BUDGET,
    awarding,
    delegation,
    granted,
    reported,
    wyvern,
)
from tests.scenario import step

HEAD = "wyvern/head-of-procurement"
MAY = granted(replace(ALONE, awards="several", passing_on=True))
PASS_ON = step(
    PassOnAuthority(CASE, DECISION_ID, "c", HEAD, up_to("200000"), "The smaller contracts"),
    DIRECTOR,
)
TAKE_BACK = step(TakeBackAuthority(CASE, DECISION_ID, "c", 1, "She has left"), DIRECTOR)
REVOKE = step(RevokeAuthority(CASE, DECISION_ID, "c", "Minute 7"), CLERK)
UNDER = Under(REFERENCE, DECISION_ID, "c", 1)
PASSED = (*MAY, PASS_ON)


def award(pounds: str, **fields: Any) -> tuple[step, step]:
    """By the head of procurement, under the first part."""
    decide = but(AWARD, under=UNDER)._replace(by=BUYER)
    return reported(awarding(pounds), under=UNDER, to=HEAD, **fields), decide


def scheme(*, allowed: bool) -> SubDelegation:
    return SubDelegation(allowed=allowed, standing="illustrative", where="scheme, paragraph 9")


def test_a_part_is_passed_on_where_the_resolution_says_so() -> None:
    part = AuthorityPassedOn(DECISION_ID, "c", 1, HEAD, up_to("200000"), "The smaller contracts")
    given(*MAY).when(PASS_ON).then(part, part)
    assert sentence(part).startswith(
        "Passed on part 1 of the authority delegated by resolution (c)"
    )


def test_or_where_the_scheme_of_delegation_allows_it() -> None:
    given(*GRANTED_ALONE).under(wyvern(sub_delegation=scheme(allowed=True))).when(PASS_ON).outcome()


def test_otherwise_the_officer_decides_personally() -> None:
    record = given(*GRANTED_ALONE).under(wyvern(sub_delegation=scheme(allowed=False)))
    (refusal,) = record.when(PASS_ON).then_refused("G1")
    assert refusal.reason == (
        "The resolution does not say that the authority may be passed on, and "
        "the scheme of delegation of Wyvern Council does not allow it"
    )
    assert refusal.provenance == "illustrative: scheme, paragraph 9"
    reason = given(*GRANTED_ALONE).when(PASS_ON).reason("G1")
    assert reason.endswith("and no rule of Wyvern Council allows it")
    given(*MAY).under(wyvern(sub_delegation=scheme(allowed=False))).when(PASS_ON).outcome()


def test_only_who_holds_it_passes_it_on() -> None:
    reason = given(*MAY).when(PASS_ON._replace(by=CLERK)).reason("G1")
    assert reason == "This is for Director of Public Health to do, not for Democratic Services"


@pytest.mark.parametrize(
    ("to", "rule", "says"),
    [
        ("wyvern/nobody", "C1", "There is no post “wyvern/nobody”"),
        (CABINET, "G1", "Authority is passed on to an officer or member, not to a body"),
        (DELEGATE, "G1", "Director of Public Health holds the authority already"),
        (HEALTH, "G2", "Nobody is consulted on their own decision"),
    ],
)
def test_a_part_goes_to_another_post_that_can_decide(to: str, rule: str, says: str) -> None:
    record = given(*granted(replace(TERMS, passing_on=True)))
    assert record.when(but(PASS_ON, to=to)).reason(rule).startswith(says)


def test_a_post_has_one_part_at_a_time() -> None:
    reason = given(*PASSED).when(PASS_ON).reason("C2")
    assert reason == "A part was passed on to Head of Procurement already: take it back first"
    first, _ = given(*PASSED, TAKE_BACK).when(PASS_ON).outcome()
    assert isinstance(first, AuthorityPassedOn)
    assert first.part == 2


def test_no_more_is_passed_on_than_is_left() -> None:
    spent = (*MAY, reported(awarding("150000")), AWARD)
    given(*spent).when(but(PASS_ON, up_to=up_to("150000"))).outcome()
    reason = given(*spent).when(but(PASS_ON, up_to=up_to("150000.01"))).reason("G1")
    assert reason == "£150,000.01 is more than is left, £150,000"


def test_a_part_is_of_an_amount_that_is_known() -> None:
    unknown = "An amount is not known: nothing shows that so much is left"
    assert given(*MAY).when(but(PASS_ON, up_to=Amount("unknown"))).reason("G1") == unknown
    no_budget = granted(replace(WITHIN_THE_BUDGET, passing_on=True))
    assert given(*no_budget).when(PASS_ON).reason("G1") == unknown
    given(*granted(replace(WITHIN_THE_BUDGET, passing_on=True), BUDGET)).when(PASS_ON).outcome()
    yearly = replace(up_to("1"), per="year")
    reason = given(*MAY).when(but(PASS_ON, up_to=yearly)).reason("G1")
    assert reason == "The authority is up to an amount in all: so is each part of it"
    each_year = granted(replace(ALONE, passing_on=True, cap=yearly))
    assert (
        given(*each_year)
        .when(PASS_ON)
        .reason("G1")
        .startswith("The authority is up to an amount a year")
    )


def test_what_was_never_delegated_is_not_passed_on() -> None:
    assert given(*STARTED).when(PASS_ON).reason("C1") == "There is no such delegated authority"


def test_what_is_awarded_under_a_part_is_drawn_on_the_one_balance() -> None:
    record = given(*PASSED, *award("200000"))
    one = delegation(record)
    assert one.drawn == Decimal(200000)
    assert (len(drawn_under(1, one)), left_of_part(1, one)) == (1, "£0 left")
    dearer = but(AGAIN, recommendations=(asks(replace(TO_BETA, amount=exactly("100001"))),))
    reason = given(*PASSED, *award("200000"), dearer).when(AWARD_BETA).reason("G1")
    assert reason.startswith("£300,001 is more than was delegated in all, £300,000")


def test_a_part_is_kept_to_although_the_whole_would_bear_more() -> None:
    report, decide = award("200001")
    reason = given(*PASSED, report).when(decide).reason("G1")
    assert reason == (
        "£200,001 is more than was passed on, £200,000: who passed it on decides, or passes on more"
    )
    unknown = but(PASS_ON, up_to=Amount("exempt"))._replace(source="the minutes")
    report, decide = award("1")
    record = given(*MAY, unknown, report)
    assert record.when(decide).reason("G1").startswith("An amount is not known")
    assert left_of_part(1, delegation(record)) == ""
    assert left_of_part(2, delegation(record)) == ""


def test_an_exempt_part_is_not_given_away() -> None:
    secret = Amount("exempt", closed=Closed("200000"))
    record = given(*MAY, but(PASS_ON, up_to=secret))
    assert left_of_part(1, delegation(record)) == ""


def test_a_report_under_a_part_goes_to_who_has_it() -> None:
    report, decide = award("100000")
    reason = given(*PASSED).when(but(report, to=DELEGATE)).reason("G1")
    assert reason == "This goes to Head of Procurement"
    (refusal,) = given(*PASSED, report).when(decide._replace(by=DIRECTOR)).then_refused("G1")
    assert refusal.provenance == (
        f"resolution (c) in {REFERENCE} delegates it, and part 1 of it was passed on"
    )
    elsewhere = but(report, under=replace(UNDER, part=2))
    assert (
        given(*PASSED).when(elsewhere).reason("C1") == "No such part of the authority was passed on"
    )


@pytest.mark.parametrize("by", [DIRECTOR, CLERK])
def test_who_passed_it_on_takes_it_back_and_so_does_who_gave_it(by: Any) -> None:
    gone = AuthorityTakenBack(DECISION_ID, "c", 1, "She has left")
    given(*PASSED).when(TAKE_BACK._replace(by=by)).then(gone, gone)
    assert sentence(gone) == (
        "Took back part 1 of the authority delegated by resolution (c): She has left."
    )
    report, _ = award("1")
    reason = given(*PASSED, TAKE_BACK._replace(by=by)).when(report).reason("G1")
    assert reason == "The part of the authority was taken back: She has left"


def test_nobody_else_takes_it_back_and_nobody_twice() -> None:
    given(*PASSED).when(TAKE_BACK._replace(by=LAWYER)).then_refused("G1")
    assert given(*PASSED, TAKE_BACK).when(TAKE_BACK).reason("C2").endswith("taken back already")
    assert given(*PASSED).when(but(TAKE_BACK, part=2)).reason("C1").startswith("No such part")
    given(*STARTED).when(TAKE_BACK).then_refused("C1")


def test_revoking_the_whole_ends_every_part() -> None:
    report, decide = award("100000")
    reason = given(*PASSED, report, REVOKE).when(decide).reason("G1")
    assert reason == "The delegated authority was revoked: Minute 7"
    assert given(*PASSED, REVOKE).when(but(PASS_ON, to=LAWYER.post)).reason("G1") == reason


def test_what_was_passed_on_is_offered_to_be_taken_back() -> None:
    whose = f"{DECISION_ID} c"
    offered = acts(*MAY, rules_=wyvern(), reference=REFERENCE)
    assert offered[f"pass-on-authority {whose}"].posts == (DELEGATE,)
    assert f"take-back-authority {whose} 1" not in offered
    both = (DELEGATE, "wyvern/democratic-services")
    after = acts(*PASSED, rules_=wyvern(), reference=REFERENCE)
    assert after[f"take-back-authority {whose} 1"].posts == both
    other = granted(replace(ALONE, passing_on=True), replace(ALONE, purpose="another"))
    second = acts(*other, PASS_ON, rules_=wyvern(), reference=REFERENCE)
    assert f"take-back-authority {DECISION_ID} d 1" not in second
    assert not any("pass-on" in one for one in acts(*GRANTED, rules_=wyvern(), reference=REFERENCE))


# At the signature.


EFFECT, BEFORE = date(2022, 11, 22), date(2022, 11, 21)
LATER = but(SIGNATURE.at(date(2023, 1, 9)), amount=exactly("200000"))


def signed(*steps: step) -> given:
    return given(*steps, rules_=OPEN_TO_CALL_IN).when(LATER)


def test_a_part_taken_back_before_the_award_took_effect_awards_nothing() -> None:
    steps = (*PASSED, *award("200000"))
    assert (
        signed(*steps, TAKE_BACK.at(BEFORE))
        .reason("P7")
        .startswith(
            "The part of the authority for it was taken back on 21 November 2022, "
            "and the award took effect on 22 November 2022"
        )
    )
    signed(*steps, TAKE_BACK.at(EFFECT)).outcome()
    signed(*steps).outcome()


def test_an_imported_award_before_or_beyond_the_part_is_not_signed_for() -> None:
    report, decide = award("200000")
    decide = decide._replace(source="the minutes")
    late = signed(*MAY, PASS_ON.at(date(2022, 11, 15)), report, decide)
    assert late.reason("P7").startswith(
        "The award was made before the authority for it was passed on, on 15 November 2022"
    )
    small = but(PASS_ON, up_to=up_to("199999"))
    assert (
        signed(*MAY, small, report, decide)
        .reason("P7")
        .startswith("£200,000 is more than was passed on, £199,999")
    )
    unknown = but(PASS_ON, up_to=Amount("exempt"))._replace(source="the minutes")
    signed(*MAY, unknown, report, decide).outcome()


def test_what_was_referred_back_is_withdrawn_when_the_part_was_taken_back() -> None:
    report, decide = award("200000")
    calls = tuple(AWARDS_CALLED_IN[-2:])
    steps = (*PASSED, report, decide, *calls)
    withdraw = step(WithdrawReport(CASE, AWARD_REPORT_ID, "It was taken back"), MANAGER)
    withdraw = withdraw.at(date(2023, 1, 9))
    record = given(*steps, rules_=OPEN_TO_CALL_IN)
    assert "Head of Procurement has the authority still" in record.when(withdraw).reason("D10")
    back = TAKE_BACK.at(date(2023, 1, 9))
    given(*steps, back, rules_=OPEN_TO_CALL_IN).when(withdraw).outcome()


def test_an_act_about_an_authority_says_what_stands_against_it_and_what_happens() -> None:
    one, case = AboutAuthority(CASE, DECISION_ID, "c"), given(*MAY).procurement(REFERENCE)
    with pytest.raises(NotImplementedError):
        one.why_not_authority(Delegation(), case, PASS_ON.context())
    with pytest.raises(NotImplementedError):
        one.about(Delegation())


def test_of_several_authorities_the_second_is_passed_on_by_its_own_terms() -> None:
    other = replace(ALONE, purpose="another", passing_on=True)
    record = given(*granted(ALONE, other))
    record.when(but(PASS_ON, label="d")).outcome()
    record.when(PASS_ON).then_refused("G1")
