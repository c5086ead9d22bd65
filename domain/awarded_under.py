"""Whether authority was good when it was used, and until what was decided took effect (P7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from domain.case_command import ProcurementCommand
from domain.conditions import why_not_carry_out_under
from domain.delegation import Delegation, stream_of
from domain.drawing import against
from domain.effective import latest_of
from domain.effects import (
    AwardContract,
    DelegateAuthority,
    ExtendContract,
    ReleasePhase,
    VaryContract,
)
from domain.limit import cap_of
from domain.margin import ranked_first, with_margin
from domain.messages import Aggregate, Context
from domain.part_of_authority import part_of
from domain.procurement import Procurement, granting
from domain.record import Decision, Resolution
from domain.refusals import Refusal
from domain.wording import above, lettered, short_day

NAMED: dict[type, str] = {
    AwardContract: "award",
    ExtendContract: "decision to extend",
    VaryContract: "decision to change the contract",
    ReleasePhase: "release of the phase",
}


Resolved = tuple[Decision, str, Any]
"""A decision, the letter of a resolution of it, and what that does."""


def authorities(procurement: Procurement, kind: type = AwardContract) -> dict[UUID, Aggregate]:
    """The authorities under which resolutions of a kind were made, and where each was granted."""
    found: dict[UUID, Aggregate] = {}
    resolved: Iterator[tuple[Decision, Resolution, Any]] = procurement.resolved(kind)
    for decision, _, _ in resolved:
        if under := decision.under:
            found |= {granting(under): Procurement(), stream_of(under): Delegation()}
    return found


def why_not_exercised(
    procurement: Procurement,
    record: Mapping[UUID, Any],
    context: Context,
    kind: type = AwardContract,
    carried_out: Callable[[Resolved], bool] | None = None,
) -> Iterable[Refusal]:
    """What is carried out was decided under authority that was good until it took effect.

    Authority is used by deciding, and what it decided stands when it ends afterwards. Until the
    decision takes effect, after call-in, nothing has been done with it yet: who gave the
    authority may still take it back, and it still runs out.
    """
    found, what = None, NAMED[kind]
    resolved: Iterator[tuple[Decision, Resolution, Any]] = procurement.resolved(kind)
    for decision, one, effect in resolved:
        since = decision.effective_on(one.label)
        mine = carried_out is None or carried_out((decision, one.label, effect))
        if mine and since and since <= context.day:
            first = isinstance(effect, AwardContract) and ranked_first(effect, procurement)
            found = (decision, since, first)
    if found and (under := found[0].under):
        delegation, source = record[stream_of(under)], record[granting(under)]
        for reason in _why_not_good(*found, what, delegation, source, context):
            yield Refusal("P7", f"{reason}: the {what} has to be made again")


class RestsOnDecision(ProcurementCommand, frozen=True):
    """A command that carries out what was decided: sign, extend, change, start a phase."""

    kind: ClassVar[type] = AwardContract

    def carries_out(self, one: Resolved) -> bool:
        """Whether it is this resolution, of the kind, that is carried out."""
        return True

    def behind(self, record: Mapping[UUID, Any]) -> Mapping[UUID, Aggregate]:
        return authorities(record[self.procurement], self.kind)

    def why_not_any(self, record: Mapping[UUID, Any], context: Context) -> Iterable[Refusal]:
        yield from super().why_not_any(record, context)
        procurement = record[self.procurement]
        rest = self.kind, self.carries_out
        yield from why_not_exercised(procurement, record, context, *rest)
        resolved: Iterator[tuple[Decision, Resolution, Any]] = procurement.resolved(self.kind)
        mine = [(d, one) for d, one, what in resolved if self.carries_out((d, one.label, what))]
        decided = latest_of(mine, context.day)
        yield from why_not_carry_out_under(decided, procurement, record)


def _why_not_good(
    award: Decision,
    since: date,
    first: bool,
    what: str,
    delegation: Delegation,
    source: Procurement,
    context: Context,
) -> Iterable[str]:
    """What was wrong with the authority when it was used, or before the decision took effect."""
    begins = [
        day
        for decision, one, _ in source.resolved(DelegateAuthority)
        if (decision.id, one.label) == (delegation.decision, delegation.label)
        and (day := decision.effective_on(one.label))
    ]
    which = f"resolution {lettered(delegation.label)} in {source.reference}"
    if not begins or min(begins) > award.on.read_as:
        yield f"The {what} was made before {which}, which delegates it, had effect"
    took_effect = f"the {what} took effect on {short_day(since)}"
    if (revoked := delegation.revoked_on) and revoked < since:
        yield f"The authority for it was revoked on {short_day(revoked)}, and {took_effect}"
    if (last := delegation.terms.expires) and last < since:
        yield f"The authority for it ended on {short_day(last)}, and {took_effect}"
    yield from _why_not_part(award, since, what, delegation)
    cap, drawn = cap_of(delegation, source, context, since), delegation.exercised.get(award.id, ())
    cap = with_margin(cap, delegation.terms) if cap and first else cap
    spent = against(cap, drawn) if cap else None
    if cap and spent is not None and cap.figure is not None and spent > cap.figure:
        yield above(spent, [one.amount for one in drawn], "was delegated", cap.figure, cap)


def _why_not_part(award: Decision, since: date, what: str, delegation: Delegation) -> Iterable[str]:
    """The part that was used had been passed on by then, in such an amount, and was good."""
    part = delegation.parts.get(award.id, 0)
    if (passed := part_of(part, delegation)) is None:
        return
    if passed.on > award.on.read_as:
        day = short_day(passed.on)
        yield f"The {what} was made before the authority for it was passed on, on {day}"
    if (ended := passed.taken_back_on) and ended < since:
        reason = f"The part of the authority for it was taken back on {short_day(ended)}"
        yield f"{reason}, and the {what} took effect on {short_day(since)}"
    drawn, limit = delegation.exercised.get(award.id, ()), passed.up_to.figure
    spent = against(passed.up_to, drawn)
    if spent is not None and limit is not None and spent > limit:
        yield above(spent, [one.amount for one in drawn], "was passed on", limit, passed.up_to)
