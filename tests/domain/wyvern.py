"""A case of an invented council: its Cabinet delegates an award, on which members are consulted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.answers import Answer
from domain.authority import Rules
from domain.consultation import AnswerConsultation, AskConsultees, StandAside
from domain.contract import SignContract
from domain.decisions import TakeDecision
from domain.delegation import Delegation, delegation_id
from domain.drawing import Drawn
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardContract,
    Consultee,
    DelegateAuthority,
    Effect,
    RequireReport,
)
from domain.messages import Actor
from domain.opening import OpenProcurement
from domain.reported import Recommendation, Under
from domain.reports import PutUpReport
from domain.values import Amount, Term, procurement_id
from tests.domain import cases
from tests.domain.cases import (
    AWARD_ID,
    AWARD_REPORT_ID,
    DECISION_ID,
    PAPERS,
    REJECTED,
    REPORT_ID,
    asks,
    but,
    exactly,
    up_to,
)
from tests.scenario import holder, rules, step

REFERENCE, OTHER_REFERENCE = "wyvern-2022-1", "wyvern-2022-2"
CASE, OTHER = procurement_id(REFERENCE), procurement_id(OTHER_REFERENCE)

CABINET, SCRUTINY, BOARD = "wyvern/cabinet", "wyvern/scrutiny-committee", "wyvern/health-board"
HEALTH, FAMILIES = "wyvern/portfolio-holder-health", "wyvern/portfolio-holder-families"
DELEGATE = "wyvern/director-of-public-health"

MANAGER = holder("wyvern/commissioning-manager")
CLERK = holder("wyvern/democratic-services")
DIRECTOR = holder(DELEGATE)
LAWYER = holder("wyvern/legal-services")
BUYER = holder("wyvern/head-of-procurement")
FOR_HEALTH, FOR_FAMILIES = holder(HEALTH), holder(FAMILIES)
DEPUTY_FOR_HEALTH = Actor(FOR_FAMILIES.person, HEALTH, deputising=True)
DEPUTY_DIRECTOR = Actor(MANAGER.person, DELEGATE, deputising=True)

START = date(2023, 4, 1)


def wyvern(**changes: Any) -> Rules:
    """The rules of Wyvern with another part in its constitution."""
    found = rules("wyvern")
    return replace(found, constitution=replace(found.constitution, **changes))


def deciding(report: UUID, decision: UUID, *labels: str, **fields: Any) -> TakeDecision:
    """A decision that agrees to every letter; other answers are given as ``answers``."""
    return TakeDecision(
        CASE,
        report,
        decision,
        fields.pop("answers", tuple(Answer(one, "agreed") for one in labels)),
        reasons="It is what the residents need",
        alternatives=REJECTED,
        interests="none-declared",
        **fields,
    )


def plan(*effects: Effect, **fields: Any) -> step:
    """The report to the Cabinet on the strategy, asking for the options in the same go."""
    asked: tuple[Recommendation, ...] = tuple(
        asks(one, "abcdef"[n]) for n, one in enumerate((PLAN, AUTHORISE, *effects))
    )
    return but(STRATEGY, recommendations=asked, **fields)


def granted(terms: DelegateAuthority, *effects: Effect) -> tuple[step, ...]:
    """The Cabinet approves the strategy, and delegates the award by its resolution (c)."""
    report = plan(terms, *effects)
    labels = "abcdef"[: 3 + len(effects)]
    return OPEN, report, step(deciding(REPORT_ID, DECISION_ID, *labels), CLERK)


def awarding(pounds: str | Amount, **fields: Any) -> AwardContract:
    amount = exactly(pounds) if isinstance(pounds, str) else pounds
    return replace(DIRECT, amount=amount, **fields)


def reported(award: AwardContract, **fields: Any) -> step:
    """The report on an award, to the Director under the authority that the Cabinet delegated."""
    return but(AWARD_REPORT, recommendations=(asks(award),), **fields)


def drawn(pounds: str, reference: str = REFERENCE, label: str = "a") -> Drawn:
    return Drawn(reference, exactly(pounds), 36, label=label)


def delegation(record: cases.given, label: str = "c") -> Delegation:
    found: Delegation = record.record[delegation_id(DECISION_ID, label)]
    return found


PLAN = ApprovePlan("One service for young people", market_engagement=True)
AUTHORISE = AuthoriseProcurement(up_to("400000"), (), 20, standstill="none")
BUDGET = ApproveBudget(up_to("300000"))
TERMS = DelegateAuthority(
    DELEGATE,
    "award the service for young people",
    (Consultee(HEALTH), Consultee(FAMILIES, "agreement")),
    cap=up_to("300000"),
    months=36,
    extensions=(24, 24),
)
ALONE = replace(TERMS, consultees=())
WITHIN_THE_BUDGET = replace(ALONE, cap=None)
REPORT_BACK = RequireReport("how the service is used", DELEGATE, CABINET, once="a year has passed")
DIRECT = AwardContract(
    "Alpha", exactly("300000"), START, 36, direct=True, ground="regulation 32(2)(b)(ii)"
)
UNDER = Under(REFERENCE, DECISION_ID, "c")
TO_BETA = replace(DIRECT, supplier="Beta", amount=exactly("100000"))

OPEN = step(
    OpenProcurement(
        CASE,
        REFERENCE,
        "Young people's health",
        "Advice and nursing for young people",
        "Public health",
        "pcr2015",
        value=up_to("400000"),
        term=Term(START, 36, (24, 24)),
    ),
    MANAGER,
)
OPEN_OTHER = but(OPEN, procurement=OTHER, reference=OTHER_REFERENCE, title="School nursing")
STRATEGY = step(
    PutUpReport(
        CASE,
        REPORT_ID,
        "strategy",
        "cabinet",
        "A strategy for young people's health",
        CABINET,
        (asks(PLAN), asks(AUTHORISE, "b")),
        PAPERS,
        combines=("options",),
    ),
    MANAGER,
)
RESOLVED = step(deciding(REPORT_ID, DECISION_ID, "a", "b"), CLERK)
STARTED = (OPEN, STRATEGY, RESOLVED)
GRANTED = granted(TERMS)
GRANTED_ALONE = granted(ALONE)
SEVERAL = granted(replace(ALONE, awards="several"))

AWARD_REPORT = step(
    PutUpReport(
        CASE,
        AWARD_REPORT_ID,
        "award",
        "officer",
        "Award to Alpha",
        DELEGATE,
        (asks(DIRECT),),
        PAPERS,
        under=UNDER,
    ),
    MANAGER,
)
AWARD = step(deciding(AWARD_REPORT_ID, AWARD_ID, "a", under=UNDER), DIRECTOR)
ASK = step(AskConsultees(CASE, AWARD_REPORT_ID), MANAGER)
HEALTH_AGREES = step(
    AnswerConsultation(CASE, AWARD_REPORT_ID, HEALTH, "agrees", "", "none-declared"), FOR_HEALTH
)
FAMILIES_AGREES = step(
    AnswerConsultation(CASE, AWARD_REPORT_ID, FAMILIES, "agrees", "", "none-declared"), FOR_FAMILIES
)
HEALTH_OBJECTS = but(HEALTH_AGREES, view="objects", comment="The price is too high")
FAMILIES_OBJECTS = but(FAMILIES_AGREES, view="objects", comment="Schools were not asked")
HEALTH_ABSENT = step(
    StandAside(CASE, AWARD_REPORT_ID, HEALTH, "absent", "On leave until January"), CLERK
)
CONSULTED = (*GRANTED, AWARD_REPORT, ASK)
HEARD = (*CONSULTED, HEALTH_AGREES, FAMILIES_AGREES)
AWARDED = (*GRANTED_ALONE, AWARD_REPORT, AWARD)
SIGNATURE = step(SignContract(CASE, "Alpha", exactly("300000"), START, 36), LAWYER)
WITH_OPTIONS = (
    *GRANTED_ALONE,
    reported(replace(DIRECT, extensions=(24, 24))),
    AWARD,
    SIGNATURE,
)


def part(reference: str, number: int) -> tuple[step, ...]:
    """A procurement that carries out the plan of the first one: it may be awarded."""
    case, report = procurement_id(reference), UUID(int=100 * number + 1)
    resolved = deciding(report, UUID(int=100 * number + 2), "a")
    strategy = but(STRATEGY, report=report, recommendations=(asks(AUTHORISE),), combines=())
    opened = but(OPEN_OTHER, reference=reference, part_of=REFERENCE)
    steps = (opened, strategy, step(resolved, CLERK))
    return tuple(but(one, procurement=case) for one in steps)


def awarded_in(
    reference: str, number: int, award: AwardContract, under: Under | None = UNDER
) -> tuple[step, ...]:
    """A report on an award in a part of the plan, and the decision on it."""
    case, report = procurement_id(reference), UUID(int=100 * number + 3)
    put_up = reported(award, procurement=case, report=report, under=under)
    decision = UUID(int=100 * number + 4)
    fields = {"procurement": case, "report": report, "decision": decision, "under": under}
    return put_up, but(AWARD, **fields)


PART = part(OTHER_REFERENCE, 1)
AWARDED_PART = awarded_in(OTHER_REFERENCE, 1, DIRECT)
PART_AWARD_ID = UUID(int=104)
