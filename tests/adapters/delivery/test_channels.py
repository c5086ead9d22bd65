"""Mail and chats: the same outbox, in words that are as thin as what webhooks carry."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller

from adapters.delivery.bodies import Bodies
from adapters.house import House
from adapters.ledgers.deliveries import due_of
from countersign.settings import Settings
from domain.effects import ApproveBudget
from domain.keeping_endpoints import VerifyEndpoint
from domain.procurement import Procurement
from domain.reported import Recommendation
from domain.values import Amount, Closed, procurement_id
from projections.messages import words
from projections.told import exempt
from tests.adapters.delivery.telling import (
    GIVEN,
    HOLDER,
    NOW,
    REFERENCE,
    SETTINGS,
    delivering,
    do,
    register,
    rows,
    states,
    undertake,
    waits,
)
from tests.adapters.delivery.test_outbox import ask, consulted
from tests.adapters.signals import soon
from tests.cases.dorset import WHOLE
from tests.houses import tamper
from tests.tools.ports import free_port
from tests.tools.receiver import Receiver, Reply, takes

TO = "holder@council.example"
ASKED = "consultation.asked"


class Post:
    """What a mail server took, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=default)
        if self.answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, mail))
        return self.answer


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server."""
    found = Post()
    found.controller = Controller(found, "127.0.0.1", free_port())  # type: ignore[attr-defined]
    found.controller.start()  # type: ignore[attr-defined]
    yield found
    found.controller.stop()  # type: ignore[attr-defined]


def mailing(post: Post) -> Settings:
    port = post.controller.port  # type: ignore[attr-defined]
    said = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none"}
    return SETTINGS.model_copy(
        update={**said, "mail_from": "Countersign <no-reply@council.example>"}
    )


def parts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_consultation_comes_by_mail_with_a_link_to_answer_it(demo: House, post: Post) -> None:
    journey = consulted(demo)
    register(demo, "mail", TO, ASKED, of=HOLDER, channel="email", timing="daily")
    ask(journey)
    with delivering(demo, NOW, settings=mailing(post)):
        soon(lambda: len(post.taken) == 2)
        soon(lambda: not waits(demo))
    to, mail = next(one for one in post.taken if "your view" in one[1]["Subject"])
    assert to == [TO]
    assert mail["From"] == "Countersign <no-reply@council.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = parts(mail)
    for said in text, html:
        assert "You are asked for your view before a decision." in said
        assert "/do/answer-consultation?subject=" in said
        assert "Digital platform" in said
    assert "<script" not in html


def test_a_code_comes_by_mail(demo: House, post: Post) -> None:
    register(demo, "mail", TO, channel="email", verified=False)
    with delivering(demo, NOW, settings=mailing(post)):
        soon(lambda: not waits(demo))
    ((_, mail),) = post.taken
    (address,) = [one[0] for one in tamper(demo, "SELECT address FROM endpoint_states")]
    text, _ = parts(mail)
    code = demo.secrets.code(UUID(str(address)))
    assert f"Code: {code}" in text
    do(demo, VerifyEndpoint("joint-public-health-board", "mail", UUID(str(address))))


def test_the_messages_of_a_day_come_in_one(demo: House, post: Post) -> None:
    number = register(demo, "mail", TO, GIVEN, channel="email", timing="daily")
    undertake(demo, 3)
    with delivering(demo, NOW, settings=mailing(post)):
        soon(lambda: len(post.taken) == 1)
        assert states(demo, number)[1:] == ["waiting"] * 3
        tamper(demo, "UPDATE delivery_lanes SET due = 0 WHERE lane = ?", number)
        soon(lambda: not waits(demo))
    assert len(post.taken) == 2
    assert post.taken[1][1]["Subject"] == "3 messages of today"
    assert parts(post.taken[1][1])[0].count(f"/procurements/{REFERENCE}") == 3
    assert states(demo, number) == ["delivered"] * 4


def test_a_letter_that_is_not_taken_is_sent_again_under_its_id(demo: House, post: Post) -> None:
    post.answer = "451 Try again later"
    number = register(demo, "mail", TO, GIVEN, channel="email")
    with delivering(demo, NOW, settings=mailing(post)):
        soon(lambda: demo.deliveries.attempts(rows(demo, number)[0].id))
        post.answer = "250 OK"
        soon(lambda: not waits(demo))
    first, *_, last = demo.deliveries.attempts(rows(demo, number)[0].id)
    assert (first.status, first.error) == (451, "The mail server answered 451")
    assert last.error == ""
    assert post.taken[0][1]["Message-ID"] == f"<{rows(demo, number)[0].id}@council.example>"


def test_without_a_mail_server_a_letter_waits_and_says_why(demo: House, post: Post) -> None:
    number = register(demo, "mail", TO, GIVEN, channel="email")
    for settings, said in (
        (SETTINGS, "Nothing is set that could send it"),
        (mailing(post).model_copy(update={"smtp_port": free_port()}), "The mail server was not"),
    ):
        before = len(demo.deliveries.attempts(rows(demo, number)[0].id))
        with delivering(demo, NOW._replace(waits=(0.0,) * 99, breaks_at=999), settings=settings):
            soon(lambda: len(demo.deliveries.attempts(rows(demo, number)[0].id)) > before)  # noqa: B023
        last = demo.deliveries.attempts(rows(demo, number)[0].id)[-1]
        assert last.error.startswith(said)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(takes) as found:
        yield found


def test_a_channel_of_slack_gets_text_in_blocks(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda _: Reply(200, "ok")
    register(demo, "chat", receiver.url, channel="slack")
    undertake(demo)
    with delivering(demo, NOW):
        soon(lambda: not waits(demo))
    # The code that verified the endpoint goes in a lane of its own, before or after.
    (one,) = [each for each in receiver.received if "undertook" in each.body["text"]]
    told = one.body
    assert told["text"] == (
        "An officer undertook something. joint-public-health-board-2020-1, "
        "LiveWell Dorset IT and digital services"
    )
    section, context = told["blocks"]
    assert section["text"]["text"].startswith("*An officer undertook something.*\n")
    link = f"<https://countersign.example/procurements/{REFERENCE}|Open it>"
    assert context["elements"][0]["text"] == link
    assert "webhook-signature" not in one.headers


def test_a_channel_of_teams_gets_a_card(demo: House, receiver: Receiver) -> None:
    receiver.answers = lambda _: Reply(202)
    register(demo, "chat", receiver.url, channel="teams", verified=False)
    with delivering(demo, NOW):
        soon(lambda: not waits(demo))
    (attachment,) = receiver.received[-1].body["attachments"]
    card = attachment["content"]
    assert card["type"] == "AdaptiveCard"
    said = " ".join(one["text"] for one in card["body"])
    assert "Enter this code on the endpoint’s page" in said
    (action,) = card["actions"]
    assert action["url"].startswith("https://countersign.example/endpoints/")


# What is exempt, judged when it is sent.


def test_of_what_is_exempt_no_title_is_told(demo: House) -> None:
    """Nottingham's budget is exempt; the other cases are open."""
    found = {
        one.reference: exempt(demo.engine.load(procurement_id(one.reference), Procurement()))
        for one in demo.views.procurements()
    }
    assert found["nottingham-2017-1"]
    assert not found["leeds-2022-1"]


def test_what_becomes_exempt_while_it_waits_is_told_thinly(demo: House, receiver: Receiver) -> None:
    journey = consulted(demo)
    number = register(demo, "one", receiver.url)
    undertake(demo, 1)
    bodies = Bodies(demo.engine.memory, demo.log, "", lambda _: "")
    due = due_of(rows(demo, number)[1])
    (before,) = bodies.messages([(due, None)])
    assert before.facts.title
    secret = Amount("exempt", closed=Closed("177111"))
    journey.put_up(WHOLE, "budget", Recommendation("a", "More", ApproveBudget(secret)))
    with delivering(demo, NOW):
        soon(lambda: not waits(demo))
    (told,) = receiver.events()
    assert "title" not in told.body["data"]
    assert told.body["data"]["procurement"] == REFERENCE
    assert b"177111" not in told.raw
    assert b"LiveWell" not in told.raw
    (after,) = bodies.messages([(due, None)])
    assert words(after.kind, after.facts, None).about == REFERENCE
