"""Erased values are gone for good; everything else about the case is still there."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from adapters.house import House
from adapters.sealing import is_sealed
from domain.opening import NoteOnSource, ProcurementOpened
from domain.values import Amount, Closed, procurement_id
from projections.case_file import case_file
from tests.adapters.closing import FIGURE, ONE, OTHER, kept, officer, opened, opening, states
from tests.adapters.conftest import SQLITE
from tests.adapters.leeds import REFERENCE
from tests.adapters.looking import fingerprint
from tests.houses import again
from tests.scenario import CLERK, DAY


def test_what_was_erased_is_still_read_folded_and_shown(demo: House) -> None:
    stream, _ = opened(demo), opened(demo, "5", OTHER)
    before = fingerprint(demo)
    demo.keys.erase(stream)
    case = demo.procurement(ONE)
    assert (case.version, case.title, case.pounds) == (1, "Advice", None)
    assert case.value == Amount("exempt", closed=Closed(None))
    demo.catch_up()
    assert not any(runner.parked() for runner in demo.runners.values())
    assert demo.procurement(OTHER).pounds == 5
    assert fingerprint(demo) == before
    demo.keys.erase(stream)


def test_an_erased_stream_goes_on_and_a_new_value_gets_a_new_key(demo: House) -> None:
    stream = opened(demo)
    (recorded,), first = demo.log.read(stream), demo.keys.of(stream)
    demo.keys.erase(stream)
    demo.execute(NoteOnSource(stream, "silence", "The value", "Not said"), CLERK, uuid4())
    demo.log.append([replace(recorded, version=3)])
    old, note, new = demo.log.read(stream)
    assert (old.version, note.version, new) == (1, 2, replace(recorded, version=3))
    assert isinstance(old.event, ProcurementOpened)
    assert old.event.value == Amount("exempt", closed=Closed(None))
    assert demo.keys.find(first.id) is None
    assert demo.keys.of(stream).id != first.id


def test_an_erased_value_that_is_recorded_again_stays_erased_and_needs_no_key(demo: House) -> None:
    demo.engine.execute(opening(None), officer(demo))
    (stored,) = states(demo, procurement_id(ONE))
    assert not is_sealed(stored.state)
    assert demo.procurement(ONE).value == Amount("exempt", closed=Closed(None))
    with demo.database.read() as db:
        assert db.exec_driver_sql("SELECT * FROM stream_keys").all() == []


@SQLITE
def test_an_erased_key_lies_in_no_file_any_more(demo: House) -> None:
    stream = opened(demo)
    with demo.database.read() as db:
        wrapped = db.exec_driver_sql("SELECT wrapped FROM stream_keys").scalar_one()
    assert wrapped in kept(demo)
    demo.keys.erase(stream)
    assert wrapped not in kept(demo)


def test_a_key_that_is_erased_elsewhere_is_erased_here(demo: House) -> None:
    stream, other = opened(demo), again(demo)
    assert demo.procurement(ONE).pounds == other.procurement(ONE).pounds == Decimal(FIGURE)
    other.keys.erase(stream)
    other.close()
    assert demo.procurement(ONE).pounds is None


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
