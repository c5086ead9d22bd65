"""By what an entry of the trail is found: its council, who acted, who decided, gateway and day.

A table of its own beside the trail, so that a house that had a trail before fills it from the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Index, String, Table, Uuid

from domain.authority import Authority
from domain.budget import Budget
from domain.delegation import Delegation
from domain.endpoints import Endpoints
from domain.messages import Aggregate, Event, Recorded
from domain.procurement import Procurement
from domain.record import Decision
from domain.reported import Report
from domain.values import authority_of
from projections.touched import Projection, Row, Touched, metadata

table = Table(
    "facets",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("authority", String, nullable=False),
    Column("person", Uuid),
    Column("post", String, nullable=False),
    Column("body", String),
    Column("gateway", String),
    Column("on", Date, nullable=False),
)
"""``body`` is the post or body that decides, recommends or meets; ``on`` the London day that the
day of the entry is read as."""
NOBODY = UUID(int=0)
ASKED = ("authority", "person", "post", "body", "gateway", "on")
for name in ASKED:
    Index(f"facets_by_{name}", table.c[name], table.c.position)


def changes(touched: Touched) -> Iterable[tuple[object, Iterator[Row]]]:
    """One row for each event."""
    authority = _authority(touched.after)
    for position, recorded in touched.news:
        yield position, iter([_row(position, recorded, touched.after, authority)])


def _row(position: int, recorded: Recorded, after: Aggregate, authority: str) -> Row:
    stamp = recorded.stamp
    body, gateway = _whose(recorded.event, after)
    return {
        "position": position,
        "authority": authority,
        "person": stamp.by.person,
        "post": stamp.by.post,
        "body": body,
        "gateway": gateway,
        "on": stamp.on.read_as,
    }


def _authority(after: Aggregate) -> str:
    """The council whose entry it is."""
    match after:
        case Authority(name=name):
            return name
        case Budget(reference=reference):
            return authority_of(reference)
        case Procurement() | Delegation() | Endpoints():
            return after.authority
    return ""


def _whose(event: Event, after: Aggregate) -> tuple[str | None, str | None]:
    """Who decides, and at which gateway: as the event says, or the decision or report it names.

    Neither changes once it is on record, so it does not matter at which later event this is asked.
    """
    found: list[Event | Decision | Report | None] = [event]
    if isinstance(after, Procurement):
        found += [
            after.decisions.get(getattr(event, "decision", NOBODY)),
            after.reports.get(getattr(event, "report", NOBODY)),
        ]
    bodies = (getattr(one, name, None) for one in found for name in ("decided_by", "body"))
    gateways = (getattr(one, "gateway", None) for one in found)
    return next(filter(None, bodies), None), next(filter(None, gateways), None)


projection = Projection("facets", table, table.c.position, changes)
