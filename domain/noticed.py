"""What is on record of the notices that the Procurement Act 2023 asks for (P8)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.values import When

Code = Literal[
    "UK1",
    "UK2",
    "UK3",
    "UK4",
    "UK5",
    "UK6",
    "UK7",
    "UK7-copy",
    "UK8",
    "UK9",
    "UK10",
    "UK11",
    "UK12",
    "UK13",
    "UK14",
    "UK15",
    "UK16",
    "UK17",
]
Identifier = Annotated[str, Meta(max_length=100)]
"""What the central digital platform calls a notice, such as 2026/S 000-012345; may be empty."""


class Noticed(Struct, frozen=True):
    """A notice that was published: which, when, what it is about where there may be several."""

    code: Code
    on: When
    about: str = ""
    identifier: str = ""


class OwnNotice(Struct, frozen=True):
    """What is on record of a council's own notice about the period that begins on a day.

    ``nothing`` says why there was nothing to publish; it is empty where it was published.
    """

    code: Code
    begins: date
    on: When
    identifier: str
    nothing: str
