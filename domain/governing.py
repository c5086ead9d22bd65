"""Which procurement law governs, and whether a value reaches its threshold, with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.regimes import PA_COMMENCED, PSR_COMMENCED, Regime, Subject
from domain.terms import Framework, Mixed
from domain.thresholds import estimate, threshold
from domain.wording import pounds, short_day


class Governed(Struct, frozen=True):
    """The law that governs, and why."""

    regime: Regime
    because: str


def governing(
    subject: Subject,
    commenced: date,
    framework: date | None = None,
    mixed: Mixed | None = None,
) -> Governed:
    """The law of what commenced on a London day; a call-off keeps its framework's (P1).

    ``framework`` is the day on which the procurement of the framework commenced.
    """
    day, what = framework or commenced, "the framework" if framework else "it"
    began = f"{what} commenced on {short_day(day)}"
    apart = ""
    if day >= PSR_COMMENCED and (mixed or subject == "health-care"):
        apart = why_apart(mixed) if mixed else ""
        if not apart:
            return Governed("psr2023", f"{began}, and {_for_health_care(mixed)}")
        apart = f"; the Provider Selection Regime does not govern it: {apart}"
    if day >= PA_COMMENCED:
        return Governed("pa2023", f"{began}, on or after 24 February 2025{apart}")
    return Governed("pcr2015", f"{began}, before the Procurement Act 2023 governed{apart}")


def _for_health_care(mixed: Mixed | None) -> str:
    of = "most of it is" if mixed else "is"
    return f"{of} for health care, on or after 1 January 2024"


def why_apart(mixed: Mixed) -> str:
    """Why health care does not draw the rest into its own law, or nothing (regulation 3).

    It does where it is worth more, and the rest could not reasonably be bought apart.
    """
    if mixed.separable:
        return "the rest could reasonably be supplied under a separate contract"
    if mixed.health_care <= mixed.rest:
        return "health care is not worth more than the rest"
    return ""


def began_on(commenced: date | None, framework: Framework | None, today: date) -> date:
    """The day by which the law goes: of a framework's own commencement, or of what begins now."""
    return framework.began if framework else commenced or today


def why_not_commenced(
    commenced: date | None, framework: Framework | None, context: Context
) -> Iterable[Refusal]:
    """What commenced did so by now, and a framework before it was called off (P1)."""
    if commenced and commenced > context.day:
        reason = f"{short_day(commenced)} has yet to come: leave out when it commences"
        yield Refusal("P1", reason)
    if framework and framework.began > framework.since:
        began = short_day(framework.began)
        yield Refusal("P1", f"Nothing is called off before the framework commenced, on {began}")


def why_not_regime(
    regime: Regime, subject: Subject | None, began: date, mixed: Mixed | None = None
) -> Iterable[Refusal]:
    """What began before 24 February 2025 stays under the old law, call-offs for life (P1).

    Health care services have a law of their own. ``subject`` is what is bought, where it is known.
    """
    if regime == "pa2023" and began < PA_COMMENCED:
        yield Refusal("P1", "The Procurement Act 2023 governs what began on 24 February 2025 on")
    if regime == "pcr2015" and began >= PA_COMMENCED:
        yield Refusal("P1", "The 2015 Regulations govern only what began before 24 February 2025")
    if regime == "psr2023" and began < PSR_COMMENCED:
        yield Refusal("P1", "The Provider Selection Regime governs what began on 1 January 2024 on")
    elif mixed and began >= PSR_COMMENCED and (apart := why_apart(mixed)):
        yield from _why_not_apart(regime, subject, apart)
    elif regime == "psr2023" and subject not in (None, "health-care"):
        only = "The Provider Selection Regime governs health care services: say that health care"
        yield Refusal("P1", f"{only} is what is bought for the most part, or choose another law")
    elif regime != "psr2023" and began >= PSR_COMMENCED and (mixed or subject == "health-care"):
        own = "Health care services that began on 1 January 2024 or later have a law of their own"
        yield Refusal("P1", f"{own}: choose the Provider Selection Regime")


def _why_not_apart(regime: Regime, subject: Subject | None, apart: str) -> Iterable[Refusal]:
    """Health care with something else that its own law does not govern."""
    if regime == "psr2023":
        yield Refusal("P1", f"The Provider Selection Regime does not govern it: {apart}")
    elif subject == "health-care":
        sorted_ = "choose light touch, or what else is bought for the most part"
        yield Refusal("P1", f"The law of health care does not govern it ({apart}): {sorted_}")


def why_not_commence(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """A procurement that commences today is under the law of today, whenever it was opened (P1)."""
    p = procurement
    if p.framework or p.commenced or p.tender or p.opened is None:
        return
    if list(why_not_regime(p.regime, p.subject, p.opened, p.mixed)):
        return  # It never fitted: that is on record with its opening.
    for one in why_not_regime(p.regime, p.subject, context.day, p.mixed):
        reason = f"{one.reason}, and this commences with the invitation: open it again"
        yield Refusal("P1", reason)


def commencing(procurement: Procurement, day: date) -> Procurement:
    """The procurement as if it commenced on a London day, where it has not yet."""
    if procurement.commenced or procurement.tender:
        return procurement
    return replace(procurement, commenced=day)


def commencement(procurement: Procurement) -> str:
    """When a procurement commenced, in words, and what stands in for a day that is not known."""
    p = procurement
    if p.framework and p.framework.commenced:
        return f"{short_day(p.framework.commenced)}, with the procurement of its framework"
    if p.framework:
        since = short_day(p.framework.since)
        return f"With its framework. When is not on record: its first day, {since}, stands in"
    if p.commenced:
        return f"{short_day(p.commenced)}, before it was opened here"
    if p.tender:
        return f"{short_day(p.tender.opened)}, with the invitation to tender"
    if p.opened:
        return f"Not on record: the day on which it was opened, {short_day(p.opened)}, stands in"
    return "Not yet"


class Measured(Struct, frozen=True):
    """The threshold in pounds, whether the value reaches it, and why."""

    threshold: Decimal
    above: bool
    because: str


def measured(subject: Subject, commenced: date, value: Decimal | None) -> Measured:
    """Whether a value, with its VAT and all options, reaches the threshold (P2).

    A value that is not known counts as above.
    """
    least = threshold(subject, commenced)
    if value is None:
        return Measured(least, True, "a value that is not known counts as above")
    above = value >= least
    compared = "reaches" if above else "is below"
    return Measured(least, above, f"{pounds(value)} {compared} {pounds(least)}")


def threshold_in_words(procurement: Procurement) -> str:
    """Whether the Act governs it in full, with the sum that says so; nothing under other laws (P2).

    It is worked out from what everybody may see.
    """
    p = procurement
    if p.regime != "pa2023":
        return ""
    if p.began is None:
        return "It depends on the day on which it commences"
    months, options = (p.term.months, p.term.extensions) if p.term else (None, ())
    whole = estimate(p.value, months, options)
    size = measured(p.subject, p.began, whole)
    said = f"{'Above' if size.above else 'Below'}: {size.because}"
    added = whole is not None and p.value.vat != "included"
    return f"{said}, with VAT, which was added to the value" if added else said
