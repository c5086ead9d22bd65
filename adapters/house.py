"""The house, wired: what the page, the worker and the command line all work with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from adapters import migrations
from adapters.clock import Clocks, london_day
from adapters.closed_reads import ClosedReads
from adapters.councils import Councils
from adapters.database import BUSY_SECONDS, Database, Unavailable
from adapters.delivery.secrets import Secrets
from adapters.documents import Documents
from adapters.engine import Engine
from adapters.evidence.seals import Seals
from adapters.identity import Identity
from adapters.keys import Keys
from adapters.leases import Leases
from adapters.ledgers.capsules import Capsules
from adapters.ledgers.looking import DeliveryViews
from adapters.ledgers.outbox import Outbox
from adapters.log import Log
from adapters.postgres import Postgres
from adapters.refused_attempts import RefusedAttempts
from adapters.runner import Runner
from adapters.scratch import Scratch
from adapters.searching import Searching
from adapters.sqlite import SqliteFile
from adapters.telling import Told, nobody
from adapters.views import Views, Waiting
from domain.authority import NOTHING_ADOPTED, Authority, Rules
from domain.correcting import CorrectCalendar, corrected, recounted
from domain.delegation import Delegation
from domain.messages import Actor, Aggregate, Command, Context, Stamp, tag_of
from domain.opening import ProcurementOpened
from domain.procurement import Procurement
from domain.refusals import Refused
from domain.values import When, authority_id, procurement_id
from projections import delegations, facets, procurements, queue, touched, trail
from projections.standing import versions_of

A = TypeVar("A", bound=Aggregate)
OPENED = tag_of(ProcurementOpened)
PROJECTIONS = (
    queue.projection,
    trail.projection,
    facets.projection,
    procurements.projection,
    delegations.projection,
)


class House:
    """One database with its log, engine, read models, papers, people and clocks."""

    def __init__(
        self,
        where: Path | str,
        woken: Callable[[], None] = lambda: None,
        busy_seconds: int = BUSY_SECONDS,
        key_file: Path | None = None,
        *,
        careless: bool = False,
        told: Told = nobody,
        sessions: Scratch | None = None,
    ) -> None:
        """In a file, or at the address of a PostgreSQL database, which needs a key file.

        That of a file has its name with the ending .key unless it is named. ``careless`` is about
        the settings of a server. ``woken`` is called after each append, ``told`` with the topics of
        what read models show. In ``sessions`` every process finds who another has just found in the
        database. Raises Unavailable.
        """
        self._told = told
        self.database = database(where, busy_seconds, careless=careless)
        try:
            if isinstance(self.database, SqliteFile):
                migrations.migrate(self.database)
            migrations.check(self.database)
            self.database.make(touched.metadata)
            self.keys = Keys(self.database, key_file or _beside(where))
        except Unavailable:
            self.database.close()
            raise
        self.log = Log(self.database, self.keys)
        self.leases = Leases(self.database)
        self.engine = Engine(self.log, woken)
        self.runners = {one.name: self.runner(one.name) for one in PROJECTIONS}
        self.outbox = Outbox(self.log, self.database, told)
        self.deliveries = DeliveryViews(self.database)
        self.secrets = Secrets(self.database, self.keys)
        self.seals = Seals(self.database)
        self.documents = Documents(self.database)
        self.capsules = Capsules(self.database, self.keys)
        self.identity = Identity(self.database, sessions, self.keys.fingerprint)
        self.closed_reads = ClosedReads(self.database)
        self.refused_attempts = RefusedAttempts(self.database)
        self.clocks = Clocks(self.database)
        self.councils = Councils(self.log)
        self.views = Views(self.database)
        self.searching = Searching(self.database)

    def runner(self, name: str) -> Runner:
        projection = next(one for one in PROJECTIONS if one.name == name)
        return Runner(self.log, self.database, projection, self._told)

    def catch_up(self, batch: int = 1000) -> int:
        """Brings the outbox and every read model up to date: how many events those applied."""
        while self.outbox.catch_up():
            pass
        return sum(self._caught_up(one, batch) for one in self.runners)

    def keep_up(self, batch: int = 1000, stopped: Callable[[], bool] = lambda: False) -> int:
        """The same, but for what another process keeps up to date.

        Ends between two batches where it is told to stop.
        """

        def goes_on(name: str) -> bool:
            return not stopped() and self.leases.take(f"worker {name}")

        last = self.log.last_position()
        while self.outbox.position() < last and goes_on("outbox") and self.outbox.catch_up():
            pass
        return sum(self._caught_up(one, batch, goes_on) for one in self.runners)

    def _caught_up(
        self, name: str, batch: int, goes_on: Callable[[str], bool] = lambda _: True
    ) -> int:
        runner, last, done = self.runners[name], self.log.last_position(), 0
        while runner.position() < last and goes_on(name):
            done += runner.catch_up(batch)
        return done

    def behind(self) -> bool:
        """Whether a read model has not seen all of the log."""
        last = self.log.last_position()
        return any(runner.position() < last for runner in self.runners.values())

    def authority(self, name: str) -> Authority:
        """What an authority has adopted."""
        return self.engine.load(authority_id(name), Authority())

    def rules(self, name: str, day: date | None = None) -> Rules:
        """What an authority goes by on a day, today without one. Raises Refused without rules."""
        return self.authority(name).rules(day or self.clocks.today(name))

    def load(self, stream: UUID, blank: A) -> A:
        """An aggregate as it stands; ``blank`` if nothing happened."""
        return self.engine.load(stream, blank)

    def procurement(self, reference: str, upto: int | None = None) -> Procurement:
        """A procurement as it stands, or stood at a version; of version 0 if there is none."""
        return self.engine.load(procurement_id(reference), Procurement(), upto)

    def delegation(self, stream: UUID) -> Delegation:
        """A delegated authority as it stands; of version 0 if there is none."""
        return self.engine.load(stream, Delegation())

    def context(
        self,
        authority: str,
        by: Actor,
        command_id: UUID,
        on: When | None = None,
        source: str | None = None,
    ) -> Context:
        """Who acts, on which day, today unless it is imported, by which rules."""
        now = self.clocks.now(authority)
        day = on or When(london_day(now))
        adopted = self.authority(authority)
        rules = adopted.rules(day.read_as) if adopted.complete else NOTHING_ADOPTED
        stamp = Stamp(by, day, now, command_id, versions_of(rules), source)
        return Context(stamp, rules.constitution, rules.offices, rules.calendar)

    def execute(
        self,
        command: Command,
        by: Actor,
        command_id: UUID,
        seen: Mapping[UUID, int] | None = None,
        authority: str | None = None,
    ) -> None:
        """Does what a person asks for today, in the authority of the post acted in."""
        self.engine.execute(command, self.context_of(command, by, command_id, authority), seen)

    def context_of(
        self, command: Command, by: Actor, command_id: UUID, authority: str | None = None
    ) -> Context:
        """Today's; where a meeting is recorded that day's, with today's beside it."""
        name = authority or by.post.partition("/")[0]
        today = self.context(name, by, command_id)
        if (met := command.met_on()) is None:
            return today
        return replace(self.context(name, by, command_id, When(met)), recording=today)

    def cases(self, authority: str) -> list[Procurement]:
        """The procurements of an authority as they stand, in the order of their references."""
        rows = self.views.procurements()
        return [self.procurement(one.reference) for one in rows if one.authority == authority]

    def queue(self, posts: Collection[str], most: int | None = None) -> Waiting:
        """What waits for any of the posts and is shown by today."""
        days = self.clocks.days({one.partition("/")[0] for one in posts})
        return self.views.queue(posts, days, most=most)

    def rules_for(self, person: UUID) -> dict[str, tuple[date, Rules]]:
        """Today and its rules, in every authority where the person has or had a part."""
        found = {}
        for name, today in self.clocks.days(self.councils.of(person)).items():
            with suppress(Refused):
                found[name] = today, self.rules(name, today)
        return found

    def touched_by(self, authority: str, correction: CorrectCalendar) -> tuple[str, ...]:
        """The references of an authority's cases whose periods a correction changes."""
        today, calendar = self.clocks.today(authority), self.rules(authority).calendar
        after = corrected(calendar, correction.day, correction.where, correction.name)
        opened = map(self.log.recorded, self.log.of_kind(OPENED, self.log.last_position()))
        mine = [one.stream for one in opened if getattr(one.event, "authority", "") == authority]
        cases = [self.engine.load(one, Procurement()) for one in mine]
        return tuple(one.reference for one in cases if recounted(one, after, today))

    def close(self) -> None:
        self.log.close()
        self.database.close()


def database(
    where: Path | str, busy_seconds: int = BUSY_SECONDS, *, careless: bool = False
) -> Database:
    """The store in a file or at an address. Raises Unavailable."""
    if isinstance(where, str):
        return Postgres(where, busy_seconds, careless=careless)
    return SqliteFile(where, busy_seconds)


def _beside(where: Path | str) -> Path:
    if isinstance(where, str):
        raise ValueError("nothing lies beside an address: name the key file")
    return where.with_suffix(".key")
