"""What should be on record, kept in plain data: an own reading of the rules, without the domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tests.engine import asks
from tests.engine.asks import Ask, Under
from tests.engine.council import DAY, KINDS, Council, Route, is_working
from tests.engine.state import Authority, Call, Case, Contract, Decision, Heard, Report

Stream = str | tuple[int, str]
"""A procurement by its reference, an authority by its decision and letter."""
AGREED = ("agreed", "agreed-as-amended")


class Model:
    """The state after all that was accepted, on a day."""

    def __init__(self, council: Council, day: date) -> None:
        self.council, self.day = council, day
        self.cases: dict[str, Case] = {}
        self.reports: dict[int, Report] = {}
        self.decisions: dict[int, Decision] = {}
        self.authorities: dict[tuple[int, str], Authority] = {}
        self.events: Counter[Stream] = Counter()

    def open_report(self, ref: str) -> Report | None:
        found = self.reports.values()
        return next((r for r in found if r.state == "open" and ref in r.put_up.refs), None)

    def resolved(self, ref: str, kind: str) -> Iterator[tuple[Decision, str, asks.Effect]]:
        """What was agreed about a procurement and was not decided again, oldest first."""
        for decision in self.decisions.values():
            for label, (outcome, effect, about) in decision.outcomes.items():
                mine = ref in decision.report.put_up.refs and about in (None, ref)
                stands = outcome in AGREED and label not in decision.again
                if mine and stands and type(effect).__name__ == kind:
                    yield decision, label, effect

    def effective(self, ref: str, kind: str) -> asks.Effect | None:
        """The latest of those that have effect today."""
        found = None
        for decision, label, effect in self.resolved(ref, kind):
            since = decision.since(label)
            if since and since <= self.day:
                found = effect
        return found

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

    def authority(self, under: Under) -> Authority | None:
        return self.authorities.get(under[1:])

    def cap(self, under: Under) -> int | None:
        """What may be drawn in all: the authority's own cap, or the budget where it is given."""
        found = self.authorities[under[1:]]
        if found.terms.cap is not None:
            return found.terms.cap
        budget = self.effective(under.granted_in, "Budget")
        return budget.pence if isinstance(budget, asks.Budget) else None

    def labels(self, report: Report) -> tuple[str, ...]:
        """The letters to answer: all, or after a call-in those that were referred back."""
        earlier = self.decisions[report.decisions[-1]] if report.decisions else None
        if earlier and earlier.call:
            return earlier.call.labels
        return tuple(one.label for one in report.put_up.recs)

    def outcomes(self, ask: asks.Decide) -> dict[str, tuple[str, asks.Effect, str | None]]:
        """What becomes of each recommendation that is answered."""
        given = {one.label: one for one in ask.answers}
        return {
            rec.label: (given[rec.label].outcome, given[rec.label].effect or rec.effect, rec.about)
            for rec in self.reports[ask.report].put_up.recs
            if rec.label in given
        }

    def draws(self, ask: asks.Decide) -> dict[tuple[str, str], int]:
        """What a decision would draw: its awards, and those of an earlier one that stand."""
        report, found = self.reports[ask.report], {}
        answered = self.outcomes(ask)
        earlier = self.decisions[report.decisions[-1]].outcomes if report.decisions else {}
        for label, (outcome, effect, about) in {**earlier, **answered}.items():
            if outcome in AGREED and isinstance(effect, asks.Award):
                for ref in (about,) if about else report.put_up.refs:
                    found[ref, label] = effect.pence
        return found

    def happen(self, ask: Ask) -> list[Stream]:
        """Keeps what an accepted command does. Returns the streams with one more event each."""
        streams: list[Stream] = list(ask.refs)
        case = self.cases.get(ask.refs[0])
        match ask:
            case asks.Open():
                self.cases[ask.refs[0]] = Case(ask)
            case asks.PutUp():
                self._put_up(ask)
            case asks.Decide():
                streams += self._decide(ask)
            case asks.AboutReport():
                self._report(ask)
            case asks.Revoke():
                key = (ask.decision, ask.label)
                self.authorities[key].revoked = True
                streams.append(key)
            case asks.AboutDecision():
                self._decision(ask)
            case _:
                assert case
                self._case(ask, case)
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
        made = Decision(ask.decision, report, ask.by, decider, outcomes, callable_)
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
                self.authorities[ask.decision, label] = Authority(effect, refs)
                yield ask.decision, label
        if ask.under and (draws or earlier):
            authority = self.authorities[ask.under[1:]]
            if earlier:
                authority.drawn.pop(earlier.id, None)
            authority.drawn[ask.decision] = draws
            yield ask.under[1:]

    def _report(self, ask: asks.AboutReport) -> None:
        report = self.reports[ask.report]
        match ask:
            case asks.Withdraw():
                report.state = "withdrawn"
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
                decision.call = Call(tuple(one for one in every if one in ask.labels) or every)
            case asks.CloseCallIn():
                assert decision.call
                decision.call.outcome, decision.call.closed = ask.outcome, self.day
                if ask.outcome in ("referred-back", "referred-to-council"):
                    decision.report.state = "open"

    def _case(self, ask: Ask, case: Case) -> None:
        match ask:
            case asks.Abandon():
                case.abandoned = True
            case asks.Notice():
                case.notices[ask.gateway] = self.day + 29 * DAY
            case asks.Waive():
                case.waived.add(ask.gateway)
            case asks.Invite():
                case.tender = ask
            case asks.Evaluate():
                case.ranking = sorted(ask.tenders, key=lambda one: -one[2])
                case.evaluator = ask.by
            case asks.SendNotices():
                case.standstill = self.day + (10 if ask.electronic else 15) * DAY
                while not is_working(case.standstill):
                    case.standstill += DAY
            case asks.Sign():
                award = self.effective(case.ref, "Award")
                assert isinstance(award, asks.Award)
                options = award.options or case.opened.options
                case.contract = Contract(ask.supplier, ask.pence, ask.starts, ask.months, options)
            case asks.PublishContract():
                assert case.contract
                case.contract.published = True
            case asks.StartPhase():
                case.started.append(ask.phase)
            case asks.TakeUp():
                assert case.contract
                case.contract.extended = ask.option
