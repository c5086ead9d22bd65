"""Checks that events, entries, tiles and checkpoints say the same, and names what does not.

What was signed says which copy is as it was, and so which of the others was changed. Where none
is, all of them were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from adapters.evidence.copies import Copies, Copy, Place
from adapters.evidence.entries import entry_of, read
from adapters.evidence.findings import Anchor, Evidence, Finding, Kind, Report
from adapters.evidence.notes import Checkpoint, PublicKey, checkpoint, opened

WIDTH = 256
"""Hashes of a full tile."""


class Truth(NamedTuple):
    """The copy that gives what was signed for ``size`` entries; none where no copy does."""

    copy: str
    size: int


def check(
    evidence: Evidence,
    keys: Sequence[PublicKey],
    origin: str,
    anchors: Sequence[Anchor] = (),
    width: int = WIDTH,
) -> Report:
    """``keys`` are known from outside, as the ``anchors`` are. Without an anchor it is not found
    when whoever holds a key has signed another history."""
    findings: list[Finding] = []
    signed: dict[int, Checkpoint] = {}
    for size, note in evidence.notes:
        one = _checkpoint(note, keys)
        if isinstance(one, Checkpoint) and (one.size, one.origin) == (size, origin):
            signed[size] = one
        else:
            why = one if isinstance(one, str) else "it is of another log, or of another size"
            said = f"the checkpoint of {size} entries is not as it was signed: {why}"
            findings.append(Finding(size, Kind.CHECKPOINT, said))
    sizes = {*signed, *(one.checkpoint.size for one in anchors)}
    copies = Copies(evidence, sizes, width)
    truth = _truth(copies, signed)
    findings += copies.findings
    findings += _cut(copies, max(signed, default=0))
    for place in copies.differing:
        findings += _named(place, truth, copies)
    findings += _rewritten(copies, signed, truth, found=bool(findings))
    findings += _outside(copies, signed, anchors)
    findings.sort()
    top = max(signed, default=0)
    return Report(findings, copies.events, min(top, copies.last_event), len(signed))


def _checkpoint(note: str, keys: Sequence[PublicKey]) -> Checkpoint | str:
    """What was signed, or why that cannot be told."""
    try:
        text, by = opened(note, keys)
        return checkpoint(text) if by else "it is signed with no key that is known"
    except ValueError as error:
        return str(error)


def _truth(copies: Copies, signed: Mapping[int, Checkpoint]) -> Truth:
    """By the latest checkpoint that any copy fits."""
    for size in sorted(signed, reverse=True):
        for name in "made", "kept", "tiled":
            copy: Copy = getattr(copies, name)
            if copy.roots.get(size) == signed[size].root:
                return Truth(name, size)
    return Truth("", 0)


def _cut(copies: Copies, top: int) -> Iterator[Finding]:
    """What ends before what was signed does."""
    if copies.last_event < max(top, copies.last_entry):
        first, last = copies.last_event + 1, max(top, copies.last_entry)
        said = f"the log ends with event {first - 1}, and {last} were sealed"
        yield Finding(first, Kind.TRUNCATED, said)
    if copies.last_entry < top:
        first = copies.last_entry + 1
        said = f"the entries end with {first - 1}, and {top} were signed"
        yield Finding(first, Kind.ENTRY, said)


def _named(place: Place, truth: Truth, copies: Copies) -> Iterator[Finding]:
    """What at one place is not as it was. Where nothing tells, two that agree do."""
    n = place.position
    if place.event is None and place.raw is None and n <= copies.last_event:
        yield Finding(n, Kind.DELETED, f"event {n} was deleted, and its entry with it")
        return
    true: bytes | None = getattr(place, truth.copy) if truth.copy and n <= truth.size else None
    if true is None:
        agree = place.kept in (place.made, place.tiled)
        true = place.kept if agree and place.kept else place.tiled or place.kept or place.made
    if place.made != true and n <= copies.last_event:
        yield _event(place, known=place.kept == true)
    if place.kept != true and n <= copies.last_entry:
        said = f"entry {n} {'is missing' if place.raw is None else 'was changed'}"
        yield Finding(n, Kind.ENTRY, said)
    if place.tiled is not None and place.tiled != true and place.tiled != place.kept:
        yield Finding(n, Kind.TILE, f"the tile that holds entry {n} was changed there")


def _event(place: Place, *, known: bool) -> Finding:
    """What was done to an event; what was sealed is only ``known`` where its entry is."""
    n, event = place.position, place.event
    sealed = read(place.raw) if known and place.raw else None
    of = f", version {sealed.version} of {sealed.stream}" if sealed else ""
    if event is None:
        return Finding(n, Kind.DELETED, f"event {n}{of} was deleted")
    there = entry_of(event)
    if sealed and there[:4] != sealed[:4]:
        said = f"at place {n} lies version {event.version} of {event.stream}; sealed was{of[1:]}"
        return Finding(n, Kind.MOVED, said)
    return Finding(n, Kind.CHANGED, f"event {n}{of} was changed")


def _rewritten(
    copies: Copies, signed: Mapping[int, Checkpoint], truth: Truth, *, found: bool
) -> Iterator[Finding]:
    """Where all copies agree and nothing was signed that fits them."""
    for size in sorted(signed):
        there = [one.roots[size] for one in _all(copies) if size in one.roots]
        if there and signed[size].root not in there and not (found and size > truth.size):
            said = f"entries up to {size} are not what was signed"
            yield Finding(min(truth.size, size - 1) + 1, Kind.REWRITTEN, said)
            return


def _outside(
    copies: Copies, signed: Mapping[int, Checkpoint], anchors: Sequence[Anchor]
) -> Iterator[Finding]:
    """What does not fit what somebody else has kept."""
    for who, one, _ in anchors:
        here = [copy.roots[one.size] for copy in _all(copies) if one.size in copy.roots]
        fits = signed[one.size].root == one.root if one.size in signed else one.root in here
        if not fits and (here or one.size in signed):
            said = f"{who} has seen {one.size} entries that were others: history was rewritten"
            yield Finding(1, Kind.FORKED, said)
        elif not fits:
            said = f"{who} has seen {one.size} entries, which are not there"
            yield Finding(one.size, Kind.FORKED, said)
        elif one.size > max(signed, default=0):
            said = f"{who} has a checkpoint of {one.size} entries, which is not among those here"
            yield Finding(one.size, Kind.CHECKPOINT, said)


def _all(copies: Copies) -> tuple[Copy, Copy, Copy]:
    return copies.made, copies.kept, copies.tiled
