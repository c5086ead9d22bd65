"""A share above the cap of an authority, for the tender that was ranked first and no other (G1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from msgspec.structs import replace

from domain.changes import percent
from domain.effects import AwardContract, DelegateAuthority
from domain.procurement import Procurement
from domain.values import Amount, Closed
from domain.wording import amount

PENNY = Decimal("0.01")


def ranked_first(award: AwardContract, procurement: Procurement) -> bool:
    """Whether an award follows a competition, and goes to the tender that came first."""
    evaluation = procurement.evaluation
    if evaluation is None or award.direct:
        return False
    first = evaluation.ranking[0]
    return award.supplier in (first.tenderer, first.name)


def all_ranked_first(
    awards: Iterable[tuple[str, AwardContract]], concerned: Iterable[Procurement]
) -> bool:
    """Whether every award of a decision is; with one that is not the cap is the cap."""
    by_reference = {one.reference: one for one in concerned}
    return all(
        reference in by_reference and ranked_first(award, by_reference[reference])
        for reference, award in awards
    )


def with_margin(cap: Amount, terms: DelegateAuthority) -> Amount:
    """The cap with the share above it, in whole pence."""
    if cap.figure is None or terms.above_for_first is None:
        return cap
    most = cap.figure * (100 + terms.above_for_first) / 100
    most = most.quantize(PENNY, ROUND_DOWN)
    if cap.basis == "exempt":
        return replace(cap, closed=Closed(str(most)))
    return replace(cap, pounds=most)


def limit_in_words(terms: DelegateAuthority) -> str:
    """Up to £400,000, and 10 % above it for the tender ranked first; or within the budget."""
    if terms.cap is None:
        return "within the budget"
    return f"{amount(terms.cap)}{_share_in_words(terms, ', and ')}"


def _share_in_words(terms: DelegateAuthority, before: str) -> str:
    share = terms.above_for_first
    return f"{before}{percent(share)} above it for the tender ranked first" if share else ""


def for_no_other(terms: DelegateAuthority) -> str:
    """What a refusal adds where the share above a cap was not for what was asked."""
    said = _share_in_words(terms, "; the ")
    return f"{said} are for no other award" if said else ""
