"""Where an act is done."""

from __future__ import annotations

from urllib.parse import quote


def link_to(reference: str, do: str, subject: str) -> str:
    """The page on which a command is filled in."""
    if do == "take-decision":
        return f"/procurements/{reference}/reports/{subject}/decide"
    about = f"?subject={quote(subject)}" if subject else ""
    return f"/procurements/{reference}/do/{do}{about}"


def register_of(granted_in: str, decision: object, label: str) -> str:
    """The page of a delegated authority."""
    return f"/delegations/{granted_in}/{decision}/{quote(label)}"
