"""What an options appraisal and a market engagement leave on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.values import Slug, Text


class Service(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the services that options are appraised for."""

    id: Slug
    title: Text


class Failure(Struct, frozen=True, forbid_unknown_fields=True):
    """A criterion that an option fails, and why. ``criterion`` is empty where no record says."""

    because: Text
    criterion: str = ""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to get a service. One that fails no criterion is on the short list."""

    id: Slug
    service: Slug
    title: Text
    fails: tuple[Failure, ...] = ()


class Appraisal(Struct, frozen=True):
    """Options for each service, which criteria each fails, and what was preferred later."""

    services: tuple[Service, ...]
    criteria: tuple[str, ...]
    options: tuple[Option, ...]
    note: str = ""
    preferred: Mapping[str, str] = {}
    """The preferred option of each service, by their ids."""

    def short_list(self, service: str) -> tuple[Option, ...]:
        return tuple(one for one in self.options if one.service == service and not one.fails)

    def option(self, name: str) -> Option | None:
        return next((one for one in self.options if one.id == name), None)


class Engagement(Struct, frozen=True):
    """The market sounded before a procurement. It obliges nobody to procure or to offer."""

    kind: Literal["soft-market-test", "market-consultation"]
    purpose: str
    opened: date
    closed: date | None = None
    findings: str = ""
    suppliers: Annotated[int, Meta(ge=0)] | None = None
