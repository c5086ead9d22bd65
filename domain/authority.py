"""An authority: the versions of its constitution, offices and calendar, each text whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from msgspec import Meta, Struct
from msgspec.structs import replace

from domain.acting import why_not_by
from domain.constitution import Constitution, KeyThreshold, Separation
from domain.deadlines import DIVISIONS, Calendar
from domain.messages import Aggregate, Command, Context, Event, Stamp, Versions, evolve
from domain.noticed import OwnNotice
from domain.offices import Offices, read_offices
from domain.reading import Mistaken
from domain.reading_constitution import read_constitution
from domain.refusals import Refusal, Refused
from domain.values import AuthorityId, authority_id
from domain.wording import listed, short_day

WholeText = Annotated[str, Meta(min_length=1, max_length=1_000_000)]

_constitution = lru_cache(256)(read_constitution)
_offices = lru_cache(256)(read_offices)


class Rules(Struct, frozen=True):
    """What an authority went by on a day."""

    constitution: Constitution
    offices: Offices
    calendar: Calendar


def _none(where: str) -> Rules:
    nothing: Any = {"standing": "illustrative", "where": where}
    separate = Separation(
        author_decides=False, evaluator_decides=False, decider_signs=False, **nothing
    )
    return Rules(
        Constitution(
            authority="none",
            title="an authority without a constitution",
            version="none",
            in_force=date.min,
            gateways=(),
            classes=(),
            routes=(),
            duties=(),
            separation=separate,
            key_threshold=KeyThreshold(above=Decimal(0), **nothing),
        ),
        Offices("none", "none", date.min, ()),
        Calendar("none", 1, 0, {}),
    )


NOTHING_ADOPTED = _none("nothing has been adopted yet")


class ConstitutionAdopted(Event, frozen=True, tag="constitution-adopted/1"):
    authority: AuthorityId
    version: str
    in_force: date
    text: WholeText


class OfficesAdopted(Event, frozen=True, tag="offices-adopted/1"):
    authority: AuthorityId
    version: str
    in_force: date
    text: WholeText


class CalendarAdopted(Event, frozen=True, tag="calendar-adopted/1"):
    authority: AuthorityId
    calendar: Calendar


class _Version(Protocol):
    @property
    def version(self) -> str: ...
    @property
    def in_force(self) -> date: ...


V = TypeVar("V", bound=_Version)


class Authority(Aggregate, frozen=True):
    """What an authority has adopted, oldest first."""

    name: str = ""
    constitutions: tuple[ConstitutionAdopted, ...] = ()
    offices: tuple[OfficesAdopted, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    noticed: tuple[OwnNotice, ...] = ()
    began: date | None = None
    """The day from which its first constitution was adopted and in force."""

    @property
    def complete(self) -> bool:
        """Whether a constitution, offices and a calendar have been adopted."""
        return bool(self.constitutions and self.offices and self.calendars)

    def rules(self, day: date) -> Rules:
        """The rules, offices and calendar in force on a London day. Raises Refused without."""
        constitution = _in_force(self.constitutions, day, "constitution")
        offices = _in_force(self.offices, day, "offices")
        if not self.calendars:
            raise Refused([Refusal("C1", "No calendar of bank holidays has been adopted")])
        return Rules(_constitution(constitution.text), _offices(offices.text), self.calendars[-1])

    @property
    def versions(self) -> tuple[Constitution, ...]:
        """Every constitution that was adopted, in the order of their coming into force."""
        found = [_constitution(one.text) for one in self.constitutions]
        return tuple(sorted(found, key=lambda one: one.in_force))

    def relied_on(self, by: Versions) -> Rules:
        """What an event relied on. Raises KeyError for what this authority never adopted."""
        constitution = {one.version: one for one in self.versions}[by.constitution]
        offices = {one.version: one.text for one in self.offices}[by.offices]
        calendar = {one.version: one for one in self.calendars}[by.calendar]
        return Rules(constitution, _offices(offices), calendar)


def _in_force(versions: tuple[V, ...], day: date, what: str) -> V:
    """The one with the latest day of coming into force; of two with the same day, the later."""
    if not versions:
        raise Refused([Refusal("C1", f"No {what} of this authority was adopted")])
    found = [one for one in versions if one.in_force <= day]
    if not found:
        first = short_day(min(one.in_force for one in versions))
        raise Refused([Refusal("C1", f"No {what} was in force on {short_day(day)}: from {first}")])
    return max(reversed(found), key=lambda one: one.in_force)


class AuthorityCommand(Command, frozen=True):
    """A command that concerns what an authority has adopted."""

    authority: AuthorityId

    def concerns(self) -> Mapping[UUID, Aggregate]:
        return {authority_id(self.authority): Authority()}

    def why_not(self, record: Mapping[UUID, Authority], context: Context) -> Iterable[Refusal]:
        authority = record[authority_id(self.authority)]
        if authority.complete:
            yield from why_not_by(str(self.__struct_config__.tag), context)
        yield from self.why_not_adopt(authority)

    def decide(
        self, record: Mapping[UUID, Authority], context: Context
    ) -> list[tuple[UUID, Event]]:
        return [(authority_id(self.authority), self.event())]

    def why_not_adopt(self, authority: Authority) -> Iterable[Refusal]:
        """What stands against it besides who asks."""
        raise NotImplementedError

    def event(self) -> Event:
        raise NotImplementedError


class AdoptConstitution(AuthorityCommand, frozen=True, tag="adopt-constitution"):
    """Adopt a version of the constitution, as the whole text of its TOML file."""

    text: WholeText

    def why_not_adopt(self, authority: Authority) -> Iterable[Refusal]:
        have = [one.version for one in authority.constitutions]
        return _why_not_text(self.text, _constitution, self.authority, have)

    def event(self) -> Event:
        found = _constitution(self.text)
        return ConstitutionAdopted(self.authority, found.version, found.in_force, self.text)


class AdoptOffices(AuthorityCommand, frozen=True, tag="adopt-offices"):
    """Adopt a version of the offices, as the whole text of its TOML file."""

    text: WholeText

    def why_not_adopt(self, authority: Authority) -> Iterable[Refusal]:
        have = [one.version for one in authority.offices]
        return _why_not_text(self.text, _offices, self.authority, have)

    def event(self) -> Event:
        found = _offices(self.text)
        return OfficesAdopted(self.authority, found.version, found.in_force, self.text)


def _why_not_text(text: str, read: Any, authority: str, have: list[str]) -> Iterable[Refusal]:
    try:
        found = read(text)
    except Mistaken as error:
        for one in error.mistakes:
            yield Refusal("C1", f"{one.where}: {one.what}")
        return
    if found.authority != authority:
        yield Refusal("C1", f"The text is of {found.authority}, not of {authority}")
    if found.version in have:
        yield Refusal("C2", f"Version {found.version} has been adopted: give the change a new one")


class AdoptCalendar(AuthorityCommand, frozen=True, tag="adopt-calendar"):
    """Adopt a calendar of bank holidays."""

    calendar: Calendar

    def why_not_adopt(self, authority: Authority) -> Iterable[Refusal]:
        if self.calendar.version in [one.version for one in authority.calendars]:
            yield Refusal("C2", f"Calendar {self.calendar.version} has been adopted")
        if missing := [one for one in DIVISIONS if one not in self.calendar.holidays]:
            yield Refusal("C1", f"The calendar says nothing of {listed(missing)}")
        if self.calendar.first > self.calendar.last:
            yield Refusal("C1", "The calendar covers no year")

    def event(self) -> Event:
        return CalendarAdopted(self.authority, self.calendar)


@evolve.register
def _(event: ConstitutionAdopted, authority: Authority, stamp: Stamp) -> Authority:
    began = authority.began or max(stamp.on.read_as, event.in_force)
    versions = (*authority.constitutions, event)
    return replace(authority, name=event.authority, constitutions=versions, began=began)


@evolve.register
def _(event: OfficesAdopted, authority: Authority, stamp: Stamp) -> Authority:
    return replace(authority, name=event.authority, offices=(*authority.offices, event))


@evolve.register
def _(event: CalendarAdopted, authority: Authority, stamp: Stamp) -> Authority:
    return replace(
        authority, name=event.authority, calendars=(*authority.calendars, event.calendar)
    )
