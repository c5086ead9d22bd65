"""What a decision draws on balances: for awards, changes and options to extend a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from domain.changes import change_of
from domain.competition import Contract
from domain.drawing import Balance, Drawings, Drawn
from domain.effects import AwardContract, ExtendContract, VaryContract
from domain.procurement import Procurement
from domain.record import Resolution
from domain.reported import Report
from domain.values import Amount, Closed


def going_on(references: Iterable[str], concerned: Iterable[Procurement]) -> tuple[str, ...]:
    """The procurements that a report or decision concerns, without those abandoned since."""
    abandoned = {one.reference for one in concerned if one.abandoned}
    return tuple(one for one in references if one not in abandoned)


def awarded(
    procurements: Sequence[str], resolved: Iterable[Resolution]
) -> Iterator[tuple[str, str, AwardContract]]:
    """Every award that is agreed, once for each procurement that it is about, with its letter."""
    for one in resolved:
        if one.agreed and isinstance(one.effect, AwardContract):
            for reference in (one.about,) if one.about else procurements:
                if reference in procurements:
                    yield reference, one.label, one.effect


def drawings(procurements: Sequence[str], resolved: Iterable[Resolution]) -> Drawings:
    """What resolutions draw in these procurements."""
    return tuple(
        Drawn(reference, award.amount, award.months, label=label)
        for reference, label, award in awarded(procurements, resolved)
    )


def draws_on_balances(report: Report) -> bool:
    """Whether a report asks for what draws on balances: an award, a change, or an option."""
    drawing = AwardContract | VaryContract | ExtendContract
    return any(isinstance(one.effect, drawing) for one in report.recommendations)


def changed(
    resolved: Iterable[Resolution], concerned: Sequence[Procurement]
) -> Iterator[tuple[str, VaryContract, Contract, Procurement]]:
    """Changes that are agreed, with the letter and with the contract that each is about."""
    for one in resolved:
        for procurement in concerned:
            mine, contract = one.about in (None, procurement.reference), procurement.contract
            if one.agreed and mine and contract and isinstance(one.effect, VaryContract):
                yield one.label, one.effect, contract, procurement


def dearer(resolved: Iterable[Resolution], concerned: Sequence[Procurement]) -> Drawings:
    """What changes that are agreed add to the price of contracts; what they take off stays drawn.

    An amount that is not known is drawn as such.
    """
    found = []
    for label, change, contract, procurement in changed(resolved, concerned):
        figures = change_of(change, contract)
        more, months = figures.difference, max(contract.months + change.months, 1)
        if more is not None and more <= 0:
            continue
        exempt = "exempt" in (figures.before.basis, figures.after.basis)
        amount = Amount("unknown") if more is None else _amount(more, exempt=exempt)
        found.append(Drawn(procurement.reference, amount, months, varies=True, label=label))
    return tuple(found)


def prolonged(resolved: Iterable[Resolution], concerned: Sequence[Procurement]) -> Drawings:
    """What options to extend cost that are agreed: for their months, at the contract's price."""
    found = []
    for one in resolved:
        for procurement in concerned:
            mine, contract = one.about in (None, procurement.reference), procurement.contract
            if not (one.agreed and mine and contract and isinstance(one.effect, ExtendContract)):
                continue
            if one.effect.option <= len(contract.term.extensions):
                months = contract.term.extensions[one.effect.option - 1]
                drawn = Drawn(procurement.reference, _for(months, contract), months, extends=True)
                found.append(replace(drawn, label=one.label))
    return tuple(found)


def _for(months: int, contract: Contract) -> Amount:
    """What a contract costs for so many months, at what it costs over its term."""
    total = contract.amount.in_total(contract.months)
    if total is None:
        return Amount("unknown")
    share = round(total * months / contract.months, 2)
    return _amount(share, exempt=contract.amount.basis == "exempt")


def _amount(pounds: Decimal, *, exempt: bool) -> Amount:
    return Amount("exempt", closed=Closed(str(pounds))) if exempt else Amount("exact", pounds)


def standing(
    resolved: Sequence[Resolution], report: UUID, procurement: Procurement
) -> list[Resolution]:
    """What is resolved on a report: now, and in an earlier decision that keeps the rest (D10)."""
    again = {one.label for one in resolved}
    earlier = procurement.decided(report)
    return [*resolved, *(r for d in earlier for r in d.resolutions if r.label not in again)]


def kept(balance: Balance, before: UUID | None, resolved: Iterable[Resolution]) -> Drawings:
    """What an earlier decision drew for changes and options that are not decided again (D10).

    They may have been made since: what they drew is not worked out anew, on the changed contract.
    """
    again = {one.label for one in resolved}
    drawn = balance.exercised.get(before, ()) if before else ()
    return tuple(one for one in drawn if not one.award and one.label not in again)


def draws_on_authority(
    resolved: Sequence[Resolution],
    report: Report,
    concerned: Sequence[Procurement],
    balance: Balance,
) -> Drawings:
    """What a decision draws on the authority under which it is taken: options to extend as well.

    A budget says nothing of the time after the first term: they draw on none.
    """
    before = kept(balance, concerned[0].decided_last(report.id), resolved)
    return (*draws(resolved, report, concerned), *prolonged(resolved, concerned), *before)


def draws(
    resolved: Sequence[Resolution], report: Report, concerned: Sequence[Procurement]
) -> Drawings:
    """What a decision draws: for what it resolves, and for awards that an earlier one keeps."""
    stands = standing(resolved, report.id, concerned[0])
    going = going_on(report.procurements, concerned)
    still = [one for one in concerned if one.reference in going]
    return (*drawings(going, stands), *dearer(resolved, still))
