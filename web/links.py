"""Where an act is done."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from domain.public_notices import PUBLISH_OWN
from domain.values import When


def link_to(reference: str, do: str, subject: str) -> str:
    """The page on which a command is filled in."""
    if do == PUBLISH_OWN:
        return f"{home_of(reference, do)}?subject={quote(subject)}#record"
    if do == "take-decision":
        return f"/procurements/{reference}/reports/{subject}/decide"
    about = f"?subject={quote(subject)}" if subject else ""
    return f"/procurements/{reference}/do/{do}{about}"


def home_of(reference: str, do: str) -> str:
    """The page of what an act is about: a procurement, or the notices of a council."""
    return f"/rules/{reference}/notices" if do == PUBLISH_OWN else f"/procurements/{reference}"


def register_of(granted_in: str, decision: object, label: str) -> str:
    """The page of a delegated authority."""
    return f"/delegations/{granted_in}/{decision}/{quote(label)}"


def proof_at(reference: str, version: int) -> str:
    """The page that proves by what authority a step was taken."""
    return f"/procurements/{reference}/proof/{version}"


def replay_at(reference: str, version: int) -> str:
    """The page that shows a procurement as it stood when an event had been recorded."""
    return f"/procurements/{reference}/replay?version={version}"


def before_at(reference: str, on: When, version: int) -> str:
    """The same on the day before a step; before its event where that day is not known."""
    if on.precision != "day":
        return replay_at(reference, version - 1)
    return f"/procurements/{reference}/replay?at={on.day - timedelta(days=1)}"
