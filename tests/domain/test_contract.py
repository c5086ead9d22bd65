from datetime import date

import pytest
from msgspec.structs import replace

from domain.contract import ContractPublished, ContractSigned
from domain.messages import Actor
from domain.values import Amount, Term, When
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISE,
    AWARD,
    AWARD_LATER,
    AWARD_REPORT,
    AWARD_TO_ALPHA,
    AWARDED,
    EVALUATED,
    NOTICES,
    OPEN,
    REGISTER,
    REPORT,
    SIGNATURE,
    SIGNED,
    asks,
    but,
    exactly,
    given,
    leeds,
)
from tests.scenario import DIRECTOR, LAWYER, holder

TERM = Term(date(2023, 1, 2), 24)
WITHOUT_NOTICES = (*EVALUATED, AWARD_REPORT, AWARD)
LIVE = (*herefordshire.DECIDED, herefordshire.PUBLISHED)
H_LAWYER = holder("herefordshire/legal-services")
H_SIGNATURE = herefordshire.SIGNED._replace(by=H_LAWYER, source=None)


def test_what_was_awarded_is_signed() -> None:
    given(*AWARDED).when(SIGNATURE).then(ContractSigned("Alpha", exactly("380000"), TERM))


def test_a_contract_has_the_options_to_extend_that_were_awarded_and_no_others() -> None:
    planned = but(OPEN, term=Term(TERM.starts, 24, (12, 12)))
    none = given(planned, *SIGNED[1:]).procurement().contract
    assert none
    assert (none.term.extensions, none.signed) == ((), When(date(2022, 12, 23)))
    award = replace(AWARD_TO_ALPHA, extensions=(12,))
    asked = but(AWARD_REPORT, recommendations=(asks(award),))
    steps = (planned, *EVALUATED[1:], NOTICES, asked, AWARD, SIGNATURE)
    one = given(*steps).procurement().contract
    assert one
    assert one.term.extensions == (12,)


def test_a_term_need_not_have_been_planned() -> None:
    found = given(but(OPEN, term=None), *SIGNED[1:]).procurement().contract
    assert found
    assert found.term == TERM


def test_a_contract_is_signed_once() -> None:
    given(*SIGNED).when(SIGNATURE).then_refused("C2")


def test_nothing_is_signed_after_the_framework_ended() -> None:
    late = but(SIGNATURE.at(date(2025, 8, 24)), starts=date(2025, 8, 24))
    given(*AWARDED).when(late).then_refused("E4")


def test_nothing_is_signed_that_no_decision_awards() -> None:
    assert given(*EVALUATED, NOTICES).when(SIGNATURE).reason("P7") == (
        "No decision awards this contract"
    )


def test_nothing_is_signed_before_the_award_takes_effect() -> None:
    early = given(*LIVE).when(H_SIGNATURE.at(date(2017, 12, 21)))
    (refusal,) = early.then_refused("P7")
    assert refusal.reason == "The award takes effect on Friday 22 December 2017"
    assert refusal.cured_on == date(2017, 12, 22)
    given(*LIVE).when(H_SIGNATURE.at(date(2017, 12, 22))).outcome()


def test_nothing_is_signed_while_the_award_is_called_in() -> None:
    waiting = given(*LIVE, herefordshire.CALL_IN).when(H_SIGNATURE.at(date(2018, 1, 1)))
    assert waiting.reason("P7") == "The award has been called in: it waits for the outcome"


def test_nothing_is_signed_before_an_award_is_published_that_waits_for_it() -> None:
    waiting = given(*herefordshire.DECIDED).when(H_SIGNATURE)
    assert waiting.reason("P7") == "The award has no effect yet: its decision is not published"


def test_nothing_is_signed_before_the_standstill_that_was_decided_on_has_begun() -> None:
    reason = given(*WITHOUT_NOTICES).when(SIGNATURE).reason("P7")
    missing = "standstill that was decided on has not begun: send the notices"
    assert reason == f"The voluntary {missing}"
    assert standing_still("required").reason("P7") == f"The voluntary {missing}"


def test_a_decision_may_ask_for_no_standstill() -> None:
    standing_still("none").outcome()


def standing_still(kind: str) -> given:
    """A signature where the decision asked for this kind of standstill and no notice was sent."""
    terms = replace(AUTHORISE, standstill=kind)
    report = but(REPORT, recommendations=(asks(terms), asks(AWARD_LATER, "b")))
    return given(OPEN, report, *WITHOUT_NOTICES[2:]).when(SIGNATURE)


def test_an_award_without_competition_waits_for_no_standstill() -> None:
    given(*LIVE).when(H_SIGNATURE).outcome()


def test_nothing_is_signed_until_the_standstill_is_over() -> None:
    on_its_last_day = given(*AWARDED).when(SIGNATURE.at(date(2022, 12, 22)))
    (refusal,) = on_its_last_day.then_refused("P4")
    assert refusal.cured_on == date(2022, 12, 23)
    assert refusal.reason == (
        "The standstill ends at the end of Thursday 22 December 2022, counted from "
        "Monday 12 December 2022. Sign from Friday 23 December 2022"
    )


def test_a_refusal_explains_why_the_standstill_runs_on() -> None:
    later = given(*EVALUATED, NOTICES.at(date(2022, 12, 21)), *AWARDED[-2:])
    (refusal,) = later.when(SIGNATURE.at(date(2023, 1, 2))).then_refused("P4")
    assert refusal.reason == (
        "The standstill ends at the end of Tuesday 3 January 2023, counted from "
        "Wednesday 21 December 2022 (31 December 2022: day 10, but Saturday; "
        "1 January 2023: runs on to the end of the next working day, but Sunday; "
        "2 January 2023: runs on to the end of the next working day, but "
        "New Year's Day (observed)). Sign from Wednesday 4 January 2023"
    )


def test_who_decided_the_award_does_not_sign() -> None:
    director = SIGNATURE._replace(by=Actor(DIRECTOR.person, LAWYER.post))
    duty, person = given(*AWARDED).when(director).then_refused("G1", "G6")
    assert duty.reason.endswith("neither holds nor deputises for Legal Services")
    assert person.reason == "Who decided the award may not sign the contract"
    assert person.provenance.startswith("illustrative: good practice")


def test_a_council_may_let_the_decision_maker_sign() -> None:
    duties = leeds().constitution.duties
    free = tuple(
        replace(one, posts=(DIRECTOR.post,)) if one.act == "sign-contract" else one
        for one in duties
    )
    separation = leeds().constitution.separation
    strict = leeds(duties=free)
    lax = leeds(duties=free, separation=replace(separation, decider_signs=True))
    director = SIGNATURE._replace(by=DIRECTOR)
    given(*AWARDED).under(strict).when(director).then_refused("G6")
    given(*AWARDED).under(lax).when(director).outcome()


def test_the_contract_is_with_the_supplier_of_the_award() -> None:
    reason = given(*AWARDED).when(but(SIGNATURE, supplier="Beta")).reason("P7")
    assert reason == "The award is to Alpha, not to Beta"


@pytest.mark.parametrize("amount", [exactly("380000.01"), Amount("unknown")])
def test_the_contract_is_for_no_more_than_the_award(amount: Amount) -> None:
    reason = given(*AWARDED).when(but(SIGNATURE, amount=amount)).reason("P7")
    assert reason == "The award is for £380,000 at most"


def test_an_exempt_award_without_its_figure_limits_nothing_so_nothing_is_signed() -> None:
    exempt = replace(herefordshire.AWARD, amount=Amount("exempt"))
    report = but(herefordshire.REPORT, recommendations=(asks(exempt),))
    reason = given(herefordshire.OPEN, report, *LIVE[2:]).when(H_SIGNATURE).reason("P7")
    assert reason == "The figure of the award is not on record: nothing shows that it is kept"


@pytest.mark.parametrize(
    ("signed", "starts", "earliest"),
    [
        (date(2022, 12, 23), date(2023, 1, 1), "Monday 2 January 2023"),
        (date(2023, 1, 5), date(2023, 1, 4), "Thursday 5 January 2023"),
    ],
)
def test_a_contract_starts_neither_before_its_award_says_nor_before_it_is_signed(
    signed: date, starts: date, earliest: str
) -> None:
    early = but(SIGNATURE.at(signed), starts=starts)
    reason = given(*AWARDED).when(early).reason("P7")
    assert reason == f"The contract starts on {earliest} at the earliest"


def test_a_contract_lasts_no_longer_than_the_award() -> None:
    reason = given(*AWARDED).when(but(SIGNATURE, months=25)).reason("T1")
    assert reason == "The award is for 24 months at most"
    given(*AWARDED).when(but(SIGNATURE, months=23)).outcome()


def test_a_signed_contract_is_entered_in_the_register_once() -> None:
    given(*SIGNED).when(REGISTER).then(ContractPublished())
    entered = given(*SIGNED, REGISTER)
    found = entered.procurement().contract
    assert found
    assert found.published == When(date(2023, 1, 4))
    entered.when(REGISTER).then_refused("C2")
    assert given(*AWARDED).when(REGISTER).reason("C1") == "No contract is signed"
