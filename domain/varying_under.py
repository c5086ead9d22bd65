"""Changing contracts that were awarded under delegated authority: the council's limit stays (G1).

Whatever procurement law allows (T2), what was delegated is not exceeded by way of a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import UnionType

from domain.draws import changed
from domain.effects import (
    AwardContract,
    DelegateAuthority,
    Effect,
    ExtendContract,
    RequireReport,
    VaryContract,
)
from domain.procurement import Procurement
from domain.record import Resolution
from domain.refusals import Refusal
from domain.reported import Recommendation
from domain.wording import counted


def why_not_delegable(asked: Sequence[Effect], terms: DelegateAuthority) -> Iterable[Refusal]:
    """What is decided under it draws on its balance: an award, a change or an option it is for."""
    decides = AwardContract | VaryContract | ExtendContract
    if _any(VaryContract, asked) and not terms.variations:
        yield Refusal("G1", "The authority is to award contracts, and not to change them")
    elif _any(ExtendContract, asked) and not terms.extending:
        yield Refusal("G1", "The authority is to award contracts, and not to extend them")
    elif _any(AwardContract, asked) and terms.awards == "none":
        yield Refusal("G1", "The authority is not to award contracts")
    elif not all(isinstance(one, decides | RequireReport) for one in asked):
        yield Refusal("G1", "The authority is to award contracts, and to decide nothing else")
    elif not _any(decides, asked):
        yield Refusal("G1", "A report under delegated authority asks for an award")


def _any(kind: type | UnionType, asked: Sequence[Effect]) -> bool:
    return any(isinstance(one, kind) for one in asked)


def why_not_around(
    asks: Sequence[Recommendation], procurement: Procurement, decided_by: str
) -> Iterable[Refusal]:
    """Who awarded under delegated authority changes the contract under it too."""
    mine = (None, procurement.reference)
    changes = [one for one in asks if one.about in mine and isinstance(one.effect, VaryContract)]
    awards = [decision for decision, _, _ in procurement.resolved(AwardContract)]
    if changes and awards and awards[-1].under and awards[-1].decided_by == decided_by:
        reason = "The contract was awarded under delegated authority: put the change up under "
        yield Refusal("G1", f"{reason}that too, or to who gave it")


def why_not_longer(
    resolved: Iterable[Resolution], concerned: Sequence[Procurement], terms: DelegateAuthority
) -> Iterable[Refusal]:
    """A change makes no contract longer than the authority lets awards be (T1)."""
    for _, change, contract, _ in changed(resolved, concerned):
        if terms.months and change.months > 0 and contract.months + change.months > terms.months:
            most = counted(terms.months, "month")
            yield Refusal("T1", f"The authority is for a contract of {most} at most")
