"""How long before a meeting its agenda and reports are published (D6)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from domain.deadlines import Calendar, Period
from domain.provenance import Provenance


class Agenda(Provenance, frozen=True):
    """The clear days between the publication of a report and the meeting that it is put to.

    ``unit`` is how they are counted (D7).
    """

    clear_days: Annotated[int, Meta(ge=1, le=60)]
    unit: Literal["working-days", "days"] = "working-days"

    @property
    def period(self) -> Period:
        return Period(self.clear_days, self.unit)

    def earliest(self, published: date, calendar: Calendar) -> date:
        """The first day of a meeting on what was published on a day: neither end counts."""
        return self.period.count(published, calendar).day_after
