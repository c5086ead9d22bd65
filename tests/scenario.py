"""given(steps).when(step).then(events): how every rule is tested, through real commands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self
from uuid import UUID

import pytest
from msgspec.structs import replace

import countersign.demo
from adapters.engine import admitted
from adapters.holidays import calendar
from countersign import councils
from domain.authority import Rules
from domain.messages import Actor, Command, Context, Event, Recorded, Stamp, fold
from domain.offices import read_offices
from domain.procurement import Procurement
from domain.reading_constitution import read_constitution
from domain.refusals import Refusal, Refused
from domain.values import When, procurement_id
from projections.standing import versions_of

DEMO = Path(countersign.demo.__file__).parent
COUNCILS = (DEMO, Path(__file__).parent / "councils", councils.FOLDER)
"""Those of the demonstration, those that only tests know, and those known as files."""
COMMAND = UUID(int=7)
REFERENCE = "leeds-2022-9"
CASE = procurement_id(REFERENCE)
DAY = date(2022, 11, 14)


def texts(authority: str) -> tuple[str, str]:
    """The constitution and the offices of a council, as they are in its files."""
    folder = next(one / authority for one in COUNCILS if (one / authority).is_dir())
    constitution, offices = folder / "constitution.toml", folder / "offices.toml"
    return constitution.read_text("utf-8"), offices.read_text("utf-8")


@cache
def rules(authority: str) -> Rules:
    """The rules of a council, straight from its files."""
    constitution, offices = texts(authority)
    return Rules(read_constitution(constitution), read_offices(offices), calendar())


def holder(post: str) -> Actor:
    """The person who holds a post, acting in it."""
    offices = rules(post.partition("/")[0]).offices
    return Actor(next(one.person for one in offices.holders if one.post == post), post)


OFFICER = holder("leeds/commissioning-officer")
DEPUTY_DIRECTOR = holder("leeds/deputy-director-integrated-commissioning")
DIRECTOR = holder("leeds/director-of-adults-and-health")
CLERK = holder("leeds/democratic-services")
LAWYER = holder("leeds/legal-services")
AUDITOR = holder("leeds/visiting-auditor")


class step(NamedTuple):
    """A command, by whom and on which London day; ``source`` is set where it is imported."""

    command: Command
    by: Actor = OFFICER
    on: date | When = DAY
    source: str | None = None

    def at(self, on: date) -> step:
        return self._replace(on=on)

    def context(self, rules_: Rules | None = None) -> Context:
        """As the house makes it: where a meeting is recorded, that day's with today's beside it."""
        met = None if self.source else self.command.met_on()
        today = self._on(self.on, rules_)
        return replace(self._on(met, rules_), recording=today) if met else today

    def _on(self, on: date | When, rules_: Rules | None) -> Context:
        ours = self.by.post.startswith("countersign/")
        name = getattr(self.command, "authority", "") if ours else self.by.post.partition("/")[0]
        found = rules_ or rules(name)
        on = on if isinstance(on, When) else When(on)
        now = datetime(on.day.year, on.day.month, on.day.day, 9, tzinfo=UTC)
        stamp = Stamp(self.by, on, now, COMMAND, versions_of(found), self.source)
        return Context(stamp, found.constitution, found.offices, found.calendar)


class given:
    """A record that real commands made; ``rules_`` replace those of the council."""

    def __init__(self, *steps: step, rules_: Rules | None = None) -> None:
        self.record: dict[UUID, Any] = {}
        self.rules = rules_
        for one in steps:
            concerned = self.concerned(one.command)
            for stream, recorded in self.when(one)._recorded():
                before = self.record.get(stream, concerned[stream])
                self.record[stream] = fold(before, [recorded])

    def concerned(self, command: Command) -> dict[UUID, Any]:
        """What a command concerns and what lies behind it, each as it stands."""
        found = {s: self.record.get(s, blank) for s, blank in command.concerns().items()}
        behind = command.behind(found).items()
        return found | {s: self.record.get(s, blank) for s, blank in behind if s not in found}

    def when(self, one: step) -> Self:
        self.step = one
        return self

    def _recorded(self) -> list[tuple[UUID, Recorded]]:
        """What the engine does, without a store."""
        command, asked = self.step.command, self.step.context(self.rules)
        record = self.concerned(command)
        asked = admitted(list(command.why_not(record, asked)), asked)
        found, versions = [], {stream: one.version for stream, one in record.items()}
        for stream, event in command.decide(record, asked):
            versions[stream] += 1
            found.append((stream, Recorded(stream, versions[stream], asked.stamp, event)))
        return found

    def outcome(self) -> list[Event]:
        return [recorded.event for _, recorded in self._recorded()]

    def irregularities(self) -> list[str]:
        """The rules that stand against an imported fact."""
        _, first = self._recorded()[0]
        return [one.rule for one in first.stamp.irregularities]

    def then(self, *events: Event) -> None:
        assert self.outcome() == list(events)

    def then_refused(self, *rules_: str) -> tuple[Refusal, ...]:
        """Refused for exactly these rules, in this order."""
        with pytest.raises(Refused) as caught:
            self.outcome()
        assert [refusal.rule for refusal in caught.value.refusals] == list(rules_)
        return caught.value.refusals

    def raised(self) -> tuple[Refusal, ...]:
        """Refused, for whatever rules."""
        with pytest.raises(Refused) as caught:
            self.outcome()
        return caught.value.refusals

    def procurement(self, reference: str = REFERENCE) -> Procurement:
        found: Procurement = self.record[procurement_id(reference)]
        return found


def days_on(day: date, number: int) -> date:
    return day + timedelta(days=number)
