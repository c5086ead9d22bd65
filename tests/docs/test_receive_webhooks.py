"""The receiver of the guide works, and what is sent is what its schema says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from standardwebhooks import WebhookVerificationError

from adapters.house import House
from domain.endpoints import Endpoints, endpoints_id
from domain.published import PUBLISHED
from tests.adapters.delivery.telling import BOARD, GIVEN, delivering, register, undertake, waits
from tests.adapters.signals import soon
from tests.docs.pages import DOCS, in_language, text
from tests.tools.receiver import Receiver, proves

GUIDE = DOCS / "how-to" / "receive-webhooks.md"
Receive = Callable[[bytes, dict[str, str], str], dict[str, Any] | None]


@pytest.fixture
def receive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receive]:
    """As the guide writes it, in a folder of its own."""
    (code,) = in_language(GUIDE, "python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    found: Receive = names["receive"]
    yield found
    names["taken"].close()


def test_the_receiver_of_the_guide_takes_each_id_once_and_nothing_forged(
    demo: House, receive: Receive
) -> None:
    demo.catch_up()
    with Receiver(proves) as receiver:
        register(demo, "one", receiver.url)
        undertake(demo, 2)
        with delivering(demo):
            soon(lambda: not waits(demo))
    one = demo.engine.load(endpoints_id(BOARD), Endpoints()).all["one"]
    signing = one.secret and demo.secrets.signing(one.secret)
    assert signing
    first, second = receiver.events()
    told = receive(first.raw, first.headers, signing[0].hmac)
    assert told
    assert told["type"] == GIVEN
    assert receive(first.raw, first.headers, signing[0].hmac) is None
    assert receive(second.raw, second.headers, signing[0].hmac)
    with pytest.raises(WebhookVerificationError):
        receive(second.raw + b" ", second.headers, signing[0].hmac)


def test_the_chain_is_worked_out_as_the_guide_says(demo: House) -> None:
    with Receiver(proves) as receiver:
        register(demo, "one", receiver.url)
        undertake(demo, 3)
        with delivering(demo):
            soon(lambda: not waits(demo))
    previous = "0" * 64
    for one in receiver.events():
        chain = one.body["data"]["chain"]
        assert chain["previous"] == previous
        said = " ".join(str(chain[key]) for key in ("endpoint", "lane", "seq", "previous", "event"))
        previous = sha256(said.encode()).hexdigest()
        assert chain["chain"] == previous


def test_what_is_sent_is_what_its_schema_says(demo: House) -> None:
    with Receiver(proves) as receiver:
        register(demo, "one", receiver.url, *PUBLISHED, verified=False)
        with delivering(demo):
            soon(lambda: not waits(demo))
            undertake(demo)
            soon(lambda: receiver.events())
    for one in receiver.received:
        schema = json.loads(text(DOCS / "reference" / "schemas" / f"{one.type}.json"))
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(one.body)
        with pytest.raises(Exception, match="is a required property"):
            Draft202012Validator(schema).validate({**one.body, "data": {}})
