"""What may be done about the market and a contract."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine import asks
from tests.engine.council import DAY
from tests.engine.picks import SUPPLIERS, Idea, Picks
from tests.engine.state import Case


class Contracts(Picks):
    """From the invitation to the last option."""

    def market(self, case: Case) -> Iterator[Idea]:
        ref, day = case.ref, self.model.day
        terms = self.model.effective(ref, "Authorise")
        if self.model.unassessed(case) or self.model.outdated(case):
            by, posts = self.duty(asks.Assess), tuple(set(self.model.interests(case).values()))
            for _ in range(5):
                yield lambda: asks.Assess(by=by, refs=(ref,), posts=posts)
        if case.tender is None and isinstance(terms, asks.Authorise):
            law = self.pick((self.model.least_to_tender(case),) * 9 + (0,))
            closes = day + max(terms.tender_days, law) * DAY
            weights = terms.weights or (70, 30)
            by = self.duty(asks.Invite)
            for _ in range(3):
                yield lambda: asks.Invite(by=by, refs=(ref,), closes=closes, weights=weights)
        elif case.tender and not case.ranking:
            for _ in range(3):
                yield lambda: self._evaluate(case)
        elif self._to_be_summarised(case):
            by = self.duty(asks.Summarise)
            yield lambda: asks.Summarise(by=by, refs=(ref,))
        elif not case.notified and (case.ranking or any(self.model.resolved(ref, "Award"))):
            by = self.duty(asks.SendNotices)
            electronic = self.often()
            for _ in range(3 if case.ranking else 1):
                yield lambda: asks.SendNotices(by=by, refs=(ref,), electronic=electronic)

    def _to_be_summarised(self, case: Case) -> bool:
        wanted = case.opened.regime == "pa2023" and not self.model.is_small(case)
        return bool(wanted and case.ranking and not case.summarised)

    def _evaluate(self, case: Case) -> asks.Evaluate:
        most = case.opened.pence or 10_000_000
        first = (self.pick(SUPPLIERS), self.pick((most, most // 2)), self.pick((60, 80)))
        second = ("Delta", self.pick((most, most // 2)), self.pick((70, 80, 90)))
        return asks.Evaluate(by=self.duty(asks.Evaluate), refs=(case.ref,), tenders=(first, second))

    def contract(self, case: Case) -> Iterator[Idea]:
        ref, day, contract = case.ref, self.model.day, case.contract
        award = self.model.effective(ref, "Award")
        if contract is None:
            if isinstance(award, asks.Award):
                by, starts = self.duty(asks.Sign), max(award.starts, day)
                yield lambda: asks.Sign(
                    by=by,
                    refs=(ref,),
                    supplier=award.supplier,
                    pence=award.pence,
                    starts=starts,
                    months=award.months,
                )
            return
        if not contract.published:
            by = self.duty(asks.PublishContract)
            yield lambda: asks.PublishContract(by=by, refs=(ref,))
        phase, option = max(case.started, default=0) + 1, contract.extended + 1
        if phase <= len(case.opened.phases):
            starter = self.duty(asks.StartPhase)
            yield lambda: asks.StartPhase(by=starter, refs=(ref,), phase=phase)
        if any(True for _ in self.model.resolved(ref, "Extend")):
            extender = self.duty(asks.TakeUp)
            yield lambda: asks.TakeUp(by=extender, refs=(ref,), option=option)
