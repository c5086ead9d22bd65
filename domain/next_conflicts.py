"""The act of assessing conflicts of interest: awaited when a notice waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.assessing_conflicts import asked_for, changed_since
from domain.convertible import lifting
from domain.effects import AuthoriseProcurement, AwardContract
from domain.governing import commencing
from domain.offering import Act, Offering
from domain.plans import in_effect_since


def conflicts(case: Offering) -> Iterator[Act]:
    """Under the Act, before the first notice; and again when more came to light (G5)."""
    if case.p.regime != "pa2023" or not case.rules.duty("record-conflicts-assessment"):
        return
    decided = [
        *(in_effect_since(d, r) for d, r, _ in case.p.resolved(AuthoriseProcurement)),
        *(in_effect_since(d, r) for d, r, one in case.p.resolved(AwardContract) if one.direct),
    ]
    made, p = case.p.conflicts, case.p
    if any(True for _ in p.resolved(AuthoriseProcurement)):
        p = commencing(p, case.context.day)
    asked_now = not case.p.contract or lifting(case.p)
    owed = bool(changed_since(case.p)) if made else bool(decided) and asked_now
    yield case.act(
        "record-conflicts-assessment",
        f"{'Revise' if made else 'Record'} the conflicts assessment",
        (),
        since=decided[0] if decided and not made else None,
        awaited=owed and asked_for(p),
    )
