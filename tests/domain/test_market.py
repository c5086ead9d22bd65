from datetime import date, timedelta
from decimal import Decimal
from random import Random

import hypothesis
import pytest
from hypothesis import strategies as st
from msgspec import ValidationError, convert
from msgspec.structs import replace

from domain.answers import Answer
from domain.competition import Ranked
from domain.effects import Criterion
from domain.market import EvaluationRecorded, RecordEvaluation, ScoredTender, TendersInvited
from tests.domain.cases import (
    ALPHA,
    AUTHORISE,
    AUTHORISED,
    AWARD_LATER,
    BETA,
    CRITERIA,
    DECISION,
    EVALUATED,
    EVALUATION,
    KEY_DECIDED,
    OPEN,
    PANEL,
    REPORT,
    TENDER,
    TOO_DEAR,
    asks,
    but,
    given,
)
from tests.scenario import CASE

INVITED = (*AUTHORISED, TENDER)
SHARES = st.decimals(0, 100, places=2)
CLOSES = date(2022, 12, 5)


def scored(tenderer: str, quality: str, price: str) -> ScoredTender:
    scores = {"Quality": Decimal(quality), "Price": Decimal(price)}
    return ScoredTender(tenderer, Decimal(300000), scores)


def test_tenders_are_invited_on_the_criteria_that_were_decided() -> None:
    given(*AUTHORISED).when(TENDER).then(TendersInvited(CLOSES, CRITERIA))


def test_the_order_of_the_criteria_is_free() -> None:
    given(*AUTHORISED).when(but(TENDER, criteria=CRITERIA[::-1])).outcome()


def test_tenders_are_invited_once() -> None:
    given(*INVITED).when(TENDER).then_refused("C2")


def test_a_competition_is_authorised_by_a_decision() -> None:
    reason = given(OPEN, REPORT).when(TENDER).reason("L1")
    assert reason == "No decision authorises this procurement"


def test_a_competition_opens_when_its_decision_takes_effect() -> None:
    early = but(TENDER.at(date(2022, 12, 20)), closes=date(2023, 1, 31))
    (refusal,) = given(*KEY_DECIDED).when(early).then_refused("D10")
    assert refusal.reason == (
        "The decision that authorises this procurement takes effect on Wednesday 21 December 2022"
    )
    assert refusal.cured_on == date(2022, 12, 21)
    given(*KEY_DECIDED).when(early.at(date(2022, 12, 21))).outcome()


def test_no_tender_is_invited_after_the_framework_ended() -> None:
    late = but(TENDER.at(date(2025, 8, 24)), closes=date(2025, 9, 30))
    given(*AUTHORISED).when(late).then_refused("E4")


def test_the_criteria_of_a_tender_come_to_100_as_decided() -> None:
    half = but(TENDER, criteria=CRITERIA[:1])
    together, fixed = given(*AUTHORISED).when(half).then_refused("E1", "E1")
    assert together.reason == "The weights come to 60 %, not to 100 %"
    assert fixed.reason == "The decision fixed the weights: Quality 60 % and Price 40 %"


def test_the_weights_are_those_of_the_decision() -> None:
    even = (Criterion("Quality", Decimal(50)), Criterion("Price", Decimal(50)))
    given(*AUTHORISED).when(but(TENDER, criteria=even)).then_refused("E1")


def test_tenderers_get_the_time_that_was_decided() -> None:
    early = but(TENDER, closes=CLOSES - timedelta(days=1))
    reason = given(*AUTHORISED).when(early).reason("P7")
    assert reason == "Tenderers get 21 days at least: until Monday 5 December 2022"


def test_tenderers_get_a_day_even_where_nothing_was_decided() -> None:
    today = but(TENDER, closes=TENDER.on)
    _, refusal = given(OPEN).when(today).then_refused("L1", "P7")
    assert refusal.reason.startswith("Tenderers get 1 day at least")


def test_an_evaluation_ranks_tenders_by_their_weighted_scores() -> None:
    given(*INVITED).when(EVALUATION).then(
        EvaluationRecorded(
            (
                Ranked("Alpha", ALPHA.price, ALPHA.scores, Decimal(76)),
                Ranked("Beta", BETA.price, BETA.scores, Decimal(72)),
            ),
            PANEL,
        )
    )


@hypothesis.given(SHARES)
def test_any_two_weights_that_come_to_100_can_be_decided_on_and_tendered(quality: Decimal) -> None:
    weights = (Criterion("Quality", quality), Criterion("Price", 100 - quality))
    terms = (asks(replace(AUTHORISE, criteria=weights)), asks(AWARD_LATER, "b"))
    decided = given(OPEN, but(REPORT, recommendations=terms), DECISION)
    decided.when(but(TENDER, criteria=weights)).outcome()


@hypothesis.given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=5), st.randoms())
def test_the_order_in_which_tenders_are_entered_changes_nothing(
    scores: list[tuple[Decimal, Decimal]], chance: Random
) -> None:
    tenders = [scored(f"T{n}", str(one), str(two)) for n, (one, two) in enumerate(scores)]
    totals = [one * 60 / 100 + two * 40 / 100 for one, two in scores]
    hypothesis.assume(len(set(totals)) == len(totals))
    shuffled = chance.sample(tenders, len(tenders))
    found = given(*INVITED, but(EVALUATION, tenders=tuple(shuffled))).procurement().evaluation
    assert found
    assert [one.total for one in found.ranking] == sorted(totals, reverse=True)
    assert [one.tenderer for one in found.ranking] == [
        tenders[totals.index(total)].tenderer for total in sorted(totals, reverse=True)
    ]


def test_a_single_tender_is_evaluated_too() -> None:
    given(*INVITED).when(but(EVALUATION, tenders=(BETA,))).outcome()


def test_tenders_are_evaluated_after_they_were_invited() -> None:
    assert given(*AUTHORISED).when(EVALUATION).reason("C1") == "No tenders have been invited"


def test_tenders_are_evaluated_once() -> None:
    given(*EVALUATED).when(EVALUATION).then_refused("C2")


def test_tenders_may_come_in_until_the_end_of_the_closing_day() -> None:
    (refusal,) = given(*INVITED).when(EVALUATION.at(CLOSES)).then_refused("E1")
    assert refusal.reason == "Tenders may come in until the end of Monday 5 December 2022"
    assert refusal.cured_on == date(2022, 12, 6)


def test_an_evaluation_says_who_scored() -> None:
    given(*INVITED).when(but(EVALUATION, panel=())).then_refused("E3")


def test_a_tenderer_is_scored_once() -> None:
    given(*INVITED).when(but(EVALUATION, tenders=(ALPHA, ALPHA))).then_refused("C2", "E3")


@pytest.mark.parametrize("scores", [{"Quality": 80}, {"Quality": 80, "Price": 70, "Green": 1}])
def test_a_tender_is_scored_on_each_criterion(scores: dict[str, int]) -> None:
    odd = ScoredTender("Gamma", Decimal(1), {name: Decimal(n) for name, n in scores.items()})
    reason = given(*INVITED).when(but(EVALUATION, tenders=(ALPHA, odd))).reason("C1")
    assert reason == "Score Gamma on Price and Quality, each once"


def test_a_tie_for_the_first_place_is_moderated_before_it_is_recorded() -> None:
    tied = (scored("Gamma", "50", "50"), scored("Delta", "40", "65"), scored("Eta", "1", "1"))
    reason = given(*INVITED).when(but(EVALUATION, tenders=tied)).reason("E3")
    assert reason.startswith("Gamma and Delta have the same score: moderate it")


def test_a_tie_further_down_takes_nothing_from_the_winner() -> None:
    tied = (ALPHA, scored("Gamma", "50", "50"), scored("Delta", "40", "65"))
    given(*INVITED).when(but(EVALUATION, tenders=tied)).outcome()


def test_a_hundredth_of_a_point_decides() -> None:
    close = (scored("Gamma", "50", "50"), scored("Delta", "50", "50.01"))
    found = given(*INVITED, but(EVALUATION, tenders=close)).procurement().evaluation
    assert found
    assert [(one.tenderer, one.total) for one in found.ranking] == [
        ("Delta", Decimal("50.004")),
        ("Gamma", Decimal(50)),
    ]


@pytest.mark.parametrize(
    ("price", "score", "says"),
    [
        ("380000.005", "80", "pounds and pence"),
        ("NaN", "80", "pounds and pence"),
        ("-1", "80", "council could spend"),
        ("380000", "100.5", "between 0 and 100"),
        ("380000", "NaN", "between 0 and 100"),
    ],
)
def test_a_tender_has_a_price_in_pounds_and_scores_of_at_most_100(
    price: str, score: str, says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        convert({"tenderer": "A", "price": price, "scores": {"Quality": score}}, ScoredTender)


def test_an_evaluation_is_of_one_tender_at_least() -> None:
    nothing = {"procurement": str(CASE), "tenders": [], "panel": ["us"]}
    with pytest.raises(ValidationError, match="length >= 1"):
        convert(nothing, RecordEvaluation)


def test_a_decision_not_agreed_authorises_nothing() -> None:
    refused = but(DECISION, answers=(TOO_DEAR, Answer("b", "agreed")))
    given(OPEN, REPORT, refused).when(TENDER).then_refused("L1")
