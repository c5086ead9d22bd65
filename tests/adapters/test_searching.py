"""Searching the trail, in either store: each question by itself, and all of them together."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from adapters.house import House
from adapters.searching import Search
from domain.opening import NoteOnSource
from domain.values import procurement_id
from tests.scenario import CLERK

DECIDER = "herefordshire/cabinet-member-health-and-wellbeing"
HEREFORDSHIRE = "herefordshire-2017-1"
COMMITTEE = "bromley/adult-care-and-health-pds-committee"


@pytest.fixture
def filled(demo: House) -> House:
    demo.catch_up()
    return demo


def found(house: House, search: Search) -> list[tuple[str, str]]:
    rows = house.searching.page(search, 100)
    assert house.searching.count(search) == len(rows)
    return [(one.reference, one.event.partition("/")[0]) for one in rows]


def test_who_did_it_is_found_by_the_post(filled: House) -> None:
    assert found(filled, Search(post=DECIDER)) == [(HEREFORDSHIRE, "decision-taken")]


def note(house: House) -> None:
    """The clerk of Leeds records something."""
    command = NoteOnSource(procurement_id("leeds-2022-1"), "silence", "A matter", "No word of it")
    house.engine.execute(command, house.context("leeds", CLERK, uuid4(), source="Older papers"))


def test_who_did_it_is_found_by_the_person(filled: House) -> None:
    assert found(filled, Search(person=CLERK.person)) == []
    note(filled)
    filled.catch_up()
    assert found(filled, Search(person=CLERK.person)) == [("leeds-2022-1", "source-note-made")]
    assert filled.searching.choices().people == [CLERK.person]


def test_what_was_said_of_a_decision_is_found_by_who_decided(filled: House) -> None:
    kinds = [kind for _, kind in found(filled, Search(body=DECIDER))]
    assert kinds == ["decision-published", "decision-taken"]
    assert ("bromley-2021-1", "recommendation-made") in found(filled, Search(body=COMMITTEE))


def test_a_gateway_is_that_of_the_report_or_decision(filled: House) -> None:
    kinds = [kind for ref, kind in found(filled, Search(gateway="award")) if ref == HEREFORDSHIRE]
    assert kinds == ["decision-published", "decision-taken", "report-published", "report-put-up"]


def test_a_council_has_its_rules_and_its_cases(filled: House) -> None:
    references = {reference for reference, _ in found(filled, Search(council="leeds"))}
    assert references == {"leeds", "leeds-2022-1"}
    assert {one for one, _ in found(filled, Search(reference="leeds-2022-1"))} == {"leeds-2022-1"}


def test_when_it_happened_counts_both_days(filled: House) -> None:
    """What has no day on record is found by the day that rules read it as."""
    day = date(2017, 12, 8)
    kinds = [kind for _, kind in found(filled, Search(happened_from=day, happened_to=day))]
    assert kinds == ["report-published", "report-put-up", "procurement-opened"]
    assert found(filled, Search(happened_from=date(2100, 1, 1))) == []


def test_when_it_was_recorded_is_a_day_in_london(filled: House) -> None:
    """At nine o'clock in the summer, which is eight in UTC."""
    day = date(2017, 6, 14)
    mine = found(filled, Search(recorded_from=day, recorded_to=day))
    assert {reference.partition("-")[0] for reference, _ in mine} == {"nottingham"}
    assert found(filled, Search(recorded_to=date(2017, 6, 13))) == []


def test_words_are_found_in_any_order_and_whatever_their_case(filled: House) -> None:
    assert (HEREFORDSHIRE, "decision-taken") in found(filled, Search(words=("REPORT", "decided")))
    assert found(filled, Search(words=("decided", "%"))) == []


def test_only_the_irregular_and_only_the_imported(filled: House) -> None:
    irregular = filled.searching.page(Search(irregular=True), 100)
    assert irregular
    assert all(one.irregularities for one in irregular)
    assert ("leeds", "offices-adopted") not in found(filled, Search(imported=True))


def test_everything_asked_for_has_to_fit(filled: House) -> None:
    both = Search(kind="decision-taken", council="herefordshire", irregular=True)
    assert found(filled, both) == [(HEREFORDSHIRE, "decision-taken")]
    assert found(filled, both._replace(council="leeds")) == []


def test_pages_follow_one_another_and_all_of_them_are_everything(filled: House) -> None:
    first = filled.searching.page(Search(council="leeds"), 3)
    second = filled.searching.page(Search(council="leeds"), 100, first[-1].position)
    assert [*first, *second] == filled.searching.page(Search(council="leeds"), 100)
    end = first[0].position - 1
    assert [*first[1:], *second] == list(filled.searching.every(Search(council="leeds"), end))


def test_what_can_be_chosen_is_what_there_is(filled: House) -> None:
    known = filled.searching.choices()
    rows = filled.searching.page(Search(), 100)
    assert known.posts == sorted({one.post for one in rows})
    assert set(known.people) == {one.person for one in rows if one.person}
    assert "decision-taken" in known.kinds


def test_an_entry_is_found_by_its_words_before_it_is_by_who(filled: House) -> None:
    """The two are brought up to date one after the other."""
    note(filled)
    filled.runners["trail"].catch_up()
    assert len(found(filled, Search(words=("A matter",)))) == 1
    assert found(filled, Search(person=CLERK.person)) == []
