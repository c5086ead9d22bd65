"""An option and a change at once on one balance, in the real store: it is not overdrawn."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from msgspec.structs import replace

from adapters.house import House
from domain.answers import Answer
from domain.decisions import TakeDecision
from domain.delegation import delegation_id
from domain.effects import AwardContract, DelegateAuthority, ExtendContract
from domain.opening import OpenProcurement
from domain.refusals import Refused, Stale
from domain.reported import Document, Recommendation, Under
from domain.reports import PutUpReport
from domain.values import Amount, When, procurement_id
from tests.cases.bromley import (
    BROMLEY,
    COMMISSIONER,
    DIRECTOR,
    LAWYER,
    REFERENCE,
    REJECTED,
    SIGN,
    Bromley,
)

OTHER = "bromley-2021-2"
BOTH = DelegateAuthority(
    DIRECTOR.post,
    "extend the contract, or buy what is missing",
    cap=Amount("up-to", Decimal(7_300_000)),
    extending=True,
)
MISSING = AwardContract(
    "Ravensmere",
    Amount("exact", Decimal(200_000)),
    date(2027, 10, 1),
    24,
    direct=True,
    ground="regulation 32(2)(b)(ii)",
)


def put_up(bromley: Bromley, case: UUID, gateway: str, effect: Any, under: Under) -> TakeDecision:
    """A report to the Director under the authority, and the decision that agrees to it.

    The report is imported: which gateways came before does not matter here.
    """
    number, paper = uuid4(), bromley.house.documents.put(b"# It is time")
    asked, papers = (Recommendation("a", "Agree", effect),), (Document("It is time", paper),)
    to, kind = DIRECTOR.post, "officer"
    report = PutUpReport(case, number, gateway, kind, "It", to, asked, papers, under=under)
    today = When(bromley.house.clocks.today("bromley"))
    imported = bromley.house.context("bromley", COMMISSIONER, uuid4(), today, "the file")
    bromley.house.engine.execute(report, imported)
    agreed = (Answer("a", "agreed"),)
    why = "It works well"
    return TakeDecision(
        case, number, uuid4(), agreed, why, REJECTED, interests="none-declared", under=under
    )


def test_an_award_and_an_extension_at_once_do_not_overdraw_one_balance(demo: House) -> None:
    bromley = Bromley(demo)
    bromley.awarded(BOTH).on(date(2022, 9, 2)).do(SIGN, LAWYER)
    ((granted, _, _),) = bromley.case.resolved(DelegateAuthority)
    under, plan = Under(REFERENCE, granted.id, "b"), demo.procurement(REFERENCE)
    other = procurement_id(OTHER)
    part = OpenProcurement(
        other, OTHER, "More", "What is missing", plan.category, plan.regime, part_of=REFERENCE
    )
    demo.execute(replace(part, subject=plan.subject), COMMISSIONER, uuid4())
    bromley.on(date(2027, 3, 1))
    asked = [
        put_up(bromley, BROMLEY, "extension", ExtendContract(1), under),
        put_up(bromley, other, "gateway-2", MISSING, under),
    ]
    start = Barrier(2)

    def decide(command: TakeDecision) -> str:
        start.wait()
        for _ in range(5):
            try:
                demo.execute(command, DIRECTOR, uuid4())
            except Stale:
                continue
            except Refused as refused:
                return refused.refusals[0].rule
            return "won"
        return "lost its place each time"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, asked))
    assert sorted(outcomes) == ["G1", "won"]
    delegation = demo.delegation(delegation_id(granted.id, "b"))
    assert delegation.drawn in (7_200_000, 200_000)
    assert len(delegation.exercised) == 1
