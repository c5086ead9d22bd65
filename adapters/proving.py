"""Reads what was on record when a step was taken, and proves by what authority it was taken.

Everything is read up to the step's own position in the log: what came later is not in the proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from msgspec.structs import replace

from adapters.house import House
from domain.authority import Authority, ConstitutionAdopted, OfficesAdopted, Rules
from domain.budget import Budget, budget_id
from domain.decided import DecisionTaken
from domain.delegation import Delegation, stream_of
from domain.messages import Aggregate, Context, Event, Recorded, Stamp, fold
from domain.procurement import Procurement, granting
from domain.refusals import Refusal, Refused
from domain.reported import Under
from domain.values import When, authority_id, procurement_id
from domain.wording import when
from projections.authority_proof import proof
from projections.proof import Adopted, AuthorityProof, What
from projections.proof_then import PROVED, Behind, Then, Turned, report_of, under_of
from projections.standing import versions_of

A = TypeVar("A", bound=Aggregate)


def proof_of(house: House, reference: str, version: int) -> AuthorityProof:
    """By what authority a step was taken. Refuses what is not on record, and other kinds of steps.

    It holds closed figures as such: whoever shows it says to whom they are shown.
    """
    return proof(_Reading(house, reference, version).then())


class _Reading:
    """The record as it was at one step."""

    def __init__(self, house: House, reference: str, version: int) -> None:
        self.house, self.reference = house, reference
        stream, log = procurement_id(reference), house.log
        stored = [one for one in log.stored(stream, log.last_position()) if one.version <= version]
        if not stored or not 1 <= version <= stored[-1].version:
            much = f"; the last event is {stored[-1].version}" if stored else ""
            what = f"There is no event {version} in {reference}{much}"
            raise Refused(
                [Refusal("C1", what if stored else f"There is no procurement {reference}")]
            )
        *self.history, self.recorded = (log.recorded(one) for one in stored)
        self.position = stored[-1].position
        if not isinstance(self.recorded.event, PROVED):
            reason = f"Event {version} of {reference} is no decision, answer to a consultation or "
            raise Refused([Refusal("C1", f"{reason}signature: there is no authority to prove")])

    def then(self) -> Then:
        before = fold(Procurement(), self.history)
        context, event = self._context(before.authority), self.recorded.event
        under, report = under_of(event, before, context), report_of(event, before)
        others = [one for one in (report.procurements if report else ()) if one != self.reference]
        return Then(
            recorded=self.recorded,
            history=self.history,
            before=before,
            after=fold(before, [self.recorded]),
            context=context,
            concerned=(
                before,
                *(self._turned(procurement_id(o), Procurement()).before for o in others),
            ),
            behind=self._behind(under) if under else None,
            adopted=tuple(self._adopted(context)),
            names=self.house.identity.names(),
        )

    def _context(self, name: str) -> Context:
        """By the versions that the stamp names; who recorded a meeting later, by that day's."""
        stamp, authority = self.recorded.stamp, self._turned(authority_id(name), Authority()).before
        context = _by(stamp, authority.relied_on(stamp.versions))
        recorded: date | None = getattr(self.recorded.event, "recorded", None)
        if recorded is None:
            return context
        rules = authority.rules(recorded)
        that_day = replace(stamp, on=When(recorded), versions=versions_of(rules))
        return replace(context, recording=_by(that_day, rules))

    def _behind(self, under: Under) -> Behind:
        source = granting(under)
        return Behind(
            under,
            self._turned(stream_of(under), Delegation()),
            self._turned(source, Procurement()),
            self._turned(budget_id(under.granted_in), Budget()),
            next((one for one in self._read(source) if _took(one, under)), None),
        )

    def _turned(self, stream: UUID, blank: A) -> Turned[A]:
        """A stream without and with what was recorded in it together with the step."""
        history = self._read(stream)
        mine = [one for one in history if self._same(one)]
        before = fold(blank, [one for one in history if not self._same(one)])
        return Turned(before, fold(before, mine))

    def _read(self, stream: UUID) -> Sequence[Recorded]:
        """Up to the step, and what was recorded together with it."""
        log = self.house.log
        stored = log.stored(stream, log.last_position())
        found = [(one.position, log.recorded(one)) for one in stored]
        return [one for position, one in found if position <= self.position or self._same(one)]

    def _same(self, one: Recorded) -> bool:
        return one.stamp.command_id == self.recorded.stamp.command_id

    def _adopted(self, context: Context) -> Iterator[Adopted]:
        """Who adopted what the step, or whoever recorded it, relied on, and when."""
        step, recording = context.stamp.versions, context.acting.stamp.versions
        before = Authority()
        for stored in self.house.log.stored(
            authority_id(context.constitution.authority), self.position
        ):
            one = self.house.log.recorded(stored)
            after = fold(before, [one])
            for what, version, in_force in _brought(one.event, before, after):
                if version in (getattr(step, what), getattr(recording, what)):
                    later = version != getattr(step, what)
                    place = stored.position, later
                    yield _adopted(what, version, in_force, one, after, *place)
            before = after


def _brought(
    event: Event, before: Authority, after: Authority
) -> Iterator[tuple[What, str, date | None]]:
    """Which version of what an authority has since this event."""
    if isinstance(event, ConstitutionAdopted):
        yield "constitution", event.version, event.in_force
    if isinstance(event, OfficesAdopted):
        yield "offices", event.version, event.in_force
    if len(after.calendars) > len(before.calendars):
        yield "calendar", after.calendars[-1].version, None


def _adopted(
    what: What,
    version: str,
    in_force: date | None,
    one: Recorded,
    authority: Authority,
    position: int,
    recording: bool,
) -> Adopted:
    by, on = one.stamp.by.post, one.stamp.on
    who, day = (by, _title(authority, one)), (on.read_as, when(on))
    return Adopted(what, version, in_force, *who, *day, one.stamp.now, position, recording)


def _by(stamp: Stamp, rules: Rules) -> Context:
    return Context(stamp, rules.constitution, rules.offices, rules.calendar)


def _took(one: Recorded, under: Under) -> bool:
    return isinstance(one.event, DecisionTaken) and one.event.decision == under.decision


def _title(authority: Authority, one: Recorded) -> str:
    """What the post that adopted something is called, where offices were adopted by then."""
    if one.stamp.versions.offices not in [each.version for each in authority.offices]:
        return one.stamp.by.post
    return authority.relied_on(one.stamp.versions).offices.title(one.stamp.by.post)
