"""Who is told: an endpoint registered on its page, verified, looked at, and kept by its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from adapters.delivery.guard import Guard
from adapters.delivery.names import Names
from adapters.house import House
from domain.endpoints import Endpoint, Endpoints, endpoint_id, endpoints_id
from tests.adapters.delivery.telling import (
    BOARD,
    HOLDER,
    NOW,
    REFERENCE,
    delivering,
    states,
    undertake,
    waits,
)
from tests.adapters.signals import soon
from tests.tools.receiver import Receiver, Reply, proves, takes
from tests.web.conftest import Browser
from web.outside import Outside

CLERK, AUDITOR = f"{BOARD}/democratic-services", f"{BOARD}/visiting-auditor"
STRANGER = "leeds/democratic-services"
NEW, HERE = f"/endpoints/{BOARD}", f"/endpoints/{BOARD}/ledger"
NUMBER = endpoint_id(BOARD, "ledger")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as found:
        yield found


@pytest.fixture
def web(web: Browser) -> Browser:
    web.app.state.outside = Outside(
        Guard(Names().lookup, loopback=True), "https://countersign.example"
    )
    return web.sign_in(CLERK)


def register(web: Browser, where: str, **answers: str) -> str:
    form = {**web.form(NEW), "title": "Contracts ledger", "name": "ledger", "of": "-"}
    told = {"kinds-undertaking_given": "yes", "gateways-award": "yes"}
    sent = {key: one for key, one in form.items() if not key.startswith(("kinds-", "gateways-"))}
    sent |= {**told, **{k: v for k, v in form.items() if k.startswith("gateways-")}}
    answer = web.post(NEW, {**sent, "where": where, **answers})
    return str(answer.text)


def do(web: Browser, what: str, **answers: str) -> str:
    command = re.findall(r'name="command" value="([^"]+)"', web.get(HERE).text)[0]
    return str(web.post(HERE, {"command": command, "do": what, **answers}).text)


def endpoint(house: House) -> Endpoint:
    return house.engine.load(endpoints_id(BOARD), Endpoints()).all["ledger"]


def test_a_secret_is_shown_once_and_nowhere_again(web: Browser, receiver: Receiver) -> None:
    shown = register(web, receiver.url, signed="v1a")
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", shown)
    (public,) = re.findall(r"whpk_[A-Za-z0-9+/=]+", shown)
    page = web.get(HERE).text
    assert secret not in page
    assert public in page
    with web.house.database.engine.connect() as db:
        every = [
            str(row)
            for table in ("stored_events", "endpoint_secrets", "deliveries")
            for row in db.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert not any(secret[6:] in one or receiver.url in one for one in every)


def test_a_form_that_is_sent_twice_registers_once_and_shows_no_other_secret(
    web: Browser, receiver: Receiver
) -> None:
    form = {**web.form(NEW), "title": "Ledger", "name": "ledger", "of": "-", "where": receiver.url}
    first = web.post(NEW, form)
    assert "whsec_" in first.text
    before = web.events
    for _ in range(2):
        again = web.post(NEW, form)
        assert "whsec_" not in again.text
        assert again.url.path == HERE
        web.app.state.scratch.close()
        web.app.state.scratch.__init__()
    assert web.events == before


def test_an_endpoint_is_verified_by_its_receiver_and_then_hears(
    web: Browser, receiver: Receiver
) -> None:
    register(web, receiver.url)
    assert "Not verified yet" in web.get(HERE).text
    with delivering(web.house, NOW):
        soon(lambda: endpoint(web.house).verified)
        web.house.catch_up()
        undertake(web.house)
        soon(lambda: not waits(web.house))
    page = web.get(HERE).text
    assert "In use" in page
    assert "undertaking.given, number 1" in page
    assert "Delivered" in page
    (told,) = receiver.events()
    assert told.body["data"]["link"] == f"https://countersign.example/procurements/{REFERENCE}"


def test_an_endpoint_is_verified_by_a_person_with_the_code(web: Browser) -> None:
    with Receiver(takes) as receiver:
        register(web, receiver.url)
        with delivering(web.house, NOW):
            soon(lambda: receiver.events("endpoint.verification"))
            soon(lambda: not waits(web.house))
    (sent,) = receiver.events("endpoint.verification")
    code = sent.body["data"]["code"]
    assert code not in web.get(HERE).text
    for link in re.findall(rf'href="({HERE}/[^"]+)"', web.get(HERE).text):
        assert code not in web.get(link).text
    wrong = do(web, "verify", code="00000000")
    assert "This is not the code" in wrong
    assert not endpoint(web.house).verified
    assert "In use" in do(web, "verify", code=f" {code.lower()} ")


def test_a_code_is_not_tried_out(web: Browser, receiver: Receiver) -> None:
    register(web, receiver.url)
    for _ in range(10):
        assert "This is not the code" in do(web, "verify", code="00000000")
    right = web.house.secrets.code(endpoint(web.house).address)
    assert "tried too often" in do(web, "verify", code=right)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("", "Enter where it is told"),
        ("ftp://example.com/x", "begins with https://"),
        ("http://example.com/x", "begins with https://"),
        ("https://10.0.0.1/x", "an address in numbers is not taken"),
        ("https://localhost/x", "not the name of a host on the internet"),
        ("https://user:password@example.com/", "no user name and no password"),
        ("https://nothing.invalid/x", "cannot be found: check the name"),
    ],
)
def test_an_address_that_nothing_may_be_sent_to_is_not_registered(
    web: Browser, where: str, said: str
) -> None:
    before = web.events
    page = register(web, where)
    assert said in page
    assert "Error: Register an endpoint" in page
    assert web.events == before


def test_what_is_missing_is_said_all_at_once(web: Browser) -> None:
    before = web.events
    answer = web.post(NEW, {"command": str(UUID(int=5))})
    assert answer.status_code == 422
    for said in ("Enter what it is", "Enter a short name", "Choose who hears by it", "Tick what"):
        assert said in answer.text
    assert web.events == before


def test_what_can_be_done_about_an_endpoint_is_done_and_in_the_trail(
    web: Browser, receiver: Receiver
) -> None:
    register(web, receiver.url)
    with delivering(web.house, NOW):
        soon(lambda: endpoint(web.house).verified)
    assert "Paused" in do(web, "pause", why_pause="They move house")
    assert "In use" in do(web, "resume")
    do(web, "test")
    assert "whsec_" in do(web, "rotate")
    every = {key: "yes" for key in web.form(HERE) if key.startswith("gateways-")}
    chosen = {"kinds-contract_signed": "yes", "timing": "at-once"}
    do(web, "choose", **every, **chosen)
    assert endpoint(web.house).choice.types == ("contract.signed",)
    assert "Not verified yet" in do(web, "move", where=f"{receiver.url}/new")
    assert "Given up" in do(web, "end", why_end="It is sold")
    trail = web.get("/trail").text
    assert "Countersign itself" in trail
    for said in (
        "Registered the endpoint “Contracts ledger”, a webhook, at 127.0.0.1",
        "Paused the endpoint “ledger”: They move house.",
        "Resumed the endpoint “ledger”",
        "Asked for a test",
        "another secret",
        "Chose anew what “ledger” hears: 1 type of events",
        "another address at 127.0.0.1",
        "Gave the endpoint “ledger” up: It is sold.",
    ):
        assert said in trail


def test_what_could_not_be_delivered_is_sent_again_or_passed_over(
    web: Browser, receiver: Receiver
) -> None:
    register(web, receiver.url)
    with delivering(web.house, NOW._replace(breaks_at=99)):
        soon(lambda: endpoint(web.house).verified)
        receiver.answers = lambda _: Reply(500, "no")
        web.house.catch_up()
        undertake(web.house, 3)
        soon(lambda: "dead" in states(web.house, NUMBER))
    page = web.get(HERE).text
    assert "Needs somebody" in page or "Failing" in page
    (there,) = re.findall(rf'href="({HERE}/[^"]+)">undertaking.given, number 1<', page)
    dead = web.get(there).text
    assert "Not delivered after 10 attempts: its lane waits" in dead
    assert "It answered 500" in dead
    number = there.rpartition("/")[2]
    assert "Enter why it is sent again" in do(web, "replay", delivery=number)
    assert "Enter why it is passed over" in do(web, "skip", delivery=number)
    receiver.answers = takes
    do(web, "replay", delivery=number, reason="They are back")
    with delivering(web.house, NOW):
        soon(lambda: states(web.house, NUMBER) == ["delivered"] * 4)
    assert "Enter the last number to send again" in do(
        web, "replay", delivery=number, reason="Once more", last="x"
    )
    do(web, "replay", delivery=number, reason="Once more", last="2")
    assert states(web.house, NUMBER) == ["delivered", "waiting", "waiting", "delivered"]
    do(web, "skip", delivery=number, why_skip="They have it")
    assert states(web.house, NUMBER) == ["delivered", "skipped", "waiting", "delivered"]
    assert "there is nothing to pass over" in do(web, "skip", delivery=number, why_skip="Again")


def test_a_portfolio_holder_says_where_and_of_what_they_are_told(
    web: Browser, receiver: Receiver
) -> None:
    web.sign_in(HOLDER)
    assert "A system" not in web.get(NEW).text
    quiet = register(web, receiver.url, of=HOLDER)
    assert "which it has to hear of" in quiet
    more = {"kinds-consultation_asked": "yes"}
    assert "whsec_" in register(web, receiver.url, of=HOLDER, **more)
    assert endpoint(web.house).of == HOLDER
    assert "Contracts ledger" in web.get("/endpoints").text
    refused = do(web, "pause", why_pause="On holiday")
    assert "Nothing would tell Portfolio Holder for Health, Dorset Council" in refused
    assert "of others" not in refused


def test_an_endpoint_is_seen_by_who_manages_it_hears_by_it_or_looks_on(
    web: Browser, receiver: Receiver
) -> None:
    register(web, receiver.url)
    assert web.get(HERE).status_code == 200
    web.sign_in(AUDITOR)
    page = web.get(HERE)
    assert page.status_code == 200
    assert "Give it up" not in page.text
    assert web.post(HERE, {"command": str(UUID(int=5)), "do": "test"}).status_code == 403
    for other in HOLDER, STRANGER:
        web.sign_in(other)
        assert web.get(HERE).status_code == 404
        assert web.post(HERE, {"command": str(UUID(int=6)), "do": "test"}).status_code == 404
    web.sign_in(CLERK)
    for strange in (f"{NEW}/none", f"{HERE}/{UUID(int=1)}", "/endpoints/nowhere"):
        assert web.get(strange).status_code == 404
    for sent in ({"do": "dance"}, {"do": "skip"}, {"do": "replay", "delivery": "x"}, {}):
        answer = web.post(HERE, {"command": str(UUID(int=5)), **sent})
        assert answer.status_code == 422


def test_who_is_told_nothing_is_sent_to_the_queue(web: Browser) -> None:
    web.sign_in(HOLDER)
    assert "You have no endpoint of your own" in web.get("/told").text


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30])
def test_an_odd_page_of_deliveries_is_refused(
    web: Browser, receiver: Receiver, before: str
) -> None:
    register(web, receiver.url)
    for path in "/told", HERE:
        assert web.get(f"{path}?before={before}").status_code == 422
    assert web.get(f"{HERE}/nonsense").status_code in (404, 422)


def test_a_code_that_did_not_arrive_is_sent_again(web: Browser, receiver: Receiver) -> None:
    receiver.answers = lambda _: Reply(503)
    register(web, receiver.url)
    with delivering(web.house, NOW._replace(waits=(3600.0,) * 9)):
        soon(lambda: web.house.deliveries.health([NUMBER])[NUMBER].failures)
    (there,) = re.findall(rf'href="({HERE}/[^"]+)">endpoint.verification', web.get(HERE).text)
    assert "Tried 1 time, and waits" in web.get(there).text
    receiver.answers = proves
    do(web, "replay", delivery=there.rpartition("/")[2], reason="It was not reachable")
    with delivering(web.house, NOW):
        soon(lambda: endpoint(web.house).verified)


def test_with_a_mail_server_a_holder_is_told_by_mail_once_a_day(web: Browser) -> None:
    assert "E-mail" not in web.get(NEW).text
    web.app.state.outside = web.app.state.outside._replace(mail=True)
    web.sign_in(HOLDER)
    mail = {"of": HOLDER, "channel": "email", "kinds-consultation_asked": "yes"}
    assert "Enter an e-mail address" in register(web, "not an address", **mail)
    page = register(web, "holder@council.example", timing="daily", **mail)
    assert "whsec_" not in page
    found = endpoint(web.house)
    assert (found.channel, found.choice.timing, found.host) == ("email", "daily", "")
    assert "Not verified yet" in page
    assert "holder@council.example" not in web.get(HERE).text
    assert "Give it another secret" not in web.get(HERE).text


@pytest.mark.parametrize("code", ["-", " - ", "", "--"])
def test_no_sign_stands_for_a_code(web: Browser, receiver: Receiver, code: str) -> None:
    register(web, receiver.url)
    before = web.events
    do(web, "verify", code=code)
    assert not endpoint(web.house).verified
    assert web.events == before


@pytest.mark.parametrize(("field", "said"), [("name", "short name of"), ("where", "begins with")])
def test_a_hyphen_is_no_answer(web: Browser, receiver: Receiver, field: str, said: str) -> None:
    before = web.events
    filled = {"where": receiver.url, field: "-"}
    page = register(web, filled.pop("where"), **filled)
    assert said in page
    assert web.events == before
