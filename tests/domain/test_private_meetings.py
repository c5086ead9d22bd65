"""A body meets in private: two notices, what people say against it, and urgency (D5)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.answers import Answer
from domain.authority import Rules
from domain.call_in import RecordCallIn
from domain.closed import ClosedPart, Exemption
from domain.closing_call_in import CloseCallIn
from domain.messages import Actor
from domain.offering import Act
from domain.openness import (
    OpennessRepresentationAnswered,
    OpennessRepresentationReceived,
    RecordOpennessRepresentation,
    RespondToOpennessRepresentation,
)
from domain.passed_over import NotThere
from domain.privacy import ForOpenness
from domain.private_notices import (
    AnnouncePrivateMeeting,
    AnnouncePrivateMeetingAgain,
    PrivateMeetingAnnounced,
    PrivateMeetingAnnouncedAgain,
)
from domain.private_urgency import AgreeUrgentPrivateMeeting, UrgentPrivateMeetingAgreed
from domain.publication import PublishDecision
from domain.refusals import Refusal
from domain.values import When
from domain.withdrawing import WithdrawReport
from tests.domain.cases import DECISION_ID, REPORT_ID, acts, but, given, members
from tests.domain.wyvern import (
    BOARD,
    CABINET,
    CASE,
    CLERK,
    MANAGER,
    OPEN,
    OPEN_OTHER,
    OTHER,
    OTHER_REFERENCE,
    REFERENCE,
    RESOLVED,
    STRATEGY,
    wyvern,
)
from tests.scenario import holder, step

PARAGRAPH_3 = Exemption("The tenderers' financial affairs", 3)
CLOSED = but(STRATEGY, closed=(ClosedPart("What bidders ask", PARAGRAPH_3),))
MEETS, TOLD, AGAIN_ON = date(2022, 12, 20), date(2022, 11, 15), date(2022, 12, 12)
WHY = "The report sets out what tenderers ask"
RULES, NONE = wyvern(), wyvern(private_meetings=None)
ASKED = RULES.constitution.private_meetings or pytest.fail("Wyvern has the rule")
SILENT = wyvern(short_notice=None)
SCRUTINY, COUNCIL = holder("wyvern/chair-of-scrutiny"), holder("wyvern/chair-of-council")
ILL = NotThere(SCRUTINY.post, "absent", "Ill")
ANNOUNCE = step(AnnouncePrivateMeeting(CASE, CABINET, MEETS, (3,), WHY), CLERK, TOLD)
SAID = step(
    RecordOpennessRepresentation(CASE, CABINET, MEETS, "press", "The sum is known"), CLERK, TOLD
)
RESPONDED = step(
    RespondToOpennessRepresentation(CASE, CABINET, MEETS, 1, "The prices are not"),
    CLERK,
    date(2022, 12, 5),
)
AGAIN = step(AnnouncePrivateMeetingAgain(CASE, CABINET, MEETS), CLERK, AGAIN_ON)
URGENT = step(
    AgreeUrgentPrivateMeeting(CASE, CABINET, date(2022, 11, 22), (3,), "The grant ends"),
    SCRUTINY,
    TOLD,
)
NOTICED = (OPEN, ANNOUNCE, AGAIN)
PUT_UP = (OPEN, CLOSED)
DECIDED = RESOLVED.at(MEETS)
REFERRED_BACK = (
    step(PublishDecision(CASE, DECISION_ID), CLERK, date(2022, 12, 21)),
    step(
        RecordCallIn(CASE, DECISION_ID, members("1", "2", "3"), "The sum", ("a", "b")),
        CLERK,
        date(2022, 12, 22),
    ),
    step(CloseCallIn(CASE, DECISION_ID, "referred-back"), CLERK, date(2023, 1, 5)),
)
NOT_ON_RECORD = (
    "No notice is on record that Cabinet takes closed papers in private: give 28 clear days' "
    "notice, and a second 5 clear days before, or let the Chair of the Scrutiny Committee agree "
    "that it is urgent"
)


def of(*steps: step) -> given:
    return given(*steps, rules_=RULES)


def barred(*steps: step, when: step = DECIDED) -> Refusal:
    """The one reason, under rule D5, why the Cabinet does not decide."""
    (refusal,) = of(*steps).when(when).then_refused("D5")
    return refusal


def test_the_first_notice_says_why_and_leaves_28_clear_days() -> None:
    event = PrivateMeetingAnnounced(CABINET, MEETS, (3,), WHY, (REFERENCE,), date(2022, 12, 14))
    of(OPEN).when(ANNOUNCE).then(event)
    (refusal,) = of(OPEN).when(but(ANNOUNCE, day=date(2022, 12, 13))).then_refused("D5")
    assert refusal.reason == (
        "28 clear days lie between the notice and the meeting: from Wednesday 14 December 2022, or "
        "sooner if the Chair of the Scrutiny Committee agrees that it is urgent"
    )
    of(OPEN).when(but(ANNOUNCE, day=date(2022, 12, 14))).outcome()
    reason = given(OPEN, rules_=SILENT).when(but(ANNOUNCE, day=date(2022, 12, 13))).reason("D5")
    assert reason.endswith("from Wednesday 14 December 2022")


def test_the_first_notice_names_a_paragraph_and_a_body_that_gives_such_notices() -> None:
    unnamed = but(ANNOUNCE, paragraphs=())
    assert of(OPEN).when(unnamed).reason("D5") == (
        "The notice names the paragraph of Schedule 12A that makes it private"
    )
    other = but(ANNOUNCE, body="wyvern/scrutiny-committee")
    (refusal,) = of(OPEN).when(other).then_refused("D5")
    assert refusal.reason == (
        "Scrutiny Committee gives no notice of private meetings here: Cabinet and Health Board may"
    )
    assert refusal.provenance == ASKED.provenance
    assert given(OPEN, rules_=NONE).when(ANNOUNCE).reason("D5") == (
        "No rule of Wyvern Council asks for notices of private meetings"
    )


def test_a_meeting_is_announced_once_by_the_posts_that_the_rule_names() -> None:
    of(OPEN, ANNOUNCE).when(ANNOUNCE).then_refused("C2")
    (refusal,) = of(OPEN).when(ANNOUNCE._replace(by=MANAGER)).then_refused("G1")
    assert refusal.provenance == ASKED.provenance


@pytest.mark.parametrize("after", [SAID, RESPONDED, AGAIN])
def test_what_follows_is_for_the_same_posts_and_about_a_meeting_on_record(after: step) -> None:
    before = (OPEN, ANNOUNCE, SAID) if after is RESPONDED else (OPEN, ANNOUNCE)
    of(*before).when(after._replace(by=MANAGER)).then_refused("G1")
    of(*before).when(after).outcome()
    for wrong in (but(after, body=BOARD), but(after, day=date(2022, 12, 21))):
        assert "C1" in [one.rule for one in of(*before).when(wrong).raised()]


def test_two_bodies_and_two_days_are_not_confused() -> None:
    boards, later = but(ANNOUNCE, body=BOARD), but(ANNOUNCE, day=date(2022, 12, 21))
    found = of(OPEN, ANNOUNCE, boards, later, but(SAID, body=BOARD)).procurement(REFERENCE)
    heard = {(one.body, one.day): len(one.representations) for one in found.private_meetings}
    assert heard == {(CABINET, MEETS): 0, (BOARD, MEETS): 1, (CABINET, date(2022, 12, 21)): 0}
    assert barred(OPEN, CLOSED, boards, but(AGAIN, body=BOARD)).reason == NOT_ON_RECORD


def test_a_representation_is_kept_without_a_name_and_answered_once() -> None:
    received = OpennessRepresentationReceived(CABINET, MEETS, "press", "The sum is known")
    of(OPEN, ANNOUNCE).when(SAID).then(received)
    answered = OpennessRepresentationAnswered(CABINET, MEETS, 1, "The prices are not")
    of(OPEN, ANNOUNCE, SAID).when(RESPONDED).then(answered)
    of(OPEN, ANNOUNCE, SAID, RESPONDED).when(RESPONDED).then_refused("C2")
    of(OPEN, ANNOUNCE, SAID).when(but(RESPONDED, number=2)).then_refused("C1")
    late = SAID.at(date(2022, 12, 21))
    reason = of(OPEN, ANNOUNCE).when(late).reason("D5")
    assert reason == "The meeting of 20 December 2022 has been held"


def test_the_second_notice_states_reasons_representations_and_responses() -> None:
    heard = (ForOpenness("press", "The sum is known", "The prices are not"),)
    event = PrivateMeetingAnnouncedAgain(CABINET, MEETS, WHY, heard, MEETS)
    of(OPEN, ANNOUNCE, SAID, RESPONDED).when(AGAIN).then(event)
    reason = of(OPEN, ANNOUNCE, SAID).when(AGAIN).reason("D5")
    assert reason == (
        "1 representation without a response: the second notice says what was answered to each"
    )


def test_the_second_notice_is_given_once_and_five_clear_days_before() -> None:
    of(*NOTICED).when(AGAIN).then_refused("C2")
    late = AGAIN.at(date(2022, 12, 13))
    assert of(OPEN, ANNOUNCE).when(late).reason("D5") == (
        "5 clear days lie between the second notice and the meeting of 20 December 2022: given "
        "today, it is for one from Wednesday 21 December 2022"
    )
    days = wyvern(private_meetings=replace(ASKED, unit="days"))
    given(OPEN, ANNOUNCE, rules_=days).when(AGAIN.at(date(2022, 12, 14))).outcome()


def test_after_both_notices_the_body_decides_on_the_day_of_the_meeting() -> None:
    waits = barred(*NOTICED, CLOSED, when=RESOLVED.at(date(2022, 12, 19)))
    assert waits.cured_on == MEETS
    assert waits.reason == "Cabinet meets in private on Tuesday 20 December 2022"
    of(*NOTICED, CLOSED).when(DECIDED).outcome()


def test_without_notices_it_decides_on_nothing_that_is_closed() -> None:
    refusal = barred(*PUT_UP)
    assert (refusal.reason, refusal.provenance) == (NOT_ON_RECORD, ASKED.provenance)
    of(OPEN, STRATEGY).when(DECIDED).outcome()
    given(*PUT_UP, rules_=NONE).when(DECIDED).outcome()
    given(*PUT_UP, rules_=wyvern(private_meetings=replace(ASKED, bodies=(BOARD,)))).when(
        DECIDED
    ).outcome()
    reason = given(*PUT_UP, rules_=SILENT).when(DECIDED).reason("D5")
    assert reason.endswith("and a second 5 clear days before")


def test_one_notice_is_not_enough() -> None:
    first, time = of(OPEN, ANNOUNCE, CLOSED).when(RESOLVED.at(AGAIN_ON)).then_refused("D5", "D5")
    assert first.reason == (
        "The private meeting of Cabinet on 20 December 2022 has had no second notice: give it by "
        "Monday 12 December 2022"
    )
    assert time.cured_on == MEETS
    assert barred(OPEN, ANNOUNCE, CLOSED).reason.endswith(
        "the last day for it was Monday 12 December 2022"
    )


UNDER_4 = but(
    STRATEGY, closed=(ClosedPart("What staff were told", Exemption("Labour relations", 4)),)
)


def test_the_notice_names_the_paragraphs_under_which_the_report_is_closed() -> None:
    assert barred(*NOTICED, UNDER_4).reason == (
        "What was announced of the private meeting of Cabinet on 20 December 2022 does not name "
        "paragraph 4 of Schedule 12A, under which the report is closed"
    )
    of(OPEN, but(ANNOUNCE, paragraphs=(3, 4)), AGAIN, UNDER_4).when(DECIDED).outcome()
    unsaid = but(STRATEGY, closed=(ClosedPart("What bidders ask", Exemption("Prices")),))
    of(*NOTICED, unsaid._replace(source="the minutes")).when(DECIDED).outcome()


def test_for_a_paragraph_that_was_not_named_another_meeting_is_announced_or_a_chair_agrees() -> (
    None
):
    act = f"announce-private-meeting {CABINET}"
    assert offered(*NOTICED, UNDER_4, on=AGAIN_ON)[act].queued
    another = but(ANNOUNCE, day=date(2023, 1, 17), paragraphs=(4,)).at(AGAIN_ON)
    assert not offered(*NOTICED, UNDER_4, another, on=AGAIN_ON)[act].queued
    agreed = but(URGENT, day=MEETS, paragraphs=(4,)).at(AGAIN_ON)
    record = of(*NOTICED, UNDER_4, agreed)
    record.when(DECIDED).outcome()
    (meeting,) = record.procurement(REFERENCE).private_meetings
    assert meeting.paragraphs == (3, 4)


def test_what_a_call_in_referred_back_is_announced_anew() -> None:
    classes = tuple(replace(one, call_in=one.id == "cabinet") for one in RULES.constitution.classes)
    rules = wyvern(classes=classes)
    record = given(*NOTICED, CLOSED, DECIDED, *REFERRED_BACK, rules_=rules)
    next_time, meets = but(DECIDED, decision=UUID(int=78)), date(2023, 2, 14)
    assert record.when(next_time.at(meets)).reason("D5") == NOT_ON_RECORD
    steps = (*NOTICED, CLOSED, DECIDED, *REFERRED_BACK)
    act = f"announce-private-meeting {CABINET}"
    assert offered(*steps, on=date(2023, 1, 6), under=rules)[act].queued
    anew = but(ANNOUNCE, day=meets).at(date(2023, 1, 6))
    twice = but(AGAIN, day=meets).at(date(2023, 2, 6))
    announced = given(*steps, anew, twice, rules_=rules)
    assert (
        announced.when(next_time.at(date(2023, 2, 15)))
        .reason("D5")
        .startswith("The notices are for the meeting of Cabinet on 14 February 2023")
    )
    announced.when(next_time.at(meets)).outcome()
    urgent = but(URGENT, day=date(2023, 1, 10)).at(date(2023, 1, 9))
    given(*steps, urgent, rules_=rules).when(next_time.at(date(2023, 1, 10))).outcome()


def test_what_was_resolved_in_private_is_recorded_for_the_day_announced() -> None:
    later = RESOLVED.at(date(2022, 12, 22))
    assert barred(*NOTICED, CLOSED, when=later).reason == (
        "The notices are for the meeting of Cabinet on 20 December 2022, not on 22 December 2022: "
        "record it for the day announced"
    )
    of(*NOTICED, CLOSED).when(but(later, met=MEETS)).outcome()


def test_a_notice_is_for_one_meeting() -> None:
    """What was put off there and comes back is taken at another."""
    deferred = tuple(Answer(one, "deferred", "Later") for one in "ab")
    put_off = but(DECIDED, answers=deferred)
    again = but(CLOSED, report=UUID(int=77)).at(MEETS)
    next_time = but(RESOLVED, report=UUID(int=77), decision=UUID(int=78))
    record = of(*NOTICED, CLOSED, put_off, again)
    record.when(next_time.at(MEETS)).outcome()
    assert record.when(next_time.at(date(2022, 12, 22))).reason("D5") == NOT_ON_RECORD


def test_imported_what_is_missing_is_told_once() -> None:
    imported = DECIDED._replace(source="the minutes")

    def said(*steps: step) -> list[str]:
        found = of(*steps, imported).procurement(REFERENCE).irregularities
        return [one.irregularity.reason for one in found if one.irregularity.rule == "D5"]

    assert said(*PUT_UP) == [NOT_ON_RECORD.partition(":")[0]]
    once = "The private meeting of Cabinet on 20 December 2022 has had no second notice"
    assert said(OPEN, ANNOUNCE, CLOSED) == [once]
    late = ANNOUNCE._replace(on=When(date(2022, 12, 1)), source="the notice")
    at_notice, at_decision = said(OPEN, late, AGAIN, CLOSED)
    assert at_notice.startswith("28 clear days lie between the notice and the meeting")
    assert at_decision == (
        "The notices of the private meeting of Cabinet on 20 December 2022 left too few clear "
        "days: they allow one from Friday 30 December 2022"
    )
    unknown = DECIDED._replace(on=When(date(2022, 12, 22), "unknown"), source="the minutes")
    found = of(*NOTICED, CLOSED, unknown).procurement(REFERENCE)
    assert "D5" not in [one.irregularity.rule for one in found.irregularities]


def test_imported_under_rules_without_notices_they_are_told_as_they_were() -> None:
    steps = [one._replace(source="the file") for one in (ANNOUNCE, AGAIN)]
    found = given(OPEN, *steps, rules_=NONE).procurement(REFERENCE)
    (meeting,) = found.private_meetings
    assert (meeting.announced, meeting.again) == (When(TOLD), When(AGAIN_ON))
    assert {one.irregularity.rule for one in found.irregularities} == {"D5"}


def test_where_there_is_no_time_a_chair_agrees_and_says_why() -> None:
    event = UrgentPrivateMeetingAgreed(
        CABINET, date(2022, 11, 22), (3,), "The grant ends", SCRUTINY.post, (), (REFERENCE,)
    )
    of(OPEN).when(URGENT).then(event)
    of(OPEN, CLOSED, URGENT).when(RESOLVED.at(date(2022, 11, 22))).outcome()
    waits = barred(OPEN, CLOSED, URGENT, when=RESOLVED.at(date(2022, 11, 21)))
    assert waits.cured_on == date(2022, 11, 22)


def test_a_second_notice_that_was_missed_may_be_urgent_too() -> None:
    late = but(URGENT, day=MEETS)
    of(OPEN, ANNOUNCE).when(late.at(AGAIN_ON)).then_refused("D5")
    missed = late.at(date(2022, 12, 13))
    record = of(OPEN, ANNOUNCE, CLOSED, missed)
    record.when(DECIDED).outcome()
    (meeting,) = record.procurement(REFERENCE).private_meetings
    assert (meeting.reasons, meeting.urgent) == (WHY, "The grant ends")


def test_notices_that_were_too_short_leave_it_to_a_chair() -> None:
    meets = date(2022, 12, 6)
    told, urgent = but(ANNOUNCE, day=meets), but(URGENT, day=meets).at(date(2022, 11, 25))
    short = told.at(date(2022, 11, 15))._replace(source="the file")
    again = but(AGAIN, day=meets).at(date(2022, 11, 25))
    too_late = again.at(date(2022, 12, 1))._replace(source="the file")
    in_time = told.at(date(2022, 10, 31))
    for steps in ((short, again), (in_time, too_late)):
        assert (
            "left too few clear days"
            in barred(OPEN, CLOSED, *steps, when=RESOLVED.at(meets)).reason
        )
        agreed = urgent.at(date(2022, 12, 2))
        of(OPEN, CLOSED, *steps, agreed).when(RESOLVED.at(meets)).outcome()
    of(OPEN.at(date(2022, 10, 31)), in_time, again).when(urgent).then_refused("D5")


def test_nobody_has_to_agree_where_there_is_time() -> None:
    assert of(OPEN).when(but(URGENT, day=MEETS)).reason("D5") == (
        "Both notices can be given in time for a meeting on Tuesday 20 December 2022: nobody has "
        "to agree"
    )
    of(*NOTICED).when(but(URGENT, day=MEETS).at(date(2022, 12, 19))).then_refused("D5")


@pytest.mark.parametrize(("chair", "passed_over"), [(SCRUTINY, ()), (COUNCIL, (ILL,))])
def test_the_chairs_of_special_urgency_agree_in_their_order(
    chair: Actor, passed_over: tuple[NotThere, ...]
) -> None:
    agreed = but(URGENT, passed_over=passed_over)._replace(by=chair)
    of(OPEN).when(agreed).outcome()
    wrong = but(agreed, passed_over=() if passed_over else (ILL,))
    of(OPEN).when(wrong).then_refused("D5" if passed_over else "C1")


def test_it_is_agreed_once_before_the_meeting_by_a_chair_whom_a_rule_names() -> None:
    of(OPEN, URGENT).when(URGENT).then_refused("C2")
    of(OPEN).when(URGENT._replace(by=CLERK)).then_refused("G1")
    of(OPEN).when(but(URGENT, paragraphs=())).then_refused("D5")
    passed = of(OPEN).when(but(URGENT, day=date(2022, 11, 14))).reason("D5")
    assert passed == "It is agreed before the meeting, and 14 November 2022 has passed"
    reason = given(OPEN, rules_=SILENT).when(URGENT).reason("D5")
    assert reason == "No rule of Wyvern Council says which chair agrees to urgency"
    told = URGENT._replace(by=CLERK, source="the minutes")
    (noted,) = of(OPEN, told).procurement(REFERENCE).irregularities
    assert noted.irregularity.rule == "G1"


def test_one_notice_names_several_procurements_and_goes_on_in_all() -> None:
    both = but(ANNOUNCE, also=(OTHER_REFERENCE,))
    record = of(OPEN, OPEN_OTHER, both)
    for reference in (REFERENCE, OTHER_REFERENCE):
        (meeting,) = record.procurement(reference).private_meetings
        assert meeting.procurements == (REFERENCE, OTHER_REFERENCE)
    for after in (SAID, AGAIN):
        assert record.when(after).reason("C1") == (
            f"It concerns {OTHER_REFERENCE} too: name all that it concerns"
        )
        record.when(but(after, also=(OTHER_REFERENCE,))).outcome()
    twice = but(ANNOUNCE, procurement=OTHER, also=(REFERENCE,))
    of(OPEN, OPEN_OTHER, ANNOUNCE).when(twice).then_refused("C2")


def offered(*steps: step, on: date = TOLD, under: Rules = RULES) -> dict[str, Act]:
    return acts(*steps, on=on, rules_=under, reference=REFERENCE)


def test_the_first_notice_waits_for_whoever_gives_it_while_a_closed_report_waits() -> None:
    found = offered(*PUT_UP)
    act = found[f"announce-private-meeting {CABINET}"]
    assert (act.queued, act.posts) == (True, ASKED.posts)
    urgent = found[f"agree-urgent-private-meeting {CABINET}"]
    assert (urgent.queued, urgent.posts[0]) == (False, SCRUTINY.post)
    assert not any(one.startswith("agree-urgent") for one in offered(*PUT_UP, under=SILENT))
    for steps in ((OPEN, STRATEGY), (OPEN, ANNOUNCE, AGAIN, CLOSED)):
        late = offered(*steps, on=AGAIN_ON)
        assert f"announce-private-meeting {CABINET}" not in late
    assert not any("private" in one for one in offered(*PUT_UP, under=NONE))


def test_the_second_notice_and_the_responses_wait_until_they_are_given() -> None:
    about = f"{CABINET} {MEETS}"
    told = offered(OPEN, ANNOUNCE, CLOSED)
    assert not told[f"announce-private-meeting {CABINET}"].awaited
    assert told[f"announce-private-meeting-again {about}"].due == AGAIN_ON
    assert told[f"announce-private-meeting-again {about}"].queued
    assert not told[f"record-openness-representation {about}"].awaited
    heard = offered(OPEN, ANNOUNCE, SAID)
    assert heard[f"respond-to-openness-representation {about} 1"].queued
    assert not heard[f"announce-private-meeting-again {about}"].queued
    done = offered(OPEN, ANNOUNCE, SAID, RESPONDED, AGAIN, on=AGAIN_ON)
    assert [one for one in done if about in one] == [f"record-openness-representation {about}"]
    urgent = but(URGENT, day=MEETS).at(date(2022, 12, 13))
    agreed = offered(OPEN, ANNOUNCE, urgent, on=date(2022, 12, 13))
    assert f"announce-private-meeting-again {about}" not in agreed
    over = offered(OPEN, ANNOUNCE, on=date(2022, 12, 21))
    assert not any(about in one for one in over)


def test_a_report_that_is_withdrawn_waits_for_no_notice() -> None:
    withdrawn = step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"), MANAGER)
    assert not any("private" in one for one in offered(*PUT_UP, withdrawn))
    again = f"announce-private-meeting-again {CABINET} {MEETS}"
    told = offered(OPEN, ANNOUNCE, CLOSED, withdrawn)
    assert (told[again].queued, told[again].refusals) == (False, ())
    of_a_board = offered(OPEN, but(ANNOUNCE, body=BOARD), CLOSED, withdrawn)
    assert of_a_board[f"announce-private-meeting-again {BOARD} {MEETS}"].queued
    anew = but(CLOSED, report=UUID(int=77))
    assert offered(OPEN, ANNOUNCE, CLOSED, withdrawn, anew)[again].queued
