"""The conflicts assessment under the 2023 Act: made before the first notice, and revised (G5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from domain.assessing_conflicts import (
    ConflictsAssessed,
    RecordConflictsAssessment,
    facts,
)
from domain.conflicts import Conflict
from domain.constitution import Duty
from domain.effects import AwardContract
from domain.regimes import Regime
from domain.standstill import AwardNoticesSent
from tests.domain import herefordshire, laws, varying, wyvern
from tests.domain.cases import (
    AWARD_LATER,
    AWARD_TO_ALPHA,
    NOTICES,
    RM6187,
    TENDER,
    WITHOUT_COMPETITION,
    acts,
    but,
    given,
)
from tests.domain.laws import ASSESSED, SUMMARIES, TRANSPARENCY, moved
from tests.domain.owing import in_wyvern, publish
from tests.domain.test_scenarios_of_interests import HANDED_OVER
from tests.domain.test_standstill_by_law import FREE, small
from tests.scenario import DIRECTOR, OFFICER, rules, step

SENT = date(2026, 11, 19)
INVITE = but(moved(TENDER), closes=date(2026, 10, 12))
EVALUATOR = Conflict(
    "evaluator", "potential", "Worked for a tenderer until 2024", "Scores nothing of that tenderer"
)
DECIDER = Conflict(
    "decision-maker",
    "actual",
    "A brother is employed by a tenderer",
    "The deputy director decides",
    DIRECTOR.post,
    excludes=True,
)
FIRST = "Before the tender notice (UK4) it is assessed who could have a conflict of interest"


def assessing(*conflicts: Conflict, **fields: Any) -> step:
    return but(ASSESSED, conflicts=conflicts, none_found=not conflicts, **fields)


def unassessed(*steps: step) -> tuple[step, ...]:
    return tuple(one for one in steps if not isinstance(one.command, RecordConflictsAssessment))


def awarded(award: AwardContract = AWARD_TO_ALPHA, **decision: Any) -> tuple[step, ...]:
    """Decided on 13 October 2026, the decision with other words in it."""
    *before, last = laws.awarded("pa2023", award)
    return (*before, but(last, **decision))


CONFLICTED = assessing(EVALUATOR, DECIDER)
DECLARED: dict[str, Any] = {
    "interests": "declared",
    "interests_note": "A share in Alpha, sold since",
}


def test_no_tenders_are_invited_under_the_act_before_conflicts_are_assessed() -> None:
    before = given(*unassessed(*laws.authorised("pa2023")))
    assert before.when(INVITE).reason("G5") == f"{FIRST}: record the conflicts assessment first"
    given(*laws.authorised("pa2023")).when(INVITE).outcome()


@pytest.mark.parametrize("regime", ["pcr2015", "psr2023"])
def test_no_other_law_asks_for_an_assessment_and_one_may_be_made(regime: Regime) -> None:
    steps = laws.authorised(regime)
    given(*steps).when(INVITE).outcome()
    given(*steps).when(assessing(EVALUATOR)).then(ConflictsAssessed(1, (EVALUATOR,)))
    told = laws.told(regime, SENT)
    *before, notices = (*told[:-2], but(told[-2], **DECLARED), told[-1])
    given(*before).when(notices).outcome()


def test_below_the_threshold_none_is_asked_for() -> None:
    decided = small(FREE, AWARD_LATER)[:3]
    given(*decided).when(INVITE).outcome()


def test_a_direct_award_is_announced_when_conflicts_are_assessed() -> None:
    steps = laws.awarded("pa2023", replace(WITHOUT_COMPETITION, ground="Schedule 5, paragraph 6"))
    *before, announced, _ = steps
    assert announced == TRANSPARENCY
    reason = given(*unassessed(*before)).when(announced).reason("G5")
    assert reason.startswith("Before the transparency notice (UK5) it is assessed who could have")
    given(*steps).when(NOTICES.at(SENT)).outcome()


def test_for_a_call_off_it_is_asked_for_when_the_award_is_announced() -> None:
    until = replace(RM6187, since=date(2025, 9, 1), until=date(2029, 8, 31))
    opened, *others = laws.awarded("pa2023")
    steps = (but(opened, framework=until), *others)
    given(*unassessed(*steps), SUMMARIES).when(NOTICES.at(SENT)).then_refused("G5")
    (sent,) = given(*steps, SUMMARIES).when(NOTICES.at(SENT)).outcome()
    assert isinstance(sent, AwardNoticesSent)


def test_what_was_missing_before_the_tender_is_not_missed_again_with_the_award() -> None:
    steps = tuple(one._replace(source="a file") for one in unassessed(*awarded(**DECLARED)))
    given(*steps, SUMMARIES).when(NOTICES.at(SENT)).outcome()


def test_an_interest_declared_since_is_dealt_with_before_the_award_is_announced() -> None:
    steps = (*awarded(**DECLARED), SUMMARIES)
    reason = given(*steps).when(NOTICES.at(SENT)).reason("G5")
    assert reason == (
        "Since the conflicts assessment (14 September 2026) more came to light: an interest was "
        "declared when “Award to Alpha” was decided. Revise it before the contract award notice "
        "(UK6)"
    )
    revised = assessing(DECIDER).at(date(2026, 10, 15))
    given(*steps).when(revised).then(ConflictsAssessed(2, (DECIDER,)))
    given(*steps, revised).when(NOTICES.at(SENT)).outcome()
    again = assessing(DECIDER, EVALUATOR).at(date(2026, 10, 16))
    given(*steps, revised).when(again).then(ConflictsAssessed(3, (DECIDER, EVALUATOR)))


def test_an_assessment_says_what_is_done_about_every_interest_on_record() -> None:
    steps = (*awarded(**DECLARED), SUMMARIES)
    reason = given(*steps).when(assessing(EVALUATOR).at(SENT)).reason("G5")
    assert reason == (
        "An interest was declared when “Award to Alpha” was decided: say what is done about it, "
        "for Director of Adults and Health"
    )
    given(*steps).when(assessing().at(SENT)).then_refused("G5")


def test_conflicts_are_named_or_it_is_said_that_there_are_none() -> None:
    record = given(*laws.authorised("pa2023"))
    neither = record.when(but(assessing(), none_found=False)).reason("G5")
    assert neither == "Name the conflicts of interest, or say that none was found"
    both = record.when(but(assessing(EVALUATOR), none_found=True)).reason("G5")
    assert both == "Conflicts are named, or none was found: not both"


def test_a_conflict_names_a_post_that_there_is_and_is_recorded_by_whose_duty_it_is() -> None:
    record = given(*laws.authorised("pa2023"))
    record.when(assessing(replace(EVALUATOR, post="leeds/nobody"))).then_refused("C1")
    record.when(assessing()._replace(by=DIRECTOR)).then_refused("G1")


def test_a_post_that_is_no_longer_there_is_named_where_the_record_names_it() -> None:
    offices = rules("leeds").offices
    left = tuple(one for one in offices.posts if one.id != DIRECTOR.post)
    record = given(*awarded(**DECLARED), SUMMARIES)
    record.under(replace(rules("leeds"), offices=replace(offices, posts=left)))
    record.when(assessing(DECIDER).at(SENT)).outcome()
    record.when(assessing().at(SENT)).then_refused("G5")
    record.when(assessing(DECIDER, replace(EVALUATOR, post="leeds/nobody"))).then_refused("C1")


def test_a_matter_handed_over_because_of_an_interest_is_a_fact_too() -> None:
    (fact,) = facts(given(*HANDED_OVER).procurement(herefordshire.REFERENCE))
    assert fact.post == herefordshire.CABINET_MEMBER.post
    assert fact.what.endswith("was handed over because of an interest")


def test_an_interest_that_a_consultee_declares_with_the_answer_is_a_fact_too() -> None:
    declared = but(wyvern.HEALTH_AGREES, **DECLARED)
    steps = (*wyvern.CONSULTED, declared, wyvern.FAMILIES_AGREES)
    (fact,) = facts(given(*steps).procurement(wyvern.REFERENCE))
    assert fact.post == wyvern.HEALTH
    assert fact.what == "somebody consulted on “Award to Alpha” declared an interest"


def test_that_a_deputy_declares_an_interest_comes_after_that_of_the_holder() -> None:
    aside = but(wyvern.HEALTH_ABSENT, why="conflicted", reason="A trustee of Alpha")
    answer = but(wyvern.HEALTH_AGREES, **DECLARED)._replace(by=wyvern.DEPUTY_FOR_HEALTH)
    holders, deputys = facts(given(*wyvern.CONSULTED, aside, answer).procurement(wyvern.REFERENCE))
    assert holders.post == deputys.post
    assert holders.id != deputys.id


def test_before_a_change_notice_the_assessment_is_up_to_date() -> None:
    *before, decision = (*varying.contract(), *varying.decided(varying.to("1500000")))
    announce = varying.announce()
    given(*before, decision).when(announce).outcome()
    declared = but(decision, **DECLARED)
    reason = given(*before, declared).when(announce).reason("G5")
    assert reason.endswith("Revise it before the contract change notice (UK10)")
    given(*unassessed(*before), decision).when(announce).then_refused("G5")


def test_the_assessment_is_awaited_before_the_notice_and_when_more_came_to_light() -> None:
    act = "record-conflicts-assessment"
    opened, *others = unassessed(*laws.authorised("pa2023"))
    assert not acts(opened, on=opened.on)[act].awaited  # type: ignore[arg-type]
    waits = acts(opened, *others, on=SENT)
    assert (waits[act].title, waits[act].awaited) == ("Record the conflicts assessment", True)
    assert waits[act].posts[0] == OFFICER.post
    assert waits[act].since == date(2026, 9, 14)
    assert [one.rule for one in waits["invite-tenders"].refusals] == ["G5"]
    made = acts(*laws.authorised("pa2023"), on=SENT)
    assert (made[act].title, made[act].awaited) == ("Revise the conflicts assessment", False)
    assert made["invite-tenders"].refusals == ()
    declared = acts(*awarded(**DECLARED), on=SENT)[act]
    assert declared.queued
    assert act not in acts(*laws.authorised("psr2023"), on=SENT)
    direct = awarded(replace(WITHOUT_COMPETITION, ground="Schedule 5, paragraph 6"))
    first = acts(*(one for one in unassessed(*direct) if one != TRANSPARENCY), on=SENT)[act]
    assert first.queued


def test_scenario_16_a_consultee_stands_aside_and_the_assessment_is_revised() -> None:
    """Under the Act; that a deputy answers instead is told in the case of Nottingham."""
    duties = wyvern.wyvern().constitution.duties
    duty = Duty(act="send-award-notices", posts=(wyvern.MANAGER.post,), standing="illustrative",
                where="a test")  # fmt: skip
    rules = wyvern.wyvern(duties=(*duties, duty))
    day = date(2026, 3, 2)
    opened, *granted = wyvern.GRANTED
    direct = replace(wyvern.DIRECT, starts=date(2026, 9, 1), ground="Schedule 5, paragraph 6")
    aside = but(wyvern.HEALTH_ABSENT, why="conflicted", reason="A trustee of Alpha")
    assessed = step(RecordConflictsAssessment(wyvern.CASE, none_found=True), wyvern.MANAGER)
    steps = tuple(
        one.at(day)
        for one in (
            but(opened, regime="pa2023"),
            *granted,
            assessed,
            wyvern.reported(direct),
            wyvern.ASK,
            aside,
            wyvern.HEALTH_AGREES._replace(by=wyvern.DEPUTY_FOR_HEALTH),
            wyvern.FAMILIES_AGREES,
            wyvern.AWARD,
        )
    )
    record = given(*steps, rules_=rules)
    mine = wyvern.CASE
    notices = step(replace(NOTICES.command, procurement=mine), wyvern.MANAGER, day)
    announced = in_wyvern(publish("UK5", day))
    reason = record.when(announced).reason("G5")
    assert "more came to light: a consultee on “Award to Alpha” has an interest" in reason
    conflict = Conflict(
        "consultee", "actual", "A trustee of Alpha", "The deputy answers", wyvern.HEALTH
    )
    revised = step(RecordConflictsAssessment(mine, (conflict,)), wyvern.MANAGER, day)
    after = given(*steps, revised, announced, rules_=rules)
    (sent,) = after.when(notices).outcome()
    assert isinstance(sent, AwardNoticesSent)
    last = after.procurement(wyvern.REFERENCE).conflicts[-1]
    assert last.conflicts == (conflict,)
