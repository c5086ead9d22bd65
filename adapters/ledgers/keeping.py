"""What the outbox keeps, written: deliveries in their lanes, and what becomes of endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Connection, case, func, literal_column, select, tuple_

from adapters.database import Database
from adapters.ledgers.kept import Again, Change, HandOn, Kept, PassOver, Tell
from adapters.ledgers.tables import deliveries, endpoint_states, lanes, secrets
from domain.london import LONDON
from domain.published import CONSULTATION_ASKED

START = "0" * 64
"""What the chain of a lane begins with."""
MORNING = time(7)
"""When, in London, the one message of the day goes out."""
CHUNK = 400


def delivery_id(endpoint: UUID, stream: UUID, version: int, event: str) -> UUID:
    """The same however often it is worked out; another where another event is in that place."""
    return uuid5(NAMESPACE_OID, f"{endpoint} {stream} {version} {event}")


def link(endpoint: UUID, lane: UUID, seq: int, previous: str, event: str) -> str:
    """What a lane's chain comes to with one more event: a receiver works out the same."""
    return sha256(f"{endpoint} {lane} {seq} {previous} {event}".encode()).hexdigest()


class Keeping:
    """In the transaction of ``db``, in which nobody else keeps anything."""

    def __init__(self, database: Database, db: Connection) -> None:
        self._database, self._db = database, db
        self.now: float = db.scalar(select(literal_column(database.seconds))) or 0.0

    def keep(self, kept: Iterable[Kept]) -> None:
        """All of it, in this order."""
        for kind, some in groupby(kept, type):
            if kind is Tell:
                self._tell([one for one in some if isinstance(one, Tell)])
                continue
            for one in some:
                match one:
                    case Change():
                        self._change(one)
                    case Again():
                        self._again(one)
                    case PassOver():
                        self._pass_over(one)
                    case HandOn():
                        self._hand_on(one)

    def _tell(self, told: Sequence[Tell]) -> None:
        known = self._chains({(one.endpoint, one.lane) for one in told})
        rows, first = [], dict[tuple[UUID, UUID], tuple[int, bool]]()
        for one in told:
            at = (one.endpoint, one.lane)
            last, previous = known.get(at, (0, START))
            seq, chain = last + 1, link(*at, last + 1, previous, one.event)
            known[at] = seq, chain
            first.setdefault(at, (seq, one.daily))
            rows.append(self._row(one, seq, previous, chain))
        self._move_on(first, known)
        self._database.add(self._db, deliveries, rows)

    def _chains(self, wanted: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], tuple[int, str]]:
        found, asked = {}, sorted(wanted)
        both = tuple_(lanes.c.endpoint, lanes.c.lane)
        for start in range(0, len(asked), CHUNK):
            query = select(lanes).where(both.in_(asked[start : start + CHUNK]))
            for one in self._db.execute(query):
                found[one.endpoint, one.lane] = one.last, one.chain
        return found

    def _row(self, one: Tell, seq: int, previous: str, chain: str) -> dict[str, Any]:
        told = one._asdict()
        del told["daily"]
        return {
            "id": delivery_id(one.endpoint, one.stream, one.version, one.event),
            **told,
            "seq": seq,
            "previous": previous,
            "chain": chain,
            "state": "waiting",
            "attempts": 0,
            "queued": self.now,
            "done": None,
        }

    def _move_on(
        self,
        first: dict[tuple[UUID, UUID], tuple[int, bool]],
        known: dict[tuple[UUID, UUID], tuple[int, str]],
    ) -> None:
        """Lanes end later; those in which all was done go on with the first that is new."""
        morning = self._morning()
        rows = [
            {
                "endpoint": at[0],
                "lane": at[1],
                "last": known[at][0],
                "chain": known[at][1],
                "head": seq,
                "due": morning if daily else self.now,
                "attempts": 0,
                "parked": False,
            }
            for at, (seq, daily) in sorted(first.items())
        ]
        row, c = self._database.insert(lanes), lanes.c
        done = c.head.is_(None)
        changes = {
            "last": row.excluded.last,
            "chain": row.excluded.chain,
            "head": func.coalesce(c.head, row.excluded.head),
            "due": case((done, row.excluded.due), else_=c.due),
            "attempts": case((done, 0), else_=c.attempts),
        }
        both = ["endpoint", "lane"]
        self._db.execute(row.on_conflict_do_update(index_elements=both, set_=changes), rows)

    def _morning(self) -> float:
        """The next time at which the one message of the day goes out."""
        now = datetime.fromtimestamp(self.now, UTC).astimezone(LONDON)
        at = datetime.combine(now.date(), MORNING, LONDON)
        return (at if at > now else at + timedelta(days=1)).timestamp()

    def _change(self, one: Change) -> None:
        mine = endpoint_states.c.endpoint == one.endpoint
        before = self._db.scalar(select(endpoint_states.c.address).where(mine))
        if before not in (None, one.address):
            self._drop(one.endpoint, before)
        if one.waits == "ended":
            self._db.execute(secrets.delete().where(secrets.c.endpoint == one.endpoint))
        known = {
            "endpoint": one.endpoint,
            "authority": one.authority,
            "name": one.name,
            "address": one.address,
            "waits": one.waits,
        }
        fresh = {"failures": 0, "failing_since": None, "opens": 0.0}
        row, epoch = self._database.insert(endpoint_states), endpoint_states.c.epoch
        changes = {**known, "epoch": epoch + 1, **(fresh if one.anew else {})}
        first = row.values(**known, **fresh, epoch=1)
        self._db.execute(first.on_conflict_do_update(index_elements=["endpoint"], set_=changes))
        if one.anew:
            late = (lanes.c.endpoint == one.endpoint) & (lanes.c.lane != one.endpoint)
            again = {"due": self.now, "attempts": 0}
            self._db.execute(lanes.update().where(late, lanes.c.due > self.now).values(**again))

    def _drop(self, endpoint: UUID, lane: UUID) -> None:
        """What was to verify an address that it no longer has is not sent any more."""
        left = deliveries.c.state.in_(["waiting", "dead"])
        waits = _lane(deliveries, endpoint, lane) & left
        skipped = {"state": "skipped", "done": self.now}
        self._db.execute(deliveries.update().where(waits).values(**skipped))
        done = lanes.update().where(_lane(lanes, endpoint, lane))
        self._db.execute(done.values(head=None, parked=False))

    def _again(self, one: Again) -> None:
        within = _lane(deliveries, one.endpoint, one.lane)
        there = deliveries.c.seq.between(one.first, one.last)
        self._db.execute(
            deliveries.update().where(within, there).values(state="waiting", done=None)
        )
        head = case((lanes.c.head < one.first, lanes.c.head), else_=one.first)
        fresh = {"head": head, "due": self.now, "attempts": 0, "parked": False}
        self._db.execute(lanes.update().where(_lane(lanes, one.endpoint, one.lane)).values(**fresh))
        # Who asks for it does not want to wait until the endpoint would be tried by itself.
        mine = endpoint_states.c.endpoint == one.endpoint
        self._db.execute(endpoint_states.update().where(mine).values(opens=0.0))

    def _pass_over(self, one: PassOver) -> None:
        within = _lane(deliveries, one.endpoint, one.lane)
        there = (deliveries.c.seq == one.seq) & deliveries.c.state.in_(["waiting", "dead"])
        gone = deliveries.update().where(within, there).values(state="skipped", done=self.now)
        if self._db.execute(gone).rowcount:
            held = _lane(lanes, one.endpoint, one.lane) & (lanes.c.head == one.seq)
            fresh = {"due": self.now, "attempts": 0, "parked": False}
            self._db.execute(lanes.update().where(held).values(fresh))

    def _hand_on(self, one: HandOn) -> None:
        waits = deliveries.c.state.in_(["waiting", "dead"])
        asked = deliveries.c.kind == CONSULTATION_ASKED
        mine = deliveries.c.endpoint == one.endpoint
        query = select(deliveries).where(mine, asked, waits).order_by(deliveries.c.position)
        undelivered = self._db.execute(query).all()
        for to in one.to if undelivered else ():
            there = select(deliveries.c.position).where(deliveries.c.endpoint == to, asked)
            has = set(self._db.scalars(there))
            self._tell(
                [
                    Tell(to, o.stream, o.kind, o.position, o.stream, o.version, o.event, False)
                    for o in undelivered
                    if o.position not in has
                ]
            )


def _lane(table: Any, endpoint: UUID, lane: UUID) -> Any:
    return (table.c.endpoint == endpoint) & (table.c.lane == lane)
