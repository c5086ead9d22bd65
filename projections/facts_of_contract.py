"""From the award to the end of the contract, in facts, with the notices that the law asks for."""

from __future__ import annotations

from collections.abc import Iterator

from domain.changes import changes
from domain.claims import suspends
from domain.competition import Contract, Representation
from domain.messages import Context
from domain.procurement import Procurement
from domain.wording import amount, counted, lettered, short_day, when
from projections.changed import comes_to, told
from projections.fact import Fact, first_up, sentences
from projections.facts_of_terms import of_term
from projections.notices import rows
from projections.sentences_of_public_notices import ENDINGS

HOW = {"lifted-by-the-court": "the court lifted the suspension", "disposed-of": "disposed of"}
REVIEWED = {"stands": "the award stands", "goes-back": "the award goes back to an earlier step"}


def standstill(p: Procurement, context: Context) -> Iterator[Fact]:
    """What was told to tenderers, and what they said against it."""
    part = "Standstill and claims"
    if p.summaries:
        yield Fact(part, "summaries", "Assessment summaries", f"sent {short_day(p.summaries)}")
    if one := p.standstill:
        ends = (
            f"ends with {short_day(one.count.last_day)}" if one.count else "no standstill is held"
        )
        kind = "voluntary" if one.voluntary and one.count else ""
        back = "a review sent the award back" if one.goes_back else ""
        says = sentences(f"notices sent {short_day(one.sent)}", ends, kind, back)
        yield Fact(part, "standstill", "Standstill", says)
        for n, against in enumerate(one.representations, 1):
            yield Fact(part, f"representation {n}", against.provider, _represented(against))
    for n, claim in enumerate(p.claims, 1):
        over = claim.ended and f"over since {short_day(claim.ended)}: {HOW[claim.how]}"
        suspended = "suspends the award" if suspends(claim, p) else ""
        days = f"issued {short_day(claim.issued)}, notified {short_day(claim.notified)}"
        yield Fact(part, f"claim {n}", claim.claimant, sentences(days, over or suspended))


def _represented(one: Representation) -> str:
    outcome = "under review"
    if one.outcome and one.reviewed:
        outcome = f"reviewed {short_day(one.reviewed)}: {REVIEWED[one.outcome]}"
    return sentences(f"against the award, {short_day(one.on)}: {one.about}", outcome)


def contract(p: Procurement, context: Context) -> Iterator[Fact]:
    """The contract as it was signed, and what changed in it since."""
    if p.contract is None:
        return
    one, part = p.contract, "Contract"
    yield Fact(part, "supplier", "Supplier", one.supplier)
    yield Fact(part, "amount", "Amount", sentences(amount(one.amount), told(one)))
    yield Fact(part, "signed", "Signed", sentences(when(one.signed), of_term(one.term)))
    yield Fact(part, "ends", "Ends", _ends(one))
    if one.published:
        says = f"published {when(one.published)}"
        yield Fact(part, "published", "Public register of contracts", says)
    for n, months in enumerate(one.term.extensions, 1):
        last = f"to be taken up by {short_day(one.last_day_for(n))}"
        says = "taken up" if n <= one.extended else last
        yield Fact(part, f"option {n}", f"Option {n}, {counted(months, 'month')}", says)
    for n, (made, _) in enumerate(changes(one), 1):
        notice = one.change_notices.get(f"{made.decision} {made.label}")
        says = sentences(
            f"{when(made.on)}, by resolution {lettered(made.label)}: {made.change.scope}",
            comes_to(made.change, p),
            f"in retrospect, from {short_day(made.change.since)}" if made.change.since else "",
            f"notice published {when(notice)}" if notice else "",
        )
        yield Fact(part, f"change {n}", f"Change {n}", says)


def _ends(one: Contract) -> str:
    early = one.ended and f"early, {ENDINGS[one.ended.how]}: {one.ended.reason}"
    extended = f"extended by {counted(one.extended, 'option')}" if one.extended else ""
    return sentences(short_day(one.ends), early or extended)


def notices(p: Procurement, context: Context) -> Iterator[Fact]:
    """What the law asks to be published, and what was."""
    for n, one in enumerate(rows(p, context), 1):
        about = f": {one.about}" if one.about else ""
        due = f"due {short_day(one.due)}" if one.due and not one.published else ""
        says = first_up(sentences(one.state, due, one.identifier))
        name = f"{one.code} {one.name}{about}"
        yield Fact("Notices that the law asks for", f"{one.code} {one.about} {n}", name, says)
