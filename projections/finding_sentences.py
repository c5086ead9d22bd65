"""What came out of a dry run, in sentences and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import singledispatch
from typing import Any

from msgspec import to_builtins

from domain.messages import tag_of
from domain.routes import Way
from domain.wording import clock, counted, listed, long_day, when
from projections.findings import (
    Barred,
    DryRun,
    Elsewhere,
    Finding,
    Freed,
    Noticed,
    Passed,
    Queue,
    Timed,
    Unknown,
    Unlike,
    Waiting,
)
from projections.phrases import ended
from projections.rulebook import Titles

FEW = 5
"""How many acts a sentence about a queue names."""
KINDS = {
    "elsewhere": "would have gone elsewhere",
    "call-in": "would have had another window for call-in, or another day of effect",
    "notice": "would have needed notice of a key decision, or would not have",
    "gateway": "would not have had to come after a gateway",
    "barred": "would have been refused for another reason",
    "freed": "would not have had something against it",
    "unknown": "is at a gateway, or of a class, that the proposal does not have",
}


def told(one: Finding, title: Titles) -> str:
    """The finding in a sentence."""
    return f"{one.place.what}, {when(one.place.on)}, {_said(one.unlike, title)}"


def told_of_queue(one: Queue, title: Titles) -> str:
    """How many things would wait for a post, how many do, and which make the difference."""
    would = counted(one.would, "thing") if one.would else "Nothing"
    does = counted(one.was, "does", "do") if one.was else "nothing does"
    more = [f"more: {_items(one.gains)}"] * bool(one.gains)
    less = [f"less: {_items(one.loses)}"] * bool(one.loses)
    return f"{would} would wait for {title(one.post)}, where {does} now; {'; '.join(more + less)}."


def _items(waiting: Sequence[Waiting]) -> str:
    """The first few of them, and how many more there are."""
    said = [f"{one.act} ({one.reference})" for one in waiting[:FEW]]
    return listed([*said, f"{len(waiting) - FEW:,} more"] if waiting[FEW:] else said)


def summary(run: DryRun) -> list[str]:
    """How many findings there are of each kind, in words."""
    tags = [tag_of(type(one.unlike)) for one in run.findings]
    return [f"{tags.count(tag):,} {what}" for tag, what in KINDS.items() if tag in tags]


@singledispatch
def _said(unlike: Unlike, title: Titles) -> str:
    raise NotImplementedError(f"{type(unlike).__name__} has no sentence")


@_said.register
def _(one: Elsewhere, title: Titles) -> str:
    was, would = one.was, one.would
    if would is None:
        return "would have had no route: nobody could have decided it."
    source = f" ({would.provenance})" if would.provenance else ""
    if was is None:
        return f"would have had a route, to {_route(would, title)}{source}."
    if was.decided_by == would.decided_by:
        to = title(would.decided_by)
        bodies, other = _bodies(would, title), _bodies(was, title)
        return f"would have gone to {to} {bodies}, and went {other}{source}."
    return f"would have gone to {_route(would, title)}, and not to {_route(was, title)}{source}."


def _route(one: Way, title: Titles) -> str:
    return title(one.decided_by) + (f" {_bodies(one, title)}" if one.recommended_by else "")


def _bodies(one: Way, title: Titles) -> str:
    if not one.recommended_by:
        return "without a recommendation"
    return f"on the recommendation of {listed([title(each) for each in one.recommended_by])}"


@_said.register
def _(one: Unknown, title: Titles) -> str:
    what = "is at a gateway" if one.what == "gateway" else "is of a class"
    return f"{what} that the proposal does not have, “{one.name}”: no more can be said."


@_said.register
def _(one: Timed, title: Titles) -> str:
    was = "was open" if one.was_open else "was not"
    would = "would have been" if one.would_open else "would not have been"
    then = _timed(one.was_last_day, one.was_closes_at, one.was_effective)
    other = _timed(one.would_last_day, one.would_closes_at, one.would_effective)
    return f"{would} open to call-in{other}. It {was}{then}."


def _timed(last_day: date | None, closes_at: str | None, effective: date | None) -> str:
    end = f"{clock(closes_at)} on" if closes_at else "the end of"
    window = f" to {end} {long_day(last_day)}" if last_day else ""
    if effective:
        return f"{window}, with effect from {long_day(effective)}"
    return f"{window}, without effect until it is published"


@_said.register
def _(one: Noticed, title: Titles) -> str:
    if not one.needed:
        given = "; one was given" if one.given else ""
        return f"would have needed no notice of a key decision{given}."
    given = "one was given" if one.given else "none was given"
    return f"would have been key and needed 28 clear days' notice; {given}."


@_said.register
def _(one: Passed, title: Titles) -> str:
    return f"would not have had to come after {listed([f'“{each}”' for each in one.gateways])}."


@_said.register
def _(one: Barred, title: Titles) -> str:
    source = f"{one.rule}; {one.provenance}" if one.provenance else one.rule
    return f"would have been refused ({source}): {ended(one.reason)}"


@_said.register
def _(one: Freed, title: Titles) -> str:
    return f"would not have had this against it ({one.rule}): {ended(one.reason)}"


def plain(run: DryRun, title: Titles) -> dict[str, Any]:
    """All of it as plain data, each finding with its sentence."""
    told_ = [told(one, title) for one in run.findings]
    queued = [told_of_queue(one, title) for one in run.queues]
    found: dict[str, Any] = to_builtins(run)
    for one, said in zip(found["findings"] + found["queues"], told_ + queued, strict=True):
        one["sentence"] = said
    return found
