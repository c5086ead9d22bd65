"""The same request with one thing wrong, or at least different: mostly illegal."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

from tests.engine import asks
from tests.engine.asks import Ask, Rec, Seat, Under
from tests.engine.council import DAY, GATEWAYS, KINDS, POSTS, STRANGER
from tests.engine.model import Model

OUTCOMES = ("agreed", "agreed-as-amended", "not-agreed", "deferred", "noted")


SHARED = asks.PutUp | asks.AboutReport | asks.Publish | asks.CallIn | asks.CloseCallIn
"""What may be asked about several procurements at once."""


class Twists:
    """Changes one field of a request, to something that somebody might send."""

    def __init__(self, model: Model, random: Random) -> None:
        self.model, self.random = model, random

    def twisted(self, ask: Ask) -> Ask:
        names = [one.name for one in fields(ask)]
        while True:
            name = self.random.choice(names)
            value = self._other(name, getattr(ask, name), ask)
            if value is not None:
                return replace(ask, **{name: value[0]})

    def _other(self, name: str, value: Any, ask: Ask) -> tuple[Any] | None:
        """In a tuple, since what is sent may be nothing; or None to try another field."""
        pick, model = self.random.choice, self.model
        match name, value:
            case "by", _:
                seats = list(model.council.seats(model.day))
                strange = Seat(STRANGER, value.post), Seat(value.person, pick(POSTS))
                return (pick([*seats, *strange, value._replace(deputising=True)]),)
            case "refs", _ if not isinstance(ask, asks.Open):
                return (self._refs(value, isinstance(ask, SHARED)),)
            case "report", _ if isinstance(ask, asks.PutUp):
                mine = [n for n, r in model.reports.items() if set(r.put_up.refs) & set(ask.refs)]
                return (pick(mine),) if mine else None
            case "report", _:
                return (pick([*model.reports, 999_999]),)
            case "decision", _ if isinstance(ask, asks.Decide):
                return self._decision(ask)
            case "decision", _:
                return (pick([*model.decisions, 999_999]),)
            case "answers", _:
                return (self._answers(value),)
            case "recs", _:
                return (self._recs(value),)
            case "labels", _:
                return (pick([("a",), ("z",), (*value, "a")]),)
            case "label", _:
                return (pick("abc"),)
            case "under", _:
                others = [
                    Under(ref, *key) for key, a in model.authorities.items() for ref in a.refs
                ]
                return (pick([None, *others]),)
            case "posts", _:
                return (pick([("chair",), ("treasurer",), ("lawyer",)]),)
            case "post" | "to" | "body", _:
                return (pick(POSTS),)
            case "gateway", _:
                return (pick(list(GATEWAYS)),)
            case "combines", _:
                return (pick([(), ("plan",), ("award",)]),)
            case "kind", _:
                return (pick(list(KINDS)),)
            case "regime", _:
                return (pick(["pcr2015", "pa2023"]),)
            case "part_of", _:
                return (pick([None, *model.cases, f"{model.council.name}-1999-1"]),)
            case "view", _:
                return (pick(["agrees", "objects", "no-view"]),)
            case "interests", _:
                return (pick(["declared", "not-in-the-record"]),)
            case "supplier", _:
                return ("Omega",)
            case "weights", _:
                return (pick([(50, 40), (50, 50)]),)
            case (("closes" | "starts"), _):
                return (value + pick([-1, 1]) * DAY,)
            case (("reason" | "comment" | "departing" | "complete" | "electronic"), _):
                return (not value,)
            case (("members" | "months" | "phase" | "option"), int()):
                return (max(1, value + pick([-1, 1])),)
            case "pence", int():
                return (value + pick([-1, 1, value]),)
        return None

    def _refs(self, refs: tuple[str, ...], shared: bool) -> tuple[str, ...]:
        others = [one for one in self.model.cases if one not in refs]
        other = self.random.choice([*others, f"{self.model.council.name}-1999-1"])
        if not shared:
            return (other,)
        return self.random.choice([(*refs, other), (other,), (*refs, refs[0]), refs[:1]])

    def _decision(self, ask: asks.Decide) -> tuple[int] | None:
        """One that was taken on these procurements, or that delegated under the same letter."""
        letters = {one.label for one in ask.answers}
        taken = [
            number
            for number, one in self.model.decisions.items()
            if set(one.report.put_up.refs) & set(ask.refs)
            or any((number, letter) in self.model.authorities for letter in letters)
        ]
        return (self.random.choice(taken),) if taken else None

    def _answers(self, answers: tuple[asks.Answer, ...]) -> tuple[asks.Answer, ...]:
        first, *rest = answers
        pick = self.random.choice
        other = asks.Answer(first.label, pick(OUTCOMES), pick([None, asks.Budget(1)]))
        return pick([(other, *rest), (*answers, first), tuple(rest), (other, *rest)])

    def _recs(self, recs: tuple[Rec, ...]) -> tuple[Rec, ...]:
        first, *rest = recs
        pick, effect = self.random.choice, first.effect
        match effect:
            case asks.Award():
                changed: list[asks.Effect] = [
                    replace(effect, pence=effect.pence * 2),
                    replace(effect, months=effect.months + 1),
                    replace(effect, options=(5,)),
                    replace(effect, direct=not effect.direct),
                    replace(effect, ground=False),
                    replace(effect, supplier="Omega"),
                ]
            case asks.Release(phase):
                changed = [asks.Release(phase + 1), asks.Release(1)]
            case asks.Extend(option):
                changed = [asks.Extend(option + 1)]
            case _:
                day = self.model.day
                changed = [
                    asks.Budget(5_000_000),
                    asks.Delegate("nobody"),
                    asks.Delegate("director", ("chair",), ("chair",)),
                    asks.Delegate("director", ("director",)),
                    asks.Delegate("panel"),
                    asks.Delegate("director", expires=day - DAY),
                    asks.Delegate("director", expires=day),
                    asks.Authorise(5_000_000, (60, 30), 5, "none"),
                    asks.Release(2),
                ]
        other = first._replace(effect=pick(changed))
        about = first._replace(about=pick([*self.model.cases]))
        return pick([(other, *rest), (other, *rest), (*recs, first), (about, *rest), ()])
