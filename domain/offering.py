"""An act that may be done next: whose it is, since when, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from domain.constitution import Gateway
from domain.gateways import why_not_gateway
from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.values import When

Since = date | When
Whose = tuple[tuple[str, ...], str]
"""The posts that an act is for, and the rule that says so."""


class Act(Struct, frozen=True):
    """Something that may be done: its command, whose it is and why, and what stands against it.

    ``subject`` says which report, decision, gateway or phase. ``awaited`` is false for what may be
    done but nobody waits for. ``since`` and ``due`` are London days; ``since_known`` is
    there where the first is not known to the day.
    """

    do: str
    title: str
    posts: tuple[str, ...]
    whose: str
    since: date
    subject: str = ""
    refusals: tuple[Refusal, ...] = ()
    awaited: bool = True
    due: date | None = None
    due_because: str = ""
    waits_for: str = ""
    """Whose answer it waits for, where nothing else than time stands against it besides."""
    since_known: When | None = None

    @property
    def opens(self) -> date | None:
        """The day from which time alone will have removed every reason against it."""
        days = [one.cured_on for one in self.refusals if one.cured_on]
        return max(days) if days and len(days) == len(self.refusals) else None

    @property
    def waits_for_time_only(self) -> bool:
        return not self.refusals or self.opens is not None

    @property
    def queued(self) -> bool:
        """Whether it is in the queue of those whose it is."""
        return self.awaited and (self.waits_for_time_only or self.waits_for != "")


class Offering:
    """A case on a day: where acts are looked for, and how each is put."""

    def __init__(self, procurement: Procurement, context: Context) -> None:
        self.p, self.context = procurement, context
        self.rules = context.constitution
        self.now = procurement.last_on or context.day

    def act(
        self,
        do: str,
        title: str,
        refusals: Iterable[Refusal],
        subject: object = "",
        *,
        posts: Whose | None = None,
        since: Since | None = None,
        awaited: bool = True,
        due: tuple[date | None, str] = (None, ""),
        waits_for: str = "",
    ) -> Act:
        """``posts`` are given where it is no duty of the constitution."""
        who, whose = posts or self.whose(do)
        begun = since or self.now
        day, known = (begun.read_as, begun) if isinstance(begun, When) else (begun, None)
        known = known if known and known.precision != "day" else None
        told = (str(subject), tuple(refusals), awaited, *due, waits_for, known)
        return Act(do, title, who, whose, day, *told)

    def whose(self, duty: str) -> Whose:
        """The posts that have this duty, and the rule that says so."""
        found = self.rules.duty(duty)
        return (found.posts, found.provenance) if found else ((), "")

    def put_up(
        self,
        gateway: Gateway | None,
        title: str,
        since: Since,
        *,
        awaited: bool = True,
        combines: tuple[str, ...] = (),
        due: tuple[date | None, str] = (None, ""),
    ) -> Iterator[Act]:
        if gateway:
            refusals = why_not_gateway(gateway.id, self.p, self.context, combines)
            yield self.act(
                "put-up-report", title, refusals, gateway.id, since=since, awaited=awaited, due=due
            )
