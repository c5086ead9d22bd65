"""What rests on a delegation, an appointment, or a version of rules or offices."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from adapters.house import House
from adapters.tracing import delegations_in, traced
from domain.authority import AdoptConstitution
from domain.decided import DecisionTaken
from domain.messages import Actor
from domain.refusals import Refused
from domain.values import procurement_id
from projections.tracing import OfAppointment, OfDelegation, OfVersion, Root, Trace, trace
from tests.cases import dorset, journey
from tests.cases.proving import versions
from tests.scenario import DIRECTOR, texts

GIVEN = OfDelegation(dorset.WHOLE, dorset.RESOLVED, "2")
BOARD_2020 = "joint-public-health-board-2020"


@pytest.fixture
def signed(demo: House) -> dorset.Journey:
    """The platform awarded under delegated authority and signed; the CRM system not yet."""
    found = dorset.Journey(demo).on(date(2020, 9, 1)).do(dorset.choosing(), dorset.DIRECTOR)
    found.open_parts().on(date(2020, 10, 1)).decide_detailed_plan()
    found.tender_both().answer(dorset.PLATFORM, dorset.OF_DORSET, "agrees")
    found.answer(dorset.PLATFORM, dorset.DEPUTY, "agrees")
    found.do(found.decision(dorset.PLATFORM), dorset.DIRECTOR)
    stood = found.house.procurement(dorset.PLATFORM).standstill
    assert stood
    assert stood.count
    found.on(stood.count.day_after)
    return found.do(dorset.signing(dorset.PLATFORM, "Harbour Digital", 180000), dorset.LAWYER)


def steps(found: Trace) -> list[tuple[str, str, bool]]:
    """Where each step is, of what kind, and whether it rests on the root directly."""
    return [(one.reference, one.kind, not one.through) for one in found.steps]


def test_an_award_and_its_signature_rest_on_the_resolution_that_delegates(
    signed: dorset.Journey,
) -> None:
    found = traced(signed.house, GIVEN)
    assert steps(found) == [
        (dorset.PLATFORM, "award", True),
        (dorset.PLATFORM, "signature", False),
    ]
    (award,) = versions(signed.house, dorset.PLATFORM, DecisionTaken)[-1:]
    assert found.steps[1].through == f"the award, event {award} of {dorset.PLATFORM}"
    assert found.folded == 1


def test_on_a_version_of_the_rules_rests_also_what_was_decided_under_authority_given_by_it(
    signed: dorset.Journey,
) -> None:
    house = signed.house
    rules, _ = texts(dorset.BOARD)
    again = re.sub(r'^version = "(.*)"', 'version = "anew"', rules, count=1, flags=re.M)
    again = re.sub(r"^in_force = .*", "in_force = 2020-11-01", again, count=1, flags=re.M)
    duty = house.rules(dorset.BOARD).constitution.duty("adopt-constitution")
    assert duty
    post, today = duty.posts[0], house.clocks.today(dorset.BOARD)
    by = Actor(house.rules(dorset.BOARD).offices.holder(post, today), post)
    house.execute(AdoptConstitution(dorset.BOARD, again), by, uuid4())
    signed.ask(dorset.CRM, dorset.award("Fleetwater", 100000))
    signed.answer(dorset.CRM, dorset.OF_DORSET, "agrees").answer(
        dorset.CRM, dorset.OF_BCP, "agrees"
    )
    signed.do(signed.decision(dorset.CRM), dorset.DIRECTOR)
    anew = traced(house, OfVersion(dorset.BOARD, "constitution", "anew"))
    assert steps(anew) == [
        (dorset.CRM, "consultation", True),
        (dorset.CRM, "consultation", True),
        (dorset.CRM, "award", True),
    ]
    before = traced(house, OfVersion(dorset.BOARD, "constitution", BOARD_2020))
    assert steps(before)[-1] == (dorset.CRM, "award", False)
    assert before.steps[-1].through.startswith(f"resolution (2) in {dorset.WHOLE}, event ")


def test_a_version_of_the_same_name_in_another_council_is_another_matter(demo: House) -> None:
    journey.Journey(demo).decide()
    stream = procurement_id(journey.REFERENCE)
    (taken,) = [one for one in demo.log.read(stream) if isinstance(one.event, DecisionTaken)]
    version = taken.stamp.versions.constitution
    for council, number in ("leeds", 1), ("herefordshire", 0):
        root = OfVersion(council, "constitution", version)
        found = trace(root, {stream: journey.REFERENCE}, [taken], lambda _: None, {})
        assert len(found.steps) == number


def test_an_appointment_is_a_post_or_one_person_in_it(signed: dorset.Journey) -> None:
    house, post = signed.house, dorset.OF_BCP.post
    assert steps(traced(house, OfAppointment(post))) == [(dorset.PLATFORM, "consultation", True)]
    deputy = traced(house, OfAppointment(post, dorset.DEPUTY.person))
    assert [one.deputising for one in deputy.steps] == [True]
    assert traced(house, OfAppointment(post, dorset.OF_BCP.person)).steps == ()


def test_on_a_body_rests_what_it_resolved_whoever_recorded_it(signed: dorset.Journey) -> None:
    found = traced(signed.house, OfAppointment(f"{dorset.BOARD}/board"))
    assert steps(found) == [
        (dorset.WHOLE, "decision", True),
        (dorset.PLATFORM, "award", False),
        (dorset.PLATFORM, "signature", False),
    ]


def test_steps_that_name_only_a_post_are_counted_for_no_person(demo: House) -> None:
    post = "herefordshire/cabinet-member-health-and-wellbeing"
    assert [one.imported for one in traced(demo, OfAppointment(post)).steps] == [True]
    person = demo.rules("herefordshire").offices.holder(post, date(2017, 12, 15))
    found = traced(demo, OfAppointment(post, person))
    assert (found.steps, found.nameless) == ((), 1)


def test_it_says_what_it_has_read(demo: House) -> None:
    leeds = journey.Journey(demo).decide()
    found = traced(leeds.house, OfAppointment(DIRECTOR.post))
    assert found.read == {
        "openings": 5,
        "decisions": 4,
        "answers to consultations": 0,
        "signatures": 0,
    }


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        (OfDelegation(dorset.WHOLE, dorset.RESOLVED, "1"), "No resolution (1)"),
        (OfDelegation("leeds-2022-1", dorset.RESOLVED, "2"), "No resolution (2)"),
        (OfAppointment("leeds/jester"), "There never was a post “leeds/jester”; there are leeds/"),
        (OfAppointment("nowhere/clerk"), "There never was a post “nowhere/clerk”"),
        (OfAppointment(DIRECTOR.post, UUID(int=9)), "By no offices on record was this person"),
        (OfVersion("leeds", "offices", "x"), "leeds has adopted no offices “x”; there are leeds-"),
        (OfVersion("nowhere", "constitution", "x"), "nowhere has adopted no constitution “x”"),
    ],
)
def test_what_was_never_on_record_is_refused_with_what_there_is(
    demo: House, root: Root, reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        traced(demo, root)
    (refusal,) = caught.value.refusals
    assert (refusal.rule, refusal.reason[: len(reason)]) == ("C1", reason)


def test_a_delegation_is_found_by_its_procurement_and_letter(demo: House) -> None:
    assert delegations_in(demo, dorset.WHOLE, "2") == [GIVEN]
    for reference, label in (dorset.WHOLE, "1"), ("leeds-1900-1", "2"):
        with pytest.raises(Refused):
            delegations_in(demo, reference, label)
