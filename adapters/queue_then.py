"""The queue as it stood at a moment: worked out anew from what was on record by then.

No read model is kept for it: every case that the council had by then is read and folded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from adapters.folding import rules_of
from adapters.house import House
from adapters.log import Stored
from adapters.looking_back import authority_at, recorded_by
from adapters.views import Item, Waiting
from domain.authority import Authority
from domain.london import london_day
from domain.messages import Aggregate, fold, tag_of
from domain.opening import ProcurementOpened
from domain.procurement import Procurement
from projections import queue
from projections.touched import Row, Touched

FAR = date.max


class TooMany(Exception):
    """More cases than are to be read for one answer."""


def queue_then(
    house: House, posts: Collection[str], moment: datetime, most: int | None = None
) -> Waiting:
    """What waited for any of the posts, in the order in which a queue shows it.

    Raises TooMany where it would take to read more than ``most`` cases.
    """
    moments = {
        name: min(moment, house.clocks.now(name))
        for name in sorted({one.partition("/")[0] for one in posts})
    }
    cases = list(_opened(house, moments))
    if most is not None and len(cases) > most:
        raise TooMany
    found = [
        _item(row, london_day(then))
        for name, then in moments.items()
        for row in _rows(house, [one for one, of in cases if of == name], name, then)
        if row["post"] in posts and _in_sight(row, london_day(then))
    ]
    found.sort(key=_order)
    later = sum(one.later for one in found)
    return Waiting(found, len(found) - later, later)


def _opened(house: House, moments: dict[str, datetime]) -> Iterator[tuple[Stored, str]]:
    """The cases of these councils that were on record by then, each by its opening."""
    log = house.log
    for one in log.of_kind(tag_of(ProcurementOpened), log.last_position()):
        opening = log.recorded(one, opened=False)
        name = getattr(opening.event, "authority", "")
        if name in moments and opening.stamp.now <= moments[name]:
            yield one, name


def _rows(house: House, cases: list[Stored], name: str, moment: datetime) -> Iterator[Row]:
    """All rows of a council, as the live queue works them out."""
    authority = authority_at(house, name, moment)
    if authority.version:
        yield from _of(authority, authority)
    for one in cases:
        history = recorded_by(house.log.read(one.stream), moment)
        yield from _of(fold(Procurement(), history), authority)


def _of(after: Procurement | Authority, authority: Authority) -> Iterator[Row]:
    touched: Aggregate = after
    for _, rows in queue.changes(Touched((), touched, rules_of(after, authority))):
        yield from rows


def _in_sight(row: Row, day: date) -> bool:
    """A council's own notices are shown when their time is near."""
    own = row["reference"] == row["authority"]
    return not own or bool(row["opens"] <= day + queue.SIGHT)


def _item(row: Row, day: date) -> Any:
    opens = row["opens"]
    later = bool(row["waits_for"]) or (opens is not None and opens > day)
    return Item._make([*(row[one.name] for one in queue.table.columns), later, None])


def _order(one: Any) -> tuple[Any, ...]:
    due = one.due or FAR
    return one.later, due, one.since, one.reference, one.do, one.subject, one.post
