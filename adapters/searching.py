"""Searches the whole trail: who, what, when, and where it was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, func, select

from adapters.database import Database
from domain.london import LONDON
from projections import facets, trail

ONE_DAY = timedelta(days=1)
COUNTED = 10_000
"""How far entries are counted: of more it is only said that there are more."""
FORMS = 9
"""Versions that the tag of an event could have: far more than any has."""
CHUNK = 1000
OFFERED = ("post", "person", "body", "gateway", "authority")
ENTRY = trail.table.c
FOUND_BY = facets.table.c


class Search(NamedTuple):
    """What is looked for. All of it has to fit; what is empty lets everything through.

    Days are London's, both ends included. ``kind`` is an event's tag without its version.
    """

    words: tuple[str, ...] = ()
    kind: str = ""
    post: str = ""
    person: UUID | None = None
    body: str = ""
    gateway: str = ""
    council: str = ""
    reference: str = ""
    happened_from: date | None = None
    happened_to: date | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None
    irregular: bool = False
    imported: bool = False


class Choices(NamedTuple):
    """What there is on record to look for."""

    kinds: Sequence[str]
    posts: Sequence[str]
    people: Sequence[UUID]
    bodies: Sequence[str]
    gateways: Sequence[str]
    councils: Sequence[str]


class Searching:
    """Answers in the order of the log, the latest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, search: Search, most: int, before: int | None = None) -> Sequence[Row[Any]]:
        """The latest entries that fit, before a position in the log, each with what it is found by;
        that is empty for an entry that was recorded a moment ago."""
        with self._database.read() as db:
            return db.execute(_entries(search, most, before)).all()

    def count(self, search: Search) -> int:
        """How many fit: one more than ``COUNTED`` stands for all that are more."""
        some = _fitting(search, ENTRY.position).limit(COUNTED + 1).subquery()
        with self._database.read() as db:
            return db.scalar(select(func.count()).select_from(some)) or 0

    def every(self, search: Search, upto: int) -> Iterator[Row[Any]]:
        """All that fit up to a position, the latest first, read some at a time."""
        before: int | None = upto + 1
        while before:
            rows = self.page(search, CHUNK, before)
            yield from rows
            before = rows[-1].position if len(rows) == CHUNK else None

    def choices(self) -> Choices:
        with self._database.read() as db:
            tags = _distinct(db, ENTRY.event)
            others = [_distinct(db, FOUND_BY[one]) for one in OFFERED]
        return Choices(sorted({one.partition("/")[0] for one in tags}), *others)


def _entries(search: Search, most: int, before: int | None) -> Select[Any]:
    shown = (trail.table, FOUND_BY.person, FOUND_BY.body, FOUND_BY.gateway, FOUND_BY.authority)
    query = _fitting(search, *shown).order_by(ENTRY.position.desc()).limit(most)
    return query if before is None else query.where(ENTRY.position < before)


def _fitting(search: Search, *shown: Any) -> Select[Any]:
    """Of entries with a facet only those that have it; of all others also the very latest."""
    by_facet = list(_by_facet(search))
    both = trail.table.join(facets.table, ENTRY.position == FOUND_BY.position, isouter=not by_facet)
    return select(*shown).select_from(both).where(*by_facet, *_by_entry(search))


def _by_facet(search: Search) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (FOUND_BY.post, search.post),
        (FOUND_BY.person, search.person),
        (FOUND_BY.body, search.body),
        (FOUND_BY.gateway, search.gateway),
        (FOUND_BY.authority, search.council),
    ):
        if value:
            yield column == value
    if search.happened_from:
        yield FOUND_BY.on >= search.happened_from
    if search.happened_to:
        yield FOUND_BY.on <= search.happened_to


def _by_entry(search: Search) -> Iterator[ColumnElement[bool]]:
    for word in search.words:
        yield ENTRY.sentence.icontains(word, autoescape=True)
    if search.kind:
        yield ENTRY.event.in_([f"{search.kind}/{form}" for form in range(1, FORMS + 1)])
    if search.reference:
        yield ENTRY.reference == search.reference
    if search.recorded_from:
        yield ENTRY.recorded >= _begins(search.recorded_from)
    if search.recorded_to:
        yield ENTRY.recorded < _begins(search.recorded_to + ONE_DAY)
    if search.irregular:
        yield ENTRY.irregularities != ""
    if search.imported:
        yield ENTRY.source.is_not(None)


def _begins(day: date) -> datetime:
    """The first moment of a London day, in UTC."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC).replace(tzinfo=None)


def _distinct(db: Connection, column: Column[Any]) -> list[Any]:
    """Every value of an indexed column, in its order, without reading a row for each entry."""
    found: list[Any] = []
    query = select(column).where(column.is_not(None)).order_by(column).limit(1)
    following = db.scalar(query)
    while following is not None:
        found.append(following)
        following = db.scalar(query.where(column > following))
    return found
