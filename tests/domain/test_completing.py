"""A decision is published with a complete record; what is missing is added and stays marked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.call_in import RecordCallIn
from domain.closed import ClosedPart, Exemption
from domain.closing_call_in import CloseCallIn
from domain.completing import (
    CompleteDecisionRecord,
    DecisionRecordCompleted,
    OfConsultee,
    OfPaper,
)
from domain.consultation import AnswerConsultation
from domain.publication import PublishDecision
from domain.record import Added, Decision
from domain.reported import Alternative
from domain.values import When
from projections.record_told import told_of_record
from projections.sentences import sentence
from tests import scenario
from tests.domain import herefordshire, wyvern
from tests.domain.cases import (
    AUTHORISED,
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    UNHEARD_OF,
    acts,
    but,
    given,
    members,
)
from tests.domain.herefordshire import CASE, CLERK, DECIDED, DECISION, OPEN, REFERENCE, REPORT
from tests.domain.wyvern import FAMILIES, HEALTH
from tests.scenario import step

LATER = date(2018, 3, 5)
MARCH = When(date(2018, 3, 1), "month")
APPENDIX = ClosedPart("Appendix of prices", Exemption("Affairs of the tenderer"))
WITH_PARAGRAPH = ClosedPart("Appendix of advice", Exemption("Privilege", 5))
SILENT = (
    OPEN,
    but(REPORT, closed=(WITH_PARAGRAPH, APPENDIX)),
    but(DECISION, reasons="", alternatives=())._replace(on=MARCH),
)
"""An imported decision whose record gives next to nothing."""
PUBLISH = step(PublishDecision(CASE, DECISION_ID), CLERK, date(2018, 4, 3))
REJECTED = (Alternative("A competition", "Nobody else offers it"),)
DATE = "The record names the day of the decision: it has only “in March 2018”"
REASONS = "A decision is recorded with its reasons"
ALTERNATIVES = (
    "A decision is recorded with the alternatives that were rejected, "
    "or with why none was considered"
)
INTERESTS = "Say whether an interest was declared: nothing is on record"
PARAGRAPH = "Name the paragraph of Schedule 12A under which “Appendix of prices” is exempt"


def add(**items: Any) -> step:
    return step(CompleteDecisionRecord(CASE, DECISION_ID, **items), CLERK, date(2018, 4, 3))


EVERYTHING = add(
    made_on=LATER,
    reasons="It is the only system that fits",
    alternatives=REJECTED,
    interests="none-declared",
    papers=(OfPaper(2, 3),),
)


def decision(*steps: step) -> Decision:
    return given(*steps).procurement(REFERENCE).decisions[DECISION_ID]


def test_it_is_not_published_while_anything_is_missing_and_all_of_it_is_named() -> None:
    """Rules D8 and D9."""
    record = scenario.given(*SILENT).when(PUBLISH)
    refusals = record.then_refused("D8", "D8", "D8", "D8", "D9")
    said = [one.reason for one in refusals]
    assert said == [DATE, REASONS, ALTERNATIVES, INTERESTS, PARAGRAPH]


def test_with_everything_added_it_is_published() -> None:
    given(*SILENT, EVERYTHING).when(PUBLISH).outcome()
    given(*AUTHORISED).when(
        step(PublishDecision(scenario.CASE, DECISION_ID), scenario.CLERK)
    ).outcome()


def test_an_imported_publication_is_irregular_once_for_each_thing_that_is_missing() -> None:
    """What the decision was recorded without was noted with it."""
    imported = PUBLISH._replace(source="the minutes")
    found = given(*SILENT, imported).procurement(REFERENCE).irregularities
    mine = [one.irregularity for one in found if one.irregularity.rule in ("D8", "D9")]
    assert [(one.rule, one.reason) for one in mine] == [
        ("D8", REASONS),
        ("D8", ALTERNATIVES),
        ("D8", INTERESTS),
        ("D8", DATE),
        ("D9", PARAGRAPH),
    ]


def test_what_is_added_stays_marked_with_its_day_and_who_added_it() -> None:
    found = decision(*SILENT, EVERYTHING)
    assert (found.reasons, found.alternatives) == ("It is the only system that fits", REJECTED)
    assert (found.interests, found.made) == ("none-declared", LATER)
    assert found.on == MARCH
    marked = ["date", "reasons", "alternatives", "interests", "paragraph 2"]
    assert list(found.added) == marked
    assert set(found.added.values()) == {Added(When(date(2018, 4, 3)), CLERK)}
    report = given(*SILENT, EVERYTHING).procurement(REFERENCE).reports[found.report]
    assert report.closed == (
        WITH_PARAGRAPH,
        replace(APPENDIX, exemption=Exemption("Affairs of the tenderer", 3)),
    )


def test_it_may_be_added_bit_by_bit() -> None:
    none = add(no_alternatives="The licence is tied to the system")
    found = decision(
        *SILENT, none, add(made_on=LATER), add(interests="declared", interests_note="A")
    )
    assert found.no_alternatives == "The licence is tied to the system"
    assert (found.made, found.interests, found.interests_note) == (LATER, "declared", "A")
    assert list(found.added) == ["alternatives", "date", "interests"]


def test_what_is_on_record_is_never_changed() -> None:
    record = given(*DECIDED)
    (refusal,) = record.when(add(reasons="Others", interests="none-declared")).then_refused("C2")
    assert refusal.reason == "On record, so that it stays as it is: reasons"
    for again in (
        add(made_on=LATER, interests="none-declared"),
        add(interests="none-declared", alternatives=REJECTED),
        add(interests="none-declared", consulted=(OfConsultee(HEALTH, "none-declared"),)),
        add(interests="none-declared", papers=(OfPaper(1, 3),)),
    ):
        record.when(again).then_refused("C2")
    twice = add(papers=(OfPaper(2, 3), OfPaper(2, 5)))
    (refusal,) = given(*SILENT).when(twice).then_refused("C2")
    assert refusal.reason == "Something is added twice"


def test_a_complete_record_takes_nothing_more_and_an_empty_addition_is_none() -> None:
    given(*SILENT, EVERYTHING).when(add(reasons="More")).then_refused("C2", "C2")
    record = given(*SILENT)
    assert record.when(add()).reason("D8") == "Add something that is missing from the record"
    given(OPEN).when(add(reasons="More")).then_refused("C1")
    unheard = add(reasons="More")
    unheard = unheard._replace(command=replace(unheard.command, decision=UNHEARD_OF))
    given(*SILENT).when(unheard).then_refused("C1")


@pytest.mark.parametrize(
    ("on", "day", "fits"),
    [
        (MARCH, date(2018, 3, 31), True),
        (MARCH, date(2018, 4, 1), False),
        (When(date(2018, 3, 7), "week"), date(2018, 3, 5), True),
        (When(date(2018, 3, 7), "week"), date(2018, 3, 12), False),
        (When(date(2018, 3, 7), "before"), date(2018, 3, 6), True),
        (When(date(2018, 3, 7), "before"), date(2018, 3, 7), False),
        (When(date(2018, 3, 7), "after"), date(2018, 3, 8), True),
        (When(date(2018, 3, 7), "after"), date(2018, 3, 7), False),
        (When(date(2018, 3, 7), "unknown"), date(2018, 4, 3), True),
        (When(date(2018, 3, 7), "unknown"), date(2018, 4, 4), False),
    ],
)
def test_the_day_is_one_that_the_record_can_have_meant(on: When, day: date, fits: bool) -> None:
    *before, taken = SILENT
    record = given(*before, taken._replace(on=on)).when(add(made_on=day))
    if fits:
        record.outcome()
    else:
        assert "cannot be the day of a decision made" in record.reason("D8")


@pytest.mark.parametrize(
    ("put_up", "day", "fits"),
    [
        (When(date(2018, 3, 14)), date(2018, 3, 13), False),
        (When(date(2018, 3, 14)), date(2018, 3, 14), True),
        (MARCH, date(2018, 3, 2), True),
        (When(date(2018, 3, 14), "week"), date(2018, 3, 12), True),
        (When(date(2018, 3, 14), "week"), date(2018, 3, 11), False),
        (When(date(2018, 4, 14)), date(2018, 3, 13), True),
    ],
)
def test_the_day_is_not_before_the_report_was_put_up(put_up: When, day: date, fits: bool) -> None:
    """Where the record itself has the decision first, its days stay as contradictory as they are.

    Rule D8.
    """
    opened, report, taken = SILENT
    record = given(opened, report._replace(on=put_up), taken).when(add(made_on=day))
    if fits:
        record.outcome()
    else:
        said = "The decision cannot have been made before the report was put up: "
        assert record.reason("D8").startswith(said)


def test_the_day_of_a_decision_taken_again_is_after_what_referred_it_back() -> None:
    november = When(date(2022, 11, 30), "month")
    *before, taken = (*AUTHORISED[:2], AUTHORISED[2]._replace(on=november, source="the minutes"))
    published = step(PublishDecision(scenario.CASE, DECISION_ID), scenario.CLERK, date(2022, 12, 1))
    steps = [*before, taken, published._replace(source="the minutes")]
    called = step(
        RecordCallIn(scenario.CASE, DECISION_ID, members("1", "2", "3"), "Why", ("a", "b")),
        scenario.CLERK,
        date(2022, 12, 2),
    )._replace(source="the minutes")
    closed = step(
        CloseCallIn(scenario.CASE, DECISION_ID, "referred-back"), scenario.CLERK, date(2022, 12, 9)
    )._replace(source="the minutes")
    december = When(date(2022, 12, 31), "month")
    again = but(taken, decision=UNHEARD_OF)._replace(on=december)
    steps += [called, closed, again]

    def of(decision: UUID, day: date) -> step:
        added = CompleteDecisionRecord(scenario.CASE, decision, made_on=day)
        return step(added, scenario.CLERK, date(2023, 1, 9))

    record = given(*steps)
    record.when(of(DECISION_ID, date(2022, 11, 15))).outcome()
    assert record.when(of(UNHEARD_OF, date(2022, 12, 8))).reason("D8") == (
        "The decision cannot have been made before the call-in was closed: 9 December 2022"
    )
    record.when(of(UNHEARD_OF, date(2022, 12, 9))).outcome()


def test_a_day_that_no_decision_of_ours_could_be_on_is_no_day() -> None:
    with pytest.raises(ValueError, match="1900"):
        add(made_on=date(1899, 1, 1))


def test_of_an_undated_decision_the_record_says_that_it_has_no_date() -> None:
    *before, taken = DECIDED
    undated = taken._replace(on=When(date(2017, 12, 15), "unknown"))
    refusals = scenario.given(*before, undated).when(PUBLISH).then_refused("D8", "D8")
    assert refusals[0].reason == "The record names the day of the decision: it has no date"


def test_alternatives_were_rejected_or_there_were_none() -> None:
    both = add(alternatives=REJECTED, no_alternatives="There is none")
    assert given(*SILENT).when(both).reason("D8").endswith("not both")


def test_an_interest_is_declared_with_what_it_is() -> None:
    said = "Say which interest was declared and what follows from it"
    assert given(*SILENT).when(add(interests="declared")).reason("D8") == said
    *before, taken = DECIDED
    noteless = (*before, but(taken, interests="declared"))
    (refusal,) = scenario.given(*noteless).when(PUBLISH).then_refused("D8")
    assert refusal.reason == said
    found = decision(*noteless, add(interests_note="A trustee; dispensation of 1 March"))
    assert found.interests == "declared"
    assert found.interests_note == "A trustee; dispensation of 1 March"
    assert list(found.added) == ["interests-note"]


def test_only_those_who_publish_decisions_complete_their_record() -> None:
    (refusal,) = (
        given(*SILENT).when(EVERYTHING._replace(by=herefordshire.OFFICER)).then_refused("G1")
    )
    assert "to do, not for" in refusal.reason


# Members who were consulted.

HEARD = (
    *wyvern.CONSULTED,
    but(wyvern.HEALTH_AGREES, interests="not-in-the-record")._replace(source="the minutes"),
    wyvern.FAMILIES_AGREES,
    wyvern.AWARD,
)
PUBLISH_AWARD = step(PublishDecision(wyvern.CASE, AWARD_ID), wyvern.CLERK)


def of_health(interests: Any, note: str = "") -> step:
    said = (OfConsultee(HEALTH, interests, note),)
    return step(CompleteDecisionRecord(wyvern.CASE, AWARD_ID, consulted=said), wyvern.CLERK)


def test_members_who_were_consulted_say_whether_they_have_an_interest() -> None:
    assert given(*HEARD).when(PUBLISH_AWARD).reason("D8") == (
        "Say whether Portfolio Holder for Health, who was consulted, declared an interest"
    )
    asked = but(wyvern.HEALTH_AGREES, interests="declared", interests_note="A governor")
    steps = (*wyvern.CONSULTED, asked, *HEARD[-2:])
    given(*steps).when(PUBLISH_AWARD).outcome()
    record = given(*HEARD, of_health("declared", "A governor")).when(PUBLISH_AWARD)
    record.outcome()
    kept = record.procurement(wyvern.REFERENCE).reports[AWARD_REPORT_ID].consulted[HEALTH]
    assert (kept.view, kept.interests, kept.interests_note) == ("agrees", "declared", "A governor")


def test_a_member_declares_an_interest_with_what_it_is() -> None:
    said = "Say which interest was declared and what follows from it"
    record = given(*wyvern.CONSULTED)
    assert record.when(but(wyvern.HEALTH_AGREES, interests="declared")).reason("D8") == said
    assert given(*HEARD).when(of_health("declared")).reason("D8") == said


def test_officers_who_are_consulted_and_members_not_heard_are_not_asked() -> None:
    """An imported decision may have been made before the answers: that is irregular by itself."""
    early = (*wyvern.CONSULTED, wyvern.AWARD._replace(source="the minutes"))
    given(*early).when(PUBLISH_AWARD).outcome()
    officer = replace(wyvern.TERMS, consultees=(replace(wyvern.TERMS.consultees[0], post=LAWYER),))
    answered = step(
        AnswerConsultation(wyvern.CASE, AWARD_REPORT_ID, LAWYER, "agrees"), wyvern.LAWYER
    )
    steps = (*wyvern.granted(officer), wyvern.AWARD_REPORT, wyvern.ASK, answered, wyvern.AWARD)
    given(*steps).when(PUBLISH_AWARD).outcome()


LAWYER = "wyvern/legal-services"


# What waits, and what is told.


def test_completing_waits_until_it_is_published_and_publishing_waits_for_it() -> None:
    complete, publish = f"complete-decision-record {DECISION_ID}", f"publish-decision {DECISION_ID}"
    found = acts(*SILENT, on=date(2018, 4, 3), reference=REFERENCE)
    assert found[complete].queued
    assert found[complete].posts == found[publish].posts
    assert not found[publish].queued
    after = acts(*SILENT, EVERYTHING, on=date(2018, 4, 3), reference=REFERENCE)
    assert complete not in after
    assert after[publish].queued
    imported = PUBLISH._replace(source="the minutes")
    late = acts(*SILENT, imported, on=date(2018, 4, 3), reference=REFERENCE)
    assert not late[complete].awaited


def test_the_sentence_says_what_was_added_and_that_it_was_added_later() -> None:
    event = DecisionRecordCompleted(
        DECISION_ID, LATER, "R", REJECTED, "", "none-declared", "", (), (OfPaper(2, 3),)
    )
    assert sentence(event) == (
        "Added to the record of the decision, after it was made: its day, 5 March 2018, "
        "its reasons, the alternatives, the interests declared and paragraph 3 for closed paper 2."
    )
    members = (OfConsultee(HEALTH, "none-declared"), OfConsultee(FAMILIES, "declared", "A"))
    event = DecisionRecordCompleted(DECISION_ID, None, "", (), "", None, "A note", members, ())
    assert sentence(event).endswith(
        "which interest was declared and the interests of 2 members consulted."
    )


def test_what_is_lacking_and_what_came_later_is_told_in_words() -> None:
    record = given(*HEARD).procurement(wyvern.REFERENCE)
    context = PUBLISH_AWARD.context()
    told = told_of_record(record.decisions[AWARD_ID], record, context)
    assert told["lacks"] == [
        "Say whether Portfolio Holder for Health, who was consulted, declared an interest"
    ]
    assert told["added_later"] == []
    record = given(*HEARD, of_health("none-declared")).procurement(wyvern.REFERENCE)
    told = told_of_record(record.decisions[AWARD_ID], record, context)
    assert told["lacks"] == []
    assert told["added_later"][0]["item"] == "the interests of Portfolio Holder for Health"
    case = given(*SILENT, EVERYTHING).procurement(REFERENCE)
    told = told_of_record(case.decisions[DECISION_ID], case, PUBLISH.context())
    assert [one["item"] for one in told["added_later"]] == [
        "the date",
        "the reasons",
        "the alternatives",
        "the interests",
        "the paragraph of “Appendix of prices”",
    ]
