"""What somebody does who has the database itself: each kind is found, and named by its place."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.evidence.findings import Kind
from adapters.evidence.keyring import Keyring
from adapters.evidence.notes import new_key
from adapters.evidence.sealer import Sealer
from adapters.evidence.signer import Refusal, Signer
from adapters.house import House
from adapters.postgres import Postgres
from tests.adapters.evidence.sealing import ENOUGH, NAME, Sealed
from tests.adapters.leeds import LEEDS, note
from tests.houses import tamper

IN_A_TILE, IN_NONE_YET = 100, 580
PLACES = pytest.mark.parametrize("place", [IN_A_TILE, IN_NONE_YET])
SEALED = "sealed_entries", "sealed_tiles", "sealed_checkpoints"


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    """600 events, sealed in several goes."""
    found = Sealed(demo, tmp_path)
    for upto in 90, 150, 500, ENOUGH:
        found.goes_on(upto)
    assert found.found(found.last()) == []
    return found


def at(house: House, place: int) -> tuple[str, int]:
    """How an event is found in its table: by which column, and with which value."""
    if not isinstance(house.database, Postgres):
        return "rowid", place
    ((n,),) = tamper(house, "SELECT n FROM log_positions WHERE position = ?", place)
    return "notification_id", int(n)


def lies(house: House, place: int) -> list[tuple[int, UUID]]:
    """The version and the stream of an event."""
    (one,) = house.log.tail(place - 1, 1)
    return [(one.version, one.stream)]


def change(house: House, place: int) -> None:
    column, value = at(house, place)
    edit = b'[{"edited":true},{}]'
    tamper(house, f"UPDATE stored_events SET state = ? WHERE {column} = ?", edit, value)


def delete(house: House, place: int) -> None:
    column, value = at(house, place)
    tamper(house, f"DELETE FROM stored_events WHERE {column} = ?", value)


@PLACES
def test_an_event_that_was_changed_is_named(sealed: Sealed, place: int) -> None:
    change(sealed.house, place)
    assert sealed.found(sealed.last()) == [(place, Kind.CHANGED)]
    (one,) = sealed.report().findings
    ((version, stream),) = lies(sealed.house, place)
    assert one.said == f"event {place}, version {version} of {stream} was changed"


@PLACES
def test_an_event_that_was_deleted_is_named(sealed: Sealed, place: int) -> None:
    delete(sealed.house, place)
    assert sealed.found(sealed.last()) == [(place, Kind.DELETED)]
    (one,) = sealed.report().findings
    assert str(LEEDS) in one.said, "what was sealed says which one it was"


@PLACES
def test_an_event_that_was_deleted_with_its_entry_is_named(sealed: Sealed, place: int) -> None:
    delete(sealed.house, place)
    tamper(sealed.house, "DELETE FROM sealed_entries WHERE position = ?", place)
    found = sealed.found(sealed.last())
    assert (place, Kind.DELETED) in found
    assert min(found)[0] == place


def test_an_event_that_was_put_in_behind_the_order_is_named(sealed: Sealed) -> None:
    names = "originator_id, originator_version, topic, state"
    row = uuid4(), 1, "note-on-source/1", b"[]"
    if isinstance(sealed.house.database, Postgres):
        into = f"INSERT INTO stored_events (notification_id, {names}) VALUES (-5, ?, ?, ?, ?)"
    else:
        into = f"INSERT INTO stored_events (rowid, {names}) VALUES (-5, ?, ?, ?, ?)"
    tamper(sealed.house, into, *row)
    assert sealed.found(sealed.last()) == [(0, Kind.INSERTED)]


def test_events_that_changed_places_are_named(sealed: Sealed) -> None:
    house, first, second = sealed.house, 10, 20
    if isinstance(house.database, Postgres):
        (_, one), (_, two) = at(house, first), at(house, second)
        move = "UPDATE log_positions SET n = ? WHERE position = ?"
        for value, place in ((-1, first), (one, second), (two, first)):
            tamper(house, move, value, place)
    else:
        move = "UPDATE stored_events SET rowid = ? WHERE rowid = ?"
        for to, old in ((-1, first), (first, second), (second, -1)):
            tamper(house, move, to, old)
    assert sealed.found(sealed.last()) == [(first, Kind.MOVED), (second, Kind.MOVED)]


def test_an_event_of_another_number_is_named(sealed: Sealed) -> None:
    column, value = at(sealed.house, ENOUGH)
    renumber = "UPDATE stored_events SET originator_version = originator_version + 5"
    tamper(sealed.house, f"{renumber} WHERE {column} = ?", value)
    assert sealed.found(sealed.last()) == [(ENOUGH, Kind.MOVED)]


def test_a_log_that_was_cut_is_found_and_not_sealed_again(sealed: Sealed) -> None:
    for place in range(591, ENOUGH + 1):
        delete(sealed.house, place)
    assert sealed.found(sealed.last()) == [(591, Kind.TRUNCATED)]
    if not isinstance(sealed.house.database, Postgres):
        with pytest.raises(Refusal, match="600 events were sealed, and the log ends with 590"):
            sealed.sealer.seal()
        note(sealed.house)
        assert (591, Kind.MOVED) in sealed.found() or (591, Kind.CHANGED) in sealed.found()


def test_a_log_that_was_cut_with_all_that_was_sealed_shows_by_what_was_kept(
    sealed: Sealed,
) -> None:
    for place in range(501, ENOUGH + 1):
        delete(sealed.house, place)
    for table, column in zip(SEALED[::2], ("position", "size"), strict=True):
        tamper(sealed.house, f"DELETE FROM {table} WHERE {column} > 500")
    assert sealed.found() == [], "nobody else’s word was asked for"
    assert sealed.found(sealed.last()) == [(ENOUGH, Kind.FORKED)]
    with pytest.raises(Refusal, match="600 entries were signed"):
        sealed.sealer.seal()


@PLACES
def test_an_entry_that_was_changed_or_deleted_is_named(sealed: Sealed, place: int) -> None:
    tamper(
        sealed.house,
        "UPDATE sealed_entries SET entry = ? WHERE position = ?",
        *(b'{"kind":"another"}', place),
    )
    assert sealed.found(sealed.last()) == [(place, Kind.ENTRY)]
    tamper(sealed.house, "DELETE FROM sealed_entries WHERE position = ?", place)
    assert sealed.found(sealed.last()) == [(place, Kind.ENTRY)]


@pytest.mark.parametrize("column", ["hashes", "root"])
def test_a_tile_that_was_changed_or_deleted_is_named(sealed: Sealed, column: str) -> None:
    where = "WHERE level = 0 AND number = 1"
    ((raw,),) = tamper(sealed.house, f"SELECT {column} FROM sealed_tiles {where}")
    edited = bytes(raw)[:-1] + bytes([raw[-1] ^ 1])
    tamper(sealed.house, f"UPDATE sealed_tiles SET {column} = ? {where}", edited)
    found = sealed.found(sealed.last())
    assert {kind for _, kind in found} == {Kind.TILE}
    assert all(257 <= place <= 512 for place, _ in found)
    tamper(sealed.house, f"DELETE FROM sealed_tiles {where}")
    assert sealed.found(sealed.last()) == [(257, Kind.TILE)]


def test_a_checkpoint_that_was_changed_or_removed_is_named(sealed: Sealed) -> None:
    ((note_,),) = tamper(sealed.house, "SELECT note FROM sealed_checkpoints WHERE size = 500")
    changed = str(note_).replace("\n500\n", "\n501\n")
    tamper(sealed.house, "UPDATE sealed_checkpoints SET note = ? WHERE size = 500", changed)
    assert sealed.found(sealed.last()) == [(500, Kind.CHECKPOINT)]
    tamper(sealed.house, "DELETE FROM sealed_checkpoints WHERE size >= 500")
    assert sealed.found(sealed.last()) == [(ENOUGH, Kind.CHECKPOINT)]


@PLACES
def test_what_was_changed_everywhere_but_in_the_signature_is_found(
    sealed: Sealed, place: int
) -> None:
    """Entries and tiles made anew over the changed event; the checkpoints are those of before."""
    change(sealed.house, place)
    for table in SEALED[:2]:
        tamper(sealed.house, f"DELETE FROM {table}")
    while sealed.sealer._add():
        pass
    found = sealed.found()
    assert {kind for _, kind in found} == {Kind.REWRITTEN}
    before, after = (91, 150) if place == IN_A_TILE else (501, ENOUGH)
    assert before == found[0][0], "from there on, to the next checkpoint"
    assert f"up to {after} " in sealed.report().findings[0].said
    note(sealed.house)
    with pytest.raises(Refusal, match="are not those that were signed"):
        sealed.sealer.seal()


def test_a_whole_history_signed_anew_shows_only_by_what_was_kept_elsewhere(
    sealed: Sealed,
) -> None:
    anchor = sealed.last()
    change(sealed.house, 100)
    for table in SEALED:
        tamper(sealed.house, f"DELETE FROM {table}")
    forger = Signer(sealed.keys, sealed.folder / "forged.signed")
    Sealer(sealed.house.log, sealed.house.database, forger).seal()
    assert sealed.found() == [], "by itself it is whole"
    assert sealed.found(anchor) == [(1, Kind.FORKED)]


def test_a_history_signed_with_another_key_is_nothing(sealed: Sealed) -> None:
    for table in SEALED:
        tamper(sealed.house, f"DELETE FROM {table}")
    other = Signer(Keyring((new_key(NAME),)), sealed.folder / "other.signed")
    Sealer(sealed.house.log, sealed.house.database, other).seal()
    assert sealed.found() == [(ENOUGH, Kind.CHECKPOINT)]
    assert sealed.report().signed == 0
