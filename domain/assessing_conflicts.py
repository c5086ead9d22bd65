"""The conflicts assessment of the 2023 Act: made before the first notice, and revised (G5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from domain.case_command import ProcurementCommand
from domain.conflicts import Conflict, ConflictsAssessment
from domain.convertible import governed, lifting
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.wording import listed, when

TENDER, TRANSPARENCY = "the tender notice (UK4)", "the transparency notice (UK5)"
AWARD, DETAILS = "the contract award notice (UK6)", "the contract details notice (UK7)"
CHANGE = "the contract change notice (UK10)"


class ConflictsAssessed(Event, frozen=True, tag="conflicts-assessed/1"):
    """``number`` counts the versions from 1."""

    number: int
    conflicts: tuple[Conflict, ...]


class Fact(NamedTuple):
    """An interest that came to light on record: whose, and how."""

    id: str
    post: str
    what: str


def facts(procurement: Procurement) -> Iterator[Fact]:
    """Interests that the record shows, each of which an assessment has to deal with."""
    for report in procurement.reports.values():
        for post, heard in report.consulted.items():
            if heard.aside == "conflicted":
                what = f"a consultee on “{report.title}” has an interest"
                yield Fact(f"consultee {report.id} {post}", post, what)
            if heard.interests == "declared":
                what = f"somebody consulted on “{report.title}” declared an interest"
                yield Fact(f"consultee {report.id} {post} answered", post, what)
        for one in report.handed_over:
            what = f"“{report.title}” was handed over because of an interest"
            yield Fact(f"member {report.id} {one.by.post}", one.by.post, what)
    for decision in procurement.decisions.values():
        if decision.interests == "declared":
            about = procurement.reports[decision.report].title
            what = f"an interest was declared when “{about}” was decided"
            yield Fact(f"decision {decision.id}", decision.decided_by or decision.by.post, what)


def nameable(procurement: Procurement, context: Context) -> list[str]:
    """The posts that an assessment may name: those of today, and those of which it has to."""
    posts = [one.id for one in context.offices.posts]
    return list(dict.fromkeys([*posts, *(one.post for one in facts(procurement))]))


def asked_for(procurement: Procurement) -> bool:
    """Whether the law asks for an assessment: for what the 2023 Act covers, and no other (G5).

    A change that lifts a contract to the threshold is announced, and what is announced is assessed.
    """
    return procurement.regime == "pa2023" and (governed(procurement) or lifting(procurement))


def changed_since(procurement: Procurement) -> list[Fact]:
    """What came to light after the last assessment, or without one."""
    covered = procurement.conflicts[-1].covers if procurement.conflicts else ()
    return [one for one in facts(procurement) if one.id not in covered]


def why_not_confirmed(procurement: Procurement, notice: str) -> Iterable[Refusal]:
    """A notice that confirms the assessment goes out when there is one, and it is up to date."""
    if asked_for(procurement) and not procurement.conflicts:
        reason = f"Before {notice} it is assessed who could have a conflict of interest"
        yield Refusal("G5", f"{reason}: record the conflicts assessment first")
    yield from why_not_reviewed(procurement, notice)


def why_not_reviewed(procurement: Procurement, notice: str) -> Iterable[Refusal]:
    """An assessment that was made is revised before the next notice, when more came to light."""
    if not asked_for(procurement) or not procurement.conflicts:
        return
    if found := changed_since(procurement):
        since = when(procurement.conflicts[-1].on)
        reason = f"Since the conflicts assessment ({since}) more came to light: "
        reason += listed(list(dict.fromkeys(one.what for one in found)))
        yield Refusal("G5", f"{reason}. Revise it before {notice}")


def why_not_announced(procurement: Procurement) -> Iterable[Refusal]:
    """When an award is announced: a call-off has had no notice before that confirmed it."""
    if procurement.framework:
        yield from why_not_confirmed(procurement, f"{AWARD}, and that of details (UK7),")
    else:
        yield from why_not_reviewed(procurement, AWARD)


class RecordConflictsAssessment(ProcurementCommand, frozen=True, tag="record-conflicts-assessment"):
    """Record who could have a conflict of interest, and what is done about it; again to revise it.

    Those concerned are named by their part and post, never by name. Whoever finds no conflict says
    so with ``none_found``.
    """

    conflicts: tuple[Conflict, ...] = ()
    none_found: bool = False

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if self.none_found and self.conflicts:
            yield Refusal("G5", "Conflicts are named, or none was found: not both")
        elif not self.none_found and not self.conflicts:
            yield Refusal("G5", "Name the conflicts of interest, or say that none was found")
        posts, named = nameable(procurement, context), [one.post for one in self.conflicts]
        for post in named:
            if post and post not in posts:
                yield Refusal("C1", f"There is no post “{post}”; there are {listed(posts)}")
        for post, found in {one.post: one for one in facts(procurement)}.items():
            if post not in named:
                reason = f"{found.what[0].upper()}{found.what[1:]}: say what is done about it"
                yield Refusal("G5", f"{reason}, for {context.offices.title(post)}")

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ConflictsAssessed(len(procurement.conflicts) + 1, self.conflicts)


@evolve.register
def _(event: ConflictsAssessed, procurement: Procurement, stamp: Stamp) -> Procurement:
    covers = tuple(one.id for one in facts(procurement))
    new = ConflictsAssessment(stamp.on, stamp.by, event.conflicts, covers)
    return replace(procurement, conflicts=(*procurement.conflicts, new))
