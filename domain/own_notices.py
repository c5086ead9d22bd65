"""The notices of the Procurement Act 2023 that are a council's own: UK1, UK8 and UK17 (P8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from msgspec.structs import replace

from domain.acting import why_not_by
from domain.authority import Authority, AuthorityCommand
from domain.deadlines import Calendar
from domain.messages import Context, Event, Stamp, evolve
from domain.noticed import Code, Identifier, Noticed, OwnNotice
from domain.owing import Owed, due_from
from domain.public_notices import NOTICES
from domain.publishing import duty_of
from domain.refusals import Refusal
from domain.values import AuthorityId, authority_id, months_later
from domain.wording import long_day, short_day

# General knowledge: the first year, quarter and half-year that are reported.
REPORTED: Mapping[Code, tuple[int, date]] = {
    "UK1": (12, date(2025, 4, 1)),
    "UK8": (3, date(2026, 4, 1)),
    "UK17": (6, date(2025, 10, 1)),
}
"""Each is for so many months, one after the other, from a first day on."""
ONE = timedelta(days=1)


def own_owed(authority: Authority, calendar: Calendar) -> Iterator[Owed]:
    """The earliest of each that is not on record: when it is, the next one follows.

    Nobody is asked for one whose period of publication began before the authority had its first
    constitution here, nor for one that begins after the last year of the calendar.
    """
    for code, (months, first) in REPORTED.items():
        known, begins = {one.begins for one in authority.noticed if one.code == code}, first
        while begins.year <= calendar.last:
            if begins not in known and authority.began and authority.began <= _from(code, begins):
                yield owed_for(code, begins, calendar)
                break
            begins = months_later(begins, months)


def own_published(authority: Authority, calendar: Calendar) -> Iterator[Owed]:
    """What is on record of them, the first that was recorded first."""
    for one in authority.noticed:
        found = owed_for(one.code, one.begins, calendar)
        done = None if one.nothing else Noticed(one.code, one.on, found.about, one.identifier)
        yield replace(found, done=done, instead=one.nothing)


def owed_for(code: Code, begins: date, calendar: Calendar) -> Owed:
    """The notice of a period. It can be published when that is over, UK1 when it begins."""
    notice, since = NOTICES[code], _from(code, begins)
    due, count = due_from(since, notice.period, calendar) or (None, None)
    return Owed(
        notice,
        f"if {notice.trigger}",
        begins.isoformat(),
        period_of(code, begins),
        since,
        opens=since if code == "UK1" else since + ONE,
        due=due,
        count=count,
    )


def period_of(code: Code, begins: date) -> str:
    """What the notice is about, in words."""
    if code == "UK1":
        return f"the financial year from {short_day(begins)}"
    return f"{short_day(begins)} to {short_day(_from(code, begins))}"


def _from(code: Code, begins: date) -> date:
    """The day with which the period for publication begins: the last that is reported on."""
    months, _ = REPORTED[code]
    return begins if code == "UK1" else months_later(begins, months) - ONE


class AuthorityNoticePublished(Event, frozen=True, tag="authority-notice-published/1"):
    """``begins`` is the first day of what it is about; ``nothing`` says why it was not needed."""

    authority: AuthorityId
    code: Code
    begins: date
    identifier: Identifier
    nothing: str


def why_not_now(one: Owed, context: Context) -> Iterable[Refusal]:
    """Its time has come."""
    if one.opens and context.day < one.opens:
        reason = f"The {one.notice.called} for {one.what} is published from {long_day(one.opens)}"
        yield Refusal("P8", reason, cured_on=one.opens)


class PublishAuthorityNotice(AuthorityCommand, frozen=True, tag="publish-authority-notice"):
    """Record that a notice of the council's own was published today: UK1, UK8 or UK17 (P8).

    ``begins`` is the first day of the year, quarter or half-year. They come one after the other.
    ``identifier`` is what the central platform calls it. Where the law asked for none, ``nothing``
    says why: no payment above £30,000 in the quarter.
    """

    code: Code
    begins: date
    identifier: Identifier = ""
    nothing: str = ""

    def why_not(self, record: Mapping[UUID, Authority], context: Context) -> Iterable[Refusal]:
        yield from why_not_by(duty_of(context.constitution), context)
        authority, notice = record[authority_id(self.authority)], NOTICES[self.code]
        if self.authority != context.constitution.authority:
            yield Refusal("C1", f"Who acts for {context.constitution.title} publishes its notices")
        elif self.code not in REPORTED:
            whose = "of a dynamic market" if notice.asked_of == "market" else "of a procurement"
            yield Refusal("C1", f"The {notice.called} is not the council's own, but that {whose}")
        elif (self.code, self.begins) in [(one.code, one.begins) for one in authority.noticed]:
            about = period_of(self.code, self.begins)
            yield Refusal("C2", f"The {notice.called} for {about} is on record")
        else:
            yield from self._why_not_next(authority, context)
        if self.identifier and self.nothing:
            reason = "Either it was published, or there was nothing to publish: say which"
            yield Refusal("C1", reason)

    def _why_not_next(self, authority: Authority, context: Context) -> Iterable[Refusal]:
        found = own_owed(authority, context.calendar)
        following = next((one for one in found if one.notice.code == self.code), None)
        called = NOTICES[self.code].called
        if following is None:
            yield Refusal("C1", f"The calendar covers no further {called}: adopt a newer one first")
        elif following.about != self.begins.isoformat():
            yield Refusal("C1", f"The next {called} to record is that for {following.what}")
        else:
            yield from why_not_now(following, context)

    def event(self) -> Event:
        return AuthorityNoticePublished(
            self.authority, self.code, self.begins, self.identifier, self.nothing
        )


@evolve.register
def _(event: AuthorityNoticePublished, authority: Authority, stamp: Stamp) -> Authority:
    one = OwnNotice(event.code, event.begins, stamp.on, event.identifier, event.nothing)
    return replace(authority, noticed=(*authority.noticed, one))
