"""What every command about one procurement, or about several at once, has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_by
from domain.closed import why_not_compare
from domain.messages import Aggregate, Command, Context, Event
from domain.procurement import Procurement
from domain.refusals import ABSOLUTE, Refusal
from domain.values import Reference, procurement_id
from domain.wording import listed


class ProcurementCommand(Command, frozen=True):
    """A command that concerns one procurement."""

    procurement: UUID

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {self.procurement: Procurement()}

    def why_not(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        """Every reason; to who may not do it at all, no reason but that one.

        Nor to who may not see closed figures, where they count: the other reasons could be asked
        until they give one away (D9). Facts that are imported are recorded by whoever imports.
        """
        procurement: Procurement = record[self.procurement]
        mine = procurement.authority == context.constitution.authority
        live = mine and context.stamp.source is None
        barred = list(self.why_not_actor(procurement, context)) if live else []
        compared = record.values() if live and not barred and self.compares(record) else ()
        if unseen := list(why_not_compare(compared, context)):
            yield from unseen
            return
        for one in self.why_not_any(record, context):
            if not barred or one in barred or one.rule in ABSOLUTE:
                yield one

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        """Every reason, whoever asks."""
        procurement: Procurement = record[self.procurement]
        yield from self.why_not_standing(procurement)
        if procurement.version and procurement.authority != context.constitution.authority:
            yield Refusal("C1", "This procurement is another authority's")
        elif procurement.version:
            yield from self.why_not_actor(procurement, context)
            yield from self.why_not_here(procurement, context)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        return [(self.procurement, self.event(record[self.procurement], context))]

    def compares(self, record: Mapping[UUID, Any]) -> bool:
        """Whether rules hold amounts or names in it against what is on record."""
        return False

    @classmethod
    def act(cls) -> str:
        """What the constitution calls it when it says whose duty it is."""
        return str(cls.__struct_config__.tag)

    def why_not_standing(self, procurement: Procurement) -> Iterable[Refusal]:
        """What stands against anything that is done in it."""
        return why_not_open(procurement)

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        """What stands against who asks."""
        return why_not_by(self.act(), context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        """What stands against it besides who asks, given that the procurement is open."""
        raise NotImplementedError

    def event(self, procurement: Procurement, context: Context) -> Event:
        raise NotImplementedError


class SharedCommand(ProcurementCommand, frozen=True, kw_only=True):
    """A command about a report or decision, which may concern several procurements at once.

    It happens in the stream of each, in one append. ``also`` are the references of the others.
    """

    also: tuple[Reference, ...] = ()

    begins: ClassVar[bool] = False
    """Whether it begins something: what follows goes on where another was abandoned since."""

    @property
    def streams(self) -> tuple[UUID, ...]:
        return (self.procurement, *(procurement_id(one) for one in self.also))

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {stream: Procurement() for stream in self.streams}

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        if len(set(self.streams)) < len(self.streams):
            yield Refusal("C2", "A procurement is named twice")
            return
        yield from super().why_not_any(record, context)
        first = record[self.procurement]
        for reference in self.also:
            other = record[procurement_id(reference)]
            for one in self._why_not_other(other, context) if first.version else ():
                yield replace(one, reason=f"{reference}: {one.reason}")

    def _why_not_other(self, other: Procurement, context: Context) -> Iterable[Refusal]:
        if other.abandoned and not self.begins:
            # What goes on there is on record there: nothing else is refused.
            yield from (one for one in self.why_not_here(other, context) if one.rule == "C1")
            return
        yield from why_not_open(other)
        if other.version and other.authority != context.constitution.authority:
            yield Refusal("C1", "This procurement is another authority's")
        elif other.version:
            yield from self.why_not_here(other, context)

    def decide(self, record: Mapping[UUID, Any], context: Context) -> list[tuple[UUID, Event]]:
        return [(stream, self.event(record[stream], context)) for stream in self.streams]

    def why_not_all(self, concerned: Iterable[str]) -> Iterable[Refusal]:
        """Whatever is done about a report or decision is done in all procurements it concerns."""
        if missing := [one for one in concerned if procurement_id(one) not in self.streams]:
            yield Refusal("C1", f"It concerns {listed(missing)} too: name all that it concerns")


def why_not_open(procurement: Procurement) -> Iterable[Refusal]:
    """Something can be done in a procurement that was opened and not abandoned."""
    if not procurement.version:
        yield Refusal("C1", "There is no such procurement")
    if procurement.abandoned:
        yield Refusal("C2", f"The procurement was abandoned: {procurement.abandoned}")
