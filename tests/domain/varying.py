"""A contract of Wyvern under each law, and reports and decisions that change it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.assessing_conflicts import RecordConflictsAssessment
from domain.change_notice import PublishChangeNotice
from domain.contract import SignContract
from domain.effects import AuthoriseProcurement, AwardContract, VaryContract
from domain.messages import Event
from domain.procurement import Procurement
from domain.regimes import Process, Regime, Subject
from domain.values import Amount, Term
from domain.variation import ChangeContract, ContractVaried
from tests.domain.cases import AWARD_ID, AWARD_REPORT_ID, asks, but, exactly, given
from tests.domain.wyvern import (
    AWARD_REPORT,
    CABINET,
    CASE,
    CLERK,
    DIRECT,
    LAWYER,
    MANAGER,
    OPEN,
    PLAN,
    REFERENCE,
    RESOLVED,
    STRATEGY,
    deciding,
)
from tests.scenario import step

OPENED: dict[Regime, date] = {
    "pcr2015": date(2022, 11, 14),
    "pa2023": date(2026, 1, 12),
    "psr2023": date(2026, 1, 12),
}
WHY = "It is a matter for the Cabinet"
SIGNED, LATER = date(2026, 3, 2), date(2026, 9, 7)
STARTS = date(2026, 4, 1)
ASSESSED = step(RecordConflictsAssessment(CASE, none_found=True), MANAGER, SIGNED)
MORE = VaryContract("A second clinic", "additional", "Only the supplier knows the first one")


def contract(
    regime: Regime = "pa2023",
    subject: Subject | None = None,
    amount: Amount | str = "1000000",
    *,
    process: Process = "ordinary",
) -> tuple[step, ...]:
    """Opened, awarded by the Cabinet without competition, and signed: 36 months and two options."""
    price, day = exactly(amount) if isinstance(amount, str) else amount, OPENED[regime]
    award = replace(DIRECT, amount=price, starts=STARTS, extensions=(24, 24), process=process)
    competition = AuthoriseProcurement(price, (), 20, standstill="none")
    term = Term(STARTS, 36, (24, 24))
    subject = subject or ("health-care" if regime == "psr2023" else "services")
    opened = but(OPEN, regime=regime, subject=subject, value=price, term=term)
    asked = (asks(PLAN), asks(competition, "b"))
    signature = step(SignContract(CASE, award.supplier, price, STARTS, 36), LAWYER, SIGNED)
    return (
        opened.at(day),
        but(STRATEGY, recommendations=asked, class_reason=WHY).at(day),
        RESOLVED.at(day),
        *((ASSESSED,) if regime == "pa2023" else ()),
        _report(AWARD_REPORT_ID, "award", award).at(SIGNED),
        step(deciding(AWARD_REPORT_ID, AWARD_ID, "a"), CLERK, SIGNED),
        signature._replace(source="the contract"),
    )


def _report(report: UUID, gateway: str, *effects: AwardContract | VaryContract) -> step:
    asked = tuple(asks(one, "abc"[n]) for n, one in enumerate(effects))
    return but(
        AWARD_REPORT,
        report=report,
        gateway=gateway,
        decision_class="cabinet",
        class_reason=WHY,
        to=CABINET,
        recommendations=asked,
        under=None,
    )


def report(change: VaryContract, n: int = 1, on: date = LATER, **fields: Any) -> step:
    return but(_report(UUID(int=80 + n), "variation", change).at(on), **fields)


def decision(n: int = 1, on: date = LATER, **fields: Any) -> step:
    return step(deciding(UUID(int=80 + n), of(n), "a", **fields), CLERK, on)


def of(n: int) -> UUID:
    """The id of the decision on the n-th change."""
    return UUID(int=90 + n)


def announce(n: int = 1, on: date = LATER) -> step:
    return step(PublishChangeNotice(CASE, of(n), "a"), MANAGER, on)


def make(n: int = 1, on: date = LATER) -> step:
    return step(ChangeContract(CASE, of(n), "a"), MANAGER, on)


def decided(change: VaryContract, n: int = 1, on: date = LATER) -> tuple[step, ...]:
    return report(change, n, on), decision(n, on)


def varied(*made: VaryContract, on: date = LATER) -> tuple[step, ...]:
    """Each decided, announced and made, one after the other."""
    return tuple(
        one
        for n, change in enumerate(made, 1)
        for one in (*decided(change, n, on), announce(n, on), make(n, on))
    )


def to(pounds: str | Amount, change: VaryContract = MORE, **fields: Any) -> VaryContract:
    """A change after which the whole contract is worth so much."""
    amount = exactly(pounds) if isinstance(pounds, str) else pounds
    return replace(change, amount=amount, **fields)


def case(*steps: step) -> Procurement:
    return given(*steps).procurement(REFERENCE)


def happened(*steps: step) -> ContractVaried:
    """What the last of these steps recorded."""
    *before, last = steps
    found: list[Event] = given(*before).when(last).outcome()
    (event,) = found
    assert isinstance(event, ContractVaried)
    return event
