"""The grounds on which each procurement law lets a contract be changed, and their limits (T2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from domain.regimes import Regime

Ground = Literal[
    "provided-for",
    "unforeseeable",
    "known-risk",
    "additional",
    "not-substantial",
    "below-threshold",
    "light-touch",
    "external-factors",
    "own-decision",
    "direct-award",
    "none-needed",
]
Alters = Literal["scope", "balance", "character"]
"""What a change alters in earnest: the scope (something of a kind that the contract did not have),
the economic balance (in the supplier's favour), or the character of the whole contract."""


class Limits(Struct, frozen=True):
    """What a ground asks for, and where that is written.

    ``bars`` is what a change on it does not alter. Its value is at most a half of the original
    one more, or a tenth (of works, 15 %) more or less; its ``term`` at most a tenth of the longest.
    Everything changed so far stays below the threshold, or within the measure of the Provider
    Selection Regime. ``always_together``: changes on it are one, even where they stand apart.
    """

    says: str
    law: str
    bars: tuple[Alters, ...] = ()
    value: Literal["", "half", "tenth"] = ""
    term: bool = False
    cumulative: Literal["", "threshold", "psr"] = ""
    always_together: bool = False


GROUNDS: Mapping[Regime, Mapping[Ground, Limits]] = {
    "pa2023": {
        "provided-for": Limits(
            "provided for in the contract and its notice", "Schedule 8, paragraph 1", ("character",)
        ),
        "unforeseeable": Limits(
            "unforeseeable circumstances", "Schedule 8, paragraph 4", ("character",), "half"
        ),
        "known-risk": Limits(
            "a known risk has come about", "Schedule 8, paragraph 5", ("character",), "half"
        ),
        "additional": Limits(
            "additional goods, services or works", "Schedule 8, paragraph 8", (), "half"
        ),
        "not-substantial": Limits(
            "not substantial", "section 74(3)", ("scope", "balance"), term=True
        ),
        "below-threshold": Limits(
            "below the threshold", "section 74(4)", ("scope",), "tenth", cumulative="threshold"
        ),
        "light-touch": Limits("a light touch contract", "section 74(2)"),
        "none-needed": Limits("no ground is needed below the threshold", "section 74(1)"),
    },
    "pcr2015": {
        "provided-for": Limits(
            "provided for in a clear review clause", "regulation 72(1)(a)", ("character",)
        ),
        "additional": Limits(
            "additional works, services or supplies", "regulation 72(1)(b)", (), "half"
        ),
        "unforeseeable": Limits(
            "unforeseeable circumstances", "regulation 72(1)(c)", ("character",), "half"
        ),
        "not-substantial": Limits(
            "not substantial", "regulation 72(1)(e)", ("scope", "balance", "character")
        ),
        "below-threshold": Limits(
            "below the threshold",
            "regulation 72(1)(f) and (5)",
            ("character",),
            "tenth",
            cumulative="threshold",
            always_together=True,
        ),
    },
    "psr2023": {
        "provided-for": Limits("provided for in the contract", "regulation 13(1)(a)"),
        "external-factors": Limits(
            "external factors beyond control", "regulation 13(1)(c)", ("character",)
        ),
        "own-decision": Limits(
            "a decision of the council",
            "regulation 13(1)(d)",
            ("character",),
            cumulative="psr",
        ),
        "direct-award": Limits(
            "awarded by direct award process A or B", "regulation 13(3)", ("character",)
        ),
    },
}
NAMED: Mapping[Regime, str] = {
    "pa2023": "the Procurement Act 2023",
    "pcr2015": "the Public Contracts Regulations 2015",
    "psr2023": "the Provider Selection Regime",
}
GROUND_NAMES: Mapping[Ground, str] = {
    "provided-for": "provided for in the contract",
    "unforeseeable": "unforeseeable circumstances",
    "known-risk": "a known risk that came about",
    "additional": "additional goods, services or works",
    "not-substantial": "not substantial",
    "below-threshold": "below the threshold",
    "light-touch": "light touch contract",
    "external-factors": "external factors",
    "own-decision": "decision of the council",
    "direct-award": "awarded by direct award process A or B",
    "none-needed": "no ground is needed below the threshold",
}
"""What each ground is called where the law is not named with it."""
ALTERED: Mapping[Alters, str] = {
    "scope": "adds something of a kind that the contract did not have",
    "balance": "shifts the economic balance to the supplier",
    "character": "makes another contract of it",
}
