"""Loads the demo councils: their rules, offices, calendar, people, clocks and cases."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

from adapters.holidays import calendar
from adapters.house import House
from countersign.case_script import CaseScript, read_case, run_case
from domain.authority import AdoptCalendar, AdoptConstitution, AdoptOffices
from domain.messages import Actor
from domain.values import authority_id

FOLDER = Path(__file__).parent
COUNCILS = ("leeds", "herefordshire", "joint-public-health-board", "bromley", "nottingham")
SETTING_UP = "demo/setting-up"


def wanted(house: House) -> bool:
    """Whether nothing is on record yet, or loading the demonstration was cut off."""
    begun = any(house.clocks.is_demo(one) for one in COUNCILS)
    return not house.log.last_position() or (begun and bool(_missing(house)))


def load(house: House) -> Iterator[str]:
    """Loads what is missing, and says so as it goes. Run again, it changes nothing."""
    people = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))["people"]
    house.identity.introduce({UUID(person): name for person, name in people.items()})
    for council, script in _missing(house).items():
        house.clocks.start(council, script.clock.starts)
        if not house.authority(council).complete:
            adopt(house, council, FOLDER / council)
        run_case(house, script)
        yield f"{council}: rules, offices, and {script.reference} in {len(script.steps)} steps"
    house.catch_up()


def _missing(house: House) -> dict[str, CaseScript]:
    """The councils whose case is not on record."""
    scripts = {council: read_case(FOLDER / council / "case.toml") for council in COUNCILS}
    return {
        council: script
        for council, script in scripts.items()
        if not house.procurement(script.reference).version
    }


def adopt(house: House, council: str, folder: Path) -> None:
    constitution = (folder / "constitution.toml").read_text("utf-8")
    offices = (folder / "offices.toml").read_text("utf-8")
    for command in (
        AdoptCalendar(council, calendar()),
        AdoptConstitution(council, constitution),
        AdoptOffices(council, offices),
    ):
        by = Actor(None, SETTING_UP)
        command_id = uuid5(authority_id(council), type(command).__name__)
        house.execute(command, by, command_id, authority=council)
