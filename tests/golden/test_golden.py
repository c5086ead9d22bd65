"""What was stored once can be read for ever: an example of each kind of event, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from adapters.house import House
from adapters.log import Stored
from adapters.sealing import encode
from domain.authority import Authority
from domain.budget import Budget
from domain.delegation import Delegation
from domain.endpoints import Endpoints
from domain.messages import Aggregate, Event, Recorded, by_tag, evolve, tag_of
from domain.procurement import Procurement
from domain.undertakings import UndertakingGiven
from domain.values import Precision, When
from domain.withdrawing import ReportWithdrawn
from projections.sentences import sentence
from tests.golden.make import HERE, file_of, make

TAGS = sorted(by_tag(Event, r".*"))
HOW = "run “python -m tests.golden.make” after adding it to HISTORIES there, and commit the file"


def example(house: House, tag: str) -> Recorded:
    file = file_of(tag)
    assert file.exists(), f"{tag} has no golden example {file.name}: {HOW}"
    return house.log.recorded(Stored(1, UUID(int=1), 1, tag, file.read_bytes()))


def accepted(examples: Iterable[Recorded], state: Aggregate) -> set[str]:
    """The kinds that evolve accepts, each on what those before it add up to."""
    left, done = list(examples), set()
    for _ in range(len(left)):
        for one in list(left):
            try:
                state = evolve(one.event, state, one.stamp)
            except (AssertionError, AttributeError, KeyError, NotImplementedError, TypeError):
                continue
            left.remove(one)
            done.add(tag_of(type(one.event)))
    return done


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_is_a_name_and_a_version(tag: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*/[1-9]\d*", tag), f"{tag!r} is not like “report-put-up/1”"


@pytest.mark.parametrize("tag", TAGS)
def test_every_event_has_an_example_that_is_read_and_written_the_same(
    house: House, tag: str
) -> None:
    found = example(house, tag)
    again = encode((found.stamp, found.event))
    assert again == file_of(tag).read_bytes(), (
        f"{tag} is no longer stored as it was: leave its fields alone, and give what changed a new "
        f"version of the tag, to which the old one is brought when it is read"
    )


@pytest.mark.parametrize("tag", TAGS)
def test_every_event_has_a_sentence(house: House, tag: str) -> None:
    event = example(house, tag).event
    assert type(event) in sentence.registry, f"{tag} has no sentence in projections/sentences.py"
    said = sentence(event)
    assert re.fullmatch(r"[A-Z“(].*[.!?]”?", said), f"{tag}: “{said}” is no sentence"
    assert "None" not in said
    assert "  " not in said


@pytest.mark.parametrize("tag", TAGS)
def test_every_event_becomes_part_of_the_state(house: House, tag: str) -> None:
    event = example(house, tag).event
    assert type(event) in evolve.registry, f"nothing evolves on {tag}: register it beside the event"
    examples = [example(house, one) for one in TAGS if file_of(one).exists()]
    blanks = (Procurement(), Authority(), Delegation(), Budget(), Endpoints())
    done = {one for blank in blanks for one in accepted(examples, blank)}
    assert tag in done, f"evolve does not accept {tag} after the other examples: has it their ids?"


def test_rules_that_were_adopted_once_are_understood_for_ever(house: House) -> None:
    authority = Authority()
    for tag in ("calendar-adopted/1", "constitution-adopted/1", "offices-adopted/1"):
        one = example(house, tag)
        authority = evolve(one.event, authority, one.stamp)
    rules = authority.rules(date(2022, 11, 14))
    assert rules.constitution.route("procurement", "significant-operational", Decimal(400_000))
    assert rules.offices.holder("leeds/legal-services", date(2022, 11, 14))
    assert rules.calendar.why_closed(date(2022, 12, 26))


@pytest.mark.parametrize("file", sorted(HERE.glob("*.json")), ids=lambda file: file.name)
def test_every_example_is_of_a_kind_that_is_still_known(file: Path) -> None:
    known = {file_of(tag).name for tag in TAGS}
    assert file.name in known, f"{file.name} is an example of nothing: a stored kind stays readable"


def test_an_example_that_is_there_is_not_made_again() -> None:
    assert all(file_of(tag).exists() for tag in TAGS)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in HERE.glob("*.json")}
    assert list(make()) == []
    assert {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in HERE.glob("*.json")} == before


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("No money is left", "No money is left."),
        ("No money is left.", "No money is left."),
        ("Is it lawful?", "Is it lawful?"),
        ("They said “no.”", "They said “no.”"),
        ("Too dear\r\n\r\n  and too late ", "Too dear and too late."),
    ],
)
def test_what_people_write_ends_a_sentence_however_they_wrote_it(written: str, read: str) -> None:
    said = sentence(ReportWithdrawn(UUID(int=1), written))
    assert said == f"Withdrew the report: {read}"


@pytest.mark.parametrize(
    ("precision", "due"),
    [
        ("day", "due 1 June 2021"),
        ("month", "due in June 2021"),
        ("before", "due before 1 June 2021"),
    ],
)
def test_an_undertaking_is_due_as_exactly_as_it_was_given(precision: Precision, due: str) -> None:
    day = When(date(2021, 6, 1), precision)
    given = UndertakingGiven(UUID(int=1), "a report", "leeds/a", "leeds/b", day, "it is time")
    assert sentence(given) == f"An officer undertook, {due}, once it is time: a report."
