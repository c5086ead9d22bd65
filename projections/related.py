"""Which other streams the history of a procurement rests on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.closed import within
from domain.decided import DecisionTaken
from domain.delegation import delegation_id, stream_of
from domain.messages import Recorded
from domain.opening import ProcurementOpened
from domain.reported import Under
from domain.values import authority_id


def related(history: Iterable[Recorded]) -> set[UUID]:
    """The rules of its authorities, and authority that was delegated in it or acted under.

    Some may be of streams in which nothing ever happened.
    """
    found: set[UUID] = set()
    for one in history:
        found.add(authority_id(one.stamp.by.post.partition("/")[0]))
        if isinstance(one.event, ProcurementOpened):
            found.add(authority_id(one.event.authority))
        if isinstance(one.event, DecisionTaken):
            decision = one.event.decision
            found |= {delegation_id(decision, done.label) for done in one.event.resolutions}
        found |= {stream_of(part) for part in within(one.event) if isinstance(part, Under)}
    return found
