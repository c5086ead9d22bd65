"""Whose queue a proposed constitution would make longer or shorter on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from domain.acts import next_acts
from domain.authority import Authority, Rules
from domain.constitution import Constitution
from domain.messages import Context
from domain.own_notices import own_owed
from domain.procurement import Procurement
from domain.public_notices import PUBLISH_OWN
from domain.publishing import duty_of
from projections.findings import Queue, Waiting
from projections.queue import SIGHT, title_of
from projections.standing import context_at

Items = dict[tuple[str, str, str], Waiting]
"""What waits for a post, by its procurement, act and subject."""


def queues(
    live: Iterable[Procurement],
    authority: Authority,
    rules: Rules,
    proposal: Constitution,
    day: date,
) -> tuple[Queue, ...]:
    """The posts for which something else would wait, by their id. The record stays as it is."""
    was: dict[str, Items] = {}
    would: dict[str, Items] = {}
    for one in live:
        now = context_at(one, rules, day)
        _add(was, one, now)
        _add(would, one, replace(now, constitution=proposal))
    _add_own(was, authority, rules, rules.constitution, day)
    _add_own(would, authority, rules, proposal, day)
    posts = sorted(was.keys() | would.keys())
    every = [_compared(one, was.get(one, {}), would.get(one, {})) for one in posts]
    return tuple(one for one in every if one.gains or one.loses)


def _add(queues: dict[str, Items], case: Procurement, context: Context) -> None:
    """What the queue would hold of a procurement: awaited, and waiting for nothing but time."""
    for act in next_acts(case, context):
        if act.awaited and act.waits_for_time_only:
            for post in act.posts:
                item = Waiting(case.reference, act.title)
                queues.setdefault(post, {})[case.reference, act.do, act.subject] = item


def _add_own(
    queues: dict[str, Items], authority: Authority, rules: Rules, by: Constitution, day: date
) -> None:
    """What the queue shows of the authority's own notices, where a constitution hands them out."""
    duty = by.duty(duty_of(by))
    for one in own_owed(authority, rules.calendar) if duty else ():
        assert duty
        for post in duty.posts if one.opens and one.opens <= day + SIGHT else ():
            item = Waiting(authority.name, title_of(one))
            queues.setdefault(post, {})[authority.name, PUBLISH_OWN, one.notice.code] = item


def _compared(post: str, was: Items, would: Items) -> Queue:
    def only(these: Items, those: Items) -> Iterator[Waiting]:
        return (these[one] for one in sorted(these.keys() - those.keys()))

    gains, loses = tuple(only(would, was)), tuple(only(was, would))
    return Queue(post, len(was), len(would), gains, loses)
