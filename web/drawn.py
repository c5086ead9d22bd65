"""Rows of queues, drawn once for as long as nothing in them changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from adapters.house import House
from domain.authority import Rules
from domain.refusals import Refused
from domain.shortenings import warning
from domain.timetable import pressing_until
from projections.standing import versions_of
from web.links import home_of, link_to
from web.pages import Pages
from web.routes.procurements import opened

KEPT = 10_000
"""Rows: about two kilobytes each."""


class Drawn:
    """A row is the same for everybody who holds its post, and its timetable is much work."""

    def __init__(self, house: House, pages: Pages) -> None:
        @lru_cache(KEPT)
        def warned(reference: str, last: date, *_as_it_stands: object) -> str:
            with suppress(Refused):
                return warning(last, *opened(house, reference))
            return ""

        @lru_cache(KEPT)
        def drawn(row: Any, post: str, today: date, said: str) -> Markup:
            values = {
                "row": row,
                "id": re.sub(r"\W+", "-", "-".join(map(str, ("row", *row[:4])))),
                "link": link_to(row.reference, row.do, row.subject),
                "home": home_of(row.reference, row.do),
                "post": post,
                "today": today,
                "warning": said,
            }
            return pages.part("queue_row.html", values)

        self._warned, self._drawn = warned, drawn

    def rows(self, rows: Sequence[Any], rules: Mapping[str, tuple[date, Rules]]) -> list[Markup]:
        """By the day that it is in their councils, and the rules there."""
        stand = {name: _Standing(*found) for name, found in rules.items()}
        return [self._row(one, stand[one.authority]) for one in rows]

    def _row(self, row: Any, now: _Standing) -> Markup:
        said = ""
        if row.last is not None and row.last <= now.pressing:
            said = self._warned(row.reference, row.last, row.events, now.versions, now.today)
        return self._drawn(row, now.rules.offices.title(row.post), now.today, said)


class _Standing:
    """A council on a day."""

    def __init__(self, today: date, rules: Rules) -> None:
        self.today, self.rules, self.versions = today, rules, versions_of(rules)
        self.pressing = pressing_until(today, rules.calendar)
