"""A case like the demo's of Leeds, step by step, from a need to the release of phase 2."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from msgspec.structs import replace

from domain.acts import Act, next_acts
from domain.answers import Answer
from domain.authority import Rules
from domain.call_in import RecordCallIn
from domain.called_in import Capacity, Requester
from domain.closing_call_in import CloseCallIn
from domain.constitution import ClosedReaders
from domain.contract import PublishContract, SignContract, StartPhase
from domain.decisions import TakeDecision
from domain.effects import (
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    Criterion,
    Effect,
    ReleasePhase,
)
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.notices import PublishKeyDecisionNotice
from domain.opening import OpenProcurement
from domain.refusals import ABSOLUTE, Refusal
from domain.reported import Alternative, Document, Recommendation
from domain.reports import PutUpReport
from domain.standstill import SendAwardNotices
from domain.terms import Framework, Phase
from domain.values import Amount, Term
from tests import scenario
from tests.scenario import CASE, CLERK, DAY, DIRECTOR, LAWYER, REFERENCE, rules, step


class given(scenario.given):
    """What is refused is imported as well: only C1 and C2 keep a fact off the record."""

    def under(self, rules_: Rules) -> Self:
        """From here on by other rules."""
        self.rules = rules_
        return self

    def then_refused(self, *rules_: str) -> tuple[Refusal, ...]:
        refusals = super().then_refused(*rules_)
        self.when(self.step._replace(source="the minutes"))
        if ABSOLUTE.isdisjoint(rules_):
            assert self.irregularities() == list(rules_)
        else:
            super().then_refused(*rules_)
        return refusals

    def reason(self, rule: str) -> str:
        """Why it is refused, for this rule alone."""
        (refusal,) = self.then_refused(rule)
        return refusal.reason


def but(one: step, **fields: Any) -> step:
    """The same step with something else in its command."""
    return one._replace(command=replace(one.command, **fields))


def exactly(pounds: str) -> Amount:
    return Amount("exact", Decimal(pounds))


def up_to(pounds: str) -> Amount:
    return Amount("up-to", Decimal(pounds))


def asks(effect: Effect, label: str = "a") -> Recommendation:
    return Recommendation(label, f"What ({label}) asks for", effect)


def acts(
    *steps: step, on: date = DAY, rules_: Rules | None = None, reference: str = REFERENCE
) -> dict[str, Act]:
    """What may be done next on a day, by its command and what it is about, in order."""
    found = given(*steps, rules_=rules_).procurement(reference)
    offered = next_acts(found, steps[-1].at(on).context(rules_))
    return {f"{one.do} {one.subject}".strip(): one for one in offered}


def leeds(**changes: Any) -> Rules:
    """The rules of Leeds with another part in its constitution."""
    found = rules("leeds")
    return replace(found, constitution=replace(found.constitution, **changes))


def members(*numbers: str, as_: Capacity = "non-executive") -> tuple[Requester, ...]:
    """Those who ask for a call-in, all as the same."""
    return tuple(Requester(one, as_) for one in numbers)


def closed_to_all_but(*posts: str) -> ClosedReaders:
    """A rule by which these posts may see closed parts."""
    return ClosedReaders(posts=posts, standing="illustrative", where="a test")


REPORT_ID, AWARD_REPORT_ID, PHASE_REPORT_ID = UUID(int=11), UUID(int=12), UUID(int=13)
DECISION_ID, AWARD_ID, RELEASE_ID, SECOND_ID = (UUID(int=n) for n in (21, 22, 23, 24))
UNHEARD_OF = UUID(int=99)

PAPERS = (Document("Report", "0" * 64),)
REJECTED = (Alternative("The council's own staff", "No capacity is left"),)
CRITERIA = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal(40)))
RM6187 = Framework(
    "RM6187", "Management Consultancy 3", "Lot 7", date(2021, 8, 24), date(2025, 8, 23)
)
PHASES = (
    Phase("analyse costs and benefits", up_to("150000")),
    Phase("design the service", up_to("250000"), "Only if phase 1 shows that it is viable"),
)
AUTHORISE = AuthoriseProcurement(up_to("400000"), CRITERIA, 21, Decimal(10), "voluntary")
AWARD_LATER = AwardByLaterDecision("significant-operational", "the highest score")
AWARD_TO_ALPHA = AwardContract("Alpha", exactly("380000"), date(2023, 1, 2), 24)
WITHOUT_COMPETITION = replace(AWARD_TO_ALPHA, direct=True, ground="regulation 32(2)(c)")
TOO_DEAR = Answer("a", "not-agreed", "Too dear")

OPEN = step(
    OpenProcurement(
        CASE,
        REFERENCE,
        "Delivery partner",
        "Advice on a community health and wellbeing service",
        "Consultancy",
        "pcr2015",
        value=up_to("400000"),
        term=Term(date(2023, 1, 2), 24),
        phases=PHASES,
        framework=RM6187,
    )
)
REPORT = step(
    PutUpReport(
        CASE,
        REPORT_ID,
        "procurement",
        "significant-operational",
        "Authority to procure",
        "leeds/director-of-adults-and-health",
        (asks(AUTHORISE), asks(AWARD_LATER, "b")),
        PAPERS,
    )
)
DECISION = step(
    TakeDecision(
        CASE,
        REPORT_ID,
        DECISION_ID,
        (Answer("a", "agreed"), Answer("b", "agreed")),
        reasons="No capacity is left",
        alternatives=REJECTED,
        interests="none-declared",
    ),
    by=DIRECTOR,
)
TENDER = step(InviteTenders(CASE, date(2022, 12, 5), CRITERIA))
ALPHA = ScoredTender("Alpha", Decimal(380000), {"Quality": Decimal(80), "Price": Decimal(70)})
BETA = ScoredTender("Beta", Decimal(350000), {"Quality": Decimal(60), "Price": Decimal(90)})
PANEL = ("leeds/commissioning-officer", "Leeds Community Healthcare Trust")
EVALUATION = step(RecordEvaluation(CASE, (BETA, ALPHA), PANEL), on=date(2022, 12, 6))
NOTICES = step(SendAwardNotices(CASE, "electronic"), on=date(2022, 12, 12))
AWARD_REPORT = but(
    REPORT.at(date(2022, 12, 12)),
    report=AWARD_REPORT_ID,
    gateway="award",
    title="Award to Alpha",
    recommendations=(asks(AWARD_TO_ALPHA),),
)
AWARD = but(
    DECISION.at(date(2022, 12, 13)),
    report=AWARD_REPORT_ID,
    decision=AWARD_ID,
    answers=(Answer("a", "agreed"),),
)
SIGNATURE = step(
    SignContract(CASE, "Alpha", exactly("380000"), date(2023, 1, 2), 24),
    by=LAWYER,
    on=date(2022, 12, 23),
)
REGISTER = step(PublishContract(CASE), by=CLERK, on=date(2023, 1, 4))
PHASE_1 = step(StartPhase(CASE, 1), on=date(2023, 1, 2))
PHASE_REPORT = but(
    REPORT.at(date(2023, 6, 1)),
    report=PHASE_REPORT_ID,
    gateway="phase",
    decision_class="administrative",
    title="Phase 1 shows that the model is viable",
    recommendations=(asks(ReleasePhase(2)),),
)
RELEASE = but(
    DECISION.at(date(2023, 6, 5)),
    report=PHASE_REPORT_ID,
    decision=RELEASE_ID,
    answers=(Answer("a", "agreed"),),
)
PHASE_2 = step(StartPhase(CASE, 2), on=date(2023, 6, 6))

AUTHORISED = (OPEN, REPORT, DECISION)
EVALUATED = (*AUTHORISED, TENDER, EVALUATION)
AWARDED = (*EVALUATED, NOTICES, AWARD_REPORT, AWARD)
SIGNED = (*AWARDED, SIGNATURE)
UNDER_WAY = (*SIGNED, PHASE_1)
RELEASED = (*UNDER_WAY, PHASE_REPORT, RELEASE)

NOTICE = step(PublishKeyDecisionNotice(CASE, "procurement"), by=CLERK)
KEY_REPORT = but(REPORT, decision_class="key", class_reason="It changes care in two wards")
KEY_DECISION = DECISION.at(date(2022, 12, 13))
KEY_DECIDED = (OPEN, NOTICE, KEY_REPORT, KEY_DECISION)
CALL_IN = step(
    RecordCallIn(CASE, DECISION_ID, members("m1", "m2", "m3", "m4"), "The wards were not asked"),
    by=CLERK,
    on=date(2022, 12, 14),
)
NO_ACTION = step(CloseCallIn(CASE, DECISION_ID, "no-further-action"), by=CLERK, on=date(2023, 1, 5))
REFERRED_BACK = but(NO_ACTION, outcome="referred-back")
RECONSIDERED = but(DECISION.at(date(2023, 1, 9)), decision=SECOND_ID)
