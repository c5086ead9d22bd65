"""What may happen next, and whose it is: reports and decisions."""

from datetime import date

import pytest

from domain.abandoning import AbandonProcurement
from domain.acts import next_acts
from domain.opening import NoteOnSource
from domain.procurement import Procurement
from domain.report_acts import PublishReport
from domain.reported import Milestone
from domain.values import When
from tests.domain.cases import (
    AUTHORISED,
    AWARDED,
    CALL_IN,
    DECISION,
    DECISION_ID,
    EVALUATED,
    KEY_DECIDED,
    KEY_REPORT,
    NOTICE,
    OPEN,
    PHASE_2,
    RECONSIDERED,
    REFERRED_BACK,
    RELEASED,
    REPORT,
    REPORT_ID,
    SECOND_ID,
    SIGNED,
    TENDER,
    UNDER_WAY,
    acts,
    but,
    given,
    leeds,
)
from tests.scenario import CASE, CLERK, DAY, DIRECTOR, step

WHOLE = (*RELEASED, PHASE_2)
LATER = step(NoteOnSource(CASE, "silence", "Interests", "Not said"), CLERK, date(2023, 6, 30))
PUBLISHED = step(PublishReport(CASE, REPORT_ID), by=CLERK)
PLAN = (
    Milestone("tender", When(date(2022, 11, 14), "week"), "invite-tenders"),
    Milestone("contract starts", When(date(2023, 1, 2))),
)


@pytest.mark.parametrize("n", range(2, len(WHOLE)))
def test_at_each_step_of_a_case_the_next_one_is_offered_to_those_whose_it_is(n: int) -> None:
    following, found = WHOLE[n], given(*WHOLE[:n]).procurement()
    do = following.command.__struct_config__.tag
    offered = next_acts(found, following.context())
    (act,) = [one for one in offered if one.do == do and one.awaited and one.waits_for_time_only]
    assert (act.refusals, act.opens) == ((), None)
    assert following.by.post in act.posts
    assert act.whose


def test_nothing_is_next_where_nothing_was_opened_or_all_was_abandoned() -> None:
    assert next_acts(Procurement(), OPEN.context()) == []
    assert acts(OPEN, step(AbandonProcurement(CASE, "No money"), by=DIRECTOR)) == {}


def test_nobody_waits_for_a_procurement_to_be_abandoned() -> None:
    assert not acts(OPEN)["abandon-procurement"].awaited
    assert "abandon-procurement" not in acts(*SIGNED, on=date(2023, 1, 2))


def test_a_report_waits_for_the_post_that_its_route_names() -> None:
    decide = acts(OPEN, but(REPORT, timetable=PLAN))[f"take-decision {REPORT_ID}"]
    assert decide.title == "Decide the report “Authority to procure”"
    assert decide.posts == (DIRECTOR.post,)
    assert decide.whose.startswith("inferred: decisions of 2022")
    assert (decide.since, decide.due) == (DAY, date(2022, 11, 14))
    assert decide.due_because == "the report plans: tender"


def test_without_a_timetable_or_a_route_a_decision_is_due_on_no_day_and_nobodys() -> None:
    decide = acts(OPEN, REPORT)[f"take-decision {REPORT_ID}"]
    assert (decide.due, decide.due_because) == (None, "")
    record, homeless = given(OPEN, REPORT).procurement(), leeds(routes=())
    decide, *_ = next_acts(record, REPORT.context(homeless))
    assert (decide.posts, decide.whose) == ((), "")


def test_a_report_that_waits_may_be_withdrawn_but_nobody_waits_for_that() -> None:
    assert not acts(OPEN, REPORT)[f"withdraw-report {REPORT_ID}"].awaited


def test_a_key_decision_waits_for_its_notice_and_another_for_none() -> None:
    notice = acts(OPEN, KEY_REPORT)["publish-key-decision-notice procurement"]
    assert (notice.awaited, notice.refusals) == (True, ())
    assert "publish-key-decision-notice procurement" not in acts(OPEN, NOTICE, KEY_REPORT)
    assert "publish-key-decision-notice procurement" not in acts(OPEN, REPORT)


def test_of_a_class_that_was_abolished_no_notice_is_asked() -> None:
    found = given(OPEN, KEY_REPORT).procurement()
    offered = next_acts(found, REPORT.context(leeds(classes=())))
    assert "publish-key-decision-notice" not in [one.do for one in offered]


def test_a_report_may_be_published_once_but_nobody_waits_for_that() -> None:
    assert not acts(OPEN, REPORT)[f"publish-report {REPORT_ID}"].awaited
    assert f"publish-report {REPORT_ID}" not in acts(OPEN, REPORT, PUBLISHED)


@pytest.mark.parametrize(
    ("steps", "act", "since"),
    [
        ((OPEN, REPORT), f"take-decision {REPORT_ID}", DAY),
        ((OPEN, REPORT), f"withdraw-report {REPORT_ID}", DAY),
        ((OPEN, REPORT), f"publish-report {REPORT_ID}", DAY),
        ((OPEN, KEY_REPORT), "publish-key-decision-notice procurement", DAY),
        (AUTHORISED, f"publish-decision {DECISION_ID}", DAY),
        (AUTHORISED, "invite-tenders", DAY),
        ((*KEY_DECIDED, CALL_IN), f"close-call-in {DECISION_ID}", date(2022, 12, 14)),
        ((*AUTHORISED, TENDER), "record-evaluation", date(2022, 12, 6)),
        (EVALUATED, "send-award-notices", date(2022, 12, 6)),
        (EVALUATED, "put-up-report award", date(2022, 12, 6)),
        (AWARDED, "sign-contract", date(2022, 12, 13)),
        (SIGNED, "publish-contract", date(2022, 12, 23)),
        (SIGNED, "start-phase 1", date(2023, 1, 2)),
        (UNDER_WAY, "put-up-report phase", date(2023, 1, 2)),
        (RELEASED, "start-phase 2", date(2023, 6, 5)),
        (RELEASED, "abandon-procurement", None),
        (AUTHORISED, "abandon-procurement", LATER.on),
    ],
)
def test_an_act_waits_since_the_day_that_made_it_possible_whatever_came_later(
    steps: tuple[step, ...], act: str, since: date | None
) -> None:
    offered = acts(*steps, LATER, on=date(2023, 7, 1))
    assert (offered[act].since if act in offered else None) == since


def test_an_act_opens_when_time_alone_has_removed_what_stands_against_it() -> None:
    decide = acts(OPEN, NOTICE, KEY_REPORT)[f"take-decision {REPORT_ID}"]
    assert (decide.opens, decide.waits_for_time_only) == (date(2022, 12, 13), True)


def test_an_act_does_not_open_by_itself_while_something_else_is_missing() -> None:
    assert "sign-contract" not in acts(*AUTHORISED)
    sign = acts(*AWARDED[:-2], on=date(2022, 12, 13))["sign-contract"]
    assert [one.rule for one in sign.refusals] == ["P7", "P4"]
    assert (sign.opens, sign.waits_for_time_only) == (None, False)


def test_an_act_without_a_duty_is_nobodys() -> None:
    found = given(*AUTHORISED).procurement()
    publish, *_ = next_acts(found, DECISION.context(leeds(duties=())))
    assert (publish.do, publish.posts, publish.whose) == ("publish-decision", (), "")


def test_a_decision_waits_to_be_published_and_may_be_called_in() -> None:
    offered = acts(*KEY_DECIDED, on=date(2022, 12, 14))
    call_in = offered[f"record-call-in {DECISION_ID}"]
    assert (call_in.awaited, call_in.due) == (False, date(2022, 12, 20))
    publish = offered[f"publish-decision {DECISION_ID}"]
    assert (publish.awaited, publish.due) == (True, None)
    assert f"record-call-in {DECISION_ID}" not in acts(*KEY_DECIDED, on=date(2022, 12, 21))


def test_a_call_in_waits_for_its_outcome() -> None:
    close = acts(*KEY_DECIDED, CALL_IN, on=date(2022, 12, 15))[f"close-call-in {DECISION_ID}"]
    assert close.since == date(2022, 12, 14)


def test_nothing_is_asked_about_a_decision_that_was_replaced() -> None:
    steps = (*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED)
    about = [one for one in acts(*steps, on=date(2023, 1, 9)) if one.startswith("publish-")]
    assert about == [f"publish-decision {SECOND_ID}", f"publish-report {REPORT_ID}"]
