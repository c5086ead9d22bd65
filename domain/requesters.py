"""Whether those who ask for a call-in may: how many they are, and as what they ask (D10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.call_in_rule import CallIn, Of, Requesters
from domain.called_in import Capacity, Requester
from domain.refusals import Refusal
from domain.wording import counted, listed

COUNTS_AS: Mapping[Of, tuple[Capacity, ...]] = {
    "non-executive": ("non-executive", "scrutiny", "scrutiny-chair", "ward"),
    "scrutiny": ("scrutiny", "scrutiny-chair"),
    "scrutiny-chair": ("scrutiny-chair",),
    "ward": ("ward",),
}
KINDS: Mapping[Of, tuple[str, str]] = {
    "non-executive": ("different member", "different members"),
    "scrutiny": ("member of the scrutiny committee", "members of the scrutiny committee"),
    "scrutiny-chair": ("chair of the scrutiny committee", "chairs of scrutiny committees"),
    "ward": ("member for a ward that it affects", "members for wards that it affects"),
}


def same(number: str) -> str:
    """What two ways of writing the same number or initials have in common."""
    return number.strip(" .").casefold()


def who(way: Requesters) -> str:
    """5 different members; 2 members of the scrutiny committee, of at least 2 political groups."""
    said = counted(way.members, *KINDS[way.of])
    return f"{said} of at least {way.groups} political groups" if way.groups > 1 else said


def who_may(rule: CallIn) -> str:
    """Everybody who may call a decision in, in words."""
    return listed([who(one) for one in rule.ways], "or")


def why_not_requested(members: Sequence[Requester], rule: CallIn) -> Iterable[Refusal]:
    """Those who ask are different people, none of the executive, and enough of a kind."""
    numbers = [same(one.number) for one in members]
    if twice := [one for n, one in enumerate(members) if same(one.number) in numbers[:n]]:
        names = listed(list(dict.fromkeys(one.number for one in twice)))
        reason = f"{names} is named twice: a call-in needs {who_may(rule)}"
        yield Refusal("D10", reason, provenance=rule.provenance)
        return
    if executive := [one.number for one in members if one.capacity == "executive"]:
        reason = f"{listed(executive)} sits on the executive, which calls no decision in"
        yield Refusal("D10", reason, provenance=rule.provenance)
        return
    short = [_short(one, members) for one in rule.ways]
    if all(short):
        but = short[0] if len(short) == 1 else f"these are {counted(len(members), 'member')}"
        join = ", " if len(short) == 1 else ": "
        reason = f"A call-in needs {who_may(rule)}{join}{but}"
        yield Refusal("D10", reason, provenance=rule.provenance)


def _short(way: Requesters, members: Sequence[Requester]) -> str:
    """By how much they are too few of a kind, or of too few groups; nothing where they are not."""
    of = [one for one in members if one.capacity in COUNTS_AS[way.of]]
    groups = {same(one.group) for one in of if one.group}
    if len(of) < way.members:
        return f"not {len(of)}"
    return f"not of {len(groups)}" if way.groups > 1 and len(groups) < way.groups else ""
