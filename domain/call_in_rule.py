"""A council's rule on call-in: who may ask for it, until when, and what follows (D10, D11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from msgspec import Meta, Struct

from domain.deadlines import Calendar, Count, Period
from domain.provenance import Provenance
from domain.values import PostId, Text

ClockTime = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d\Z")]
"""A time of day in London, such as 17:00."""
Of = Literal["non-executive", "scrutiny", "scrutiny-chair", "ward"]
"""Any member who is not on the executive; of the scrutiny committee; its chair; of a ward that the
decision affects."""
TakesEffect = Literal["day-after", "at-closing"]


class Window(Count, frozen=True):
    """The days in which a decision may be called in. It closes at a time of the last."""

    closes_at: ClockTime | None = None
    takes_effect: TakesEffect = "day-after"

    @property
    def effective(self) -> date:
        """The day on which a decision takes effect that nobody has called in."""
        return self.day_after if self.takes_effect == "day-after" else self.last_day

    def counted(self, count: Count) -> Self:
        """The same window with its days counted anew."""
        return type(self)(
            count.last_day, count.days, count.period, self.closes_at, self.takes_effect
        )


class Requesters(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who can call a decision in together: so many members of a kind, of so many groups."""

    members: Annotated[int, Meta(ge=1)]
    of: Of = "non-executive"
    groups: Annotated[int, Meta(ge=1)] = 1
    """Of at least how many political groups they are."""


class Urgency(Provenance, frozen=True):
    """When a decision need not wait for call-in: who agrees, and who hears of it afterwards.

    Of ``agreed_by`` the first agrees; the next only where those before are absent or vacant.
    """

    agreed_by: Annotated[tuple[PostId, ...], Meta(min_length=1)]
    reported_by: PostId
    reported_to: PostId


class CallIn(Provenance, frozen=True, kw_only=True):
    """The window in which members may call a decision in (D10), how it is counted (D11), and more.

    ``members``, ``of`` and ``groups`` say who may ask, ``or_by`` who may ask instead.
    """

    working_days: Annotated[int, Meta(ge=1, le=60)]
    counted_from: Literal["decision", "publication"]
    first_day_counts: bool
    closes_at: ClockTime | None = None
    """The time on the last day at which it closes; without one, the end of the day."""
    takes_effect: TakesEffect = "day-after"
    members: Annotated[int, Meta(ge=1)]
    of: Of = "non-executive"
    groups: Annotated[int, Meta(ge=1)] = 1
    or_by: tuple[Requesters, ...] = ()
    grounds: tuple[Text, ...] = ()
    """The only grounds there are for a call-in; without any, every ground will do."""
    in_parts: bool = True
    """Whether single resolutions may be called in."""
    scrutiny_meets: Period | None = None
    """How long scrutiny has to meet, from the day on which the call-in was received."""
    lapses: bool = False
    """Whether the call-in lapses where scrutiny has not met by then."""
    decider_reconsiders: Period | None = None
    """How long the decision maker has to decide again, from the day of the referral."""
    urgency: Urgency | None = None

    @property
    def ways(self) -> tuple[Requesters, ...]:
        """Who may ask for it: each of these can by themselves."""
        return (Requesters(members=self.members, of=self.of, groups=self.groups), *self.or_by)

    def window(self, start: date, calendar: Calendar) -> Window:
        """The days of the window, from the day that it is counted from."""
        period = Period(self.working_days, first_day_counts=self.first_day_counts)
        found = period.count(start, calendar)
        return Window(found.last_day, found.days, period, self.closes_at, self.takes_effect)


def loose_ends(rule: CallIn) -> Iterator[tuple[str, str]]:
    """What does not fit together in a rule as it is written: the key, and what is wrong with it."""
    if rule.takes_effect == "at-closing" and rule.closes_at is None:
        yield "takes_effect", "is “at-closing”: say with “closes_at” when that is"
    if rule.lapses and rule.scrutiny_meets is None:
        yield "lapses", "is true: say with “scrutiny_meets” how long scrutiny has"
    if len(set(rule.grounds)) < len(rule.grounds):
        yield "grounds", "are each there once"
