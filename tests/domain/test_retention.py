"""How long records are kept, and under which law an officer's decision is recorded (D8, E3)."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from domain.authority import Rules
from domain.completing import CompleteDecisionRecord
from domain.messages import Context
from domain.officer_decisions import OF_2012, OF_2014, officer_record
from domain.reading import Mistaken
from domain.reading_constitution import read_constitution
from domain.record import Decision
from domain.retention import Kept, kept_of_decision, kept_of_procurement
from domain.values import When
from projections.case_file import case_file
from projections.record_told import kept_in_words, told_of_record
from tests.domain import cases, herefordshire, laws, wyvern
from tests.domain.cases import AUTHORISED, AWARD_ID, DECISION_ID, given, leeds
from tests.domain.wyvern import AWARDED, STARTED
from tests.scenario import rules, step, texts

DECIDED = given(*herefordshire.DECIDED).procurement(herefordshire.REFERENCE)
BY_MEMBER = DECIDED.decisions[DECISION_ID]
TODAY = herefordshire.DECISION.context()
OF_THE_2012 = f"regulation 21 of {OF_2012}"


def until(decision: Decision) -> list[date | None]:
    return [one.until for one in kept_of_decision(decision, TODAY)]


def on(day: date, precision: str = "day") -> Decision:
    return replace(BY_MEMBER, on=When(day, precision))  # type: ignore[arg-type]


def test_record_and_report_are_kept_for_six_years_and_background_papers_for_four() -> None:
    """Rule D8."""
    assert kept_of_decision(BY_MEMBER, TODAY) == (
        Kept("record-and-report", date(2023, 12, 15), OF_THE_2012),
        Kept("background-papers", date(2021, 12, 15), OF_THE_2012),
    )


@pytest.mark.parametrize(
    ("made", "six", "four"),
    [
        (date(2024, 2, 29), date(2030, 2, 28), date(2028, 2, 29)),
        (date(2022, 2, 28), date(2028, 2, 28), date(2026, 2, 28)),
        (date(2016, 12, 31), date(2022, 12, 31), date(2020, 12, 31)),
    ],
)
def test_29_february_is_the_28th_where_the_year_has_none(made: date, six: date, four: date) -> None:
    assert until(on(made)) == [six, four]


@pytest.mark.parametrize(
    ("precision", "six"),
    [
        ("week", date(2023, 12, 17)),
        ("month", date(2023, 12, 31)),
        ("before", date(2023, 12, 14)),
        ("after", None),
        ("unknown", None),
    ],
)
def test_of_an_inexact_day_the_latest_counts_and_none_where_there_is_no_latest(
    precision: str, six: date | None
) -> None:
    assert until(on(date(2017, 12, 15), precision))[0] == six


def test_the_day_that_was_added_to_the_record_counts() -> None:
    *before, taken = herefordshire.DECIDED
    undated = taken._replace(on=When(date(2017, 12, 15), "unknown"))
    added = CompleteDecisionRecord(herefordshire.CASE, DECISION_ID, date(2017, 12, 11))
    dated = step(added, herefordshire.CLERK, date(2018, 1, 8))
    found = given(*before, undated, dated).procurement(herefordshire.REFERENCE)
    assert until(found.decisions[DECISION_ID]) == [date(2023, 12, 11), date(2021, 12, 11)]


def executive(yes: bool | None, council: str = "wyvern") -> Rules:
    """A council whose classes are said to be of the executive, or not, or neither."""
    found = rules(council)
    classes = [
        replace(one, key=False, call_in=False, executive=yes) for one in found.constitution.classes
    ]
    return replace(found, constitution=replace(found.constitution, classes=tuple(classes)))


def by_officer(yes: bool | None) -> tuple[Decision, Context]:
    decision = given(*AWARDED).procurement(wyvern.REFERENCE).decisions[AWARD_ID]
    return decision, wyvern.AWARD.context(executive(yes))


def test_an_executive_decision_of_an_officer_has_a_record_under_regulation_13() -> None:
    found = officer_record(*by_officer(True))
    assert found
    assert (found.post, found.function) == (wyvern.DELEGATE, "executive")
    assert (
        found.law
        == f"An executive decision of an officer, recorded under regulation 13(4) of {OF_2012}"
    )
    assert found.published.startswith("The record and the report, with the background papers")
    assert {one.law for one in kept_of_decision(*by_officer(True))} == {OF_THE_2012}


def test_another_decision_of_an_officer_has_one_under_the_regulations_of_2014() -> None:
    found = officer_record(*by_officer(False))
    assert found
    assert found.function == "non-executive"
    assert f"regulation 7 of {OF_2014}" in found.law
    assert {one.law for one in kept_of_decision(*by_officer(False))} == {
        f"regulation 8 of {OF_2014}"
    }


def test_where_the_constitution_does_not_say_the_page_does_not_say_it_either() -> None:
    found = officer_record(*by_officer(None))
    assert found
    assert found.function == "not-said"
    assert found.law.startswith("The constitution does not say whether this is a decision of the")
    (law,) = {one.law for one in kept_of_decision(*by_officer(None))}
    assert law == f"{OF_THE_2012}, if it is executive, and otherwise as long"


def test_what_is_key_or_open_to_call_in_is_of_the_executive() -> None:
    kinds = {one.id: one.of_executive for one in leeds().constitution.classes}
    assert kinds["key"] is True
    assert kinds["administrative"] is None
    decision = given(*AUTHORISED).procurement().decisions[DECISION_ID]
    unheard = replace(decision, decision_class="unheard-of")
    found = officer_record(unheard, cases.DECISION.context())
    assert found
    assert found.function == "not-said"


def test_a_body_or_a_member_is_no_officer() -> None:
    assert officer_record(BY_MEMBER, TODAY) is None
    by_cabinet = given(*STARTED).procurement(wyvern.REFERENCE).decisions[DECISION_ID]
    context = wyvern.RESOLVED.context(executive(False))
    assert officer_record(by_cabinet, context) is None
    (law,) = {one.law for one in kept_of_decision(by_cabinet, context)}
    assert law == "sections 100C and 100D of the Local Government Act 1972"


def test_a_class_that_is_key_cannot_be_said_not_to_be_of_the_executive() -> None:
    text, _ = texts("wyvern")
    wrong = text.replace("key = true\ncall_in = true", "key = true\nexecutive = false")
    with pytest.raises(Mistaken) as caught:
        read_constitution(wrong)
    assert [one.where for one in caught.value.mistakes] == ["classes[1].executive"]


def test_the_records_of_a_procurement_under_the_act_are_kept_for_three_years() -> None:
    """Rule E3: section 98."""
    found = given(*laws.awarded("pa2023")).procurement()
    kept = kept_of_procurement(found)
    awarded = found.decisions[AWARD_ID].on.day
    assert kept
    assert kept.until == awarded.replace(year=awarded.year + 3)
    assert kept.law == "section 98 of the Procurement Act 2023"
    assert kept_of_procurement(given(*laws.awarded("pcr2015")).procurement()) is None
    assert kept_of_procurement(replace(found, decisions={})) is None


def test_they_run_from_the_contract_once_it_is_signed() -> None:
    signed = replace(given(*cases.SIGNED).procurement(), regime="pa2023")
    assert signed.contract
    kept = kept_of_procurement(signed)
    assert kept
    day = signed.contract.signed.day
    assert kept.until == day.replace(year=day.year + 3)


def test_it_is_told_in_words_and_with_the_case() -> None:
    told = told_of_record(BY_MEMBER, DECIDED, TODAY)
    assert told["officer"] is None
    assert [one["text"] for one in told["kept"]] == [
        "to be kept until 15 December 2023",
        "to be kept until 15 December 2021",
    ]
    assert told["kept"][0]["until"] == "2023-12-15"
    unknown = kept_in_words(Kept("record-and-report", None, OF_THE_2012))
    assert unknown["until"] is None
    assert "the day of the decision is not on record" in unknown["text"]
    under_the_act = given(*laws.awarded("pa2023")).procurement()
    file = case_file(under_the_act, rules("leeds"), date(2026, 11, 20))
    assert file["kept"]["what"] == "procurement-records"
    (*_, last) = file["decisions"]
    assert last["officer"]["post_title"] == "Director of Adults and Health"
    assert case_file(DECIDED, rules("herefordshire"), date(2017, 12, 20))["kept"] is None
