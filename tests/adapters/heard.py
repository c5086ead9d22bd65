"""A read model of every event, for asking the runner about; it may be told to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, select

from adapters.house import House
from adapters.runner import Runner
from domain.messages import tag_of
from projections.touched import Projection, Row, Touched


class Heard:
    """A read model of every event, and what to do before one of them is applied."""

    def __init__(self, house: House, before: Callable[[Touched], None] = lambda _: None) -> None:
        self.house, self.before = house, before
        self.table = Table(
            "heard",
            MetaData(),
            Column("position", Integer, primary_key=True),
            Column("stream", Uuid, nullable=False),
            Column("version", Integer, nullable=False),
            Column("tag", String, nullable=False),
        )
        house.database.make(self.table.metadata)

    def runner(self) -> Runner:
        projection = Projection("heard", self.table, self.table.c.position, self.changes)
        return Runner(self.house.log, self.house.database, projection)

    def changes(self, touched: Touched) -> Iterable[tuple[object, list[Row]]]:
        self.before(touched)
        for position, one in touched.news:
            row = {"position": position, "stream": one.stream, "version": one.version}
            yield position, [{**row, "tag": tag_of(type(one.event))}]

    def rows(self) -> list[Any]:
        with self.house.database.read() as db:
            return list(db.execute(select(self.table).order_by(self.table.c.position)))

    def versions(self, stream: UUID) -> list[int]:
        return [one.version for one in self.rows() if one.stream == stream]


class Failing:
    """Fails at one event for as long as it is broken."""

    def __init__(self, stream: UUID, version: int) -> None:
        self.stream, self.version, self.broken = stream, version, True

    def __call__(self, touched: Touched) -> None:
        for _, one in touched.news:
            if self.broken and (one.stream, one.version) == (self.stream, self.version):
                raise ArithmeticError("the third does not add up")


def drain(runner: Runner, batch: int = 1000) -> None:
    while runner.catch_up(batch):
        pass
