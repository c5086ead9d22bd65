"""Makes the golden examples that are missing, from real histories; those that are there stay.

python -m tests.golden.make
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid5

from adapters.holidays import calendar
from adapters.house import House
from adapters.log import Stored
from countersign.demo.load import FOLDER as COUNCILS
from countersign.demo.load import SETTING_UP
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.messages import Actor
from domain.opening import AbandonProcurement, NoteOnSource
from domain.publication import PublishDecision
from domain.record import Milestone
from domain.report_acts import PublishReport, WithdrawReport
from domain.terms import Party, Reading
from domain.values import When
from tests.domain import cases
from tests.domain.cases import DECISION_ID, REPORT_ID, but
from tests.scenario import CASE, CLERK, DIRECTOR, step

HERE = Path(__file__).parent
SOURCE = "Leeds City Council, report of 11 November 2022"
MAY_2022 = When(date(2022, 5, 1), "month", "the oldest minute that mentions it")
READINGS = (Reading("this much", "paragraph 1"), Reading("that much", "paragraph 2"))

ADOPTED = (
    AdoptCalendar("leeds", calendar(2022, 2025)),
    AdoptConstitution("leeds", (COUNCILS / "leeds" / "constitution.toml").read_text("utf-8")),
    AdoptOffices("leeds", (COUNCILS / "leeds" / "offices.toml").read_text("utf-8")),
)
OPEN = but(
    cases.OPEN,
    parties=(Party("Leeds Community Healthcare Trust", "partner", "sits on the panel"),),
    council_reference="D55555",
)
REPORT = but(
    cases.KEY_REPORT,
    alternatives=cases.REJECTED,
    implications="A ringfenced budget",
    timetable=(Milestone("tender published", When(date(2022, 12, 19), "week"), "invite-tenders"),),
)
CALLED_IN = (
    OPEN._replace(source=f"{SOURCE}: paragraph 1", on=MAY_2022),
    step(NoteOnSource(CASE, "contradiction", "The value", "It is later", READINGS, 2), CLERK),
    cases.NOTICE,
    REPORT,
    but(cases.KEY_DECISION, interests="not-in-the-record")._replace(source="the minutes: item 4"),
    cases.CALL_IN,
    cases.NO_ACTION,
)
SIGNED = (
    cases.OPEN,
    cases.REPORT,
    step(PublishReport(CASE, REPORT_ID), CLERK),
    cases.DECISION,
    step(PublishDecision(CASE, DECISION_ID), CLERK),
    cases.TENDER,
    cases.EVALUATION,
    cases.NOTICES,
    cases.AWARD_REPORT,
    cases.AWARD,
    cases.SIGNATURE,
    cases.PHASE_1,
    cases.REGISTER,
)
GIVEN_UP = (
    cases.OPEN,
    cases.REPORT,
    step(WithdrawReport(CASE, REPORT_ID, "A figure is wrong")),
    step(AbandonProcurement(CASE, "No money is left"), DIRECTOR),
)
HISTORIES = (CALLED_IN, SIGNED, GIVEN_UP)
"""All of one procurement, with the same ids, so that every example fits the others."""


def file_of(tag: str) -> Path:
    return HERE / f"{tag.replace('/', '-')}.json"


def stored(history: tuple[step, ...]) -> Iterator[Stored]:
    """What the log stores of a history, in a house of its own."""
    with TemporaryDirectory() as folder:
        house = House(Path(folder) / "golden.db")
        house.clocks.start("leeds", date(2022, 11, 11))
        for n, command in enumerate(ADOPTED):
            by = Actor(None, SETTING_UP)
            house.execute(command, by, uuid5(CASE, f"adoption {n}"), authority="leeds")
        for n, one in enumerate(history):
            on = one.on if isinstance(one.on, When) else When(one.on)
            if (days := (on.read_as - house.clocks.today("leeds")).days) > 0:
                house.clocks.forward("leeds", days)
            context = house.context("leeds", one.by, uuid5(CASE, f"{n}"), on, one.source)
            house.engine.execute(one.command, context)
        yield from house.log.tail(0, 1000)
        house.close()


def make() -> Iterator[Path]:
    """Writes the first event of each kind that has no example yet, byte for byte as stored."""
    for history in HISTORIES:
        for one in stored(history):
            if not (file := file_of(one.topic)).exists():
                file.write_bytes(one.state)
                yield file


if __name__ == "__main__":
    for made in make():
        print(f"made {made}: read it, and commit it")
