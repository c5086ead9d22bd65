"""Timetables of the cases, against their records and against the rules that guard each act."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from domain.abandoning import AbandonProcurement
from domain.effects import Asked
from domain.outline import Wishes
from domain.publication import PublishDecision
from domain.refusals import Refused
from domain.regimes import Regime
from domain.standstill import last_day_to_send
from domain.timetable import last_days, pressing_until, timetable
from tests.domain import cases, laws
from tests.domain.cases import (
    AUTHORISED,
    AWARD_LATER,
    AWARDED,
    CALL_IN,
    DECISION,
    DECISION_ID,
    EVALUATED,
    EVALUATION,
    KEY_DECIDED,
    KEY_DECISION,
    KEY_REPORT,
    NO_ACTION,
    NOTICE,
    NOTICES,
    OPEN,
    RECONSIDERED,
    REFERRED_BACK,
    RELEASED,
    REPORT,
    SIGNATURE,
    SIGNED,
    TENDER,
    UNDER_WAY,
    but,
    given,
)
from tests.domain.test_standstill_by_law import FREE, SMALL_SIGNED, small
from tests.domain.timetables import counted, days, lasts, of, on, recorded, steps_of
from tests.scenario import CASE, CLERK, DAY, DIRECTOR, rules, step

ONE = timedelta(days=1)
NEW_YEAR = date(2023, 1, 2)


def test_leeds_plan_hardly_fits_as_its_report_has_it() -> None:
    """The tender of the week of 14 November, three weeks, and notices by 20 December."""
    p, today = recorded("leeds")
    t = timetable(p, on(today))
    last = lasts(t)
    assert (t.starts, t.earliest, t.slack) == (NEW_YEAR, date(2022, 12, 29), 4)
    assert last["invited"] == date(2022, 11, 15) == t.begins_by
    assert last["closed"] == last["invited"] + timedelta(days=21)
    assert last["notices"] == date(2022, 12, 20)
    assert last["notices"] == last_day_to_send("pcr2015", NEW_YEAR, rules("leeds").calendar)
    assert last["stood"] == NEW_YEAR
    (note,) = t.notes
    assert note.endswith(
        "Monday 2 January 2023, which is no working day: New Year's Day (observed)"
    )


def test_a_day_later_leeds_start_is_lost() -> None:
    p, _ = recorded("leeds")
    assert not timetable(p, on(date(2022, 11, 15))).late
    t = timetable(p, on(date(2022, 11, 16)))
    assert t.late
    assert t.earliest > NEW_YEAR


def test_bromley_comes_to_gateway_1_in_june_as_it_said() -> None:
    p, today = recorded("bromley")
    t = timetable(p, on(today, "bromley"))
    found = days(t)
    assert found["gateway-0 decision"] == date(2021, 3, 31)
    assert found["gateway-0 effect"] == date(2021, 4, 13)
    assert found["gateway-1 advice 0"] == date(2021, 6, 29)
    assert found["gateway-1 decision"] == date(2021, 6, 30)
    assert t.starts == date(2022, 10, 1)
    assert t.because == "the present contract ends on 30 September 2022"
    assert t.notes == (
        "The contract is to start on Saturday 1 October 2022, which is no working day: Saturday",
    )
    assert not t.late
    assert any("meets on the days on record from 10 February 2021" in one for one in t.assumed)


def test_herefordshire_waits_for_its_call_in_and_starts_on_a_bank_holiday() -> None:
    p, _ = recorded("herefordshire")
    t = timetable(p, on(date(2017, 12, 15), "herefordshire"))
    assert days(t)["award effect"] == date(2017, 12, 22) == t.earliest
    assert counted(steps_of(t)["award effect"].count) == 5
    assert "notices" not in days(t)
    assert t.because == "the award names the day"
    assert t.notes[0].endswith("Monday 1 January 2018, which is no working day: New Year's Day")


def test_dorsets_award_waits_for_a_budget_and_for_its_consultees() -> None:
    p, today = recorded("joint-public-health-board")
    found = steps_of(timetable(p, on(today, "joint-public-health-board")))
    assert found["plan decision"].fixed
    assert found["budget decision"].day <= found["invited"].day
    assert found["award consulted"].why.startswith("Portfolio Holder for Health, Dorset Council")
    assert found["award consulted"].day <= found["award decision"].day


def test_nottinghams_budget_is_approved_with_the_procurement() -> None:
    p, today = recorded("nottingham")
    found = steps_of(timetable(p, on(today, "nottingham")))
    assert not [one for one in found if one.startswith(("budget", "agreement", "extension"))]
    assert found["published" if "published" in found else "procurement published"].acts
    assert found["closed"].why == "no law and no decision says how long"


def test_what_has_happened_is_fixed_at_its_day() -> None:
    t = of(*AWARDED, day=date(2022, 12, 13))
    fixed = {one.id: one.day for one in t.steps if one.fixed}
    assert fixed == {
        "procurement report": DAY,
        "procurement decision": DAY,
        "invited": DAY,
        "closed": date(2022, 12, 5),
        "evaluated": date(2022, 12, 6),
        "award report": date(2022, 12, 12),
        "award decision": date(2022, 12, 13),
        "notices": date(2022, 12, 12),
        "stood": date(2022, 12, 23),
    }
    assert t.earliest == date(2022, 12, 23)


def test_when_the_contract_is_signed_nothing_has_a_last_day() -> None:
    t = of(*SIGNED, day=date(2022, 12, 24))
    assert (t.earliest, t.begins_by, t.notes[0][:12]) == (NEW_YEAR, None, "The contract")
    assert lasts(t) == {}
    phases = of(*RELEASED, day=date(2023, 6, 5))
    assert steps_of(phases)["phase-2 decision"].fixed
    assert steps_of(of(*UNDER_WAY, day=date(2023, 2, 1)))["phase-2 report"].last is None
    begun = of(*RELEASED, cases.PHASE_2, day=date(2023, 6, 7))
    assert steps_of(begun)["phase 2"].day == date(2023, 6, 6)


def test_an_abandoned_procurement_has_no_timetable() -> None:
    end = step(AbandonProcurement(CASE, "Nobody wants it"), by=DIRECTOR)
    with pytest.raises(Refused, match="abandoned"):
        of(OPEN, end, day=DAY)
    assert last_days(given(OPEN, end).procurement(), on(DAY)) == {}


def test_the_notice_of_a_key_decision_is_guarded_as_it_is_planned() -> None:
    t = of(OPEN, NOTICE, KEY_REPORT, day=DAY)
    found, day = steps_of(t), days(t)["procurement decision"]
    assert (found["procurement notice"].fixed, day) == (True, date(2022, 12, 13))
    record = given(OPEN, NOTICE, KEY_REPORT)
    record.when(DECISION.at(day - ONE)).then_refused("D2")
    assert record.when(DECISION.at(day)).outcome()


def test_a_notice_that_is_not_given_yet_can_be_given_today() -> None:
    t = of(OPEN, KEY_REPORT, day=DAY)
    notice = steps_of(t)["procurement notice"]
    assert (notice.day, notice.acts) == (DAY, (("publish-key-decision-notice", "procurement"),))
    assert days(t)["procurement decision"] == date(2022, 12, 13)
    assert counted(steps_of(t)["procurement decision"].count) == 28


def test_call_in_is_guarded_as_it_is_planned() -> None:
    before = of(OPEN, NOTICE, KEY_REPORT, day=DAY)
    after = of(*KEY_DECIDED, day=KEY_DECISION.on)  # type: ignore[arg-type]
    effect = days(after)["procurement effect"]
    assert days(before)["procurement effect"] == effect == date(2022, 12, 21)
    assert days(after)["invited"] == effect
    record = given(*KEY_DECIDED)
    invite = but(TENDER, closes=date(2023, 1, 31))
    record.when(invite.at(effect - ONE)).then_refused("D10")
    assert record.when(invite.at(effect)).outcome()


def test_a_decision_that_was_called_in_waits_for_the_outcome() -> None:
    day = date(2022, 12, 23)
    found = steps_of(of(*KEY_DECIDED, CALL_IN, day=day))["procurement effect"]
    assert (found.day, found.fixed, found.rule) == (day, False, "D10")
    closed = steps_of(of(*KEY_DECIDED, CALL_IN, NO_ACTION, day=date(2023, 1, 6)))
    assert closed["procurement effect"].day == date(2023, 1, 5)


def test_what_is_decided_again_needs_no_notice_and_no_call_in() -> None:
    again = of(*KEY_DECIDED, CALL_IN, REFERRED_BACK, day=date(2023, 1, 6))
    found = steps_of(again)
    assert found["procurement report"].fixed
    assert found["procurement decision"].day == date(2023, 1, 6)
    assert not {"procurement notice", "procurement effect"} & set(found)
    twice = of(*KEY_DECIDED, CALL_IN, REFERRED_BACK, RECONSIDERED, day=date(2023, 1, 9))
    assert days(twice)["procurement decision"] == date(2023, 1, 9)
    assert days(twice)["invited"] == date(2023, 1, 9)


def test_where_call_in_is_counted_from_publication_it_waits_for_that() -> None:
    rule = rules("bromley").constitution.call_in
    there = cases.leeds(call_in=rule)
    record = (OPEN, NOTICE, KEY_REPORT, KEY_DECISION)
    found = steps_of(of(*record, day=date(2022, 12, 13), rules_=there))
    published = found["procurement published"]
    assert published.acts == (("publish-decision", str(DECISION_ID)),)
    assert (published.day, found["procurement effect"].day) == (
        date(2022, 12, 14),
        date(2022, 12, 22),
    )
    publish = step(PublishDecision(CASE, DECISION_ID), CLERK, date(2022, 12, 13))
    found = steps_of(of(*record, publish, day=date(2022, 12, 13), rules_=there))
    assert found["procurement published"].fixed
    assert found["procurement effect"].day == date(2022, 12, 21)


@pytest.mark.parametrize("regime", ["pcr2015", "pa2023", "psr2023"])
def test_the_standstill_is_guarded_as_it_is_planned(regime: Regime) -> None:
    sent = date(2026, 11, 19)
    awarded = laws.awarded(regime)
    t = of(*awarded, day=sent)
    last, rule = lasts(t)["notices"], laws.LAWS[regime]
    assert last == last_day_to_send(regime, t.starts or sent, on(sent).calendar)
    told = (*awarded, *((laws.SUMMARIES,) if regime == "pa2023" else ()), NOTICES.at(sent))
    done, kept = days(t)["signed"], given(*told)
    assert ("summaries" in days(t)) == (regime == "pa2023")
    assert days(of(*told, day=sent))["signed"] == done
    signature = but(laws.SIGNATURE, starts=t.starts)
    kept.when(signature.at(done - ONE)).then_refused(rule)
    assert kept.when(signature.at(done)).outcome()


@pytest.mark.parametrize("asked", ["none", "voluntary"])
def test_below_the_threshold_only_what_was_decided_on_is_planned(asked: Asked) -> None:
    sent = date(2026, 11, 19)
    record = small(replace(FREE, standstill=asked), AWARD_LATER)
    there = days(of(*record, day=sent))
    assert "summaries" not in there
    assert ("notices" in there, "stood" in there) == ((asked == "voluntary",) * 2)
    told = (*record, NOTICES.at(sent)) if asked == "voluntary" else record
    signature = SMALL_SIGNED.at(there["signed"])
    assert given(*told).when(signature).outcome()


def test_below_the_threshold_the_act_fixes_no_least_time_to_tender() -> None:
    day = date(2026, 9, 14)
    large, less = laws.authorised("pa2023"), small(FREE, AWARD_LATER)[:3]
    for steps, least in (large, 25), (less, 21):
        there = days(of(*steps, day=day))
        assert there["closed"] == there["invited"] + least * ONE
    no_time = small(replace(FREE, tender_days=0), AWARD_LATER)[:3]
    closed = steps_of(of(*no_time, day=day))["closed"]
    assert "below the threshold no law and no decision says how long" in closed.why
    found = given(*less).procurement()
    planned_notice = Wishes(taken=frozenset({"planned-notice"}))
    assert "planned" not in days(timetable(found, on(day), planned_notice))


def test_leeds_signature_is_guarded_as_it_is_planned() -> None:
    t = of(*EVALUATED, day=date(2022, 12, 12))
    assert days(t)["award report"] == date(2022, 12, 13)
    record = given(*AWARDED)
    signed = days(of(*AWARDED, day=date(2022, 12, 13)))["signed"]
    record.when(SIGNATURE.at(signed - ONE)).then_refused("P4")
    assert record.when(SIGNATURE.at(signed)).outcome()


def test_tenders_close_and_are_opened_as_the_rules_let_them() -> None:
    t = of(*AUTHORISED, day=DAY)
    close = days(t)["closed"]
    record = given(*AUTHORISED)
    record.when(but(TENDER, closes=close - ONE)).then_refused("P7")
    assert record.when(but(TENDER, closes=close)).outcome()
    assert days(t)["evaluated"] > close


def test_a_claim_an_open_review_and_a_framework_that_ends_are_noticed() -> None:
    told = laws.told("psr2023", date(2026, 11, 19))
    represented = laws.REPRESENTED.at(date(2026, 11, 24))
    notes = of(*told, represented, day=date(2026, 11, 25)).notes
    assert any(one.startswith("What Beta represented is reviewed") for one in notes)
    reviewed = laws.REVIEWED.at(date(2026, 11, 26))
    assert not any("Beta" in one for one in of(*told, represented, reviewed, day=reviewed.on).notes)  # type: ignore[arg-type]
    told = laws.told("pa2023", date(2026, 11, 19))
    assert any(
        "claim" in one
        for one in of(*told, laws.CLAIM.at(date(2026, 12, 1)), day=date(2026, 12, 1)).notes
    )
    late = of(OPEN, REPORT, day=date(2025, 8, 1))
    assert any(
        one.startswith("Framework RM6187 ends on Saturday 23 August 2025") for one in late.notes
    )


def test_acts_have_the_last_day_of_their_step() -> None:
    found = last_days(given(OPEN, REPORT).procurement(), on(DAY))
    assert found[("take-decision", str(cases.REPORT_ID))] == date(2022, 11, 15)
    assert found[("invite-tenders", "")] == date(2022, 11, 15)
    assert found[("put-up-report", "award")] == date(2022, 12, 20)
    assert found[("send-award-notices", "")] == date(2022, 12, 20)
    assert found[("sign-contract", "")] == NEW_YEAR
    assert last_days(given(*SIGNED).procurement(), on(DAY)) == {}


def test_where_the_calendar_ends_no_act_has_a_last_day() -> None:
    context = on(DAY)
    short = context.calendar
    short = type(short)(short.version, 2022, 2022, short.holidays)
    found = last_days(
        given(OPEN, REPORT).procurement(),
        type(context)(context.stamp, context.constitution, context.offices, short),
    )
    assert found == {}


def test_a_last_day_is_pressing_from_five_working_days_before() -> None:
    calendar, last = on(DAY).calendar, date(2022, 12, 30)
    assert pressing_until(date(2022, 12, 20), calendar) < last
    assert pressing_until(date(2022, 12, 21), calendar) == last
    assert pressing_until(date(2023, 1, 9), calendar) > last


def test_steps_say_how_late_they_are() -> None:
    t = of(*EVALUATED, day=date(2023, 1, 3))
    assert t.slack is not None
    assert t.slack < 0
    notices = steps_of(t)["notices"]
    assert (notices.last, notices.slack) == (date(2022, 12, 20), -14)


def test_notices_that_a_review_sent_back_go_out_again() -> None:
    told = laws.told("psr2023", date(2026, 11, 19))
    represented = laws.REPRESENTED.at(date(2026, 11, 24))
    back = but(laws.REVIEWED.at(date(2026, 11, 26)), outcome="goes-back")
    found = steps_of(of(*told, represented, back, day=date(2026, 11, 26)))
    assert not found["notices"].fixed
    assert found["notices"].day == date(2026, 11, 26)


def test_an_empty_record_starts_when_nothing_says() -> None:
    t = of(but(OPEN, term=None), day=DAY)
    assert (t.starts, t.slack, lasts(t)) == (None, None, {})
    assert t.because == "nothing says when the contract has to start"
    assert not t.late
    assert steps_of(t)["procurement begin"].day == DAY


def test_evaluation_before_the_award_report_is_on_record() -> None:
    assert steps_of(of(*AUTHORISED, TENDER, EVALUATION, day=date(2022, 12, 7)))["evaluated"].fixed
