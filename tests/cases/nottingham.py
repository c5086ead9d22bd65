"""Nottingham from where its record stops, on the demo clock: what its people do on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID, uuid4, uuid5

from adapters.house import House
from domain.answers import Answer
from domain.clearances import GiveClearance
from domain.closed import Exemption
from domain.completing import CompleteDecisionRecord, OfPaper
from domain.consultation import AnswerConsultation, AskConsultees
from domain.decisions import TakeDecision
from domain.delegation import Delegation, stream_of
from domain.effects import AwardContract, Criterion, Effect, ExtendContract
from domain.exempt import EnterExemptFigure
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.messages import Actor
from domain.publication import PublishDecision
from domain.reported import Alternative, Document, Recommendation, Report, Under, View
from domain.reports import PutUpReport
from domain.values import Amount, Closed, procurement_id
from tests.cases.walk import Walk
from tests.scenario import holder, rules

REFERENCE = "nottingham-2017-1"
CASE = procurement_id(REFERENCE)
COMMITTEE = "nottingham/commissioning-committee"
DIRECTOR = holder("nottingham/director-of-public-health")
MANAGER = holder("nottingham/strategic-commissioning-manager")
BUYER = holder("nottingham/procurement-officer")
CLERK = holder("nottingham/democratic-services")
LAWYER = holder("nottingham/legal-services")
FINANCE = holder("nottingham/strategic-finance")
ADULTS = holder("nottingham/portfolio-holder-adults-and-health")
EARLY_YEARS = holder("nottingham/portfolio-holder-early-years")
(_named,) = rules("nottingham").offices.deputies
DEPUTY = Actor(_named.person, EARLY_YEARS.post, deputising=True)

RESOLVED = uuid5(CASE, "decision resolved")
UNDER = Under(REFERENCE, RESOLVED, "3")
CRITERIA = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal(40)))
REJECTED = (Alternative("Stop here", "The services are statutory"),)
PARAGRAPH_3 = Exemption("Financial affairs of the tenderers", 3)
STARTS, FIVE_YEARS, OPTIONS = date(2018, 4, 1), 60, (24, 24)


def exempt(figure: str) -> Amount:
    return Amount("exempt", closed=Closed(figure))


class Nottingham(Walk):
    """What people of Nottingham do about the 0-5 services."""

    def __init__(self, house: House) -> None:
        super().__init__(house, REFERENCE)

    @property
    def delegation(self) -> Delegation:
        return self.house.delegation(stream_of(UNDER))

    @property
    def report(self) -> Report:
        found = self.case.open_report
        assert found
        return found

    def complete(self) -> Self:
        """What the minutes do not say is added: the day, the interests, and the paragraph."""
        return self.do(
            CompleteDecisionRecord(
                CASE,
                RESOLVED,
                date(2017, 6, 13),
                interests="none-declared",
                papers=(OfPaper(1, 3),),
            ),
            CLERK,
        )

    def publish(self, decision: UUID = RESOLVED) -> Self:
        if decision == RESOLVED:
            self.complete()
        return self.do(PublishDecision(CASE, decision), CLERK)

    def invite(self) -> Self:
        return self.do(InviteTenders(CASE, date(2017, 7, 24), CRITERIA), BUYER)

    def evaluate(self, name: str, price: str, second: str = "Another Trust") -> Self:
        scores = {"Quality": Decimal(80), "Price": Decimal(75)}
        less = {"Quality": Decimal(50), "Price": Decimal(80)}
        tenders = (
            ScoredTender(second, Decimal(price) - 1, less),
            ScoredTender(name, Decimal(price), scores),
        )
        return self.do(RecordEvaluation(CASE, tenders, ("a panel",), PARAGRAPH_3), BUYER)

    def to_evaluation(self, name: str, price: str, second: str = "Another Trust") -> Self:
        """Published, called in by nobody, tendered and evaluated."""
        self.publish().on(date(2017, 6, 22)).invite()
        return self.on(date(2017, 7, 25)).evaluate(name, price, second)

    def enter(self, figure: str) -> Self:
        return self.do(EnterExemptFigure(CASE, RESOLVED, "2", exempt(figure)), MANAGER)

    def putting_up(
        self, gateway: str, kind: str, to: str, effect: Effect, under: Under | None = None
    ) -> PutUpReport:
        papers = (Document("It is time", self.house.documents.put(b"# It is time")),)
        asks = (Recommendation("a", "Agree", effect),)
        why = "It carries out the committee's key decision"
        return PutUpReport(
            CASE, uuid4(), gateway, kind, "It is time", to, asks, papers, why, under=under
        )

    def put_up_award(self, effect: AwardContract) -> Self:
        """A report on the award, cleared by finance and by legal."""
        command = self.putting_up("award", "officer", DIRECTOR.post, effect, UNDER)
        return self.do(command, MANAGER).clear()

    def put_up(self, gateway: str, effect: Effect) -> Self:
        return self.do(self.putting_up(gateway, "committee", COMMITTEE, effect), MANAGER)

    def award(self) -> AwardContract:
        """What the evaluation leads to, at an exempt price."""
        assert self.case.evaluation
        first = self.case.evaluation.ranking[0]
        return AwardContract(first.tenderer, first.offer, STARTS, FIVE_YEARS, extensions=OPTIONS)

    def ask(self, *posts: str) -> Self:
        return self.do(AskConsultees(CASE, self.report.id, posts), MANAGER)

    def answering(self, by: Actor, view: View, comment: str = "") -> AnswerConsultation:
        return AnswerConsultation(CASE, self.report.id, by.post, view, comment, "none-declared")

    def answer(self, by: Actor, view: View, comment: str = "") -> Self:
        return self.do(self.answering(by, view, comment), by)

    def decision(self, body: str | None = None, departing: str = "") -> TakeDecision:
        report = self.report
        return TakeDecision(
            CASE,
            report.id,
            uuid4(),
            tuple(Answer(one.label, "agreed") for one in report.recommendations),
            "It keeps the services going",
            REJECTED,
            "",
            "none-declared",
            body=body,
            under=report.under,
            departing=departing,
        )

    def resolve(self) -> Self:
        """The committee agrees, the decision is published, and its call-in window passes."""
        taken = self.decision(COMMITTEE)
        self.do(taken, CLERK).publish(taken.decision)
        effective = self.case.decisions[taken.decision].effective
        assert effective
        return self.on(effective)

    def exercise(self, departing: str = "") -> Self:
        """The Director decides under the delegated authority, and the decision is published."""
        taken = self.decision(departing=departing)
        return self.do(taken, DIRECTOR).publish(taken.decision)

    def clear(self) -> Self:
        """Finance and legal clear the report that waits."""
        for kind, by in ("finance", FINANCE), ("legal", LAWYER):
            self.do(GiveClearance(CASE, self.report.id, kind, "cleared", "As it stands"), by)
        return self

    def consult(self) -> Self:
        return self.ask().answer(ADULTS, "agrees").answer(EARLY_YEARS, "agrees")

    def extend(self, option: int) -> Self:
        return self.put_up("extension", ExtendContract(option)).resolve()
