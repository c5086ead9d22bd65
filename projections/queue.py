"""The queue: who can act on what, why it is theirs, since when, due when, what it waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Date, Index, String, Table, Text, Uuid

from domain.acts import Act, next_acts
from domain.authority import Rules
from domain.procurement import Procurement
from domain.timetable import Lasts, last_days
from domain.values import When, procurement_id
from domain.wording import when
from projections.standing import context_at
from projections.touched import Projection, Row, Touched, metadata

table = Table(
    "queue",
    metadata,
    Column("procurement", Uuid, primary_key=True),
    Column("do", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("post", String, primary_key=True),
    Column("authority", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("whose", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("since_text", Text, nullable=False),
    Column("opens", Date),
    Column("blocked_by", Text, nullable=False),
    Column("waits_for", Text, nullable=False),
    Column("due", Date),
    Column("due_because", Text, nullable=False),
    Column("last", Date),
)
Index("queue_by_post", table.c.post, table.c.opens, table.c.due)


def changes(touched: Touched) -> Iterable[tuple[object, Collection[Row]]]:
    """All rows of the procurement, as its record and its authority's rules stand."""
    if isinstance(touched.after, Procurement):
        rows = _rows(touched.after, touched.rules) if touched.rules else ()
        yield procurement_id(touched.after.reference), rows


def _rows(procurement: Procurement, rules: Rules) -> Collection[Row]:
    """One for each act and post, however often it is offered."""
    found: dict[tuple[str, str, str], Row] = {}
    context = context_at(procurement, rules)
    lasts = last_days(procurement, context)
    for act in next_acts(procurement, context):
        if act.queued:
            for post in act.posts:
                found.setdefault((act.do, act.subject, post), _row(procurement, act, post, lasts))
    return found.values()


def _row(procurement: Procurement, act: Act, post: str, lasts: Lasts) -> Row:
    return {
        "procurement": procurement_id(procurement.reference),
        "do": act.do,
        "subject": act.subject,
        "post": post,
        "authority": procurement.authority,
        "reference": procurement.reference,
        "title": procurement.title,
        "act": act.title,
        "whose": act.whose,
        "since": act.since,
        "since_text": when(act.since_known or When(act.since)),
        "opens": act.opens,
        "blocked_by": "; ".join(one.reason for one in act.refusals),
        "waits_for": act.waits_for,
        "due": act.due,
        "due_because": act.due_because,
        "last": lasts.get((act.do, act.subject)),
    }


projection = Projection("queue", table, table.c.procurement, changes)
