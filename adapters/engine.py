"""The engine: loads what a command concerns, asks it, records what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid5

from msgspec.structs import replace

from adapters.log import Conflict, Log, encode
from domain.messages import Aggregate, Command, Context, Event, Irregularity, Recorded, fold
from domain.refusals import ABSOLUTE, Refusal, Refused, Stale

A = TypeVar("A", bound=Aggregate)


class Engine:
    """The only way anything is written. ``woken`` is told after each append."""

    def __init__(self, log: Log, woken: Callable[[], None] = lambda: None) -> None:
        self.log = log
        self._woken = woken

    def load(self, stream: UUID, blank: A, upto: int | None = None) -> A:
        """The aggregate as it stands, or stood at a version; ``blank`` if nothing happened."""
        return fold(blank, self.log.read(stream, upto=upto))

    def execute(
        self, command: Command, context: Context, seen: Mapping[UUID, int] | None = None
    ) -> None:
        """Records what the command decides. Sent again, it changes nothing and raises nothing.

        ``seen`` is the version that the sender saw of each stream concerned; None for whatever is
        there. Raises Refused when a rule stands against it, Stale when something else has
        happened: nothing was recorded then. After any other error ask again with the same id: it
        happens once. What is imported is recorded with its irregularities instead of refused.
        """
        context = _identified(command, context, seen)
        history = {stream: self.log.read(stream) for stream in command.concerns()}
        if _happened(context, history):
            return
        record: dict[UUID, Any] = {
            stream: fold(blank, history[stream]) for stream, blank in command.concerns().items()
        }
        _check_seen(record, seen)
        context = admitted(list(command.why_not(record, context)), context)
        news = _numbered(command.decide(record, context), record, context)
        try:
            self.log.append(news)
        except Conflict:
            if not _happened(context, {stream: self.log.read(stream) for stream in record}):
                raise Stale("something else happened at the same moment") from None
        self._woken()


def _identified(command: Command, context: Context, seen: Mapping[UUID, int] | None) -> Context:
    """The sender's id together with all that was asked: another request is another command."""
    asked = encode((command, context.stamp.by, sorted((seen or {}).items())))
    unique = uuid5(context.stamp.command_id, sha256(asked).hexdigest())
    return replace(context, stamp=replace(context.stamp, command_id=unique))


def _happened(context: Context, history: Mapping[UUID, list[Recorded]]) -> bool:
    """A command sent again finds itself on record."""
    mine = context.stamp.command_id
    return any(one.stamp.command_id == mine for events in history.values() for one in events)


def _check_seen(record: Mapping[UUID, Aggregate], seen: Mapping[UUID, int] | None) -> None:
    if seen is not None and any(one.version != seen.get(s) for s, one in record.items()):
        raise Stale("something has happened since you looked")


def admitted(refusals: list[Refusal], context: Context) -> Context:
    """Acts are refused; imported facts keep what rules say against them as irregularities."""
    if context.stamp.source is None or any(one.rule in ABSOLUTE for one in refusals):
        if refusals:
            raise Refused(refusals)
        return context
    found = tuple(Irregularity(one.rule, one.reason) for one in refusals)
    return replace(context, stamp=replace(context.stamp, irregularities=found))


def _numbered(
    happened: list[tuple[UUID, Event]], record: Mapping[UUID, Aggregate], context: Context
) -> list[Recorded]:
    reached, news = {stream: one.version for stream, one in record.items()}, []
    for stream, event in happened:
        reached[stream] += 1
        news.append(Recorded(stream, reached[stream], context.stamp, event))
    return news
