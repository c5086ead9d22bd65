"""What a resolution does when it takes effect: each kind is data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from domain.conditioned import Conditions
from domain.grounds import Alters, Ground
from domain.regimes import Process
from domain.values import Amount, PostId, Slug, Text, When, check_day, check_share

Months = Annotated[int, Meta(ge=1, le=600)]
Options = tuple[Months, ...]
Asked = Literal["required", "voluntary", "none"]
"""Which standstill a decision on a competition asks for."""


class Kind(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every kind of effect is: data, with its kind as its tag."""


class ApprovePlan(Kind, frozen=True, tag="approve-plan"):
    """A plan, an option or an agreement is approved. By that alone nothing is bought.

    ``market_engagement`` says that the market may be sounded, which obliges nobody.
    """

    plan: Text
    market_engagement: bool = False


class ApproveBudget(Kind, frozen=True, tag="approve-budget"):
    """Money may be spent, this far: what is above it takes a report of its own.

    ``anew`` says that it is for what is still to be bought: what was drawn until then, known or
    erased, is not counted against it.
    """

    amount: Amount
    anew: bool = False


class Consultee(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked before delegated authority is exercised (G2).

    "In consultation with" weighs the answer, "with the agreement of" makes it a veto. ``basis``
    says how the record was read where it does not name the post.
    """

    post: PostId
    how: Literal["consultation", "agreement"] = "consultation"
    basis: str = ""


class DelegateAuthority(Kind, frozen=True, tag="delegate-authority"):
    """A post may decide what this body would decide, within these limits (G1).

    ``cap`` is an amount over all awards; None means "within the budget". ``months`` and
    ``extensions`` are the longest term and the options that an award may give. ``expires`` is
    the last London day on which it may be exercised. ``variations`` says that the contracts that
    were awarded under it may be varied under it, too, ``extending`` that options to extend a
    contract may be taken up under it, ``passing_on`` that the delegate may pass a part of it on to
    another post. ``above_for_first`` is a share in per cent above the cap, for an award to the
    tender that was ranked first. ``budget_by`` is the post or body that sets the budget that it is
    within, where that is not who gives it; ``budget_basis`` says how the record was read where it
    does not name one.
    """

    delegate: PostId
    purpose: Text
    consultees: tuple[Consultee, ...] = ()
    cap: Amount | None = None
    awards: Literal["none", "one", "several"] = "one"
    months: Months | None = None
    extensions: Options = ()
    expires: date | None = None
    conditions: Conditions = ()
    variations: bool = False
    passing_on: bool = False
    above_for_first: Decimal | None = None
    extending: bool = False
    budget_by: PostId | None = None
    budget_basis: str = ""

    def __post_init__(self) -> None:
        if self.above_for_first is not None:
            check_share(self.above_for_first)


class RequireReport(Kind, frozen=True, tag="require-report"):
    """Somebody has to report back to a body: by a day, or when something has happened."""

    what: Text
    by: PostId
    to: PostId
    due: When | None = None
    once: str = ""


class Criterion(Struct, frozen=True, forbid_unknown_fields=True):
    """What tenders are scored on, and its weight in per cent of the whole (E1)."""

    name: Text
    weight: Decimal

    def __post_init__(self) -> None:
        check_share(self.weight)


class AuthoriseProcurement(Kind, frozen=True, tag="authorise-procurement"):
    """A competition may be held, up to an amount and on these terms.

    ``criteria`` may be left to the invitation. ``tender_days`` is the least time that tenderers
    get. ``social_value`` is a share of the overall score in per cent; whether it lies inside one
    of the criteria is not always said.
    """

    up_to: Amount
    criteria: tuple[Criterion, ...]
    tender_days: Annotated[int, Meta(ge=0)]
    social_value: Decimal | None = None
    standstill: Asked = "required"
    conditions: Conditions = ()

    def __post_init__(self) -> None:
        if self.social_value is not None:
            check_share(self.social_value)


class AwardByLaterDecision(Kind, frozen=True, tag="award-by-later-decision"):
    """The award is a decision of its own, of a class, in favour of whom the evaluation shows."""

    decision_class: Slug
    to: Text


class AwardContract(Kind, frozen=True, tag="award-contract"):
    """A contract goes to a supplier. ``ground`` is the legal ground of one without competition.

    ``process`` is what the law calls it where that matters to its standstill.

    ``extensions`` are the options to extend it, in months and in their order (T1).
    """

    supplier: Text
    amount: Amount
    starts: date
    months: Months
    direct: bool = False
    ground: str = ""
    extensions: Options = ()
    process: Process = "ordinary"
    conditions: Conditions = ()

    def __post_init__(self) -> None:
        check_day(self.starts)


class ReleasePhase(Kind, frozen=True, tag="release-phase"):
    """A phase of the contract, by its number, may be started and paid for (T3)."""

    phase: Annotated[int, Meta(ge=1)]


class ExtendContract(Kind, frozen=True, tag="extend-contract"):
    """An option to extend the contract is taken up, by its number (T1)."""

    option: Annotated[int, Meta(ge=1)]


class VaryContract(Kind, frozen=True, tag="vary-contract"):
    """The contract is changed, on a ground that its procurement law knows (T2).

    ``amount`` is what the whole contract is then worth, never the difference; None leaves it as it
    is. ``months`` are added to its term, or taken from it. ``alters`` names what it changes in
    earnest. Changes on one ground are measured together, unless ``apart`` says why this one could
    not have been made with the earlier ones. ``since`` is the London day from which the contract
    was really changed, where that came before the decision.
    """

    scope: Text
    ground: Ground
    because: Text
    amount: Amount | None = None
    months: Annotated[int, Meta(ge=-600, le=600)] = 0
    alters: tuple[Alters, ...] = ()
    apart: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        if self.since:
            check_day(self.since)


Effect = (
    ApprovePlan
    | AuthoriseProcurement
    | ApproveBudget
    | DelegateAuthority
    | RequireReport
    | AwardByLaterDecision
    | AwardContract
    | ReleasePhase
    | ExtendContract
    | VaryContract
)


def total(criteria: Iterable[Criterion]) -> Decimal:
    return sum((one.weight for one in criteria), Decimal(0))
