"""What a resolution does when it takes effect: each kind is data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.values import Amount, Slug, Text, check_day


def check_share(share: Decimal) -> None:
    """Raises ValueError unless it is a share of the whole in per cent."""
    if not share.is_finite() or not 0 <= share <= 100:
        raise ValueError(f"{share} is not between 0 and 100")


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    """What tenders are scored on, and its weight in per cent of the whole (E1)."""

    name: Text
    weight: Decimal

    def __post_init__(self) -> None:
        check_share(self.weight)


class AuthoriseProcurement(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="authorise-procurement"
):
    """A competition may be held, up to an amount and on these terms.

    ``tender_days`` is the least time that tenderers get. ``social_value`` is a share of the
    overall score in per cent; whether it lies inside one of the criteria is not always said.
    """

    up_to: Amount
    criteria: tuple[Criterion, ...]
    tender_days: Annotated[int, Meta(ge=0)]
    social_value: Decimal | None = None
    standstill: Literal["required", "voluntary", "none"] = "required"

    def __post_init__(self) -> None:
        if self.social_value is not None:
            check_share(self.social_value)


class AwardByLaterDecision(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="award-by-later-decision"
):
    """The award is a decision of its own, of a class, in favour of whom the evaluation shows."""

    decision_class: Slug
    to: Text


class AwardContract(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="award-contract"
):
    """A contract goes to a supplier. ``ground`` is the legal ground of one without competition."""

    supplier: Text
    amount: Amount
    starts: date
    months: Annotated[int, Meta(ge=1, le=600)]
    direct: bool = False
    ground: str = ""

    def __post_init__(self) -> None:
        check_day(self.starts)


class ReleasePhase(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="release-phase"
):
    """A phase of the contract, by its number, may be started and paid for (T3)."""

    phase: Annotated[int, Meta(ge=1)]


Effect = AuthoriseProcurement | AwardByLaterDecision | AwardContract | ReleasePhase


def total(criteria: Iterable[Criterion]) -> Decimal:
    return sum((one.weight for one in criteria), Decimal(0))
