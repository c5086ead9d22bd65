"""Whether awards keep to what was delegated: number, term, and what is left of the balance (G1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.delegation import Delegation
from domain.drawing import Drawn, against
from domain.effects import AwardContract, DelegateAuthority
from domain.limit import cap_of, counting, without_budget
from domain.margin import all_ranked_first, for_no_other, with_margin
from domain.messages import Context
from domain.procurement import Procurement
from domain.refusals import Refusal
from domain.wording import above, counted


def why_not_within(
    awards: Iterable[tuple[str, AwardContract]],
    delegation: Delegation,
    granting: Procurement,
    concerned: Sequence[Procurement],
    context: Context,
    replaces: UUID | None = None,
    dearer: Sequence[Drawn] = (),
) -> Iterable[Refusal]:
    """The awards keep to what was delegated: number, term, and what is left of the balance.

    Awards come with the reference of the procurement that each is in. ``dearer`` is what changes of
    contracts add, which the balance has to bear too.
    """
    asked_for, terms = list(awards), delegation.terms
    made_now = [award for _, award in asked_for]
    before = {one: drawn for one, drawn in delegation.exercised.items() if one != replaces}
    made = len([one for drawn in before.values() for one in drawn if one.award])
    if terms.awards == "one" and made + len(made_now) > 1:
        yield Refusal("G1", "The authority is to award one contract, and no more than one")
    for award in made_now:
        yield from _why_not_term(award, terms)
    cap = cap_of(delegation, granting, context)
    if cap is None:
        yield without_budget(delegation, granting, context)
        return
    first = bool(made_now) and not dearer and all_ranked_first(asked_for, concerned)
    cap = with_margin(cap, terms) if first else cap
    if (limit := cap.figure) is None:
        what = "cap" if terms.cap else "budget"
        known = "is not on record here: enter it first"
        how = "was erased: it has to be set again" if cap.erased else known
        yield Refusal("G1", f"The figure of the {what} {how}")
        return
    asked = (*(Drawn("", one.amount, one.months) for one in made_now), *dearer)
    every = (*counting(delegation, granting, context, replaces), *asked)
    if any(one.amount.erased for one in every):
        reason = "An amount drawn under it was erased, and nothing shows what is left"
        yield Refusal("G1", f"{reason}: it takes a new report to who delegated it")
    elif (total := against(cap, every)) is None:
        yield Refusal("G1", "An amount is not known: nothing shows that the cap is kept")
    elif total > limit:
        amounts = [one.amount for one in every]
        reason = above(total, amounts, "was delegated in all", limit, cap)
        alone = "" if first else for_no_other(terms)
        yield Refusal("G1", f"{reason}{alone}: it takes a new report to who delegated it")


def _why_not_term(award: AwardContract, terms: DelegateAuthority) -> Iterable[Refusal]:
    if terms.months and award.months > terms.months:
        most = counted(terms.months, "month")
        yield Refusal("T1", f"The authority is for a contract of {most} at most")
    if award.extensions != terms.extensions[: len(award.extensions)]:
        yield Refusal("T1", "The authority does not cover these options to extend")
