"""The rules. Importing the package makes every event and command known."""

from domain import (
    authority,
    call_in,
    contract,
    decisions,
    market,
    notices,
    opening,
    publication,
    reports,
    standstill,
)

__all__ = [
    "authority",
    "call_in",
    "contract",
    "decisions",
    "market",
    "notices",
    "opening",
    "publication",
    "reports",
    "standstill",
]
