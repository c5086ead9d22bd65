"""An audit pack, read and checked by nothing but what is in it and the keys that one knows.

It holds events as they are stored, what leads from each to a signed root, and the papers. This
module is part of the script that every pack carries: it knows nothing of the rest of the program.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from adapters.evidence.entries import Event, entry_of, written
from adapters.evidence.findings import Finding, Kind
from adapters.evidence.merkle import EMPTY, Frontier, included, leaf_hash
from adapters.evidence.named import Named
from adapters.evidence.notes import Checkpoint, Malformed, PublicKey, checkpoint, opened

FORM = "countersign audit pack 1"
MANIFEST, EVENTS, NOTE, PAPERS = "manifest.json", "events.jsonl", "checkpoint.txt", "papers/"
CAPSULES = "capsules/"


class Pack(NamedTuple):
    manifest: Mapping[str, Any]
    events: Sequence[Event]
    proofs: Sequence[Sequence[bytes]]
    """Of each event; none where the pack holds all of the log."""
    note: str
    papers: Mapping[str, bytes]
    """By the digest that each is named by."""
    capsules: Mapping[str, bytes]
    """What was on the screen when decisions were taken, by the digest in each."""


def read_pack(file: Path) -> Pack:
    """Raises Malformed, OSError."""
    try:
        with ZipFile(file) as pack:
            manifest = _manifest(json.loads(pack.read(MANIFEST)))
            lines = [json.loads(one) for one in pack.read(EVENTS).splitlines()]
            papers, capsules = _named(pack, PAPERS), _named(pack, CAPSULES)
            note = pack.read(NOTE).decode()
        return Pack(
            manifest,
            [_event(one) for one in lines],
            [[b64decode(part) for part in one.get("proof", ())] for one in lines],
            note,
            papers,
            capsules,
        )
    except Malformed:
        raise
    except (BadZipFile, KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise Malformed(f"this is no audit pack: {type(error).__name__}: {error}") from None


def _manifest(said: Any) -> Mapping[str, Any]:
    """Raises Malformed where it does not say what a check asks it for."""
    if said["form"] != FORM:
        raise Malformed("it is a pack of another form")
    holds = (
        isinstance(said["all"], bool)
        and all(isinstance(one, str) for one in (*said["keys"], *said["leaves"]))
        and all(isinstance(one, int) for one in said["streams"].values())
        and all(isinstance(one, str) for one in said["states"].values())
    )
    if not holds:
        raise Malformed("its manifest says something else than it should")
    for one in said["leaves"]:
        b64decode(one, validate=True)
    found: Mapping[str, Any] = said
    return found


def check_pack(pack: Pack, keys: Sequence[PublicKey]) -> list[Finding]:
    """What in it is not as it was sealed. Without findings it is whole."""
    named = Named()
    for _ in named.noting(pack.events):
        pass
    found = [
        *_kept(pack.papers, named.papers, Kind.PAPER, "the paper"),
        *_kept(pack.capsules, named.capsules, Kind.CAPSULE, "what was on the screen,"),
        *_streams(pack),
    ]
    try:
        text, by = opened(pack.note, keys)
        one = checkpoint(text)
        if not by:
            raise Malformed("it is signed with no key that is known")
    except ValueError as error:
        said = f"the checkpoint is not as it was signed: {error}"
        return sorted([*found, Finding(0, Kind.CHECKPOINT, said)])
    return sorted([*found, *(_all(pack, one) if pack.manifest["all"] else _each(pack, one))])


def _each(pack: Pack, one: Checkpoint) -> Iterator[Finding]:
    for event, proof in zip(pack.events, pack.proofs, strict=True):
        leaf = leaf_hash(written(entry_of(event)))
        if not included(leaf, event.position - 1, one.size, proof, one.root):
            yield _changed(event)


def _all(pack: Pack, one: Checkpoint) -> Iterator[Finding]:
    """Every entry, by the root of all of them; which one it was shows by the list of leaves."""
    leaves = [b64decode(leaf) for leaf in pack.manifest["leaves"]]
    if _root(leaves, one.size) != one.root:
        said = "the list of leaves is not the one that was signed"
        yield Finding(0, Kind.REWRITTEN, said)
    by_position = {event.position: event for event in pack.events}
    for n, leaf in enumerate(leaves[: one.size], 1):
        event = by_position.pop(n, None)
        if event is None:
            yield Finding(n, Kind.DELETED, f"event {n} is missing")
        elif leaf_hash(written(entry_of(event))) != leaf:
            yield _changed(event)
    for n in sorted(by_position):
        yield Finding(n, Kind.INSERTED, f"event {n} was not sealed")


def _changed(event: Event) -> Finding:
    what = f"event {event.position}, version {event.version} of {event.stream},"
    return Finding(event.position, Kind.CHANGED, f"{what} is not as it was sealed")


def _root(leaves: Sequence[bytes], size: int) -> bytes:
    frontier = Frontier()
    for one in leaves[:size]:
        frontier.add(one)
    return frontier.root() if leaves else EMPTY


def _streams(pack: Pack) -> Iterator[Finding]:
    """Of each stream every version, from the first to the one that the pack says is its last."""
    versions: dict[str, list[int]] = {}
    for event in sorted(pack.events, key=lambda one: (one.stream, one.version)):
        versions.setdefault(event.stream, []).append(event.version)
    for stream, last in pack.manifest["streams"].items():
        there = versions.pop(stream, [])
        if there != [*range(1, last + 1)]:
            said = f"of {stream} there should be versions 1 to {last}, each once"
            yield Finding(0, Kind.MOVED, said)
    for stream in versions:
        yield Finding(0, Kind.INSERTED, f"{stream} is not among the streams of this pack")


def _kept(
    there: Mapping[str, bytes], named: Mapping[str, int], kind: Kind, what: str
) -> Iterator[Finding]:
    """What the events themselves name: nothing else says which there have to be, and which not."""
    for digest, position in named.items():
        if digest not in there:
            yield Finding(position, kind, f"{what} {digest} is missing")
    for name, body in there.items():
        if name not in named:
            yield Finding(0, kind, f"{what} {name} is named by no event")
        elif sha256(body).hexdigest() != name:
            yield Finding(named[name], kind, f"{what} {name} was changed")


def _named(pack: ZipFile, folder: str) -> dict[str, bytes]:
    names = [one for one in pack.namelist() if one.startswith(folder)]
    return {one.removeprefix(folder): pack.read(one) for one in names}


def _event(line: Mapping[str, Any]) -> Event:
    place = int(line["position"]), str(line["stream"]), int(line["version"]), str(line["kind"])
    return Event(*place, b64decode(line["state"], validate=True))
