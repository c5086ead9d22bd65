"""Reports that could be put up: by their gateway, or under delegated authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from tests.engine import asks
from tests.engine.asks import Rec, Under
from tests.engine.council import DAY, KINDS
from tests.engine.picks import SUPPLIERS, Idea, Picks
from tests.engine.state import Authority

VALUES = (4_000_000, 9_000_000, 30_000_000, 45_000_000, 80_000_000, None)


class Reports(Picks):
    """What reports might ask for, often on the edge of what they may."""

    def opening(self, part_of: str | None = None) -> asks.Open:
        day, pence = self.model.day, self.pick(VALUES)
        law = self.model.council, "pcr2015" if day < date(2025, 2, 24) else "pa2023"
        return asks.Open(
            by=self.duty(asks.Open),
            refs=(f"{law[0].name}-2023-{self.fresh()}",),
            part_of=part_of,
            regime=law[1],
            pence=pence,
            starts=day + self.pick((10, 30, 60)) * DAY,
            months=self.pick((6, 12)),
            options=self.pick(((), (12,), (6, 6))),
            phases=() if pence is None else self.pick(((), (pence // 2, pence // 4))),
        )

    def reports(self, ref: str) -> Iterator[Idea]:
        """Reports that could be put up while none waits."""
        model, case = self.model, self.model.cases[ref]
        planned = bool(model.passed(ref, "plan", "Plan")) or "plan" in case.waived
        for key, authority in model.authorities.items():
            if self.covered(ref, authority) and not case.contract:
                under = Under(self.pick(authority.refs), *key)
                for _ in range(0 if authority.revoked else 3):
                    yield partial(self.award_under, ref, under)
        if case.opened.part_of is None:
            if not planned:
                yield lambda: self.plan(ref)
                monitor = self.seat("monitor")
                yield lambda: asks.Waive(by=monitor, refs=(ref,), gateway="plan")
            if model.effective(ref, "Budget") is None or self.pick((False, False, True)):
                yield lambda: self.report(ref, "budget", lambda refs: self.budgets(refs))
        if case.contract is None:
            yield lambda: self.procurement(ref, planned)
            yield lambda: self.report(ref, "award", lambda _: (self.award(ref, "a"),))
        else:
            phase, option = max(case.started, default=1) + 1, case.contract.extended + 1
            early = 0 if self.often() else 1
            if phase <= len(case.opened.phases):
                release = (Rec("a", asks.Release(phase + early)),)
                yield lambda: self.report(ref, "phase", lambda _: release)
            if option <= len(case.contract.options):
                extend = (Rec("a", asks.Extend(option + early)),)
                yield lambda: self.report(ref, "extension", lambda _: extend)

    def live(self) -> list[tuple[int, str]]:
        """Authorities that are not revoked, have not expired and of which something is left."""
        model = self.model
        return [
            key
            for key, one in model.authorities.items()
            if not one.revoked
            and (one.terms.expires or model.day) >= model.day
            and (model.cap(Under(one.refs[0], *key)) or 10_000_000) > one.total
            and not any(model.cases[ref].abandoned for ref in one.refs)
        ]

    def authority(self, between: str = "") -> Under:
        """Mostly one that is live, and one with what is to come between."""
        authorities = self.model.authorities
        live = self.live() if self.often() or self.often() else []
        fitting = [one for one in live if self._fits(authorities[one].terms, between)]
        key = self.pick(fitting or live or [*authorities])
        return Under(self.pick(authorities[key].refs), *key)

    def _fits(self, terms: asks.Delegate, between: str) -> bool:
        match between:
            case "budget":
                return terms.cap is None
            case "end" | "signed too late":
                return bool(terms.expires)
            case "veto":
                return bool(terms.agreeing)
            case "objection":
                return bool(terms.consulted)
            case "call-in":
                return terms.several
            case "silence" | "interest":
                return bool(terms.consulted or terms.agreeing)
        return True

    def covered(self, ref: str, authority: Authority) -> bool:
        return bool({ref, self.model.cases[ref].opened.part_of} & set(authority.refs))

    def report(
        self,
        ref: str,
        gateway: str,
        recs: Callable[[tuple[str, ...]], tuple[Rec, ...]],
        under: Under | None = None,
        combines: tuple[str, ...] = (),
        shared: bool | None = None,
    ) -> asks.PutUp:
        """To whoever the route or the authority names, perhaps on several procurements."""
        model, refs = self.model, tuple[str, ...]((ref,))
        if not self.often() if shared is None else shared:
            part_of = model.cases[ref].opened.part_of
            idle = [
                one
                for one, case in model.cases.items()
                if one != ref
                and not (case.abandoned or model.open_report(one) or case.contract)
                and (part_of is None or case.opened.part_of == part_of)
            ]
            refs = tuple(dict.fromkeys((*refs, *(self.pick(idle) for _ in idle[:1]))))
        routes = {kind: model.council.route(gateway, kind, model.pence(refs)) for kind in KINDS}
        fitting = [one for one, route in routes.items() if route or under] or ["key"]
        kind = self.pick(fitting[-2:]) if self.often() else self.pick(fitting)
        route, authority = routes[kind], model.authority(under) if under else None
        to = authority.terms.delegate if authority else route.decider if route else "board"
        author = self.seat("officer") if self.often() else self.duty(asks.PutUp)
        return asks.PutUp(
            by=author,
            refs=refs,
            report=self.fresh(),
            gateway=gateway,
            kind=kind,
            to=to,
            recs=recs(refs),
            combines=combines,
            under=under,
        )

    def plan(self, ref: str) -> asks.PutUp:
        def recs(refs: tuple[str, ...]) -> tuple[Rec, ...]:
            effects: list[asks.Effect] = [asks.Plan()]
            if self.often():
                effects.append(self._budget(refs))
            effects += [self.delegate(refs) for _ in range(self.pick((1, 1, 2)))]
            return self._lettered(effects, refs)

        return self.report(ref, "plan", recs)

    def budgets(self, refs: tuple[str, ...]) -> tuple[Rec, ...]:
        effects: list[asks.Effect] = [self._budget(refs)]
        return self._lettered(effects + ([] if self.often() else [self.delegate(refs)]), refs)

    def _lettered(self, effects: Sequence[asks.Effect], refs: tuple[str, ...]) -> tuple[Rec, ...]:
        abouts = (None, None, *refs) if len(refs) > 1 else (None,)
        return tuple(
            Rec("abcd"[n], one, None if n == 0 else self.pick(abouts))
            for n, one in enumerate(effects)
        )

    def _budget(self, refs: tuple[str, ...]) -> asks.Budget:
        pence = self.model.pence(refs) or 10_000_000
        return asks.Budget(self.pick((pence, pence // 2, 3_000_000)))

    def delegate(self, refs: tuple[str, ...]) -> asks.Delegate:
        case, pence = self.model.cases[refs[0]], self.model.pence(refs) or 20_000_000
        return asks.Delegate(
            self.pick(("director", "director", "cabinet-member")),
            self.pick(((), ("chair",))),
            self.pick(((), ("treasurer",))),
            self.pick((None, pence, pence // 2, 3_000_000)),
            self.pick((True, True, False)),
            self.pick((None, 12, 6)),
            self.pick((case.opened.options, case.opened.options, ())),
            self.pick((None, *(self.model.day + n * DAY for n in (60, 120)))),
        )

    def award_under(
        self, ref: str, under: Under, shared: bool | None = None, awards: int = 1
    ) -> asks.PutUp:
        """Awards under an authority, around what is left of it; now and then what it is not for."""

        def recs(refs: tuple[str, ...]) -> tuple[Rec, ...]:
            if not self.random.randrange(16):
                return self.budgets(refs)
            if awards == 1:
                return (self.award(ref, "a", under, len(refs)),)
            abouts = refs if len(refs) > 1 else (ref, ref)
            return tuple(
                self.award(one, letter, under, awards)._replace(about=one)
                for one, letter in zip(abouts, "ab", strict=True)
            )

        put_up = self.report(ref, "award", recs, under, shared=shared)
        budget = not any(isinstance(one.effect, asks.Award) for one in put_up.recs)
        return replace(put_up, gateway="budget") if budget else put_up

    def award(self, ref: str, letter: str, under: Under | None = None, number: int = 1) -> Rec:
        case, model = self.model.cases[ref], self.model
        opened, most = case.opened, case.opened.pence or 10_000_000
        options, months = opened.options, opened.months
        if under:
            authority = model.authorities[under[1:]]
            left = (model.cap(under) or most) - authority.total
            left = left // number if self.often() else left
            shared = model.left(ref)
            left = left if shared is None else min(left, shared)
            most = min(most, left) if left > 0 else most
            if self.often():
                options = options[: len(authority.terms.options)]
                months = min(months, authority.terms.months or months)
        elif self.often() and (shared := model.left(ref)):
            most = min(most, shared) if shared > 0 else most
        supplier, direct = self.pick(SUPPLIERS), True
        if case.ranking:
            supplier, price, _ = case.ranking[0]
            most, direct = min(most, price), self.pick((False, False, True))
        pence = self.pick((most, most, most // 2, most // 3, most + 1))
        starts = max(opened.starts, model.day)
        return Rec(letter, asks.Award(supplier, pence, starts, months, direct, True, options))

    def procurement(self, ref: str, planned: bool) -> asks.PutUp:
        case = self.model.cases[ref]
        effects: list[asks.Effect] = [
            asks.Authorise(
                case.opened.pence or 10_000_000,
                self.pick(((60, 40), ())),
                self.pick((5, 10)),
                self.pick(("required", "voluntary", "none")),
            )
        ]
        combined = not planned and self.often()
        effects += [asks.Plan()] if combined else []
        effects += [] if self.often() else [asks.Later(self.pick(("open", "officer")))]
        combines = ("plan",) if combined else ()
        recs = self._lettered(effects, (ref,))
        return self.report(ref, "procurement", lambda _: recs, combines=combines)
