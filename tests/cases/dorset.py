"""LiveWell Dorset from where its record stops, on the demo clock: what its people do on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self
from uuid import UUID, uuid4, uuid5

from adapters.house import House
from domain.answers import Answer
from domain.appraisal import Choice, ChoosePreferredOptions
from domain.consultation import AnswerConsultation, AskConsultees
from domain.contract import SignContract
from domain.decisions import TakeDecision
from domain.delegation import Delegation, stream_of
from domain.effects import ApproveBudget, AuthoriseProcurement, AwardContract, Criterion
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.messages import Actor
from domain.opening import OpenProcurement
from domain.publication import PublishDecision
from domain.reported import Alternative, Document, Recommendation, Report, Under, View
from domain.reports import PutUpReport
from domain.standstill import SendAwardNotices
from domain.values import Amount, Term, procurement_id
from tests.cases.walk import Walk
from tests.scenario import holder, rules

BOARD = "joint-public-health-board"
WHOLE, PLATFORM, CRM = (f"{BOARD}-2020-{n}" for n in (1, 2, 3))
PARTS = (PLATFORM, CRM)
DIRECTOR = holder(f"{BOARD}/director-of-public-health")
OFFICER = holder(f"{BOARD}/commissioning-officer")
CLERK = holder(f"{BOARD}/democratic-services")
LAWYER = holder(f"{BOARD}/legal-services")
OF_DORSET = holder(f"{BOARD}/portfolio-holder-dorset")
OF_BCP = holder(f"{BOARD}/portfolio-holder-bcp")
(_named,) = rules(BOARD).offices.deputies
DEPUTY = Actor(_named.person, OF_BCP.post, deputising=True)

RESOLVED = uuid5(procurement_id(WHOLE), "decision livewell")
UNDER = Under(WHOLE, RESOLVED, "2")
WHY = "Without a platform LiveWell stops in April; the contract covers the risk that is named"
STARTS, MONTHS = date(2021, 4, 1), 36
CRITERIA = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal(40)))
REJECTED = (Alternative("Go on without a contract", "LiveWell would stop in March 2021"),)
CHOICES = {
    "equipment": "equipment-in-house",
    "platform": "platform-commissioned",
    "crm": "crm-commissioned",
}


def pounds(figure: int) -> Amount:
    return Amount("exact", Decimal(figure))


def up_to(figure: int) -> Amount:
    return Amount("up-to", Decimal(figure))


def award(supplier: str, figure: int) -> AwardContract:
    return AwardContract(supplier, pounds(figure), STARTS, MONTHS)


def may_buy(figure: int) -> AuthoriseProcurement:
    return AuthoriseProcurement(up_to(figure), CRITERIA, tender_days=30)


def choosing(**others: str) -> ChoosePreferredOptions:
    """The Director's choice for each service, some of it made otherwise."""
    chosen = tuple(Choice(service, one) for service, one in {**CHOICES, **others}.items())
    return ChoosePreferredOptions(procurement_id(WHOLE), chosen, "It is the best of the short list")


DETAILED_PLAN = (
    Recommendation("1", "Approve a budget", ApproveBudget(Amount("approved", Decimal(300000)))),
    Recommendation("2a", "Procure the platform", may_buy(190000), PLATFORM),
    Recommendation("2b", "Procure the CRM system", may_buy(130000), CRM),
)


class Journey(Walk):
    """What people of the Board do on a day, about the plan and the parts that carry it out."""

    def __init__(self, house: House) -> None:
        super().__init__(house, WHOLE)

    def waits_in(self, reference: str) -> set[tuple[str, str]]:
        """What waits for whom in the plan or in a part."""
        rows = self.house.views.waiting(reference)
        return {(one.do, one.post.removeprefix(f"{BOARD}/")) for one in rows}

    @property
    def delegation(self) -> Delegation:
        return self.house.engine.load(stream_of(UNDER), Delegation())

    def open_report(self, reference: str) -> Report:
        report = self.house.procurement(reference).open_report
        assert report
        return report

    # The plan in detail, and the procurements that carry it out.

    def open_parts(self) -> Self:
        for reference, what in zip(PARTS, ("Digital platform", "CRM system"), strict=True):
            case, value = procurement_id(reference), Amount("estimated", Decimal(200000))
            self.do(
                OpenProcurement(
                    case,
                    reference,
                    f"LiveWell Dorset: {what}",
                    f"{what} for LiveWell Dorset from April 2021",
                    "IT and digital services for public health",
                    "pcr2015",
                    value,
                    Term(STARTS, MONTHS),
                    part_of=WHOLE,
                ),
                OFFICER,
            )
        return self

    def put_up(
        self,
        reference: str,
        gateway: str,
        *asks: Recommendation,
        under: Under | None = None,
        also: tuple[str, ...] = (),
    ) -> Self:
        papers = (Document("It is time", self.house.documents.put(b"# It is time")),)
        command = PutUpReport(
            procurement_id(reference),
            uuid4(),
            gateway,
            "officer",
            "It is time",
            DIRECTOR.post,
            asks,
            papers,
            under=under,
            also=also,
        )
        return self.do(command, OFFICER)

    def decision(
        self,
        reference: str,
        *answers: Answer,
        also: tuple[str, ...] = (),
        departing: str = "",
    ) -> TakeDecision:
        report = self.open_report(reference)
        return TakeDecision(
            procurement_id(reference),
            report.id,
            uuid4(),
            answers or tuple(Answer(one.label, "agreed") for one in report.recommendations),
            "LiveWell goes on from April 2021",
            REJECTED,
            "",
            "none-declared",
            under=report.under,
            departing=departing,
            also=also,
        )

    def decide_detailed_plan(self) -> UUID:
        """One decision over the plan and both parts, published in all three."""
        self.put_up(WHOLE, "budget", *DETAILED_PLAN, also=PARTS)
        decision = self.decision(WHOLE, also=PARTS)
        self.do(decision, DIRECTOR)
        self.do(PublishDecision(procurement_id(WHOLE), decision.decision, also=PARTS), CLERK)
        return decision.decision

    # Each part, from its tender to its contract.

    def tender(self, reference: str, closes: date) -> Self:
        return self.do(InviteTenders(procurement_id(reference), closes, CRITERIA), OFFICER)

    def evaluate(self, reference: str, supplier: str, price: int) -> Self:
        scores = {"Quality": Decimal(80), "Price": Decimal(75)}
        tenders = (ScoredTender(supplier, Decimal(price), scores),)
        self.do(RecordEvaluation(procurement_id(reference), tenders, ("a panel",)), OFFICER)
        return self.do(SendAwardNotices(procurement_id(reference), "electronic"), OFFICER)

    def tender_both(self) -> Self:
        """Both out until 4 November and evaluated; the platform put up under the authority."""
        self.on(date(2020, 10, 5))
        for one in PARTS:
            self.tender(one, date(2020, 11, 4))
        self.on(date(2020, 11, 5)).evaluate(PLATFORM, "Harbour Digital", 180000)
        self.evaluate(CRM, "Fleetwater", 120001)
        return self.ask(PLATFORM, award("Harbour Digital", 180000))

    def ask(self, reference: str, effect: AwardContract) -> Self:
        """A report on an award under the delegated authority; both consultees are asked."""
        self.put_up(reference, "award", Recommendation("a", "Award it", effect), under=UNDER)
        report = self.open_report(reference)
        return self.do(AskConsultees(procurement_id(reference), report.id), OFFICER)

    def answer(self, reference: str, by: Actor, view: View, comment: str = "") -> Self:
        return self.do(self.answering(reference, by, view, comment), by)

    def answering(
        self, reference: str, by: Actor, view: View, comment: str = ""
    ) -> AnswerConsultation:
        case, number = procurement_id(reference), self.open_report(reference).id
        return AnswerConsultation(case, number, by.post, view, comment, "none-declared")


def signing(reference: str, supplier: str, price: int) -> SignContract:
    return SignContract(procurement_id(reference), supplier, pounds(price), STARTS, MONTHS)
