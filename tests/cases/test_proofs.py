"""By what authority steps of the five cases were taken."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from msgspec.structs import replace

from adapters.house import House
from adapters.proving import proof_of
from domain.authority import AdoptConstitution, AdoptOffices
from domain.consultation import ConsultationAnswered
from domain.contract import ContractSigned
from domain.decided import DecisionTaken
from domain.market import InviteTenders, RecordEvaluation
from domain.messages import Actor
from domain.opening import ProcurementOpened
from domain.refusals import Refused
from domain.standstill import SendAwardNotices
from domain.values import Closed
from tests.cases import bromley, dorset, journey, nottingham
from tests.cases.proving import against, latest, versions
from tests.scenario import DIRECTOR as OF_LEEDS
from tests.scenario import LAWYER, OFFICER, texts


@pytest.fixture
def livewell(demo: House) -> dorset.Journey:
    """The platform awarded under delegated authority, after one Portfolio Holder objected."""
    found = dorset.Journey(demo).on(date(2020, 9, 1)).do(dorset.choosing(), dorset.DIRECTOR)
    found.open_parts().on(date(2020, 10, 1)).decide_detailed_plan()
    found.tender_both()
    found.answer(dorset.PLATFORM, dorset.OF_DORSET, "objects", "One tender is no competition")
    found.answer(dorset.PLATFORM, dorset.DEPUTY, "agrees")
    return found.do(found.decision(dorset.PLATFORM, departing=dorset.WHY), dorset.DIRECTOR)


def test_dorsets_director_decided_by_the_boards_resolution_and_within_the_budget(
    livewell: dorset.Journey,
) -> None:
    proof = latest(livewell.house, dorset.PLATFORM, DecisionTaken)
    assert proof.given
    assert (proof.given.granted_in, proof.given.label) == (dorset.WHOLE, "2")
    assert proof.given.by_title == "Joint Public Health Board"
    assert proof.given.on_text == "on a day that is not on record"
    assert proof.given.source
    assert proof.given.source.startswith("Joint Public Health Board, minutes on LiveWell")
    assert (proof.actor.post, proof.actor.standing) == (dorset.DIRECTOR.post, "holder")
    assert against(proof) == []


def test_its_balance_is_shown_before_and_after(livewell: dorset.Journey) -> None:
    ledger = latest(livewell.house, dorset.PLATFORM, DecisionTaken).ledger
    assert ledger
    assert ledger.limit.says == "approved £300,000"
    before, after = ledger.drawn_before, ledger.drawn_after
    assert (before.says, ledger.draws.says, after.says) == ("£0", "£180,000", "£180,000")
    assert (ledger.left_before.says, ledger.left_after.says) == ("£300,000", "£120,000")


def test_the_two_who_were_consulted_answered_and_one_of_them_by_a_deputy(
    livewell: dorset.Journey,
) -> None:
    proof = latest(livewell.house, dorset.PLATFORM, DecisionTaken)
    assert [(one.post, one.view, one.deputising) for one in proof.consultees] == [
        (dorset.OF_DORSET.post, "objects", False),
        (dorset.OF_BCP.post, "agrees", True),
    ]
    numbers = versions(livewell.house, dorset.PLATFORM, ConsultationAnswered)
    assert [one.answer.version for one in proof.consultees if one.answer] == numbers
    said = " ".join(proof.silent)
    assert "Whom the record means by Portfolio Holder" in said


def test_a_deputy_who_answered_is_proved_with_who_held_the_post_and_what_names_the_deputy(
    livewell: dorset.Journey,
) -> None:
    proof = latest(livewell.house, dorset.PLATFORM, ConsultationAnswered)
    assert (proof.kind, proof.actor.person) == ("consultation", dorset.DEPUTY.person)
    assert (proof.actor.standing, proof.actor.holder) == ("deputy", dorset.OF_BCP.person)
    assert proof.actor.deputy_because
    assert proof.actor.deputy_because.standing == "illustrative"
    assert proof.actor.name in livewell.house.identity.names().values()
    assert [(one.rule, one.outcome) for one in proof.apart] == [("G6", "others")]
    assert (proof.interests[0].interests, against(proof)) == ("none-declared", [])


def test_herefordshires_cabinet_member_decided_and_the_record_names_neither_notice_nor_interests(
    demo: House,
) -> None:
    proof = latest(demo, "herefordshire-2017-1", DecisionTaken)
    assert proof.source == "Herefordshire Council, decision of 15 December 2017: the whole decision"
    (route,) = proof.grounds
    assert route.says.startswith("Award of a contract, key decision: Cabinet Member for Health")
    assert route.standing == "sourced"
    assert (proof.actor.person, proof.given, proof.ledger) == (None, None, None)
    assert [one.interests for one in proof.interests] == ["not-in-the-record"]
    assert {"D2", "D8"} <= {one.rule for one in proof.irregularities}
    assert against(proof) == ["D2"]
    assert [one.outcome for one in proof.apart] == ["not-known"]
    silence = "Who acted as Cabinet Member for Health and Wellbeing: the record names no person"
    assert proof.silent[0] == silence
    assert any("relied on came here only later" in one for one in proof.silent)


def test_leeds_director_decided_and_who_evaluated_and_who_signed_were_others(demo: House) -> None:
    leeds = journey.Journey(demo).decide().on(date(2022, 11, 14))
    first = latest(demo, journey.REFERENCE, DecisionTaken)
    assert (first.source, first.actor.person) == (None, OF_LEEDS.person)
    assert [one.outcome for one in first.apart] == ["by-offices"]
    assert "Director of Adults and Health decides" in first.grounds[0].says
    leeds.do(InviteTenders(journey.LEEDS, date(2022, 12, 5), journey.CRITERIA), OFFICER)
    evaluate = RecordEvaluation(journey.LEEDS, journey.TENDERS, ("a panel",))
    leeds.on(date(2022, 12, 6)).do(evaluate, OFFICER).on(date(2022, 12, 14))
    leeds.do(SendAwardNotices(journey.LEEDS, "electronic"), OFFICER)
    leeds.put_up("award", "significant-operational", journey.AWARD).on(date(2022, 12, 15)).decide()
    award = latest(demo, journey.REFERENCE, DecisionTaken)
    assert [one.says for one in award.apart] == [
        "The author of a report may not decide it",
        "Who evaluated tenders may not decide on them",
    ]
    leeds.on(date(2022, 12, 29)).do(journey.SIGN, LAWYER)
    signed = latest(demo, journey.REFERENCE, ContractSigned)
    assert (signed.kind, signed.actor.person) == ("signature", LAWYER.person)
    assert [one.version for one in signed.rests_on] == [award.version]
    (pair,) = signed.apart
    assert (pair.says, pair.outcome) == ("Who decided an award may not sign the contract", "others")
    assert pair.step
    assert pair.step.version == award.version
    assert (against(first), against(award), against(signed)) == ([], [], [])


def test_a_signature_under_delegated_authority_names_the_resolution_behind_the_award(
    livewell: dorset.Journey,
) -> None:
    decision = [*livewell.house.procurement(dorset.PLATFORM).decisions.values()][-1]
    assert decision.under == dorset.UNDER
    stood = livewell.house.procurement(dorset.PLATFORM).standstill
    assert stood
    assert stood.count
    livewell.on(stood.count.day_after)
    livewell.do(dorset.signing(dorset.PLATFORM, "Harbour Digital", 180000), dorset.LAWYER)
    proof = latest(livewell.house, dorset.PLATFORM, ContractSigned)
    assert proof.given
    assert (proof.given.label, proof.ledger, against(proof)) == ("2", None, [])


def test_nottinghams_director_heard_two_portfolio_holders_and_the_figures_are_closed(
    demo: House,
) -> None:
    walk = nottingham.Nottingham(demo).to_evaluation("Umber Lapwing Trust", "7543219.83")
    walk.enter("7654321.17").put_up_award(walk.award()).consult().exercise()
    proof = latest(demo, nottingham.REFERENCE, DecisionTaken)
    assert [(one.title, one.view, one.how) for one in proof.consultees] == [
        ("Portfolio Holder for Adults and Health", "agrees", "consultation"),
        ("Portfolio Holder for Early Years", "agrees", "consultation"),
    ]
    assert proof.ledger
    assert {proof.ledger.limit.says, proof.ledger.draws.says, proof.ledger.left_after.says} == {
        "exempt from publication"
    }
    assert proof.ledger.draws.closed == Closed("£7,543,219.83")
    assert proof.ledger.left_after.closed == Closed("£111,101.34")
    assert (against(proof), proof.ledger.erased) == ([], False)


def test_bromleys_executive_decided_and_democratic_services_recorded_it(demo: House) -> None:
    bromley.Bromley(demo).plan_approved()
    proof = latest(demo, bromley.REFERENCE, DecisionTaken)
    assert (proof.decided_by, proof.actor.post) == ("Executive", bromley.CLERK.post)
    assert proof.actor.person == bromley.CLERK.person
    route, duty = proof.grounds
    assert "Executive decides, after a recommendation of Adult Care and Health" in route.says
    assert duty.says.endswith("may record what a body resolves")
    assert (proof.apart, against(proof)) == ((), [])


def test_who_recorded_a_meeting_later_is_judged_by_the_offices_of_that_day(demo: House) -> None:
    walk = bromley.Bromley(demo).on(date(2021, 4, 1))
    _, offices = texts("bromley")
    later = re.sub(r"^in_force = .*", "in_force = 2021-04-01", offices, count=1, flags=re.M)
    duty = demo.rules("bromley").constitution.duty("adopt-offices")
    assert duty
    by = Actor(demo.rules("bromley").offices.holder(duty.posts[0], date(2021, 4, 1)), duty.posts[0])
    demo.execute(AdoptOffices("bromley", renamed(later)), by, uuid4())
    walk.do(replace(walk.decision(), met=date(2021, 3, 31)), bromley.CLERK)
    proof = latest(demo, bromley.REFERENCE, DecisionTaken)
    assert (proof.on, proof.actor.on) == (date(2021, 3, 31), date(2021, 4, 1))
    assert [(one.what, one.recording) for one in proof.adopted] == [
        ("calendar", False),
        ("constitution", False),
        ("offices", False),
        ("offices", True),
    ]
    assert proof.adopted[-1].title == demo.rules("bromley").offices.title(by.post)
    assert against(proof) == []


def test_every_text_that_was_relied_on_is_named_with_who_adopted_it(demo: House) -> None:
    demo.catch_up()
    proof = latest(demo, "herefordshire-2017-1", DecisionTaken)
    trail = {one.position: one for one in demo.views.latest(10_000)}
    assert [one.what for one in proof.adopted] == ["calendar", "constitution", "offices"]
    for one in proof.adopted:
        assert trail[one.position].event == f"{one.what}-adopted/1"
        assert trail[one.position].post == one.post == "demo/setting-up"


def test_who_loaded_the_history_is_on_record_with_each_step_that_was_taken_over(
    demo: House,
) -> None:
    for reference in "herefordshire-2017-1", "nottingham-2017-1":
        demo.catch_up()
        for row in demo.views.trail(reference):
            assert row.source
            assert row.post.startswith(f"{reference.partition('-')[0]}/")


def test_a_step_of_another_kind_or_that_is_not_there_has_no_proof(demo: House) -> None:
    (opened,) = versions(demo, "leeds-2022-1", ProcurementOpened)
    for reference, version in (
        ("leeds-2022-1", opened),
        ("leeds-2022-1", 900),
        ("leeds-2022-1", 0),
        ("leeds-2022-1", 2**70),
        ("leeds-1900-1", 1),
    ):
        with pytest.raises(Refused) as caught:
            proof_of(demo, reference, version)
        assert [one.rule for one in caught.value.refusals] == ["C1"]


@pytest.fixture
def deputised(demo: House) -> journey.Journey:
    """The award in Leeds, decided by the Director's deputy."""
    leeds = journey.Journey(demo).decide().on(date(2022, 11, 14))
    leeds.do(InviteTenders(journey.LEEDS, date(2022, 12, 5), journey.CRITERIA), OFFICER)
    evaluate = RecordEvaluation(journey.LEEDS, journey.TENDERS, ("a panel",))
    leeds.on(date(2022, 12, 6)).do(evaluate, OFFICER).on(date(2022, 12, 14))
    leeds.do(SendAwardNotices(journey.LEEDS, "electronic"), OFFICER)
    leeds.put_up("award", "significant-operational", journey.AWARD)
    (named,) = demo.rules("leeds").offices.deputies
    return leeds.do(leeds.decision(), Actor(named.person, OF_LEEDS.post, deputising=True))


def test_a_deputy_who_decided_is_proved_with_the_entry_that_makes_them_one(
    deputised: journey.Journey,
) -> None:
    proof = latest(deputised.house, journey.REFERENCE, DecisionTaken)
    assert (proof.actor.standing, proof.actor.holder) == ("deputy", OF_LEEDS.person)
    assert proof.actor.deputy_because
    assert proof.actor.deputy_because.says.startswith("Deputy for Director of Adults and Health")
    assert against(proof) == []


def test_offices_and_rules_that_were_adopted_later_change_no_proof(
    deputised: journey.Journey,
) -> None:
    house = deputised.house
    before = latest(house, journey.REFERENCE, DecisionTaken)
    rules, offices = texts("leeds")
    by = holder_of_duty(house)
    without = offices[: offices.index("[[deputies]]")]
    freer = rules.replace("author_decides = false", "author_decides = true", 1)
    deputised.house.execute(AdoptOffices("leeds", renamed(without)), by, uuid4())
    deputised.house.execute(AdoptConstitution("leeds", renamed(freer)), by, uuid4())
    assert not house.rules("leeds").offices.deputies
    assert house.rules("leeds").constitution.separation.author_decides
    assert latest(house, journey.REFERENCE, DecisionTaken) == before


def holder_of_duty(house: House) -> Actor:
    """Who may adopt rules and offices in Leeds."""
    rules = house.rules("leeds")
    duty = rules.constitution.duty("adopt-offices")
    assert duty
    return Actor(rules.offices.holder(duty.posts[0], date(2022, 12, 14)), duty.posts[0])


def renamed(text: str) -> str:
    """The same as another version."""
    return re.sub(r'^version = "(.*)"', r'version = "\1 again"', text, count=1, flags=re.M)
