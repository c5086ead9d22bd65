"""What was resolved, and what decisions draw on balances: an own reading, without the domain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.engine import asks
from tests.engine.asks import Under
from tests.engine.council import Council
from tests.engine.state import Authority, Balance, Case, Decision, Report


class BudgetOf(NamedTuple):
    """The budget of a procurement, and of the parts of its plan."""

    ref: str


Stream = str | tuple[int, str] | BudgetOf
"""A procurement by its reference, an authority by its decision and letter, or a budget."""
AGREED = ("agreed", "agreed-as-amended")
AGREED = ("agreed", "agreed-as-amended")


class Ledger:
    """Everything on record, on a day, and what is left of authorities and budgets."""

    def __init__(self, council: Council, day: date) -> None:
        self.council, self.day = council, day
        self.cases: dict[str, Case] = {}
        self.reports: dict[int, Report] = {}
        self.decisions: dict[int, Decision] = {}
        self.authorities: dict[tuple[int, str], Authority] = {}
        self.budgets: dict[str, Balance] = {}

    def resolved(self, ref: str, kind: str) -> Iterator[tuple[Decision, str, asks.Effect]]:
        """What was agreed about a procurement and was not decided again, oldest first."""
        for decision in self.decisions.values():
            for label, (outcome, effect, about) in decision.outcomes.items():
                mine = ref in decision.report.put_up.refs and about in (None, ref)
                stands = outcome in AGREED and label not in decision.again
                if mine and stands and type(effect).__name__ == kind:
                    yield decision, label, effect

    def effective(self, ref: str, kind: str, day: date | None = None) -> asks.Effect | None:
        """The latest of those that have effect today, or on another day."""
        found = None
        for decision, label, effect in self.resolved(ref, kind):
            since = decision.since(label)
            if since and since <= (day or self.day):
                found = effect
        return found

    def exempt(self, case: Case) -> bool:
        """Whether the law asks for no standstill: in 2015 not where nobody else took part."""
        if self.is_small(case):
            return True
        *_, last = [None, *(one for *_, one in self.resolved(case.ref, "Award"))]
        award = self.effective(case.ref, "Award") or last
        direct = isinstance(award, asks.Award) and award.direct
        return case.opened.regime == "pcr2015" and (direct or len(case.ranking) == 1)

    def is_small(self, case: Case, began: date | None = None) -> bool:
        """Whether it is below the Act's threshold, with VAT on top and with all its options."""
        since = began or case.invited or case.since
        opened = case.opened
        if opened.regime != "pa2023" or opened.pence is None:
            return False
        longest = opened.months + sum(opened.options)
        most = 214_904 if since < date(2026, 1, 1) else 207_720
        return opened.pence * 12 * longest < most * 1000 * opened.months

    def least_to_tender(self, case: Case) -> int:
        """Days: the Act of 2023 says how many, where it governs in full."""
        new = case.opened.regime == "pa2023" and not self.is_small(case, self.day)
        return 25 if new else 0

    def interests(self, case: Case) -> dict[tuple[int, str], str]:
        """Whose interests are on record: by report and post, or by decision."""
        found = {
            (number, post): post
            for number, report in self.reports.items()
            for post, heard in report.heard.items()
            if case.ref in report.put_up.refs and heard.aside == "conflicted"
        }
        for decision in self.decisions.values():
            if case.ref in decision.report.put_up.refs and decision.declared:
                found[decision.id, ""] = decision.decider
        return found

    def unassessed(self, case: Case, began: date | None = None) -> bool:
        """Whether the Act of 2023 waits for conflicts to be assessed."""
        new = case.opened.regime == "pa2023" and not self.is_small(case, began)
        return new and case.assessed is None

    def outdated(self, case: Case, began: date | None = None) -> bool:
        """Whether more came to light since they were."""
        old = case.opened.regime != "pa2023" or self.is_small(case, began)
        if old or case.assessed is None:
            return False
        return not self.interests(case).keys() <= case.assessed

    def stands_freely(self, case: Case) -> bool:
        """Whether a competition was decided on with a standstill that the law does not ask for."""
        terms = self.effective(case.ref, "Authorise")
        wanted = isinstance(terms, asks.Authorise) and terms.standstill != "none"
        return bool(self.exempt(case) and case.ranking and wanted)

    def authority(self, under: Under) -> Authority | None:
        return self.authorities.get(under[1:])

    def cap(self, under: Under, day: date | None = None) -> int | None:
        """What may be drawn in all: the authority's own cap, or the budget where it is given."""
        found = self.authorities[under[1:]]
        if found.terms.cap is not None:
            return found.terms.cap
        gave, most = self.decisions[under.decision].decider, None
        for decision, label, budget in self.resolved(under.granted_in, "Budget"):
            since = decision.since(label)
            mine = decision.decider == gave and since and since <= (day or self.day)
            most = budget.pence if mine and isinstance(budget, asks.Budget) else most
        return most

    def plan(self, ref: str) -> str:
        """The procurement whose budget an award draws on."""
        return self.cases[ref].opened.part_of or ref

    def committed(self, plan: str, without: int | None = None) -> list[dict[str, int]]:
        """What was awarded in a plan and its parts: for each decision, by procurement."""
        found: dict[int, dict[str, int]] = {}
        for decision, _, effect in self.resolved(plan, "Award"):
            if isinstance(effect, asks.Award) and not self.cases[plan].abandoned:
                mine = found.setdefault(decision.id, {})
                mine[plan] = mine.get(plan, 0) + effect.pence
        for number, draws in self.budgets.get(plan, Balance()).drawn.items():
            found[number] = {}
            for (ref, _), pence in draws.items():
                found[number][ref] = found[number].get(ref, 0) + pence
        return [one for number, one in found.items() if number != without]

    def left(self, ref: str) -> int | None:
        """What the budget of its plan leaves for one procurement; None without a budget."""
        budget = self.effective(self.plan(ref), "Budget")
        if not isinstance(budget, asks.Budget):
            return None
        committed = self.committed(self.plan(ref))
        others = {other for one in committed for other in one} - {ref}
        spent = sum(max(one.get(other, 0) for one in committed) for other in others)
        return budget.pence - spent

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
                    if not self.cases[ref].abandoned:
                        found[ref, label] = effect.pence
        return found

    def give_back(
        self, ref: str | None = None, decision: int | None = None, labels: tuple[str, ...] = ()
    ) -> Iterator[Stream]:
        """Once for each decision, in each balance on which it drew."""
        balances: dict[Stream, Balance] = dict(self.authorities.items())
        balances |= {BudgetOf(plan): one for plan, one in self.budgets.items()}
        for stream, one in balances.items():
            for _ in range(one.give_back(ref, decision, labels)):
                yield stream
