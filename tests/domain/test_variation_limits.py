"""Each ground of each law has its limits, against the original contract (T2)."""

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.effects import ApproveBudget
from domain.grounds import GROUNDS, Alters, Ground
from domain.regimes import Process, Regime, Subject
from domain.reports import PutUpReport
from domain.values import Amount, Closed
from tests.domain.cases import asks, but, given, up_to
from tests.domain.varying import (
    MORE,
    announce,
    contract,
    decided,
    decision,
    make,
    report,
    to,
    varied,
)
from tests.scenario import step


def lawful(*steps: step) -> None:
    given(*steps[:-1]).when(steps[-1]).outcome()


def why(*steps: step, rule: str = "T2") -> str:
    return given(*steps[:-1]).when(steps[-1]).reason(rule)


CAPPED: list[tuple[Regime, Ground]] = [
    ("pa2023", "unforeseeable"),
    ("pa2023", "known-risk"),
    ("pa2023", "additional"),
    ("pcr2015", "unforeseeable"),
    ("pcr2015", "additional"),
]


@pytest.mark.parametrize(("regime", "ground"), CAPPED)
def test_a_change_on_such_a_ground_adds_a_half_at_most(regime: Regime, ground: Ground) -> None:
    change = replace(MORE, ground=ground)
    lawful(*contract(regime), report(to("1500000", change)))
    assert why(*contract(regime), report(to("1500000.01", change))) == (
        "The change comes to £500,000.01, more than 50 % of the original amount, £1,000,000: "
        "£500,000 at most"
    )


def test_what_is_taken_away_on_such_a_ground_counts_nothing() -> None:
    lawful(*contract(), report(to("400000")))
    lawful(*contract(), *varied(to("400000")), report(to("900000"), 2))
    why(*contract(), *varied(to("400000")), report(to("900000.01"), 2))


def test_changes_on_the_same_ground_are_measured_together_against_the_original() -> None:
    before = (*contract(), *varied(to("1300000")))
    lawful(*before, report(to("1500000"), 2))
    reason = why(*before, report(to("1500001"), 2))
    assert reason.startswith("The changes on this ground come to £500,001, more than 50 %")
    other = to("1800000", replace(MORE, ground="known-risk"))
    lawful(*before, report(other, 2))


def test_a_change_stands_apart_where_the_report_says_why() -> None:
    before = (*contract(), *varied(to("1300000")))
    lawful(*before, report(to("1800000", apart="The need arose a year later"), 2))
    why(*before, report(to("1800001", apart="The need arose a year later"), 2))


SMALL = replace(MORE, ground="below-threshold")


@pytest.mark.parametrize("regime", ["pa2023", "pcr2015"])
@pytest.mark.parametrize(
    ("subject", "millions", "most", "share"),
    [("services", 1, "1100000", "10"), ("works", 3, "3450000", "15")],
)
def test_a_small_change_is_a_tenth_and_of_works_15_per_cent(
    regime: Regime, subject: Subject, millions: int, most: str, share: str
) -> None:
    signed = contract(regime, subject, f"{millions}000000")
    lawful(*signed, report(to(most, SMALL)))
    reason = why(*signed, report(to(f"{most}.01", SMALL)))
    assert f", more than {share} % of the original amount, £{millions},000,000" in reason
    less = str(millions * 2_000_000 - int(most))
    lawful(*signed, report(to(less, SMALL)))
    why(*signed, report(to(f"{int(less) - 1}.99", SMALL)))


def test_small_changes_stay_below_the_threshold_together() -> None:
    signed = contract(amount="2000000")
    one = to("2200000", SMALL)
    lawful(*signed, *varied(one), report(to("2207719.99", SMALL, apart="A year later"), 2))
    assert why(*signed, *varied(one), report(to("2207720", SMALL, apart="A year later"), 2)) == (
        "Together such changes come to £207,720, not below the threshold of £207,720"
    )


def test_under_the_2015_regulations_small_changes_never_stand_apart() -> None:
    before = (*contract("pcr2015"), *varied(to("1090000", SMALL)))
    apart = replace(SMALL, apart="A year later")
    lawful(*before, report(to("1100000", apart), 2))
    assert "The changes on this ground come to £100,000.01, more than 10 %" in why(
        *before, report(to("1100000.01", apart), 2)
    )
    lawful(*contract(), *varied(to("1090000", SMALL)), report(to("1190000", apart), 2))


SLIGHT = replace(MORE, ground="not-substantial")


def test_a_change_that_is_not_substantial_moves_a_tenth_of_the_longest_term() -> None:
    """36 months and two options of 24 are 84 at most."""
    lawful(*contract(), report(replace(SLIGHT, months=8)))
    lawful(*contract(), report(replace(SLIGHT, months=-8)))
    assert why(*contract(), report(replace(SLIGHT, months=9))) == (
        "9 months is more than 10 % of the longest term, 84 months"
    )
    before = (*contract(), *varied(replace(SLIGHT, months=5)))
    lawful(*before, report(replace(SLIGHT, months=3), 2))
    why(*before, report(replace(SLIGHT, months=4), 2))
    lawful(*before, report(replace(SLIGHT, months=8, apart="Another need"), 2))


def test_what_was_decided_is_measured_again_when_it_is_made() -> None:
    one = replace(SLIGHT, months=5)
    both = (*contract(), *decided(one), *decided(one, 2), announce(1), announce(2), make(1))
    assert why(*both, make(2)) == "10 months is more than 10 % of the longest term, 84 months"


def test_the_2015_regulations_know_no_such_limit_on_the_term() -> None:
    lawful(*contract("pcr2015"), report(replace(SLIGHT, months=12)))


BARRED: list[tuple[Regime, Ground, Alters]] = [
    ("pa2023", "not-substantial", "scope"),
    ("pa2023", "not-substantial", "balance"),
    ("pa2023", "below-threshold", "scope"),
    ("pa2023", "provided-for", "character"),
    ("pa2023", "unforeseeable", "character"),
    ("pcr2015", "not-substantial", "balance"),
    ("pcr2015", "below-threshold", "character"),
    ("psr2023", "own-decision", "character"),
    ("psr2023", "external-factors", "character"),
]


@pytest.mark.parametrize(("regime", "ground", "alters"), BARRED)
def test_what_a_change_alters_decides_on_which_grounds_it_may_rest(
    regime: Regime, ground: Ground, alters: Alters
) -> None:
    change = replace(MORE, ground=ground)
    lawful(*contract(regime), report(change))
    reason = why(*contract(regime), report(replace(change, alters=(alters,))))
    limits = GROUNDS[regime][ground]
    assert reason.endswith(f"does not rest on this ground: {limits.says} ({limits.law})")


def test_an_additional_need_may_be_of_another_kind() -> None:
    lawful(*contract(), report(replace(MORE, alters=("scope", "balance"))))


@pytest.mark.parametrize(
    ("regime", "ground"),
    [("pcr2015", "known-risk"), ("pa2023", "own-decision"), ("psr2023", "additional")],
)
def test_each_law_has_grounds_of_its_own(regime: Regime, ground: Ground) -> None:
    reason = why(*contract(regime), report(replace(MORE, ground=ground)))
    assert reason.startswith(f"{ground} is no ground of the ")
    assert reason.endswith(f"{list(GROUNDS[regime])[-2]} or {list(GROUNDS[regime])[-1]}")


@pytest.mark.parametrize("ground", ["provided-for"])
@pytest.mark.parametrize("regime", ["pa2023", "pcr2015", "psr2023"])
def test_what_the_contract_provides_for_may_be_of_any_size(regime: Regime, ground: Ground) -> None:
    lawful(*contract(regime), report(to("9000000", replace(MORE, ground=ground), months=48)))


def test_a_light_touch_contract_is_changed_freely_and_only_such_a_one() -> None:
    freely = replace(MORE, ground="light-touch", alters=("scope", "balance", "character"))
    lawful(*contract(subject="light-touch"), report(to("9000000", freely, months=48)))
    assert why(*contract(), report(freely)) == "This is no light touch contract: it is for services"


OWN = replace(MORE, ground="own-decision")


@pytest.mark.parametrize(
    ("original", "most", "too_much"),
    [("1000000", "1499999.99", "1500000"), ("4000000", "4999999.99", "5000000")],
)
def test_health_care_changes_stay_below_500_000_or_a_quarter_of_the_original(
    original: str, most: str, too_much: str
) -> None:
    signed = contract("psr2023", "health-care", original)
    lawful(*signed, report(to(most, OWN)))
    reason = why(*signed, report(to(too_much, OWN)))
    assert reason.startswith("All changes together come to £")
    assert "neither below £500,000 nor below 25 % of the original" in reason


def test_health_care_changes_on_every_ground_count_together() -> None:
    signed = contract("psr2023", "health-care")
    provided = to("1400000", replace(MORE, ground="provided-for"))
    lawful(*signed, *varied(provided), report(to("1499999.99", OWN), 2))
    why(*signed, *varied(provided), report(to("1500000", OWN, apart="Another need"), 2))


@pytest.mark.parametrize(
    ("process", "allowed"),
    [("direct-award-a", True), ("direct-award-b", True), ("ordinary", False)],
)
def test_what_was_awarded_by_direct_award_a_or_b_is_changed_unless_its_character_changes(
    process: Process, allowed: bool
) -> None:
    signed = contract("psr2023", "health-care", process=process)
    change = to("9000000", replace(MORE, ground="direct-award"))
    if allowed:
        lawful(*signed, report(change))
        why(*signed, report(replace(change, alters=("character",))))
    else:
        assert why(*signed, report(change)) == (
            "The contract was not awarded by direct award process A or B"
        )


@pytest.mark.parametrize("regime", ["pa2023", "psr2023"])
def test_what_is_not_on_record_shows_no_limit_kept(regime: Regime) -> None:
    ground: Ground = "additional" if regime == "pa2023" else "own-decision"
    unknown = contract(regime, amount=Amount("exempt"))
    imported = tuple(one._replace(source="the minutes") for one in unknown)
    change = replace(MORE, ground=ground)
    assert why(*imported, report(to("5000", change))) == (
        "An amount is not on record: nothing shows that the limit is kept"
    )


def test_where_no_amount_is_on_record_nothing_shows_that_small_changes_are_small() -> None:
    unknown = contract(amount=Amount("exempt"))
    imported = tuple(one._replace(source="the minutes") for one in unknown)
    why(*imported, report(to("5000", SMALL)))


def test_an_exempt_amount_limits_and_is_not_said() -> None:
    secret = Amount("exempt", closed=Closed("1000000"))
    for_all = tuple(one._replace(source="the minutes") for one in contract(amount=secret))
    more = Amount("exempt", closed=Closed("1500000.01"))
    assert why(*for_all, report(to(more))) == (
        "The change comes to an exempt amount, more than 50 % of the original amount"
    )
    lawful(*for_all, report(to(Amount("exempt", closed=Closed("1500000")))))


BUDGET = up_to("1200000")


def budgeted(amount: Amount = BUDGET) -> tuple[step, ...]:
    """A light touch contract whose budget was approved with its strategy."""
    opened, strategy, resolved, *rest = contract(subject="light-touch")
    assert isinstance(strategy.command, PutUpReport)
    asked = (*strategy.command.recommendations, asks(ApproveBudget(amount), "c"))
    all_of_it = tuple(Answer(label, "agreed") for label in "abc")
    return (
        opened,
        but(strategy, recommendations=asked),
        but(resolved, answers=all_of_it),
        *rest,
    )


def test_what_the_law_allows_freely_the_budget_still_limits() -> None:
    freely = replace(MORE, ground="light-touch")
    lawful(*budgeted(), report(to("1200000", freely)))
    assert why(*budgeted(), report(to("1200000.01", freely)), rule="P7") == (
        "£1,200,000.01 is more than the budget, £1,200,000: it takes a separate report"
    )
    lawful(*budgeted(up_to("1000000")), report(to("900000", freely)))
    lawful(*budgeted(up_to("1000000")), report(replace(freely, months=6)))


def test_a_decision_keeps_to_the_limits_too() -> None:
    amended = Answer("a", "agreed-as-amended", "More is needed", "More", to("1500000.01"))
    before = (*contract(), report(to("1500000")))
    assert "more than 50 %" in why(*before, decision(answers=(amended,)))
