"""Endpoints: registered by whose duty it is, chosen within what exists, silent for nobody (C3)."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.constitution import MustHear
from domain.endpoints import (
    DELIVERY,
    Endpoint,
    EndpointCommand,
    Endpoints,
    Subscription,
    endpoint_id,
    endpoints_id,
    hears,
)
from domain.keeping_endpoints import (
    DisableEndpoint,
    EndEndpoint,
    EndpointDisabled,
    EndpointEnded,
    EndpointPaused,
    EndpointResumed,
    EndpointSecretRotated,
    EndpointTested,
    EndpointVerified,
    PauseEndpoint,
    ResumeEndpoint,
    RotateSecret,
    TestEndpoint,
    VerifyEndpoint,
)
from domain.messages import Actor
from domain.registering import (
    ChooseEvents,
    EndpointChoiceChanged,
    EndpointMoved,
    EndpointRegistered,
    MoveEndpoint,
    RegisterEndpoint,
)
from domain.resending import (
    DeliveriesReplayed,
    DeliverySkipped,
    ReplayDeliveries,
    SkipDelivery,
)
from tests.domain.cases import given
from tests.scenario import CLERK, OFFICER, holder, rules, step, texts

CHAIR = holder("leeds/chair-of-scrutiny")
CHAIRS = "leeds/chair-of-scrutiny"
MONITOR = holder("leeds/monitoring-officer")
ADDRESS, SECRET, OTHER, LANE = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
ASKED = "consultation.asked"
SIGNED = "contract.signed"
CHOICE = Subscription((SIGNED, ASKED), ("leeds",))
REGISTER = RegisterEndpoint(
    "leeds",
    "ledger",
    "The contracts ledger",
    None,
    "webhook",
    "ledger.example",
    ADDRESS,
    CHOICE,
    SECRET,
)
MAIL = replace(REGISTER, name="mail", of=CHAIRS, channel="email", host="", secret=None)
STAND_IN = replace(MAIL, name="desk", of="leeds/democratic-services", fallback=True)


def by_clerk(command: EndpointCommand) -> step:
    return step(command, CLERK)


REGISTERED, VERIFIED = (
    by_clerk(REGISTER),
    step(VerifyEndpoint("leeds", "ledger", ADDRESS), DELIVERY),
)
USED = (REGISTERED, VERIFIED)
PAUSED = by_clerk(PauseEndpoint("leeds", "ledger", "They move house"))


LIFE = (
    *USED,
    by_clerk(TestEndpoint("leeds", "ledger")),
    by_clerk(RotateSecret("leeds", "ledger", OTHER)),
    by_clerk(ReplayDeliveries("leeds", "ledger", LANE, 1, 2, "They lost a disk")),
    by_clerk(SkipDelivery("leeds", "ledger", LANE, 3, "They cannot read it")),
    by_clerk(ChooseEvents("leeds", "ledger", Subscription((SIGNED,), ("leeds",), ("award",)))),
    PAUSED,
    by_clerk(ResumeEndpoint("leeds", "ledger")),
    by_clerk(MoveEndpoint("leeds", "ledger", "new.example", OTHER)),
    step(DisableEndpoint("leeds", "ledger", "gone", "It answered 410: gone"), DELIVERY),
    by_clerk(EndEndpoint("leeds", "ledger", "It is sold")),
)
"""Everything that can happen to an endpoint, in an order in which it can."""


def endpoints(*steps: step) -> Endpoints:
    found: Endpoints = given(*steps).record[endpoints_id("leeds")]
    return found


def ledger(*steps: step) -> Endpoint:
    return endpoints(*steps).all["ledger"]


def test_an_endpoint_is_registered_without_its_address_or_secret() -> None:
    given().when(REGISTERED).then(
        EndpointRegistered(
            "leeds", "ledger", "The contracts ledger", None, "webhook", "ledger.example",
            ADDRESS, SECRET, False, False, CHOICE,
        )
    )  # fmt: skip
    assert ledger(REGISTERED).waits == "unverified"
    assert not ledger(REGISTERED).heard


def test_an_endpoint_hears_from_when_its_address_is_verified() -> None:
    given(REGISTERED).when(VERIFIED).then(EndpointVerified("leeds", "ledger", ADDRESS))
    assert ledger(*USED).heard
    assert ledger(*USED).waits == ""


def test_a_person_verifies_with_the_code_as_well() -> None:
    by_person = by_clerk(VerifyEndpoint("leeds", "ledger", ADDRESS))
    given(REGISTERED).when(by_person).then(EndpointVerified("leeds", "ledger", ADDRESS))
    given(REGISTERED).when(step(by_person.command, OFFICER)).then_refused("G1")


def test_an_address_is_verified_once_and_no_other_than_it_has() -> None:
    given(*USED).when(VERIFIED).then_refused("C2")
    given(REGISTERED).when(step(VerifyEndpoint("leeds", "ledger", OTHER), DELIVERY)).then_refused(
        "C1"
    )


@pytest.mark.parametrize(
    ("changes", "rules_"),
    [
        ({"channel": "email"}, ["C1"]),
        ({"secret": None}, ["C1"]),
        ({"of": "leeds/nobody"}, ["C1"]),
        ({"choice": Subscription((), ("leeds",))}, ["C1"]),
        ({"choice": Subscription((SIGNED,), ())}, ["C1"]),
        ({"choice": Subscription(("contract.lost",), ("leeds",))}, ["C1"]),
        ({"choice": Subscription((SIGNED, SIGNED), ("leeds",))}, ["C2"]),
        ({"choice": Subscription((SIGNED,), ("leeds",), ("gateway-9",))}, ["C1"]),
        ({"choice": Subscription((SIGNED,), ("leeds",), timing="daily")}, ["C1"]),
        ({"choice": Subscription((SIGNED,), ("leeds", "bromley"))}, ["C1"]),
        ({"authority": "bromley"}, ["C1"]),
    ],
)  # fmt: skip
def test_what_is_registered_makes_sense(changes: dict[str, object], rules_: list[str]) -> None:
    given().when(by_clerk(replace(REGISTER, **changes))).then_refused(*rules_)


def test_a_name_is_used_once_even_after_the_end() -> None:
    given(REGISTERED).when(REGISTERED).then_refused("C2")
    ended = by_clerk(EndEndpoint("leeds", "ledger", "It is sold"))
    given(REGISTERED, ended).when(REGISTERED).then_refused("C2")


def test_endpoints_are_managed_by_those_whose_duty_it_is_and_by_the_post_itself() -> None:
    given().when(step(REGISTER, OFFICER)).then_refused("G1")
    assert given().when(step(MAIL, CHAIR)).outcome()
    assert given().when(by_clerk(MAIL)).outcome()
    refusals = given().when(step(MAIL, OFFICER)).then_refused("G1")
    assert "Democratic Services, or Chair of the Scrutiny Board itself" in refusals[0].reason
    assert refusals[0].provenance


def test_where_no_rule_says_whose_duty_it_is_only_a_post_manages_its_own() -> None:
    silent = replace(rules("leeds"), constitution=replace(rules("leeds").constitution, duties=()))
    given(rules_=silent).when(by_clerk(REGISTER)).then_refused("G1")
    given(rules_=silent).when(by_clerk(replace(STAND_IN, of=CLERK.post))).then_refused("G1")
    assert given(rules_=silent).when(step(MAIL, CHAIR)).outcome()


def test_a_stranger_manages_nothing() -> None:
    given().when(step(REGISTER, Actor(CHAIR.person, CLERK.post))).then_refused("G1")


def test_only_those_whose_duty_it_is_say_what_stands_in() -> None:
    assert given().when(by_clerk(STAND_IN)).outcome()
    given().when(step(replace(MAIL, fallback=True), CHAIR)).then_refused("G1")


def test_a_post_has_to_hear_consultations_where_it_hears_anything() -> None:
    quiet = replace(MAIL, choice=Subscription((SIGNED,), ("leeds",)))
    refusals = given().when(step(quiet, CHAIR)).then_refused("C3")
    assert "consultation.asked" in refusals[0].reason
    assert given(by_clerk(STAND_IN)).when(step(quiet, CHAIR)).outcome()
    assert given(by_clerk(MAIL)).when(step(replace(quiet, name="more"), CHAIR)).outcome()


def test_a_constitution_says_what_else_a_post_has_to_hear() -> None:
    heard = MustHear(
        posts=(CHAIRS,), types=("decision.called_in",), standing="sourced", where="part 4"
    )
    strict = replace(
        rules("leeds"), constitution=replace(rules("leeds").constitution, must_hear=(heard,))
    )
    refusals = given(rules_=strict).when(step(MAIL, CHAIR)).then_refused("C3")
    assert "part 4" in refusals[0].provenance
    others = replace(MAIL, of="leeds/council")
    assert given(rules_=strict).when(by_clerk(others)).outcome()
    more = replace(MAIL, choice=Subscription((ASKED, "decision.called_in"), ("leeds",)))
    assert given(rules_=strict).when(step(more, CHAIR)).outcome()


def test_nothing_takes_the_last_way_to_hear_away() -> None:
    silenced = [
        PauseEndpoint("leeds", "mail", "On holiday"),
        EndEndpoint("leeds", "mail", "Too much"),
        ChooseEvents("leeds", "mail", Subscription((SIGNED,), ("leeds",))),
    ]
    for command in silenced:
        given(by_clerk(MAIL)).when(step(command, CHAIR)).then_refused("C3")
        assert given(by_clerk(MAIL), by_clerk(STAND_IN)).when(step(command, CHAIR)).outcome()
        second = by_clerk(replace(MAIL, name="second"))
        assert given(by_clerk(MAIL), second).when(step(command, CHAIR)).outcome()


def test_what_stands_in_is_not_taken_away_from_those_it_stands_in_for() -> None:
    quiet = step(ChooseEvents("leeds", "mail", Subscription((SIGNED,), ("leeds",))), CHAIR)
    before = (by_clerk(MAIL), by_clerk(STAND_IN), quiet)
    pause = by_clerk(PauseEndpoint("leeds", "desk", "On strike"))
    refusals = given(*before).when(pause).then_refused("C3", "C3")
    assert "Chair of the Scrutiny Board" in refusals[1].reason
    given(*before[:2]).when(pause).then_refused("C3")


def test_a_post_that_hears_nothing_may_go_on_hearing_nothing() -> None:
    nobodys = by_clerk(replace(STAND_IN, of=None))
    assert given(nobodys).when(by_clerk(EndEndpoint("leeds", "desk", "Not needed"))).outcome()


def test_an_endpoint_is_paused_and_resumed() -> None:
    given(*USED).when(PAUSED).then(EndpointPaused("leeds", "ledger", "They move house"))
    paused = ledger(*USED, PAUSED)
    assert (paused.waits, paused.because, paused.heard) == ("paused", "They move house", True)
    resume = by_clerk(ResumeEndpoint("leeds", "ledger"))
    given(*USED, PAUSED).when(resume).then(EndpointResumed("leeds", "ledger"))
    assert ledger(*USED, PAUSED, resume) == ledger(*USED)
    given(*USED).when(resume).then_refused("C2")
    given(*USED, PAUSED).when(PAUSED).then_refused("C2")


def test_another_address_is_verified_anew_and_what_happens_is_heard_meanwhile() -> None:
    move = by_clerk(MoveEndpoint("leeds", "ledger", "new.example", OTHER))
    given(*USED).when(move).then(EndpointMoved("leeds", "ledger", "new.example", OTHER))
    moved = ledger(*USED, move)
    assert (moved.host, moved.waits, moved.heard) == ("new.example", "unverified", True)
    given(*USED).when(by_clerk(MoveEndpoint("leeds", "ledger", "x", ADDRESS))).then_refused("C2")


def test_what_is_heard_is_chosen_anew() -> None:
    new = Subscription(("decision.taken",), ("leeds",), ("procurement",))
    choose = by_clerk(ChooseEvents("leeds", "ledger", new))
    given(*USED).when(choose).then(EndpointChoiceChanged("leeds", "ledger", new))
    assert ledger(*USED, choose).choice == new
    given(*USED, choose).when(choose).then_refused("C2")
    lost = Subscription(("contract.lost",), ("leeds",))
    given(*USED).when(by_clerk(ChooseEvents("leeds", "ledger", lost))).then_refused("C1")


def test_a_secret_is_rotated_and_the_one_before_is_remembered() -> None:
    rotate = by_clerk(RotateSecret("leeds", "ledger", OTHER))
    given(*USED).when(rotate).then(EndpointSecretRotated("leeds", "ledger", OTHER))
    found = ledger(*USED, rotate)
    assert (found.secret, found.previous) == (OTHER, SECRET)
    given(*USED, rotate).when(rotate).then_refused("C2")
    unsigned = by_clerk(RotateSecret("leeds", "mail", OTHER))
    given(by_clerk(MAIL)).when(unsigned).then_refused("C1")


def test_a_test_goes_where_something_can_be_sent() -> None:
    test = by_clerk(TestEndpoint("leeds", "ledger"))
    given(*USED).when(test).then(EndpointTested("leeds", "ledger"))
    assert ledger(*USED, test) == ledger(*USED)
    given(REGISTERED).when(test).then_refused("C1")
    given(*USED, PAUSED).when(test).then_refused("C1")


def test_what_sends_records_that_an_endpoint_takes_nothing_any_more() -> None:
    disable = DisableEndpoint("leeds", "ledger", "gone", "It answered 410")
    given(*USED).when(step(disable, DELIVERY)).then(
        EndpointDisabled("leeds", "ledger", "gone", "It answered 410")
    )
    disabled = ledger(*USED, step(disable, DELIVERY))
    assert (disabled.waits, disabled.heard) == ("disabled", True)
    given(*USED, step(disable, DELIVERY)).when(step(disable, DELIVERY)).then_refused("C2")
    given(*USED).when(by_clerk(disable)).then_refused("G1")
    last = step(DisableEndpoint("leeds", "mail", "gone", "410"), DELIVERY)
    assert given(by_clerk(MAIL)).when(last).outcome()


def test_what_sends_does_nothing_else() -> None:
    given(*USED).when(step(PauseEndpoint("leeds", "ledger", "A rest"), DELIVERY)).then_refused(
        "G1", "C1"
    )


def test_an_endpoint_is_given_up_for_good() -> None:
    end = by_clerk(EndEndpoint("leeds", "ledger", "It is sold"))
    given(*USED).when(end).then(EndpointEnded("leeds", "ledger", "It is sold"))
    assert not ledger(*USED, end).heard
    given(*USED, end).when(by_clerk(ResumeEndpoint("leeds", "ledger"))).then_refused("C2")


def test_there_is_nothing_to_do_about_what_is_not_there() -> None:
    given().when(by_clerk(ResumeEndpoint("leeds", "ledger"))).then_refused("C1")
    elsewhere = step(ResumeEndpoint("leeds", "ledger"), holder("bromley/democratic-services"))
    given(*USED, PAUSED).when(elsewhere).then_refused("C1")


def test_deliveries_are_sent_again_for_a_reason() -> None:
    again = ReplayDeliveries("leeds", "ledger", LANE, 2, 4, "They lost a disk")
    given(*USED).when(by_clerk(again)).then(
        DeliveriesReplayed("leeds", "ledger", LANE, 2, 4, "They lost a disk")
    )
    assert ledger(*USED, by_clerk(again)) == ledger(*USED)
    given(*USED).when(by_clerk(replace(again, last=1))).then_refused("C1")
    given(*USED, PAUSED).when(by_clerk(again)).then_refused("C1")


def test_before_it_is_verified_only_the_code_is_sent_again() -> None:
    code = ReplayDeliveries("leeds", "ledger", ADDRESS, 1, 1, "It was not reachable")
    assert given(REGISTERED).when(by_clerk(code)).outcome()
    given(REGISTERED).when(by_clerk(replace(code, lane=LANE))).then_refused("C1")
    given(REGISTERED, PAUSED).when(by_clerk(code)).then_refused("C1")


def test_a_delivery_is_passed_over_for_a_reason() -> None:
    skip = by_clerk(SkipDelivery("leeds", "ledger", LANE, 2, "They cannot read it"))
    given(*USED).when(skip).then(DeliverySkipped("leeds", "ledger", LANE, 2, "They cannot read it"))
    assert ledger(*USED, skip) == ledger(*USED)


def adopted(authority: str, by: str) -> tuple[step, ...]:
    constitution, offices = texts(authority)
    actor = holder(by)
    return (
        step(AdoptConstitution(authority, constitution), actor),
        step(AdoptOffices(authority, offices), actor),
        step(AdoptCalendar(authority, rules(authority).calendar), actor),
    )


def test_of_another_authority_hears_who_has_the_duty_there_too() -> None:
    bromley = adopted("bromley", "bromley/monitoring-officer")
    both = Subscription((SIGNED,), ("leeds", "bromley"), ("procurement",))
    wider = by_clerk(replace(REGISTER, choice=both))
    refusals = given(*bromley).when(wider).then_refused("G1")
    assert "Bromley" in refusals[0].reason
    # Somebody who keeps the endpoints of both.
    constitution, offices = texts("bromley")
    clerk = next(
        str(one.person) for one in rules("bromley").offices.holders
        if one.post == "bromley/democratic-services"
    )  # fmt: skip
    shared = offices.replace(clerk, str(CLERK.person))
    again = step(AdoptOffices("bromley", shared), holder("bromley/monitoring-officer"))
    calendar = AdoptCalendar("bromley", rules("bromley").calendar)
    steps = (bromley[0], again, step(calendar, holder("bromley/monitoring-officer")))
    assert given(*steps).when(wider).outcome()
    nowhere = Subscription((SIGNED,), ("leeds", "bromley"), ("gateway-9",))
    given(*steps).when(by_clerk(replace(REGISTER, choice=nowhere))).then_refused("C1")
    without = constitution.replace('act = "register-endpoint"', 'act = "note-on-source"')
    silent = step(AdoptConstitution("bromley", without), holder("bromley/monitoring-officer"))
    given(silent, again, steps[2]).when(wider).then_refused("G1")


AT_AWARD = Subscription((SIGNED, ASKED), ("leeds",), ("award",))
ONE = Endpoint(
    "one", "One", None, "webhook", "one.example", ADDRESS, SECRET, None, False, False, CHOICE,
    begun=True, verified=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "asked", "heard"),
    [
        ({}, (SIGNED, "leeds", "award", None), True),
        ({}, ("contract.ended", "leeds", "award", None), False),
        ({}, (SIGNED, "bromley", "award", None), False),
        ({"hold": "paused"}, (SIGNED, "leeds", "award", None), True),
        ({"hold": "disabled"}, (SIGNED, "leeds", "award", None), True),
        ({"hold": "ended"}, (SIGNED, "leeds", "award", None), False),
        ({"begun": False}, (SIGNED, "leeds", "award", None), False),
        ({}, (ASKED, "leeds", "award", (CHAIRS,)), True),
        ({"of": CHAIRS}, (ASKED, "leeds", "award", (CHAIRS,)), True),
        ({"of": "leeds/council"}, (ASKED, "leeds", "award", (CHAIRS,)), False),
        ({"choice": AT_AWARD}, (SIGNED, "leeds", "award", None), True),
        ({"choice": AT_AWARD}, (SIGNED, "leeds", "", None), False),
        ({"of": CHAIRS, "choice": AT_AWARD}, (ASKED, "leeds", "phase", (CHAIRS,)), True),
    ],
)  # fmt: skip
def test_an_endpoint_hears_what_was_chosen_and_what_is_said_to_it(
    changes: dict[str, object], asked: tuple[str, str, str, tuple[str, ...] | None], heard: bool
) -> None:
    assert hears(replace(ONE, **changes), *asked) is heard


def test_endpoints_of_the_same_name_are_told_apart_by_their_authority() -> None:
    assert endpoint_id("leeds", "ledger") != endpoint_id("bromley", "ledger")
    assert endpoints_id("leeds") != endpoints_id("bromley")


def test_a_command_about_an_endpoint_says_what_happens() -> None:
    with pytest.raises(NotImplementedError):
        EndpointCommand("leeds", "ledger").event()
