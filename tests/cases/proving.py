"""Proofs of steps of a case, by what each step was."""

from __future__ import annotations

from adapters.house import House
from adapters.proving import proof_of
from domain.messages import Event
from domain.values import procurement_id
from projections.proof import AuthorityProof


def versions(house: House, reference: str, kind: type[Event]) -> list[int]:
    """The numbers of the steps of a kind, oldest first."""
    history = house.log.read(procurement_id(reference))
    return [one.version for one in history if isinstance(one.event, kind)]


def latest(house: House, reference: str, kind: type[Event]) -> AuthorityProof:
    """The proof of the latest step of a kind."""
    return proof_of(house, reference, versions(house, reference, kind)[-1])


def against(proof: AuthorityProof) -> list[str]:
    """The rules that stand against a step when they are asked again."""
    return [one.rule for asked in proof.asked for one in asked.refusals]
