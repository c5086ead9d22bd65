"""What should be on record, kept in plain data: an own reading of the rules, without the domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tests.engine import asks
from tests.engine.asks import Ask
from tests.engine.council import (
    DAY,
    KINDS,
    Council,
    Route,
    ends_new_standstill,
    ends_old_standstill,
)
from tests.engine.ledger import AGREED, BudgetOf, Ledger, Stream
from tests.engine.state import Authority, Balance, Call, Case, Contract, Decision, Heard, Report


class Model(Ledger):
    """The state after all that was accepted, on a day."""

    def __init__(self, council: Council, day: date) -> None:
        super().__init__(council, day)
        self.events: Counter[Stream] = Counter()

    def open_report(self, ref: str) -> Report | None:
        found = self.reports.values()
        return next((r for r in found if r.state == "open" and ref in r.put_up.refs), None)

    def is_direct(self, case: Case) -> bool:
        """Whether the award on its way, asked for or resolved last, is without competition."""
        meant = [one for *_, one in self.resolved(case.ref, "Award")]
        if report := self.open_report(case.ref):
            meant += [one.effect for one in report.put_up.recs if one.about in (None, case.ref)]
        awards = [one for one in meant if isinstance(one, asks.Award)]
        return bool(awards) and awards[-1].direct

    def given_up(self, case: Case) -> bool:
        """Whether an award without competition came after the last competition authorised."""
        last: asks.Effect | None = None
        for decision in self.decisions.values():
            for label, (outcome, effect, about) in decision.outcomes.items():
                mine = case.ref in decision.report.put_up.refs and about in (None, case.ref)
                stands = outcome in AGREED and label not in decision.again
                direct = isinstance(effect, asks.Award) and effect.direct
                if mine and stands and (direct or isinstance(effect, asks.Authorise)):
                    last = effect
        return isinstance(last, asks.Award)

    def is_out(self, case: Case) -> bool:
        """Whether tenders may still come in."""
        return bool(case.tender and not case.ranking and self.day <= case.tender.closes)

    def passed(self, ref: str, gateway: str, kind: str) -> list[date | None]:
        """From when each decision that agrees to what a gateway is there for has effect."""
        return [
            decision.since(label)
            for decision, label, _ in self.resolved(ref, kind)
            if gateway in (decision.report.put_up.gateway, *decision.report.put_up.combines)
        ]

    def pence(self, refs: tuple[str, ...]) -> int | None:
        """What procurements are worth together; None where one is not known."""
        values = [self.cases[one].opened.pence for one in refs]
        return None if None in values else sum(one for one in values if one is not None)

    def route(self, report: Report) -> Route | None:
        put_up = report.put_up
        if put_up.under:
            return Route(put_up.gateway, put_up.kind, put_up.to)
        return self.council.route(put_up.gateway, put_up.kind, report.pence)

    def labels(self, report: Report) -> tuple[str, ...]:
        """The letters to answer: all, or after a call-in those that were referred back."""
        earlier = self.decisions[report.decisions[-1]] if report.decisions else None
        if earlier and earlier.call:
            return earlier.call.labels
        return tuple(one.label for one in report.put_up.recs)

    def happen(self, ask: Ask) -> list[Stream]:
        """Keeps what an accepted command does. Returns the streams with one more event each."""
        streams: list[Stream] = list(ask.refs)
        case = self.cases.get(ask.refs[0])
        match ask:
            case asks.Open():
                self.cases[ask.refs[0]] = Case(ask, self.day)
            case asks.PutUp():
                self._put_up(ask)
            case asks.Decide():
                streams += self._decide(ask)
            case asks.AboutReport():
                streams += self._report(ask)
            case asks.Revoke():
                key = (ask.decision, ask.label)
                self.authorities[key].revoked = self.day
                streams.append(key)
            case asks.AboutDecision():
                self._decision(ask)
            case _:
                assert case
                streams += self._case(ask, case)
        self.events.update(streams)
        return streams

    def _put_up(self, ask: asks.PutUp) -> None:
        terms = self.authorities[ask.under[1:]].terms if ask.under else None
        consultees = dict.fromkeys(terms.consulted, "consultation") if terms else {}
        consultees |= dict.fromkeys(terms.agreeing, "agreement") if terms else {}
        self.reports[ask.report] = Report(ask, self.day, self.pence(ask.refs), consultees)

    def _decide(self, ask: asks.Decide) -> Iterator[Stream]:
        report, council = self.reports[ask.report], self.council
        route, draws, outcomes = self.route(report), self.draws(ask), self.outcomes(ask)
        assert route
        earlier = self.decisions[report.decisions[-1]] if report.decisions else None
        decider = ask.body or (route.decider if route.decider == "board" else ask.by.post)
        callable_ = KINDS[report.put_up.kind].call_in and earlier is None
        made = Decision(ask.decision, report, self.day, ask.by, decider, outcomes, callable_)
        made.declared = ask.interests == "declared"
        if not callable_:
            made.effective = self.day
        elif council.counted_from == "decision":
            made.window = council.window(self.day)
            made.effective = made.window + DAY
        if earlier:
            earlier.again |= outcomes.keys()
        else:
            for ref in report.put_up.refs:
                for gateway in (report.put_up.gateway, *report.put_up.combines):
                    self.cases[ref].notices.pop(gateway, None)
        report.state = "decided"
        report.decisions.append(ask.decision)
        self.decisions[ask.decision] = made
        for label, (outcome, effect, about) in outcomes.items():
            if outcome in AGREED and isinstance(effect, asks.Delegate):
                refs = (about,) if about else report.put_up.refs
                self.authorities[ask.decision, label] = Authority(terms=effect, refs=refs)
                yield ask.decision, label
        before = earlier.id if earlier else None
        if ask.under and (draws or earlier):
            self.authorities[ask.under[1:]].draw(ask.decision, draws, before)
            yield ask.under[1:]
        for plan in dict.fromkeys(map(self.plan, report.put_up.refs)):
            mine = {key: pence for key, pence in draws.items() if self.plan(key[0]) == plan}
            known = self.budgets.get(plan, Balance())
            parts = [ref for ref in report.put_up.refs if self.plan(ref) == plan]
            funded = parts != [plan] or any(True for _ in self.resolved(plan, "Budget"))
            if before in known.drawn or (mine and funded):
                self.budgets.setdefault(plan, known).draw(ask.decision, mine, before)
                yield BudgetOf(plan)

    def _report(self, ask: asks.AboutReport) -> Iterator[Stream]:
        report = self.reports[ask.report]
        match ask:
            case asks.Withdraw():
                report.state = "withdrawn"
                for number in report.decisions:
                    decision = self.decisions[number]
                    assert decision.call
                    decision.again |= set(decision.call.labels)
                    yield from self.give_back(None, number, decision.call.labels)
            case asks.PublishReport():
                report.published = True
            case asks.Recommend():
                report.advised.append(ask.body)
            case asks.AskConsultees():
                for post in report.consultees:
                    if post in (ask.posts or report.consultees):
                        report.heard.setdefault(post, Heard())
            case asks.Reply():
                report.heard[ask.post].view = ask.view
            case asks.Aside():
                report.heard[ask.post].aside = ask.why

    def _decision(self, ask: asks.AboutDecision) -> None:
        decision = self.decisions[ask.decision]
        match ask:
            case asks.Publish():
                decision.published = True
                if decision.callable and decision.window is None:
                    decision.window = self.council.window(self.day)
                    decision.effective = decision.window + DAY
            case asks.CallIn():
                every = tuple(decision.outcomes)
                labels = tuple(one for one in every if one in ask.labels) or every
                decision.call = Call(labels, self.day)
            case asks.CloseCallIn():
                assert decision.call
                decision.call.outcome, decision.call.closed = ask.outcome, self.day
                if ask.outcome in ("referred-back", "referred-to-council"):
                    decision.report.state = "open"

    def _case(self, ask: Ask, case: Case) -> Iterator[Stream]:
        match ask:
            case asks.Abandon():
                case.abandoned = True
                yield from self.give_back(case.ref)
            case asks.Notice():
                case.notices[ask.gateway] = self.day + 29 * DAY
            case asks.Waive():
                case.waived.add(ask.gateway)
            case asks.Assess():
                case.assessed = set(self.interests(case))
            case asks.Invite():
                case.tender, case.invited = ask, self.day
            case asks.Evaluate():
                case.ranking = sorted(ask.tenders, key=lambda one: -one[2])
                case.evaluator = ask.by
            case asks.Summarise():
                case.summarised = True
            case asks.SendNotices():
                case.notified = True
                if not self.exempt(case) or self.stands_freely(case):
                    old, days = case.opened.regime == "pcr2015", 10 if ask.electronic else 15
                    of_2015, of_2023 = ends_old_standstill, ends_new_standstill
                    case.standstill = of_2015(self.day, days) if old else of_2023(self.day)
            case asks.Sign():
                award = self.effective(case.ref, "Award")
                assert isinstance(award, asks.Award)
                term = (ask.starts, ask.months, award.options)
                case.contract = Contract(ask.supplier, ask.pence, *term)
            case asks.PublishContract():
                assert case.contract
                case.contract.published = True
            case asks.StartPhase():
                case.started.append(ask.phase)
            case asks.TakeUp():
                assert case.contract
                case.contract.extended = ask.option
