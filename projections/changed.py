"""What a change of a contract is, and what it comes to: in words, worked out (L3)."""

from __future__ import annotations

from domain.changes import all_told, change_of, changes, months_said, said
from domain.competition import Contract
from domain.effects import VaryContract
from domain.grounds import GROUNDS
from domain.procurement import Procurement
from domain.regimes import Regime
from domain.wording import counted


def told(contract: Contract) -> str:
    """How far the contract is from what was signed; nothing where it was never changed."""
    if not contract.variations:
        return ""
    late = len([one for one in contract.variations if one.change.since])
    by = counted(len(contract.variations), "change")
    return f"{all_told(contract)}, by {by}{f', {late} of them in retrospect' if late else ''}"


def comes_to(change: VaryContract, p: Procurement, about: str | None = None) -> str:
    """What a change does to the contract, made already or not; nothing where it is another's."""
    if p.contract is None or about not in (None, p.reference):
        return ""
    made = [figures for one, figures in changes(p.contract) if one.change == change]
    words = [said(made[-1] if made else change_of(change, p.contract)), months_said(change.months)]
    return "; ".join(filter(None, words))


def ground_of(change: VaryContract, regime: Regime) -> str:
    """The ground as the law has it, and where; its name alone where the law knows none such."""
    found = GROUNDS[regime].get(change.ground)
    return f"{found.says} ({found.law})" if found else change.ground
