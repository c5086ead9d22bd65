"""Any single thing that is changed in what is stored is found; what is not changed never is."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from adapters.evidence.checking import check
from adapters.evidence.entries import Event
from adapters.evidence.findings import Evidence, Tile
from adapters.evidence.stored import evidence
from adapters.house import House
from tests.adapters.conftest import SQLITE
from tests.adapters.evidence.sealing import NAME, Sealed
from tests.adapters.leeds import note

MUTATIONS = int(os.environ.get("COUNTERSIGN_TEST_MUTATIONS", "1500"))
CLEAN = int(os.environ.get("COUNTERSIGN_TEST_CLEAN", "100"))
EVENTS = 330


class Stored:
    """All that is stored, in memory, where it can be changed."""

    def __init__(self, house: House) -> None:
        with house.database.view() as db:
            found = evidence(db)
            self.events = [*found.events]
            self.entries = [*found.entries]
            self.notes = [*found.notes]
            self.tiles = {(0, n): tile for n in range(2) if (tile := found.tile(0, n))}

    def evidence(self) -> Evidence:
        at = {key: self.tiles[key] for key in self.tiles}
        events = sorted(self.events, key=lambda one: one.position)
        entries, notes = sorted(self.entries), sorted(self.notes)
        return Evidence(events, entries, lambda level, n: at.get((level, n)), notes)


def flipped(random: Random, raw: bytes) -> bytes:
    at, bit = random.randrange(len(raw)), 1 << random.randrange(8)
    return raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]


def garbled(random: Random, text: str) -> str:
    """With another character at one place."""
    at = random.randrange(len(text))
    other = random.choice([one for one in "0123456789abcdefAZ+/=\n" if one != text[at]])
    return text[:at] + other + text[at + 1 :]


def an_event(random: Random, stored: Stored) -> None:
    at = random.randrange(len(stored.events))
    one = stored.events[at]
    other: dict[str, Any] = random.choice(
        [
            {"state": flipped(random, one.state)},
            {"stream": garbled(random, one.stream)},
            {"kind": garbled(random, one.kind)},
            {"version": one.version + random.choice([-1, 1, 7])},
            {"position": one.position + random.choice([-400, -1, 1, 400])},
        ]
    )
    stored.events[at] = one._replace(**other)


def an_event_gone(random: Random, stored: Stored) -> None:
    del stored.events[random.randrange(len(stored.events))]


def an_event_more(random: Random, stored: Stored) -> None:
    one = random.choice(stored.events)
    stored.events.append(Event(random.randint(-9, EVENTS), *one[1:]))


def two_events_exchanged(random: Random, stored: Stored) -> None:
    one, other = random.sample(range(len(stored.events)), 2)
    a, b = stored.events[one], stored.events[other]
    stored.events[one] = Event(a.position, *b[1:])
    stored.events[other] = Event(b.position, *a[1:])


def the_end_cut(random: Random, stored: Stored) -> None:
    del stored.events[-random.randint(1, EVENTS - 1) :]


def an_entry(random: Random, stored: Stored) -> None:
    at = random.randrange(len(stored.entries))
    position, raw = stored.entries[at]
    stored.entries[at] = position, flipped(random, raw)


def an_entry_gone(random: Random, stored: Stored) -> None:
    del stored.entries[random.randrange(len(stored.entries))]


def two_entries_exchanged(random: Random, stored: Stored) -> None:
    one, other = random.sample(range(len(stored.entries)), 2)
    a, b = stored.entries[one], stored.entries[other]
    stored.entries[one], stored.entries[other] = (a[0], b[1]), (b[0], a[1])


def a_tile(random: Random, stored: Stored) -> None:
    key = random.choice([*stored.tiles])
    one = stored.tiles[key]
    stored.tiles[key] = random.choice(
        [Tile(flipped(random, one.hashes), one.root), Tile(one.hashes, flipped(random, one.root))]
    )


def a_tile_gone(random: Random, stored: Stored) -> None:
    del stored.tiles[random.choice([*stored.tiles])]


def a_checkpoint(random: Random, stored: Stored) -> None:
    at = random.randrange(len(stored.notes))
    size, text = stored.notes[at]
    stored.notes[at] = random.choice([(size + 1, text), (size, garbled(random, text))])


def the_last_checkpoint_gone(_: Random, stored: Stored) -> None:
    """An older one takes nothing away: a later one is about all that it is about."""
    del stored.notes[-1]


CHANGES: list[Callable[[Random, Stored], None]] = [
    *(an_event, an_event_gone, an_event_more, two_events_exchanged, the_end_cut),
    *(an_entry, an_entry_gone, two_entries_exchanged),
    *(a_tile, a_tile_gone, a_checkpoint, the_last_checkpoint_gone),
]


@pytest.fixture
def sealed(demo: House, tmp_path: Path) -> Sealed:
    found = Sealed(demo, tmp_path)
    for upto in 80, 200, 270, EVENTS:
        found.goes_on(upto)
    return found


@SQLITE
def test_each_of_many_changes_is_found(sealed: Sealed) -> None:
    random, last, whole = Random(7), sealed.last(), Stored(sealed.house)
    for _ in range(MUTATIONS):
        stored = copy.deepcopy(whole)
        changed = random.choice(CHANGES)
        changed(random, stored)
        report = check(stored.evidence(), sealed.keys.known, NAME, [last])
        assert report.findings, changed.__name__


def test_what_is_whole_is_never_said_not_to_be(demo: House, tmp_path: Path) -> None:
    sealed = Sealed(demo, tmp_path)
    for n in range(CLEAN):
        note(demo)
        if n % 3:
            sealed.sealer.seal()
        if n:
            assert sealed.found(sealed.last()) == []
