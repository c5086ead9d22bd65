"""What it takes to come to an interesting place: several requests, each judged like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tests.engine import asks
from tests.engine.asks import Ask, Rec, Under
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

    def funded(self) -> list[str]:
        """Plans that have a budget."""
        model = self.model
        plans = [ref for ref, one in model.cases.items() if not one.opened.part_of]
        return [
            ref for ref in plans if model.effective(ref, "Budget") and model.effective(ref, "Plan")
        ]

    def award_in_a_part(self, ideas: Ideas, plan: str) -> asks.PutUp | None:
        """A report on an award in a new part of a plan, without delegated authority."""
        opened = ideas.opening(plan)
        if len(self.model.cases) > 14 or not self.ask(opened):
            return None
        (ref,) = opened.refs
        return ideas.report(ref, "award", lambda _: (ideas.award(ref, "a"),), shared=False)

    def ends(self, ideas: Ideas, under: Under) -> bool:
        """The authority is revoked, or its last day passes."""
        end = self.model.authorities[under[1:]].terms.expires
        if end and ideas.often():
            self.wait_until(end + DAY)
            return self.model.day > end
        return self.ask(ideas.revoke(under[1:]))

    def is_signed_too_late(self, ideas: Ideas, under: Under, decide: asks.Decide) -> None:
        """The authority ends before the award takes effect, or just after."""
        decision = self.model.decisions[decide.decision]
        if ideas.often():
            self.ends(ideas, under)
        self.ask(ideas.publish(decide))
        self.wait_until(decision.effective or self.model.day)
        self.ends(ideas, under)
        for ref in decide.refs:
            for sign in ideas.contract(self.model.cases[ref]):
                self.ask(sign())

    def is_withdrawn(self, ideas: Ideas, under: Under, decide: asks.Decide) -> None:
        """What was referred back is withdrawn, once nobody can decide it again."""
        decision = self.model.decisions[decide.decision]
        self.ask(ideas.publish(decide))
        members = self.model.council.members
        if not self.ask(replace(ideas.call_in(decision), members=members)):
            return
        self.ask(replace(ideas.close(decision), outcome="referred-back"))
        withdraw = asks.Withdraw(
            by=ideas.duty(asks.Withdraw), refs=decide.refs, report=decide.report
        )
        self.ask(withdraw)
        self.ends(ideas, under)
        if decision.report.state == "open":
            self.ask(ideas.decide(decision.report))
        self.ask(replace(withdraw, by=ideas.duty(asks.Withdraw)))

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
