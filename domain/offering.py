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

Whose = tuple[tuple[str, ...], str]
"""The posts that an act is for, and the rule that says so."""


class Act(Struct, frozen=True):
    """Something that may be done: its command, whose it is and why, and what stands against it.

    ``subject`` says which report, decision, gateway or phase. ``awaited`` is false for what may be
    done but nobody waits for. ``since`` and ``due`` are London days.
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

    @property
    def opens(self) -> date | None:
        """The day from which time alone will have removed every reason against it."""
        days = [one.cured_on for one in self.refusals if one.cured_on]
        return max(days) if days and len(days) == len(self.refusals) else None

    @property
    def waits_for_time_only(self) -> bool:
        return not self.refusals or self.opens is not None


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
        since: date | None = None,
        awaited: bool = True,
        due: tuple[date | None, str] = (None, ""),
    ) -> Act:
        """``posts`` are given where it is no duty of the constitution."""
        who, whose = posts or self.whose(do)
        why, begun = tuple(refusals), since or self.now
        return Act(do, title, who, whose, begun, str(subject), why, awaited, *due)

    def whose(self, duty: str) -> Whose:
        """The posts that have this duty, and the rule that says so."""
        found = self.rules.duty(duty)
        return (found.posts, found.provenance) if found else ((), "")

    def put_up(
        self, gateway: Gateway | None, title: str, since: date, *, awaited: bool = True
    ) -> Iterator[Act]:
        if gateway:
            refusals = why_not_gateway(gateway.id, self.p, self.context)
            yield self.act(
                "put-up-report", title, refusals, gateway.id, since=since, awaited=awaited
            )
