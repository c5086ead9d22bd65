"""Random commands, legal and not, over several procurements and authorities at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from domain.refusals import Stale
from tests.engine import asks
from tests.engine.asks import Ask
from tests.engine.bringing_about import BringingAbout
from tests.engine.council import DAY, EASTMERE, OLD_LAW_ENDS, WESTMERE, Council
from tests.engine.ideas import Ideas
from tests.engine.judge import why_not
from tests.engine.telling import BETWEEN
from tests.engine.twists import Twists

SEEDS = st.integers(0, 2**32 - 1)
OFTEN = st.sampled_from((True, True, True, False))


class EngineAndModel(BringingAbout):
    """Each rule asks for something, or for what leads to it."""

    betweens: tuple[str, ...] = tuple(BETWEEN)

    @initialize(
        council=st.sampled_from((EASTMERE, WESTMERE)), seed=SEEDS, plans=OFTEN, old_law=OFTEN
    )
    def begin(self, council: Council, seed: int, plans: bool, old_law: bool) -> None:
        self.is_in(council)
        if not old_law:
            self.wait_until(OLD_LAW_ENDS)
        ideas = self.ideas(seed)
        if plans:
            self.give_authority(ideas)
        else:
            self.ask(ideas.opening())

    @rule(seed=SEEDS)
    def a_procurement_is_opened(self, seed: int) -> None:
        """On its own, or carrying out a plan."""
        ideas = self.ideas(seed)
        if len(self.model.cases) < 7:
            plans = [ref for ref, one in self.model.cases.items() if not one.opened.part_of]
            self.ask(ideas.opening(ideas.pick([None, *plans, *plans])))

    @rule(seed=SEEDS)
    def something_sensible(self, seed: int) -> None:
        self.ask(self.sensible(seed), self.ideas(seed).pick((True, False)))

    @rule(seed=SEEDS)
    def a_case_is_brought_on(self, seed: int) -> None:
        """By several things that may be done, and by waiting for what may not be done yet."""
        ideas = self.ideas(seed)
        ref = ideas.pick(list(self.model.cases)[-4:])
        for _ in range(4):
            found = (
                [one() for one in ideas.random.sample(every, min(6, len(every)))]
                if (every := ideas.for_case(ref))
                else []
            )
            may = [one for one in found if not why_not(one, self.model)]
            if may:
                self.ask(may[0])
            elif edges := self.edges():
                self.wait_until(edges[0])

    @rule(seed=SEEDS)
    def something_comes_too_soon(self, seed: int) -> None:
        """Or too late: of all that comes to mind, what one rule alone stands against."""
        ideas, found = self.ideas(seed), dict[str, Ask]()
        for ref in self.model.cases:
            for idea in ideas.for_case(ref):
                ask = idea()
                if len(reasons := set(why_not(ask, self.model))) == 1:
                    found[reasons.pop()] = ask
        if found:
            self.ask(found[ideas.pick(sorted(found))])

    @rule(seed=SEEDS)
    def something_twisted(self, seed: int) -> None:
        self.ask(Twists(self.model, self.random(seed)).twisted(self.sensible(seed)))

    @rule(seed=SEEDS)
    def time_passes(self, seed: int) -> None:
        """To a day on the edge of something, or a few days on."""
        edges, days = self.edges()[:6], [self.model.day + n * DAY for n in (1, 8)]
        self.wait_until(self.random(seed).choice([*edges, *days]))

    @precondition(lambda self: self.done)
    @rule(seed=SEEDS)
    def it_is_sent_again(self, seed: int) -> None:
        command, context, seen = self.random(seed).choice(self.done)
        before = self.house.log.last_position()
        self.house.engine.execute(command, context, seen)
        assert self.house.log.last_position() == before
        self.count("sent again")

    @rule(seed=SEEDS)
    def it_was_looked_at_before(self, seed: int) -> None:
        """Whatever is asked, what was seen is not what is on record."""
        ask = self.sensible(seed)
        stream = self.random(seed).choice([self.id_of(ref) for ref in ask.refs])
        seen = {stream: self.house.log.version(stream) + self.random(seed).choice((-1, 1))}
        with pytest.raises(Stale):
            self.house.engine.execute(self.say.command(ask), self.context(ask), seen)
        self.check_streams()
        self.count("stale")

    @precondition(lambda self: self.model.authorities)
    @rule(seed=SEEDS, times=st.integers(1, 3))
    def authorities_are_exercised(self, seed: int, times: int) -> None:
        for _ in range(times):
            ideas = self.ideas(seed)
            self.an_authority_is_exercised(ideas, ideas.pick(self.betweens))

    def an_authority_is_exercised(self, ideas: Ideas, between: str) -> None:
        """Something may come between the report and the decision, or after it."""
        model = self.model
        if not ideas.live() and ideas.often():
            self.give_authority(ideas)
        under = ideas.authority(between)
        for _ in range(ideas.pick((0, 1, 2)) if len(model.cases) < 12 else 0):
            self.ask(ideas.opening(under.granted_in))
        authority = model.authorities[under[1:]]
        covered = [ref for ref in model.cases if ideas.covered(ref, authority)]
        idle = [ref for ref in covered if not model.open_report(ref)] or covered
        callable_ = between in ("call-in", "signed too late", "too late to decide again")
        awards = 2 if between == "call-in" else ideas.pick((1, 1, 2))
        put_up = ideas.award_under(ideas.pick(idle[-3:]), under, ideas.pick((True, False)), awards)
        if callable_:
            put_up = replace(put_up, kind="open")
        if not self.ask(put_up):
            return
        report = model.reports[put_up.report]
        for ask in ideas.on_the_way(report):
            if isinstance(ask, asks.Reply):
                how = report.consultees[ask.post]
                if (between, how) in (("objection", "consultation"), ("veto", "agreement")):
                    ask = replace(ask, view="objects")
            last = isinstance(ask, asks.Reply) and ask.post == list(report.consultees)[-1]
            if between == "interest" and isinstance(ask, asks.Reply) and last:
                self.ask(ideas.aside(report, ask.post, "conflicted"))
                self.ask(replace(ask, by=ask.by._replace(deputising=True)))
            if between != "silence" or not last:
                self.ask(ask)
        if between == "budget" and not model.open_report(under.granted_in):
            budget = ideas.report(under.granted_in, "budget", ideas.budgets, shared=False)
            self.bring_about(ideas, budget, effective=ideas.often())
        if between == "revocation":
            self.ask(ideas.revoke(under[1:]))
        if between == "abandonment" and under.granted_in not in put_up.refs:
            self.ask(ideas.abandon(under.granted_in))
        if between == "end" and (end := authority.terms.expires):
            self.wait_until(ideas.pick((end, end, end + DAY)))
        decide = ideas.decide(report)
        if between == "objection":
            self.ask(replace(decide, departing=False))
        if between == "veto" and report.state == "open" and ideas.often():
            no = tuple(asks.Answer(one.label, "not-agreed") for one in decide.answers)
            self.ask(decide)
            decide = replace(decide, answers=no)
        if report.state != "open" or not self.ask(decide):
            return
        match between:
            case "signed too late":
                self.is_signed_too_late(ideas, under, decide)
            case "too late to decide again":
                self.is_withdrawn(ideas, under, decide)
            case "given up":
                self.ask(ideas.abandon(ideas.pick(decide.refs)))
            case _:
                self.is_reconsidered(ideas, decide)

    @precondition(lambda self: self.model.authorities)
    @rule(seed=SEEDS)
    def two_exercises_at_once(self, seed: int) -> None:
        """Both are prepared on the same balance, in different procurements."""
        ideas, prepared = self.ideas(seed), list[asks.Decide]()
        if not ideas.live():
            self.give_authority(ideas)
        under = ideas.authority()
        for _ in range(2):
            opened = ideas.opening(under.granted_in)
            if len(self.model.cases) > 12 or not self.ask(opened):
                return
            put_up = ideas.award_under(opened.refs[0], under, False)
            if not self.bring_about(ideas, put_up, decided=False):
                return
            prepared.append(ideas.decide(self.model.reports[put_up.report]))
        self.at_once(*prepared)

    @precondition(lambda self: self.funded())
    @rule(seed=SEEDS, together=st.booleans())
    def parts_of_a_plan_share_its_budget(self, seed: int, together: bool) -> None:
        """Awards without delegated authority, one after the other or at once."""
        ideas, prepared = self.ideas(seed), list[asks.Decide]()
        plan = ideas.pick(self.funded())
        for _ in range(2):
            put_up = self.award_in_a_part(ideas, plan)
            if put_up is None or not self.bring_about(ideas, put_up, decided=not together):
                return
            prepared.append(ideas.decide(self.model.reports[put_up.report]))
        if together:
            self.at_once(*prepared)

    @rule(seed=SEEDS)
    def two_things_at_once(self, seed: int) -> None:
        self.at_once(self.sensible(seed), self.sensible(seed + 1))

    @rule(seed=SEEDS)
    def a_competition_is_held(self, seed: int) -> None:
        """From the authority to procure to the signature, which may come before its day."""
        ideas, model = self.ideas(seed), self.model
        opened = ideas.opening()
        if len(model.cases) > 12 or not self.ask(opened):
            return
        (ref,), case = opened.refs, model.cases[opened.refs[0]]
        put_up = ideas.procurement(ref, False)
        if not put_up.combines or not self.bring_about(ideas, put_up):
            return
        for _ in range(4):
            if found := list(ideas.market(case)):
                self.ask(ideas.pick(found)())
                self.wait_until((case.closes or model.day) + DAY)
        award = self.report_award(ideas, ref)
        for sign in ideas.contract(case) if award else ():
            self.ask(sign())

    @precondition(lambda self: any(one.contract for one in self.model.cases.values()))
    @rule(seed=SEEDS)
    def a_contract_runs(self, seed: int) -> None:
        """Its phases start, and its options are taken up, after a report on each."""
        ideas, model = self.ideas(seed), self.model
        case = ideas.pick([one for one in model.cases.values() if one.contract])
        assert case.contract
        self.wait_until(case.contract.starts)
        for idea in ideas.contract(case):
            self.ask(idea())
        reports = [] if model.open_report(case.ref) else list(ideas.reports(case.ref))
        put_up = ideas.pick(reports)() if reports else None
        if isinstance(put_up, asks.PutUp) and self.bring_about(ideas, put_up):
            for idea in ideas.contract(case):
                self.ask(idea())

    @rule(batch=st.sampled_from((1, 7, 1000)))
    def the_read_models_follow(self, batch: int) -> None:
        self.house.catch_up(batch)
