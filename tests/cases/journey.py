"""Leeds from where its record stops, on the demo clock: what its people do on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4, uuid5

from adapters.house import House
from domain.answers import Answer
from domain.contract import SignContract
from domain.decisions import TakeDecision
from domain.effects import AwardContract, Criterion, Effect
from domain.market import ScoredTender
from domain.publication import PublishDecision
from domain.reported import Alternative, Document, Recommendation
from domain.reports import PutUpReport
from domain.values import Amount, procurement_id
from tests.cases.walk import Walk
from tests.scenario import CLERK, DIRECTOR, OFFICER

REFERENCE = "leeds-2022-1"
LEEDS = procurement_id(REFERENCE)
CRITERIA = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal(40)))
SCORES = {"Quality": Decimal(82), "Price": Decimal(71)}
TENDERS = (
    ScoredTender("Calder", Decimal("345000.50"), {"Quality": Decimal(64), "Price": Decimal(90)}),
    ScoredTender("Northmoor", Decimal(380000), SCORES),
)
PRICE = Amount("exact", Decimal(380000))
AWARD = AwardContract("Northmoor", PRICE, date(2023, 1, 2), 24)
SIGN = SignContract(LEEDS, "Northmoor", PRICE, date(2023, 1, 2), 24)


class Journey(Walk):
    """What people of Leeds do on a day."""

    def __init__(self, house: House) -> None:
        super().__init__(house, REFERENCE)

    def report(self, gateway: str, kind: str, *effects: Effect) -> PutUpReport:
        asks = tuple(Recommendation("ab"[n], "Agree", one) for n, one in enumerate(effects))
        papers = (Document("It is time", self.house.documents.put(b"# It is time")),)
        report = uuid5(LEEDS, gateway)
        return PutUpReport(LEEDS, report, gateway, kind, "It is time", DIRECTOR.post, asks, papers)

    def put_up(self, gateway: str, kind: str, *effects: Effect) -> Journey:
        return self.do(self.report(gateway, kind, *effects), OFFICER)

    def decision(self) -> TakeDecision:
        report = self.house.procurement(REFERENCE).open_report
        assert report
        answers = tuple(Answer(one.label, "agreed") for one in report.recommendations)
        rejected = (Alternative("Stop here", "The work would be lost"),)
        return TakeDecision(
            LEEDS, report.id, uuid4(), answers, "It is viable", rejected, "", "none-declared"
        )

    def decide(self) -> Journey:
        decision = self.decision()
        return self.do(decision, DIRECTOR).do(PublishDecision(LEEDS, decision.decision), CLERK)
