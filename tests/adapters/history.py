"""Random lawful histories: cases side by side, made by real commands, and rules that change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar
from uuid import UUID

from adapters.house import House
from countersign.demo import load
from domain.abandoning import AbandonProcurement
from domain.answers import Answer
from domain.authority import AdoptConstitution
from domain.call_in import RecordCallIn
from domain.called_in import Requester
from domain.closing_call_in import CloseCallIn
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
from domain.messages import Actor, Command
from domain.notices import PublishKeyDecisionNotice
from domain.opening import NoteOnSource, OpenProcurement
from domain.publication import PublishDecision
from domain.record import Outcome
from domain.report_acts import PublishReport
from domain.reported import Alternative, Document, Recommendation
from domain.reports import PutUpReport
from domain.standstill import SendAwardNotices
from domain.terms import Phase
from domain.values import Amount, Term, When, procurement_id
from domain.withdrawing import WithdrawReport
from tests.scenario import CLERK, LAWYER, OFFICER, holder

FIRST = date(2022, 11, 14)
DIRECTOR = "leeds/director-of-adults-and-health"
DEPUTY = "leeds/deputy-director-integrated-commissioning"
OPERATIONAL = "significant-operational"
MONITOR = holder("leeds/monitoring-officer")
CRITERIA = (Criterion("Quality", Decimal(60)), Criterion("Price", Decimal(40)))
PHASES = (Phase("find out", Amount("up-to", Decimal(150000))),) * 2
PAPERS = (Document("Report", "0" * 64),)
REJECTED = (Alternative("Do nothing", "The need stays"),)
CONSTITUTION = (load.FOLDER / "leeds" / "constitution.toml").read_text("utf-8")

C = TypeVar("C", bound=Command)


class Case:
    """One case on its way. Iterating does the next thing, until it ends somewhere by chance."""

    def __init__(self, house: House, number: int, random: Random) -> None:
        self.house, self.random = house, random
        self.reference = f"leeds-2022-{number}"
        self.id = procurement_id(self.reference)
        self.day = FIRST + timedelta(random.randrange(20))

    def __iter__(self) -> Iterator[Command]:
        term = Term(self.day + timedelta(90), 24)
        opened = OpenProcurement(
            *(self.id, self.reference, f"Advice {self.reference}", "Needed", "Advice", "pcr2015"),
            value=Amount("up-to", Decimal(400000)),
            term=term,
            phases=PHASES,
        )
        yield self.do(OFFICER, opened)
        if self.perhaps(4):
            yield self.do(CLERK, NoteOnSource(self.id, "silence", "When work began", "Not said"))
        authorise = AuthoriseProcurement(opened.value, CRITERIA, 21, Decimal(10), "voluntary")
        later = AwardByLaterDecision(OPERATIONAL, "the highest score")
        yield from self.decided("procurement", authorise, later, key=self.perhaps(2))
        if self.perhaps(8):
            yield self.do(holder(DIRECTOR), AbandonProcurement(self.id, "No money is left"))
            return
        yield self.do(OFFICER, InviteTenders(self.id, self.day + timedelta(22), CRITERIA))
        yield self.do(OFFICER, RecordEvaluation(self.id, self.tenders(), ("a panel",)), 23)
        yield self.do(OFFICER, SendAwardNotices(self.id, "electronic"))
        evaluation = self.house.procurement(self.reference).evaluation
        assert evaluation
        first = evaluation.ranking[0]
        price, starts = Amount("exact", first.price), max(term.starts, self.day + timedelta(30))
        yield from self.decided("award", AwardContract(first.tenderer, price, starts, 24))
        starts = max(starts, self.day)
        yield self.do(LAWYER, SignContract(self.id, first.tenderer, price, starts, 24))
        yield self.do(CLERK, PublishContract(self.id))
        self.day = max(starts, self.day)
        yield self.do(OFFICER, StartPhase(self.id, 1))
        yield from self.decided("phase", ReleasePhase(2), kind="administrative")
        yield self.do(OFFICER, StartPhase(self.id, 2))

    def decided(
        self,
        gateway: str,
        *effects: Effect,
        key: bool = False,
        kind: str = "significant-operational",
    ) -> Iterator[Command]:
        """Reports go up until one is agreed and in effect."""
        kind = "key" if key else kind
        while True:
            if key and gateway not in self.house.procurement(self.reference).notices:
                yield self.do(CLERK, PublishKeyDecisionNotice(self.id, gateway))
                self.day += timedelta(29)
            report = self.unique()
            yield self.put_up(report, gateway, kind, effects)
            if self.perhaps(5):
                yield self.do(OFFICER, WithdrawReport(self.id, report, "A figure is wrong"))
                continue
            if self.perhaps(3):
                yield self.do(CLERK, PublishReport(self.id, report))
            agreed = not self.perhaps(4)
            taken = self.decide(report, "agreed" if agreed else "not-agreed", len(effects))
            yield taken
            decision = taken.decision
            yield self.do(CLERK, PublishDecision(self.id, decision))
            if key and self.perhaps(2):
                members = tuple(Requester(f"m{n}") for n in range(1, 5))
                yield self.do(CLERK, RecordCallIn(self.id, decision, members, "Too hasty"))
                referred = self.perhaps(2)
                outcome = CloseCallIn(
                    self.id, decision, "referred-back" if referred else "no-further-action"
                )
                yield self.do(CLERK, outcome, 3)
                if referred:
                    yield self.decide(report, "agreed", len(effects))
                    agreed = True
            self.day += timedelta(20)
            if agreed:
                return

    def put_up(self, report: UUID, gateway: str, kind: str, effects: tuple[Effect, ...]) -> Command:
        asks = tuple(
            Recommendation("abc"[n], f"Agree {effect}", effect) for n, effect in enumerate(effects)
        )
        command = PutUpReport(
            *(self.id, report, gateway, kind, f"On {gateway}", self.decider(gateway, kind)),
            recommendations=asks,
            documents=PAPERS,
            class_reason="Two wards feel it",
        )
        return self.do(OFFICER, command)

    def decide(self, report: UUID, outcome: Outcome, number: int) -> TakeDecision:
        """By whoever the rules name today, which may have changed since the report went up."""
        self.day += timedelta(1)
        put_up = self.house.procurement(self.reference).reports[report]
        decider = self.decider(put_up.gateway, put_up.decision_class)
        answers = tuple(Answer("abc"[n], outcome, "We see it so") for n in range(number))
        command = TakeDecision(
            *(self.id, report, self.unique(), answers),
            reasons="The need is plain",
            alternatives=REJECTED,
            interests="none-declared",
        )
        return self.do(holder(decider), command)

    def decider(self, gateway: str, kind: str) -> str:
        rules = self.house.rules("leeds", self.day).constitution
        route = rules.route(gateway, kind, Decimal(400000))
        assert route
        return route.decided_by

    def tenders(self) -> tuple[ScoredTender, ...]:
        scores = self.random.sample(range(50, 100), 3)
        return tuple(
            ScoredTender(
                f"Bidder {n}",
                Decimal(300000 + n),
                dict.fromkeys(("Quality", "Price"), Decimal(score)),
            )
            for n, score in enumerate(scores, 1)
        )

    def do(self, by: Actor, command: C, days: int = 0) -> C:
        self.day += timedelta(days)
        do(self.house, by, command, self.day, self.unique())
        return command

    def perhaps(self, one_in: int) -> bool:
        return not self.random.randrange(one_in)

    def unique(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))


def do(house: House, by: Actor, command: Command, day: date, command_id: UUID) -> None:
    """A real command on a day of our choosing."""
    context = house.context("leeds", by, command_id, When(day))
    house.engine.execute(command, context)


def adopt(house: House, version: int, decider: str, in_force: date = date(2022, 1, 1)) -> None:
    """A new version of the constitution of Leeds, by which somebody else decides."""
    text = CONSTITUTION.replace('version = "leeds-2022"', f'version = "leeds-{version}"')
    text = text.replace("in_force = 2022-01-01", f"in_force = {in_force}")
    text = text.replace(f'decided_by = "{DIRECTOR}"', f'decided_by = "{decider}"')
    do(house, MONITOR, AdoptConstitution("leeds", text), FIRST, UUID(int=version))


def write(house: House, random: Random, cases: int, first: int = 1000) -> Iterator[None]:
    """Cases side by side, with a change of rules now and then; yields after each command."""
    going = [iter(Case(house, first + n, random)) for n in range(cases)]
    version = first
    while going:
        one = random.choice(going)
        if random.random() < 0.04 or next(one, done) is done:
            going.remove(one)
        if random.random() < 0.02:
            version += 1
            in_force = random.choice([date(2022, 1, 1), FIRST + timedelta(30)])
            adopt(house, version, random.choice([DIRECTOR, DEPUTY]), in_force)
        yield


done = object()
