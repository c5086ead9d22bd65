"""Open pages are told to look again by what happens at another replica."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from adapters.house import House
from adapters.redis import RedisSignals
from domain.publication import PublishDecision
from tests.adapters.leeds import LEEDS, asked, decision
from tests.adapters.signals import Ear, soon
from tests.houses import file_of
from tests.live.replicas import Listening, Replica, replicas
from tests.scenario import CLERK as CLERK_ACTS
from tests.tools.redis import Server, serving
from tests.web.conftest import Filled
from tests.web.journey import CASE, CLERK, DIRECTOR, OFFICER

QUICK = 1.0
"""Seconds in which news come by a signal. Without one, looks at the database are two apart."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("valkey") as found:
        yield found


@pytest.fixture
def pair(demo: House, server: Server) -> Iterator[list[Replica]]:
    with replicas(folder(demo), 2, COUNTERSIGN_REDIS_URL=server.url) as found:
        yield found


def folder(house: House) -> Path:
    return file_of(house).parent


def seen(replica: Replica, page: str = "/queue") -> str:
    """What an open page listens to."""
    found = re.search(r'data-live="([^"]+)"', replica.client.get(page).text)
    assert found
    return found[1].replace("&amp;", "&")


def decide(house: House, at: Replica | None = None) -> None:
    """The Director decides; as a program of its own, or at a page."""
    if at is None:
        house.execute(command := decision(house), asked(house).stamp.by, command.decision)
        return
    report = house.procurement("leeds-2022-1").open_report
    assert report
    at.sign_in(house, DIRECTOR)
    form = f"{CASE}/reports/{report.id}/decide"
    page = Filled()
    page.feed(at.client.get(form).text.partition("<main")[2])
    sent = {"outcome-a": "agreed", "outcome-b": "agreed", "reasons": "It is needed."}
    sent |= {"interests": "none-declared", "step": "confirm"}
    answer = at.client.post(form, data={**page.found, **sent})
    assert answer.status_code == 303, answer.text


def published(house: House) -> None:
    taken = next(iter(house.procurement("leeds-2022-1").decisions))
    house.execute(PublishDecision(LEEDS, taken), CLERK_ACTS, uuid4())


def test_an_open_queue_at_another_replica_is_told_of_what_is_decided(
    demo: House, pair: list[Replica]
) -> None:
    here, there = pair
    there.sign_in(demo, CLERK)
    assert "Publish the decision" not in there.client.get("/queue").text
    with there.listening(seen(there)) as page:
        assert not page.told(0.5)
        decide(demo, here)
        assert page.told(QUICK)
        assert "Publish the decision" in there.client.get("/queue").text


def test_a_queue_that_shows_nothing_of_it_is_left_in_peace(
    demo: House, pair: list[Replica]
) -> None:
    here, there = pair
    there.sign_in(demo, "bromley/democratic-services")
    with there.listening(seen(there)) as page:
        decide(demo, here)
        assert not page.told(QUICK)


def test_an_open_case_is_told_once_that_something_happened_in_it(
    demo: House, pair: list[Replica]
) -> None:
    here, there = pair
    there.sign_in(demo, OFFICER)
    with there.listening(seen(there, CASE)) as page:
        assert not page.told(0.5)
        decide(demo, here)
        assert page.told(QUICK)


def test_what_happened_between_the_page_and_its_first_word_is_told(
    demo: House, pair: list[Replica]
) -> None:
    here, there = pair
    there.sign_in(demo, CLERK)
    queue, case = seen(there), seen(there, CASE)
    decide(demo, here)
    soon(lambda: "Publish the decision" in there.client.get("/queue").text)
    for path in queue, case:
        with there.listening(path) as page:
            assert page.told(QUICK)


def test_pages_are_told_all_the_same_while_redis_is_gone_and_again_when_it_is_back(
    demo: House, pair: list[Replica], server: Server
) -> None:
    here, there = pair
    there.sign_in(demo, CLERK)
    with there.listening(seen(there)) as page, there.listening(seen(there, CASE)) as case:
        server.kill()
        try:
            decide(demo, here)
            assert page.told()
            assert case.told()
        finally:
            server.start()
        drain(page)
        soon(lambda: server.asked("PUBSUB", "NUMSUB", "countersign").endswith(b":3\r\n"))
        drain(page)
        here.sign_in(demo, CLERK)
        report = demo.procurement("leeds-2022-1").decisions
        publish = f"{CASE}/do/publish-decision?subject={next(iter(report))}"
        sent = filled(here.client.get(publish).text)
        assert here.client.post(publish, data=sent).status_code == 303
        assert page.told(QUICK)


def filled(html: str) -> dict[str, str]:
    main = html.partition("<main")[2]
    fields = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', main)
    return dict(fields)


def drain(page: Listening) -> None:
    while page.told(1.5):
        pass


def test_pages_in_processes_of_their_own_are_told_without_redis(demo: House) -> None:
    with replicas(folder(demo)) as (there,):
        there.sign_in(demo, CLERK)
        with there.listening(seen(there)) as page:
            decide(demo)
            assert page.told()
            drain(page)
            published(demo)
            demo.catch_up()
            assert page.told()


def test_a_page_is_told_nothing_after_signing_out(demo: House, pair: list[Replica]) -> None:
    here, there = pair
    there.sign_in(demo, CLERK)
    with there.listening(seen(there)) as page:
        assert not page.told(1.2)
        there.client.post("/sign-out")
        decide(demo, here)
        soon(lambda: page.ended)
        assert not page.told(0.1)
    answer = there.client.get("/live", headers={"accept": "text/event-stream"})
    assert answer.headers["location"].startswith("/sign-in")


def test_a_browser_listens_with_a_few_pages_at_most(demo: House, pair: list[Replica]) -> None:
    _, there = pair
    there.sign_in(demo, CLERK)
    accept = {"accept": "text/event-stream"}
    with ExitStack() as stack:
        for _ in range(4):
            stack.enter_context(there.listening(seen(there)))
        answer = there.client.get("/live", headers=accept)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
        assert "Enough of your pages are open" in answer.text
    soon(lambda: _may_listen(there))


def _may_listen(replica: Replica) -> bool:
    accept = {"accept": "text/event-stream"}
    with replica.client.stream("GET", "/live", headers=accept) as answer:
        return answer.status_code == 200


def test_whoever_does_not_listen_is_told_what_the_address_is_for(
    demo: House, pair: list[Replica]
) -> None:
    _, there = pair
    there.sign_in(demo, CLERK)
    answer = there.client.get("/live", headers={"accept": "text/html"})
    assert answer.status_code == 406
    assert there.client.head("/live").status_code == 406
    accept = {"accept": "text/event-stream"}
    assert there.client.get("/live?case=leeds-1", headers=accept).status_code == 404


def test_open_pages_do_not_keep_a_process_from_ending(demo: House, pair: list[Replica]) -> None:
    _, there = pair
    there.sign_in(demo, CLERK)
    with there.listening(seen(there)) as page:
        start = monotonic()
        there.process.send_signal(signal.SIGTERM)
        assert there.process.wait(10) in (0, -signal.SIGTERM)
        assert monotonic() - start < 3
        soon(lambda: page.ended)


def test_a_signal_says_nothing_that_is_worth_reading(
    demo: House, pair: list[Replica], server: Server
) -> None:
    here, _ = pair
    signals = RedisSignals(server.url)
    assert signals.connected.wait(10)
    ear = Ear(signals)
    decide(demo, here)
    soon(lambda: "trail:leeds-2022-1" in ear.heard)
    signals.close()
    assert "appended" in ear.heard
    told = {one for one in ear.heard if one not in ("appended", "again")}
    topic = re.compile(r"(queue|trail)(:[a-z0-9/-]+|@\d+-\d+)")
    assert [one for one in told if not topic.fullmatch(one)] == []
    assert {f"queue:{CLERK}", f"queue:{DIRECTOR}"} <= told
