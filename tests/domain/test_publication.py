from datetime import date

import pytest
from msgspec.structs import replace

from domain.call_in_rule import Window
from domain.completing import CompleteDecisionRecord
from domain.publication import DecisionPublished, PublishDecision
from domain.values import When
from tests.domain import herefordshire
from tests.domain.cases import (
    AUTHORISED,
    DECISION_ID,
    KEY_DECIDED,
    OPEN,
    but,
    given,
    leeds,
)
from tests.domain.herefordshire import DECIDED, PUBLISHED
from tests.scenario import CASE, CLERK, DAY, rules, step

PUBLISH = step(PublishDecision(CASE, DECISION_ID), by=CLERK)
LATER = but(PUBLISHED, effective=None)._replace(source=None)
COMPLETE = CompleteDecisionRecord(herefordshire.CASE, DECISION_ID, interests="none-declared")
COMPLETED = (*DECIDED, step(COMPLETE, herefordshire.CLERK, PUBLISHED.on))


def window(*published: step) -> Window:
    """The days of call-in as Herefordshire's decision is published."""
    decided = given(*COMPLETED, *published).procurement(herefordshire.REFERENCE).decisions
    found = decided[DECISION_ID].window
    assert found
    return found


def test_a_decision_of_15_december_2017_published_that_day_is_effective_on_the_22nd() -> None:
    given(*DECIDED).when(PUBLISHED).then(
        DecisionPublished(
            DECISION_ID, window(PUBLISHED), date(2017, 12, 22), date(2017, 12, 22), ""
        )
    )
    counted = [one.date.day for one in window(PUBLISHED).days if one.counted]
    assert counted == [15, 18, 19, 20, 21]


@pytest.mark.parametrize(
    ("published", "effective"),
    [
        (date(2017, 12, 8), date(2017, 12, 15)),
        (date(2019, 3, 4), date(2019, 3, 9)),
        (date(2023, 12, 21), date(2023, 12, 30)),
    ],
)
def test_herefordshires_published_rows_fit(published: date, effective: date) -> None:
    assert window(LATER.at(published)).day_after == effective


@pytest.mark.parametrize(
    ("base", "effective"),
    [
        (date(2021, 3, 31), date(2021, 4, 10)),
        (date(2021, 5, 25), date(2021, 6, 3)),
    ],
)
def test_rows_that_do_not_count_the_day_of_publication_fit(base: date, effective: date) -> None:
    found = rules("herefordshire")
    assert found.constitution.call_in
    following = replace(found.constitution.call_in, first_day_counts=False)
    southwark = replace(found, constitution=replace(found.constitution, call_in=following))
    published = given(*COMPLETED, rules_=southwark).when(LATER.at(base)).outcome()[0]
    assert isinstance(published, DecisionPublished)
    assert published.effective == effective


def test_until_it_is_published_such_a_decision_has_no_effect() -> None:
    decided = given(*DECIDED).procurement(herefordshire.REFERENCE).decisions[DECISION_ID]
    assert (decided.window, decided.effective) == (None, None)
    assert decided.effective_on("a") is None


def test_publication_leaves_a_window_alone_that_counts_from_the_decision() -> None:
    before = given(*KEY_DECIDED).procurement().decisions[DECISION_ID]
    published = PUBLISH.at(date(2022, 12, 16))
    given(*KEY_DECIDED).when(published).then(
        DecisionPublished(DECISION_ID, before.window, date(2022, 12, 21), None, "")
    )


def test_what_is_not_open_to_call_in_has_effect_before_it_is_published() -> None:
    given(*AUTHORISED).when(PUBLISH).then(DecisionPublished(DECISION_ID, None, DAY, None, ""))


def test_another_day_is_published_with_the_reason_why() -> None:
    published = but(PUBLISHED, effective=date(2017, 12, 23))._replace(source=None)
    (refusal,) = given(*COMPLETED).when(published).then_refused("D11")
    wanted = "The rules give Friday 22 December 2017: say why another day is published"
    assert refusal.reason == wanted
    assert refusal.provenance.startswith("inferred: 13 of 15 published rows")
    explained = but(published, because="The website was down")
    kept = given(*COMPLETED, explained).procurement(herefordshire.REFERENCE).decisions[DECISION_ID]
    assert (kept.effective, kept.published_effective, kept.published_because) == (
        date(2017, 12, 22),
        date(2017, 12, 23),
        "The website was down",
    )


def test_a_council_without_call_in_has_no_rule_to_cite() -> None:
    classes = tuple(replace(one, call_in=False) for one in leeds().constitution.classes)
    record = given(*AUTHORISED, rules_=leeds(classes=classes, call_in=None))
    (refusal,) = record.when(but(PUBLISH, effective=date(2022, 11, 15))).then_refused("D11")
    assert refusal.provenance == ""


def test_a_day_is_not_published_where_the_rules_give_none() -> None:
    found = rules("herefordshire")
    silent = replace(found, constitution=replace(found.constitution, call_in=None))
    record = given(*COMPLETED).under(silent).when(PUBLISHED._replace(source=None))
    assert record.reason("D11") == "The rules give no day yet: say why another day is published"


def test_a_decision_on_record_is_published_once() -> None:
    assert given(OPEN).when(PUBLISH).reason("C1") == "There is no such decision"
    given(*AUTHORISED, PUBLISH).when(PUBLISH).then_refused("C2")
    published = given(*AUTHORISED, PUBLISH).procurement().decisions[DECISION_ID].published
    assert published == When(DAY)
