"""The types of what is told: each event of a procurement is told as one of them, or not at all."""

from __future__ import annotations

import re

import domain  # noqa: F401 – so that every event is known
from domain.endpoints import EndpointEvent
from domain.keeping_endpoints import EndpointTested
from domain.messages import Event, by_tag
from domain.published import ABOUT_ENDPOINTS, PUBLISHED, TYPES, type_of
from domain.undertakings import UndertakingDischarged

NOT_TOLD = {
    # What an authority goes by, and where its authority lies: no matter of one procurement.
    "constitution-adopted", "offices-adopted", "calendar-adopted", "calendar-corrected",
    "authority-notice-published", "authority-delegated", "authority-exercised", "budget-drawn",
    "drawing-given-back",
    # What only those who work on it read.
    "source-note-made", "exempt-figure-entered", "conflicts-assessed", "options-appraised",
    "preferred-options-chosen", "market-engagement-opened", "market-engagement-closed",
    "assessment-summaries-sent", "performance-indicators-set", "representation-received",
    "representation-reviewed", "openness-representation-received",
    "openness-representation-answered", "report-to-council-required", "reported-to-council",
    "special-urgency-reported", "urgent-private-meeting-agreed",
}  # fmt: skip


def kinds(base: type[Event]) -> set[str]:
    return {one.partition("/")[0] for one in by_tag(base, r"[a-z0-9-]+/\d+")}


def test_every_kind_of_event_is_told_or_said_not_to_be() -> None:
    about = {tag for one in ABOUT_ENDPOINTS.values() for tag in one.events}
    told = set(TYPES) | NOT_TOLD | kinds(EndpointEvent)
    assert kinds(Event) == told
    assert not set(TYPES) & NOT_TOLD
    assert about < kinds(EndpointEvent)


def test_an_event_has_one_type() -> None:
    tags = [tag for one in PUBLISHED.values() for tag in one.events]
    assert len(tags) == len(set(tags))


def test_types_are_named_as_the_standard_asks() -> None:
    for name in (*PUBLISHED, *ABOUT_ENDPOINTS):
        assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", name)


def test_a_type_stands_for_events_of_every_version() -> None:
    assert type_of(UndertakingDischarged("one", "reported")) == "undertaking.discharged"
    assert type_of(EndpointTested("leeds", "ledger")) is None
