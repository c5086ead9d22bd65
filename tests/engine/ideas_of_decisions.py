"""What may follow a report or a decision."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tests.engine import asks
from tests.engine.asks import Ask
from tests.engine.council import BODIES, KINDS
from tests.engine.picks import Idea, Picks
from tests.engine.state import Decision, Report


class Decisions(Picks):
    """Recommendations, consultation, decisions, call-in, revocation."""

    def publish(self, decide: asks.Decide) -> asks.Publish:
        by = self.duty(asks.Publish)
        return asks.Publish(by=by, refs=decide.refs, decision=decide.decision)

    def on_the_way(self, report: Report) -> Iterator[Ask]:
        """Notice, recommendations and consultation; nobody whose agreement it takes objects."""
        put_up, route = report.put_up, self.model.route(report)
        refs, number, clerk = put_up.refs, put_up.report, self.seat("clerk")
        labels = tuple(one.label for one in put_up.recs)
        for ref in refs:
            if KINDS[put_up.kind].key and put_up.gateway not in self.model.cases[ref].notices:
                yield asks.Notice(by=clerk, refs=(ref,), gateway=put_up.gateway)
        for body in route.recommenders if route else ():
            yield asks.Recommend(by=clerk, refs=refs, report=number, body=body, labels=labels)
        if report.consultees:
            yield asks.AskConsultees(by=clerk, refs=refs, report=number)
        for post in report.consultees:
            by, view = self.seat(post), self.pick(("agrees", "no-view"))
            yield asks.Reply(by=by, refs=refs, report=number, post=post, view=view)

    def about_report(self, report: Report) -> Iterator[Idea]:
        put_up, route = report.put_up, self.model.route(report)
        refs, number = put_up.refs, put_up.report
        clerk = self.duty(asks.Recommend)
        labels = tuple(one.label for one in put_up.recs)
        for body in route.recommenders if route else ():
            if body not in report.advised:
                for _ in range(4):
                    yield partial(
                        asks.Recommend,
                        by=clerk,
                        refs=refs,
                        report=number,
                        body=body,
                        labels=labels,
                    )
        unasked = [one for one in report.consultees if one not in report.heard]
        if unasked and report.state == "open":
            named = () if self.often() else (self.pick(unasked),)
            by = self.duty(asks.AskConsultees)
            for _ in range(4):
                yield lambda: asks.AskConsultees(by=by, refs=refs, report=number, posts=named)
        for post, heard in report.heard.items():
            if heard.view and not self.often():
                yield partial(self.reply, report, post)
            if not heard.view:
                for _ in range(4):
                    yield partial(self.reply, report, post)
                if not heard.aside:
                    yield partial(self.aside, report, post, self.pick(("absent", "conflicted")))
        ready = all(one in report.heard and report.heard[one].view for one in report.consultees)
        for _ in range(6 if ready else 1):
            yield lambda: self.decide(report)
        for kind in (asks.Withdraw, asks.PublishReport):
            if self.pick((False, False, True)):
                yield partial(kind, by=self.duty(kind), refs=refs, report=number)

    def reply(self, report: Report, post: str) -> asks.Reply:
        """By the post or its deputy; an objection now and then."""
        return asks.Reply(
            by=self.seat(post),
            refs=report.put_up.refs,
            report=report.put_up.report,
            post=post,
            view=self.pick(("agrees", "agrees", "no-view", "objects")),
        )

    def aside(self, report: Report, post: str, why: str) -> asks.Aside:
        return asks.Aside(
            by=self.seat(post, "clerk"),
            refs=report.put_up.refs,
            report=report.put_up.report,
            post=post,
            why=why,
        )

    def decide(self, report: Report) -> asks.Decide:
        """By whose decision it is; mostly agreed, departing from objections with reasons."""
        route, put_up = self.model.route(report), report.put_up
        assert route
        body = route.decider in BODIES
        objected = any(one.view == "objects" for one in report.heard.values())
        kind = self.pick(("agreed",) * 5 + ("mixed",))
        answers = [self._answer(report, label, kind) for label in self.model.labels(report)]
        return asks.Decide(
            by=self.seat("clerk") if body else self.seat(route.decider),
            refs=put_up.refs if self.often() else tuple(reversed(put_up.refs)),
            report=put_up.report,
            decision=self.fresh(),
            answers=tuple(answers),
            body=self.pick((None, route.decider)) if body else None,
            under=put_up.under,
            departing=objected and self.often(),
        )

    def _answer(self, report: Report, label: str, kind: str) -> asks.Answer:
        if kind == "agreed":
            return asks.Answer(label, "agreed")
        outcome = self.pick(("agreed", "not-agreed", "deferred", "agreed-as-amended", "noted"))
        effect = next(one.effect for one in report.put_up.recs if one.label == label)
        if outcome == "agreed-as-amended" and isinstance(effect, asks.Award):
            pence = self.pick((effect.pence // 2, effect.pence + 1))
            effect = asks.Award(effect.supplier, pence, *list(vars(effect).values())[2:])
            return asks.Answer(label, outcome, effect)
        return asks.Answer(label, outcome)

    def about_decisions(self, ref: str) -> Iterator[Idea]:
        for decision in self.model.decisions.values():
            if ref in decision.report.put_up.refs:
                yield from self._after(decision)
        for key, authority in self.model.authorities.items():
            if ref in authority.refs and not self.random.randrange(20):
                yield partial(self.revoke, key)
        if not self.random.randrange(40):
            yield partial(self.abandon, ref)

    def abandon(self, ref: str) -> asks.Abandon:
        return asks.Abandon(by=self.duty(asks.Abandon), refs=(ref,))

    def revoke(self, key: tuple[int, str]) -> asks.Revoke:
        """By who gave it, in a procurement in which it was given."""
        decider, refs = self.model.decisions[key[0]].decider, self.model.authorities[key].refs
        by = self.seat("clerk" if decider in BODIES else decider)
        return asks.Revoke(by=by, refs=(self.pick(refs),), decision=key[0], label=key[1])

    def _after(self, one: Decision) -> Iterator[Idea]:
        refs, clerk = one.report.put_up.refs, self.duty(asks.Publish)
        if not one.published:
            for _ in range(5 if one.callable and one.window is None else 1):
                yield lambda: asks.Publish(by=clerk, refs=refs, decision=one.id)
        if one.call and not one.call.outcome:
            for _ in range(3):
                yield lambda: self.close(one)
        elif one.callable and one.window and not one.call:
            for _ in range(2):
                yield lambda: self.call_in(one)

    def call_in(self, one: Decision) -> asks.CallIn:
        """By as many members as it takes, or one fewer; of everything, or of one resolution."""
        members, labels = self.model.council.members, tuple(one.outcomes)
        return asks.CallIn(
            by=self.duty(asks.CallIn),
            refs=one.report.put_up.refs,
            decision=one.id,
            members=members if self.often() else members - 1,
            labels=self.pick(((), labels[-1:], labels[:1])),
        )

    def close(self, one: Decision) -> asks.CloseCallIn:
        outcomes = ("referred-back",) * 3 + ("no-further-action", "lapsed", "referred-to-council")
        return asks.CloseCallIn(
            by=self.duty(asks.CloseCallIn),
            refs=one.report.put_up.refs,
            decision=one.id,
            outcome=self.pick(outcomes),
        )
