"""Consulting before delegated authority is exercised: who was asked, and who answered (G2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_by, why_not_in_post
from domain.case_command import SharedCommand
from domain.messages import Context, Event, Stamp, evolve
from domain.procurement import Procurement, with_report
from domain.refusals import Refusal
from domain.report_acts import concerned_by
from domain.reported import Consulted, Interests, Report, View
from domain.values import PostId, Text


class ConsulteesAsked(Event, frozen=True, tag="consultees-asked/1"):
    report: UUID
    consultees: tuple[PostId, ...]


class ConsultationAnswered(Event, frozen=True, tag="consultation-answered/1"):
    report: UUID
    consultee: PostId
    view: View
    comment: str
    interests: Interests = "not-in-the-record"
    interests_note: str = ""


class ConsulteeStoodAside(Event, frozen=True, tag="consultee-stood-aside/1"):
    report: UUID
    consultee: PostId
    why: Literal["absent", "conflicted"]
    reason: Text


def _open(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    found = procurement.reports.get(report)
    if found is None:
        yield Refusal("C1", "There is no such report")
    elif found.state != "open":
        yield Refusal("C2", f"The report is {found.state}: it is too late to be consulted")


def _why_not_consultee(report: Report | None, post: str, context: Context) -> Iterable[Refusal]:
    if report and post not in [one.post for one in report.consultees]:
        name = context.offices.title(post)
        yield Refusal("C1", f"{name} is not to be consulted on this report")


def why_not_ask(report: UUID, procurement: Procurement) -> Iterable[Refusal]:
    """Somebody is to be consulted who has not been asked yet."""
    yield from _open(report, procurement)
    found = procurement.reports.get(report)
    if found and not found.consultees:
        yield Refusal("C1", "Nobody has to be consulted on this report")
    elif found and all(one.post in found.consulted for one in found.consultees):
        yield Refusal("C2", "Every consultee has been asked")


class AskConsultees(SharedCommand, frozen=True, tag="ask-consultees"):
    """Ask consultees for their view of a report: those named, or all who were not asked yet."""

    report: UUID
    consultees: tuple[PostId, ...] = ()

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_ask(self.report, procurement)
        yield from self.why_not_all(concerned_by(self.report, procurement))
        found = procurement.reports.get(self.report)
        for post in self.consultees:
            yield from _why_not_consultee(found, post, context)
            if found and post in found.consulted:
                yield Refusal("C2", f"{context.offices.title(post)} has been asked")

    def event(self, procurement: Procurement, context: Context) -> Event:
        report = procurement.reports[self.report]
        new = [one.post for one in report.consultees if one.post not in report.consulted]
        named = tuple(one for one in new if not self.consultees or one in self.consultees)
        return ConsulteesAsked(self.report, named)


def why_not_answer(
    report: UUID, consultee: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    """A consultee that was asked answers once; who is conflicted leaves it to a deputy (G5)."""
    yield from _open(report, procurement)
    found = procurement.reports.get(report)
    stranger = list(_why_not_consultee(found, consultee, context))
    yield from stranger
    asked, name = found and found.consulted.get(consultee), context.offices.title(consultee)
    if found and asked is None and not stranger:
        yield Refusal("C1", f"{name} has not been asked yet")
    elif asked and asked.view:
        yield Refusal("C2", f"{name} has answered: a consultation is answered once")


class AnswerConsultation(SharedCommand, frozen=True, tag="answer-consultation"):
    """Answer a consultation, as the post that was asked or as its deputy."""

    report: UUID
    consultee: PostId
    view: View
    comment: str = ""
    interests: Interests = "not-in-the-record"
    interests_note: str = ""

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_in_post(context)
        name, by = context.offices.title(self.consultee), context.stamp.by
        if by.post != self.consultee:
            yield Refusal("G2", f"Only {name}, or a deputy in that post, answers for it")
        found = procurement.reports.get(self.report)
        asked = found and found.consulted.get(self.consultee)
        standing = by.person and context.offices.standing(by.person, by.post, context.day)
        if asked and asked.aside == "conflicted" and standing == "holder":
            yield Refusal("G5", f"{name} has an interest: a deputy answers instead")
        if found and by.person:
            yield from _why_not_own(found, by.person, context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_answer(self.report, self.consultee, procurement, context)
        yield from self.why_not_all(concerned_by(self.report, procurement))
        if self.view == "objects" and not self.comment:
            yield Refusal("G3", "Say what stands against it: the reasons are weighed")
        silent = self.interests == "not-in-the-record" and context.stamp.source is None
        if silent and context.offices.is_member(self.consultee):
            yield Refusal("D8", "Say whether you have an interest to declare, as a member does")
        if self.interests == "declared" and not self.interests_note:
            yield Refusal("D8", "Say which interest was declared and what follows from it")

    def event(self, procurement: Procurement, context: Context) -> Event:
        said = (self.view, self.comment, self.interests, self.interests_note)
        return ConsultationAnswered(self.report, self.consultee, *said)


def _why_not_own(report: Report, person: UUID, context: Context) -> Iterable[Refusal]:
    """Nobody is consulted on what they decide, or wrote themselves (G6)."""
    if context.offices.standing(person, report.to, context.day) == "holder":
        yield Refusal("G6", "Who decides is not consulted on it, not even as a deputy")
    if person == report.author.person:
        yield Refusal("G6", "The author of a report is not consulted on it")


def why_not_stand_aside(
    report: UUID, consultee: str, procurement: Procurement, context: Context
) -> Iterable[Refusal]:
    yield from why_not_answer(report, consultee, procurement, context)
    found = procurement.reports.get(report)
    asked = found and found.consulted.get(consultee)
    if asked and asked.aside:
        yield Refusal("C2", f"It is on record that the consultee is {asked.aside}")


class StandAside(SharedCommand, frozen=True, tag="stand-aside"):
    """Record that a consultee is absent or has an interest. Nobody's consent is taken for granted.

    A deputy whom the offices name may answer instead; or authority is given afresh.
    """

    report: UUID
    consultee: PostId
    why: Literal["absent", "conflicted"]
    reason: Text

    def why_not_actor(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        if context.stamp.by.post == self.consultee:
            return why_not_in_post(context)
        return why_not_by(self.act(), context)

    def why_not_here(self, procurement: Procurement, context: Context) -> Iterable[Refusal]:
        yield from why_not_stand_aside(self.report, self.consultee, procurement, context)
        yield from self.why_not_all(concerned_by(self.report, procurement))

    def event(self, procurement: Procurement, context: Context) -> Event:
        return ConsulteeStoodAside(self.report, self.consultee, self.why, self.reason)


def why_not_consulted(report: Report, context: Context) -> Iterable[Refusal]:
    """Every consultee was asked, and has answered."""
    for one in report.consultees:
        name, heard = context.offices.title(one.post), report.consulted.get(one.post)
        if heard is None:
            yield Refusal("G2", f"{name} has not been asked yet")
        elif heard.view is None and heard.aside:
            reason = f"{name} is {heard.aside}, and no consent is taken for granted"
            yield Refusal("G2", f"{reason}: a deputy answers, or authority is given afresh")
        elif heard.view is None:
            yield Refusal("G2", f"{name} has not answered yet")


def why_not_against(report: Report, context: Context) -> Iterable[Refusal]:
    """Nothing is agreed to that somebody objects to whose agreement it takes (G2).

    Their veto stands against agreeing only: it may be refused, deferred or referred elsewhere.
    """
    for one in report.consultees:
        heard = report.consulted.get(one.post)
        if heard and heard.view == "objects" and one.how == "agreement":
            name = context.offices.title(one.post)
            reason = f"{name} does not agree, and without that nothing is agreed"
            yield Refusal("G2", f"{reason}: it may be refused, deferred or referred")


def objections(report: Report) -> list[str]:
    """The consultees whose answer a decision would depart from: a veto is not departed from."""
    weighed = [one.post for one in report.consultees if one.how == "consultation"]
    heard = report.consulted
    return [one for one in weighed if one in heard and heard[one].view == "objects"]


@evolve.register
def _(event: ConsulteesAsked, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    asked = {one: Consulted(stamp.on.read_as) for one in event.consultees}
    return with_report(procurement, replace(report, consulted={**report.consulted, **asked}))


@evolve.register
def _(event: ConsultationAnswered, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    heard = replace(
        report.consulted[event.consultee],
        view=event.view,
        comment=event.comment,
        by=stamp.by,
        answered=stamp.on.read_as,
        interests=event.interests,
        interests_note=event.interests_note,
    )
    return _heard(procurement, report, event.consultee, heard)


@evolve.register
def _(event: ConsulteeStoodAside, procurement: Procurement, stamp: Stamp) -> Procurement:
    report = procurement.reports[event.report]
    asked = report.consulted[event.consultee]
    heard = replace(asked, aside=event.why, aside_because=event.reason)
    return _heard(procurement, report, event.consultee, heard)


def _heard(procurement: Procurement, report: Report, post: str, heard: Consulted) -> Procurement:
    consulted = {**report.consulted, post: heard}
    return with_report(procurement, replace(report, consulted=consulted))
