"""The parts of what the model keeps: reports, decisions, authorities, contracts; plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.engine import asks
from tests.engine.asks import Seat
from tests.engine.council import last_of_term


@dataclass
class Heard:
    """A consultee that was asked."""

    view: str = ""
    aside: str = ""


@dataclass
class Report:
    put_up: asks.PutUp
    on: date
    pence: int | None
    """What all procurements that it concerns are worth."""
    consultees: dict[str, str]
    """How each is consulted: "consultation", or "agreement"."""
    state: str = "open"
    published: bool = False
    advised: list[str] = field(default_factory=list)
    heard: dict[str, Heard] = field(default_factory=dict)
    decisions: list[int] = field(default_factory=list)


@dataclass
class Call:
    """A call-in of some resolutions."""

    labels: tuple[str, ...]
    on: date
    outcome: str = ""
    closed: date = date.min


@dataclass
class Decision:
    id: int
    report: Report
    on: date
    by: Seat
    decider: str
    outcomes: dict[str, tuple[str, asks.Effect, str | None]]
    callable: bool
    window: date | None = None
    effective: date | None = None
    published: bool = False
    call: Call | None = None
    declared: bool = False
    """Whether an interest was declared."""
    again: set[str] = field(default_factory=set)
    """Letters that were decided again."""

    def since(self, label: str) -> date | None:
        """From when a resolution has effect, as far as that is known."""
        if label in self.again:
            return None
        if self.call and label in self.call.labels:
            if self.call.outcome not in ("no-further-action", "lapsed"):
                return None
            return max(self.call.closed, self.effective or date.min)
        return self.effective


@dataclass
class Balance:
    """What is drawn, and what was drawn once and went back."""

    drawn: dict[int, dict[tuple[str, str], int]] = field(default_factory=dict)
    """By decision: pence by procurement and letter."""
    returned: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    """By decision: procurement and pence."""

    @property
    def total(self) -> int:
        return sum(sum(one.values()) for one in self.drawn.values())

    def draw(self, decision: int, draws: dict[tuple[str, str], int], instead: int | None) -> None:
        """What an earlier decision drew, and the one in its place draws no longer, goes back."""
        before = self.drawn.pop(instead, {}) if instead is not None else {}
        self.drawn[decision] = draws
        left = [(ref, pence) for (ref, _), pence in draws.items()]
        for (ref, _), pence in before.items():
            if (ref, pence) in left:
                left.remove((ref, pence))
            elif instead is not None:
                self.returned.setdefault(instead, []).append((ref, pence))

    def give_back(self, ref: str | None, decision: int | None, labels: tuple[str, ...]) -> int:
        """By a procurement, or by letters of a decision. Returns how many decisions gave back."""
        gave = 0
        for number, draws in self.drawn.items():
            gone = [
                key for key in draws if key[0] == ref or (number == decision and key[1] in labels)
            ]
            for key in gone:
                self.returned.setdefault(number, []).append((key[0], draws.pop(key)))
            gave += bool(gone)
        return gave


@dataclass
class Authority(Balance):
    terms: asks.Delegate = field(default_factory=lambda: asks.Delegate("nobody"))
    refs: tuple[str, ...] = ()
    revoked: date | None = None


@dataclass
class Contract:
    supplier: str
    pence: int
    starts: date
    months: int
    options: tuple[int, ...]
    extended: int = 0
    published: bool = False

    @property
    def ends(self) -> date:
        return last_of_term(self.starts, self.months + sum(self.options[: self.extended]))


@dataclass
class Case:
    opened: asks.Open
    since: date
    abandoned: bool = False
    notices: dict[str, date] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)
    assessed: set[tuple[int, str]] | None = None
    """The interests on record when conflicts were assessed last, if they were."""
    tender: asks.Invite | None = None
    invited: date | None = None
    """The day of the invitation: from then on the thresholds of that day count."""
    ranking: list[tuple[str, int, int]] = field(default_factory=list)
    evaluator: Seat | None = None
    summarised: bool = False
    notified: bool = False
    standstill: date | None = None
    contract: Contract | None = None
    started: list[int] = field(default_factory=list)

    @property
    def ref(self) -> str:
        return self.opened.refs[0]

    @property
    def closes(self) -> date | None:
        """The last day for tenders."""
        return self.tender.closes if self.tender else None
