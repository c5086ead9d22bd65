"""Values that refuse to be nonsense: money with its basis, dates that may be inexact, terms."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal
from uuid import UUID, uuid5

from msgspec import Meta, Struct, field

NAMESPACE = UUID("9b7c0f1e-5f0d-5c8a-9d57-0a4f1f6f2c11")

Text = Annotated[str, Meta(min_length=1, max_length=20_000)]
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*\Z", max_length=80)]
AuthorityId = Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*\Z", max_length=40)]
PostId = Annotated[str, Meta(pattern=r"^[a-z-]+/[a-z0-9-]+\Z", max_length=120)]
Reference = Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*-[0-9][a-z0-9-]*\Z", max_length=60)]
EventType = Annotated[str, Meta(pattern=r"^[a-z_]+(\.[a-z_]+)+\Z", max_length=60)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]

Basis = Literal["exact", "up-to", "about", "estimated", "approved", "unknown", "exempt"]
Precision = Literal["day", "week", "month", "before", "after", "unknown"]


def authority_id(authority: str) -> UUID:
    """The stream of an authority: its constitutions, offices and calendars."""
    return uuid5(NAMESPACE, authority)


def authority_of(reference: str) -> str:
    """The authority that minted a procurement's reference: what stands before its number."""
    name, _, _ = reference.partition(next((c for c in reference if c.isdigit()), "\0"))
    return name.rstrip("-")


@lru_cache(10_000)
def procurement_id(reference: str) -> UUID:
    """The stream of a procurement, from its minted reference such as ``leeds-2022-1``."""
    return uuid5(authority_id(authority_of(reference)), reference)


def check_day(day: date) -> None:
    """Raises ValueError for a day that no procurement of ours could be about."""
    if not 1900 <= day.year < 2200:
        raise ValueError(f"{day} is no day between 1900 and 2199")


def check_share(share: Decimal) -> None:
    """Raises ValueError unless it is a share of the whole in per cent."""
    if not share.is_finite() or not 0 <= share <= 100:
        raise ValueError(f"{share} is not between 0 and 100")


def check_pounds(pounds: Decimal) -> None:
    """Raises ValueError unless the amount is pounds and pence, and not negative."""
    if pounds.is_finite() and not 0 <= pounds < 10**12:
        raise ValueError(f"{pounds} is not an amount that a council could spend")
    if not pounds.is_finite() or pounds != round(pounds, 2):
        raise ValueError(f"{pounds} is not an amount in pounds and pence")


class Closed:
    """A text or figure that is not for the public. It prints as nothing; erased, it holds None.

    Deliberately no struct: what writes JSON has to be told what to do with it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        object.__setattr__(self, "_value", value)

    @property
    def value(self) -> str | None:
        found: str | None = object.__getattribute__(self, "_value")
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a closed value does not change")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return "Closed()"


class Amount(Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """An amount in pounds sterling with what it rests on. Unknown and exempt ones show no figure.

    Rules compute with ``figure``, pages show ``pounds``. An exempt amount may hold its figure in
    ``closed``; without it we do not know it either. Raises ValueError for what is not pounds and
    pence, also when read back.
    """

    basis: Basis
    # What a factory makes is always stored: of the defaults only ``closed`` is left out.
    pounds: Decimal | None = field(default_factory=lambda: None)
    per: Literal["total", "year"] = field(default_factory=lambda: "total")
    vat: Literal["excluded", "included", "not-stated"] = field(default_factory=lambda: "not-stated")
    closed: Closed | None = None

    @property
    def figure(self) -> Decimal | None:
        """The pounds to compute with; None where they are not known, or erased."""
        if self.closed is None or self.closed.value is None:
            return self.pounds
        return Decimal(self.closed.value)

    @property
    def erased(self) -> bool:
        """Whether it had a closed figure that was erased since."""
        return self.closed is not None and self.closed.value is None

    def in_total(self, months: int | None) -> Decimal | None:
        """Pounds over a whole term; None where the figure, or a yearly one's term, is not known."""
        if self.figure is None or self.per == "total":
            return self.figure
        return round(self.figure * months / 12, 2) if months else None

    def __post_init__(self) -> None:
        if (self.pounds is None) != (self.basis in ("unknown", "exempt")):
            raise ValueError("an amount has a figure unless it is unknown or exempt")
        if self.closed and self.basis != "exempt":
            raise ValueError("only an exempt amount has a closed figure")
        if self.pounds is not None:
            check_pounds(self.pounds)
        elif self.closed:
            self._check_closed()

    def _check_closed(self) -> None:
        """Raises ValueError as for any figure, without saying which."""
        try:
            if self.figure is not None:
                check_pounds(self.figure)
        except (ArithmeticError, ValueError):
            raise ValueError("a closed figure is an amount in pounds and pence") from None


class When(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A London day, as exactly as it is known. ``basis`` says how, where the source does not."""

    day: date
    precision: Precision = "day"
    basis: str = ""

    def __post_init__(self) -> None:
        check_day(self.day)

    @property
    def read_as(self) -> date:
        """The one day that rules read it as: the latest that is certain to be meant."""
        match self.precision:
            case "week":
                return self.day + timedelta(days=6 - self.day.weekday())
            case "month":
                return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
            case "before":
                return self.day - timedelta(days=1)
            case "after":
                return self.day + timedelta(days=1)
        return self.day


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Term(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """From when a contract runs and for how many months; options to extend, in their order (T1).

    ``notice_months`` is how long before the contract ends an option has to be taken up.
    """

    starts: date
    months: Annotated[int, Meta(ge=1, le=600)]
    extensions: tuple[Annotated[int, Meta(ge=1, le=600)], ...] = ()
    notice_months: Annotated[int, Meta(ge=0, le=60)] = 0

    def __post_init__(self) -> None:
        check_day(self.starts)

    @property
    def ends(self) -> date:
        """The last day, before any extension."""
        return self.ends_after(0)

    @property
    def most(self) -> int:
        """The months that it can run with every option taken up (T1)."""
        return self.months + sum(self.extensions)

    def ends_after(self, extended: int, more: int = 0) -> date:
        """The last day when so many options to extend, in their order, have been taken up (T1).

        ``more`` are months that changes of the contract added since, or took away.
        """
        months = self.months + sum(self.extensions[:extended]) + more
        return months_later(self.starts, months) - timedelta(days=1)
