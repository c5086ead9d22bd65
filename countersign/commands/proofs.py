"""The command that proves by what authority a step was taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from adapters.proving import proof_of
from countersign.commands.look import AsJson, Ref, known
from countersign.settings import Settings
from countersign.wiring import house
from domain.wording import lettered, short_day
from projections.case_file import plain
from projections.proof import AuthorityProof, Ground, Seat


def proof(
    ref: Ref,
    version: Annotated[int, typer.Option(help="The number of the step in the procurement.")],
    as_json: AsJson = False,
) -> None:
    """Prove by what authority a decision, an answer or a signature was made, as it was then."""
    with house(Settings()) as found:
        known(found, ref, None)
        proved = proof_of(found, ref, version)
    if as_json:
        print(json.dumps(plain(proved), indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(proved)))


def _lines(one: AuthorityProof) -> Iterator[str]:
    yield f"{one.reference}, event {one.version}: {one.says}"
    yield f"{one.on_text}; recorded {one.recorded:%Y-%m-%d %H:%M:%S} UTC"
    if one.source:
        yield f"Taken over from {one.source}"
    if one.decided_by != one.actor.title:
        yield f"Decided by {one.decided_by}"
    yield f"In the post of {one.actor.title}: {_who(one.actor)}"
    if given := one.given:
        since = f"from {short_day(given.effective)}" if given.effective else "not yet"
        since = f"in effect {'at once' if given.at_once else since}"
        yield f"Delegated by resolution {lettered(given.label)} in {given.granted_in}: {since}"
        yield f"    {given.by_title}, {given.on_text}; {given.limit}, {given.awards}"
        if part := given.part:
            yield f"    part {part.number} passed on to {part.to_title}: {part.reason}"
    for step in one.rests_on:
        yield f"Carries out the decision of event {step.version}"
    for ground in one.grounds:
        yield f"Rule: {_rule(ground)}"
    if ledger := one.ledger:
        drawn, left = ledger.drawn_before.says, ledger.left_before.says
        yield f"Limit {ledger.limit.says}; before: drawn {drawn}, left {left}"
        drawn, left = ledger.drawn_after.says, ledger.left_after.says
        yield f"    draws {ledger.draws.says}; after: drawn {drawn}, left {left}"
    for consultee in one.consultees:
        deputy = " (by a deputy)" if consultee.deputising else ""
        yield f"Consulted: {consultee.title}: {consultee.view or 'no answer'}{deputy}"
    for interest in one.interests:
        note = f": {interest.note}" if interest.note else ""
        yield f"Interests, {interest.who}: {interest.interests.replace('-', ' ')}{note}"
    for pair in one.apart:
        yield f"{pair.rule}: {pair.says}: {pair.outcome.replace('-', ' ')}, {pair.other.title}"
    for asked in one.asked:
        said = [f"{refusal.rule}: {refusal.reason}" for refusal in asked.refusals]
        found = asked.not_asked or "; ".join(said) or "nothing against it"
        yield f"Asked again: {asked.what}: {found}"
    for irregular in one.irregularities:
        yield f"Irregular: {irregular.rule}: {irregular.reason}"
    for silence in one.silent:
        yield f"Not in the record: {silence}"
    for text in one.adopted:
        yield f"Relied on: {text.what} {text.version}, adopted by {text.title}, {text.on_text}"


def _who(seat: Seat) -> str:
    """As what somebody acted; people are numbers here, unless they have a name."""
    if seat.person is None:
        return "the record names no person"
    how = {"holder": "who held it", "deputy": "who deputised", None: "not in it by the offices"}
    because = f" ({_rule(seat.deputy_because)})" if seat.deputy_because else ""
    return f"{seat.name or seat.person}, {how[seat.standing]} on {short_day(seat.on)}{because}"


def _rule(ground: Ground) -> str:
    return f"{ground.says} ({ground.standing}: {ground.where})"
