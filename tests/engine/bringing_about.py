"""What it takes to come to an interesting place: several requests, each judged like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tests.engine import asks
from tests.engine.asks import Ask, Rec
from tests.engine.council import DAY, HANDOVER
from tests.engine.ideas import Ideas
from tests.engine.side_by_side import LAST_DAY, SideBySide


class BringingAbout(SideBySide):
    """Roads to a decision, an authority, an award."""

    def ideas(self, seed: int) -> Ideas:
        return Ideas(self.model, self.random(seed), self.fresh)

    def random(self, seed: int) -> Random:
        """Not the same again where a seed comes again, as small ones often do."""
        return Random(f"{seed} {self.numbers}")

    def sensible(self, seed: int) -> Ask:
        ideas = self.ideas(seed)
        ref = ideas.pick(list(self.model.cases))
        return ideas.pick(ideas.for_case(ref) or [ideas.opening])()

    def days(self) -> list[date]:
        """Days on which something begins or ends."""
        model, found = self.model, list[date | None]((HANDOVER,))
        for case in model.cases.values():
            found += [*case.notices.values(), case.standstill]
            found += [case.tender.closes] if case.tender else []
            found += [case.contract.starts, case.contract.ends] if case.contract else []
        for decision in model.decisions.values():
            found += [decision.window, decision.effective]
        found += [one.terms.expires for one in model.authorities.values()]
        return [one for one in found if one]

    def edges(self) -> list[date]:
        """Days to come on which something is possible for the first or the last time."""
        return sorted(
            {
                day
                for one in self.days()
                for day in (one - DAY, one, one + DAY)
                if self.model.day < day <= LAST_DAY
            }
        )

    def give_authority(self, ideas: Ideas) -> None:
        """A plan is opened and decided, and an award under it delegated."""
        opened = ideas.opening()
        if self.ask(opened):
            self.bring_about(ideas, ideas.plan(opened.refs[0]))

    def bring_about(
        self, ideas: Ideas, put_up: asks.PutUp, *, decided: bool = True, effective: bool = True
    ) -> bool:
        """Everything on the way from a report to its decision, and to its effect."""
        if not self.ask(put_up):
            return False
        model, report = self.model, self.model.reports[put_up.report]
        for ask in ideas.on_the_way(report):
            if isinstance(ask, asks.Recommend) and not ideas.often():
                self.ask(ideas.decide(report))
            self.ask(ask)
            if isinstance(ask, asks.Notice):
                self.wait_until(model.cases[ask.refs[0]].notices[ask.gateway])
        decide = ideas.decide(report)
        letters = {one.label for one in decide.answers}
        if again := [number for number, letter in model.authorities if letter in letters]:
            self.ask(replace(decide, decision=ideas.pick(again)))
        if not decided or not self.ask(decide):
            return not decided
        if not effective:
            return True
        self.ask(ideas.publish(decide))
        self.wait_until(model.decisions[decide.decision].effective or model.day)
        return True

    def report_award(self, ideas: Ideas, ref: str) -> bool:
        """In favour of the best tender, perhaps in one report with other procurements."""

        def recs(refs: tuple[str, ...]) -> tuple[Rec, ...]:
            return (ideas.award(ref, "a")._replace(about=ref if len(refs) > 1 else None),)

        put_up = ideas.report(ref, "award", recs, shared=not ideas.often() or None)
        put_up = replace(put_up, refs=tuple(reversed(put_up.refs)))
        return self.bring_about(ideas, put_up)

    def is_reconsidered(self, ideas: Ideas, decide: asks.Decide) -> None:
        """A decision is called in, referred back and decided again, where it is open to that."""
        decision = self.model.decisions[decide.decision]
        if not decision.callable:
            return
        self.ask(ideas.publish(decide))
        call = ideas.call_in(decision)
        if len(decision.outcomes) > 1 and ideas.often():
            members, last = self.model.council.members, tuple(decision.outcomes)[-1:]
            call = replace(call, members=members, labels=last)
        if self.ask(call):
            close = ideas.close(decision)
            self.ask(replace(close, outcome="referred-back") if ideas.often() else close)
            if decision.report.state == "open":
                self.ask(ideas.decide(decision.report))
