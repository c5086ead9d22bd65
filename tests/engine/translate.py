"""From what the model asks to commands of the domain, word for word."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, cast
from uuid import UUID

from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.assessing_conflicts import RecordConflictsAssessment
from domain.call_in import RecordCallIn
from domain.called_in import Requester
from domain.closing_call_in import CloseCallIn
from domain.conflicts import Conflict
from domain.consultation import AnswerConsultation, AskConsultees, StandAside
from domain.contract import PublishContract, SignContract, StartPhase
from domain.decisions import TakeDecision
from domain.delegating import RevokeAuthority
from domain.effects import (
    ApproveBudget,
    ApprovePlan,
    AuthoriseProcurement,
    AwardByLaterDecision,
    AwardContract,
    Consultee,
    Criterion,
    DelegateAuthority,
    Effect,
    ExtendContract,
    ReleasePhase,
)
from domain.extension import TakeUpOption
from domain.gateways import WaiveGateway
from domain.market import InviteTenders, RecordEvaluation, ScoredTender
from domain.messages import Actor, Command
from domain.notices import PublishKeyDecisionNotice
from domain.opening import OpenProcurement
from domain.publication import PublishDecision
from domain.recommending import Recommend
from domain.report_acts import PublishReport
from domain.reported import Advice, Alternative, Document, Recommendation, Under
from domain.reports import PutUpReport
from domain.standstill import SendAssessmentSummaries, SendAwardNotices
from domain.terms import Phase
from domain.values import Amount, Term, procurement_id
from domain.withdrawing import WithdrawReport
from tests.engine import asks
from tests.engine.asks import Ask, Seat
from tests.engine.rules import person

PAPERS = (Document("Report", "0" * 64),)
REJECTED = (Alternative("Do nothing", "The need stays"),)
CRITERIA = ("Quality", "Price")


def report_id(number: int) -> UUID:
    return UUID(int=1_000_000 + number)


def decision_id(number: int) -> UUID:
    return UUID(int=2_000_000 + number)


def pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100


def exactly(pence: int) -> Amount:
    return Amount("exact", pounds(pence))


class Translator:
    """Speaks for one council."""

    def __init__(self, council: str) -> None:
        self.council = council

    def post(self, name: str) -> str:
        return f"{self.council}/{name}"

    def actor(self, seat: Seat) -> Actor:
        return Actor(person(seat.person), self.post(seat.post), seat.deputising)

    def under(self, under: asks.Under | None) -> Under | None:
        return Under(under.granted_in, decision_id(under.decision), under.label) if under else None

    def effect(self, effect: asks.Effect) -> Effect:
        match effect:
            case asks.Plan():
                return ApprovePlan("what is needed")
            case asks.Budget(pence):
                return ApproveBudget(exactly(pence))
            case asks.Delegate():
                return self._delegate(effect)
            case asks.Authorise(pence, weights, days, standstill):
                kind = cast(Literal["required", "voluntary", "none"], standstill)
                return AuthoriseProcurement(
                    exactly(pence), _criteria(weights), days, standstill=kind
                )
            case asks.Later(kind):
                return AwardByLaterDecision(kind, "the highest score")
            case asks.Award():
                return AwardContract(
                    effect.supplier,
                    exactly(effect.pence),
                    effect.starts,
                    effect.months,
                    effect.direct,
                    "only one can supply it" if effect.ground else "",
                    effect.options,
                )
            case asks.Release(phase):
                return ReleasePhase(phase)
            case asks.Extend(option):
                return ExtendContract(option)

    def _delegate(self, one: asks.Delegate) -> DelegateAuthority:
        consulted = [Consultee(self.post(post), "consultation") for post in one.consulted]
        agreeing = [Consultee(self.post(post), "agreement") for post in one.agreeing]
        return DelegateAuthority(
            self.post(one.delegate),
            "the award",
            (*consulted, *agreeing),
            None if one.cap is None else exactly(one.cap),
            "several" if one.several else "one",
            one.months,
            one.options,
            one.expires,
        )

    def answer(self, one: asks.Answer) -> Answer:
        """With a reason or another wording, where the outcome takes one."""
        amended = "As amended" if one.outcome == "agreed-as-amended" else ""
        reason = "" if one.outcome in ("agreed", "noted") else "We see it so"
        effect = self.effect(one.effect) if one.effect else None
        return Answer(one.label, cast(Any, one.outcome), reason, amended, effect)

    def command(self, ask: Ask) -> Command:
        first, also = procurement_id(ask.refs[0]), ask.refs[1:]
        match ask:
            case asks.Open():
                return self._open(ask, first)
            case asks.Abandon():
                return AbandonProcurement(first, "No money is left")
            case asks.Notice():
                return PublishKeyDecisionNotice(first, ask.gateway)
            case asks.Waive():
                return WaiveGateway(first, ask.gateway, "It was planned elsewhere")
            case asks.PutUp():
                return self._put_up(ask, first)
            case asks.AboutReport():
                return self._about_report(ask, first, report_id(ask.report))
            case asks.Publish():
                return PublishDecision(first, decision_id(ask.decision), also=also)
            case asks.CallIn():
                members = tuple(Requester(f"m{n}") for n in range(ask.members))
                decision = decision_id(ask.decision)
                return RecordCallIn(first, decision, members, "Too hasty", ask.labels, also=also)
            case asks.CloseCallIn():
                decision, outcome = decision_id(ask.decision), cast(Any, ask.outcome)
                return CloseCallIn(first, decision, outcome, also=also)
            case asks.Revoke():
                decision, why = decision_id(ask.decision), "Used badly"
                return RevokeAuthority(first, decision, ask.label, why, also=also)
            case asks.Assess():
                conflicts = tuple(
                    Conflict("other", "actual", "A share", "Steps aside", self.post(post))
                    for post in ask.posts
                )
                return RecordConflictsAssessment(first, conflicts, not conflicts)
            case asks.Invite():
                return InviteTenders(first, ask.closes, _criteria(ask.weights))
            case asks.Evaluate():
                scored = tuple(
                    ScoredTender(name, pounds(pence), dict.fromkeys(CRITERIA, Decimal(score)))
                    for name, pence, score in ask.tenders
                )
                return RecordEvaluation(first, scored, ("a panel",))
            case asks.Summarise():
                return SendAssessmentSummaries(first)
            case asks.SendNotices():
                return SendAwardNotices(first, "electronic" if ask.electronic else "other")
            case asks.Sign():
                return SignContract(first, ask.supplier, exactly(ask.pence), ask.starts, ask.months)
            case asks.PublishContract():
                return PublishContract(first)
            case asks.StartPhase():
                return StartPhase(first, ask.phase)
            case asks.TakeUp():
                return TakeUpOption(first, ask.option)
        raise AssertionError(ask)

    def _open(self, ask: asks.Open, first: UUID) -> Command:
        return OpenProcurement(
            *(first, ask.refs[0], f"Services {ask.refs[0]}", "Needed", "Services"),
            cast(Any, ask.regime),
            value=Amount("unknown") if ask.pence is None else exactly(ask.pence),
            term=Term(ask.starts, ask.months, ask.options),
            phases=tuple(Phase("a part", exactly(one)) for one in ask.phases),
            part_of=ask.part_of,
        )

    def _put_up(self, ask: asks.PutUp, first: UUID) -> Command:
        return PutUpReport(
            first,
            report_id(ask.report),
            ask.gateway,
            ask.kind,
            f"Report {ask.report}",
            self.post(ask.to),
            tuple(
                Recommendation(
                    one.label, f"Agree ({one.label})", self.effect(one.effect), one.about
                )
                for one in ask.recs
            ),
            PAPERS,
            "It matters" if ask.reason else "",
            combines=ask.combines,
            under=self.under(ask.under),
            also=ask.refs[1:],
        )

    def _about_report(self, ask: asks.AboutReport, first: UUID, report: UUID) -> Command:
        also = ask.refs[1:]
        match ask:
            case asks.Withdraw():
                return WithdrawReport(first, report, "A figure is wrong", also=also)
            case asks.PublishReport():
                return PublishReport(first, report, also=also)
            case asks.Recommend():
                advice = tuple(Advice(one, "supported") for one in ask.labels)
                return Recommend(first, report, self.post(ask.body), advice, "Well made", also=also)
            case asks.AskConsultees():
                return AskConsultees(first, report, tuple(map(self.post, ask.posts)), also=also)
            case asks.Reply():
                comment = "Heard" if ask.comment else ""
                view = cast(Any, ask.view)
                post, none = self.post(ask.post), cast(Any, "none-declared")
                return AnswerConsultation(first, report, post, view, comment, none, also=also)
            case asks.Aside():
                why = cast(Any, ask.why)
                return StandAside(first, report, self.post(ask.post), why, "Known", also=also)
            case asks.Decide():
                return TakeDecision(
                    first,
                    report,
                    decision_id(ask.decision),
                    tuple(map(self.answer, ask.answers)),
                    "The need is plain" if ask.complete else "",
                    REJECTED if ask.complete else (),
                    interests=cast(Any, ask.interests),
                    interests_note="A share" if ask.interests == "declared" else "",
                    body=self.post(ask.body) if ask.body else None,
                    under=self.under(ask.under),
                    departing="Others count for more" if ask.departing else "",
                    also=also,
                )
        raise AssertionError(ask)


def _criteria(weights: tuple[int, ...]) -> tuple[Criterion, ...]:
    return tuple(Criterion(n, Decimal(one)) for n, one in zip(CRITERIA, weights, strict=False))
