"""The gate before the signature: everything that stands against it, at once (P7)."""

from __future__ import annotations

from collections.abc import Iterable

from domain.claims import why_not_suspended
from domain.conditions import why_not_sign_yet
from domain.effective import has_effect, later_today
from domain.effects import AwardContract
from domain.indicators import why_not_measured
from domain.messages import Context
from domain.no_standstill import why_not_closed
from domain.opening import why_not_framework
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.standstill import why_not_stood_still
from domain.wording import long_day


def why_not_sign(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    """Every reason at once, so that nobody clears one only to find the next (P7)."""
    if procurement.contract:
        yield Refusal("C2", "The contract is signed")
    yield from why_not_framework(procurement.framework, context)
    yield from _why_not_awarded(procurement, context)
    yield from why_not_closed(procurement, context.day)
    yield from why_not_sign_yet(procurement, context)
    yield from why_not_stood_still(procurement, context)
    yield from why_not_suspended(procurement)
    yield from why_not_measured(procurement, context.day)


def _why_not_awarded(procurement: Procurement, context: Context) -> Iterable[Refusal]:
    if has_effect(AwardContract, procurement, context):
        return
    awards = list(procurement.resolved(AwardContract))
    days = [day for d, r, _ in awards if (day := d.effective_on(r.label))]
    calls = [d.called_in for d, _, _ in awards if d.called_in]
    if not awards:
        yield Refusal("P7", "No decision awards this contract")
    elif days and min(days) == context.day:
        yield Refusal("P7", f"The award {later_today([(d, r) for d, r, _ in awards])}")
    elif days:
        reason = f"The award takes effect on {long_day(min(days))}"
        yield Refusal("P7", reason, cured_on=min(days))
    elif any(one.outcome for one in calls):
        yield Refusal("P7", "The award was called in and referred: it has to be decided again")
    elif calls:
        yield Refusal("P7", "The award has been called in: it waits for the outcome")
    else:
        yield Refusal("P7", "The award has no effect yet: its decision is not published")
