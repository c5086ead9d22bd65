"""The demo case of Leeds, whose report waits for the Director."""

from __future__ import annotations

from uuid import UUID, uuid4

from adapters.house import House
from domain.answers import Answer
from domain.decisions import TakeDecision
from domain.messages import Context
from domain.opening import NoteOnSource
from domain.reported import Alternative
from domain.values import procurement_id
from tests.scenario import CLERK, DIRECTOR

REFERENCE = "leeds-2022-1"
LEEDS = procurement_id(REFERENCE)
HEREFORDSHIRE = procurement_id("herefordshire-2017-1")
REJECTED = (Alternative("The council's own staff", "No capacity is left"),)


def decision(house: House, reasons: str = "No capacity is left") -> TakeDecision:
    """The Director agrees to everything."""
    report = house.procurement(REFERENCE).open_report
    assert report
    answers = tuple(Answer(one.label, "agreed") for one in report.recommendations)
    return TakeDecision(LEEDS, report.id, uuid4(), answers, reasons, REJECTED, "", "none-declared")


def asked(house: House, command_id: UUID | None = None) -> Context:
    """By the Director, today."""
    return house.context("leeds", DIRECTOR, command_id or uuid4())


def note(house: House) -> None:
    """One more event, which changes nothing else."""
    house.execute(NoteOnSource(LEEDS, "silence", "Something", "Not said"), CLERK, uuid4())
