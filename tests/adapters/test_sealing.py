"""Closed values are sealed where they are stored, and open nowhere else."""

from __future__ import annotations

import traceback
from base64 import b64encode
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.house import House
from adapters.keys import Key
from adapters.sealing import Place, Unopened, is_sealed, put_back, seal, taken_out, unseal
from domain.closed import ClosedPart, Exemption
from domain.values import Amount, Closed
from projections.case_file import case_file
from tests.adapters.closing import (
    FIGURE,
    ONE,
    OTHER,
    kept,
    officer,
    opened,
    opening,
    spellings,
    states,
)
from tests.adapters.leeds import LEEDS, REFERENCE
from tests.domain.test_values import PENCE
from tests.houses import tamper
from tests.scenario import DAY

CANARY = "731946285.13"
PLACE = Place(LEEDS, 7, "procurement-opened/1")
KEY = Key(uuid4(), AESGCM(AESGCM.generate_key(256)), bytes.hex)
CUT = b',[{"key"'
"""Where the third part begins."""


def put_in_place(house: House, stream: UUID, state: bytes) -> None:
    """What somebody who writes into the file could do."""
    tamper(house, "UPDATE stored_events SET state = ? WHERE originator_id = ?", state, stream)


def test_a_closed_value_is_read_back_as_it_was_written(demo: House) -> None:
    stream = opened(demo)
    (stored,) = states(demo, stream)
    assert is_sealed(stored.state)
    stamp, event, (sealed,) = msgspec.json.decode(stored.state)
    assert (event["event"], event["value"]["closed"]) == ("procurement-opened/1", {"closed": 0})
    assert (stamp["by"]["post"], sorted(sealed)) == (
        "leeds/commissioning-officer",
        ["cipher", "key", "nonce", "sealed"],
    )
    case = demo.procurement(ONE)
    assert (case.pounds, case.value) == (Decimal(FIGURE), opening().value)


def test_an_event_with_nothing_closed_is_stored_in_two_parts_and_needs_no_key(demo: House) -> None:
    demo.engine.execute(replace(opening(), value=Amount("exempt")), officer(demo))
    parts = [len(msgspec.json.decode(one.state)) for one in demo.log.tail(0, 1000)]
    assert set(parts) == {2}
    with demo.database.read() as db:
        assert db.exec_driver_sql("SELECT * FROM stream_keys").all() == []


def test_a_value_would_be_found_however_it_is_spelled() -> None:
    for before in (b"", b"[", b'["', b'{"x'):
        text = before + CANARY.encode() + b'"}'
        for spelled in (text, text.hex().encode(), b64encode(text)):
            assert any(one in spelled for one in spellings(CANARY))


def test_no_closed_value_lies_in_any_file_of_the_house(demo: House) -> None:
    opened(demo, CANARY)
    demo.engine.execute_all([(opening(CANARY, OTHER), officer(demo))])
    demo.catch_up()
    assert all(one in kept(demo) for one in (ONE.encode(), b'{"closed":0}'))
    found = kept(demo)
    assert [one for one in spellings(CANARY) if one in found] == []


def test_the_length_of_what_is_sealed_does_not_tell_how_long_a_figure_is(demo: House) -> None:
    lengths = {
        len(states(demo, opened(demo, figure, f"leeds-2022-{n}"))[0].state)
        for n, figure in enumerate(("1", "1250", "1250000.75"), 2)
    }
    assert len(lengths) == 1


def test_the_same_value_is_sealed_differently_each_time() -> None:
    blobs = {seal(b"[{},{}]", [(KEY, {0: FIGURE})], PLACE) for _ in range(20)}
    assert len(blobs) == 20
    assert all(unseal(one, PLACE, lambda _: KEY) == ({0: FIGURE}, False) for one in blobs)


@given(st.lists(PENCE, max_size=5), st.lists(st.none() | st.text(max_size=300), max_size=5))
@settings(deadline=None, database=None)
def test_whatever_is_closed_is_opened_in_its_order(
    pounds: list[Decimal], texts: list[str | None]
) -> None:
    whole = (
        tuple(Amount("exempt", closed=Closed(f"{one:f}")) for one in pounds),
        tuple(ClosedPart("Appendix", Exemption("Prices"), Closed(one)) for one in texts),
    )
    kind = tuple[tuple[Amount, ...], tuple[ClosedPart, ...], msgspec.Raw]
    state, values = taken_out(whole)
    texts_ = {n: one.value for n, one in enumerate(values) if one.value is not None}
    state = seal(state, [(KEY, texts_)], PLACE)
    found = unseal(state, PLACE, lambda _: KEY)
    assert (found.values, found.erased) == (texts_, False)
    *parts, _ = msgspec.json.decode(state, type=kind, dec_hook=put_back(found))
    assert tuple(parts) == whole


@pytest.mark.parametrize(
    "place",
    [
        PLACE._replace(stream=uuid4()),
        PLACE._replace(version=8),
        PLACE._replace(topic="procurement-opened/2"),
    ],
)
def test_what_was_sealed_for_one_place_opens_in_no_other(place: Place) -> None:
    state = seal(b"[{},{}]", [(KEY, {0: FIGURE})], PLACE)
    with pytest.raises(Unopened, match="was not sealed for this place"):
        unseal(state, place, lambda _: KEY)


def test_what_was_changed_or_sealed_under_another_key_does_not_open() -> None:
    state = seal(b"[{},{}]", [(KEY, {0: FIGURE})], PLACE)
    other = KEY._replace(cipher=AESGCM(AESGCM.generate_key(256)))
    with pytest.raises(Unopened):
        unseal(state, PLACE, lambda _: other)
    *rest, (sealed,) = msgspec.json.decode(state)
    for wrong in ({"nonce": ""}, {"nonce": "AAAAAAAAAAAAAAAA"}, {"sealed": ""}):
        changed = msgspec.json.encode([*rest, [{**sealed, **wrong}]])
        with pytest.raises(Unopened):
            unseal(changed, PLACE, lambda _: KEY)


def test_a_blob_that_was_moved_parks_its_stream_and_the_rest_goes_on(demo: House) -> None:
    one, other = opened(demo), opened(demo, "5", OTHER)
    mine, theirs = (states(demo, stream)[0].state.partition(CUT) for stream in (one, other))
    put_in_place(demo, one, b"".join((mine[0], *theirs[1:])))
    with pytest.raises(Unopened):
        demo.procurement(ONE)
    demo.catch_up()
    for runner in demo.runners.values():
        assert list(runner.parked()) == [one]
        assert "was not sealed for this place" in runner.parked()[one]
        assert runner.position() == demo.log.last_position()
    assert demo.procurement(OTHER).pounds == 5


def test_an_event_whose_blob_was_cut_off_is_not_taken_for_an_erased_one(demo: House) -> None:
    stream = opened(demo)
    (stored,) = states(demo, stream)
    put_in_place(demo, stream, stored.state.partition(CUT)[0] + b"]")
    with pytest.raises(msgspec.ValidationError, match="a closed value is missing"):
        demo.log.read(stream)


def test_a_case_file_says_closed_or_erased_and_nothing_else(demo: House) -> None:
    stream = opened(demo)
    for word in ("closed", "erased"):
        facts = case_file(demo.procurement(ONE), demo.rules("leeds", DAY), DAY)
        assert facts["value"]["closed"] == word
        assert FIGURE not in str(facts)
        assert FIGURE not in msgspec.json.encode(facts).decode()
        demo.keys.erase(stream)
    facts = case_file(demo.procurement(REFERENCE), demo.rules("leeds", DAY), DAY)
    assert "closed" not in facts["value"]


def test_what_is_no_text_is_not_sealed_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="no text that could be stored") as caught:
        seal(b"[{},{}]", [(KEY, {0: CANARY + "\ud800"})], PLACE)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
