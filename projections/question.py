"""What a saved question is asked of, and what an answer to it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from domain.authority import Authority, Rules
from domain.messages import Context, Event, Recorded, fold
from domain.procurement import Procurement
from domain.wording import when


class Step(NamedTuple):
    """An event of a case, and the case as it stood before it."""

    recorded: Recorded
    before: Procurement

    @property
    def event(self) -> Event:
        return self.recorded.event

    @property
    def day(self) -> date:
        """The London day that rules read it as."""
        return self.recorded.stamp.on.read_as

    @property
    def dated(self) -> bool:
        """Whether its day is on record exactly."""
        return self.recorded.stamp.on.precision == "day"


class Case(NamedTuple):
    """A procurement with all its steps, its council, and today with its rules."""

    reference: str
    steps: Sequence[Step]
    after: Procurement
    authority: Authority
    context: Context

    def rules(self, step: Step) -> Rules:
        """What the step relied on."""
        return self.authority.relied_on(step.recorded.stamp.versions)


class Found(Struct, frozen=True):
    """Why something is in the list: the case and its step, the day, a sentence, and the rule.

    ``reference`` is a council's name where it is about the council itself; ``version`` is 0 where
    it is about something that did not happen. ``on`` is a London day.
    """

    reference: str
    version: int
    on: date | None
    on_text: str
    says: str
    rule: str
    imported: bool
    irregular: bool = False
    """Whether it is what a rule said against an imported record."""


class Question(NamedTuple):
    """``of_case`` answers it for one case, ``of_council`` for what is no case's."""

    name: str
    title: str
    asks: str
    reads: str
    of_case: Callable[[Case], Iterable[Found]]
    of_council: Callable[[Authority, Rules, date], Iterable[Found]] | None = None


def case_of(history: Iterable[Recorded], authority: Authority, context: Context) -> Case:
    """The case with each of its steps."""
    steps, before = [], Procurement()
    for one in history:
        steps.append(Step(one, before))
        before = fold(before, [one])
    return Case(before.reference, steps, before, authority, context)


def found_at(step: Step, case: Case, says: str, rule: str) -> Found:
    """A step that is in the list."""
    stamp = step.recorded.stamp
    return Found(
        reference=case.reference,
        version=step.recorded.version,
        on=step.day if step.dated else None,
        on_text=when(stamp.on),
        says=says,
        rule=rule,
        imported=stamp.source is not None,
    )


def irregular(
    case: Case, rules: Collection[str], kinds: tuple[type[Event], ...]
) -> Iterator[Found]:
    """What rules said against imported steps of these kinds, in their own words."""
    for step in case.steps:
        for one in step.recorded.stamp.irregularities:
            if one.rule in rules and isinstance(step.event, kinds):
                noted = found_at(step, case, f"{one.reason.rstrip('.')}.", one.rule)
                yield replace(noted, irregular=True)
