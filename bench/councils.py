"""Many councils that go by the rules of Leeds, each with cases that wait to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid5

import msgspec

from adapters.holidays import calendar
from adapters.house import House
from countersign.demo.load import SETTING_UP
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.messages import Actor, Command
from domain.opening import NoteOnSource
from domain.values import authority_id, procurement_id
from tests.domain.cases import DECISION, DECISION_ID, OPEN, REPORT, REPORT_ID
from tests.scenario import CASE, CLERK, DAY, DIRECTOR, OFFICER, REFERENCE, step, texts

C = TypeVar("C", bound=Command)
NOTE = step(NoteOnSource(CASE, "silence", "A day", "The report does not say it"), CLERK)
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Waiting(NamedTuple):
    """A report that waits, and the decision on it."""

    council: str
    reference: str
    command: Command
    by: Actor
    command_id: UUID
    seen: Mapping[UUID, int]


def here(person: UUID | None, council: str) -> UUID:
    """Who holds a post in this council that somebody holds in Leeds."""
    return uuid5(authority_id(council), str(person))


def seat(one: Actor, council: str) -> Actor:
    return Actor(here(one.person, council), one.post.replace("leeds/", f"{council}/"))


def adopt(house: House, council: str) -> None:
    """The rules of Leeds under another name, with people of its own."""
    constitution, offices = (one.replace('"leeds', f'"{council}') for one in texts("leeds"))
    people = {UUID(one): here(UUID(one), council) for one in ID.findall(offices)}
    offices = ID.sub(lambda one: str(people[UUID(one[0])]), offices)
    house.identity.introduce(dict.fromkeys(people.values(), council))
    house.clocks.start(council, DAY)
    for command in (
        AdoptCalendar(council, calendar()),
        AdoptConstitution(council, constitution),
        AdoptOffices(council, offices),
    ):
        command_id = uuid5(authority_id(council), type(command).__name__)
        house.execute(command, Actor(None, SETTING_UP), command_id, authority=council)


def waiting(house: House, council: str, cases: int, notes: int = 0) -> Iterator[Waiting]:
    """So many cases of a council, each opened, noted on, and put up to its Director in a report."""
    for n in range(1, cases + 1):
        reference = f"{council}-2022-{n}"
        stream = procurement_id(reference)
        names = {REFERENCE: reference, str(CASE): str(stream), "leeds": council}
        names |= {str(one): str(uuid5(stream, str(one))) for one in (REPORT_ID, DECISION_ID)}
        asked = []
        steps = [(OPEN, OFFICER), *((NOTE, CLERK) for _ in range(notes)), (REPORT, OFFICER)]
        for nth, (one, by) in enumerate(steps):
            who, command_id = seat(by, council), uuid5(stream, str(nth))
            asked.append((_renamed(one, names), house.context(council, who, command_id)))
        house.engine.execute_all(asked)
        command, by = _renamed(DECISION, names), seat(DIRECTOR, council)
        yield Waiting(
            council, reference, command, by, uuid5(stream, "decide"), {stream: len(steps)}
        )


def clerk(council: str) -> Actor:
    """Who publishes what was decided."""
    return seat(CLERK, council)


def _renamed(one: step, names: Mapping[str, str]) -> Any:
    text = msgspec.json.encode(one.command).decode()
    for old, new in names.items():
        text = text.replace(old, new)
    return msgspec.json.decode(text, type=type(one.command))
