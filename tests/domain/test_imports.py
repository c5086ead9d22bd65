"""Facts are recorded as they were, with what a rule would have said against them."""

import pytest

from domain.effects import AwardContract
from domain.messages import Actor, Irregularity
from domain.values import When
from tests.domain import herefordshire
from tests.domain.cases import AUTHORISED, DECISION, EVALUATED, OPEN, SIGNATURE, TENDER, but, given
from tests.domain.herefordshire import DECIDED, PUBLISHED, REFERENCE, SIGNED
from tests.scenario import AUDITOR, step


def test_herefordshires_record_says_nothing_of_notice_interests_and_ground() -> None:
    record = given(herefordshire.OPEN, herefordshire.REPORT)
    assert record.when(herefordshire.DECISION).irregularities() == ["D2", "L2", "D8"]
    noted = given(*herefordshire.DECIDED).procurement(herefordshire.REFERENCE).irregularities
    assert [(one.version, one.irregularity.rule) for one in noted] == [
        (2, "L2"),
        (3, "D2"),
        (3, "L2"),
        (3, "D8"),
    ]


def test_an_irregularity_keeps_the_sentence_beside_the_rule() -> None:
    noted = given(herefordshire.OPEN, herefordshire.REPORT).procurement(REFERENCE).irregularities
    reason = "An award without competition names its legal ground"
    assert [one.irregularity for one in noted] == [Irregularity("L2", reason)]


def test_the_whole_of_herefordshires_record_can_be_imported() -> None:
    found = given(*DECIDED, PUBLISHED, SIGNED).procurement(REFERENCE)
    assert found.contract
    assert found.contract.supplier == "Imosphere"
    assert found.in_effect(AwardContract, found.contract.signed.day) == herefordshire.AWARD


def test_a_day_that_is_not_on_record_is_kept_as_unknown_with_its_basis() -> None:
    found = given(herefordshire.OPEN).when(herefordshire.REPORT)
    found.outcome()
    inexact = When(herefordshire.REPORT.context().day, "month", "the page gives a month only")
    report = herefordshire.REPORT._replace(on=inexact)
    (kept,) = given(herefordshire.OPEN, report).procurement(REFERENCE).reports.values()
    assert kept.on == inexact


@pytest.mark.parametrize(
    ("before", "one", "against"),
    [
        ((), OPEN._replace(by=AUDITOR), ["G1"]),
        (AUTHORISED[:2], DECISION._replace(by=AUDITOR), ["G1"]),
        (AUTHORISED[:1], TENDER, ["L1"]),
        (AUTHORISED[:1], SIGNATURE, ["P7"]),
        (EVALUATED, SIGNATURE, ["P7", "P7"]),
    ],
)
def test_what_would_be_refused_is_recorded_as_irregular(
    before: tuple[step, ...], one: step, against: list[str]
) -> None:
    given(*before).when(one).then_refused(*against)
    imported = one._replace(source="the minutes", by=Actor(None, one.by.post))
    assert given(*before).when(imported).irregularities() == against


def test_what_stands_against_nothing_is_no_irregularity() -> None:
    assert given(OPEN._replace(source="the minutes")).procurement().irregularities == ()


def test_even_a_fact_is_about_something_and_happens_once() -> None:
    unknown = DECISION._replace(source="the minutes")
    given(OPEN).when(unknown).then_refused("C1")
    given(*AUTHORISED).when(but(unknown, reasons="")).then_refused("C2", "C2", "D8")
