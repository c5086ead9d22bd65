"""What is no longer so of a decision page since it was opened: in sentences, and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from adapters.house import House
from domain.reading import learned
from domain.refusals import Refused
from domain.values import check_day, procurement_id
from projections.capsule import Footing, differences, moved
from projections.touched import Row
from web.capsules import Drawn, drawn_again
from web.pages import Pages
from web.reader import Reader
from web.stale import news_since

FOOTING = learned(Footing)
MOST = 1000
"""How many streams a page rests on at most."""
UNTOLD = "Look at it again: how it differs from the page that you sent cannot be told"


class Changes(NamedTuple):
    said: Sequence[str]
    news: Sequence[Row]
    """What was recorded in the procurement meanwhile."""
    lines: Sequence[tuple[str, str]]
    """What the page said, and what it says now."""


def footing_of(sent: Mapping[str, str], reader: Reader) -> Footing | None:
    """What the page was drawn from that a form was sent from; None where it does not say."""
    try:
        found = msgspec.json.decode(sent.get("footing", ""), type=FOOTING)
        check_day(found.day)
    except (ValueError, RecursionError):
        return None
    mine = found.seat.person == reader.person and len(found.stood) <= MOST
    sane = all(0 <= one.version < 2**31 for one in found.stood)
    return found if mine and sane else None


def changes_since(
    house: House, pages: Pages, sent: Mapping[str, str], reader: Reader, now: Drawn
) -> Changes:
    """Between the page that a form was sent from and the same page ``now``."""
    footing, reference = footing_of(sent, reader), now.capsule.reference
    if footing is None:
        return Changes([UNTOLD], [], [])
    said = moved(footing, now.capsule.footing, now.matter.context.offices)
    stood = {one.stream: one.version for one in footing.stood}
    seen = stood.get(procurement_id(reference), now.matter.p.version)
    news = news_since(house, reference, seen)
    if footing.sees_closed and not now.matter.closed:
        return Changes([*said, "You may no longer see closed parts"], news, [])
    try:
        before = drawn_again(house, pages, reference, now.capsule.report, footing)
    except (Refused, KeyError):
        return Changes([*said, UNTOLD], news, [])
    if before.digest != sent.get("capsule"):
        return Changes([*said, UNTOLD], news, [])
    return Changes(said, news, differences(before.shown, now.shown))
