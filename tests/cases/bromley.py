"""Bromley from where its record stops: the committee recommends, the Executive decides.

What was published later is used: an award of £18m in September 2022, five years and two more from
1 October 2022, price counting for 60 and quality for 40. The days between are invented. Such
services are light touch under the 2015 Regulations, and stand still like others.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

from adapters.house import House
from domain.answers import Answer
from domain.contract import SignContract
from domain.decisions import TakeDecision
from domain.effects import AuthoriseProcurement, AwardContract, Criterion, Effect
from domain.engagement import EngageMarket
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.notices import PublishKeyDecisionNotice
from domain.publication import PublishDecision
from domain.recommending import Recommend
from domain.reported import Advice, Alternative, Document, Recommendation, Report
from domain.reports import PutUpReport
from domain.standstill import SendAwardNotices
from domain.values import Amount, procurement_id
from tests.cases.walk import Walk
from tests.scenario import holder

REFERENCE = "bromley-2021-1"
BROMLEY = procurement_id(REFERENCE)
PDS, EXECUTIVE = "bromley/adult-care-and-health-pds-committee", "bromley/executive"
CLERK = holder("bromley/democratic-services")
TEAM = holder("bromley/commissioning-team")
COMMISSIONER = holder("bromley/integrated-strategic-commissioner")
ASSISTANT_DIRECTOR = holder("bromley/assistant-director-integrated-commissioning")
DIRECTOR = holder("bromley/director-of-adult-social-care")
PORTFOLIO_HOLDER = holder("bromley/portfolio-holder-adult-care-and-health")
LAWYER = holder("bromley/legal-services")

REJECTED = (Alternative("Procure at once", "The market would not be known"),)
INCUMBENT, STARTS = "Bromley Third Sector Enterprise", date(2022, 10, 1)
PRICE = Amount("exact", Decimal(18_000_000))
CAP = Amount("up-to", Decimal(18_000_000))
ASKED = (Criterion("Price", Decimal(50)), Criterion("Quality", Decimal(50)))
AMENDED = (Criterion("Price", Decimal(60)), Criterion("Quality", Decimal(40)))
PROCURE = AuthoriseProcurement(CAP, ASKED, 30)
AWARD = AwardContract(INCUMBENT, PRICE, STARTS, 60, extensions=(24,))
DIRECT = AwardContract(INCUMBENT, PRICE, STARTS, 60, direct=True, ground="regulation 32(2)(b)(ii)")
SIGN = SignContract(BROMLEY, INCUMBENT, PRICE, STARTS, 60)
TENDERS = (
    ScoredTender(INCUMBENT, Decimal(18_000_000), {"Price": Decimal(70), "Quality": Decimal(90)}),
    ScoredTender("Ravensmere", Decimal(17_400_000), {"Price": Decimal(78), "Quality": Decimal(70)}),
)
TEST = EngageMarket(BROMLEY, "soft-market-test", "Who could deliver the service?")
WORDING = "Approve the competition, with price counting for 60 and quality for 40."


class Bromley(Walk):
    """What people of Bromley do on a day."""

    def __init__(self, house: House) -> None:
        super().__init__(house, REFERENCE)

    @property
    def open_report(self) -> Report:
        report = self.case.open_report
        assert report
        return report

    def report(self, gateway: str, *effects: Effect, combines: tuple[str, ...] = ()) -> PutUpReport:
        """A report at a gateway to the Executive: a key decision, except at gateway 0."""
        key = gateway != "gateway-0"
        return PutUpReport(
            BROMLEY,
            uuid4(),
            gateway,
            "key" if key else "executive",
            "It is time",
            EXECUTIVE,
            tuple(Recommendation("ab"[n], "Agree", one) for n, one in enumerate(effects)),
            (Document("It is time", self.house.documents.put(b"# It is time")),),
            class_reason="It is £2.5m a year" if key else "",
            combines=combines,
        )

    def put_up(self, gateway: str, *effects: Effect) -> Bromley:
        """Put up, and for a key decision announced on the same day."""
        self.do(self.report(gateway, *effects), COMMISSIONER)
        return self.do(PublishKeyDecisionNotice(BROMLEY, gateway), CLERK)

    def recommendation(self, *advice: Advice) -> Recommend:
        supported = tuple(
            Advice(one.label, "supported") for one in self.open_report.recommendations
        )
        return Recommend(BROMLEY, self.open_report.id, PDS, advice or supported, "It is sound")

    def decision(self, *answers: Answer, body: str | None = EXECUTIVE) -> TakeDecision:
        """The Executive agrees to everything, unless it answers otherwise."""
        agreed = tuple(Answer(one.label, "agreed") for one in self.open_report.recommendations)
        return TakeDecision(
            BROMLEY,
            self.open_report.id,
            uuid4(),
            answers or agreed,
            "The market has to be known first",
            REJECTED,
            interests="none-declared",
            body=body,
        )

    def decide(self, *answers: Answer, published: date | None = None) -> Bromley:
        decision = self.decision(*answers)
        self.do(decision, CLERK)
        if published:
            self.on(published)
        return self.do(PublishDecision(BROMLEY, decision.decision), CLERK)

    def plan_approved(self) -> Bromley:
        """On 31 March 2021, so that it has effect on Saturday 10 April."""
        return self.on(date(2021, 3, 31)).decide()

    def gateway_1(self) -> Bromley:
        """Put up on 1 June; the committee asks for other weights, and the Executive agrees."""
        self.plan_approved().on(date(2021, 6, 1)).put_up("gateway-1", PROCURE)
        advice = Advice("a", "supported-as-amended", WORDING, "The budget has to hold")
        self.on(date(2021, 6, 29)).do(self.recommendation(advice), CLERK)
        amended = AuthoriseProcurement(CAP, AMENDED, 30)
        answer = Answer("a", "agreed-as-amended", "As was recommended", WORDING, amended)
        return self.on(date(2021, 6, 30)).decide(answer, published=date(2021, 7, 1))

    def tendered(self) -> Bromley:
        """Thirty days from 14 March 2022, evaluated on 3 May."""
        self.gateway_1().on(date(2022, 3, 14))
        self.do(InviteTenders(BROMLEY, date(2022, 4, 13), AMENDED), TEAM)
        return self.on(date(2022, 5, 3)).do(RecordEvaluation(BROMLEY, TENDERS, ("a panel",)), TEAM)

    def awarded(self, *more: Effect) -> Bromley:
        """Decided on 13 July 2022, with what else is asked; the notices go out on 22 August."""
        self.tendered().on(date(2022, 6, 8)).put_up("gateway-2", AWARD, *more)
        self.on(date(2022, 6, 28)).do(self.recommendation(), CLERK)
        self.on(date(2022, 7, 13)).decide(published=date(2022, 7, 14))
        return self.on(date(2022, 8, 22)).do(SendAwardNotices(BROMLEY, "electronic"), TEAM)
