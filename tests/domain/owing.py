"""What the tests of the Act's notices have in common: what a case owes on a day, and how."""

from __future__ import annotations

from datetime import date

from domain.authority import Rules
from domain.owed import all_owed
from domain.owing import Owed
from domain.procurement import Procurement
from domain.publishing import PublishNotice
from projections.notices import rows
from tests.domain.cases import but, given
from tests.domain.wyvern import CASE as WYVERN
from tests.domain.wyvern import MANAGER
from tests.scenario import CASE, OFFICER, REFERENCE, step


def owed_by(
    *steps: step, on: date, reference: str = REFERENCE, rules_: Rules | None = None
) -> dict[str, Owed]:
    """What is owed, by its code and what it is about."""
    found = given(*steps, rules_=rules_).procurement(reference)
    context = steps[-1].at(on).context(rules_)
    return {f"{one.notice.code} {one.about}".strip(): one for one in all_owed(found, context)}


def said(*steps: step, on: date, reference: str = REFERENCE) -> dict[str, str]:
    """How each stands, in words."""
    found: Procurement = given(*steps).procurement(reference)
    shown = rows(found, steps[-1].at(on).context())
    return {f"{one.code} {one.about}".strip(): one.state for one in shown}


def publish(code: str, on: date, about: str = "", identifier: str = "") -> step:
    """In the case of Leeds."""
    command = PublishNotice(CASE, code, about, identifier)  # type: ignore[arg-type]
    return step(command, OFFICER, on)


def in_wyvern(one: step) -> step:
    """The same in the case of Wyvern."""
    return but(one, procurement=WYVERN)._replace(by=MANAGER)
