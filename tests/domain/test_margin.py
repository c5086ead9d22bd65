"""A share above the cap, for the tender that was ranked first and no other (G1)."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec import convert, to_builtins
from msgspec.structs import replace

from domain.answers import Answer
from domain.effects import AwardContract, DelegateAuthority
from domain.margin import limit_in_words, with_margin
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.values import Amount, Closed
from projections.sentences import sentence
from tests.domain.cases import CRITERIA, asks, but, exactly, given
from tests.domain.test_balance import AGAIN, AWARD_BETA
from tests.domain.wyvern import (
    ALONE,
    AWARD,
    AWARD_REPORT,
    CASE,
    DIRECT,
    MANAGER,
    OPEN,
    SIGNATURE,
    WITHIN_THE_BUDGET,
    delegation,
    granted,
    plan,
)
from tests.scenario import days_on, step

TERMS = replace(ALONE, above_for_first=Decimal(10))
TENDER = step(InviteTenders(CASE, date(2022, 12, 5), CRITERIA), MANAGER)
SCORES = {"Quality": Decimal(80), "Price": Decimal(80)}
WORSE = {"Quality": Decimal(60), "Price": Decimal(60)}
ALPHA = ScoredTender("Alpha", Decimal(330000), SCORES)
BETA = ScoredTender("Beta", Decimal(290000), WORSE)
RANKED = step(RecordEvaluation(CASE, (ALPHA, BETA), ("The team",)), MANAGER, date(2022, 12, 6))
DAY = date(2022, 12, 12)


def competed(terms: DelegateAuthority = TERMS) -> tuple[step, ...]:
    return (*granted(terms), TENDER, RANKED)


def to(supplier: str, pounds: str, **fields: object) -> AwardContract:
    won = replace(DIRECT, supplier=supplier, amount=exactly(pounds), direct=False, ground="")
    return replace(won, **fields)


def awarding(award: AwardContract) -> tuple[step, step]:
    return but(AWARD_REPORT.at(DAY), recommendations=(asks(award),)), AWARD.at(DAY)


def test_the_tender_ranked_first_may_have_the_share_above_the_cap() -> None:
    report, award = awarding(to("Alpha", "330000"))
    record = given(*competed(), report, award)
    assert delegation(record).drawn == Decimal(330000)
    # Only the standstill stands against the signature.
    record.when(but(SIGNATURE.at(DAY), amount=exactly("330000"))).then_refused("P4")


def test_a_penny_above_the_share_takes_a_new_report() -> None:
    dearer = but(RANKED, tenders=(replace(ALPHA, price=Decimal("330000.01")), BETA))
    report, award = awarding(to("Alpha", "330000.01"))
    reason = given(*granted(TERMS), TENDER, dearer, report).when(award).reason("G1")
    assert reason == (
        "£330,000.01 is more than was delegated in all, £330,000: "
        "it takes a new report to who delegated it"
    )


def test_another_award_has_the_plain_cap() -> None:
    without = to("Beta", "300001", direct=True, ground="regulation 32(2)(b)(ii)")
    report, award = awarding(without)
    assert given(*competed(), report).when(award).reason("G1") == (
        "£300,001 is more than was delegated in all, £300,000; "
        "the 10 % above it for the tender ranked first are for no other award: "
        "it takes a new report to who delegated it"
    )
    report, award = awarding(replace(without, amount=exactly("300000")))
    given(*competed(), report).when(award).outcome()


def test_a_lower_tender_that_was_awarded_more_than_the_cap_is_not_signed_for() -> None:
    report, award = awarding(to("Beta", "310000"))
    imported = [one._replace(source="the minutes") for one in (report, award)]
    record = given(*competed(), *imported)
    signed = but(SIGNATURE.at(days_on(DAY, 1)), supplier="Beta", amount=exactly("310000"))
    _, refusal = record.when(signed).then_refused("P4", "P7")
    assert refusal.reason.startswith("£310,000 is more than was delegated, £300,000")


def test_the_balance_keeps_book_of_the_share_over_all_awards() -> None:
    report, award = awarding(to("Alpha", "330000"))
    steps = (*competed(replace(TERMS, awards="several")), report, award)
    penny = to("Alpha", "0.01")
    second = but(AGAIN.at(DAY), recommendations=(asks(penny),))
    reason = given(*steps, second).when(AWARD_BETA.at(DAY)).reason("G1")
    assert reason.startswith("£330,000.01 is more than was delegated in all, £330,000:")
    other = but(second, recommendations=(asks(replace(penny, direct=True, ground="32(2)(c)")),))
    reason = given(*steps, other).when(AWARD_BETA.at(DAY)).reason("G1")
    assert reason.startswith("£330,000.01 is more than was delegated in all, £300,000; the 10 %")


def test_one_decision_with_another_award_in_it_has_the_plain_cap() -> None:
    without = to("Beta", "100000", direct=True, ground="regulation 32(2)(b)(ii)")
    both = but(
        AWARD_REPORT.at(DAY), recommendations=(asks(to("Alpha", "210000")), asks(without, "b"))
    )
    answers = (Answer("a", "agreed"), Answer("b", "agreed"))
    decide = but(AWARD.at(DAY), answers=answers)
    record = given(*competed(replace(TERMS, awards="several")), both)
    assert record.when(decide).reason("G1").startswith("£310,000 is more than was delegated in all")


def test_a_share_above_the_cap_takes_a_cap() -> None:
    reason = (
        given(OPEN).when(plan(replace(WITHIN_THE_BUDGET, above_for_first=Decimal(5)))).reason("G1")
    )
    assert reason == "A share above the cap takes a cap: nothing goes above the budget"


@pytest.mark.parametrize("share", [Decimal(101), Decimal(-1), Decimal("NaN")])
def test_a_share_is_one_of_the_whole(share: Decimal) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        replace(TERMS, above_for_first=share)
    told = to_builtins(TERMS) | {"above_for_first": str(share)}
    with pytest.raises(ValueError, match="between 0 and 100"):
        convert(told, DelegateAuthority)


def test_the_share_is_in_whole_pence_and_of_an_exempt_cap_is_exempt() -> None:
    odd = replace(TERMS, above_for_first=Decimal("33.33"))
    assert with_margin(exactly("0.05"), odd) == exactly("0.06")
    exempt = Amount("exempt", closed=Closed("100"))
    assert with_margin(exempt, odd) == Amount("exempt", closed=Closed("133.33"))
    assert with_margin(Amount("exempt"), odd) == Amount("exempt")
    assert with_margin(exactly("5"), ALONE) == exactly("5")


def test_an_exempt_cap_is_not_given_away_by_its_share() -> None:
    secret = replace(TERMS, cap=Amount("exempt", closed=Closed("300000")))
    report, award = awarding(to("Alpha", "330000"))
    given(*competed(secret), report).when(award._replace(source="the minutes")).outcome()
    dearer = but(RANKED, tenders=(replace(ALPHA, price=Decimal(330001)), BETA))
    report, award = awarding(to("Alpha", "330001"))
    reason = given(*granted(secret), TENDER, dearer, report).when(award).reason("G1")
    assert "330,000" not in reason
    assert "300,000" not in reason


def test_the_share_is_said_with_the_cap() -> None:
    assert limit_in_words(TERMS) == (
        "up to £300,000, and 10 % above it for the tender ranked first"
    )
    _, event = given(*granted(TERMS)[:2]).when(granted(TERMS)[2]).outcome()
    assert "cap up to £300,000, and 10 % above it for the tender ranked first" in sentence(event)
    assert limit_in_words(WITHIN_THE_BUDGET) == "within the budget"
