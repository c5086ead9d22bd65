"""A council with something on record, and proposals that change one thing in its rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from adapters.house import House
from adapters.replaying import replayed
from countersign.demo.load import adopt
from domain.constitution import Constitution
from domain.values import When
from projections.finding_sentences import told
from projections.findings import DryRun, Unlike
from tests.scenario import COUNCILS, rules, step

TODAY = date(2023, 7, 1)


@contextmanager
def on_record(file: Path, authority: str, *steps: step, today: date = TODAY) -> Iterator[House]:
    """A house in which the council has its rules and these steps, and its clock shows a day."""
    house = House(file)
    house.clocks.start(authority, today)
    folder = next(one / authority for one in COUNCILS if (one / authority).is_dir())
    adopt(house, authority, folder)
    for n, one in enumerate(steps, 1):
        on = one.on if isinstance(one.on, When) else When(one.on)
        context = house.context(authority, one.by, UUID(int=n), on, one.source)
        house.engine.execute(one.command, context)
    house.catch_up()
    try:
        yield house
    finally:
        house.close()


def proposal(authority: str, **changes: Any) -> Constitution:
    """The council's rules as a new version, with other parts."""
    return replace(rules(authority).constitution, version="proposed", **changes)


def but(authority: str, part: str, **fields: Any) -> Constitution:
    """The same with something else in the table of this name."""
    found = getattr(rules(authority).constitution, part)
    return proposal(authority, **{part: replace(found, **fields)})


def each(authority: str, part: str, where: dict[str, Any], **fields: Any) -> Constitution:
    """The same with something else in those rules of a list that have these values."""
    found = getattr(rules(authority).constitution, part)
    fitting = [all(getattr(one, key) == want for key, want in where.items()) for one in found]
    assert any(fitting)
    pairs = zip(found, fitting, strict=True)
    changed = tuple(replace(one, **fields) if fits else one for one, fits in pairs)
    return proposal(authority, **{part: changed})


def pounds(number: int) -> Decimal:
    return Decimal(number)


def run(
    house: House, proposed: Constitution, since: date | None = None, *, opened: bool = True
) -> DryRun:
    return replayed(house, proposed, since, opened=opened)


def unlike(found: DryRun, kind: type[Unlike]) -> list[Unlike]:
    """What was found of one kind, in the order of the record."""
    return [one.unlike for one in found.findings if isinstance(one.unlike, kind)]


def sentences(house: House, found: DryRun) -> list[str]:
    title = house.rules(found.authority).offices.title
    return [told(one, title) for one in found.findings]
