"""Sending: signed, in order, again until it is taken, and nobody waits for somebody else."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks import Webhook, WebhookVerificationError

from adapters.delivery.secrets import new_signing
from adapters.delivery.signing import Signer, public_key
from adapters.house import House
from adapters.ledgers.schedule import Schedule
from domain.endpoints import Endpoints, endpoints_id
from domain.keeping_endpoints import PauseEndpoint, ResumeEndpoint, RotateSecret
from domain.resending import ReplayDeliveries, SkipDelivery
from tests.adapters.conftest import SQLITE
from tests.adapters.delivery.telling import (
    BOARD,
    CASE,
    GIVEN,
    NOW,
    QUICK,
    REFERENCE,
    delivering,
    do,
    open_more,
    register,
    rows,
    states,
    undertake,
    waits,
)
from tests.adapters.signals import soon
from tests.houses import again, tamper
from tests.tools.receiver import Received, Receiver, Reply, proves, takes

PATIENT = NOW._replace(breaks_at=99)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(takes) as found:
        yield found


def secret_of(house: House, name: str = "one") -> str:
    one = house.engine.load(endpoints_id(BOARD), Endpoints()).all[name]
    assert one.secret
    found = house.secrets.signing(one.secret)
    assert found
    return found[0].hmac


def failing_first(times: int, reply: Reply) -> Any:
    """Refuses what it sees for the first times, by its id."""
    seen: dict[str, int] = {}

    def answer(received: Received) -> Reply:
        if received.type.startswith("endpoint."):
            return Reply()
        seen[received.id] = seen.get(received.id, 0) + 1
        return reply if seen[received.id] <= times else Reply()

    return answer


def test_the_published_package_verifies_what_is_sent(demo: House, receiver: Receiver) -> None:
    register(demo, "one", receiver.url)
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    (told,) = receiver.events()
    body = Webhook(secret_of(demo)).verify(told.raw, told.headers)
    assert body["type"] == GIVEN
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", body["timestamp"])
    data = body["data"]
    assert (data["procurement"], data["authority"]) == (REFERENCE, BOARD)
    assert data["link"] == f"https://countersign.example/procurements/{REFERENCE}"
    assert data["title"]
    assert told.id == data["id"]
    assert len(told.raw) < 20_000


def test_what_was_tampered_with_or_is_old_is_refused(demo: House, receiver: Receiver) -> None:
    register(demo, "one", receiver.url)
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    (told,) = receiver.events()
    receiving = Webhook(secret_of(demo))
    with pytest.raises(WebhookVerificationError):
        receiving.verify(told.raw.replace(b"given", b"taken"), told.headers)
    with pytest.raises(WebhookVerificationError):
        receiving.verify(told.raw, {**told.headers, "webhook-id": str(uuid4())})
    with pytest.raises(WebhookVerificationError):
        Webhook(new_signing(asymmetric=False).hmac).verify(told.raw, told.headers)
    signer = Signer([new_signing(asymmetric=False)])
    old = signer.headers(told.id, int(told.headers["webhook-timestamp"]) - 301, told.raw)
    with pytest.raises(WebhookVerificationError):
        receiving.verify(told.raw, old)


def verified_v1a(public: str, told: Received) -> bool:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public.removeprefix("whpk_")))
    at = told.headers["webhook-timestamp"]
    signed = f"{told.id}.{at}.".encode() + told.raw
    for one in told.headers["webhook-signature"].split():
        kind, _, signature = one.partition(",")
        try:
            if kind == "v1a":
                key.verify(base64.b64decode(signature), signed)
                return True
        except InvalidSignature:
            continue
    return False


def test_who_asks_for_it_gets_a_second_signature_by_a_key_pair(
    demo: House, receiver: Receiver
) -> None:
    register(demo, "one", receiver.url, asymmetric=True)
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    (told,) = receiver.events()
    one = demo.engine.load(endpoints_id(BOARD), Endpoints()).all["one"]
    assert one.secret
    found = demo.secrets.signing(one.secret)
    assert found
    assert verified_v1a(public_key(found[0]), told)
    assert not verified_v1a(public_key(found[0]), told._replace(raw=told.raw + b" "))
    assert not verified_v1a(public_key(new_signing(asymmetric=True)), told)
    Webhook(found[0].hmac).verify(told.raw, told.headers)


def test_after_a_rotation_both_secrets_sign_for_a_day(demo: House, receiver: Receiver) -> None:
    number = register(demo, "one", receiver.url)
    old, secret = secret_of(demo), uuid4()
    demo.secrets.keep_signing(secret, number, new_signing(asymmetric=False))
    do(demo, RotateSecret(BOARD, "one", secret))
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    new = secret_of(demo)
    assert new != old
    (told,) = receiver.events()
    for one in old, new:
        Webhook(one).verify(told.raw, told.headers)
    tamper(demo, "UPDATE endpoint_secrets SET made = made - 86401 WHERE id = ?", secret)
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    last = receiver.events()[-1]
    Webhook(new).verify(last.raw, last.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(last.raw, last.headers)


def test_what_fails_is_sent_again_under_its_id_and_signed_anew(
    demo: House, receiver: Receiver
) -> None:
    receiver.answers = failing_first(3, Reply(503))
    number = register(demo, "one", receiver.url)
    undertake(demo, 2)
    with delivering(demo, PATIENT):
        soon(lambda: not waits(demo))
    told = receiver.events()
    assert [one.seq for one in told] == [1] * 4 + [2] * 4
    assert len({one.id for one in told}) == 2
    for one in told:
        Webhook(secret_of(demo)).verify(one.raw, one.headers)
    assert states(demo, number) == ["delivered"] * 3
    every: Any = rows(demo, number)
    tries = demo.deliveries.attempts(every[1].id)
    assert [one.status for one in tries] == [503, 503, 503, 204]
    assert [bool(one.error) for one in tries] == [True, True, True, False]


def test_attempts_follow_a_schedule_over_three_days_with_a_fifth_more_or_less() -> None:
    schedule = Schedule()
    assert sum(schedule.waits) == 75 * 3600 + 35 * 60 + 5
    assert [schedule.is_over(n) for n in (1, 9, 10)] == [False, False, True]
    for n, wait in enumerate(schedule.waits, 1):
        found = [schedule.after(n) for _ in range(200)]
        assert 0.8 * wait <= min(found) < 0.9 * wait
        assert 1.1 * wait < max(found) <= 1.2 * wait


def test_what_is_never_taken_parks_its_lane_and_no_other(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda one: Reply(500 if one.type == GIVEN else 204)
    number = register(demo, "one", receiver.url)
    undertake(demo, 2)
    with delivering(demo, PATIENT):
        soon(lambda: "dead" in states(demo, number))
    assert states(demo, number) == ["delivered", "dead", "waiting"]
    assert len(receiver.events()) == 10
    assert not waits(demo)


def test_a_lane_goes_on_after_a_replay_or_a_recorded_skip(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda one: Reply(500 if one.type == GIVEN else 204)
    number = register(demo, "one", receiver.url)
    undertake(demo, 3)
    with delivering(demo, PATIENT):
        soon(lambda: "dead" in states(demo, number))
        do(demo, SkipDelivery(BOARD, "one", CASE, 1, "They cannot read it"))
        demo.catch_up()
        soon(lambda: states(demo, number) == ["delivered", "skipped", "dead", "waiting"])
        receiver.answers = takes
        receiver.received.clear()
        do(demo, ReplayDeliveries(BOARD, "one", CASE, 2, 2, "They are back"))
        demo.catch_up()
        soon(lambda: states(demo, number)[2:] == ["delivered", "delivered"])
    assert [one.seq for one in receiver.events()] == [2, 3]


def test_a_range_is_sent_again_under_the_same_ids_in_order(demo: House, receiver: Receiver) -> None:
    number = register(demo, "one", receiver.url)
    undertake(demo, 5)
    with delivering(demo):
        soon(lambda: not waits(demo))
        before = {one.seq: one.id for one in receiver.events()}
        receiver.received.clear()
        do(demo, ReplayDeliveries(BOARD, "one", CASE, 2, 4, "They lost a disk"))
        demo.catch_up()
        soon(lambda: not waits(demo))
        undertake(demo)
        soon(lambda: not waits(demo))
    assert [one.seq for one in receiver.events()] == [2, 3, 4, 6]
    assert [one.id for one in receiver.events()][:3] == [before[2], before[3], before[4]]
    assert states(demo, number) == ["delivered"] * 7


IN_TWO_HOURS = "the time in two hours"
DUE = (
    "SELECT l.due - d.queued FROM delivery_lanes l JOIN deliveries d"
    " ON l.endpoint = d.endpoint AND l.lane = d.lane AND d.seq = 1 WHERE l.lane = ?"
)


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("7200", 7_000, 7_300),
        (IN_TWO_HOURS, 7_000, 7_300),
        ("999999999", 86_000, 87_000),
        ("nonsense", -1, 60),
    ],
)
def test_a_receiver_says_how_long_it_wants_to_be_left_alone(
    demo: House, receiver: Receiver, said: str, least: float, most: float
) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2))
    asked = later if said == IN_TWO_HOURS else said
    receiver.answers = failing_first(1, Reply(429, headers={"Retry-After": asked}))
    number = register(demo, "one", receiver.url)
    undertake(demo)
    with delivering(demo, NOW):
        soon(lambda: receiver.events() and demo.deliveries.attempts(_last(demo, number)))
    ((wait,),) = tamper(demo, DUE, CASE)
    assert least < wait < most


def _last(house: House, number: UUID) -> UUID:
    every: Any = rows(house, number)
    found: UUID = every[-1].id
    return found


def test_one_that_says_it_is_gone_is_disabled_at_once_and_what_it_missed_waits(
    demo: House, receiver: Receiver
) -> None:
    receiver.answers = lambda one: Reply(410 if one.type == GIVEN else 204)
    number = register(demo, "one", receiver.url)
    undertake(demo, 2)
    with delivering(demo, NOW):
        soon(lambda: _hold(demo) == "disabled")
        demo.catch_up()
        assert states(demo, number) == ["delivered", "waiting", "waiting"]
        receiver.answers = takes
        do(demo, ResumeEndpoint(BOARD, "one"))
        demo.catch_up()
        soon(lambda: not waits(demo))
    assert [one.seq for one in receiver.events()] == [1, 1, 2]


def _hold(house: House, name: str = "one") -> str:
    return house.engine.load(endpoints_id(BOARD), Endpoints()).all[name].hold


def test_one_that_takes_nothing_for_five_days_is_disabled(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda _: Reply(500)
    number = register(demo, "one", receiver.url)
    undertake(demo)
    with delivering(demo, QUICK):
        soon(lambda: len(receiver.received) > 2)
    tamper(demo, "UPDATE endpoint_states SET failing_since = failing_since - 432000, opens = 0")
    tamper(demo, "UPDATE delivery_lanes SET due = 0 WHERE endpoint = ?", number)
    with delivering(demo, QUICK):
        soon(lambda: _hold(demo) == "disabled")
    demo.catch_up()
    said = "since it has failed for too long: Nothing was taken for 120 hours"
    assert any(said in one.sentence for one in demo.views.latest(5, None))


def test_while_nothing_is_taken_only_one_attempt_at_a_time_is_made(
    demo: House, receiver: Receiver
) -> None:
    receiver.answers = lambda _: Reply(500, after=0.05)
    register(demo, "one", receiver.url)
    for case in open_more(demo, 6):
        undertake(demo, 1, case)
    with delivering(demo, QUICK._replace(breaks_at=1)):
        soon(lambda: len(receiver.received) > 4)
        assert receiver.busiest > 1
        receiver.busiest = 0
        soon(lambda: len(receiver.received) > 8)
    assert receiver.busiest == 1


def test_a_receiver_that_hangs_makes_no_other_wait(demo: House, receiver: Receiver) -> None:
    with Receiver(lambda one: Reply(after=0 if one.type.startswith("endpoint.") else 30)) as dead:
        hanging = register(demo, "dead", dead.url)
        alive = register(demo, "alive", receiver.url)
        with delivering(demo, QUICK):
            soon(lambda: not waits(demo))
            undertake(demo)
            soon(lambda: dead.open == 1)
            undertake(demo, 20)
            soon(lambda: not waits(demo, alive))
            assert dead.open == 1
        assert states(demo, hanging)[1:] == ["waiting"] * 21
    assert [one.seq for one in receiver.events()] == [*range(1, 22)]


def test_nothing_is_sent_while_an_endpoint_is_paused(demo: House, receiver: Receiver) -> None:
    register(demo, "one", receiver.url)
    with delivering(demo):
        soon(lambda: not waits(demo))
        do(demo, PauseEndpoint(BOARD, "one", "A rest"))
        demo.catch_up()
        undertake(demo, 2)
        assert waits(demo)
        assert receiver.events() == []
        do(demo, ResumeEndpoint(BOARD, "one"))
        demo.catch_up()
        soon(lambda: not waits(demo))
    assert [one.seq for one in receiver.events()] == [1, 2]


def test_two_dispatchers_send_nothing_twice(demo: House, receiver: Receiver) -> None:
    for n in range(6):
        register(demo, f"e-{'abcdef'[n]}", receiver.url)
    other = again(demo)
    with delivering(demo), delivering(other):
        undertake(demo, 10)
        soon(lambda: not waits(demo), 30)
    other.close()
    told = receiver.events()
    assert len(told) == 60
    assert len({one.id for one in told}) == 60


def test_a_verification_proves_that_somebody_read_it(demo: House) -> None:
    """Who only sends back what came proves nothing."""
    with Receiver(lambda one: Reply(200, one.raw.decode())) as echo, Receiver(proves) as honest:
        register(demo, "echo", echo.url, verified=False)
        register(demo, "honest", honest.url, verified=False)
        with delivering(demo):
            soon(lambda: not waits(demo))
            soon(lambda: _verified(demo, "honest"))
        assert not _verified(demo, "echo")


def _verified(house: House, name: str) -> bool:
    return house.engine.load(endpoints_id(BOARD), Endpoints()).all[name].verified


@SQLITE
def test_an_endless_answer_is_cut_off_and_secrets_in_it_are_not_kept(
    demo: House, receiver: Receiver
) -> None:
    receiver.answers = lambda _: Reply(200, f"whsec_{'A' * 40} v1,{'B' * 44} \x00{'x' * 200_000}")
    number = register(demo, "one", receiver.url)
    undertake(demo)
    with delivering(demo):
        soon(lambda: not waits(demo))
    (attempt,) = demo.deliveries.attempts(_last(demo, number))
    assert attempt.answer.startswith("(not kept) (not kept) xxx")
    assert len(attempt.answer) == 2048


@SQLITE
def test_the_store_may_be_gone_for_a_while(
    demo: House, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    number = register(demo, "one", receiver.url)
    with delivering(demo):
        tamper(demo, "ALTER TABLE delivery_lanes RENAME TO away")
        soon(lambda: "deliveries wait for the store" in caplog.text)
        tamper(demo, "ALTER TABLE away RENAME TO delivery_lanes")
        undertake(demo)
        soon(lambda: states(demo, number) == ["delivered"] * 2)
    assert receiver.events()[0].type == GIVEN


def test_a_spoilt_address_or_key_stops_nobody_else(demo: House, receiver: Receiver) -> None:
    spoilt = register(demo, "spoilt", receiver.url)
    alive = register(demo, "alive", receiver.url)
    undertake(demo)
    tamper(demo, "UPDATE endpoint_secrets SET sealed = ? WHERE endpoint = ?", b"x" * 60, spoilt)
    with delivering(demo, QUICK):
        soon(lambda: not waits(demo, alive))
    assert states(demo, alive) == ["delivered"] * 2
    assert states(demo, spoilt) == ["waiting"] * 2


def test_what_somebody_sends_again_is_sent_at_once(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda _: Reply(500)
    number = register(demo, "one", receiver.url, verified=False)
    slow = NOW._replace(waits=(3600.0,) * 9, breaks_at=1)
    with delivering(demo, slow):
        soon(lambda: receiver.received and demo.deliveries.health([number])[number].failures)
        receiver.answers = proves
        address = rows(demo, number)[0].lane
        do(demo, ReplayDeliveries(BOARD, "one", address, 1, 1, "They are back"))
        demo.catch_up()
        soon(lambda: _verified(demo, "one"))
