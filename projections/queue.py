"""The queue: who can act on what, why it is theirs, since when, due when, what it waits for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Index,
    String,
    Table,
    Text,
    Uuid,
    and_,
    false,
    or_,
)

from domain.acts import Act, next_acts
from domain.authority import Authority, Rules
from domain.owing import Owed
from domain.own_notices import own_owed
from domain.procurement import Procurement
from domain.public_notices import PUBLISH_OWN
from domain.publishing import duty_of
from domain.timetable import Lasts, last_days
from domain.values import When, authority_id, procurement_id
from domain.wording import short_day, when
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
SIGHT = timedelta(weeks=4)
"""How long before its time a notice of the council's own is shown. Its row is there always."""
Index("queue_by_post", table.c.post, table.c.opens, table.c.due)
Index("queue_by_reference", table.c.reference)
Index("queue_by_opening", table.c.authority, table.c.opens)
Index("queue_by_due", table.c.authority, table.c.due)


def changes(touched: Touched) -> Iterable[tuple[object, Collection[Row]]]:
    """All rows of the procurement, as its record and its authority's rules stand."""
    if isinstance(touched.after, Procurement):
        rows = _rows(touched.after, touched.rules) if touched.rules else ()
        yield procurement_id(touched.after.reference), rows
    elif isinstance(touched.after, Authority):
        rows = list(_own(touched.after, touched.rules)) if touched.rules else ()
        yield authority_id(touched.after.name), rows


def in_sight(days: Mapping[str, date]) -> ColumnElement[bool]:
    """What is shown by the day that it is in a council: its own notices when their time is near."""
    c = table.c
    near = (
        and_(c.authority == name, or_(c.reference != name, c.opens <= today + SIGHT))
        for name, today in days.items()
    )
    return or_(false(), *near)


def later(days: Mapping[str, date]) -> ColumnElement[bool]:
    """What cannot be done on the day that it is in its council."""
    c = table.c
    there, opens = c.opens.is_not(None), c.opens
    not_open = (and_(c.authority == name, there, opens > today) for name, today in days.items())
    return or_(c.waits_for != "", *not_open)


def title_of(one: Owed) -> str:
    """What is to be done about one of the council's own notices."""
    return f"Publish the {one.notice.called} for {one.what}"


def _own(authority: Authority, rules: Rules) -> Iterator[Row]:
    """The notices that the council owes itself, under its own name in place of a reference."""
    duty = rules.constitution.duty(duty_of(rules.constitution))
    for one in own_owed(authority, rules.calendar) if duty else ():
        assert duty
        assert one.opens
        for post in dict.fromkeys(duty.posts):
            yield {
                "procurement": authority_id(authority.name),
                "do": PUBLISH_OWN,
                "subject": one.notice.code,
                "post": post,
                "authority": authority.name,
                "reference": authority.name,
                "title": rules.constitution.title,
                "act": title_of(one),
                "whose": duty.provenance,
                "since": one.opens,
                "since_text": short_day(one.opens),
                "opens": one.opens,
                "blocked_by": "The period that it is about comes first",
                "waits_for": "",
                "due": one.due,
                "due_because": one.due_by,
                "last": None,
            }


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


projection = Projection("queue", table, table.c.procurement, changes, seen_by=table.c.post)
