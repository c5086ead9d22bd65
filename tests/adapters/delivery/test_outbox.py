"""The outbox: each event is kept once for each endpoint that hears it, in the lane of its case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from adapters.house import House
from adapters.ledgers.outbox import Outbox
from domain.consultation import AskConsultees
from domain.endpoints import DELIVERY, endpoints_id
from domain.keeping_endpoints import (
    DisableEndpoint,
    EndEndpoint,
    PauseEndpoint,
    TestEndpoint,
)
from domain.registering import MoveEndpoint
from domain.reported import Recommendation
from domain.undertakings import RecordUndertaking
from domain.values import procurement_id
from tests.adapters.delivery.telling import (
    BOARD,
    CASE,
    CLERK,
    GIVEN,
    HOLDER,
    do,
    register,
    rows,
    states,
    undertake,
)
from tests.adapters.looking import dump, rebuilt
from tests.cases.dorset import DIRECTOR as DELEGATE
from tests.cases.dorset import OFFICER, PLATFORM, UNDER, Journey, award, choosing
from tests.houses import again, tamper

URL = "http://127.0.0.1:1/"
ASKED = "consultation.asked"
OTHER_HOLDER = f"{BOARD}/portfolio-holder-bcp"


def kinds(house: House, endpoint: UUID) -> list[str]:
    every = rows(house, endpoint)
    return [one.kind for one in every]


def test_each_event_is_kept_once_for_each_endpoint_in_the_order_of_its_case(demo: House) -> None:
    numbers = [register(demo, name, URL) for name in ("one", "two")]
    undertake(demo, 3)
    for number in numbers:
        found = [one for one in rows(demo, number) if one.kind == GIVEN]
        assert [(one.lane, one.seq) for one in found] == [(CASE, 1), (CASE, 2), (CASE, 3)]
        assert len({one.id for one in found}) == 3


def test_a_lane_is_a_chain_in_which_a_gap_shows(demo: House) -> None:
    number = register(demo, "one", URL)
    undertake(demo, 3)
    chain = "0" * 64
    every = rows(demo, number)
    stored = {one.position: one for one in demo.log.tail(0, 10_000)}
    for one in every[1:]:
        assert one.previous == chain
        assert one.event == sha256(stored[one.position].state).hexdigest()
        linked = f"{number} {CASE} {one.seq} {chain} {one.event}"
        chain = sha256(linked.encode()).hexdigest()
        assert one.chain == chain
    with_gap = f"{number} {CASE} 3 {every[1].chain} {every[3].event}"
    assert sha256(with_gap.encode()).hexdigest() != every[3].chain


def test_what_happened_before_an_endpoint_was_verified_is_not_kept_for_it(demo: House) -> None:
    number = register(demo, "one", URL, verified=False)
    undertake(demo)
    assert kinds(demo, number) == ["endpoint.verification"]


def test_an_endpoint_hears_only_what_was_chosen(demo: House) -> None:
    number = register(demo, "one", URL, "contract.signed")
    undertake(demo)
    assert kinds(demo, number) == ["endpoint.verification"]


def test_what_happens_while_an_endpoint_is_paused_waits_and_after_its_end_is_not_kept(
    demo: House,
) -> None:
    number = register(demo, "one", URL)
    do(demo, PauseEndpoint(BOARD, "one", "A rest"))
    undertake(demo)
    do(demo, EndEndpoint(BOARD, "one", "Enough"))
    undertake(demo)
    assert kinds(demo, number) == ["endpoint.verification", GIVEN]
    assert tamper(demo, "SELECT count(*) FROM endpoint_secrets") == [(0,)]


def test_a_rebuild_sends_nothing_again(demo: House) -> None:
    number = register(demo, "one", URL)
    undertake(demo, 3)
    before = [tuple(one) for one in rows(demo, number)]
    live = dump(demo)
    assert rebuilt(demo) == live
    demo.catch_up()
    assert [tuple(one) for one in rows(demo, number)] == before


def test_an_outbox_that_begins_anew_goes_on_where_it_was(demo: House) -> None:
    number = register(demo, "one", URL)
    undertake(demo)
    other = again(demo)
    undertake(other)
    other.close()
    undertake(demo)
    every = rows(demo, number)
    assert [one.seq for one in every if one.kind == GIVEN] == [1, 2, 3]


def test_of_two_outboxes_on_the_same_events_one_goes_on(demo: House) -> None:
    number = register(demo, "one", URL)
    command_ids = 20
    for _ in range(command_ids):
        demo.execute(_undertaking(), CLERK, uuid4())

    def run(_: int) -> None:
        outbox = Outbox(demo.log, demo.database)
        while outbox.catch_up(3):
            pass

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    every = rows(demo, number)
    assert [one.seq for one in every if one.kind == GIVEN] == [*range(1, command_ids + 1)]


def _undertaking() -> Any:
    officer = f"{BOARD}/commissioning-officer"
    return RecordUndertaking(CASE, uuid4(), "A report", officer, HOLDER)


def test_an_event_that_cannot_be_read_keeps_its_case_waiting_and_no_other(demo: House) -> None:
    number = register(demo, "one", URL, GIVEN, "procurement.opened", "procurement.abandoned")
    demo.execute(_undertaking(), CLERK, uuid4())
    last = demo.log.last_position()
    (state,) = [one.state for one in demo.log.tail(last - 1, 1)]
    (key,) = [one.version for one in demo.log.tail(last - 1, 1)]
    spoil = "UPDATE stored_events SET state = ? WHERE originator_id = ? AND originator_version = ?"
    tamper(demo, spoil, b"[]", CASE, key)
    while demo.outbox.catch_up():
        pass
    demo.execute(TestEndpoint(BOARD, "one"), CLERK, uuid4(), authority=BOARD)
    while demo.outbox.catch_up():
        pass
    assert kinds(demo, number) == ["endpoint.verification", "endpoint.test"]
    assert [*demo.outbox.unread()] == [CASE]
    assert not demo.outbox.release(CASE)
    tamper(demo, spoil, state, CASE, key)
    assert demo.outbox.release(CASE)
    assert demo.outbox.unread() == {}
    assert GIVEN in kinds(demo, number)
    assert demo.outbox.release(CASE)


def test_another_address_drops_what_would_have_verified_the_one_before(demo: House) -> None:
    number = register(demo, "one", URL, verified=False)
    address = uuid4()
    demo.secrets.keep_address(address, number, URL)
    do(demo, MoveEndpoint(BOARD, "one", "127.0.0.1", address))
    demo.catch_up()
    assert states(demo, number) == ["skipped", "waiting"]


# Consultations, which reach somebody in any case.


def consulted(house: House) -> Journey:
    """Both portfolio holders are about to be asked about the award of the platform."""
    journey = Journey(house).on(date(2020, 9, 1)).do(choosing(), DELEGATE).open_parts()
    journey.on(date(2020, 10, 1)).decide_detailed_plan()
    journey.on(date(2020, 10, 5)).tender(PLATFORM, date(2020, 11, 4))
    journey.on(date(2020, 11, 5)).evaluate(PLATFORM, "Harbour Digital", 180000)
    asks = Recommendation("a", "Award it", award("Harbour Digital", 180000))
    journey.put_up(PLATFORM, "award", asks, under=UNDER)
    return journey


def ask(journey: Journey) -> None:
    report = journey.open_report(PLATFORM)
    journey.do(AskConsultees(procurement_id(PLATFORM), report.id), OFFICER)
    journey.house.catch_up()


def test_a_consultation_goes_to_those_who_are_asked_and_to_systems(demo: House) -> None:
    journey = consulted(demo)
    dorset = register(demo, "dorset", URL, ASKED, of=HOLDER)
    clerk = register(demo, "clerk", URL, ASKED, of=CLERK.post)
    system = register(demo, "system", URL, ASKED)
    ask(journey)
    assert ASKED in kinds(demo, dorset)
    assert ASKED in kinds(demo, system)
    assert ASKED not in kinds(demo, clerk)


def test_for_whom_nothing_is_in_use_what_stands_in_hears_a_consultation_once(demo: House) -> None:
    """Neither holder has an endpoint; the council's desk has one that stands in (C3)."""
    journey = consulted(demo)
    desk = register(demo, "desk", URL, GIVEN, ASKED, of=CLERK.post, fallback=True)
    ask(journey)
    assert kinds(demo, desk).count(ASKED) == 1


def test_what_stands_in_hears_nothing_where_everybody_has_an_endpoint(demo: House) -> None:
    journey = consulted(demo)
    desk = register(demo, "desk", URL, GIVEN, ASKED, of=CLERK.post, fallback=True)
    for name, post in ("dorset", HOLDER), ("bcp", OTHER_HOLDER):
        register(demo, name, URL, ASKED, of=post)
    ask(journey)
    assert ASKED not in kinds(demo, desk)


def test_an_endpoint_that_stops_hands_its_consultations_on_and_others_are_told(
    demo: House,
) -> None:
    journey = consulted(demo)
    desk = register(demo, "desk", URL, GIVEN, ASKED, of=CLERK.post, fallback=True)
    for name, post in ("dorset", HOLDER), ("bcp", OTHER_HOLDER):
        register(demo, name, URL, ASKED, of=post)
    ask(journey)
    do(demo, DisableEndpoint(BOARD, "dorset", "gone", "It answered 410: gone"), DELIVERY)
    demo.catch_up()
    assert sorted(kinds(demo, desk)) == [ASKED, "endpoint.stopped", "endpoint.verification"]


def test_consultations_are_handed_on_to_another_endpoint_of_the_same_post(demo: House) -> None:
    journey = consulted(demo)
    desk = register(demo, "desk", URL, GIVEN, ASKED, of=CLERK.post, fallback=True)
    first = register(demo, "first", URL, ASKED, of=HOLDER)
    register(demo, "bcp", URL, ASKED, of=OTHER_HOLDER)
    ask(journey)
    second = register(demo, "second", URL, ASKED, of=HOLDER)
    assert ASKED not in kinds(demo, second)
    do(demo, PauseEndpoint(BOARD, "first", "On holiday"))
    demo.catch_up()
    assert ASKED in kinds(demo, second)
    assert ASKED not in kinds(demo, desk)
    assert kinds(demo, first).count(ASKED) == 1


def test_one_message_a_day_has_a_lane_of_its_own_and_waits_for_the_morning(demo: House) -> None:
    number = register(demo, "mail", "a@b.example", GIVEN, channel="email", timing="daily")
    undertake(demo, 2)
    found = [one for one in rows(demo, number) if one.kind == GIVEN]
    assert [(one.lane, one.seq) for one in found] == [(number, 1), (number, 2)]
    (row,) = tamper(
        demo,
        "SELECT due - queued FROM delivery_lanes l JOIN deliveries d"
        " ON d.endpoint = l.endpoint AND d.lane = l.lane AND d.seq = l.head WHERE l.lane = ?",
        number,
    )
    assert 0 < row[0] <= 25 * 3600


def test_endpoints_have_a_stream_of_their_own(demo: House) -> None:
    register(demo, "one", URL)
    assert demo.log.version(endpoints_id(BOARD)) == 2
    trail = [one.sentence for one in demo.views.latest(10, None)]
    assert any("Registered the endpoint “Endpoint one”" in one for one in trail)
