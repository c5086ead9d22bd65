"""Leeds from where its record stops to its second phase, day by day on the demo clock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from adapters.house import House
from domain.contract import PublishContract, StartPhase
from domain.effects import ReleasePhase
from domain.market import InviteTenders, RecordEvaluation
from domain.messages import Actor
from domain.standstill import SendAwardNotices
from domain.values import Amount
from projections.standing import stage
from tests.cases.journey import AWARD, CRITERIA, LEEDS, REFERENCE, SIGN, TENDERS, Journey
from tests.cases.walk import rules
from tests.scenario import CLERK, DIRECTOR, LAWYER, OFFICER


@pytest.fixture
def leeds(demo: House) -> Journey:
    return Journey(demo)


@pytest.fixture
def evaluated(leeds: Journey) -> Journey:
    """Decided, tendered for three weeks, and evaluated on 6 December 2022."""
    leeds.decide().on(date(2022, 11, 14))
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER)
    return leeds.on(date(2022, 12, 6)).do(RecordEvaluation(LEEDS, TENDERS, ("a panel",)), OFFICER)


@pytest.fixture
def awarded(evaluated: Journey) -> Journey:
    """Notices went out on Wednesday 14 December, and the award was decided on the 15th."""
    evaluated.on(date(2022, 12, 14)).do(SendAwardNotices(LEEDS, "electronic"), OFFICER)
    return (
        evaluated.put_up("award", "significant-operational", AWARD).on(date(2022, 12, 15)).decide()
    )


@pytest.fixture
def under_way(awarded: Journey) -> Journey:
    """Signed on 29 December, and phase 1 started on 2 January 2023."""
    awarded.on(date(2022, 12, 29)).do(SIGN, LAWYER)
    return awarded.on(date(2023, 1, 2)).do(StartPhase(LEEDS, 1), OFFICER)


def test_once_the_director_has_decided_the_tender_waits_for_those_who_buy(leeds: Journey) -> None:
    leeds.decide()
    assert leeds.waiting == {
        ("invite-tenders", "commissioning-officer"),
        ("invite-tenders", "deputy-director-integrated-commissioning"),
    }
    row = leeds.row("invite-tenders")
    assert row.due == date(2022, 11, 20)
    assert row.due_because.startswith("the report plans: tender published")


def test_the_stage_says_that_it_is_awarded_and_stands_still(evaluated: Journey) -> None:
    evaluated.on(date(2022, 12, 14)).do(SendAwardNotices(LEEDS, "electronic"), OFFICER)
    assert stage(evaluated.case) == "In standstill to Wednesday 28 December 2022"
    evaluated.put_up("award", "significant-operational", AWARD).on(date(2022, 12, 15)).decide()
    assert stage(evaluated.case) == "Awarded, in standstill to Wednesday 28 December 2022"
    evaluated.on(date(2022, 12, 29)).do(SIGN, LAWYER)
    assert stage(evaluated.case) == "Contract signed"


def test_nobody_decides_the_report_again(leeds: Journey) -> None:
    again = leeds.decision()
    leeds.decide()
    assert "C2" in rules(leeds.refused(again, DIRECTOR))


def test_its_author_does_not_decide_it(leeds: Journey) -> None:
    offices = leeds.house.rules("leeds").offices
    (deputy,) = offices.deputies
    author = Actor(deputy.person, DIRECTOR.post, deputising=True)
    assert rules(leeds.refused(leeds.decision(), author)) == ["G6"]


def test_tenderers_get_the_three_weeks_that_were_decided(leeds: Journey) -> None:
    leeds.decide().on(date(2022, 11, 14))
    (refusal,) = leeds.refused(InviteTenders(LEEDS, date(2022, 12, 4), CRITERIA), OFFICER)
    assert "until Monday 5 December 2022" in refusal.reason
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER)


def test_tenders_are_opened_after_the_last_day_for_them(leeds: Journey) -> None:
    leeds.decide().on(date(2022, 11, 14))
    leeds.do(InviteTenders(LEEDS, date(2022, 12, 5), CRITERIA), OFFICER).on(date(2022, 12, 5))
    (refusal,) = leeds.refused(RecordEvaluation(LEEDS, TENDERS, ("a panel",)), OFFICER)
    assert (refusal.rule, refusal.cured_on) == ("E1", date(2022, 12, 6))


def test_60_to_40_the_dearer_tender_wins(evaluated: Journey) -> None:
    evaluation = evaluated.house.procurement(REFERENCE).evaluation
    assert evaluation
    assert [(one.tenderer, one.total) for one in evaluation.ranking] == [
        ("Northmoor", Decimal("77.6")),
        ("Calder", Decimal("74.4")),
    ]


def test_notices_after_20_december_are_too_late_for_the_planned_start(evaluated: Journey) -> None:
    row = evaluated.row("send-award-notices")
    assert row.due == date(2022, 12, 20)
    assert "standstill outlasts the planned start" in row.due_because


def test_inside_the_standstill_nobody_signs_and_the_day_from_which_is_said(
    awarded: Journey,
) -> None:
    (refusal,) = awarded.refused(SIGN, LAWYER)
    assert (refusal.rule, refusal.cured_on) == ("P4", date(2022, 12, 29))
    assert "ends at the end of Wednesday 28 December 2022" in refusal.reason
    assert "24 December 2022: day 10, but Saturday" in refusal.reason
    assert refusal.reason.endswith("Sign from Thursday 29 December 2022")
    row = awarded.row("sign-contract")
    assert (row.post, row.opens) == (LAWYER.post, date(2022, 12, 29))
    assert rules(awarded.on(date(2022, 12, 28)).refused(SIGN, LAWYER)) == ["P4"]
    awarded.on(date(2022, 12, 29)).do(SIGN, LAWYER)


def test_who_decided_the_award_does_not_sign(awarded: Journey) -> None:
    assert rules(awarded.on(date(2022, 12, 29)).refused(SIGN, DIRECTOR)) == ["G1", "G6"]


def test_nobody_signs_for_more_or_for_longer_than_was_awarded(awarded: Journey) -> None:
    awarded.on(date(2022, 12, 29))
    dearer = Amount("exact", Decimal("380000.01"))
    longer = replace(SIGN, supplier="Calder", amount=dearer, starts=date(2023, 1, 1), months=25)
    assert rules(awarded.refused(longer, LAWYER)) == ["P7", "P7", "P7", "T1"]


def test_the_contract_starts_when_it_starts(awarded: Journey) -> None:
    awarded.on(date(2022, 12, 29)).do(SIGN, LAWYER)
    (refusal,) = awarded.refused(StartPhase(LEEDS, 1), OFFICER)
    assert (refusal.rule, refusal.cured_on) == ("T1", date(2023, 1, 2))


def test_phase_2_waits_for_a_decision_of_its_own(under_way: Journey) -> None:
    (refusal,) = under_way.refused(StartPhase(LEEDS, 2), OFFICER)
    assert refusal.rule == "T3"
    assert "only if phase 1 shows that the model is financially viable" in refusal.reason
    under_way.on(date(2023, 6, 1)).put_up("phase", "administrative", ReleasePhase(2))
    assert rules(under_way.refused(StartPhase(LEEDS, 2), OFFICER)) == ["T3"]
    assert ("take-decision", "director-of-adults-and-health") in under_way.waiting
    under_way.decide().do(StartPhase(LEEDS, 2), OFFICER)
    case = under_way.house.procurement(REFERENCE)
    assert [(n, one.day) for n, one in case.started.items()] == [
        (1, date(2023, 1, 2)),
        (2, date(2023, 6, 1)),
    ]


def test_the_register_and_the_trail_follow_to_the_end(under_way: Journey) -> None:
    under_way.do(PublishContract(LEEDS), CLERK)
    row = next(one for one in under_way.house.views.procurements() if one.reference == REFERENCE)
    assert (row.stage, row.supplier) == ("Contract signed, phase 1 under way", "Northmoor")
    assert (row.value, row.starts) == ("£380,000", date(2023, 1, 2))
    said = [one.sentence for one in under_way.house.views.trail(REFERENCE)][6:]
    assert said == [
        "Decided the report: (a) agreed and (b) agreed. It takes effect at once.",
        "Published the decision.",
        "Invited tenders until 5 December 2022, on Quality 60 % and Price 40 %.",
        "Evaluated 2 tenders: Northmoor came first with 77.6 at £380,000.",
        "Sent the award notices. The voluntary standstill ends with Wednesday 28 December 2022.",
        "Put up the report “It is time”, with 1 recommendation.",
        "Decided the report: (a) agreed. It takes effect at once.",
        "Published the decision.",
        "Signed the contract with Northmoor: £380,000, 2 January 2023 to 1 January 2025.",
        "Started phase 1.",
        "Entered the contract in the public register of contracts.",
    ]


@pytest.mark.parametrize(("day", "found"), [(date(2025, 8, 23), []), (date(2025, 8, 24), ["E4"])])
def test_nothing_is_called_off_after_the_framework_has_ended(
    leeds: Journey, day: date, found: list[str]
) -> None:
    leeds.on(day)
    if found:
        refusals = leeds.refused(leeds.decision(), DIRECTOR)
        assert rules(refusals) == found
        assert "ended on 23 August 2025" in refusals[0].reason
    else:
        leeds.decide()
