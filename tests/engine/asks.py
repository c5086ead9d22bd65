"""What is asked of the engine, as plain data: nothing here knows the domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Seat(NamedTuple):
    """A person, by number, acting in a post; as its deputy or not."""

    person: int
    post: str
    deputising: bool = False


class Under(NamedTuple):
    """A delegated authority: where it was granted, by which decision, and its letter."""

    granted_in: str
    decision: int
    label: str


@dataclass(frozen=True)
class Plan:
    """A plan is approved."""


@dataclass(frozen=True)
class Budget:
    pence: int


@dataclass(frozen=True)
class Delegate:
    """``cap`` is pence; None means within the budget. ``agreeing`` have a veto, others not."""

    delegate: str
    consulted: tuple[str, ...] = ()
    agreeing: tuple[str, ...] = ()
    cap: int | None = None
    several: bool = False
    months: int | None = None
    options: tuple[int, ...] = ()
    expires: date | None = None


@dataclass(frozen=True)
class Authorise:
    """``weights`` are per cent for quality and price; none are left to the invitation."""

    pence: int
    weights: tuple[int, ...]
    tender_days: int
    standstill: str


@dataclass(frozen=True)
class Later:
    """The award is a decision of its own, of a class."""

    kind: str


@dataclass(frozen=True)
class Award:
    supplier: str
    pence: int
    starts: date
    months: int
    direct: bool = True
    ground: bool = True
    options: tuple[int, ...] = ()


@dataclass(frozen=True)
class Release:
    phase: int


@dataclass(frozen=True)
class Extend:
    option: int


Effect = Plan | Budget | Delegate | Authorise | Later | Award | Release | Extend


class Rec(NamedTuple):
    label: str
    effect: Effect
    about: str | None = None


class Answer(NamedTuple):
    """``effect`` is given where it is agreed as amended."""

    label: str
    outcome: str
    effect: Effect | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """``refs`` are the procurements named, the one that it is asked in first."""

    by: Seat
    refs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Open(Ask):
    part_of: str | None = None
    regime: str = "pcr2015"
    pence: int | None = None
    starts: date
    months: int = 12
    options: tuple[int, ...] = ()
    phases: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Abandon(Ask):
    pass


@dataclass(frozen=True, kw_only=True)
class Notice(Ask):
    gateway: str


@dataclass(frozen=True, kw_only=True)
class Waive(Ask):
    gateway: str


@dataclass(frozen=True, kw_only=True)
class PutUp(Ask):
    report: int
    gateway: str
    kind: str
    to: str
    recs: tuple[Rec, ...]
    reason: bool = True
    combines: tuple[str, ...] = ()
    under: Under | None = None


@dataclass(frozen=True, kw_only=True)
class AboutReport(Ask):
    report: int


@dataclass(frozen=True, kw_only=True)
class Withdraw(AboutReport):
    pass


@dataclass(frozen=True, kw_only=True)
class PublishReport(AboutReport):
    pass


@dataclass(frozen=True, kw_only=True)
class Recommend(AboutReport):
    body: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AskConsultees(AboutReport):
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reply(AboutReport):
    post: str
    view: str
    comment: bool = True


@dataclass(frozen=True, kw_only=True)
class Aside(AboutReport):
    post: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Decide(AboutReport):
    decision: int
    answers: tuple[Answer, ...]
    body: str | None = None
    under: Under | None = None
    departing: bool = False
    complete: bool = True
    """Whether reasons and rejected alternatives are given."""
    interests: str = "none-declared"


@dataclass(frozen=True, kw_only=True)
class AboutDecision(Ask):
    decision: int


@dataclass(frozen=True, kw_only=True)
class Publish(AboutDecision):
    pass


@dataclass(frozen=True, kw_only=True)
class CallIn(AboutDecision):
    members: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CloseCallIn(AboutDecision):
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Revoke(AboutDecision):
    label: str


@dataclass(frozen=True, kw_only=True)
class Assess(Ask):
    """Conflicts of interest are assessed: whose are named. None was found where none are."""

    posts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Invite(Ask):
    closes: date
    weights: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Evaluate(Ask):
    """``tenders`` are a name, a price in pence, and one score for every criterion."""

    tenders: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Summarise(Ask):
    """Assessment summaries. Whoever sends award notices sends them."""


@dataclass(frozen=True, kw_only=True)
class SendNotices(Ask):
    electronic: bool = True


@dataclass(frozen=True, kw_only=True)
class Sign(Ask):
    supplier: str
    pence: int
    starts: date
    months: int


@dataclass(frozen=True, kw_only=True)
class PublishContract(Ask):
    pass


@dataclass(frozen=True, kw_only=True)
class StartPhase(Ask):
    phase: int


@dataclass(frozen=True, kw_only=True)
class TakeUp(Ask):
    option: int
