"""The engine: loads what a command concerns, asks it, records what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast
from uuid import UUID, uuid5

from msgspec.structs import replace

from adapters.log import Conflict, Log
from adapters.memory import Known, Memory
from domain.messages import Aggregate, Command, Context, Irregularity, Recorded, Stamp, fold
from domain.refusals import ABSOLUTE, Refusal, Refused, Stale

A = TypeVar("A", bound=Aggregate)


class Engine:
    """The only way anything is written. ``woken`` is told after each append."""

    def __init__(self, log: Log, woken: Callable[[], None] = lambda: None) -> None:
        self.log, self.memory = log, Memory(log)
        self._woken = woken

    def load(self, stream: UUID, blank: A, upto: int | None = None) -> A:
        """The aggregate as it stands, or stood at a version; ``blank`` if nothing happened."""
        if upto is None:
            return cast(A, self.memory.known({stream: blank})[stream].aggregate)
        return fold(blank, self.log.history(stream, upto))

    def execute(
        self, command: Command, context: Context, seen: Mapping[UUID, int] | None = None
    ) -> None:
        """Records what the command decides. Sent again, it changes nothing and raises nothing.

        ``seen`` is the version of each stream that the sender looked at; what they did not look at
        may be at any. Raises Refused when a rule stands against it, Stale when something else has
        happened: nothing was recorded then. After any other error ask again with the same id: it
        happens once. What is imported is recorded with its irregularities instead of refused.
        """
        self.execute_all([(command, context)], seen)

    def execute_all(
        self, asked: Sequence[tuple[Command, Context]], seen: Mapping[UUID, int] | None = None
    ) -> bool:
        """Several commands one after the other, recorded in one transaction: all of them or none.

        Those that are on record already are passed over: False where all were. Raises as
        ``execute`` does.
        """
        if not (news := self.rehearse(asked, seen)):
            return False
        try:
            self.log.append(news)
        except Conflict:
            known = self._known(command for command, _ in asked)
            if not all(_is_known(one.stamp, known) for one in news):
                raise Stale("something else happened at the same moment") from None
        self._woken()
        return True

    def rehearse(
        self, asked: Sequence[tuple[Command, Context]], seen: Mapping[UUID, int] | None = None
    ) -> list[Recorded]:
        """What ``execute_all`` would record. Raises as it does, and records nothing."""
        asked = [(command, self._identified(command, context, seen)) for command, context in asked]
        known = self._known(command for command, _ in asked)
        asked = [one for one in asked if not _is_known(one[1].stamp, known)]
        if not asked:
            return []
        record = {stream: one.aggregate for stream, one in known.items()}
        for command, _ in asked:
            self._look_behind(command, record)
        _check_seen(record, seen)
        return list(self._decided(asked, record))

    def on_record(
        self, command: Command, context: Context, seen: Mapping[UUID, int] | None = None
    ) -> bool:
        """Whether this very request was recorded already."""
        return _is_known(self._identified(command, context, seen).stamp, self._known([command]))

    def record(self, command: Command) -> dict[UUID, Aggregate]:
        """Everything that a command concerns, and what lies behind that, as it stands."""
        record = {stream: one.aggregate for stream, one in self._known([command]).items()}
        self._look_behind(command, record)
        return record

    def _known(self, commands: Iterable[Command]) -> dict[UUID, Known[Aggregate]]:
        """Everything that commands concern."""
        blanks = {stream: blank for one in commands for stream, blank in one.concerns().items()}
        return self.memory.known(blanks)

    def _look_behind(self, command: Command, record: dict[UUID, Any]) -> None:
        """``record`` is given what lies behind what is in it, where that is not there yet."""
        behind = command.behind(record).items()
        found = self.memory.known({one: blank for one, blank in behind if one not in record})
        record |= {stream: known.aggregate for stream, known in found.items()}

    def _decided(
        self, asked: Sequence[tuple[Command, Context]], record: dict[UUID, Any]
    ) -> Iterator[Recorded]:
        """What happens, one after the other; ``record`` follows, so that each sees those before."""
        for command, context in asked:
            self._look_behind(command, record)
            try:
                context = admitted(list(command.why_not(record, context)), context)
            except Refused as refused:
                refused.command = command
                raise
            for stream, event in command.decide(record, context):
                version = record[stream].version + 1
                recorded = Recorded(stream, version, context.stamp, event)
                record[stream] = fold(record[stream], [recorded])
                yield recorded

    def _identified(
        self, command: Command, context: Context, seen: Mapping[UUID, int] | None
    ) -> Context:
        """The sender's id together with all that was asked: another request is another command."""
        asked = (command, context.stamp.by, sorted((seen or {}).items()))
        unique = uuid5(context.stamp.command_id, self.log.fingerprint(asked))
        return replace(context, stamp=replace(context.stamp, command_id=unique))


def _is_known(stamp: Stamp, known: Mapping[UUID, Known[Aggregate]]) -> bool:
    """A command sent again finds itself on record."""
    return any(stamp.command_id in one.commands for one in known.values())


def _check_seen(record: Mapping[UUID, Aggregate], seen: Mapping[UUID, int] | None) -> None:
    if any(record[s].version != version for s, version in (seen or {}).items() if s in record):
        raise Stale("something has happened since you looked")


def admitted(refusals: list[Refusal], context: Context) -> Context:
    """Acts are refused; imported facts keep what rules say against them as irregularities."""
    if context.stamp.source is None or any(one.rule in ABSOLUTE for one in refusals):
        if refusals:
            raise Refused(refusals)
        return context
    found = tuple(Irregularity(one.rule, one.reason) for one in refusals)
    return replace(context, stamp=replace(context.stamp, irregularities=found))
