"""Histories to measure with, all made by the domain's own commands in a council with rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, count, cycle, islice
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from msgspec.structs import replace

from adapters.house import House
from countersign.demo.load import FOLDER, adopt
from domain.abandoning import AbandonProcurement
from domain.messages import Event, Recorded
from domain.opening import NoteOnSource, ProcurementOpened
from domain.publication import PublishDecision
from domain.report_acts import PublishReport
from domain.values import procurement_id
from domain.withdrawing import WithdrawReport
from tests.domain import cases
from tests.domain.cases import OPEN, REPORT, REPORT_ID, but
from tests.scenario import CASE, CLERK, DIRECTOR, step

TO_PHASE_1 = (
    OPEN,
    REPORT,
    step(PublishReport(CASE, REPORT_ID), CLERK),
    cases.DECISION,
    step(PublishDecision(CASE, cases.DECISION_ID), CLERK),
    *(cases.TENDER, cases.EVALUATION, cases.NOTICES),
    *(cases.AWARD_REPORT, cases.AWARD, cases.SIGNATURE, cases.PHASE_1, cases.REGISTER),
)
CALLED_IN = (*cases.KEY_DECIDED, cases.CALL_IN, cases.NO_ACTION)
GIVEN_UP = (
    *(OPEN, REPORT, step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong"))),
    step(AbandonProcurement(CASE, "No money is left"), DIRECTOR),
)
STORIES = (TO_PHASE_1, TO_PHASE_1, CALLED_IN, TO_PHASE_1, GIVEN_UP)
"""Of five cases, three come to a contract; 9.8 events each."""

FIRST_DAY = date(2022, 11, 11)
BATCH = 1000


def council(file: Path) -> House:
    """A house in a file, in which Leeds has adopted its rules."""
    return with_leeds(House(file))


def with_leeds(house: House) -> House:
    """Leeds has adopted its rules there."""
    house.clocks.start("leeds", FIRST_DAY)
    adopt(house, "leeds", FOLDER / "leeds")
    return house


def one_long(house: House, events: int) -> list[Recorded]:
    """One procurement: notes, and in every ten events a report put up and withdrawn."""
    steps = list(islice(chain([OPEN], _without_end()), events))
    return house.engine.rehearse([(one.command, one.context()) for one in steps])


def _without_end() -> Iterator[step]:
    for n in count(1):
        because = "The report of 11 November 2022 does not say"
        for _ in range(8):
            yield step(NoteOnSource(CASE, "silence", f"Point {n}", because), CLERK)
        report = UUID(int=n)
        yield but(REPORT, report=report)
        yield step(WithdrawReport(CASE, report, "A figure is wrong"))


def side_by_side(house: House, under_way: int) -> Iterator[Recorded]:
    """Cases that go on side by side, in a random order; where one ends, another is opened."""
    told = [
        house.engine.rehearse([(one.command, one.context()) for one in story]) for story in STORIES
    ]
    opened = (again(story, number) for number, story in enumerate(cycle(told), 1))
    going = list(islice(opened, under_way))
    random = Random(1)
    while True:
        n = random.randrange(under_way)
        if one := next(going[n], None):
            yield one
        else:
            going[n] = next(opened)


def again(story: Sequence[Recorded], number: int) -> Iterator[Recorded]:
    """The same story of another procurement, with ids of its own."""
    reference = f"leeds-2022-{number}"
    stream = procurement_id(reference)
    for one in story:
        stamp = replace(one.stamp, command_id=uuid5(stream, str(one.version)))
        event = _named(one.event, reference, stream)
        yield Recorded(stream, one.version, stamp, event)


def _named(event: Event, reference: str, stream: UUID) -> Event:
    if isinstance(event, ProcurementOpened):
        return replace(event, reference=reference)
    ids = {name: getattr(event, name, None) for name in ("report", "decision")}
    return replace(event, **{name: uuid5(stream, str(one)) for name, one in ids.items() if one})


def write(house: House, news: Iterable[Recorded]) -> None:
    """Puts them on record in large batches."""
    left = iter(news)
    while batch := list(islice(left, BATCH)):
        house.log.append(batch)
